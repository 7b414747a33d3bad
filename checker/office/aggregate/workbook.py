"""Added tables as a workbook: the tables in the official form with live sums, every unit's figures, the notes.

A cell of a table is a formula over the column of the sheet 各单位; where a unit has no number the number format
shows that the sum is a lower bound, so that it stays one that can be calculated with.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from checker.model.errors import UsageError
from checker.model.forms import Address
from checker.model.season import AggregateCell
from checker.office.aggregate.adding import Totals
from checker.office.aggregate.layout import layout_of
from checker.office.aggregate.notes import cell_words, title_of
from checker.office.outputs import MISSING
from checker.office.words import STATE_WORDS
from checker.writers.shared.spreadsheets import looks_like_formula
from checker.writers.shared.text_cells import harmless

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed day, so that equal content gives equal bytes
_UNITS: Final = "各单位"
_HEAD_ROWS: Final = 3
_FIXED: Final = ("单位", "状态", "加不起来的算式")
_FONT: Final = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_FRAME: Final = {"border": 1, "align": "center", "text_wrap": True}
_PLAIN: Final = "0.########"
_LINE_HEIGHT: Final = 15.0


def as_workbook(totals: Totals, notes: Sequence[str]) -> bytes:
    """The file.

    Raises:
        UsageError: the extra that writes workbooks is not installed.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  # an extra that not everybody has
    except ImportError:
        raise UsageError(f"{MISSING['xlsxwriter']}；也可以写成 .docx 或 .json。") from None
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties({"title": title_of(totals), "created": _CREATED})
    sheets = _Sheets(book, totals)
    sheets.tables()
    sheets.units()
    sheets.notes(notes)
    book.close()
    return made.getvalue()


class _Sheets:
    """The sheets of one workbook; rows and columns count from 0."""

    def __init__(self, book: Workbook, totals: Totals) -> None:
        self._book = book
        self._totals = totals
        self._formats: dict[str, Format] = {}
        self._columns: dict[tuple[str, Address], int] = {}
        for key, table in totals.form.tables.items():
            for address in table.addresses():
                self._columns[key, address] = len(_FIXED) + len(self._columns)

    def tables(self) -> None:
        """A sheet for each table of the form."""
        totals = self._totals
        for section in totals.form.sections:
            if section.table is None:
                continue
            table = totals.form.tables[section.table]
            cells = totals.aggregate.tables[table.key]
            sheet = self._book.add_worksheet(table.name)
            self._page(sheet)
            layout = layout_of(table)
            texts = {address: cell_words(cell) for address, cell in cells.items()}
            widths = layout.widths(texts)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for row in range(layout.rows):
                sheet.set_row(row + 1, _LINE_HEIGHT * layout.lines(row, widths))
            title = f"{title_of(totals)}　{table.name}　{section.title}"
            sheet.merge_range(
                0, 0, 0, layout.columns - 1, harmless(title), self._format("title", bold=True, font_size=14)
            )
            for cell in layout.cells:
                box = (
                    cell.row + 1,
                    cell.column,
                    cell.row + cell.row_span,
                    cell.column + cell.column_span - 1,
                )
                style = (
                    self._number_format(cells[cell.address])
                    if cell.address
                    else self._format("label", **_FRAME)
                )
                if box[:2] != box[2:]:
                    sheet.merge_range(*box, "", style)
                if cell.address:
                    self._sum(sheet, box[:2], (table.key, cell.address), cells[cell.address], style)
                else:
                    sheet.write_string(*box[:2], harmless(cell.text), style)
            sheet.freeze_panes(1, 0)

    def _sum(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        cell: tuple[str, Address],
        value: AggregateCell,
        style: Format,
    ) -> None:
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415  # as the whole library

        if value.value is None:
            sheet.write_string(*at, cell_words(value), style)
            return
        column = xl_col_to_name(self._columns[cell], col_abs=True)
        last = _HEAD_ROWS + len(self._totals.parts)
        formula = f"=SUM('{_UNITS}'!{column}${_HEAD_ROWS + 1}:{column}${last})"
        sheet.write_formula(*at, formula, style, value.value)

    def units(self) -> None:
        """The sheet with every unit's figures, a unit a row; a cell without a number stays empty."""
        sheet = self._book.add_worksheet(_UNITS)
        self._page(sheet)
        head = self._format("head", bold=True, **_FRAME)
        for number, text in enumerate(_FIXED):
            sheet.merge_range(0, number, _HEAD_ROWS - 1, number, text, head)
        for (key, address), column in self._columns.items():
            table = self._totals.form.tables[key]
            labels = (table.name, table.short_row_label(address[0]), table.column_label(*address))
            for row, label in enumerate(labels):
                sheet.write_string(row, column, harmless(label), head)
        body, figure = self._format("body", border=1), self._format("figure", border=1, num_format=_PLAIN)
        for row, part in enumerate(self._totals.parts, _HEAD_ROWS):
            self._text(sheet, row, 0, part.unit.name, body)
            self._text(sheet, row, 1, STATE_WORDS[part.state], body)
            sheet.write_number(row, 2, part.broken, body)
            for (key, address), column in self._columns.items():
                value = part.value(key, address)
                if value is None:
                    sheet.write_blank(row, column, None, figure)
                else:
                    sheet.write_number(row, column, value, figure)
        sheet.set_column(0, 0, 28)
        sheet.freeze_panes(_HEAD_ROWS, 1)
        sheet.repeat_rows(0, _HEAD_ROWS - 1)
        sheet.repeat_columns(0)
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(0, 0)
        sheet.autofilter(_HEAD_ROWS - 1, 0, _HEAD_ROWS - 1 + len(self._totals.parts), len(_FIXED) - 1)

    def notes(self, notes: Sequence[str]) -> None:
        """The sheet with the notes, and for every cell how many units have a number, a blank or nothing."""
        sheet = self._book.add_worksheet("说明")
        self._page(sheet)
        wrapped = self._format("note", text_wrap=True)
        head = self._format("head", bold=True, **_FRAME)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 2, 26)
        for row, note in enumerate(notes):
            self._text(sheet, row, 0, note, wrapped)
        first = len(notes) + 1
        for column, text in enumerate(
            ("表", "行", "列", "有数的", "空白按 0 计的", "没有数的", "没有数的单位")
        ):
            sheet.write_string(first, column, text, head)
        row = first
        for key, cells in self._totals.aggregate.tables.items():
            table = self._totals.form.tables[key]
            for address, cell in cells.items():
                blanks = self._totals.blanks.get((key, address), ())
                if not (blanks or cell.missing):
                    continue
                row += 1
                self._text(sheet, row, 0, table.name, wrapped)
                self._text(sheet, row, 1, table.short_row_label(address[0]), wrapped)
                self._text(sheet, row, 2, table.column_label(*address), wrapped)
                for column, count in enumerate((cell.units, len(blanks), len(cell.missing)), 3):
                    sheet.write_number(row, column, count, wrapped)
                self._text(sheet, row, 6, "、".join(cell.missing), wrapped)

    def _text(self, sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
        """Text, with the mark that keeps a spreadsheet from taking it for a formula when it is edited."""
        shown = harmless(text)
        sheet.write_string(
            row, column, shown, self._format("quoted", quote_prefix=1) if looks_like_formula(shown) else style
        )

    def _page(self, sheet: Worksheet) -> None:
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&A　第 &P 页，共 &N 页")

    def _number_format(self, cell: AggregateCell) -> Format:
        if not cell.lower_bound or cell.value is None:
            return self._format("sum", num_format=_PLAIN, **_FRAME)
        missing = len(cell.missing)
        return self._format(f"bound {missing}", num_format=f'"≥"{_PLAIN}"（缺{missing}家）"', **_FRAME)

    def _format(self, name: str, **properties: Any) -> Format:
        if name not in self._formats:
            self._formats[name] = self._book.add_format({**_FONT, **properties})
        return self._formats[name]
