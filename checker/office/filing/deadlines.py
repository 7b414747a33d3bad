"""Until when a unit has to report, and what findings about lateness are worth: a later version is not what was late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from checker.judging import deadlines
from checker.judging.rules import Rulebook
from checker.model.bodies import Unit
from checker.model.findings import Outcome, ReportResult, Verdict
from checker.model.season import UnitStanding
from checker.startup.records import replace

_NOT_THE_FIRST: Final = "不是这一年度的第一份，迟没迟看第一份。"


def due_day(unit: Unit, kind: str, year: int, rulebook: Rulebook) -> date | None:
    """The last day for the report of a unit: what the list says, else the rules; None if neither says one.

    Args:
        unit: the unit, with its level and tier as far as they are known.
        kind: the kind of report.
        year: the report year.
        rulebook: the rules.
    """
    return unit.due or deadlines.due_day(rulebook, year, unit.level, unit.tier, kind)


def lateness_rules(rulebook: Rulebook) -> frozenset[str]:
    """Ids of the rules about lateness."""
    return frozenset(rule.id for rule in rulebook.rules.values() if rule.about_lateness)


def is_later_version(standing: UnitStanding) -> bool:
    """Whether what counts of a unit came in after its first readable report, by which alone it is late or in time."""
    counts, first = standing.in_force, standing.received
    return bool(counts and counts.received and first and counts.received.on > first.on)


def without_lateness(result: ReportResult, late: Collection[str]) -> ReportResult:
    """A later version as checked, without what its date would say of lateness.

    Args:
        result: the version as checked.
        late: ids of the rules about lateness.
    """
    outcomes = (
        Outcome(one.rule, Verdict.NOT_APPLICABLE, 0, _NOT_THE_FIRST)
        if one.rule in late and one.verdict is Verdict.FAIL
        else one
        for one in result.outcomes
    )
    findings = tuple(one for one in result.findings if one.rule not in late)
    return replace(result, outcomes=tuple(outcomes), findings=findings)
