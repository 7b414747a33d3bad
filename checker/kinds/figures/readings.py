"""What a claim in the text says against the cells that it is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from checker.judging.subject import Subject
from checker.model.numerals import CellState
from checker.model.report import Claim
from checker.startup.records import dataclass
from checker.understand.claims.vocabulary import CellSum

_CELLS_LISTED: Final = 3
_EMPTY: Final = frozenset((CellState.SLASH, CellState.DASH, CellState.NONE_WORD))


AGREES, TOLERATED, CONTRADICTS, UNKNOWN = "agrees", "tolerated", "contradicts", "unknown"


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """One way to understand a claim: the cells it would be the sum of, and what they add up to."""

    cells: CellSum
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class ClaimComparison:
    """A claim held against the tables.

    Attributes:
        state: `agrees`, `tolerated`, `contradicts` or `unknown`.
        readings: those that are possible in this report.
        weak: the number fits cells that make the contradiction doubtful.
        reason: why it is unknown, a Chinese phrase.
    """

    state: str
    readings: tuple[ClaimReading, ...] = ()
    weak: bool = False
    reason: str = ""


def compare(subject: Subject, claim: Claim) -> ClaimComparison:
    """Hold a claim against the cells that it may be about."""
    known = subject.language.claim_vocabulary.quantities
    quantities = [known[key] for key in dict.fromkeys(claim.quantities)]
    readings: list[ClaimReading] = [ClaimReading((), 0)]
    reason = ""
    for quantity in quantities:
        own = []
        for cells in quantity.equals:
            value = cell_sum(subject, cells)
            if isinstance(value, str):
                reason = reason or value
            elif value is not None:
                own.append(ClaimReading(cells, value))
        readings = [
            ClaimReading(old.cells + new.cells, old.value + new.value)
            for old in readings
            for new in own
            if set(old.cells).isdisjoint(new.cells)  # a sum counts no cell twice
        ]
    if not readings:
        return ClaimComparison(UNKNOWN, reason=reason)
    unit = quantities[0].unit
    if any(_equal(subject, claim, reading.value, unit) for reading in readings) or (
        claim.spare and any(claim.number - claim.spare == reading.value for reading in readings)
    ):
        return ClaimComparison(AGREES, tuple(readings))
    if reason:
        return ClaimComparison(UNKNOWN, tuple(readings), reason=reason)
    tolerated = (cell_sum(subject, cells) for quantity in quantities for cells in quantity.tolerates)
    if any(value == claim.number for value in tolerated):
        return ClaimComparison(AGREES if claim.contains else TOLERATED, tuple(readings))
    weak = [cell_sum(subject, cells) for quantity in quantities for cells in quantity.weakens]
    return ClaimComparison(CONTRADICTS, tuple(readings), any(value == claim.number for value in weak))


def cell_sum(subject: Subject, cells: CellSum) -> int | Decimal | str | None:
    """The sum of cells; a Chinese phrase if a cell holds no number; None if the form has no such cell."""
    total: int | Decimal = 0
    for table_key, row, column in cells:
        table = subject.report.tables.get(table_key)
        if table is None:
            known = subject.report.form.tables.get(table_key)
            if known and (row, column) not in known.order:
                return None
            return f"未找到{known.name if known else table_key}"
        if (row, column) not in table.form.order:
            return None
        if table_key in subject.doubted:
            return f"{table.form.name}读取可疑"
        cell = table.cell(row, column)
        if cell.value is None and cell.state not in _EMPTY:
            return f"{table.form.name}的{table.form.rows[row].name}没有数字"
        total += cell.value or 0
    return total


def in_unit(subject: Subject, claim: Claim, unit: str) -> int | Decimal:
    """The claim's number in another unit of money."""
    money = subject.language.claim_vocabulary.money
    if not unit or claim.unit == unit or claim.unit not in money:
        return claim.number
    return Decimal(claim.number) * money[claim.unit] / money[unit]


def _equal(subject: Subject, claim: Claim, value: int | Decimal, unit: str) -> bool:
    """Whether the numbers agree; money to the digits of the coarser one."""
    number = in_unit(subject, claim, unit)
    if number == value:
        return True
    if not unit:
        return False
    exponents = [_exponent(number), _exponent(value)]
    step = Decimal(1).scaleb(max(exponents))
    return abs(Decimal(number) - Decimal(value)) * 2 <= step if min(exponents) < 0 else False


def _exponent(number: int | Decimal) -> int:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return exponent if isinstance(exponent, int) else 0


def reading_words(subject: Subject, reading: ClaimReading) -> str:
    """`表三新收 12`, or `表三新收＋上年结转 14`."""
    table_key = reading.cells[0][0]
    table = subject.report.tables[table_key].form
    if len(reading.cells) > _CELLS_LISTED:
        return f"{table.name}各项之和 {reading.value}"
    names = []
    for _, row, column in reading.cells:
        label = table.column_label(row, column)
        is_total = any(total.axis == "columns" and total.total == column for total in table.sums)
        names.append(table.rows[row].name + ("" if is_total else f"“{label}”"))
    return f"{table.name}{'＋'.join(names)} {reading.value}"


QUANTITIES: Final = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "format": "quantity"},
    "description": "数量的代号，见 rules/claims/",
}
