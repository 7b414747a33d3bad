"""The element tree of a web page, and who builds it.

lexbor does wherever it is installed. Inside a browser it is not, and the browser's own parser does: it runs
outside of this program, so a page is first asked for, and read when it has been handed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

from checker.readers.blocks.drafts import tidy
from checker.readers.web.attributes import Attributes
from checker.startup.records import dataclass

TEXT: Final = "-text"
"""What stands for the tag of a text."""


class PageNode(Protocol):
    """An element or a text of a page."""

    @property
    def tag(self) -> str | None:
        """The tag in lower case; `TEXT` for a text, another word beginning with a hyphen for a comment."""
        ...

    @property
    def attributes(self) -> Any:
        """The attributes, see `Attributes`."""
        ...

    @property
    def text_content(self) -> str | None:
        """The characters of a text."""
        ...

    @property
    def first_child(self) -> PageNode | None:
        """The first node inside, None if there is none."""
        ...

    @property
    def next(self) -> PageNode | None:
        """The node behind this one in the same element, None for the last one."""
        ...


@dataclass(frozen=True)
class ParsedPage:
    """A page as a tree.

    Attributes:
        root: the element that holds what is shown, None if the page is empty.
        title: its title, tidied.
        metas: the attributes of its `meta` elements, in order.
        sheets: its style sheets.
    """

    root: PageNode | None = None
    title: str = ""
    metas: tuple[Attributes, ...] = ()
    sheets: str = ""


Parse = Callable[[str], ParsedPage]


def parse_with_lexbor(text: str) -> ParsedPage:
    """The tree of a page as lexbor builds it."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - heavy, needed for pages only

    page = LexborHTMLParser(text)
    title = page.head.css_first("title") if page.head is not None else None
    return ParsedPage(
        page.body or page.root,
        tidy(title.text()) if title is not None else "",
        tuple(element.attributes for element in page.css("meta")),
        "\n".join(sheet.text(deep=True) or "" for sheet in page.css("style")),
    )


class _Parser:
    """What parses pages in this process."""

    parse: Parse = staticmethod(parse_with_lexbor)


def parse(text: str) -> ParsedPage:
    """Build the element tree of a page, as browsers do."""
    return _Parser.parse(text)


def parse_with(parser: Parse) -> Parse:
    """Have pages parsed by somebody else from now on, in this process; returns who did so far."""
    before, _Parser.parse = _Parser.parse, staticmethod(parser)
    return before


class HandedOverPages:
    """Pages that a browser has parsed; what `parse_with` takes.

    Attributes:
        wanted: pages that were asked for and have not been handed over; they were read as empty ones, so what
            came of them is to be thrown away.
    """

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self._trees: dict[str, str] = {}

    def __call__(self, text: str) -> ParsedPage:
        """The tree of a page."""
        tree = self._trees.get(text)
        if tree is None:
            self.wanted.append(text)
            return ParsedPage()
        return page_of(tree)

    def hand_over(self, text: str, tree: str) -> None:
        """Take the tree of a page, see `page_of`."""
        self._trees[text] = tree

    def forget(self) -> None:
        """Forget all pages."""
        self.wanted.clear()
        self._trees.clear()


class HandedOverNode:
    """A node of a tree that a browser has handed over."""

    __slots__ = ("attributes", "first_child", "last_child", "next", "tag", "text_content")

    def __init__(self, tag: str, attributes: Attributes, text: str | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text_content = text
        self.first_child: HandedOverNode | None = None
        self.last_child: HandedOverNode | None = None
        self.next: HandedOverNode | None = None

    def add(self, child: HandedOverNode) -> None:
        """Put a node behind the last one inside."""
        if self.last_child is None:
            self.first_child = child
        else:
            self.last_child.next = child
        self.last_child = child

    def inside(self) -> Iterator[HandedOverNode]:
        """Every node inside, in the order of the page."""
        pending = [self.first_child]
        while pending:
            node = pending.pop()
            while node is not None:
                yield node
                if node.first_child is not None:
                    pending.append(node.next)
                    node = node.first_child
                else:
                    node = node.next

    def text(self) -> str:
        """All text inside."""
        return "".join(node.text_content or "" for node in self.inside() if node.tag == TEXT)


def page_of(tree: str) -> ParsedPage:
    """The page of a tree that a browser has handed over.

    Args:
        tree: JSON, a list of all nodes in the order of the page. An element is `[parent, tag, attributes]`, a
            text `[parent, text]`; a parent is named by its place in the list, -1 for the page itself.
    """
    page = HandedOverNode("", {}, None)
    nodes: list[HandedOverNode] = []
    for parent, tag_or_text, *attributes in json.loads(tree):
        node = (
            HandedOverNode(tag_or_text, attributes[0], None)
            if attributes
            else HandedOverNode(TEXT, {}, tag_or_text)
        )
        (page if parent < 0 else nodes[parent]).add(node)
        nodes.append(node)
    return ParsedPage(
        next((node for node in nodes if node.tag == "body"), page.first_child),
        tidy(next((node.text() for node in _head(nodes) if node.tag == "title"), "")),
        tuple(node.attributes for node in nodes if node.tag == "meta"),
        "\n".join(node.text() for node in nodes if node.tag == "style"),
    )


def _head(nodes: list[HandedOverNode]) -> Iterator[HandedOverNode]:
    head = next((node for node in nodes if node.tag == "head"), None)
    return head.inside() if head else iter(())
