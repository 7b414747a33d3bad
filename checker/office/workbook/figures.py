"""The sheets 各单位表 and 汇总核对: every cell of every unit, and live formulas that add them up.

The second refers to the first: whoever corrects a number there sees the sums change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from checker.model.findings import ReportResult
from checker.model.forms import Address, Form
from checker.model.report import CellValue as CellOfReport
from checker.model.report import Report
from checker.model.season import Season, State, UnitStanding
from checker.office.words import STATE_WORDS
from checker.office.workbook.book import Book, CellValue, Column, Formula, WorkbookSheet
from checker.startup.records import dataclass, field

FIGURES_NAME: Final = "各单位表"
SUMS_NAME: Final = "汇总核对"
_FIXED: Final = (Column("单位", 24), Column("上级", 18), Column("状态", 11), Column("说明", 18, "wrap"))
_HEAD_ROWS: Final = 3
_EVERYBODY: Final = "（清单上的全部单位）"
_SUM_COLUMNS: Final = (
    Column("汇总到", 22),
    Column("表", 7),
    Column("行", 26, "wrap"),
    Column("列", 18, "wrap"),
    Column("汇总报告的数", 10, "number"),
    Column("各单位之和", 10, "number"),
    Column("相差", 9, "number"),
    Column("应有几家", 8, "number"),
    Column("有数的", 8, "number"),
    Column("缺", 6, "number"),
    Column("能说到什么程度", 16),
)
_A_NUMBER: Final = '">-1E+99"'
"""What counts in COUNTIFS as any number."""


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A cell of the form with the column of the sheet that holds it."""

    table: str
    address: Address
    column: int


class FiguresSheet:
    """The sheet 各单位表, written unit by unit; its numbers are added up for the sums as they come.

    Args:
        season: the season.
        book: where it goes.
        form: the form whose tables make the columns; None if no report in force has a table.
    """

    def __init__(self, season: Season, book: Book, form: Form | None) -> None:
        self.form = form
        self.cells = tuple(_cells(form)) if form else ()
        self.wholes = {one.name: one for one in _wholes(season.units)}
        self._units = season.units
        self._aggregate = season.aggregate
        self._sheet = book.sheet(FIGURES_NAME)
        self._head()

    def add(self, standing: UnitStanding, result: ReportResult | None) -> None:
        """The row of a unit.

        Args:
            standing: the unit.
            result: its report in force, None if there is none.
        """
        report = result.report if result else None
        row: list[CellValue] = [
            standing.unit.name,
            standing.unit.parent,
            STATE_WORDS[standing.state],
            self._note(report),
        ]
        name = standing.unit.name
        own = self.wholes.get(name)
        above = self.wholes.get(standing.unit.parent)
        for cell in self.cells:
            table = report.tables.get(cell.table) if report else None
            value = self._value(standing, cell, table.cell(*cell.address)) if table else None
            row.append(value)
            if value is not None and not isinstance(value, str):
                if own is not None:
                    own.numbers[cell.column] = value
                if above is not None and name in above.parts:
                    total, count = above.sums.get(cell.column, (0, 0))
                    above.sums[cell.column] = (total + value, count + 1)
        self._sheet.row(row, self._styles)

    def _value(
        self, standing: UnitStanding, cell: FigureCell, found: CellOfReport
    ) -> int | Decimal | str | None:
        """What a cell counts for: as in the table of the body above, where there is one, else as it is written.

        There a blank may count as 0, and a number of an old form may not count; such a number is written as text.
        """
        written = found.raw.strip() or None
        above = self._aggregate
        known = None
        if above is not None and standing.unit.parent == above.of:
            known = above.tables.get(cell.table, {}).get(cell.address)
        if known is None:
            return written if found.value is None else found.value
        if standing.unit.name in known.missing:
            return written
        return 0 if found.value is None else found.value

    def finish(self) -> None:
        """The filter."""
        self._sheet.filter(len(self._styles), _HEAD_ROWS - 1)

    def range_of(self, column: int) -> str:
        """All units' cells of a column, for formulas in other sheets."""
        letters = column_letters(column)
        return (
            f"'{FIGURES_NAME}'!${letters}${_HEAD_ROWS + 1}:${letters}${_HEAD_ROWS + max(1, len(self._units))}"
        )

    def _note(self, report: Report | None) -> str:
        if report is None or self.form is None:
            return ""
        if not report.tables:
            return "没有读到表格"
        return "" if report.form_id == self.form.id else "用的是另一种格式，只列两种格式都有的格"

    def _head(self) -> None:
        sheet, worksheet = self._sheet, self._sheet.worksheet
        sheet.columns((*_FIXED, *(Column("", 7) for _ in self.cells)))
        self._styles = [column.style for column in _FIXED] + ["number"] * len(self.cells)
        tables = self.form.tables if self.form else {}
        fixed = [""] * len(_FIXED)
        sheet.row([*fixed, *(tables[one.table].name for one in self.cells)], "head")
        sheet.row(
            [*fixed, *(tables[one.table].short_row_label(one.address[0]) for one in self.cells)], "head"
        )
        names = (tables[one.table].column_name(*one.address) for one in self.cells)
        sheet.row([*(column.heading for column in _FIXED), *names], "head")
        worksheet.freeze_panes(_HEAD_ROWS, 1)
        worksheet.repeat_rows(0, _HEAD_ROWS - 1)
        worksheet.repeat_columns(0)
        worksheet.set_paper(8)  # A3
        worksheet.fit_to_pages(0, 0)


def form_of_season(season: Season) -> Form | None:
    """The form that most reports in force follow, among those in force for the year; of equals the newest."""
    in_force = [one.in_force for one in season.units if one.in_force and one.in_force.form]
    used = Counter(one.form for one in in_force)
    forms: dict[str, Form] = {}
    for one in in_force:
        report = None if one.form in forms else season.results[one.result].report
        if report is not None:
            forms[one.form] = report.form
    year = season.year
    return forms[max(used, key=lambda one: (forms[one].in_force(year), used[one], one))] if used else None


def _cells(form: Form) -> Iterator[FigureCell]:
    column = len(_FIXED)
    for key, table in form.tables.items():
        for address in table.addresses():
            yield FigureCell(key, address, column)
            column += 1


def column_letters(number: int) -> str:
    """Name of a column by its number from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class _Whole:
    """A body whose figures should be the sum of others'.

    Attributes:
        name: the body, None if everybody is added up.
        parts: the others.
        numbers: its own numbers by column of the sheet.
        sums: sum of the numbers of the others, and how many they are, by column.
    """

    name: str | None
    parts: frozenset[str]
    numbers: dict[int, int | Decimal] = field(default_factory=dict)
    sums: dict[int, tuple[int | Decimal, int]] = field(default_factory=dict)


def write_sums(figures: FiguresSheet, sheet: WorkbookSheet) -> None:
    """Write the sheet 汇总核对: for every body that others belong to, every cell of its tables.

    Args:
        figures: the sheet that holds the numbers, all of them written.
        sheet: the sheet to write.
    """
    sheet.head(_SUM_COLUMNS)
    sheet.worksheet.freeze_panes(1, 4)
    styles = [column.style for column in _SUM_COLUMNS]
    tables = figures.form.tables if figures.form else {}
    for whole in figures.wholes.values():
        for cell in figures.cells:
            table = tables[cell.table]
            labels = (table.name, table.row_label(cell.address[0]), table.column_label(*cell.address))
            sums = _sums(whole, cell, figures, sheet.next_row + 1)
            sheet.row([whole.name or _EVERYBODY, *labels, *sums], styles)
    sheet.filter(len(_SUM_COLUMNS))
    if sheet.next_row > 1:
        differing = {"type": "cell", "criteria": "!=", "value": 0, "format": sheet.format("alarm")}
        blank = {"type": "blanks", "stop_if_true": True}
        sheet.worksheet.conditional_format(1, 6, sheet.next_row - 1, 6, blank)
        sheet.worksheet.conditional_format(1, 6, sheet.next_row - 1, 6, differing)


def _wholes(units: Sequence[UnitStanding]) -> list[_Whole]:
    """Bodies with units below them, in the order of the list; everybody if the list names no bodies above."""
    owing = [one for one in units if one.state is not State.EXEMPT]
    parts: dict[str, set[str]] = {}
    for standing in owing:
        if standing.unit.parent is not None:
            parts.setdefault(standing.unit.parent, set()).add(standing.unit.name)
    if not parts:
        return [_Whole(None, frozenset(one.unit.name for one in owing))]
    names = [one.unit.name for one in units if one.unit.name in parts]
    return [_Whole(name, frozenset(parts[name])) for name in names]


def _sums(whole: _Whole, cell: FigureCell, figures: FiguresSheet, row: int) -> Iterator[Formula | int | None]:
    """The cells of a row behind its labels; `row` is its number as the spreadsheet counts."""
    total, known_units = whole.sums.get(cell.column, (0, 0))
    own = whole.numbers.get(cell.column)
    values = figures.range_of(cell.column)
    parents, names = figures.range_of(1), figures.range_of(0)
    missing = len(whole.parts) - known_units
    if whole.name is None:
        yield None
        yield Formula(f"=SUM({values})", total)
        yield None
        yield len(whole.parts)
        yield Formula(f"=COUNT({values})", known_units)
    else:
        known = f"COUNTIFS({names},$A{row},{values},{_A_NUMBER})"
        yield Formula(f'=IF({known}=0,"",SUMIFS({values},{names},$A{row}))', "" if own is None else own)
        yield Formula(f"=SUMIFS({values},{parents},$A{row})", total)
        yield Formula(f'=IF(E{row}="","",E{row}-F{row})', "" if own is None else own - total)
        yield len(whole.parts)
        yield Formula(f"=COUNTIFS({parents},$A{row},{values},{_A_NUMBER})", known_units)
    yield Formula(f"=H{row}-I{row}", missing)
    said = f"≥{total}（缺{missing}家）" if missing else str(total)
    yield Formula(f'=IF(J{row}=0,F{row}&"","≥"&F{row}&"（缺"&J{row}&"家）")', said, "text")
