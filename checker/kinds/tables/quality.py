"""What speaks for and against a table having been read rightly."""

from __future__ import annotations

from checker.judging.judgement import Breach, Held
from checker.judging.subject import Subject
from checker.kinds.tables.lines import judge_sums
from checker.model.numerals import CellState
from checker.model.report import ReportTable
from checker.solver import SumIdentity
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class TableQuality:
    """What speaks for and against a table having been read rightly.

    Attributes:
        rows, columns: lines of the form that were found, and how many it has.
        unreadable: cells that hold neither a figure nor a blank, and how many the form has.
        broken: sums that do not hold.
        held: sums that hold.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    unreadable: tuple[int, int]
    broken: tuple[SumIdentity, ...]
    held: tuple[SumIdentity, ...]


def quality_of(subject: Subject, table: ReportTable) -> TableQuality:
    """Judge how a table was read, by its lines, its cells and its sums."""
    states = [table.cells[address].state for address in table.form.addresses()]
    found = {address for address, cell in table.cells.items() if cell.state is not CellState.MISSING}
    broken: list[SumIdentity] = []
    held: list[SumIdentity] = []
    if table.state == "filled":
        for axis in ("columns", "rows"):
            for judgement in judge_sums(subject, table.form.key, axis):
                if isinstance(judgement, Held):
                    held.append(judgement.identity)
                elif isinstance(judgement, Breach) and judgement.identity:
                    broken.append(judgement.identity)
    return TableQuality(
        rows=(len({row for row, _ in found}), len(table.form.rows)),
        columns=(len({column for _, column in found}), len(table.form.columns)),
        unreadable=(states.count(CellState.UNREADABLE), len(states)),
        broken=tuple(broken),
        held=tuple(held),
    )
