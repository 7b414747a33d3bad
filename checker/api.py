"""The Python interface; the command line uses only it.

>>> from checker import check
>>> result = check("没有标题的一段话。".encode(), name="说明.txt")
>>> result.status.value
'skipped'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from checker.errors import UsageError
from checker.findings import CheckRun, ReportResult, Severity, Status, Verdict
from checker.pipeline import CheckOptions, check_bytes, check_file
from checker.results import ResultStore
from checker.rulebook.model import Rulebook
from checker.rulebook.store import load_rulebook

__all__ = [
    "CheckOptions",
    "check",
    "check_files",
    "exit_code",
    "load_rulebook",
    "run_of",
    "select_rules",
]

EXIT_CLEAN: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_UNREADABLE: Final = 3


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
        The result; whatever is wrong with the file is told in it, nothing is raised.

    Raises:
        RulebookError: only if the rule files themselves have faults.
    """
    rules = rulebook or _default_rulebook()
    options = options or CheckOptions()
    if isinstance(source, bytes):
        return check_bytes(rules, source, name or "report", options)
    return check_file(rules, Path(source), options)


@lru_cache(maxsize=1)
def _default_rulebook() -> Rulebook:
    return load_rulebook()


def check_files(
    paths: Sequence[Path],
    rulebook: Rulebook,
    options: CheckOptions,
    *,
    jobs: int = 1,
    progress: Callable[[ReportResult], None] | None = None,
) -> CheckRun:
    """Check many files, in bounded memory.

    Args:
        paths: the files, in the order of the results.
        rulebook: the rules.
        options: what is known about the reports.
        jobs: how many processes to use.
        progress: called with each result as it comes.
    """
    store = ResultStore(rulebook.forms)
    for result in _results(paths, rulebook, options, jobs):
        store.append(result)
        if progress:
            progress(result)
    return run_of(rulebook, store)


def run_of(rulebook: Rulebook, results: Sequence[ReportResult]) -> CheckRun:
    """A run of results that are there already."""
    from checker import __version__  # noqa: PLC0415  # the package exports this module

    return CheckRun(rulebook.info, results, (), __version__)


def _results(
    paths: Sequence[Path], rulebook: Rulebook, options: CheckOptions, jobs: int
) -> Iterator[ReportResult]:
    if jobs <= 1 or len(paths) <= 1:
        for path in paths:
            yield check_file(rulebook, path, options)
        return
    from checker.parallel import check_in_parallel  # noqa: PLC0415  # starting processes is costly to import

    yield from check_in_parallel(paths, rulebook, options, min(jobs, len(paths)))


def select_rules(rulebook: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> Rulebook:
    """The rulebook with only the rules whose id begins with one of `select` (all if empty) and none of `ignore`.

    Raises:
        UsageError: a prefix that no rule has.
    """
    for prefix in (*select, *ignore):
        if not any(rule.startswith(prefix) for rule in rulebook.rules):
            raise UsageError(f"没有编号以“{prefix}”开头的规则。用 checker rules list 可看全部编号。")
    kept = {
        key: rule
        for key, rule in rulebook.rules.items()
        if (not select or key.startswith(tuple(select))) and not (ignore and key.startswith(tuple(ignore)))
    }
    return replace(rulebook, rules=kept)


def exit_code(run: CheckRun, fail_on: Severity | None) -> int:
    """The exit code of a run; of several that hold the highest.

    Args:
        run: the run.
        fail_on: the mildest severity that counts as failure, None if findings never do.
    """
    code = EXIT_CLEAN
    checked = False
    findings = list(run.findings)
    for result in run.results:
        checked = checked or result.status is not Status.SKIPPED
        if result.status is Status.UNREADABLE or any(o.verdict is Verdict.BROKEN for o in result.outcomes):
            return EXIT_UNREADABLE
        findings.extend(result.findings)
    if not checked:
        return EXIT_USAGE
    if fail_on is not None and any(finding.severity.rank <= fail_on.rank for finding in findings):
        code = EXIT_FINDINGS
    return code
