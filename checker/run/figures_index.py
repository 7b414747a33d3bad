"""An index of the figures of many reports by body and year."""

from __future__ import annotations

from collections.abc import Iterator

from checker.judging.figures import Figures, Years
from checker.model.bodies import Bodies
from checker.solver import Identity
from checker.startup.records import replace


class FiguresIndex:
    """Figures of reports by body and year; a few kilobytes a report.

    Args:
        bodies: which names belong to one body.
    """

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self._reports: dict[tuple[str, int], list[Figures]] = {}
        self._sums: dict[Identity, Identity] = {}

    def __len__(self) -> int:
        return sum(map(len, self._reports.values()))

    def __iter__(self) -> Iterator[Figures]:
        return (figures for reports in self._reports.values() for figures in reports)

    def add(self, figures: Figures) -> None:
        """Add a report; one without a name or a year could never be found and is left out."""
        agency, year = figures.identity.agency, figures.identity.year
        if agency is None or year is None:
            return
        shared = tuple(self._sums.setdefault(one, one) for one in figures.sums)
        key = (self.bodies.key(agency, year), year)
        self._reports.setdefault(key, []).append(replace(figures, sums=shared))

    def years_of(self, own: Figures) -> Years | None:
        """A report's neighbours in time, None if the one of the year before is not known."""
        agency, year = own.identity.agency, own.identity.year
        if agency is None or year is None:
            return None
        key = self.bodies.key(agency, year)
        previous = self._only(key, year - 1)
        if previous is None:
            return None
        return Years(own, previous, self._only(key, year - 2), self._only(key, year + 1))

    def around(self, figures: Figures) -> set[str]:
        """Paths of the reports of a body's neighbouring years."""
        agency, year = figures.identity.agency, figures.identity.year
        if agency is None or year is None:
            return set()
        key = self.bodies.key(agency, year)
        return {one.path for other in (year - 1, year + 1) for one in self._reports.get((key, other), ())}

    def _only(self, key: str, year: int) -> Figures | None:
        """The report of a body and year; None also where several bodies have become one."""
        found = self._reports.get((key, year), [])
        names = {figures.identity.agency for figures in found}
        return found[0] if len(names) == 1 else None
