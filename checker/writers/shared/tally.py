"""The counts of a run, the same in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from checker.model.findings import CheckRun, Severity, Status, Verdict
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass


@dataclass(slots=True)
class RunTally:
    """How many of what; attribute names and their order are those of `summary` in the JSON contract.

    Attributes:
        reports: input files, whatever became of them.
        suppressed: findings that an exception has set aside; they are in no other count.
        not_checked: pairs of rule and report without a judgement, and rules about the set without one.
        broken: pairs of rule and report in which the rule itself failed, and rules about the set that did.
    """

    reports: int = 0
    passed: int = 0
    failed: int = 0
    unreadable: int = 0
    skipped: int = 0
    error: int = 0
    warning: int = 0
    info: int = 0
    suppressed: int = 0
    not_checked: int = 0
    broken: int = 0

    def labelled(self, vocabulary: Vocabulary) -> dict[str, tuple[str, int]]:
        """Every count but that of all files, with what it counts in a word, by attribute."""
        return {
            name: (vocabulary.of(sort).name(key), getattr(self, name))
            for name, (sort, key) in _LABELS.items()
        }

    @property
    def verdict(self) -> str:
        """The run in a word: `none` without files, `fail` with errors, `incomplete` if not all was judged, `pass`."""
        if not self.reports:
            return "none"
        if self.failed or self.error > self.unreadable:  # an unreadable file is an error of its own
            return "fail"
        return "incomplete" if self.unreadable or self.broken else "pass"


_LABELS: Final = {
    "passed": ("results", "pass"),
    "failed": ("results", "fail"),
    "unreadable": ("results", "unreadable"),
    "skipped": ("results", "skipped"),
    "error": ("severities", "error"),
    "warning": ("severities", "warning"),
    "info": ("severities", "info"),
    "suppressed": ("results", "suppressed"),
    "not_checked": ("verdicts", "not_checked"),
    "broken": ("verdicts", "broken"),
}
"""By attribute of `RunTally`: the sort and key of the term for it."""


def tally(run: CheckRun) -> RunTally:
    """Count one run, findings about the set of reports included."""
    counts = RunTally()
    _count(counts, Counter(finding.severity for finding in run.findings))
    counts.not_checked = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in run.outcomes)
    counts.broken = sum(outcome.verdict is Verdict.BROKEN for outcome in run.outcomes)
    for result in run.outlines:
        counts.reports += 1
        counts.unreadable += result.status is Status.UNREADABLE
        counts.skipped += result.status is Status.SKIPPED
        counts.passed += result.verdict == "pass"
        counts.failed += result.verdict == "fail"
        _count(counts, result.severities)
        counts.suppressed += result.suppressed
        counts.not_checked += result.not_checked
        counts.broken += result.broken
    return counts


def _count(counts: RunTally, severities: Mapping[Severity, int]) -> None:
    counts.error += severities.get(Severity.ERROR, 0)
    counts.warning += severities.get(Severity.WARNING, 0)
    counts.info += severities.get(Severity.INFO, 0)
