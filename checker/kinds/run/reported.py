"""The units of a list with the reports there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from checker.judging.figures import Figures
from checker.model.bodies import Bodies, Unit
from checker.startup.records import dataclass

OWN_FIGURES: Final = "own"
"""Value of the field `coverage` of a report that gives the body's own figures only."""


@dataclass(frozen=True)
class Reported:
    """The list of units with the reports there are, by name of the unit and year."""

    bodies: Bodies
    reports: Mapping[tuple[str, int], Figures]

    def years(self, unit: Unit) -> list[int]:
        """The years for which a unit has reported."""
        return sorted(year for name, year in self.reports if name == unit.name)

    def is_partial(self, unit: Unit, report: Figures) -> bool:
        """Whether a report leaves out the units below."""
        return report.coverage == OWN_FIGURES and bool(self.bodies.children(unit))


def reported_units(reports: Sequence[Figures], bodies: Bodies) -> Reported:
    """The first report of each unit and year."""
    found: dict[tuple[str, int], Figures] = {}
    for figures in reports:
        year = figures.identity.year
        unit = bodies.unit(figures.identity.agency, year)
        if unit and year is not None:
            found.setdefault((unit.name, year), figures)
    return Reported(bodies, found)
