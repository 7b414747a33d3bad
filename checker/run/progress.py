"""How far a run is, for whoever shows it to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from checker.model.findings import ReportResult
from checker.startup.records import dataclass


class Phase(str, Enum):
    """What a run of many files does, in this order.

    It reads reports of earlier years, checks the files, checks those again that turned out to have a
    neighbour in time among the files, looks at all reports together, and writes the results of a season.
    """

    EARLIER = "earlier"
    FILES = "files"
    AGAIN = "again"
    TOGETHER = "together"
    WRITING = "writing"


OF_UNITS: Final = (Phase.TOGETHER, Phase.WRITING)
"""Phases that go through the units of a season, not through files."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run stands.

    Attributes:
        phase: what it does.
        done: files of this phase that are done with; of phases in `OF_UNITS` units, once for each output.
        total: files of this phase, or units; 0 if it is not known.
        name: path of the file that was done last, or is being written; empty at the beginning of a phase.
        ahead: files of later phases that are known by now; their number can still grow.
    """

    phase: Phase
    done: int
    total: int
    name: str = ""
    ahead: int = 0


Progress = Callable[[Step], None]


def reporting_progress(
    results: Iterable[tuple[Path, ReportResult]],
    paths: Sequence[Path],
    phase: Phase,
    progress: Progress | None,
    ahead: Callable[[], int] = lambda: 0,
) -> Iterator[tuple[Path, ReportResult]]:
    """The results as they come, while `progress` is told of every file whose first result is there.

    Args:
        results: results with the files they come from, in the order of `paths`; a file may have none or many.
        paths: the files.
        phase: what is done with them.
        progress: who wants to know; nobody if None.
        ahead: how many files of later phases are known; asked at every step.

    Yields:
        What `results` holds.
    """
    if progress is None:
        yield from results
        return
    progress(Step(phase, 0, len(paths), ahead=ahead()))
    done = 0
    for source, result in results:
        if not done or paths[done - 1] != source:
            done = paths.index(source, done) + 1
            progress(Step(phase, done, len(paths), source.as_posix(), ahead()))
        yield source, result
    if done < len(paths):  # the last ones had no results
        progress(Step(phase, len(paths), len(paths), paths[-1].as_posix(), ahead()))
