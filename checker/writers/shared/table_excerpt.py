"""The part of a table that a person must see to understand one finding.

The cells that take part, with their rows and columns; rows and columns of zeros are left out and counted.
What is chosen here is the same for every format; how it is drawn is the writer's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from checker.model.findings import CellChange, Finding
from checker.model.report import Report, ReportTable
from checker.startup.records import dataclass
from checker.writers.shared.words import value_words

Address = tuple[str, str]


class CellRole(IntEnum):
    """What a cell or a column is to the finding, the nearest first."""

    MARKED = 0
    INVOLVED = 1
    CONTEXT = 2


@dataclass(frozen=True, slots=True)
class ExcerptCell:
    """One cell.

    Attributes:
        text: as it stands in the report; empty for a blank cell and where the form has none.
        role: `MARKED` for the cell complained of or to be changed.
        proposed: what it should say, None if nothing is proposed.
    """

    text: str
    role: CellRole
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class ExcerptColumn:
    """One column; columns of a higher `role` may be dropped where there is no room."""

    label: str
    role: CellRole


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """One row with a cell for each column of the excerpt."""

    label: str
    cells: tuple[ExcerptCell, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The cut.

    Attributes:
        idle_rows: rows that take part with nothing in them.
        hidden_rows: rows left out because there are too many.
        certain: whether the proposed values are the only good explanation.
    """

    columns: tuple[ExcerptColumn, ...]
    rows: tuple[ExcerptRow, ...]
    idle_rows: int = 0
    hidden_rows: int = 0
    certain: bool = False


def table_excerpt(finding: Finding, report: Report, limit: int | None) -> Excerpt | None:
    """Choose rows and columns for a finding.

    Args:
        finding: it may be about a cell, a row or a column, or only propose changes of cells.
        report: the report it was found in.
        limit: most rows, None for all.

    Returns:
        None if the finding names no cell of a table that was found.
    """
    changes = finding.suggestion.cells if finding.suggestion else ()
    key = finding.place.table or (changes[0].table if changes else None)
    table = report.tables.get(key) if key else None
    if table is None:
        return None
    changed = {(change.row, change.column): change for change in changes if change.table == key}
    marked = _marked(finding, table, changed)
    involved = _involved(finding, table)
    if not marked and not involved:
        return None
    rows, idle, hidden = _rows(table, marked, involved, limit)
    columns = _columns(table, marked, involved, rows)
    return Excerpt(
        columns=tuple(ExcerptColumn(_column_name(table, rows, column), role) for column, role in columns),
        rows=tuple(
            ExcerptRow(
                table.form.short_row_label(row),
                tuple(_cell(table, (row, column), marked, involved, changed) for column, _ in columns),
            )
            for row in rows
        ),
        idle_rows=idle,
        hidden_rows=hidden,
        certain=bool(finding.suggestion and finding.suggestion.unique),
    )


def _marked(finding: Finding, table: ReportTable, changed: dict[Address, CellChange]) -> set[Address]:
    place = finding.place
    marked = {address for address in changed if address in table.cells}
    if place.table == table.form.key and place.row and place.column:
        marked.add((place.row, place.column))
    return marked & set(table.cells)


def _involved(finding: Finding, table: ReportTable) -> set[Address]:
    """Cells of the related places; of a place without row or column, the whole column or row."""
    places = [related.place for related in finding.related]
    if finding.place.row is None or finding.place.column is None:
        places.append(finding.place)
    wanted = {
        (place.row, place.column)
        for place in places
        if place.table == table.form.key and (place.row or place.column)
    }
    return {
        (row, column)
        for row, column in table.cells
        if not wanted.isdisjoint({(row, column), (row, None), (None, column)})
    }


def _rows(
    table: ReportTable, marked: set[Address], involved: set[Address], limit: int | None
) -> tuple[list[str], int, int]:
    """Keys of the rows to show, how many idle rows and how many surplus rows are left out."""
    order = list(dict.fromkeys(row for row, _ in table.cells))
    needed = {row for row, _ in marked}
    if involved:
        taking_part = {row for row, _ in involved}
        needed |= {row for row, column in involved if not _is_idle(table, (row, column))} or taking_part
        idle = len(taking_part - needed)
    else:
        needed |= _neighbours(table, marked, order)
        idle = 0
    rows = [row for row in order if row in needed]
    if limit is None or len(rows) <= limit:
        return rows, idle, 0
    by_importance = sorted(rows, key=lambda row: row not in {marked_row for marked_row, _ in marked})
    kept = set(by_importance[:limit])
    return [row for row in rows if row in kept], idle, len(rows) - limit


def _neighbours(table: ReportTable, marked: set[Address], order: list[str]) -> set[str]:
    """The rows just above and below each marked cell that have a cell in its column."""
    neighbours: set[str] = set()
    for row, column in marked:
        position = order.index(row)
        around = order[max(0, position - 1) : position] + order[position + 1 : position + 2]
        neighbours.update(other for other in around if (other, column) in table.cells)
    return neighbours


def _columns(
    table: ReportTable, marked: set[Address], involved: set[Address], rows: Sequence[str]
) -> list[tuple[str, CellRole]]:
    roles: dict[str, CellRole] = {}
    shown = set(rows)
    for row, column in table.cells:
        if row not in shown:
            continue
        address = (row, column)
        if address in marked:
            role = CellRole.MARKED
        elif address in involved:
            role = CellRole.INVOLVED
        elif _is_idle(table, address):
            continue
        else:
            role = CellRole.CONTEXT
        roles[column] = min(role, roles.get(column, role))
    order = dict.fromkeys(column for _, column in table.cells)
    return [(column, roles[column]) for column in order if column in roles]


def _is_idle(table: ReportTable, address: Address) -> bool:
    """Whether a cell adds nothing to a sum: zero, or one of the ways to write nothing."""
    cell = table.cells[address]
    return not cell.value and cell.state.value != "unreadable"


def _cell(
    table: ReportTable,
    address: Address,
    marked: set[Address],
    involved: set[Address],
    changed: dict[Address, CellChange],
) -> ExcerptCell:
    cell = table.cell(*address)
    text = "" if address not in table.cells else cell.raw.strip()
    if address in marked:
        change = changed.get(address)
        return ExcerptCell(text or "空白", CellRole.MARKED, value_words(change.proposed) if change else None)
    return ExcerptCell(text, CellRole.INVOLVED if address in involved else CellRole.CONTEXT)


def _column_name(table: ReportTable, rows: Sequence[str], column: str) -> str:
    """The short name of a column, looked up in the block of the first row shown that has it."""
    first = next((row for row in rows if (row, column) in table.cells), None)
    label = table.form.column_label(first, column)
    return next((line.name for line in table.form.columns.values() if line.label == label), label)
