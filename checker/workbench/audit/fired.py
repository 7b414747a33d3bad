"""How often each rule spoke in a run: which fired, which passed, which never had anything to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.judging.rules import Rulebook
from checker.model.findings import CheckRun, Outcome, Status, Verdict
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class FiredRule:
    """What became of one rule in a run.

    Attributes:
        id: the rule.
        reports: number of reports by verdict; of a rule about the whole run, its verdict on the run.
        idle: why the rule does not run at all, None if it runs.
    """

    id: str
    reports: Counter[Verdict]
    idle: str | None

    @property
    def fired(self) -> bool:
        """Whether it found anything at all."""
        return self.reports[Verdict.FAIL] > 0


@dataclass(frozen=True, slots=True)
class FiredRules:
    """A run, rule by rule.

    Attributes:
        files: number of files.
        checked: number of results that could be read as a report.
        rules: a tally of each rule, in table order.
    """

    files: int
    checked: int
    rules: tuple[FiredRule, ...]

    def silent(self) -> tuple[FiredRule, ...]:
        """Rules that run and never fired."""
        return tuple(tally for tally in self.rules if not tally.fired and tally.idle is None)


def tally_rules(run: CheckRun, rulebook: Rulebook, *, files: int) -> FiredRules:
    """Count what each rule said; what a rule found and another one explains counts for both.

    Args:
        run: the run; its results are looked at once, one after another.
        rulebook: the rules of the run.
        files: number of files that were checked; one file may hold several reports.
    """
    counts: dict[str, Counter[Verdict]] = {rule: Counter() for rule in rulebook.rules}
    checked = 0
    for result in run.results:
        checked += result.status is Status.CHECKED
        _count(counts, iter(result.outcomes))
    _count(counts, iter(run.outcomes))
    rules = rulebook.rules.values()
    return FiredRules(
        files,
        checked,
        tuple(FiredRule(rule.id, counts[rule.id], rulebook.idle_reason(rule)) for rule in rules),
    )


def _count(counts: dict[str, Counter[Verdict]], outcomes: Iterator[Outcome]) -> None:
    for outcome in outcomes:
        counts[outcome.rule][outcome.verdict] += 1
