"""The exit code of a run."""

from __future__ import annotations

from collections import Counter
from typing import Final

from checker.model.findings import CheckRun, Severity, Status, Verdict

EXIT_CLEAN: Final = 0
EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_UNREADABLE: Final = 3


def exit_code(
    run: CheckRun, fail_on: Severity | None, *, max_warnings: int | None = None, allow_none: bool = False
) -> int:
    """The exit code of a run, the highest of those that apply.

    Args:
        run: the run.
        fail_on: the mildest severity that counts as failure, None if findings never do.
        max_warnings: more warnings than that are a failure, None if their number does not matter; without
            effect where findings never count.
        allow_none: it is all right if there was no report to check.
    """
    checked = False
    found = Counter(finding.severity for finding in run.findings)
    for result in run.outlines:
        checked = checked or result.status is not Status.SKIPPED
        if result.status is Status.UNREADABLE or result.broken:
            return EXIT_UNREADABLE
        found.update(result.severities)
    if any(outcome.verdict is Verdict.BROKEN for outcome in run.outcomes):
        return EXIT_UNREADABLE
    if not checked and not allow_none:
        return EXIT_USAGE
    if fail_on is None:
        return EXIT_CLEAN
    too_many = max_warnings is not None and found[Severity.WARNING] > max_warnings
    failed = too_many or any(severity.rank <= fail_on.rank for severity in found)
    return EXIT_FINDINGS if failed else EXIT_CLEAN
