"""Kind about tables that cannot have been read rightly.

Authors get single figures wrong. Where half the sums of a table do not hold and no small slip explains it, or
where its cells hold words instead of figures, rows and columns are likely to have gone astray on the way from
the file: that is one thing to say, and nothing the author can be blamed for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.findings import Scalar
from checker.kinds.base import Breach, Held, Judgement, Kind, Options, Subject, options_schema
from checker.kinds.sums import explain_sums, judge_sum
from checker.numerals import CellState
from checker.records import dataclass
from checker.report import ReportTable
from checker.solver import Identity, Pattern

_FEWEST_SHIFTED: Final = 5
"""Sums that must be broken before the figures of a whole table are said to stand one cell too far."""
_FEWEST_BROKEN: Final = 8
_FEWEST_UNREADABLE: Final = 5


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
    broken: tuple[Identity, ...]
    held: tuple[Identity, ...]


def quality_of(subject: Subject, table: ReportTable) -> TableQuality:
    """Judge how a table was read, by its lines, its cells and its sums."""
    states = [table.cells[address].state for address in table.form.addresses()]
    found = {address for address, cell in table.cells.items() if cell.state is not CellState.MISSING}
    broken: list[Identity] = []
    held: list[Identity] = []
    if table.state == "filled":
        for direction in ("across", "down"):
            for judgement in judge_sum(subject, {"table": table.form.key, "direction": direction}):
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


def judge_doubtful_table(subject: Subject, _options: Options) -> Iterator[Judgement]:
    """Each table of the form can have been read rightly.

    `shifted` if its figures stand one cell too far, `sums` if at least half of its sums do not hold without
    any small slip that explains it, `cells` if a third of its cells hold words.
    """
    for key, table in subject.report.tables.items():
        quality = quality_of(subject, table)
        variant = _doubt(table, quality)
        if variant is None:
            yield None
            continue
        evidence: dict[str, Scalar] = {
            "table": table.form.name,
            "key": key,
            "broken": len(quality.broken),
            "sums": len(quality.broken) + len(quality.held),
            "unreadable": quality.unreadable[0],
        }
        yield Breach(table.place(), evidence, variant)


def _doubt(table: ReportTable, quality: TableQuality) -> str | None:
    unreadable, cells = quality.unreadable
    if table.state == "filled" and unreadable >= _FEWEST_UNREADABLE and 3 * unreadable >= cells:
        return "cells"
    if len(quality.broken) < _FEWEST_SHIFTED:
        return None
    unexplained = 0
    for explanation in explain_sums(table, [*quality.broken, *quality.held]):
        if not explanation.gave_up:
            continue
        if explanation.answers and explanation.answers[0].pattern is Pattern.TABLE_SHIFTED:
            return "shifted"
        unexplained += len(explanation.identities)
    if unexplained < _FEWEST_BROKEN:
        return None
    telling = sum(
        any(table.cell(row, column).value for (_, row, column), _ in one.terms)
        for one in (*quality.broken, *quality.held)
    )
    return "sums" if 2 * unexplained >= telling else None


DOUBTFUL_TABLE: Final = Kind(
    judge_doubtful_table,
    "表格读得可疑",
    options_schema(),
    ("table", "key", "broken", "sums", "unreadable"),
    ("shifted", "sums", "cells"),
)
