"""What goes into the search for the cause of broken sums and what comes out."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from checker.startup.records import dataclass

CellKey = tuple[str, str, str]
"""Table, row and column of a cell."""

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class SumIdentity:
    """One sum that must hold: coefficient x value, added up over `terms`, is zero.

    Attributes:
        name: how the caller recognises it in an `Explanation`; unique in one call.
        terms: cells with their coefficients; a cell stands in it once, no coefficient is zero.
    """

    name: str
    terms: tuple[tuple[CellKey, int], ...]


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Which cells of a table are neighbours and which lines are totals.

    Attributes:
        table: key of the table.
        rows: row keys from top to bottom.
        columns: column keys from left to right.
        total_rows: those rows that are sums of others.
        total_columns: those columns that are sums of others.
    """

    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    total_rows: frozenset[str] = frozenset()
    total_columns: frozenset[str] = frozenset()


class SlipKind(str, Enum):
    """A slip people really make, recognised in an answer."""

    TRANSPOSED = "transposed"
    DIGIT_DROPPED = "digit_dropped"
    DIGIT_DOUBLED = "digit_doubled"
    DIGIT_REPLACED = "digit_replaced"
    SWALLOWED = "swallowed"
    """Digits of another number, such as that of the page, stuck to the front or the end."""
    MOVED = "moved"
    """The same amount is missing in one cell and too many in its neighbour."""
    SWAPPED = "swapped"
    """Two neighbouring cells, or two whole neighbouring lines, exchanged."""
    SHIFTED = "shifted"
    """All figures of a line stand one cell too far."""
    TABLE_SHIFTED = "table_shifted"
    """All lines shifted: a matter of how the table was read or pasted."""
    TOTAL_FORGOTTEN = "total_forgotten"
    """A line of totals is empty or all zero."""
    COUNTED_TWICE = "counted_twice"
    """A total is too large by exactly one of its parts."""
    LEFT_OUT = "left_out"
    """A total is too small by exactly one of its parts."""
    BLANK = "blank"
    """Nothing but empty cells has to be filled in."""

    @property
    def family(self) -> str:
        """The word the result contract has for it: it tells fewer slips apart."""
        return _FAMILIES.get(self, self.value)


_FAMILIES = {
    SlipKind.DIGIT_DROPPED: "digit_slip",
    SlipKind.DIGIT_DOUBLED: "digit_slip",
    SlipKind.DIGIT_REPLACED: "digit_slip",
    SlipKind.SWALLOWED: "digit_slip",
    SlipKind.TABLE_SHIFTED: "shifted",
    SlipKind.MOVED: "other",
    SlipKind.COUNTED_TWICE: "other",
    SlipKind.LEFT_OUT: "other",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would be written differently.

    Attributes:
        current: what stands there; None if the cell is blank.
        proposed: what would have to stand there; exact, int unless the figures have decimals.
    """

    cell: CellKey
    current: Number | None
    proposed: Number


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to restore the sums.

    Attributes:
        changes: in the order in which the identities name the cells.
        cost: lower is likelier; compare only within one `Explanation`. The hundreds count separate
            slips (a named mechanism is one, filling blanks is none), the rest is typing distance.
        slip: the slip it looks like, None if it looks like none.
    """

    changes: tuple[Change, ...]
    cost: int
    slip: SlipKind | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Violated identities with one cause, and what the cause may be.

    Attributes:
        identities: names of the violated identities it accounts for, in the order given.
        answers: every smallest repair and every named mechanism, likeliest first.
        unique: the first answer needs fewer separate slips than any other.
        assertable: the first answer is certain enough to be told as a fact.
        gave_up: there is no answer within the limits, or none that is worth telling: suspect the reading
            of the table. `answers` may still hold what was found.
    """

    identities: tuple[str, ...]
    answers: tuple[Answer, ...]
    unique: bool
    assertable: bool
    gave_up: bool


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """How hard to try; counted, so that the same input always gives the same answer.

    Attributes:
        cells: most cells one set of coupled sums may have wrong.
        steps: most tentative changes of the search.
        answers: most equally small answers that are collected.
    """

    cells: int = 5
    steps: int = 3000
    answers: int = 400
