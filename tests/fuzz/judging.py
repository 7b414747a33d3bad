"""What a mutant did to the checker."""

from __future__ import annotations

import re
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from checker.api import check_all
from checker.model.findings import ReportResult, Status
from checker.model.report import ReportTable

from .mutators import mutant
from .oracle import COMPARED, plain, second_reading

SECONDS: Final = 20
"""Processor time after which a mutant counts as one without end."""
_TABLES: Final = frozenset(("T2", "T3", "T4"))
_DOUBTS: Final = ("READ", "T2-02", "T3-06")
"""Beginnings of the ids of rules that say something could not be read."""


class _TooLongError(BaseException):
    """No program catches it by accident."""


@dataclass
class Judged:
    """What was seen of one mutant.

    Attributes:
        seconds: processor time.
        read: whether it is read as a report.
        compared: whether its figures were compared with a second reading.
        faults: kind and description of each fault: `internal`, `broken`, `lost`, `escape`, `hang`, `different`.
    """

    seconds: float = 0.0
    read: bool = False
    compared: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)


def judge(name: str, seed: int) -> Judged:
    """Make and check the mutant of that number."""
    data = mutant(name, seed)
    judged = Judged()
    start = time.process_time()
    try:
        with _limited():
            results = list(check_all(data, name=f"报告.{name}"))
    except _TooLongError:
        judged.faults.append(("hang", f"more than {SECONDS} s"))
        return judged
    except Exception:  # noqa: BLE001  # whatever comes out is what is looked for
        judged.faults.append(("escape", traceback.format_exc().strip().rpartition("\n")[2]))
        return judged
    judged.seconds = time.process_time() - start
    for result in results:
        _look_at(result, judged)
    if not results:
        judged.faults.append(("escape", "no result"))
    if name in COMPARED and len(results) == 1 and judged.read:
        _compare(name, data, results[0], judged)
    return judged


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _look_at(result: ReportResult, judged: Judged) -> None:
    if result.problem and result.problem.code == "internal":
        judged.faults.append(("internal", result.problem.text))
    broken = [outcome.rule for outcome in result.outcomes if outcome.verdict.value == "broken"]
    if broken:
        judged.faults.append(("broken", ", ".join(broken)))
    if result.status is not Status.CHECKED or result.report is None:
        return
    judged.read = True
    missing = _TABLES - set(result.report.tables)
    if result.verdict == "pass" and missing:
        judged.faults.append(("lost", f"passes without {', '.join(sorted(missing))}"))


def _compare(name: str, data: bytes, result: ReportResult, judged: Judged) -> None:
    rows = second_reading(name, data)
    report = result.report
    if rows is None or report is None:
        return
    judged.compared = True
    if report.document.notes or any(one.rule.startswith(_DOUBTS) for one in result.findings):
        return
    second = [[number for number in map(_number, row) if number is not None] for row in rows]
    for key, table in report.tables.items():
        for row, figures in _rows(table).items():
            if not any(_stands_in(figures, numbers) for numbers in second):
                judged.faults.append(("different", f"{key}, row {row} read as {' '.join(map(str, figures))}"))


def _rows(table: ReportTable) -> dict[tuple[int | None, int | None], list[Decimal]]:
    """The figures that were read, by table and row, from left to right; one in a merged cell stands once."""
    found: dict[tuple[int | None, int | None], dict[int, Decimal]] = {}
    for cell in table.cells.values():
        at = cell.location
        if cell.value is not None and at.grid_column:
            found.setdefault((at.table_index, at.grid_row), {})[at.grid_column] = Decimal(cell.value)
    return {row: [value for _, value in sorted(figures.items())] for row, figures in found.items()}


def _stands_in(figures: Sequence[Decimal], numbers: Sequence[Decimal]) -> bool:
    """Whether the figures stand in a row in this order; columns that the form does not know may lie between."""
    rest = iter(numbers)
    return all(figure in rest for figure in figures)


_MARKS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_BESIDE: Final = re.compile(r"(?<=\d)[^\W\d_]{1,4}[。.]?\s*$")
"""A word behind a figure, such as its unit."""


def _number(text: str) -> Decimal | None:
    """What a text means: a number with the words that may stand beside it."""
    figure = plain("".join(char for char in text if char not in _MARKS))
    shown = _BESIDE.sub("", figure).replace(",", "").replace("，", "").strip(".;；、")
    try:
        return Decimal(shown)
    except InvalidOperation:
        return None
