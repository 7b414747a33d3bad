"""Until when a unit has to report."""

from __future__ import annotations

from datetime import date

from checker.judging.run_subject import RunSubject
from checker.model.bodies import Unit


def due_day(subject: RunSubject, unit: Unit, year: int) -> date | None:
    """The last day for a unit's report: as the season or the list says, else the rules about deadlines.

    None if nothing says it.
    """
    if subject.season is not None and subject.season.year == year:
        standing = subject.season.standing(unit.name)
        if standing is not None:
            return standing.due
    if unit.due is not None or subject.deadline is None:
        return unit.due
    return subject.deadline(year, subject.level(unit), subject.tier(unit))


def is_due(subject: RunSubject, unit: Unit, year: int) -> bool:
    """Whether a unit's report could be asked for by now."""
    due = due_day(subject, unit, year)
    return due is None or subject.today is None or subject.today > due
