"""Totals that follow from what a person has changed; they are offered, nobody changes them unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from checker.browser.edits import Edit
from checker.model.document import Location
from checker.model.forms import Address
from checker.model.numerals import CellState
from checker.model.report import Report, ReportTable
from checker.startup.records import dataclass

_Number = int | Decimal
_UNKNOWN = (CellState.MISSING, CellState.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Total:
    """A total that no longer is the sum of its parts.

    Attributes:
        table: the table.
        address: row and column of the cell.
        location: its place in the file.
        current: what it says.
        value: what it should say.
    """

    table: str
    address: Address
    location: Location
    current: str
    value: _Number


def following_totals(report: Report, edits: Collection[Edit]) -> Iterator[Total]:
    """The totals that cells which were changed are part of, directly or through other totals, and that differ.

    Args:
        report: as it is with the edits.
        edits: what was changed.
    """
    edited = {edit.key for edit in edits}
    for key, table in report.tables.items():
        changed = {
            address
            for address, cell in table.cells.items()
            if _place(cell.location) in edited and cell.state is not CellState.MISSING
        }
        if changed:
            for address, value in _renewed(table, changed).items():
                cell = table.cell(*address)
                yield Total(key, address, cell.location, cell.raw, value)


def _place(location: Location) -> tuple[str | None, int | None, int | None, int | None]:
    return location.path, location.table_index, location.grid_row, location.grid_column


def _renewed(table: ReportTable, changed: set[Address]) -> dict[Address, _Number]:
    """The totals with another value than the one that is written, by address."""
    values: dict[Address, _Number | None] = {
        address: None if cell.state in _UNKNOWN else cell.value or 0 for address, cell in table.cells.items()
    }
    moved = set(changed)
    follows: dict[Address, tuple[Address, ...]] = {}
    for _ in table.form.sums:  # a total may be part of another one; after so many rounds none is left
        steady = True
        for total, parts in _sums(table):
            if total in changed or follows.get(total, parts) != parts or not moved.intersection(parts):
                continue
            value = _sum(values.get(part) for part in parts)
            if value is not None and values.get(total) not in (None, value):
                values[total], follows[total], steady = value, parts, False
                moved.add(total)
        if steady:
            break
    written = {address: table.cell(*address).value or 0 for address in follows}
    return {
        address: value for address in follows if (value := values[address]) not in (None, written[address])
    }


def _sum(numbers: Iterator[_Number | None]) -> _Number | None:
    """Their sum, None if one is unknown."""
    total: _Number = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _sums(table: ReportTable) -> Iterator[tuple[Address, tuple[Address, ...]]]:
    """Every total of a table with its parts, by address."""
    for line in table.form.sums:
        if line.axis == "columns":
            for row in table.form.rows:
                yield (row, line.total), tuple((row, part) for part in line.parts)
        else:
            for column in table.form.columns:
                yield (line.total, column), tuple((part, column) for part in line.parts)
