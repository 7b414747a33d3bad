"""OpenDocument texts (.odt)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.blocks.collector import TRACKED_CHANGES, UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.colours import UNKNOWN, WHITE, Colour, vanishes
from checker.readers.blocks.drafts import DraftCell, DraftItem, DraftParagraph, DraftTable, flatten, pour
from checker.readers.blocks.marks import ABOVE, ON_LINE, parted, shifted
from checker.readers.blocks.numbering import labelled
from checker.readers.limits import Limits, too_large
from checker.readers.raw.archive import Archive, damaged
from checker.readers.raw.safe_xml import Element, create_parser, feed, local_name, read_tree, whole_number
from checker.readers.word.odt_styles import NO_LOOK, PROPERTIES, OdtLists, OdtLook, OdtLooks
from checker.startup.records import dataclass, field, replace

_UNSHOWN: Final = frozenset(
    (
        "annotation",
        "desc",
        "forms",
        "note",
        "ruby-text",
        "script",
        "sequence-decls",
        "tracked-changes",
        "title",
    )
)
"""Elements whose text is not part of the page's text."""
_TEXT_NAMESPACE: Final = "xmlns:text:"
_MOST_SPACES: Final = 100
_HIDING: Final = frozenset(("span", "p", "h"))
"""Elements whose style can keep their text from being shown."""
_UNSHOWN_ROWS: Final = frozenset(("collapse", "filter"))
_PARTS: Final = frozenset(("mi", "mn", "mo", "mtext"))
"""Parts of a formula, which may stand above one another."""
_HIDING_BY: Final[dict[str, Callable[[dict[str, str]], bool]]] = {
    "section": lambda own: own.get("display") == "none" or own.get("is-hidden") == "true",
    "hidden-text": lambda own: own.get("is-hidden") != "false",
    "table-row": lambda own: own.get("visibility") in _UNSHOWN_ROWS,
    **dict.fromkeys(("custom-shape", "frame", "g", "rect"), lambda own: own.get("display") == "none"),
}
"""Elements that an attribute of theirs can keep from being shown."""


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read an OpenDocument text.

    Args:
        data: the file.
        name: its name, not used.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large` or `unsupported`.
    """
    archive = Archive(data, limits)
    if "content.xml" not in archive:
        raise damaged("里面没有正文")
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise UnreadableError("encrypted", "文档设有打开密码，未读取。请取消密码后重新保存。")
    styles = read_tree(archive.read("styles.xml"), limits) if "styles.xml" in archive else None
    body = _OdtBody(OdtLists(styles), OdtLooks(styles), limits)
    body.walk(archive.read("content.xml"))
    blocks = BlockCollector(limits)
    pour(flatten(body.items), blocks, limits)
    if body.tracked:
        blocks.note(*TRACKED_CHANGES)
    if body.unseen:
        blocks.note(*UNSEEN_TEXT)
    properties: dict[str, str] = {}
    if "meta.xml" in archive:
        title = read_tree(archive.read("meta.xml"), limits).find("meta", "title")
        if title is not None and title.text.strip():
            properties["title"] = title.text.strip()
    return blocks.document("odt", properties)


@dataclass(slots=True)
class _OpenParagraph:
    label: str
    heading: int | None
    look: OdtLook
    ground: Colour
    parts: list[str] = field(default_factory=list)
    boxes: list[DraftItem] = field(default_factory=list)
    hidden: bool = False
    apart: bool = False


@dataclass(slots=True)
class _OdtTable:
    items_outside: list[DraftItem]
    ground_outside: Colour
    ground: Colour
    row_ground: Colour
    cells: list[DraftCell] = field(default_factory=list)
    row: int = -1
    column: int = 0


class _OdtBody:
    """Walks the content part and collects drafts."""

    def __init__(self, lists: OdtLists, looks: OdtLooks, limits: Limits) -> None:
        self.items: list[DraftItem] = []
        self.tracked = False
        self.unseen = False
        self._lists = lists
        self._looks = looks
        self._limits = limits
        self._depth = 0
        self._unshown = 0
        self._hiding = False
        self._cells = 0
        self._paragraphs: list[_OpenParagraph] = []
        self._tables: list[_OdtTable] = []
        self._boxes: list[tuple[list[DraftItem], Colour]] = []
        self._ground = WHITE
        self._definition: Element | None = None
        self._spans: list[OdtLook] = []
        self._sections: list[bool] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "list-style": self._start_definition,
            "list-level-style-number": self._start_level,
            "style": looks.define,
            **{kind: partial(looks.add, kind) for kind in PROPERTIES},
            "p": self._start_paragraph,
            "h": self._start_paragraph,
            "s": self._spaces,
            "tab": lambda _: self._text("\t"),
            "line-break": lambda _: self._text("\n"),
            "span": self._start_span,
            "note-ref": self._start_note_mark,
            "hidden-paragraph": self._hide_paragraph,
            "section": self._start_section,
            **dict.fromkeys(_PARTS, lambda _: self._part_ends()),
            "list": self._lists.enter_list,
            "list-item": self._lists.enter_item,
            "text-box": self._start_box,
            "table": self._start_table,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._covered,
            "spreadsheet": self._refuse,
            "presentation": self._refuse,
            "drawing": self._refuse,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "list-style": self._end_definition,
            "p": self._end_paragraph,
            "h": self._end_paragraph,
            "span": self._end_span,
            "note-ref": self._end_span,
            **dict.fromkeys(_PARTS, self._part_ends),
            "section": self._end_section,
            "list": self._lists.leave_list,
            "list-item": self._lists.leave_item,
            "text-box": self._end_box,
            "table": self._end_table,
            "table-cell": self._end_cell,
        }

    def walk(self, content: bytes) -> None:
        """Read the whole part."""
        parser = create_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        feed(parser, content)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise too_large(f"嵌套超过 {self._limits.depth} 层")
        local = local_name(name)
        own = {local_name(key): value for key, value in attributes.items()}
        if self._unshown or self._hides(name, local, own):
            self.tracked = self.tracked or local == "changed-region"
            self._unshown += 1
            return
        action = self._starts.get(local)
        if action is not None:
            action(own)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._unshown:
            self._unshown -= 1
            self._hiding = self._hiding and self._unshown > 0
            return
        action = self._ends.get(local_name(name))
        if action is not None:
            action()

    def _hides(self, name: str, local: str, attributes: dict[str, str]) -> bool:
        if local == "title" and _TEXT_NAMESPACE in name:
            return False  # the field that shows the document's title, not the title of a picture
        if local in _HIDING:
            self._hiding = self._looks.of(attributes.get("style-name")).hidden
        elif local in _HIDING_BY:
            self._hiding = _HIDING_BY[local](attributes)
        return self._hiding or local in _UNSHOWN

    def _refuse(self, _: dict[str, str]) -> None:
        raise UnreadableError(
            "unsupported", "文件不是文字文档。请把报告全文放进一个文字文档，另存为 .docx 后再检查。"
        )

    # ---- styles -------------------------------------------------------------------------------------------

    def _start_definition(self, attributes: dict[str, str]) -> None:
        self._definition = Element("list-style", attributes)

    def _start_level(self, attributes: dict[str, str]) -> None:
        if self._definition is not None:
            self._definition.children.append(Element("list-level-style-number", attributes))

    def _end_definition(self) -> None:
        if self._definition is not None:
            self._lists.define(self._definition)

    # ---- text ---------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._unshown:
            self.unseen = self.unseen or (self._hiding and not text.isspace())
        elif self._paragraphs:
            paragraph = self._paragraphs[-1]
            look = self._spans[-1] if self._spans else paragraph.look
            if vanishes(look.ink, look.shade or paragraph.ground):
                self.unseen = self.unseen or not text.isspace()
            else:
                shown = shifted(text, look.place or ON_LINE)
                if paragraph.apart and text:
                    shown = parted(paragraph.parts[-1] if paragraph.parts else "", shown)
                    paragraph.apart = False
                paragraph.parts.append(shown)

    def _characters(self, text: str) -> None:
        self._text(text.replace("\n", " "))  # line breaks have an element of their own

    def _start_span(self, attributes: dict[str, str]) -> None:
        """What the style of a span does not say is as around it."""
        look = self._looks.of(attributes.get("style-name"))
        outer = self._outer()
        place = outer.place if look.place is None else look.place
        self._spans.append(
            replace(look, place=place, ink=look.ink or outer.ink, shade=look.shade or outer.shade)
        )

    def _outer(self) -> OdtLook:
        return self._spans[-1] if self._spans else self._paragraphs[-1].look if self._paragraphs else NO_LOOK

    def _start_note_mark(self, _: dict[str, str]) -> None:
        self._spans.append(replace(self._outer(), place=ABOVE))

    def _end_span(self) -> None:
        self._spans.pop()

    def _part_ends(self) -> None:
        if self._paragraphs:
            self._paragraphs[-1].apart = True

    def _hide_paragraph(self, attributes: dict[str, str]) -> None:
        """A field that keeps its paragraph from being shown, as long as its condition holds."""
        if self._paragraphs and attributes.get("is-hidden") == "true":
            self._paragraphs[-1].hidden = True

    def _start_section(self, attributes: dict[str, str]) -> None:
        """Whether a section with a condition is shown is known to those alone who have evaluated it."""
        unsure = attributes.get("display") == "condition" and attributes.get("is-hidden") != "false"
        self._sections.append(unsure)

    def _end_section(self) -> None:
        self._sections.pop()

    def _spaces(self, attributes: dict[str, str]) -> None:
        self._text(" " * min(whole_number(attributes.get("c"), 1), _MOST_SPACES))

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        level = whole_number(attributes.get("outline-level"), 0)
        label = self._lists.label() or (self._lists.outline_label(level) if level else "")
        look = self._looks.of_paragraph(attributes.get("style-name"))
        self._paragraphs.append(_OpenParagraph(label, level or None, look, look.ground or self._ground))

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.parts)
        # The number of an empty item is only looked at in a table.
        text = labelled(paragraph.label, text) if self._tables or text.strip() else text
        if text and not text.isspace():
            if paragraph.hidden:
                self.unseen = True
            else:
                apart = True in self._sections
                self.items.append(DraftParagraph(text, paragraph.heading, apart=apart))
        self.items.extend(paragraph.boxes)

    def _start_box(self, _: dict[str, str]) -> None:
        self._boxes.append((self.items, self._ground))
        self.items, self._ground = [], UNKNOWN

    def _end_box(self) -> None:
        inside = self.items
        self.items, self._ground = self._boxes.pop()
        for item in inside:
            if isinstance(item, DraftParagraph):
                item.apart = True
        (self._paragraphs[-1].boxes if self._paragraphs else self.items).extend(inside)

    # ---- tables -------------------------------------------------------------------------------------------

    def _start_table(self, attributes: dict[str, str]) -> None:
        ground = self._looks.of(attributes.get("style-name")).ground or self._ground
        self._tables.append(_OdtTable(self.items, self._ground, ground, ground))

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._tables:
            table = self._tables[-1]
            table.row += 1
            table.column = 0
            table.row_ground = self._looks.of(attributes.get("style-name")).ground or table.ground

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """Cells said to repeat share what stands in them."""
        if not self._tables:
            return
        table = self._tables[-1]
        items: list[DraftItem] = []
        down = max(1, whole_number(attributes.get("number-rows-spanned"), 1))
        across = max(1, whole_number(attributes.get("number-columns-spanned"), 1))
        for _ in range(max(1, whole_number(attributes.get("number-columns-repeated"), 1))):
            self._cells += down * across
            if self._cells > self._limits.cells:
                raise too_large(f"的表格多于 {self._limits.cells} 格")
            table.cells.append(DraftCell(items, max(table.row, 0), table.column, down, across))
            table.column += 1
        self.items = items
        self._ground = self._looks.of(attributes.get("style-name")).ground or table.row_ground

    def _end_cell(self) -> None:
        """What stands between cells belongs to none of them."""
        if self._tables:
            self.items = self._tables[-1].items_outside
            self._ground = self._tables[-1].ground_outside

    def _covered(self, attributes: dict[str, str]) -> None:
        if self._tables:
            repeated = whole_number(attributes.get("number-columns-repeated"), 1)
            self._tables[-1].column += min(repeated, self._limits.cells)

    def _end_table(self) -> None:
        table = self._tables.pop()
        self.items, self._ground = table.items_outside, table.ground_outside
        self.items.append(DraftTable(table.cells))
