"""Checking many reports together: across years, in several processes, with accepted findings set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checker.judging.figures import Figures
from checker.judging.rules import Rulebook
from checker.judging.run_subject import EntryOutcome
from checker.model.findings import Finding, ReportResult
from checker.run.figures_index import FiguresIndex
from checker.run.kept.results import ResultStore
from checker.run.pipeline import CheckOptions, check_file
from checker.run.progress import Progress
from checker.run.stores.address import StoredFile
from checker.startup.records import dataclass, replace

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings, Review
    from checker.run.across_years import CheckFiles
    from checker.run.kept.resume import KeptResults, OnResult


@dataclass(frozen=True, slots=True)
class CheckedReports:
    """Reports, each judged by itself and with its neighbours in time, not yet as a whole.

    Attributes:
        results: the results in their order.
        accepted: the entries of the exceptions file, as they came out.
        figures: those of the results, None where nobody asked for them.
        findings: what is wrong with files of earlier years.
        earlier: the figures of reports of earlier years.
    """

    results: ResultStore
    accepted: Sequence[EntryOutcome] = ()
    figures: FiguresIndex | None = None
    findings: tuple[Finding, ...] = ()
    earlier: Sequence[Figures] = ()


def check_reports(
    paths: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    exceptions: AcceptedFindings | None = None,
    baseline: AcceptedFindings | None = None,
    previous: Sequence[Path] = (),
    notice: Callable[[str], None] | None = None,
    resume: KeptResults | None = None,
    on_result: OnResult | None = None,
    cluster: str | None = None,
    with_sums: bool = True,
) -> CheckedReports:
    """Check files without judging them as a whole; arguments and errors are those of `checker.api.check_files`.

    Besides, `with_sums` says whether the figures of the results are to have their sums, where there is a list of units.
    """
    check_files: CheckFiles = partial(_results, jobs=jobs, notice=notice, cluster=cluster)
    continued = check_files
    if resume is not None or on_result is not None:
        continued = _continued(check_files, resume, on_result, (exceptions, baseline))
    if len(paths) == 1 and not previous and not options.bodies.units:
        only = (result for _, result in continued(paths, rulebook, options))
        return reviewed(rulebook, only, exceptions=exceptions, baseline=baseline)
    from checker.run.across_years import FileChecker, check_across_years, read_earlier  # noqa: PLC0415  # only for more than one report

    file_checker = FileChecker(
        rulebook,
        options,
        check_files,
        in_this_process=(jobs <= 1 or len(paths) <= 1) and continued is check_files and cluster is None,
        progress=progress,
        with_sums=with_sums and bool(options.bodies.units),
    )
    earlier, unread = read_earlier(previous, file_checker, ahead=len(paths))
    here = FiguresIndex(options.bodies)
    results = check_across_years(paths, replace(file_checker, check_files=continued), earlier, here)
    checked = reviewed(rulebook, results, exceptions=exceptions, baseline=baseline)
    return CheckedReports(checked.results, checked.accepted, here, unread, tuple(earlier))


def reviewed(
    rulebook: Rulebook,
    results: Iterable[ReportResult],
    *,
    exceptions: AcceptedFindings | None = None,
    baseline: AcceptedFindings | None = None,
) -> CheckedReports:
    """Results with accepted findings set aside, in bounded memory; a store of them is taken over where nothing is.

    Args:
        rulebook: the rules.
        results: the results, in their order.
        exceptions: accepted findings; how their entries came out is told.
        baseline: findings of an earlier result that are set aside.
    """
    review, known = _review(exceptions), _review(baseline)
    if isinstance(results, ResultStore) and not (review or known):
        return CheckedReports(results)
    store = ResultStore(rulebook.forms)
    for result in results:
        one = review.apply(result) if review else result
        one = known.apply(one) if known else one
        store.append(one)
    return CheckedReports(store, review.entries() if review else ())


def _review(accepted: AcceptedFindings | None) -> Review | None:
    if accepted is None:
        return None
    from checker.accepted import Review  # noqa: PLC0415  # most runs have none

    return Review(accepted)


def _continued(
    check_files: CheckFiles,
    resume: KeptResults | None,
    on_result: OnResult | None,
    accepted: Sequence[AcceptedFindings | None],
) -> CheckFiles:
    """Checks files as `check_files` does, takes what was kept, and tells results as they stand with what is accepted.

    They are reviewed on their own for that: which entries were used is counted when all results are final.
    """
    from checker.run.kept.resume import Continued, Origin  # noqa: PLC0415  # only for long runs

    reviews = [review for one in accepted if (review := _review(one))]

    def tell(result: ReportResult, origin: Origin | None) -> None:
        for review in reviews:
            result = review.apply(result)
        if on_result:
            on_result(result, origin)

    return Continued(check_files, resume, tell if on_result else None)


def _results(
    paths: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    jobs: int,
    notice: Callable[[str], None] | None,
    cluster: str | None,
) -> Iterator[tuple[Path, ReportResult]]:
    """The results of files, each with the file it comes from."""
    if any(isinstance(path, StoredFile) and path.stays_here for path in paths):
        jobs, cluster = 1, None
    if cluster is not None and paths:
        from checker.run.cluster import check_on_cluster  # noqa: PLC0415  # most runs are on one machine

        yield from check_on_cluster(paths, rulebook, options, cluster, notice=notice)
        return
    if jobs <= 1 or len(paths) <= 1:
        for path in paths:
            for result in check_file(rulebook, path, options):
                yield path, result
        return
    from checker.run.parallel import check_in_parallel  # noqa: PLC0415  # starting processes is costly to import

    yield from check_in_parallel(paths, rulebook, options, min(jobs, len(paths)), notice=notice)
