"""Where the elements of an XML part begin and end, so that bytes can be put between them."""

from __future__ import annotations

from collections.abc import Iterable

from checker.annotate.ooxml.part import Edit, Part, edited, name_at, tag_end
from checker.readers.raw.safe_xml import create_parser, feed, local_name
from checker.startup.records import dataclass, field


@dataclass
class PlacedElement:
    """An element.

    Attributes:
        name: without its prefix.
        prefix: with its colon, empty if it has none.
        namespace: of the element.
        attributes: by name without prefix.
        start: offset of its start tag.
        inside: behind its start tag.
        stop: offset of its end tag; `inside` for one that is closed at once.
        end: behind all of it.
        children: the elements in it, as deep as was asked for.
        text: all text in it.
    """

    name: str
    prefix: str
    namespace: str
    attributes: dict[str, str]
    start: int
    inside: int
    stop: int = -1
    end: int = -1
    children: list[PlacedElement] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> list[PlacedElement]:
        """Children of that name."""
        return [child for child in self.children if child.name == name]

    def find(self, name: str) -> PlacedElement | None:
        """The first child of that name."""
        return next(iter(self.all(name)), None)


def placed(part: Part, depth: int, *, texts: bool = False) -> PlacedElement:
    """The outermost element of a part, with what is in it.

    Args:
        part: the part.
        depth: how many levels of elements are kept; 1 for the outermost alone.
        texts: whether their text is kept.

    Raises:
        UnreadableError: `damaged`.
    """
    data = part.data
    top: list[PlacedElement] = []
    path: list[PlacedElement] = []
    pieces: list[list[str]] = []
    level = 0
    parser = create_parser(part.encoding)

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            return
        start = parser.CurrentByteIndex
        prefix = name_at(data, start).rpartition(b":")[0].decode("ascii", "replace")
        element = PlacedElement(
            local_name(name), prefix and f"{prefix}:", name.rpartition(" ")[0],
            {local_name(key): value for key, value in attributes.items()}, start, tag_end(data, start),
        )  # fmt: skip
        (path[-1].children if path else top).append(element)
        path.append(element)
        pieces.append([])

    def finish(_: str) -> None:
        nonlocal level
        level -= 1
        if level >= depth:
            return
        element = path.pop()
        element.text = "".join(pieces.pop())
        if data[element.inside - 2 : element.inside] == b"/>":
            element.stop = element.end = element.inside
        else:
            element.stop = parser.CurrentByteIndex
            element.end = tag_end(data, element.stop)

    def text(words: str) -> None:
        for one in pieces:
            one.append(words)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    if texts:
        parser.CharacterDataHandler = text
    feed(parser, data)
    return top[0]


def appended(part: Part, element: PlacedElement, content: str | bytes) -> Edit:
    """Content at the end of an element."""
    added = part.encode(content) if isinstance(content, str) else content
    if element.stop != element.inside or part.data[element.inside - 2 : element.inside] != b"/>":
        return Edit(element.stop, 1, added)
    ending = b"</" + name_at(part.data, element.start) + b">"
    return Edit(element.inside - 2, 1, b">" + added + ending, 2)


def with_children(data: bytes, elements: Iterable[str]) -> bytes:
    """A part with more elements at the end of the outermost one.

    Args:
        data: the part.
        elements: name and attributes of each, in the vocabulary of the outermost element.
    """
    part = Part(data)
    root = placed(part, 1)
    content = "".join(f"<{root.prefix}{element}/>" for element in elements)
    return part.packed(edited(part.data, [appended(part, root, content)]))
