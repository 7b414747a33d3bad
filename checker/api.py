"""The Python interface; the command line uses only it.

>>> from checker import check
>>> result = check("没有标题的一段话。".encode(), name="说明.txt")
>>> result.status.value
'skipped'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.judging.rules import Rulebook
from checker.judging.run_engine import judge_run
from checker.judging.run_subject import RunSubject
from checker.model.bodies import Bodies
from checker.model.findings import CheckRun, Finding, ReportResult, Status
from checker.rulebook.choose import select_rules
from checker.rulebook.store import load_rulebook
from checker.run.checking import CheckedReports, check_reports, reviewed
from checker.run.exit_code import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREADABLE, EXIT_USAGE, exit_code
from checker.run.figures_index import FiguresIndex
from checker.run.inputs import find_inputs
from checker.run.pipeline import (
    CheckOptions,
    ReportReading,
    check_bytes,
    check_file,
    read_bytes,
    read_file,
    unreadable,
)
from checker.run.progress import Phase, Progress, Step
from checker.startup.records import replace
from checker.startup.version import __version__
from checker.writers import Output, register_output, render, render_bytes

if TYPE_CHECKING:
    from checker.accepted import AcceptedFindings
    from checker.run.comparison import ResultComparison
    from checker.run.kept.resume import KeptResults, OnResult
    from checker.run.set_material import SetMaterial

__all__ = [
    "EXIT_CLEAN",
    "EXIT_FINDINGS",
    "EXIT_UNREADABLE",
    "EXIT_USAGE",
    "CheckOptions",
    "Output",
    "annotate",
    "check",
    "check_all",
    "check_files",
    "compare",
    "exit_code",
    "find_inputs",
    "load_baseline",
    "load_bodies",
    "load_exceptions",
    "load_kept",
    "load_rulebook",
    "register_output",
    "render",
    "render_bytes",
    "run_of",
    "select_rules",
    "warm_up",
]


def check(
    source: bytes | str | Path,
    *,
    name: str | None = None,
    rulebook: Rulebook | None = None,
    options: CheckOptions | None = None,
) -> ReportResult:
    """Check one report.

    Args:
        source: the report's bytes, or the path of a file.
        name: file name to show, for bytes; also a hint on the format.
        rulebook: the rules, the built-in ones by default.
        options: what is known about the report.

    Returns:
        The result; whatever is wrong with the file stands in it, nothing is raised. A file with more than
        one report is refused: see `check_all`.

    Raises:
        RulebookError: only if the rule files themselves have faults.
        UsageError: `options` name a level or tier that there is not.
    """
    rules = rulebook or _default_rulebook()
    results = list(check_all(source, name=name, rulebook=rules, options=options))
    if len(results) == 1:
        return results[0]
    shown = (name or "report") if isinstance(source, bytes) else Path(source).as_posix()
    text = f"文件里有 {len(results)} 份报告或文档，要分别检查。请用 check_all。"
    return unreadable(rules, shown, None, "several_reports", text)


def check_all(
    source: bytes | str | Path,
    *,
    name: str | None = None,
    rulebook: Rulebook | None = None,
    options: CheckOptions | None = None,
) -> Iterator[ReportResult]:
    """Check every report in a file: a package of documents, a mail with attachments, a page with more than one.

    The arguments are those of `check`.

    Yields:
        The results in the order of the file.

    Raises:
        RulebookError: only if the rule files themselves have faults.
        UsageError: `options` name a level or tier that there is not.
    """
    rules = rulebook or _default_rulebook()
    options = (options or CheckOptions()).in_keys(rules.vocabulary)
    if isinstance(source, bytes):
        yield from check_bytes(rules, source, name or "report", options)
    else:
        yield from check_file(rules, Path(source), options)


def warm_up(path: str) -> None:
    """Start the process that reads PDF, if this is one, so that it is ready when the rules are.

    Args:
        path: the file that will be checked; only its ending is looked at.
    """
    if path.lower().endswith(".pdf"):
        from checker.readers.apart import native  # noqa: PLC0415  # most runs need no process

        native.warm_up()


def read(
    source: bytes | str | Path,
    *,
    name: str | None = None,
    rulebook: Rulebook | None = None,
    options: CheckOptions | None = None,
) -> Iterator[ReportReading]:
    """Read every report in a file without judging it; arguments and order are those of `check_all`.

    Raises:
        RulebookError: only if the rule files themselves have faults.
        UsageError: `options` name a level or tier that there is not.
    """
    rules = rulebook or _default_rulebook()
    options = (options or CheckOptions()).in_keys(rules.vocabulary)
    if isinstance(source, bytes):
        yield from read_bytes(rules, source, name or "report", options)
    else:
        yield from read_file(rules, Path(source), options)


@lru_cache(maxsize=1)
def _default_rulebook() -> Rulebook:
    return load_rulebook()


def check_files(
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
    material: SetMaterial | None = None,
    resume: KeptResults | None = None,
    on_result: OnResult | None = None,
    cluster: str | None = None,
) -> CheckRun:
    """Check many files, in bounded memory.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules.
        options: what is known about the reports.
        jobs: how many processes to use.
        progress: told of every file that is done with, in every phase of the run.
        exceptions: accepted findings, see `load_exceptions`; entries that are malformed, expired or unused
            become findings of the run.
        baseline: findings of an earlier result that are set aside, see `load_baseline`.
        previous: files with reports of earlier years, which are compared with but not checked.
        notice: called with a Chinese sentence where the run goes on in another way than was asked for.
        material: what rules about a set of reports may take into account.
        resume: what an earlier run has kept, see `load_kept`; such results come without the text of their reports.
        on_result: called with every result as it comes, see `checker.run.kept.resume.OnResult`.
        cluster: where to check instead, see `checker.run.cluster`.

    Raises:
        UsageError: none of the files in `previous` is a report, or `options` name a level or tier that there
            is not.
    """
    checked = check_reports(
        paths,
        rulebook,
        options.in_keys(rulebook.vocabulary),
        jobs=jobs,
        progress=progress,
        exceptions=exceptions,
        baseline=baseline,
        previous=previous,
        notice=notice,
        resume=resume,
        on_result=on_result,
        cluster=cluster,
    )
    return _judged_as_a_whole(rulebook, checked, progress, today=options.today, material=material)


def run_of(
    rulebook: Rulebook,
    results: Iterable[ReportResult],
    *,
    progress: Progress | None = None,
    exceptions: AcceptedFindings | None = None,
    baseline: AcceptedFindings | None = None,
    figures: FiguresIndex | None = None,
    findings: Sequence[Finding] = (),
    today: date | None = None,
) -> CheckRun:
    """Results as a run, in bounded memory.

    Args:
        rulebook: the rules.
        results: the results, in their order; a store of them is taken over as it is where nothing is reviewed.
        progress: told when all results are there and are looked at together.
        exceptions: see `check_files`.
        baseline: see `check_files`.
        figures: those of the results, for rules about the run; they may be added while results come.
        findings: findings about the run that are known already.
        today: the day that counts for deadlines.
    """
    checked = reviewed(rulebook, results, exceptions=exceptions, baseline=baseline)
    checked = replace(checked, figures=figures, findings=tuple(findings))
    return _judged_as_a_whole(rulebook, checked, progress, today=today)


def _judged_as_a_whole(
    rulebook: Rulebook,
    checked: CheckedReports,
    progress: Progress | None = None,
    *,
    today: date | None = None,
    material: SetMaterial | None = None,
) -> CheckRun:
    if progress:
        progress(Step(Phase.TOGETHER, 0, 0))
    figures = checked.figures
    subject = RunSubject(
        accepted=checked.accepted,
        reports=tuple(figures or ()),
        bodies=figures.bodies if figures else None,
        unmatched=sum(one.status is Status.UNREADABLE or one.nameless for one in checked.results.outlines),
        today=today,
        earlier=checked.earlier,
        publication=material.publication if material else None,
        model_texts=material.model_texts if material else (),
        notices=tuple(material.publication.notices()) if material and material.publication else (),
    )
    outcomes, about_the_run = judge_run(rulebook, subject)
    found = (*checked.findings, *about_the_run)
    return CheckRun(rulebook.info, checked.results, found, __version__, outcomes=outcomes if figures else ())


def load_exceptions(path: Path, rulebook: Rulebook, today: date | None = None) -> AcceptedFindings:
    """Read an exceptions file: findings that were accepted, each for a reason and for one value.

    Args:
        path: the YAML file; paths of reports in it are relative to its folder.
        rulebook: all rules, also those that are not selected for the run.
        today: the day that counts for expiry, None if nothing expires.

    Raises:
        UsageError: the file cannot be read. Faults in it are findings of the run.
    """
    from checker import accepted  # noqa: PLC0415  # most runs have none

    return accepted.load_exceptions(path, rulebook, today)


def load_baseline(path: Path, rulebook: Rulebook) -> AcceptedFindings:
    """Read an earlier result (`--format json`), whose findings are set aside so that only new ones stand.

    Raises:
        UsageError: the file cannot be read or is no result.
    """
    from checker import accepted  # noqa: PLC0415  # most runs have none

    return accepted.load_baseline(path, rulebook)


def load_kept(path: Path, rulebook: Rulebook) -> KeptResults:
    """What a run has written with `--format jsonl`, also one that was stopped; `UsageError` if it is no such file."""
    from checker.run.kept.resume import KeptResults  # noqa: PLC0415  # most runs begin at the beginning

    return KeptResults(path, rulebook.forms)


def compare(old: Path, new: Path) -> ResultComparison:
    """Compare two results in the JSON contract (`--format json` or `jsonl`), before and after a change.

    Raises:
        UsageError: a file cannot be read or is no result.
    """
    from checker.accepted.result_files import read_result  # noqa: PLC0415  # likewise
    from checker.run import comparison  # noqa: PLC0415  # most runs have none

    return comparison.ResultComparison(read_result(old), read_result(new))


def load_bodies(
    *, renames: Path | None = None, units: Path | None = None, rulebook: Rulebook | None = None
) -> Bodies:
    """What a user declares about bodies.

    Args:
        renames: YAML file of former names.
        units: list of units, YAML or a spreadsheet.
        rulebook: the rules that say what levels and tiers are called, the built-in ones by default.

    Raises:
        UsageError: a file cannot be read or has faults.
    """
    if renames is None and units is None:
        return Bodies()
    from checker.settings import body_files  # noqa: PLC0415  # most runs have none

    vocabulary = (rulebook or _default_rulebook()).vocabulary
    return Bodies(
        body_files.load_renames(renames) if renames else (),
        body_files.load_units(units, vocabulary) if units else (),
    )


def annotate(
    data: bytes,
    result: ReportResult | Iterable[ReportResult],
    propose: bool = False,  # noqa: FBT001, FBT002  # written out where it is used: propose=True
    *,
    min_severity: str = "info",
    today: date | None = None,
    rulebook: Rulebook | None = None,
) -> bytes:
    """A copy of a file with every finding where it belongs: `annotate(data, check(data))`.

    Args:
        data: the file.
        result: what `check` said of these very bytes; of a file with several reports all that `check_all` said.
        propose: also propose changes where the right value is certain, for the author to accept or reject.
        min_severity: findings milder than that are left out: `error`, `warning` or `info`.
        today: the date of comments and changes; by default they have none.
        rulebook: the rules that were used, the built-in ones by default.

    Returns:
        Of a DOCX the same with comments, and with changes if they are asked for; of a PDF with highlights; of an
        XLSX with notes; those of an earlier call are replaced. Of any other file a page in HTML that shows the
        report with its findings beside it. The same arguments give the same bytes.

    Raises:
        UsageError: the result is of another file or of none that was checked.
        UnreadableError: the file is damaged, or a PDF that is encrypted or signed.
    """
    from checker import annotate as copies  # noqa: PLC0415  # most runs write none

    results = [result] if isinstance(result, ReportResult) else list(result)
    rules = (rulebook or _default_rulebook()).info
    return copies.annotate(data, results, copies.options_of(rules, min_severity, propose, today)).data
