"""Excel 97-2003 spreadsheets (.xls) and WPS spreadsheets of the same kind (.et).

Own code, for python-calamine 0.9 gives values without number formats, borders and error values, needs a gigabyte
for one cell in the last row and column, and ends the process on some damaged files.
"""

from __future__ import annotations

import struct
from importlib import import_module
from itertools import pairwise
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.colours import BLACK, UNKNOWN, WHITE, Colour
from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE, PLAIN, Look
from checker.readers.limits import Limits, too_large
from checker.readers.raw.ole import CompoundFile, damaged
from checker.readers.raw.surrogates import join_halves
from checker.readers.sheet.biff import Record, TextReader, packed_number, records
from checker.readers.sheet.cells import HIDDEN_SHEET, MergedArea, SheetContent, pour_sheets
from checker.readers.sheet.numbers import BUILT_IN_FORMATS, shown_number, shown_text
from checker.readers.sheet.rich_text import Runs, shown_on
from checker.readers.sheet.unseen import without_unseen
from checker.startup.records import dataclass

_END, _BEGIN, _PASSWORD = 0x0A, 0x809, 0x2F
_SHEET, _DATES, _FONT, _FORMAT, _STYLE, _STRINGS = 0x85, 0x22, 0x31, 0x41E, 0xE0, 0xFC
_LABEL, _SHARED_LABEL, _NUMBER, _PACKED, _PACKED_ROW = 0x204, 0xFD, 0x203, 0x27E, 0xBD
_FORMULA, _FORMULA_TEXT, _BLANK, _BLANK_ROW, _TRUTH, _MERGED = 0x06, 0x207, 0x201, 0xBE, 0x205, 0xE5
_ROW, _COLUMNS, _PALETTE, _CONDITIONAL = 0x208, 0x7D, 0x92, 0x1B0
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 0x01
_SOLID: Final = 1
_FIRST_OF_PALETTE: Final = 8
_BIFF8: Final = 0x600
_WORKSHEET: Final = 0
_NO_FONT: Final = 4
_STRUCK: Final = 0x08
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a binary spreadsheet; hidden sheets, charts and pictures are left out.

    Args:
        data: the file.
        name: its name, a hint only.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `damaged`, `encrypted`, `too_large`, or `needs_converter` for Excel 95 and
            older without LibreOffice.
    """
    container = CompoundFile(data, limits)
    stream = container.stream("Workbook") or container.stream("Book")
    if stream is None:
        raise damaged()
    if _is_old(stream):
        converter = import_module("checker.readers.converter")  # rarely needed, slow to import
        converted: Document = converter.read_converted(data, "xls", name, limits)
        return converted
    book = _XlsBook(stream, limits)
    blocks = BlockCollector(limits)
    sheets: list[SheetContent] = []
    for offset, hidden, sheet_name in book.sheets:
        if hidden:
            blocks.note(*HIDDEN_SHEET)
        else:
            reading = _SheetStream(book, SheetContent(sheet_name), limits)
            sheet, lost = without_unseen(reading.read(stream, offset))
            sheets.append(sheet)
            if lost or reading.lost:
                blocks.note(*UNSEEN_TEXT)
    pour_sheets(sheets, blocks, limits)
    return blocks.document("xls")


def _is_old(stream: bytes) -> bool:
    """Whether the stream is not of the kind that began with Excel 97."""
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] != _BEGIN:  # noqa: PLR2004 - the first record
        raise damaged()
    return bool(struct.unpack_from("<H", stream, 4)[0] != _BIFF8)


@dataclass(frozen=True, slots=True)
class _Font:
    """How text looks, and the number of its colour."""

    look: Look = PLAIN
    colour: int = -1


@dataclass(frozen=True, slots=True)
class _CellStyle:
    """A style of cells: number format, whether it has borders, font, and pattern and number of the colour behind."""

    code: int
    framed: bool
    font: _Font
    pattern: int
    colour: int


class _XlsBook:
    """What all sheets share."""

    def __init__(self, stream: bytes, limits: Limits) -> None:
        self.sheets: list[tuple[int, bool, str]] = []
        self.strings: list[Runs] = []
        self.since_1904 = False
        self._codes = dict(BUILT_IN_FORMATS)
        self._styles: list[_CellStyle] = []
        self._fonts: list[_Font] = []
        self._palette: dict[int, Colour] = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE}
        self._limits = limits
        for record in records(stream):
            if record.code == _END:
                break
            self._take(record)

    def format_code(self, style: int) -> str:
        """The number format of a style."""
        return self._codes.get(self._styles[style].code, "") if style < len(self._styles) else ""

    def is_framed(self, style: int) -> bool:
        """Whether cells of a style have borders."""
        return style < len(self._styles) and self._styles[style].framed

    def shown(self, runs: Runs, style: int) -> tuple[str, str]:
        """What a person reads of a text in a cell of a style, and what it says whatever the colours."""
        whole = "".join([text for text, _ in runs])
        if style >= len(self._styles):
            return whole, whole
        own = self._styles[style]
        ground = self._palette.get(own.colour, UNKNOWN) if own.pattern == _SOLID else UNKNOWN
        seen, _ = shown_on(runs, self._palette.get(own.font.colour), ground if own.pattern else WHITE)
        return own.font.look.shown(seen), own.font.look.shown(whole)

    def _font(self, number: int) -> _Font:
        """A font by its number; there is no font 4 ([MS-XLS] 2.5.129)."""
        index = number - 1 if number > _NO_FONT else number
        return self._fonts[index] if index < len(self._fonts) else _Font()

    def text(self, reader: TextReader) -> Runs:
        """The next text of the stream, as far as a person may read it."""
        text, runs = reader.rich_text(2)
        shown: list[tuple[str, Colour | None]] = [(text[: runs[0][0]] if runs else text, None)]
        for (start, number), (end, _) in pairwise((*runs, (len(text), 0))):
            font = self._font(number)
            shown.append((font.look.shown(text[start:end]), self._palette.get(font.colour, UNKNOWN)))
        return [(join_halves(piece), ink) for piece, ink in shown]

    def _take(self, record: Record) -> None:
        body = record.body
        if record.code == _PASSWORD:
            raise UnreadableError("encrypted", "表格设有打开密码，未读取。请取消密码后重新保存。")
        if record.code == _SHEET and len(body) > 8 and body[5] == _WORKSHEET:  # noqa: PLR2004 - its fixed part
            name = TextReader(record.parts, 6).text(1)
            self.sheets.append((int.from_bytes(body[:4], "little"), body[4] & 3 != 0, name))
            if len(self.sheets) > self._limits.pages:
                raise too_large(f"的工作表多于 {self._limits.pages} 张")
        elif record.code == _DATES:
            self.since_1904 = body[:1] == b"\1"
        elif record.code == _FORMAT:
            self._codes[int.from_bytes(body[:2], "little")] = TextReader(record.parts, 2).text(2)
        elif record.code == _STRINGS:
            count = min(int.from_bytes(body[4:8], "little"), 4 * self._limits.cells)
            reader = TextReader(record.parts, 8)
            while len(self.strings) < count and not reader.ended:
                self.strings.append(self.text(reader))
        else:
            self._take_look(record.code, body)

    def _take_look(self, code: int, body: bytes) -> None:
        """A font, a style of cells, or the colours that they name by number."""
        if code == _STYLE and len(body) >= 20:  # noqa: PLR2004 - its size
            framed = struct.unpack_from("<H", body, 10)[0] != 0
            font, number_format = struct.unpack_from("<HH", body)
            pattern, colours = body[17] >> 2, struct.unpack_from("<H", body, 18)[0]
            self._styles.append(_CellStyle(number_format, framed, self._font(font), pattern, colours & 0x7F))
        elif code == _FONT and len(body) >= 10:  # noqa: PLR2004 - its fixed part
            place = {1: ABOVE, 2: BELOW}.get(struct.unpack_from("<H", body, 8)[0], ON_LINE)
            look = Look(hidden=bool(body[2] & _STRUCK), place=place)
            self._fonts.append(_Font(look, struct.unpack_from("<H", body, 4)[0]))
        elif code == _PALETTE:
            for number in range((len(body) - 2) // 4):
                red, green, blue = body[2 + 4 * number : 5 + 4 * number]
                self._palette[_FIRST_OF_PALETTE + number] = (red, green, blue)


class _SheetStream:
    """Reads the records of one sheet."""

    def __init__(self, book: _XlsBook, sheet: SheetContent, limits: Limits) -> None:
        self._book = book
        self._sheet = sheet
        self._limits = limits
        self._cells = 0
        self._unseen: dict[tuple[int, int], str] = {}
        self._own_ground = True
        self._formula_style = 0
        self.lost = False
        self._formula_place: tuple[int, int] | None = None

    def read(self, stream: bytes, offset: int) -> SheetContent:
        """The sheet whose records begin at `offset`; charts inside it are passed over."""
        depth = 0
        for record in records(stream, offset):
            if record.code == _BEGIN:
                depth += 1
            elif record.code == _END:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1:
                self._take(record)
        for place, text in self._unseen.items() if not self._own_ground else ():
            self._sheet.put(
                *place, text
            )  # on a ground that depends on values, everything is taken to be seen
        self.lost = self.lost or (self._own_ground and bool(self._unseen))
        return self._sheet

    def _take(self, record: Record) -> None:
        code, body = record.code, record.body
        if code == _MERGED:
            self._merge(body)
            return
        if code == _FORMULA_TEXT and self._formula_place is not None:
            row, column = self._formula_place
            text = join_halves(TextReader(record.parts).text(2))
            self._put(row - 1, column - 1, self._formula_style, [(text, None)])
            return
        self._own_ground = self._own_ground and code != _CONDITIONAL
        if code == _ROW and len(body) >= 14 and body[12] & _ROW_HIDDEN:  # noqa: PLR2004 - its flags
            self._sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif code == _COLUMNS and len(body) >= 10 and body[8] & _COLUMNS_HIDDEN:  # noqa: PLR2004 - its flags
            first, last = struct.unpack_from("<HH", body)
            self._sheet.hide_columns(first + 1, last + 1)
        if len(body) < 6 or code not in _CELLS:  # noqa: PLR2004 - row, column and style
            return
        row, column, style = struct.unpack_from("<HHH", body)
        if code == _PACKED_ROW:
            for index in range((len(body) - 6) // 6):
                style, bits = struct.unpack_from("<HI", body, 4 + 6 * index)
                self._put_number(row, column + index, style, packed_number(bits))
        elif code == _BLANK_ROW:
            for index in range((len(body) - 6) // 2):
                self._frame(row, struct.unpack_from("<H", body, 4 + 2 * index)[0])
        else:
            self._frame(row, style)
            self._cell(record, row, column, style)

    def _cell(self, record: Record, row: int, column: int, style: int) -> None:
        code, body = record.code, record.body
        if code == _SHARED_LABEL and len(body) >= 10:  # noqa: PLR2004 - its size
            number = struct.unpack_from("<I", body, 6)[0]
            strings = self._book.strings
            self._put(row, column, style, strings[number] if number < len(strings) else ())
        elif code == _LABEL:
            self._put(row, column, style, self._book.text(TextReader(record.parts, 6)))
        elif code == _NUMBER and len(body) >= 14:  # noqa: PLR2004
            self._put_number(row, column, style, repr(struct.unpack_from("<d", body, 6)[0]))
        elif code == _PACKED and len(body) >= 10:  # noqa: PLR2004
            self._put_number(row, column, style, packed_number(struct.unpack_from("<I", body, 6)[0]))
        elif code == _TRUTH and len(body) >= 8:  # noqa: PLR2004
            truth = "TRUE" if body[6] else "FALSE"
            self._sheet.put(row + 1, column + 1, _ERRORS.get(body[6], "#") if body[7] else truth)
        elif code == _FORMULA and len(body) >= 14:  # noqa: PLR2004
            self._formula(body, row, column, style)

    def _formula(self, body: bytes, row: int, column: int, style: int) -> None:
        """The stored result of a formula; a text stands in the record that follows."""
        self._formula_place, self._formula_style = (row + 1, column + 1), style
        if body[12:14] != b"\xff\xff":
            self._put_number(row, column, style, repr(struct.unpack_from("<d", body, 6)[0]))
        elif body[6] == 1:
            self._sheet.put(row + 1, column + 1, "TRUE" if body[8] else "FALSE")
        elif body[6] == 2:  # noqa: PLR2004 - an error
            self._sheet.put(row + 1, column + 1, _ERRORS.get(body[8], "#"))

    def _put_number(self, row: int, column: int, style: int, raw: str) -> None:
        self._frame(row, style)
        text = shown_number(raw, self._book.format_code(style), since_1904=self._book.since_1904)
        self.lost = self.lost or not text
        self._put(row, column, style, [(text, None)])

    def _put(self, row: int, column: int, style: int, runs: Runs) -> None:
        seen, whole = self._book.shown(runs, style)
        code = self._book.format_code(style)
        text = shown_text(seen, code)
        self._sheet.put(row + 1, column + 1, text)
        if seen != whole:
            self._unseen[row + 1, column + 1] = shown_text(whole, code)
        elif not text:
            self.lost = self.lost or any(piece.strip() for piece, _ in runs)

    def _frame(self, row: int, style: int) -> None:
        self._cells += 1
        if self._cells > self._limits.cells:
            raise too_large(f"的单元格多于 {self._limits.cells} 个")
        if self._book.is_framed(style):
            self._sheet.framed.add(row + 1)

    def _merge(self, body: bytes) -> None:
        count = min(int.from_bytes(body[:2], "little"), (len(body) - 2) // 8)
        for index in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * index)
            self._sheet.merged.append(MergedArea(top + 1, left + 1, bottom + 1, right + 1))
        if len(self._sheet.merged) > self._limits.cells:
            raise too_large(f"的单元格多于 {self._limits.cells} 个")


_CELLS: Final = frozenset(
    (_LABEL, _SHARED_LABEL, _NUMBER, _PACKED, _PACKED_ROW, _FORMULA, _BLANK, _BLANK_ROW, _TRUTH)
)
