"""A copy of a Word document with comments, and with tracked changes where the right value is certain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from checker.annotate.docx.anchors import Anchored, CellProposal, Proposal, TextProposal, agreed, anchored
from checker.annotate.docx.comments import (
    PURPOSE,
    Comment,
    CommentsPart,
    empty_part,
    introduced,
    place_for,
)
from checker.annotate.docx.earlier import Earlier, without_earlier
from checker.annotate.docx.marks import Marks, Wording, opened
from checker.annotate.docx.proposals import Proposals
from checker.annotate.docx.scan import Scanned, scan
from checker.annotate.docx.text_changes import TextChanges
from checker.annotate.docx.threads import without_threads
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Part, edited
from checker.annotate.options import Annotated, AnnotateOptions
from checker.model.findings import ReportResult, Severity
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import OoxmlPackage

_SIGNATURES: Final = "_xmlsignatures/"
_MACROS: Final = "vbaproject"
_SIGNED: Final = "文件有电子签名，加了批注的这一份签名已失效。"
_HIGHEST: Final = 2**30
"""Above this, numbers of comments and changes are looked for among the smaller ones."""


def annotate(data: bytes, results: Sequence[ReportResult], options: AnnotateOptions) -> Annotated:
    """A copy with a comment for each finding; see `checker.annotate.annotate`.

    Comments of an earlier call are replaced. All parts but the main one, that of the comments, and what tells of
    it keep their bytes.
    """
    package = OoxmlPackage(data, DEFAULT_LIMITS)
    main = package.main_part()
    copy = _DocumentCopy(package, main, options)
    changed = copy.parts(anchored(results, options))
    names = [name.lower() for name in package.names]
    signed = any(name.startswith(_SIGNATURES) for name in names)
    return Annotated(
        rewritten(data, changed, main, DEFAULT_LIMITS) if changed else data,
        "docm" if any(_MACROS in name for name in names) else "docx",
        tuple(copy.comments),
        copy.changes,
        (_SIGNED,) if signed and changed else (),
    )


class _DocumentCopy:
    """Makes the changed parts of one package.

    Attributes:
        comments: the severities of what has been written.
        changes: how many places are changed.
    """

    def __init__(self, package: OoxmlPackage, main: str, options: AnnotateOptions) -> None:
        self._package = package
        self._main = main
        self._options = options
        self.comments: list[Severity] = []
        self.changes = 0

    def parts(self, findings: Sequence[Anchored]) -> dict[str, bytes]:
        """The contents of all parts that change, by name."""
        package, main, author = self._package, self._main, self._options.author
        raw = package.read(main)
        part = Part(raw)
        known = package.related(main, PURPOSE)
        comments = None if known is None else CommentsPart(known)
        mine = comments.by(author) if comments else frozenset[int]()
        again = comments.saying(one.lines for one in findings) if comments else frozenset[int]()
        earlier = without_earlier(part, mine, again, author) if mine else Earlier(part)
        wanted = {place: earlier.moved(part.offset(place)) for one in findings for place in one.sources()}
        scanned = scan(earlier.part, set(wanted.values()))
        numbers = _free(
            (scanned.ids | (comments.numbers if comments else set())) - mine - earlier.changes,
            earlier.kept | earlier.changes,
        )
        text, new = self._marked(earlier.part, scanned, findings, wanted, numbers)
        changed = {main: part.packed(text)}
        if comments is None and new:
            place = place_for(package, main)
            changed |= introduced(package, main, place, scanned.namespace, DEFAULT_LIMITS)
            comments = CommentsPart(empty_part(scanned.namespace))
        else:
            place = package.related_part(main, PURPOSE) or ""
        if comments is not None:
            gone = mine - earlier.kept
            changed |= without_threads(package, main, comments.threads(gone))
            changed[place] = comments.changed(gone, earlier.kept, new, self._options)
        return {
            name: data
            for name, data in changed.items()
            if name not in package.names or data != package.read(name)
        }

    def _marked(
        self,
        part: Part,
        scanned: Scanned,
        findings: Sequence[Anchored],
        wanted: Mapping[int, int],
        numbers: Iterator[int],
    ) -> tuple[bytes, list[Comment]]:
        """The main part with marks and changes, and the comments that the marks stand for."""
        wording = Wording(scanned.namespace, scanned.prefix)
        marks = Marks(part, scanned, wording)
        proposals = Proposals(part, scanned, wording, self._options, numbers)
        texts = TextChanges(part, scanned, marks, proposals)
        certain = self._certain(findings, wanted, proposals, texts) if self._options.propose else []
        for source, change in certain:
            if isinstance(change, TextProposal):
                texts.change(source, change)
        comments: list[Comment] = []
        for one in sorted(findings, key=lambda one: wanted[one.places[0].source]):
            number = next(numbers)
            if any(marks.add(number, wanted[place.source], place.span) for place in one.places):
                comments.append(Comment(number, one.lines))
                self.comments.append(one.finding.severity)
        for source, change in certain:
            if isinstance(change, CellProposal):
                proposals.change(source, change.text)
        texts.put()
        self.changes = proposals.count + texts.count
        closed = opened(part, (*marks.closed(), *proposals.closed))
        edits = (*marks.edits(), *proposals.edits(), *texts.edits(), *closed)
        return edited(part.data, edits), comments

    @staticmethod
    def _certain(
        findings: Sequence[Anchored], wanted: Mapping[int, int], proposals: Proposals, texts: TextChanges
    ) -> list[tuple[int, Proposal]]:
        """What is proposed, with the offset of its paragraph or cell: of each finding all or nothing."""
        found: list[tuple[int, Proposal]] = []
        for changes in agreed(findings):
            places = [(wanted[change.source], change) for change in changes]
            if all(
                proposals.can_change(source)
                if isinstance(change, CellProposal)
                else texts.can_change(source, change)
                for source, change in places
            ):
                found += places
        return found


def _free(others: Collection[int], used: Collection[int]) -> Iterator[int]:
    """Numbers that nothing has: behind those of others, so that the same file gets the same ones each time."""
    first = max(others, default=-1) + 1
    taken = {*others, *used}
    return (number for number in count(first if first < _HIGHEST else 0) if number not in taken)
