"""Cells of tables as items: this year's, last year's, and the cells of a group added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.figures import Figures
from checker.judging.judgement import AbsentError, CannotJudge
from checker.judging.language.readable import NUMBER, TEXT, Item, ItemValue, Readable
from checker.judging.table_words import Amount, full_cell_words
from checker.model.forms import CHOICE, Address, FormLine, FormTable, bare_label
from checker.model.forms import TEXT as WORDS
from checker.model.numerals import CellState
from checker.model.place import Place
from checker.model.report import ReportTable
from checker.understand.labels import label_words

_UNREAD: Final[Mapping[CellState, str]] = {CellState.MISSING: "没有找到", CellState.UNREADABLE: "读不出数字"}
"""States of cells of which nobody knows what they say; all others say nothing, or a number."""


def cell_item(form: FormTable, address: Address, name: str) -> Item:
    """A cell of this year's report; `name` is what people call it."""
    words = form.number_type(*address) in (WORDS, CHOICE)

    def get(subject: Readable) -> tuple[ItemValue, Place]:
        table = subject.table(form.key)
        if address not in table.form.order:
            raise AbsentError(f"报告所用的格式里没有“{name}”")
        cell = table.cell(*address)
        value = ("、".join(cell.chosen) or cell.raw.strip() or None) if words else cell.value
        if value is None:
            raise _nothing_in(table, address)
        return value, table.place(*address)

    return Item(TEXT if words else NUMBER, get)


def _nothing_in(table: ReportTable, address: Address) -> CannotJudge:
    """Why a cell has no value: nothing is filled in, or nobody knows."""
    where, state = f"{table.form.name}{full_cell_words(table, address)}", table.cell(*address).state
    return CannotJudge(where + _UNREAD[state]) if state in _UNREAD else AbsentError(f"{where}没有数字")


def last_years_cell_item(form: FormTable, address: Address, name: str) -> Item:
    """The same cell of last year's report; a blank counts as 0 there."""

    def get(subject: Readable) -> tuple[ItemValue, Place]:
        previous = subject.previous
        if not _last_years_form(previous, form).order.get(address, -1) >= 0:
            raise AbsentError(f"上一年的格式里没有“{name}”")
        return _last_years_value(previous, form.key, address, name), previous.place(form.key, *address)

    return Item(NUMBER, get)


def _last_years_form(previous: Figures, form: FormTable) -> FormTable:
    if form.key not in previous.tables:
        raise CannotJudge(f"上一年的报告没有可用的{form.name}")
    return previous.tables[form.key].form


def _last_years_value(previous: Figures, key: str, address: Address, name: str) -> Amount:
    value = previous.value(key, address)
    if value is None:
        raise CannotJudge(f"上一年的“{name}”读不出数字")
    return value


def sum_item(form: FormTable, group: str, name: str) -> Item:
    """The cells of a group added up; a blank counts as 0 unless all of them are blank.

    Args:
        form: the table, in any form that has it.
        group: the group and its row or column, as `group_cells` names them.
        name: what people call the sum.
    """

    def get(subject: Readable) -> tuple[ItemValue, Place]:
        table = subject.table(form.key)
        cells = _cells(table.form, group, name)
        for address in cells:
            if table.cell(*address).state in _UNREAD:
                raise _nothing_in(table, address)
        values = [value for address in cells if (value := table.cell(*address).value) is not None]
        if not values:
            raise AbsentError(f"“{name}”各项都没有数字")
        return sum(values), table.place(*cells[0])

    return Item(NUMBER, get)


def last_years_sum_item(form: FormTable, group: str, name: str) -> Item:
    """The same cells of last year's report added up."""

    def get(subject: Readable) -> tuple[ItemValue, Place]:
        previous = subject.previous
        cells = _cells(_last_years_form(previous, form), group, name)
        total = sum(_last_years_value(previous, form.key, address, name) for address in cells)
        return total, previous.place(form.key, *cells[0])

    return Item(NUMBER, get)


def _cells(form: FormTable, group: str, name: str) -> Sequence[Address]:
    """The cells of a group in the form that a report follows."""
    cells = group_cells(form).get(group)
    if not cells:
        raise AbsentError(f"报告所用的格式里没有“{name}”")
    return cells


def group_cells(form: FormTable) -> Mapping[str, Sequence[Address]]:
    """The cells of every group of lines, totals left out: 不予公开.总计, 新收.法人或其他组织."""
    totals = {(one.axis, one.total) for one in form.sums}
    cells: dict[str, list[Address]] = {}
    for block in form.blocks:
        for row in block.rows:
            for column in block.columns:
                for name in _group_names(form, row, column, totals):
                    cells.setdefault(name, []).append((row.key, column.key))
    return cells


def _group_names(
    form: FormTable, row: FormLine, column: FormLine, totals: set[tuple[str, str]]
) -> Iterator[str]:
    """The names of all groups that a cell is added up in."""
    row_groups = () if ("rows", row.key) in totals else tuple(map(_group_name, row.path))
    if not form.has_columns:
        yield from row_groups
        return
    column_groups = () if ("columns", column.key) in totals else tuple(map(_group_name, column.path))
    for row_name in (row.name, *row_groups):
        for column_name in (column.name, *column_groups):
            if row_name in row_groups or column_name in column_groups:
                yield f"{row_name}.{column_name}"


def _group_name(label: str) -> str:
    """A group as rules call it: without its number and remarks."""
    return label_words(bare_label(label))
