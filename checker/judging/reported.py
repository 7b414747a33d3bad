"""The reports of a run by unit and year: which version of each counts, and which reports match no listed unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from checker.judging.figures import Figures, figures_of
from checker.model.bodies import Bodies, Unit
from checker.model.text import label_key
from checker.startup.records import dataclass, replace

if TYPE_CHECKING:
    from checker.model.season import Season

OWN_FIGURES: Final = "own"
"""Value of the field `coverage` of a report that gives the body's own figures only."""

Key = tuple[str, int]
"""Name of a listed unit, and a report year."""


@dataclass(frozen=True)
class Reported:
    """The list of units with the reports there are.

    Attributes:
        bodies: the list.
        versions: the reports of a unit and year that differ in what they say, in the order of the run.
        decided: paths of versions that somebody has declared to count.
        unmatched: reports of bodies that the list does not have.
        season_year: the year of the season, None outside of one.
    """

    bodies: Bodies
    versions: Mapping[Key, Sequence[Figures]]
    decided: frozenset[str] = frozenset()
    unmatched: Sequence[Figures] = ()
    season_year: int | None = None

    @cached_property
    def reports(self) -> Mapping[Key, Figures]:
        """The version that counts of each unit and year; where that is not decided there is none."""
        chosen = {key: in_force(versions, self.decided) for key, versions in self.versions.items()}
        return {key: one for key, one in chosen.items() if one is not None}

    @cached_property
    def texts(self) -> Mapping[Key, Figures]:
        """One report of each unit and year; the first one where it is not decided which counts."""
        return {key: self.reports.get(key, versions[0]) for key, versions in self.versions.items()}

    @cached_property
    def years(self) -> Sequence[int]:
        """The years that are being collected: that of the season; else those most units have reported.

        A year counts if at least half of the units have reported, or if it is the one most have.
        """
        if self.season_year is not None:
            return (self.season_year,)
        counts = Counter(year for _, year in self.versions)
        most = max(counts.values(), default=0)
        units = len(self.bodies.units)
        return sorted(year for year, count in counts.items() if count == most or 2 * count >= units)

    @cached_property
    def other_years(self) -> Mapping[str, int]:
        """The units with nothing but reports of years that are not being collected, each with the latest of these."""
        sent: dict[str, list[int]] = {}
        for name, year in self.versions:
            sent.setdefault(name, []).append(year)
        return {name: max(years) for name, years in sent.items() if not set(years) & set(self.years)}

    def of_year(self, year: int) -> Iterator[tuple[Unit, Figures]]:
        """The units that have reported for a year with one report each, in the order of the list."""
        for unit in self.bodies.units:
            report = self.texts.get((unit.name, year))
            if report is not None:
                yield unit, report

    def years_of(self, unit: Unit) -> list[int]:
        """The years for which a unit has a report that counts."""
        return sorted(year for name, year in self.reports if name == unit.name)

    def is_partial(self, unit: Unit, report: Figures) -> bool:
        """Whether a report leaves out the units below."""
        return report.coverage == OWN_FIGURES and bool(self.bodies.children(unit))


def reported_in(reports: Sequence[Figures], bodies: Bodies, season: Season | None = None) -> Reported:
    """The reports of a run by unit and year."""
    found: dict[Key, list[Figures]] = {}
    unmatched: list[Figures] = []
    for figures in (*reports, *_other_versions(season)):
        year = figures.identity.year
        unit = bodies.unit(figures.identity.agency, year)
        if unit is None or year is None:
            unmatched.append(figures)
            continue
        versions = found.setdefault((unit.name, year), [])
        if not any(one.path == figures.path or says_the_same(one, figures) for one in versions):
            versions.append(figures)
    if season is None:
        return Reported(bodies, found, unmatched=unmatched)
    decided = frozenset(one.in_force.path for one in season.units if one.in_force)
    return Reported(bodies, found, decided, unmatched, season.year)


def _other_versions(season: Season | None) -> Iterator[Figures]:
    """In a season the versions that do not count, or do not yet: of those of earlier rounds it is known why."""
    if season is None:
        return
    from checker.model.season import Role  # noqa: PLC0415  # only in a season

    for standing in season.units:
        counts = standing.in_force
        for submission in standing.with_role(Role.UNDECIDED, Role.SUPERSEDED):
            result = season.results[submission.result]
            if result.report is not None and (counts is None or submission.round == counts.round):
                figures = figures_of(result.report, result.path, gathered=result.gathered)
                identity = replace(figures.identity, agency=standing.unit.name, year=season.year)
                yield replace(figures, identity=identity)


def in_force(versions: Sequence[Figures], decided: frozenset[str] = frozenset()) -> Figures | None:
    """The version of a report that counts, None if that is not decided.

    Args:
        versions: reports of one body and year that differ in what they say.
        decided: paths of versions that were declared to count.
    """
    if len(versions) == 1:
        return versions[0]
    chosen = [one for one in versions if one.path in decided]
    if len(chosen) == 1:
        return chosen[0]
    days = [one.signed_on for one in versions]
    if None in days:
        return None
    last = max(day for day in days if day is not None)
    latest = [one for one in versions if one.signed_on == last]
    return latest[0] if len(latest) == 1 else None


def says_the_same(one: Figures, other: Figures) -> bool:
    """Whether two files hold the same report, if perhaps in different formats: equal figures, and the same text."""
    return one.form_id == other.form_id and one.tables == other.tables and same_text(one, other)


def same_text(one: Figures, other: Figures) -> bool:
    """Whether two reports say the same in words; marks and spaces differ between formats of one report."""
    return _words(one) == _words(other)


def _words(figures: Figures) -> dict[int, str]:
    return {section: label_key(text) for section, text in figures.prose.items()}
