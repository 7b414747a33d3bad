"""Reports of several years in one run: each is judged with its neighbours in time at hand.

Reports whose neighbour turns up in the same run are judged again once all files have been read: only then it
is known who has one. A few dozen reports are still at hand by then; of more, and of those that other
processes have read, the files are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from checker.judging.engine import sums_of
from checker.judging.figures import Figures, Years, figures_of
from checker.judging.rules import Rulebook
from checker.model.document import Location
from checker.model.errors import UsageError
from checker.model.findings import Finding, ReportResult, Status
from checker.run.figures_index import Register
from checker.run.pipeline import CheckOptions, judged_with
from checker.run.results import ResultStore
from checker.startup.records import dataclass, replace

CheckAll = Callable[[Sequence[Path], Rulebook, CheckOptions], Iterator[tuple[Path, ReportResult]]]
"""Checks files, results in their order, each with the file it comes from."""


@dataclass(frozen=True)
class Checking:
    """How files are checked in a run.

    Attributes:
        rulebook: the rules.
        options: what is known about the reports.
        check_all: checks files.
        in_this_process: whether its results come with the whole text of their reports.
    """

    rulebook: Rulebook
    options: CheckOptions
    check_all: CheckAll
    in_this_process: bool = False

    def results(self, paths: Sequence[Path], register: Register) -> Iterator[tuple[Path, ReportResult]]:
        """The files checked, with the reports of a register for neighbours."""
        return self.check_all(paths, self.rulebook, replace(self.options, register=register))

    def figures(self, result: ReportResult, *, with_sums: bool = True) -> Figures | None:
        """The figures of a result, None if there is no report in it.

        Working out the sums takes longer than all the rest; it is for reports that others are compared with.
        """
        report = result.report
        sums = sums_of(self.rulebook, report) if report and with_sums else ()
        return figures_of(report, result.path, sums) if report else None


def read_earlier(paths: Sequence[Path], checking: Checking) -> tuple[Register, tuple[Finding, ...]]:
    """Read the reports of earlier years.

    Args:
        paths: the files; none is fine.
        checking: how to read them.

    Returns:
        Their figures, and findings on files that could not be read.

    Raises:
        UsageError: there are files, but none is a report.
    """
    register = Register(checking.options.bodies)
    if not paths:
        return register, ()
    reading = {
        key: rule
        for key, rule in checking.rulebook.rules.items()
        if any(check.kind == "readable" for check in rule.checks)
    }
    unread: list[Finding] = []
    for _, result in checking.check_all(paths, replace(checking.rulebook, rules=reading), checking.options):
        figures = checking.figures(result)
        if figures:
            register.add(figures)
        elif result.status is Status.UNREADABLE:
            place = Location(path=result.path)
            unread.extend(replace(f, place=replace(f.place, location=place)) for f in result.findings)
    if not len(register):
        raise UsageError("--previous 给出的文件里没有认得出单位和年度的报告。请检查路径。")
    return register, tuple(unread)


def check_linked(
    paths: Sequence[Path],
    checking: Checking,
    earlier: Register,
    here: Register,
    progress: Callable[[ReportResult], None] | None = None,
) -> Iterable[ReportResult]:
    """Check files, each with its neighbours in time.

    Args:
        paths: the files.
        checking: how to check them.
        earlier: reports of earlier years.
        here: takes in the figures of the files.
        progress: called with each result of the first round.

    Returns:
        The results in the order of the files; a `ResultStore` if no report was judged again.
    """
    first = ResultStore(checking.rulebook.forms)
    sources: list[tuple[Path, str]] = []
    for source, result in checking.results(paths, earlier):
        sources.append((source, result.path))
        figures = checking.figures(result, with_sums=bool(checking.options.bodies.units))
        if figures:
            here.add(figures)
        first.append(result)
        if progress:
            progress(result)
    if not _linked(here, earlier):
        return first
    complete = Register(checking.options.bodies)
    for result in first:
        figures = checking.figures(result)
        if figures:
            complete.add(figures)
    everything = _together(complete, earlier)
    linked = _linked(complete, earlier)
    if checking.in_this_process and first.in_memory:
        return _judged_again(first, linked, checking)
    again = list(dict.fromkeys(source for source, path in sources if path in linked))
    return _renewed(first, linked, (result for _, result in checking.results(again, everything)))


def _together(here: Register, earlier: Register) -> Register:
    everything = Register(here.bodies)
    for figures in (*here, *earlier):
        everything.add(figures)
    return everything


def _linked(here: Register, earlier: Register) -> dict[str, Years]:
    """By path the neighbours in time of reports that have such among the files of this run.

    What the earlier reports alone have told has been judged in the first round.
    """
    everything = _together(here, earlier)
    return {
        figures.path: years
        for figures in here
        if (years := everything.years_of(figures)) and years != earlier.years_of(figures)
    }


def _judged_again(
    first: Iterable[ReportResult], linked: Mapping[str, Years], checking: Checking
) -> Iterator[ReportResult]:
    """The results of the first round; reports that are linked are judged once more, but not read again."""
    for result in first:
        years = linked.get(result.path)
        yield judged_with(checking.rulebook, result, checking.options, years) if years else result


def _renewed(
    first: Iterable[ReportResult], linked: Container[str], fresh: Iterator[ReportResult]
) -> Iterator[ReportResult]:
    """The results of the first round, those of linked reports replaced by fresh ones."""
    for result in first:
        if result.path in linked:
            # A package is checked again as a whole, for the sake of some of its reports.
            yield next((one for one in fresh if one.path == result.path), result)
        else:
            yield result
