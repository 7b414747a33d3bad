"""Changes of some characters of a paragraph: runs are cut where they begin and end, as for comments.

Like the mark of a comment, the tag at which a run was cut has spaces before its end (see `marks`), so that the runs can
be joined again when somebody takes the change back (see `rejected`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final

from checker.annotate.docx.anchors import TextProposal
from checker.annotate.docx.characters import Atom, Point, before, behind, bytes_before
from checker.annotate.docx.fields import runs_of_fields
from checker.annotate.docx.marks import AT_OPENING, CUT_BESIDE, CUT_INSIDE, Marks
from checker.annotate.docx.proposals import Proposals, is_plain, renamed
from checker.annotate.docx.scan import Node, Scanned
from checker.annotate.ooxml.part import Edit, Part, text_xml
from checker.model.text import squeeze

_HOLDERS: Final = frozenset(("sdt", "sdtContent", "smartTag"))
"""What may hold a run that is changed."""
_NO_TEXT: Final = (b"<!", b"<?")
"""Sections of plain data and the like, in which a text cannot simply be changed."""


class TextChanges:
    """Collects changes; `put` puts their marks in, `edits` is the rest.

    Args:
        part: the main part.
        scanned: its paragraphs.
        marks: of comments; these and the changes stand at the same places.
        proposals: how changes are written.
    """

    def __init__(self, part: Part, scanned: Scanned, marks: Marks, proposals: Proposals) -> None:
        self._part = part
        self._scanned = scanned
        self._marks = marks
        self._proposals = proposals
        self._wanted: dict[tuple[int, tuple[int, int]], str] = {}

    @property
    def count(self) -> int:
        """How many places are changed."""
        return len(self._wanted)

    def can_change(self, source: int, change: TextProposal) -> bool:
        """Whether the paragraph at an offset has these characters in runs of its own that hold nothing but text."""
        node = self._scanned.nodes.get(source)
        if node is None or node.name != "p" or source in self._scanned.holders:
            return False
        found = self._covered(source, change.span)
        runs = [atom.run for atom in found]
        if self._proposals.tracked and self._proposals.is_in_control(source, runs):
            return False
        in_fields = runs_of_fields(node, self._part)
        words = "".join(_words(atom, change.span) for atom in found)
        return squeeze(words).text == change.current and all(
            atom.node.name == "t"
            and atom.run.parent is found[0].run.parent
            and _is_in_plain_text(atom, node)
            and atom.run not in in_fields
            and is_plain(atom)
            and (self._proposals.tracked or self._is_simple(atom))
            for atom in found
        )

    def _is_simple(self, atom: Atom) -> bool:
        raw = self._part.data[atom.node.inside : atom.node.stop]
        return not any(one in raw for one in _NO_TEXT)

    def change(self, source: int, change: TextProposal) -> None:
        """Change what `can_change`; the same change again is left out."""
        if (source, change.span) not in self._wanted:
            self._wanted[source, change.span] = change.text
            self._marks.spans.setdefault(source, []).append(change.span)

    def put(self) -> None:
        """Put the marks of all changes among those of comments."""
        for (source, span), text in self._wanted.items():
            found, part = self._marks.atoms(source), self._part
            start, end = before(found, span[0], part), behind(found, span[1] - 1, part)
            if start is None or end is None:
                continue
            self._marks.gone.append((start.position, end.position))
            runs = list(dict.fromkeys(atom.run for atom in self._covered(source, span)))
            self._marks.put(start, open_=self._proposals.deleting(_cut(start)))
            for one, following in pairwise(runs):
                self._marks.put(Point(one.end, one.parent or one), close=self._proposals.deleted())
                self._marks.put(
                    Point(following.start, following.parent or following), open_=self._proposals.deleting()
                )
            new = self._proposals.inserted(runs[0].child("rPr"), text, _cut(end))
            self._marks.put(end, close=self._proposals.deleted("" if new else _cut(end)) + new)

    def edits(self) -> Iterator[Edit]:
        """The names of deleted texts."""
        for source, span in self._wanted:
            for atom in self._covered(source, span):
                first, last = span[0] <= atom.start, atom.end <= span[1]
                yield from renamed(self._part.data, atom.node, start=first, end=last)

    def replacements(self) -> Iterator[Edit]:
        """All changes as if the text had always been so, instead of marks and edits."""
        for (source, span), text in self._wanted.items():
            new = self._part.encode(text_xml(text))
            for atom in self._covered(source, span):
                yield self._replaced(atom, span, new)
                new = b""

    def _replaced(self, atom: Atom, span: tuple[int, int], new: bytes) -> Edit:
        first = bytes_before(self._part, atom.node, max(span[0] - atom.start, 0))
        last = bytes_before(self._part, atom.node, min(span[1] - atom.start, atom.length))
        return Edit(atom.node.inside + first, AT_OPENING, new, last - first)

    def _covered(self, source: int, span: tuple[int, int]) -> list[Atom]:
        return [one for one in self._marks.atoms(source) if one.start < span[1] and span[0] < one.end]


def _is_in_plain_text(atom: Atom, paragraph: Node) -> bool:
    """Whether a run stands in a paragraph itself, or in content controls: no simple field, link or change of others."""
    between = takewhile(lambda node: node is not paragraph, atom.run.ancestors())
    return all(node.name in _HOLDERS for node in between)


def _words(atom: Atom, span: tuple[int, int]) -> str:
    return atom.node.text[max(span[0] - atom.start, 0) : span[1] - atom.start]


def _cut(point: Point) -> str:
    return "" if point.run is None else CUT_BESIDE if point.node is point.run else CUT_INSIDE
