"""Until when a unit has to report, and which findings are about lateness, which no new version can mend."""

from __future__ import annotations

from datetime import date

from checker.judging import deadlines
from checker.judging.rules import Rulebook
from checker.model.bodies import Unit


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
