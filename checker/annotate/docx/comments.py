"""The part that holds the comments, and how the package comes to know of a new one."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Final

from checker.annotate.docx.marks import Wording
from checker.annotate.docx.part import Edit, Part, edited, name_at, tag_end, text_xml
from checker.annotate.options import AnnotateOptions
from checker.readers.limits import Limits
from checker.readers.raw.archive import damaged
from checker.readers.raw.ooxml import WORD, OoxmlPackage, relations_of
from checker.readers.raw.safe_xml import create_parser, feed, read_tree, whole_number
from checker.startup.records import dataclass, field

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
_CHILD: Final = 2
_COMMENT: Final = " comment"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours.

    Attributes:
        number: its id.
        lines: its paragraphs.
    """

    number: int
    lines: Sequence[str]


@dataclass
class _Found:
    """A comment that the part has: where it stands, its id, its author and its text."""

    start: int
    number: int
    author: str
    end: int = 0
    text: list[str] = field(default_factory=list)


class CommentsPart:
    """The comments of a document.

    Args:
        data: the part.
    """

    def __init__(self, data: bytes) -> None:
        self._part = Part(data)
        self._root = _Root(self._part)
        self._wording = Wording(self._root.namespace, self._root.prefix or None)
        self.numbers = {found.number for found in self._root.comments}

    def by(self, author: str) -> frozenset[int]:
        """Ids of the comments of an author."""
        return frozenset(found.number for found in self._root.comments if found.author == author)

    def saying(self, texts: Iterable[Sequence[str]]) -> frozenset[int]:
        """Ids of the comments that say one of some texts, given by their paragraphs."""
        wanted = {_squeezed(lines) for lines in texts}
        return frozenset(one.number for one in self._root.comments if _squeezed(one.text) in wanted)

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
        mine = [one for one in self._root.comments if one.number in gone or one.number in kept]
        written = {one.number: data[one.start : one.end] for one in mine if one.number in kept}
        written |= {one.number: self._part.encode(self._xml(one, options)) for one in new}
        added = b"".join(written[number] for number in sorted(written))
        edits = [Edit(one.start, 0, b"", one.end - one.start) for one in mine]
        return self._part.packed(edited(data, [*edits, self._root.appended(added)]))

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


def _squeezed(lines: Sequence[str]) -> str:
    """Text without white space, which programs put between paragraphs."""
    return "".join("".join(lines).split())


def empty_part(namespace: str) -> bytes:
    """A part without comments, in the vocabulary of its document."""
    return f'{_XML}<w:comments xmlns:w="{namespace}"></w:comments>'.encode()


class _Root:
    """The outermost element of a part, its comments, and where more can be put."""

    def __init__(self, part: Part) -> None:
        self._data = part.data
        self.comments: list[_Found] = []
        self.namespace = ""
        self._start = self._inside = self._stop = -1
        self._depth = 0
        self._parser = create_parser(part.encoding)
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._text
        feed(self._parser, part.data)
        name = name_at(part.data, self._start).decode("ascii", "replace")
        self.prefix = name.rpartition(":")[0]

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._start = self._parser.CurrentByteIndex
            self._inside = tag_end(self._data, self._start)
            self.namespace = name.rpartition(" ")[0]
        elif self._depth == _CHILD and name.endswith(_COMMENT):
            values = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
            number = whole_number(values.get("id"), -1)
            self.comments.append(_Found(self._parser.CurrentByteIndex, number, values.get("author", "")))

    def _text(self, text: str) -> None:
        if self._depth > _CHILD and self.comments:
            self.comments[-1].text.append(text)

    def _finish(self, name: str) -> None:
        here = self._parser.CurrentByteIndex
        if self._depth == _CHILD and name.endswith(_COMMENT):
            found = self.comments[-1]
            inside = tag_end(self._data, found.start)
            closed = self._data[inside - 2 : inside] == b"/>"
            found.end = inside if closed else self._data.index(b">", here) + 1
        elif self._depth == 1:
            self._stop = here
        self._depth -= 1

    def appended(self, content: bytes) -> Edit:
        """Content at the end of the root."""
        return _appended(self._data, self._start, self._inside, self._stop, content)


def _appended(data: bytes, start: int, inside: int, stop: int, content: bytes) -> Edit:
    if data[inside - 2 : inside] != b"/>":
        return Edit(stop, 1, content)
    ending = b"</" + name_at(data, start) + b">"
    return Edit(inside - 2, 1, b">" + content + ending, 2)


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
        changed[CONTENT_TYPES] = _with_child(types, f'Override PartName="{place}" ContentType="{_TYPE}"')
    if package.target(main, PURPOSE) is None:
        relations = relations_of(main)
        known = package.read(relations) if relations in package.names else _NO_RELATIONS.encode()
        ids = {child.attributes.get("Id", "") for child in read_tree(known, limits).children}
        number = next(number for number in count(len(ids) + 1) if f"rId{number}" not in ids)
        kind, target = _KINDS[namespace], posixpath.basename(comments)
        changed[relations] = _with_child(
            known, f'Relationship Id="rId{number}" Type="{kind}" Target="{target}"'
        )
    return changed


def _with_child(data: bytes, element: str) -> bytes:
    part = Part(data)
    root = _Root(part)
    prefix = f"{root.prefix}:" if root.prefix else ""
    return part.packed(edited(part.data, [root.appended(part.encode(f"<{prefix}{element}/>"))]))
