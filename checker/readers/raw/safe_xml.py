"""XML from untrusted input: expat with document types, and with them all entities, refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large

_SEPARATOR: Final = " "
_MOST_DIGITS: Final = 9
"""More than any number needs that an attribute holds."""
_ELEMENTS: Final = 400_000
"""Elements of a part that is kept as a tree; each takes several hundred bytes."""


def _damaged() -> UnreadableError:
    return UnreadableError(
        "damaged", "文件已损坏，内部的 XML 不合规范。请用 Word、WPS 打开后另存一份再检查。"
    )


def create_parser(encoding: str | None = None) -> expat.XMLParserType:
    """A parser that names elements `namespace local` and refuses a DOCTYPE, and with it all entities.

    Args:
        encoding: that of the data, whatever they say themselves.
    """
    parser = expat.ParserCreate(encoding, namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise UnreadableError(
        "damaged", "文件里夹带外部定义（DOCTYPE），为安全未读取。请用 Word、WPS 打开后另存一份再检查。"
    )


def feed(parser: expat.XMLParserType, data: bytes) -> None:
    """Run a prepared parser over a whole part.

    Raises:
        UnreadableError: `damaged`, or what the handlers raise.
    """
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords
    except (expat.ExpatError, LookupError, ValueError):
        raise _damaged() from None


def local_name(name: str) -> str:
    """`namespace local` without its namespace."""
    return name.rpartition(_SEPARATOR)[2]


def whole_number(text: str | None, otherwise: int) -> int:
    """A number from 0 stored in an attribute; `otherwise` if it is missing, something else, or absurdly long."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else otherwise


class _LocalNames(dict[str, str]):
    """Local names by full names; a part has thousands of names, and few different ones."""

    def __missing__(self, name: str) -> str:
        local = self[name] = local_name(name)
        return local


class Element:
    """An element of a small part, names without namespaces."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def all(self, name: str) -> Iterator[Element]:
        """Children of that name."""
        return (child for child in self.children if child.name == name)

    def find(self, *path: str) -> Element | None:
        """The first descendant along `path`, one name a level."""
        element = self
        for name in path:
            for child in element.children:
                if child.name == name:
                    element = child
                    break
            else:
                return None
        return element

    def value(self, *path: str) -> str | None:
        """Attribute `val` of the element at `path`, the way word processing parts store single values."""
        element = self.find(*path)
        return element.attributes.get("val") if element else None


def read_tree(data: bytes, limits: Limits) -> Element:
    """Parse a small part into elements.

    Args:
        data: the part.
        limits: bound for depth.

    Raises:
        UnreadableError: `damaged` or `too_large`.
    """
    root = Element("", {})
    path = [root]
    pieces: list[list[str]] = [[]]
    local = _LocalNames()
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(path) > limits.depth:
            raise too_large(f"嵌套超过 {limits.depth} 层")
        if count > _ELEMENTS:
            raise too_large(f"里的 XML 元素多于 {_ELEMENTS} 个")
        element = Element(local[name], {local[key]: text for key, text in attributes.items()})
        path[-1].children.append(element)
        path.append(element)
        pieces.append([])

    def end(_: str) -> None:
        element, text = path.pop(), pieces.pop()
        if text:
            element.text = "".join(text)

    def text(data: str) -> None:
        pieces[-1].append(data)

    parser = create_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    feed(parser, data)
    return root.children[0]
