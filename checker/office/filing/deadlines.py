"""Until when a unit has to report: what the list says, else the earliest day that rules name.

A rule names a day if it asks that the date of a report is not later than some day and nothing else; its findings
are about lateness, which no new version can mend.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from checker.judging.language.days import day_of
from checker.judging.rules import Condition, Rule, Rulebook
from checker.model.bodies import Unit

_KIND: Final = "date_range"
_LAST_DAY: Final = "latest"
_FIRST_DAY: Final = "earliest"


def due_day(unit: Unit, year: int, rulebook: Rulebook) -> date | None:
    """The last day for the report of a unit, None if neither the list nor any rule says one.

    Args:
        unit: the unit, with its level and tier as far as they are known.
        year: the report year.
        rulebook: the rules; local ones may name an earlier day than the general ones.
    """
    if unit.due is not None:
        return unit.due
    days = [
        day_of(last_day, year)
        for rule in rulebook.rules.values()
        if not rulebook.idle_reason(rule) and _holds(rule.condition, unit, year)
        for last_day in _last_days(rule)
    ]
    return min(days, default=None)


def lateness_rules(rulebook: Rulebook) -> frozenset[str]:
    """Ids of the rules about lateness."""
    return frozenset(rule.id for rule in rulebook.rules.values() if any(_last_days(rule)))


def _last_days(rule: Rule) -> Iterator[str]:
    for check in rule.checks:
        if check.kind == _KIND and _LAST_DAY in check.options and _FIRST_DAY not in check.options:
            yield check.options[_LAST_DAY]


def _holds(condition: Condition, unit: Unit, year: int) -> bool:
    """Whether a condition holds for a unit; where the unit is not known well enough it does not."""
    return (
        (not condition.levels or unit.level in condition.levels)
        and (not condition.tiers or unit.tier in condition.tiers)
        and (condition.first_year or year) <= year <= (condition.last_year or year)
    )
