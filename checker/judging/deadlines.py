"""By which day a report is due, as the rules have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.judging.language.days import day_of
from checker.judging.rules import Condition, Rulebook


def due_day(
    rulebook: Rulebook, year: int | None, level: str | None, tier: str | None, kind: str | None = None
) -> date | None:
    """The first day that a rule about deadlines which is in force sets for a body.

    Args:
        rulebook: the rules; those about deadlines have a check with the option `deadline`.
        year: the report's year.
        level: level of the body.
        tier: its tier.
        kind: the kind of report, None for any.

    Returns:
        The day, None where no rule sets one, or where that depends on something unknown.
    """
    return None if year is None else min(_days(rulebook, year, level, tier, kind), default=None)


def _days(
    rulebook: Rulebook, year: int, level: str | None, tier: str | None, kind: str | None
) -> Iterator[date]:
    for rule in (*rulebook.rules.values(), *rulebook.unselected.values()):
        if kind is not None and rule.kinds and kind not in rule.kinds:
            continue
        if rulebook.idle_reason(rule) is None and _holds(rule.condition, year, level, tier):
            for check in rule.checks:
                if check.options.get("deadline"):
                    yield day_of(check.options["latest"], year)


def _holds(condition: Condition, year: int, level: str | None, tier: str | None) -> bool:
    return (
        (not condition.levels or level in condition.levels)
        and (not condition.tiers or tier in condition.tiers)
        and (condition.first_year or year) <= year <= (condition.last_year or year)
    )
