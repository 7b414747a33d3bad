"""A workbook as XlsxWriter makes it, with what all sheets share: guarded text, heads that stay, filters, print set-up.

Text is always written as text. What looks like a formula also gets the mark that keeps a spreadsheet from taking it
for one when a person edits the cell. Rows are written from top to bottom and rest on disk, so that memory does not
grow with their number; the same content gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from checker.startup.records import dataclass
from checker.writers.shared.spreadsheets import looks_like_formula
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.text_cells import width as text_width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CellValue = str | int | Decimal | date | None
"""What a cell can hold besides a formula."""

_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed day, so that equal content gives equal bytes
_MOST_CHARACTERS: Final = 32_767
"""Characters that a cell of the format can hold."""
_LINE_HEIGHT: Final = 15.0
_TITLE_HEIGHT: Final = 26.0
_HIGHEST: Final = 240.0
"""Points; whatever does not fit is seen when the row is made higher."""
_FONT: Final = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"}
_FRAME: Final = {"border": 1, "border_color": "#BFBFBF"}
_HEAD: Final = {**_FRAME, "bold": True, "text_wrap": True, "valign": "vcenter"}
_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {},
    "wrap": {"text_wrap": True},
    "number": {"num_format": "0.########", "align": "right", "indent": 1},
    "percent": {"num_format": "0%", "align": "right", "indent": 1},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
    "input": {**_FRAME, "text_wrap": True, "bg_color": "#FFF8DC"},
    "head": {**_HEAD, "bg_color": "#DDE6F0"},
    "input_head": {**_HEAD, "bg_color": "#FFE699"},
    "title": {"bold": True, "font_size": 16},
    "note": {"font_color": "#595959", "text_wrap": True},
    "label": {"bold": True},
    "alarm": {"font_color": "#B3261E", "bold": True},
}  # fmt: skip
"""What cells look like, by name. Yellow ones are for the office to fill in."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        heading: its first cell.
        width: in characters of the standard font.
        style: how its cells look, one of those of `Sheet.write`.
    """

    heading: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula.

    Attributes:
        text: the formula, beginning with `=`; names from data stand in cells that it refers to, never in it.
        value: its value, for programs that do not calculate.
        style: how it looks.
    """

    text: str
    value: int | Decimal | float | str
    style: str = "number"


class Book:
    """A workbook in memory.

    Args:
        title: stands in the properties of the file.
    """

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415  # an extra that not everybody has

        self._data = io.BytesIO()
        self._book: Workbook = Workbook(self._data, {"constant_memory": True})
        self._book.set_properties({"title": title, "created": _CREATED})
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[str, bool], Format] = {}

    def sheet(self, name: str) -> WorkbookSheet:
        """A new sheet behind the others."""
        return WorkbookSheet(self, self._book.add_worksheet(name))

    def format(self, style: str, *, quoted: bool = False) -> Format:
        """How a cell looks.

        Args:
            style: a name of the table of styles.
            quoted: whether its text could be taken for a formula.
        """
        known = self._formats.get((style, quoted))
        if known is None:
            known = self._book.add_format(
                {**_FONT, **_STYLES[style], **({"quote_prefix": 1} if quoted else {})}
            )
            self._formats[style, quoted] = known
        return known

    def finished(self) -> bytes:
        """The file; nothing can be added after that."""
        self._book.close()
        return self._data.getvalue()


class WorkbookSheet:
    """A sheet that is written from top to bottom; rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Worksheet) -> None:
        self._book = book
        self.worksheet = worksheet
        self.next_row = 0
        self._widths: list[float] = []
        worksheet.set_paper(9)  # A4
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        worksheet.set_footer("&C&A　第 &P 页，共 &N 页")

    @property
    def name(self) -> str:
        """What the sheet is called."""
        name: str = self.worksheet.get_name()
        return name

    def columns(self, columns: Sequence[Column]) -> None:
        """Say how wide the columns are."""
        self._widths = [column.width for column in columns]
        for number, width in enumerate(self._widths):
            self.worksheet.set_column(number, number, width)

    def head(self, columns: Sequence[Column]) -> None:
        """Write the heads of a list into the first row; they stay in sight and on every page.

        The first column stays in sight as well.
        """
        self.columns(columns)
        styles = ["input_head" if column.style == "input" else "head" for column in columns]
        self.row([column.heading for column in columns], styles)
        self.worksheet.freeze_panes(1, 1)
        self.worksheet.repeat_rows(0)

    def row(self, values: Sequence[CellValue | Formula], styles: Sequence[str] | str = "text") -> int:
        """Write the next row, as high as its text needs: not every program works that out itself.

        Args:
            values: one a column; None leaves a cell empty.
            styles: how they look, one a column or one for all.

        Returns:
            The number of the row.
        """
        number = self.next_row
        wanted = [styles] * len(values) if isinstance(styles, str) else styles
        self.worksheet.set_row(number, self._height(values, wanted))
        for column, (value, style) in enumerate(zip(values, wanted, strict=False)):
            self._write(number, column, value, style)
        self.next_row += 1
        return number

    def _height(self, values: Sequence[CellValue | Formula], styles: Sequence[str]) -> float:
        if "title" in styles:
            return _TITLE_HEIGHT
        lines = 1
        for value, width, style in zip(values, self._widths, styles, strict=False):
            if isinstance(value, str) and _STYLES[style].get("text_wrap"):
                lines = max(lines, ceil(0.95 * text_width(value) / width))
        return min(_LINE_HEIGHT * lines, _HIGHEST)

    def filter(self, columns: int, first: int = 0) -> None:
        """A filter over the list that was written, whose heads are in the row `first`."""
        self.worksheet.autofilter(first, 0, max(first, self.next_row - 1), columns - 1)

    def format(self, style: str) -> Format:
        """How a cell looks, for what this class does not do itself."""
        return self._book.format(style)

    def _write(self, row: int, column: int, value: CellValue | Formula, style: str) -> None:
        sheet = self.worksheet
        if isinstance(value, Formula):
            sheet.write_formula(row, column, value.text, self._book.format(value.style), value.value)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, self._book.format(style))
        elif isinstance(value, str):
            text = harmless(value)[:_MOST_CHARACTERS]
            quoted = looks_like_formula(text)
            sheet.write_string(row, column, text, self._book.format(style, quoted=quoted))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._book.format("day"))
        else:
            sheet.write_number(row, column, value, self._book.format(style))
