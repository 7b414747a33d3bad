"""The part that holds the comments, and how the package comes to know of a new one."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import Final

from checker.annotate.docx.marks import Wording
from checker.annotate.ooxml.elements import appended, placed, with_children
from checker.annotate.ooxml.part import Edit, Part, edited, text_xml
from checker.annotate.options import AnnotateOptions
from checker.readers.limits import Limits
from checker.readers.raw.archive import damaged
from checker.readers.raw.ooxml import WORD, OoxmlPackage, relations_of
from checker.readers.raw.safe_xml import read_tree, whole_number
from checker.startup.records import dataclass

PURPOSE: Final = "comments"
CONTENT_TYPES: Final = "[Content_Types].xml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KINDS: Final = dict(
    zip(
        WORD,
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
        ),
        strict=True,
    )
)
"""Kind of the relationship by the vocabulary of the document."""
_NO_RELATIONS: Final = (
    _XML
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
INITIALS: Final = "检"
_DEPTH: Final = 3
"""The part, comments, and their paragraphs."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours.

    Attributes:
        number: its id.
        lines: its paragraphs.
    """

    number: int
    lines: Sequence[str]


class CommentsPart:
    """The comments of a document.

    Args:
        data: the part.
    """

    def __init__(self, data: bytes) -> None:
        self._part = Part(data)
        self._root = placed(self._part, _DEPTH, texts=True)
        self._wording = Wording(self._root.namespace, self._root.prefix.rstrip(":") or None)
        self._comments = [
            (whole_number(one.attributes.get("id"), -1), one) for one in self._root.all("comment")
        ]
        self.numbers = frozenset(number for number, _ in self._comments)

    def by(self, author: str) -> frozenset[int]:
        """Ids of the comments of an author."""
        return frozenset(number for number, one in self._comments if one.attributes.get("author") == author)

    def saying(self, texts: Iterable[Sequence[str]]) -> frozenset[int]:
        """Ids of the comments that say one of some texts, given by their paragraphs."""
        wanted = {_squeezed(lines) for lines in texts}
        return frozenset(number for number, one in self._comments if _squeezed(one.text) in wanted)

    def threads(self, numbers: Collection[int]) -> frozenset[str]:
        """Names of the paragraphs of some comments (`w14:paraId`), by which newer parts speak of them."""
        paragraphs = (line for number, one in self._comments if number in numbers for line in one.children)
        return frozenset(name for line in paragraphs if (name := line.attributes.get("paraId")))

    def changed(
        self, gone: Collection[int], kept: Collection[int], new: Sequence[Comment], options: AnnotateOptions
    ) -> bytes:
        """The part with other comments of ours.

        Args:
            gone: ids of comments that are left out.
            kept: ids of comments of ours that stay; they are put in order with the new ones.
            new: what is added.
            options: who is named, and when.
        """
        data = self._part.data
        mine = [
            (number, one)
            for number, one in self._comments
            if number in {*gone, *kept} and one.attributes.get("author") == options.author
        ]
        written = {number: data[one.start : one.end] for number, one in mine if number in kept}
        written |= {one.number: self._part.encode(self._xml(one, options)) for one in new}
        added = b"".join(written[number] for number in sorted(written))
        edits = [Edit(one.start, 0, b"", one.end - one.start) for _, one in mine]
        return self._part.packed(edited(data, [*edits, appended(self._part, self._root, added)]))

    def _xml(self, comment: Comment, options: AnnotateOptions) -> str:
        words = self._wording
        start = words.inner("p") + words.inner("r") + words.inner("t", ' xml:space="preserve"')
        end = words.end("t") + words.end("r") + words.end("p")
        lines = "".join(start + text_xml(line) + end for line in comment.lines)
        who = words.by(options.author, options.today)
        head = words.tag(
            "comment", f'{words.number(comment.number)}{who} {words.prefix}:initials="{INITIALS}"'
        )
        return head + lines + words.end("comment")


def _squeezed(lines: str | Sequence[str]) -> str:
    """Text without white space, which programs put between paragraphs."""
    return "".join("".join(lines).split())


def empty_part(namespace: str) -> bytes:
    """A part without comments, in the vocabulary of its document."""
    return f'{_XML}<w:comments xmlns:w="{namespace}"></w:comments>'.encode()


def place_for(package: OoxmlPackage, main: str) -> str:
    """A name for a new part of comments beside the main part; one that is announced and missing is taken."""
    announced = package.target(main, PURPOSE)
    if announced:
        return announced
    folder = posixpath.dirname(main)
    names = {name.lower() for name in package.names}
    places = (posixpath.join(folder, f"comments{number or ''}.xml") for number in count())
    return next(place for place in places if place.lower() not in names)


def introduced(
    package: OoxmlPackage, main: str, comments: str, namespace: str, limits: Limits
) -> dict[str, bytes]:
    """The parts that tell of a new part of comments, as far as they do not do so already.

    These are the relationships of the main part, and the content types.
    """
    if CONTENT_TYPES not in package.names:
        raise damaged("缺少必要的部件")
    types = package.read(CONTENT_TYPES)
    changed: dict[str, bytes] = {}
    place = f"/{comments}"
    named = [child.attributes.get("PartName", "") for child in read_tree(types, limits).children]
    if place.lower() not in (name.lower() for name in named):
        changed[CONTENT_TYPES] = with_children(types, [f'Override PartName="{place}" ContentType="{_TYPE}"'])
    if package.target(main, PURPOSE) is None:
        relations = relations_of(main)
        known = package.read(relations) if relations in package.names else _NO_RELATIONS.encode()
        ids = {child.attributes.get("Id", "") for child in read_tree(known, limits).children}
        number = next(number for number in count(len(ids) + 1) if f"rId{number}" not in ids)
        kind, target = _KINDS[namespace], posixpath.basename(comments)
        changed[relations] = with_children(
            known, [f'Relationship Id="rId{number}" Type="{kind}" Target="{target}"']
        )
    return changed
