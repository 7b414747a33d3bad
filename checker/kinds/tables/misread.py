"""Kind about tables that cannot have been read rightly.

Authors get single figures wrong. Where half the sums of a table do not hold and no small slip explains it, or
where its cells hold words instead of figures, rows and columns are likely to have gone astray on the way from
the file: that is one thing to say, and nothing the author can be blamed for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.kinds.base import Breach, Held, Judgement, Kind, Options, Subject, options_schema
from checker.kinds.tables.sums import explain_sums, judge_sum
from checker.model.document import UNRULED_TABLE
from checker.model.findings import Scalar
from checker.model.numerals import CellState
from checker.model.report import ReportTable
from checker.model.text import label_key
from checker.solver import Identity, Pattern
from checker.startup.records import dataclass

_FEWEST_SHIFTED: Final = 5
"""Sums that must be broken before the figures of a whole table are said to stand one cell too far."""
_FEWEST_BROKEN: Final = 8
_FEWEST_UNREADABLE: Final = 5
_FEWEST_FUSED: Final = 2
_SHORTEST_LABEL: Final = 4


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

    `rows` if names of missing rows stand in rows together with other words (one is enough in a file with
    tables whose columns no lines show), `shifted` if its figures stand one
    cell too far, `sums` if at least half of its sums do not hold without any small slip that explains it,
    `cells` if a third of its cells hold words.
    """
    unruled = any(note.code == UNRULED_TABLE for note in subject.report.document.notes)
    fewest_fused = 1 if unruled else _FEWEST_FUSED
    for key, table in subject.report.tables.items():
        quality = quality_of(subject, table)
        fused = _fused_rows(table)
        variant = "rows" if fused >= fewest_fused else _doubt(table, quality)
        if variant is None:
            yield None
            continue
        evidence: dict[str, Scalar] = {
            "table": table.form.name,
            "key": key,
            "broken": len(quality.broken),
            "sums": len(quality.broken) + len(quality.held),
            "unreadable": quality.unreadable[0],
            "fused": fused,
        }
        yield Breach(table.place(), evidence, variant)


def _fused_rows(table: ReportTable) -> int:
    """How many unknown rows have the label of a row that is missing within theirs.

    Authors leave rows out or name them wrongly; only reading runs a label and its neighbours together.
    """
    missing = [
        words
        for key, line in table.form.rows.items()
        if key not in table.row_labels and len(words := label_key(line.label)) >= _SHORTEST_LABEL
    ]
    unknown = [label_key(label) for label, _ in table.unknown_rows]
    return sum(any(words in label for words in missing) for label in unknown)


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
    ("table", "key", "broken", "sums", "unreadable", "fused"),
    ("rows", "shifted", "sums", "cells"),
)
