"""Comment marks in the main part: where a comment begins and ends, and runs cut for it.

A mark at which a run was cut has spaces before the end of its tag, and so has the end tag of a paragraph that was
one tag. They mean nothing to any other program, and one that writes the file anew drops them; as long as they are
there, the file can be put together again as it was (see `earlier`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from checker.annotate.docx.characters import (
    Atom,
    Point,
    atom_of,
    atoms,
    before,
    behind,
    is_in_data,
    paragraphs_of,
)
from checker.annotate.docx.scan import Node, Scanned
from checker.annotate.ooxml.part import Edit, Part, attribute_xml, name_at
from checker.startup.records import dataclass, field

CUT_BESIDE: Final = " "
"""In the tag of a mark: a run was cut there, between two of its elements."""
CUT_INSIDE: Final = "  "
"""Likewise, inside one of its texts."""
REOPENED: Final = b" "
"""In the end tag of a paragraph: it was one tag, without content."""
ADDED_SPACE: Final = b'  xml:space="preserve"'
"""Put into the tag of a text that was cut beside white space; the second space tells it from one of the source."""
AT_CLOSING, AT_END, AT_START, AT_OPENING, AT_CONTENT, AT_LAST, AT_CLOSE = range(7)
"""Order of what is put at one place: what closes a change, ends of comments, beginnings, what opens a change; where
there was nothing, what is put in, the ends of comments on it, and the end of a paragraph that was one tag."""


class Wording:
    """How marks are written in one document: its prefix, or one that they declare themselves.

    Args:
        namespace: the vocabulary.
        prefix: a prefix that means it everywhere, None if there is none.
    """

    def __init__(self, namespace: str, prefix: str | None) -> None:
        self.prefix = prefix or "w"
        self.declared = "" if prefix else f' xmlns:w="{namespace}"'

    def tag(self, name: str, attributes: str = "") -> str:
        """A start tag that may stand anywhere; attributes as written, with a space in front."""
        return f"<{self.prefix}:{name}{self.declared}{attributes}>"

    def inner(self, name: str, attributes: str = "") -> str:
        """A start tag inside another of this document's marks."""
        return f"<{self.prefix}:{name}{attributes}>"

    def end(self, name: str) -> str:
        """An end tag."""
        return f"</{self.prefix}:{name}>"

    def number(self, number: int) -> str:
        """The attribute that numbers a mark or a change."""
        return f' {self.prefix}:id="{number}"'

    def by(self, author: str, day: date | None) -> str:
        """The attributes that tell who wrote something, and when if that is known."""
        when = f' {self.prefix}:date="{day.isoformat()}T00:00:00Z"' if day else ""
        return f" {self.prefix}:author={attribute_xml(author)}{when}"


@dataclass(eq=False)
class _MarkPlace:
    """What is put at one offset: what closes a change, ends of comments, beginnings, what opens a change."""

    point: Point
    closes: list[bytes] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    opens: list[bytes] = field(default_factory=list)
    lasts: list[str] = field(default_factory=list)


class Marks:
    """Collects the marks of comments, and those of changes inside paragraphs; `edits` puts them in.

    Args:
        part: the main part.
        scanned: its paragraphs and cells.
        wording: how marks are written.

    Attributes:
        spans: characters of paragraphs that are changed, by their offset; no comment begins or ends inside one.
        gone: where the bytes of deleted text begin and end.
    """

    def __init__(self, part: Part, scanned: Scanned, wording: Wording) -> None:
        self._part = part
        self._scanned = scanned
        self._wording = wording
        self._places: dict[int, _MarkPlace] = {}
        self._atoms: dict[int, list[Atom]] = {}
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.gone: list[tuple[int, int]] = []

    def atoms(self, source: int) -> list[Atom]:
        """What holds the characters of the paragraph at an offset."""
        found = self._atoms.get(source)
        if found is None:
            found = self._atoms[source] = atoms(self._scanned.nodes[source])
        return found

    def put(self, point: Point, *, close: bytes = b"", open_: bytes = b"") -> None:
        """Put in what closes or opens a change."""
        place = self._place(point)
        place.closes.append(close)
        place.opens.append(open_)

    def add(self, number: int, source: int, span: tuple[int, int] | None) -> bool:
        """Mark a comment.

        Args:
            number: its id.
            source: offset of the paragraph or cell.
            span: characters of the paragraph, None for all of it.

        Returns:
            Whether there is such a place.
        """
        ends = self._ends(source, span)
        if ends is None:
            return False
        start, end, reference = ends
        attribute = self._wording.number(number)
        opening = self._mark("commentRangeStart", attribute, start)
        closing = self._mark("commentRangeEnd", attribute, end)
        words = self._wording
        pointing = words.tag("r") + words.inner("commentReference", attribute + "/") + words.end("r")
        self._place(start).starts.append(opening)
        if (
            start.position == end.position
        ):  # there is nothing between the two, and will be only what is proposed
            self._place(end).lasts += (closing, pointing)
        else:
            self._place(end).ends.append(closing)
            self._place(reference).ends.append(pointing)
        return True

    def _ends(self, source: int, span: tuple[int, int] | None) -> tuple[Point, Point, Point] | None:
        """Where a comment begins and ends, and where its reference stands."""
        node = self._scanned.nodes.get(source)
        if node is None:
            return None
        holder = self._scanned.holders.get(source)
        if holder is not None:
            return _around(self._scanned.nodes.get(holder), source)
        if node.name == "tc":
            paragraphs = own_paragraphs(node)
            return _whole(paragraphs[0], paragraphs[-1]) if paragraphs else None
        if span is not None and span[1] > span[0]:
            found = self.atoms(source)
            first, last = self._around_changes(source, span)
            start, end = before(found, first, self._part), behind(found, last - 1, self._part)
            if start and end:
                return start, end, _reference(found, last - 1, end)
        return _whole(node, node)

    def _around_changes(self, source: int, span: tuple[int, int]) -> tuple[int, int]:
        """A span that takes in all of each change that it overlaps."""
        first, last = span
        for start, end in self.spans.get(source, ()):
            if start < last and first < end:
                first, last = min(first, start), max(last, end)
        return first, last

    def _mark(self, name: str, attribute: str, point: Point) -> str:
        cut = "" if point.run is None else CUT_BESIDE if point.node is point.run else CUT_INSIDE
        return self._wording.tag(name, f"{attribute}{cut}/")

    def _place(self, point: Point) -> _MarkPlace:
        return self._places.setdefault(point.position, _MarkPlace(point))

    def edits(self) -> Iterator[Edit]:
        """All changes of the part."""
        spaced: dict[int, Node] = {}
        for position, place in self._places.items():
            node, run = place.point.node, place.point.run
            if run is not None and node is not run and self._needs_space(node, position):
                spaced[node.start] = node
        for position, place in self._places.items():
            if place.point.run is not None:
                yield self._cut(position, place, place.point.run, spaced)
                continue
            yield Edit(position, AT_CLOSING, b"".join(place.closes))
            for rank, marks in ((AT_END, place.ends), (AT_START, place.starts), (AT_LAST, place.lasts)):
                yield Edit(position, rank, self._encoded(marks))
            yield Edit(position, AT_OPENING, b"".join(place.opens))
        for node in spaced.values():
            yield Edit(node.inside - 1, AT_END, ADDED_SPACE)

    def closed(self) -> Iterator[Node]:
        """The paragraphs with marks that are one tag."""
        return (place.point.node for place in self._places.values() if place.point.node.is_closed)

    def _encoded(self, marks: Sequence[str]) -> bytes:
        return self._part.encode("".join(marks))

    def _cut(self, position: int, place: _MarkPlace, run: Node, spaced: Mapping[int, Node]) -> Edit:
        """End the run, put the marks, begin a run of the same properties."""
        data, node = self._part.data, place.point.node
        properties = run.child("rPr")
        closing = b"</" + name_at(data, run.start) + b">"
        opening = data[run.start : run.inside] + (
            data[properties.start : properties.end] if properties else b""
        )
        if node is not run:
            tag, name = data[node.start : node.inside], name_at(data, node.start)
            if node.start in spaced:
                tag = tag[:-1] + ADDED_SPACE + b">"
            if any(start <= position < end for start, end in self.gone):
                tag = b"<" + of_deleted_text(name) + tag[1 + len(name) :]
            if any(start < position <= end for start, end in self.gone):
                name = of_deleted_text(name)
            closing = b"</" + name + b">" + closing
            opening += tag
            if is_in_data(self._part, node, position):
                closing, opening = b"]]>" + closing, opening + b"<![CDATA["
        marks = b"".join((*place.closes, self._encoded((*place.ends, *place.starts)), *place.opens))
        return Edit(position, AT_END, closing + marks + opening)

    def _needs_space(self, node: Node, position: int) -> bool:
        """Whether cutting a text leaves white space at an end, which counts only if the text says so."""
        data = self._part.data
        if b"preserve" in data[node.start : node.inside]:
            return False
        left, right = data[node.inside : position], data[position : node.stop]
        return left[-1:].isspace() or right[:1].isspace() or left.endswith(b";") or right.startswith(b"&")


def of_deleted_text(name: bytes) -> bytes:
    """The name, with its prefix, of an element of text after somebody has deleted it: `w:delText` for `w:t`."""
    return name[: -len(b"t")] + b"delText"


def opened(part: Part, paragraphs: Iterable[Node]) -> Iterator[Edit]:
    """Give paragraphs that are one tag an end tag of their own, so that something can stand in them."""
    for node in {node.start: node for node in paragraphs}.values():
        slash = part.data.rindex(b"/", node.start, node.inside)
        yield Edit(slash, AT_CLOSING, b">", node.inside - slash)
        ending = b"</" + name_at(part.data, node.start) + REOPENED + b">"
        yield Edit(node.inside, AT_CLOSE, ending)


def own_paragraphs(cell: Node) -> list[Node]:
    """The paragraphs of a cell, without those of tables and text boxes in it."""
    found: list[Node] = []
    waiting = list(reversed(cell.children))
    while waiting:
        node = waiting.pop()
        if node.name == "p":
            found.append(node)
        elif node.name != "tbl":
            waiting.extend(reversed(node.children))
    return found


def content_start(paragraph: Node) -> int:
    """The offset behind the properties of a paragraph."""
    properties = paragraph.child("pPr")
    return properties.end if properties else paragraph.inside


def _whole(first: Node, last: Node) -> tuple[Point, Point, Point]:
    last = [*paragraphs_of(last)][-1]
    end = Point(last.stop, last)
    return Point(content_start(first), first), end, end


def _around(holder: Node | None, source: int) -> tuple[Point, Point, Point] | None:
    """Around that part of a paragraph in which something begins: the run that holds its text box."""
    if holder is None:
        return None
    for node in holder.children:
        if node.start < source < node.end:
            return Point(node.start, holder), Point(node.end, holder), Point(node.end, holder)
    return _whole(holder, holder)


def _reference(found: Sequence[Atom], character: int, end: Point) -> Point:
    """The reference of a comment stands in the paragraph itself, behind whatever its end stands in."""
    atom = atom_of(found, character)
    if atom is None:
        return end
    outermost = atom.run
    for node in atom.run.ancestors():
        if node.name == "p":
            return end if outermost is atom.run else Point(outermost.end, node)
        outermost = node
    return end
