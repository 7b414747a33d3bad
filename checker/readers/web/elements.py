"""What the elements of a web page mean, and what holds while one is open."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.drafts import DraftItem
from checker.readers.blocks.marks import ABOVE, BELOW
from checker.readers.web.furniture import FURNITURE_TAGS, Content
from checker.readers.web.parsing import TEXT, PageNode
from checker.startup.records import dataclass

_LOOKED_AT: Final = 50

SKIPPED: Final = frozenset((
    "-comment", "!doctype", "annotation", "annotation-xml", "audio", "base", "button", "canvas", "datalist", "del",
    "embed", "head", "iframe", "input", "link", "map", "meta", "meter", "mphantom", "noembed", "noframes", "noscript",
    "object", "progress", "rp", "rt", "s", "script", "select", "strike", "style", "svg", "template", "textarea",
    "title", "video",
))  # fmt: skip
INLINE: Final = frozenset((
    "b", "big", "em", "font", "i", "ins", "label", "o:p", "small", "span", "strong", "u",
))  # fmt: skip
"""The commonest elements that mean nothing here, looked up first because pages are full of them."""
STRUCK: Final = frozenset(("del", "s", "strike"))
PARTS: Final = frozenset(("details", "dialog", "marquee", "mi", "mn", "mo", "mtext", "summary", "xmp"))
"""What stands in them makes no figure with what stands beside them: parts of formulas, what opens, closes or moves."""
APART: Final = "apart"
PLACES: Final = {"super": ABOVE, "sub": BELOW}
SHIFTED: Final = {"sup": "super", "sub": "sub"}
"""Elements whose text stands above or below the line."""
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
GROUPS: Final = ("thead", "tbody", "tfoot")
CELLS: Final = ("td", "th")
BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
    "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tr", "ul", *HEADINGS, *GROUPS, *CELLS,
))  # fmt: skip
JUDGED: Final = FURNITURE_TAGS | {
    "article", "div", "dl", "form", "header", "menu", "ol", "section", "table", "ul",
}  # fmt: skip


@dataclass(slots=True)
class WalkCounts:
    """Counts of what has been read so far."""

    characters: int = 0
    link_characters: int = 0
    links: int = 0
    headings: int = 0
    tables: int = 0

    def copy(self) -> WalkCounts:
        """These counts as they are now."""
        return WalkCounts(self.characters, self.link_characters, self.links, self.headings, self.tables)

    def since(self, before: WalkCounts) -> Content:
        """What has been read after `before`."""
        return Content(
            self.characters - before.characters,
            self.link_characters - before.link_characters,
            self.links - before.links,
            self.headings - before.headings,
            self.tables - before.tables,
        )


NOTHING: Final = WalkCounts()


@dataclass(slots=True)
class OpenElement:
    """An open element whose end needs processing, with what held when it began.

    Attributes:
        tag: its tag.
        following: the node after it.
        names: its class and id, if they matter.
        href: where it leads, for links to files.
        doubtful: what stands in it makes no figure with what stands beside it.
        items: where blocks went.
        length: how many had gone there.
        pieces: how many pieces of text the current paragraph had.
        heading: the outline level.
        count: what had been read, for links and elements that may prove to be page furniture.
    """

    tag: str
    following: PageNode | None
    names: str
    href: str
    doubtful: bool
    items: list[DraftItem]
    length: int
    pieces: int
    heading: int | None
    count: WalkCounts


def has_text(node: PageNode) -> bool:
    """Whether something is written in an element; only its beginning is looked at."""
    waiting = [node.first_child]
    for _ in range(_LOOKED_AT):
        child = waiting.pop() if waiting else None
        if child is None:
            continue
        if child.tag == TEXT and any(map(str.isalnum, (child.text_content or "")[:_LOOKED_AT])):
            return True
        waiting += [child.next, child.first_child]
    return False
