"""Spreadsheets in Office Open XML (.xlsx, .xlsm, and .et files of that kind)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Final

from checker.model.document import Document
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.colours import UNKNOWN, WHITE, Colour
from checker.readers.blocks.marks import PLAIN, Look
from checker.readers.limits import Limits, too_large
from checker.readers.raw.archive import Archive, damaged
from checker.readers.raw.safe_xml import Element, create_parser, feed, local_name, read_tree
from checker.readers.sheet.cells import HIDDEN_SHEET, MergedArea, SheetContent, pour_sheets
from checker.readers.sheet.numbers import BUILT_IN_FORMATS, shown_number, shown_text
from checker.readers.sheet.rich_text import (
    RICH_TEXT,
    RichText,
    Runs,
    changed_look,
    colour_in,
    ground_of,
    shown_on,
)
from checker.readers.sheet.unseen import without_unseen
from checker.startup.records import dataclass

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS_PER_CELL: Final = 4
_SIDES: Final = ("left", "right", "top", "bottom")


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read a spreadsheet; hidden sheets, charts and pictures are left out.

    Args:
        data: the file.
        name: its name, not used.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `too_large`.
    """
    archive = Archive(data, limits)
    if _WORKBOOK not in archive:
        raise damaged("缺少工作簿")
    workbook = read_tree(archive.read(_WORKBOOK), limits)
    styles = _CellStyles(archive, limits, since_1904=_since_1904(workbook))
    strings = _shared_strings(archive, limits)
    blocks = BlockCollector(limits)
    sheets: list[SheetContent] = []
    for listed in _listed(archive, workbook, limits):
        if listed.hidden:
            blocks.note(*HIDDEN_SHEET)
        elif listed.part is not None:
            sheet = SheetContent(listed.name, listed.number)
            reading = _SheetPart(sheet, strings, styles, limits)
            part = archive.read(listed.part)
            reading.walk(part)
            sheet, lost = without_unseen(sheet)
            if lost or reading.hides or strings.hides:
                blocks.note(*UNSEEN_TEXT)
            if reading.uncalculated:
                blocks.note(
                    "uncalculated_formula",
                    "有公式没有保存计算结果，这些格按空白处理。请用 WPS 或 Excel 重新计算并保存后再检查。",
                )
            sheets.append(sheet)
    pour_sheets(sheets, blocks, limits)
    return blocks.document("xlsx")


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as its workbook lists it.

    Attributes:
        number: its place in the list, from 0.
        name: as on its tab.
        part: name of its part, None if there is none, or it is no sheet of cells.
        hidden: whether it is not shown.
    """

    number: int
    name: str
    part: str | None
    hidden: bool


def sheets_of(archive: Archive, limits: Limits) -> list[ListedSheet]:
    """The sheets of a workbook in their order.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `too_large`.
    """
    return _listed(archive, read_tree(archive.read(_WORKBOOK), limits), limits)


def _listed(archive: Archive, workbook: Element, limits: Limits) -> list[ListedSheet]:
    targets = _relations(archive, limits)
    listed = workbook.find("sheets")
    found: list[ListedSheet] = []
    for number, element in enumerate(listed.all("sheet") if listed else ()):
        part = targets.get(element.attributes.get("id", ""), "")
        is_read = part in archive and "/worksheets/" in part
        hidden = element.attributes.get("state", "visible") != "visible"
        found.append(
            ListedSheet(number, element.attributes.get("name", ""), part if is_read else None, hidden)
        )
    return found


def _since_1904(workbook: Element) -> bool:
    properties = workbook.find("workbookPr")
    return properties is not None and properties.attributes.get("date1904") in ("1", "true")


def _relations(archive: Archive, limits: Limits) -> dict[str, str]:
    """Parts of the workbook by the id of their relation."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in archive:
        return {}
    return {
        element.attributes.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", element.attributes.get("Target", "").replace("\\", "/"))
        ).lstrip("/")
        for element in read_tree(archive.read(name), limits).children
    }


def _shared_strings(archive: Archive, limits: Limits) -> _StringsPart:
    name = "xl/sharedStrings.xml"
    part = _StringsPart(_STRINGS_PER_CELL * limits.cells)
    if name in archive:
        part.walk(archive.read(name))
    return part


class _StringsPart:
    """Walks the part that holds each text of the workbook once."""

    def __init__(self, most: int) -> None:
        self.strings: list[Runs] = []
        self._most = most
        self._text = RichText()

    @property
    def hides(self) -> bool:
        """Whether a text was left out, see `RichText`."""
        return self._text.hides

    def walk(self, data: bytes) -> None:
        """Read the whole part."""
        parser = create_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.text
        feed(parser, data)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local in RICH_TEXT:
            self._text.start(local, attributes)

    def _end(self, name: str) -> None:
        local = local_name(name)
        self._text.end(local)
        if local == "si":
            if len(self.strings) >= self._most:
                raise too_large("的文字过多")
            self.strings.append(self._text.take())


class _CellStyles:
    """Number formats, frames and looks by style number."""

    def __init__(self, archive: Archive, limits: Limits, *, since_1904: bool) -> None:
        self._formats: list[str] = []
        self._framed: list[bool] = []
        self._looks: list[Look] = []
        self._colours: list[tuple[Colour | None, Colour]] = []
        self._since_1904 = since_1904
        root = read_tree(archive.read("xl/styles.xml"), limits) if "xl/styles.xml" in archive else None
        codes: dict[str, str] = {str(number): code for number, code in BUILT_IN_FORMATS.items()}
        for element in _children(root, "numFmts"):
            codes[element.attributes.get("numFmtId", "")] = element.attributes.get("formatCode", "")
        framed = [_has_sides(border) for border in _children(root, "borders")]
        looks = [_look_of(font) for font in _children(root, "fonts")]
        inks = [_ink_of(font) for font in _children(root, "fonts")]
        grounds = [ground_of(fill) for fill in _children(root, "fills")]
        for style in _children(root, "cellXfs"):
            font_number = _whole(style.attributes.get("fontId"))
            self._looks.append(looks[font_number] if font_number < len(looks) else PLAIN)
            ink = inks[font_number] if font_number < len(inks) else None
            fill_number = _whole(style.attributes.get("fillId"))
            self._colours.append((ink, grounds[fill_number] if fill_number < len(grounds) else WHITE))
            self._formats.append(codes.get(style.attributes.get("numFmtId", ""), ""))
            border_number = _whole(style.attributes.get("borderId"))
            self._framed.append(border_number < len(framed) and framed[border_number])

    def number(self, raw: str, style: int) -> str:
        """A stored number as a cell of that style shows it."""
        code = self._formats[style] if style < len(self._formats) else ""
        return shown_number(raw, code, since_1904=self._since_1904)

    def shown(self, runs: Runs, style: int, *, own_ground: bool) -> tuple[str, bool]:
        """What a person reads of a text in a cell of that style, and whether a part of it has the colour of its ground.

        Args:
            runs: the text.
            style: the style.
            own_ground: whether nothing else than the style colours the cell.
        """
        if style >= len(self._formats):
            return "".join([text for text, _ in runs]), False
        ink, ground = self._colours[style]
        seen, lost = shown_on(runs, ink, ground if own_ground else UNKNOWN)
        return shown_text(self._looks[style].shown(seen), self._formats[style]), lost

    def is_framed(self, style: int) -> bool:
        """Whether a cell of that style has borders."""
        return style < len(self._framed) and self._framed[style]


def _look_of(font: Element) -> Look:
    look = PLAIN
    for one in font.children:
        if one.name in ("strike", "vertAlign"):
            look = changed_look(look, one.name, one.attributes)
    return look


def _ink_of(font: Element) -> Colour | None:
    colour = font.find("color")
    return colour_in(colour.attributes) if colour else None


def _has_sides(border: Element) -> bool:
    return any(
        side.name in _SIDES and side.attributes.get("style", "none") != "none" for side in border.children
    )


def _children(root: Element | None, name: str) -> list[Element]:
    group = root.find(name) if root else None
    return group.children if group else []


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0  # noqa: PLR2004 - absurdly long


class _SheetPart:
    """Walks one sheet part."""

    def __init__(
        self, sheet: SheetContent, strings: _StringsPart, styles: _CellStyles, limits: Limits
    ) -> None:
        self.uncalculated = False
        self._own_ground = True
        self._lost = False
        self._sheet = sheet
        self._strings = strings.strings
        self._styles = styles
        self._limits = limits
        self._cells = 0
        self._rows_hidden = "0"
        self._row = 0
        self._column = 0
        self._kind = ""
        self._style = 0
        self._value: list[str] = []
        self._inline = RichText()
        self._formula = False
        self._taking = False
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "f": self._start_formula,
            "mergeCell": self._merge,
            "col": self._column_properties,
            "sheetFormatPr": self._usual_row,
        }

    def walk(self, data: bytes) -> None:
        """Read the whole part."""
        # Ground that depends on values or on a style of tables is not known.
        self._own_ground = not any(name in data for name in (b"conditionalFormatting", b"tablePart"))
        parser = create_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        feed(parser, data)

    @property
    def hides(self) -> bool:
        """Whether a text was left out, as nobody sees it or somebody has struck it through."""
        return self._lost or self._inline.hides

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        action = self._starts.get(local)
        if action is not None:
            action(attributes)
        elif local in RICH_TEXT:
            self._inline.start(local, attributes)

    def _end(self, name: str) -> None:
        local = local_name(name)
        self._inline.end(local)
        if local == "v":
            self._taking = False
        elif local == "c":
            self._end_cell()

    def _text(self, text: str) -> None:
        if self._taking:
            self._value.append(text)
        else:
            self._inline.text(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _whole(attributes.get("r")) or self._row + 1
        self._column = 0
        if attributes.get("hidden", self._rows_hidden) in ("1", "true") or attributes.get("ht") == "0":
            self._sheet.hidden_rows.add(self._row)

    def _usual_row(self, attributes: dict[str, str]) -> None:
        self._rows_hidden = attributes.get("zeroHeight", "0")

    def _column_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            self._sheet.hide_columns(_whole(attributes.get("min")), _whole(attributes.get("max")))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > self._limits.cells:
            raise too_large(f"的单元格多于 {self._limits.cells} 个")
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._row, self._column = _at(place) if place else (self._row, self._column + 1)
        self._kind = attributes.get("t", "n")
        self._style = _whole(attributes.get("s"))
        self._value = []
        self._inline.take()  # what stands between cells belongs to none of them
        self._formula = False
        if self._styles.is_framed(self._style):
            self._sheet.framed.add(self._row)

    def _start_value(self, _: dict[str, str]) -> None:
        self._taking = True

    def _start_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _end_cell(self) -> None:
        raw, inline = "".join(self._value), self._inline.take()
        if not raw.strip() and not any(text.strip() for text, _ in inline):
            if self._formula and self._kind != "str":
                self.uncalculated = True
                # A cell that is to be filled makes a table, as a frame does.
                self._sheet.framed.add(self._row)
            return
        runs = self._runs(raw) or inline
        shown, lost = self._styles.shown(runs, self._style, own_ground=self._own_ground)
        self._sheet.put(self._row, self._column, shown)
        self._lost = self._lost or lost
        if not shown:
            self._lost = self._lost or self._kind == "n" or any(text.strip() for text, _ in runs)

    def _runs(self, raw: str) -> Runs:
        """The text of a stored value, none if there is no value."""
        if not raw:
            return ()
        if self._kind == "s":
            number = _whole(raw.strip())
            return self._strings[number] if number < len(self._strings) else ()
        if self._kind == "n":
            return ((self._styles.number(raw.strip(), self._style), None),)
        if self._kind == "b":
            return (("TRUE" if raw.strip() == "1" else "FALSE", None),)
        return ((raw, None),)

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if begin and end and len(self._sheet.merged) < self._limits.cells:
            self._sheet.merged.append(MergedArea(*_at(begin), *_at(end)))


def _at(reference: re.Match[str]) -> tuple[int, int]:
    """Row and column of a reference."""
    number = 0
    for letter in reference[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(reference[2]), number
