"""Until when a unit has to report."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from checker.judging.language.days import day_of
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Options
from checker.model.bodies import Unit

DUE: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": {"type": "string", "format": "day"},
    "description": "期限，按机关类别的代号，如 {government: 次年3月31日}；其余类别写 default。清单里写了到期日的以清单为准",
}
_DEFAULT: Final = "default"


def due_day(subject: RunSubject, unit: Unit, year: int, options: Options) -> date | None:
    """The last day for a unit's report: as the season or the list says, else by its level.

    None if nothing says it.
    """
    if subject.season is not None and subject.season.year == year:
        standing = subject.season.standing(unit.name)
        if standing is not None:
            return standing.due
    if unit.due is not None:
        return unit.due
    by_level: dict[str, str] = options.get("due", {})
    told = by_level.get(subject.level(unit) or "", by_level.get(_DEFAULT))
    return day_of(told, year) if told else None


def is_due(subject: RunSubject, unit: Unit, year: int, options: Options) -> bool:
    """Whether a unit's report could be asked for by now."""
    due = due_day(subject, unit, year, options)
    return due is None or subject.today is None or subject.today > due
