"""Slips and proposed values in words, the same wherever a repair is told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from checker.judging.table_words import Amount, plain
from checker.model.findings import CellChange
from checker.model.report import ReportTable
from checker.solver import SlipKind

_TYPING: Final = {
    SlipKind.TRANSPOSED: "数字位序颠倒",
    SlipKind.DIGIT_DROPPED: "漏写一位数字",
    SlipKind.DIGIT_DOUBLED: "重复写了一位数字",
    SlipKind.DIGIT_REPLACED: "写错一位数字",
    SlipKind.SWALLOWED: "混入了别处的数字，如页码、序号",
}


_LONGEST_LIST: Final = 8


def typing_words(slip: SlipKind | None, *meant: Amount) -> str:
    """A slip of typing in words; empty for any other, and where every other digit would be one slip away."""
    if slip is SlipKind.DIGIT_REPLACED and all(0 <= amount < 10 for amount in meant):  # noqa: PLR2004  # one digit
        return ""
    return _TYPING.get(slip, "") if slip else ""


def slip_words(table: ReportTable, slip: SlipKind | None, changes: Sequence[CellChange]) -> str:
    """What went wrong, as a clause such as 「数字位序颠倒」 or 「填到了相邻一列」; empty if it has no name."""
    if slip is None or slip is SlipKind.BLANK:
        return ""
    if slip in _TYPING:
        return typing_words(slip, *(_number(change.proposed) for change in changes))
    rows, columns = {change.row for change in changes}, {change.column for change in changes}
    in_one_row = len(rows) == 1
    if slip is SlipKind.MOVED:
        return f"填到了相邻一{'列' if in_one_row else '行'}"
    if slip is SlipKind.SWAPPED:
        if len(changes) > 2:  # noqa: PLR2004  # more than a pair of cells
            return f"相邻两{'行' if len(rows) == 2 else '列'}整{'行' if len(rows) == 2 else '列'}填反"  # noqa: PLR2004  # two lines
        return f"相邻两{'列' if in_one_row else '行'}的数填反"
    if slip is SlipKind.SHIFTED:
        return "整行错位" if in_one_row else "整列错位"
    if slip is SlipKind.TABLE_SHIFTED:
        return "整张表错位"
    if slip is SlipKind.TOTAL_FORGOTTEN:
        return "总计行未填" if in_one_row and len(columns) > 1 else "总计列未填"
    name = _misplaced_part(table, changes)
    return f"{'重复计入' if slip is SlipKind.COUNTED_TWICE else '漏计'}{name}" if name else ""


def _misplaced_part(table: ReportTable, changes: Sequence[CellChange]) -> str:
    """The only line whose figures are exactly what the totals are off by; empty if there are several."""
    wanted = [abs(_number(change.current) - _number(change.proposed)) for change in changes]
    names: list[str] = []
    for form_sum in table.form.sums:
        down = form_sum.axis == "rows"
        if {change.row if down else change.column for change in changes} != {form_sum.total}:
            continue
        for part in form_sum.parts:
            cells = [(part, change.column) if down else (change.row, part) for change in changes]
            if [table.cell(*cell).value for cell in cells] == wanted:
                names.append(row_words(table, part) if down else f"“{column_word(table, *cells[0])}”")
    return names[0] if len(names) == 1 else ""


def _number(value: object) -> Amount:
    return value if isinstance(value, Amount) and not isinstance(value, bool) else 0


def row_words(table: ReportTable, row: str) -> str:
    """A row by the short name under which a person finds it."""
    return f"“{table.form.short_row_label(row)}”"


def column_word(table: ReportTable, row: str, column: str) -> str:
    """The label of a column."""
    return table.form.column_label(row, column)


def changes_words(table: ReportTable, changes: Sequence[CellChange]) -> str:
    """What to write where: `“（一）予以公开”行“自然人”列应为 33（现为 31）`, several cells line by line."""
    if len(changes) == 1:
        (change,) = changes
        where = f"{row_words(table, change.row)}行“{column_word(table, change.row, change.column)}”列"
        if change.current is None:
            return f"{where}空白，应为 {_figure(change)}"
        return f"{where}应为 {_figure(change)}（现为 {_now(change)}）"
    if len({change.column for change in changes}) == 1:
        named = [(table.form.short_row_label(change.row), change) for change in changes]
        return f"“{column_word(table, changes[0].row, changes[0].column)}”列{_line_words(named)}"
    lines = []
    for row, group in groupby(changes, key=lambda change: change.row):
        named = [(column_word(table, row, change.column), change) for change in group]
        lines.append(f"{row_words(table, row)}行{_line_words(named)}")
    return "；".join(lines)


def _line_words(named: Sequence[tuple[str, CellChange]]) -> str:
    """The cells of one line; what all of them say now is told once."""
    now = {_now(change) for _, change in named}
    listed = named[:_LONGEST_LIST]
    more = f"……共 {len(named)} 格" if len(named) > len(listed) else ""
    if len(named) > 1 and len(now) == 1:
        words = "、".join(f"{name} {_figure(change)}" for name, change in listed)
        state = "均为空白" if listed[0][1].current is None else f"现均为 {now.pop()}"
        return f"{state}，应为：{words}{more}"
    words = "、".join(f"{name} {_figure(change)}（现为 {_now(change)}）" for name, change in listed)
    return f"应为：{words}{more}"


def _figure(change: CellChange) -> str:
    return plain(_number(change.proposed))


def _now(change: CellChange) -> str:
    return "空白" if change.current is None else plain(_number(change.current))
