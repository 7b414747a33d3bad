"""Reports of more than one year in a run: each is judged together with the reports of the years around it.

Only when all files have been read is it known which reports have a neighbour in the same run; those are judged
a second time. Up to a few dozen reports are still in memory by then; otherwise, and where other processes read
them, the files are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from checker.judging.engine import sums_of
from checker.judging.figures import Figures, UnknownYears, Years, figures_of
from checker.judging.rules import Rulebook
from checker.model.document import Location
from checker.model.errors import UsageError
from checker.model.findings import Finding, ReportResult, Status
from checker.run.figures_index import FiguresIndex
from checker.run.kept.results import ResultStore
from checker.run.pipeline import CheckOptions, judged_with
from checker.run.progress import Phase, Progress, reporting_progress
from checker.startup.records import dataclass, replace

_KINDS_OF_EARLIER: Final = ("readable", "other_units")
"""What is asked of a report of an earlier year: whether it can be read, and what telephone its body had."""

CheckFiles = Callable[[Sequence[Path], Rulebook, CheckOptions], Iterator[tuple[Path, ReportResult]]]
"""Checks files, results in their order, each with the file it comes from."""


@dataclass(frozen=True)
class FileChecker:
    """Checks the files of a run, always with the same rules and options.

    Attributes:
        rulebook: the rules.
        options: what is known about the reports.
        check_files: checks files.
        in_this_process: whether its results come with the whole text of their reports.
        progress: told of every file that is done with, None if nobody wants to know.
        with_sums: whether the figures of the run itself are to have their sums.
    """

    rulebook: Rulebook
    options: CheckOptions
    check_files: CheckFiles
    in_this_process: bool = False
    progress: Progress | None = None
    with_sums: bool = False

    def results(
        self,
        paths: Sequence[Path],
        other_years: FiguresIndex,
        phase: Phase,
        ahead: Callable[[], int] = lambda: 0,
    ) -> Iterator[tuple[Path, ReportResult]]:
        """The files checked, each judged with its neighbours in time as far as an index has them.

        Args:
            paths: the files.
            other_years: reports that may be neighbours.
            phase: what this is in the run.
            ahead: how many files are known to come after these.
        """
        found = self.check_files(paths, self.rulebook, replace(self.options, other_years=other_years))
        return reporting_progress(found, paths, phase, self.progress, ahead)

    def figures(self, result: ReportResult, *, with_sums: bool = True) -> Figures | None:
        """The figures of a result, None if there is no report in it.

        Working out the sums takes longer than all the rest; it is for reports that others are compared with.
        """
        report = result.report
        sums = sums_of(self.rulebook, report) if report and with_sums else ()
        return figures_of(report, result.path, sums, result.gathered) if report else None


def read_earlier(
    paths: Sequence[Path], file_checker: FileChecker, ahead: int = 0
) -> tuple[FiguresIndex, tuple[Finding, ...]]:
    """Read the reports of earlier years.

    Args:
        paths: the files; none is fine.
        file_checker: how to read them.
        ahead: how many files will be checked after them.

    Returns:
        Their figures, and findings on files that could not be read.

    Raises:
        UsageError: there are files, but none is a report.
    """
    index = FiguresIndex(file_checker.options.bodies)
    if not paths:
        return index, ()
    reading = {
        key: rule
        for key, rule in file_checker.rulebook.rules.items()
        if any(check.kind in _KINDS_OF_EARLIER for check in rule.checks)
    }
    unread: list[Finding] = []
    found = file_checker.check_files(
        paths, replace(file_checker.rulebook, rules=reading), file_checker.options
    )
    for _, result in reporting_progress(found, paths, Phase.EARLIER, file_checker.progress, lambda: ahead):
        figures = file_checker.figures(result)
        if figures:
            index.add(figures)
        elif result.status is Status.UNREADABLE:
            place = Location(path=result.path)
            unread.extend(replace(f, place=replace(f.place, location=place)) for f in result.findings)
    if not len(index):
        raise UsageError("--previous 给出的文件里没有认得出单位和年度的报告。请检查路径。")
    return index, tuple(unread)


def check_across_years(
    paths: Sequence[Path],
    file_checker: FileChecker,
    earlier: FiguresIndex,
    here: FiguresIndex,
) -> Iterable[ReportResult]:
    """Check files, each with its neighbours in time.

    Args:
        paths: the files.
        file_checker: how to check them.
        earlier: reports of earlier years.
        here: receives the figures of the files.

    Returns:
        The results in the order of the files; a `ResultStore` if no report was judged a second time.
    """
    first = ResultStore(file_checker.rulebook.forms)
    sources: list[tuple[Path, str]] = []
    linked_so_far: set[str] = set()

    def ahead() -> int:
        """Files that will be read again: none as long as the reports are in memory."""
        return 0 if file_checker.in_this_process and first.in_memory else len(linked_so_far)

    for source, result in file_checker.results(paths, earlier, Phase.FILES, ahead):
        sources.append((source, result.path))
        figures = file_checker.figures(result, with_sums=file_checker.with_sums)
        if figures:
            if around := here.around(figures):
                linked_so_far |= {figures.path, *around}
            here.add(figures)
        first.append(result)
    if not _with_neighbours(here, earlier):
        return first
    complete = FiguresIndex(file_checker.options.bodies)
    for result in first:
        figures = file_checker.figures(result)
        if figures:
            complete.add(figures)
    everything = _together(complete, earlier)
    linked = _with_neighbours(complete, earlier)
    if file_checker.in_this_process and first.in_memory:
        return _judged_again(first, linked, file_checker)
    again = list(dict.fromkeys(source for source, path in sources if path in linked))
    fresh = (one for _, one in file_checker.results(again, everything, Phase.AGAIN))
    return _renewed(first, [path for _, path in sources], linked, fresh)


def _together(here: FiguresIndex, earlier: FiguresIndex) -> FiguresIndex:
    everything = FiguresIndex(here.bodies)
    for figures in (*here, *earlier):
        everything.add(figures)
    return everything


def _with_neighbours(here: FiguresIndex, earlier: FiguresIndex) -> dict[str, Years | UnknownYears]:
    """The neighbours in time of those reports that have one among the files of this run, by path.

    What follows from the earlier reports alone has been judged in the first round.
    """
    everything = _together(here, earlier)
    return {
        figures.path: years
        for figures in here
        if (years := everything.years_of(figures)) and years != earlier.years_of(figures)
    }


def _judged_again(
    first: Iterable[ReportResult], linked: Mapping[str, Years | UnknownYears], file_checker: FileChecker
) -> Iterator[ReportResult]:
    """The results of the first round; reports with neighbours are judged once more, but not read again."""
    for result in first:
        years = linked.get(result.path)
        yield judged_with(file_checker.rulebook, result, file_checker.options, years) if years else result


def _renewed(
    first: ResultStore, paths: Sequence[str], linked: Container[str], fresh: Iterator[ReportResult]
) -> Iterator[ReportResult]:
    """The results of the first round, those of reports with neighbours replaced by fresh ones.

    Those are not loaded for it: `paths` are theirs in their order.
    """
    for number, path in enumerate(paths):
        # A package is checked again as a whole, for the sake of some of its reports.
        renewed = next((one for one in fresh if one.path == path), None) if path in linked else None
        yield renewed or first[number]
