"""A parsed web page, element by element, into drafts of paragraphs and tables.

The walk keeps its own stack: pages nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from checker.readers.blocks.drafts import DraftItem, DraftNote, DraftParagraph, tidy
from checker.readers.blocks.marks import END_OF_DIRECTION, RIGHT_TO_LEFT, parted, shifted
from checker.readers.blocks.numbering import labelled
from checker.readers.limits import Limits, too_large
from checker.readers.web.attributes import Attributes, NumberedList, link_target
from checker.readers.web.colours import PageColours
from checker.readers.web.elements import (
    APART,
    BLOCKS,
    CELLS,
    GROUPS,
    HEADINGS,
    INLINE,
    JUDGED,
    NOTHING,
    PARTS,
    PLACES,
    SHIFTED,
    SKIPPED,
    STRUCK,
    OpenElement,
    WalkCounts,
    has_text,
)
from checker.readers.web.furniture import is_furniture, is_link_list
from checker.readers.web.parsing import TEXT, PageNode
from checker.readers.web.tables import HtmlCell, HtmlTable, span
from checker.readers.web.visibility import (
    BACKWARDS,
    HIDING,
    PageStyles,
    is_doubtful,
    is_hidden,
    is_struck,
    stands_off_line,
    stands_on_line,
)

_WIDE: Final = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SOURCE_BREAK: Final = "\v"
"""Stands for a line end of the source, which breaks no line on the page."""
_BREAK_IN_CHINESE: Final = re.compile(rf"(?<={_WIDE})[ \t\f]*\v[ \t\f\v]*(?={_WIDE})")
"""Between two ideographs a line end of the source is not shown at all (CSS Text, segment breaks)."""
_OWN_NUMBER: Final = re.compile(r"\s*[(（]?(?:\d+|[一二三四五六七八九十百]+|[①-⑳])[)）、.．]?")
_FILE_NAME: Final = re.compile(r"\.(?:docx?|pdf|wps|ofd|xlsx?|et|zip|rar)$", re.IGNORECASE)
_ICON_PIXELS: Final = 48
_LONGEST_NAME: Final = 80


class PageWalk:
    """Collects the drafts of one page.

    Args:
        limits: bounds for depth and grid places.
        drop_furniture: leave out navigation, link lists and the like; off for fragments.
        styles: what the style sheets of the page hide.
        colours: follows the colours, None if they cannot matter.

    Attributes:
        unseen: whether a line has a part that is struck through or not shown.
    """

    def __init__(
        self, limits: Limits, *, drop_furniture: bool, styles: PageStyles, colours: PageColours | None
    ) -> None:
        self.unseen = False
        self._left_out = self._apart = self._begins_apart = False
        self._limits = limits
        self._drop_furniture = drop_furniture
        self._styles = styles
        self._colours = colours
        self._items: list[DraftItem] = []
        self._pieces: list[str] = []
        self._beside: list[DraftItem] = []
        self._heading: int | None = None
        self._label = ""
        self._preformatted = 0
        self._links_open = 0
        self._count = WalkCounts()
        self._tables: list[HtmlTable] = []
        self._cells: list[HtmlCell] = []
        self._cells_met = 0
        self._lists: list[NumberedList] = []
        self._begins: dict[str, Callable[[str, Attributes], None]] = {
            "a": self._begin_link,
            "pre": self._begin_preformatted,
            "ol": self._begin_list,
            "ul": self._begin_list,
            "li": self._begin_item,
            "table": self._begin_table,
            "caption": self._begin_caption,
            "tr": self._begin_row,
            **dict.fromkeys(HEADINGS, self._begin_heading),
            **dict.fromkeys(GROUPS, self._begin_group),
            **dict.fromkeys(CELLS, self._begin_cell),
        }
        self._ends: dict[str, Callable[[OpenElement], None]] = {
            "pre": self._end_preformatted,
            "ol": self._end_list,
            "ul": self._end_list,
            "li": self._end_item,
            "caption": self._end_caption,
            "table": self._end_table,
            **dict.fromkeys(CELLS, self._end_cell),
        }

    def read(self, root: PageNode) -> list[DraftItem]:
        """Everything shown inside `root`, in reading order.

        Raises:
            UnreadableError: too deep, or too many grid places.
        """
        frames: list[OpenElement | PageNode | None] = []
        most, styles, colours = self._limits.depth, self._styles, self._colours
        styled = bool(styles)
        node = root.first_child
        while node is not None or frames:
            if node is None:
                frame = frames.pop()
                node = self._leave(frame) if isinstance(frame, OpenElement) else frame
                continue
            tag = node.tag or ""
            if tag == TEXT:
                self._text(node.text_content or "", len(frames))
                node = node.next
                continue
            attributes: Attributes = node.attributes
            doubtful = tag in PARTS or ("style" in attributes and is_doubtful(attributes))
            if styled:
                meant, unsure = styles.applied(tag, attributes)
                # Blocks are hidden by classes until a script shows them; a part of a line is not.
                doubtful = doubtful or unsure or (meant is not attributes and tag in BLOCKS)
                attributes = attributes if tag in BLOCKS else meant
            following = node.next
            if tag in SKIPPED or (
                (tag == "dialog" or not HIDING.isdisjoint(attributes)) and is_hidden(attributes, tag)
            ):
                self._leave_out(tag, attributes, node)
                node = following
                continue
            if colours is not None:
                colours.enter(len(frames), tag, attributes)
            if len(frames) >= most:
                raise too_large(f"嵌套超过 {most} 层")
            if tag in INLINE and not doubtful and not ("style" in attributes and stands_off_line(attributes)):
                frames.append(following)
            else:
                frames.append(self._enter(tag, attributes, following, doubtful=doubtful))
            node = node.first_child
        self._flush()
        return self._items

    def _leave_out(self, tag: str, attributes: Attributes, node: PageNode) -> None:
        """Note whether something that might be read was struck through or not shown; blocks of a page often are not."""
        struck = tag in STRUCK or is_struck(attributes)
        if (struck or (tag not in SKIPPED and tag not in BLOCKS)) and has_text(node):
            self.unseen = self.unseen or struck
            self._left_out = True

    def _enter(
        self, tag: str, attributes: Attributes, following: PageNode | None, *, doubtful: bool
    ) -> OpenElement | PageNode | None:
        """Process the start of an element; the open element if its end needs processing too."""
        if tag == "br":
            self._pieces.append("\n")
            return following
        if tag == "img":
            self._image(attributes)
            return following
        href = link_target(attributes) if tag == "a" else ""
        if tag == "a":
            if not href:
                return following
        elif tag in BLOCKS and (self._pieces or self._beside or self._left_out):
            self._flush()
        place = (
            self._place(tag, attributes, doubtful=doubtful)
            if attributes or doubtful or tag in SHIFTED
            else ""
        )
        if not (href or tag in BLOCKS or place):
            return following
        self._apart = self._apart or doubtful
        judged = tag in JUDGED
        frame = OpenElement(
            tag if href or tag in BLOCKS else place,
            following,
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}" if judged else "",
            href,
            doubtful,
            self._items,
            len(self._items),
            len(self._pieces),
            self._heading,
            self._count.copy() if judged or href else NOTHING,
        )
        begin = self._begins.get(tag)
        if begin is not None:
            begin(tag, attributes)
        return frame

    def _place(self, tag: str, attributes: Attributes, *, doubtful: bool) -> str:
        """How the text of a part of a line stands beside the rest of it, empty if as all text does."""
        if tag in SHIFTED and stands_on_line(attributes):
            return APART
        return SHIFTED.get(tag) or stands_off_line(attributes, tag) or (APART if doubtful else "")

    def _leave(self, frame: OpenElement) -> PageNode | None:
        """Process the end of an element; returns the node after it."""
        following = self._close(frame)
        self._apart = self._apart or frame.doubtful or frame.tag == APART
        return following

    def _close(self, frame: OpenElement) -> PageNode | None:
        if frame.tag == APART:
            return frame.following
        if frame.tag == "a":
            self._end_link(frame)
            return frame.following
        if frame.tag in PLACES or frame.tag == BACKWARDS:
            text = "".join(self._pieces[frame.pieces :])
            text = (
                f"{RIGHT_TO_LEFT}{text}{END_OF_DIRECTION}"
                if frame.tag == BACKWARDS
                else shifted(text, PLACES[frame.tag])
            )
            self._pieces[frame.pieces :] = [text]
            return frame.following
        if self._pieces or self._beside or self._left_out:
            self._flush()
        self._heading = frame.heading
        end = self._ends.get(frame.tag)
        if end is not None:
            end(frame)
        if self._drop_furniture and frame.tag in JUDGED:
            self._judge(frame)
        return frame.following

    # What elements do to the state, at their start and at their end

    def _begin_link(self, _tag: str, _: Attributes) -> None:
        self._links_open += 1

    def _begin_heading(self, tag: str, _: Attributes) -> None:
        self._heading = HEADINGS[tag]

    def _begin_preformatted(self, _tag: str, _: Attributes) -> None:
        self._preformatted += 1

    def _end_preformatted(self, _: OpenElement) -> None:
        self._preformatted -= 1

    def _begin_list(self, tag: str, attributes: Attributes) -> None:
        self._lists.append(NumberedList.from_attributes(tag, attributes))

    def _end_list(self, _: OpenElement) -> None:
        self._lists.pop()

    def _begin_item(self, _tag: str, attributes: Attributes) -> None:
        self._label = self._lists[-1].next_label(attributes) if self._lists else ""

    def _end_item(self, _: OpenElement) -> None:
        self._label = ""

    def _begin_table(self, _tag: str, _: Attributes) -> None:
        self._tables.append(HtmlTable())

    def _begin_caption(self, _tag: str, _: Attributes) -> None:
        self._items = []

    def _end_caption(self, frame: OpenElement) -> None:
        caption, self._items = self._items, frame.items
        (self._tables[-1].caption if self._tables else self._items).extend(caption)

    def _begin_group(self, tag: str, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].begin_group(tag)

    def _begin_row(self, _tag: str, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].begin_row()

    def _begin_cell(self, _tag: str, attributes: Attributes) -> None:
        cell = (
            HtmlCell.from_attributes(attributes.get("rowspan"), attributes.get("colspan"))
            if attributes
            else HtmlCell([], 1, 1)
        )
        self._cells.append(cell)
        self._items = cell.items
        self._cells_met += 1
        if self._cells_met > self._limits.cells:
            raise too_large(f"的表格多于 {self._limits.cells} 格")

    def _end_cell(self, frame: OpenElement) -> None:
        cell, self._items = self._cells.pop(), frame.items
        if self._tables:
            self._tables[-1].add(cell)
        else:
            self._items.extend(cell.items)

    def _end_table(self, frame: OpenElement) -> None:
        table = self._tables.pop()
        self._items.extend(table.caption)
        draft = table.draft(self._limits)
        if draft is not None:
            self._items.append(draft)
            self._count.tables += not draft.is_layout and not is_link_list(self._count.since(frame.count))

    def _text(self, text: str, depth: int) -> None:
        if self._colours is not None and self._colours.hides(depth, text):
            return
        if "\n" in text and not self._preformatted:
            text = text.replace("\n", _SOURCE_BREAK)
        if self._apart and text and not text.isspace():
            self._apart = False
            before = next((piece for piece in reversed(self._pieces) if not piece.isspace()), "")
            self._begins_apart = self._begins_apart or not before
            text = parted(before.rstrip(), text.lstrip())
        self._pieces.append(text)
        length = len(text.strip())
        self._count.characters += length
        if self._links_open:
            self._count.link_characters += length

    def _flush(self) -> None:
        """End the current paragraph; notes met in it come after it."""
        text = "".join(self._pieces)
        self._pieces.clear()
        if text and not text.isspace():
            if _SOURCE_BREAK in text:
                text = _BREAK_IN_CHINESE.sub("", text)
            self._count.headings += self._heading is not None
            if self._label:
                # Style sheets, which are not read, often switch numbers off where the text has its own.
                if not _OWN_NUMBER.match(text):
                    text = labelled(self._label, text.lstrip())
                self._label = ""
            self._items.append(DraftParagraph(text, self._heading, apart=self._begins_apart))
            self._begins_apart = False
            self.unseen = self.unseen or self._left_out
        self._left_out = False
        if self._beside:
            self._items.extend(self._beside)
            self._beside = []

    def _judge(self, frame: OpenElement) -> None:
        """Drop the content of an element that proves to be page furniture."""
        if is_furniture(frame.tag, frame.names, self._count.since(frame.count)):
            del frame.items[frame.length :]
            self._count = frame.count

    def _end_link(self, frame: OpenElement) -> None:
        self._links_open -= 1
        file_name = unquote(frame.href.rpartition("/")[2].partition("?")[0].partition("#")[0])
        if not _FILE_NAME.search(file_name):
            self._count.links += 1
            return
        # A link to a file belongs to the text, not to the navigation.
        self._count.link_characters = frame.count.link_characters
        label = tidy("".join(self._pieces[frame.pieces :]))
        shown = label if 0 < len(label) <= _LONGEST_NAME else file_name[:_LONGEST_NAME]
        self._beside.append(
            DraftNote("attachment", f"网页附有文件「{shown}」，附件没有检查。请下载后把它单独交来检查。")
        )

    def _image(self, attributes: Attributes) -> None:
        sizes = (attributes.get("width"), attributes.get("height"))
        if any(size is not None and span(size, most=_ICON_PIXELS + 1) <= _ICON_PIXELS for size in sizes):
            return
        source = attributes.get("src") or ""
        name = "" if source.startswith("data:") else unquote(source.rpartition("/")[2])
        shown = (tidy(attributes.get("alt") or "") or name)[:_LONGEST_NAME]
        named = f"「{shown}」" if shown else ""
        self._beside.append(
            DraftNote("image", f"正文里有图片{named}，图片里的文字和表格没有检查，请人工核对。")
        )
