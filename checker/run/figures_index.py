"""An index of the figures of many reports by kind, body and year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.figures import Figures, UnknownYears, Years
from checker.judging.subject import KnownYears
from checker.model.bodies import Bodies
from checker.solver import SumIdentity
from checker.startup.digests import sha256_of
from checker.startup.records import replace

_AMBIGUOUS: Final = "上一年有几份不同的报告，看不出哪一份是定稿"


def _said_by(one: Figures) -> tuple[object, ...]:
    """A report's own part of its figures; the rest are rules and forms."""
    tables = [(key, table.form.key, table.values) for key, table in one.tables.items()]
    texts = [sorted(one.prose.items()), sorted(one.gathered.items())]
    return one.path, one.identity, one.form.id, one.form_id, one.coverage, one.signed_on, tables, texts


class FiguresIndex:
    """Figures of reports by kind, body and year; a few kilobytes a report.

    Args:
        bodies: which names belong to one body.
    """

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self._reports: dict[tuple[str, str, int], list[Figures]] = {}
        self._sums: dict[SumIdentity, SumIdentity] = {}

    def __len__(self) -> int:
        return sum(map(len, self._reports.values()))

    def __iter__(self) -> Iterator[Figures]:
        return (figures for reports in self._reports.values() for figures in reports)

    def digest(self) -> str:
        """SHA-256 over what the reports say, and what they are called."""
        marks = (
            sha256_of(repr(_said_by(figures)).encode("utf-8", "surrogatepass"))
            for reports in self._reports.values()
            for figures in reports
        )
        return sha256_of("".join(marks).encode())

    def add(self, figures: Figures) -> None:
        """Add a report; one without a name or a year could never be found and is left out."""
        agency, year = figures.identity.agency, figures.identity.year
        if agency is None or year is None:
            return
        shared = tuple(self._sums.setdefault(one, one) for one in figures.sums)
        key = (figures.form.kind, self.bodies.key(agency, year), year)
        self._reports.setdefault(key, []).append(replace(figures, sums=shared))

    def years_of(self, own: Figures) -> KnownYears:
        """A report's neighbours in time.

        Returns:
            None if the report of the year before is not known; why, if there are several and none of them counts.
        """
        agency, year = own.identity.agency, own.identity.year
        if agency is None or year is None:
            return None
        key = (own.form.kind, self.bodies.key(agency, year))
        previous = self._only(key, year - 1)
        if previous is None:
            ambiguous = len(self._named_alike(key, year - 1)) > 1
            return UnknownYears(_AMBIGUOUS) if ambiguous else None
        return Years(own, previous, self._only(key, year - 2), self._only(key, year + 1), self.bodies)

    def around(self, figures: Figures) -> set[str]:
        """Paths of the reports of a body's neighbouring years."""
        agency, year = figures.identity.agency, figures.identity.year
        if agency is None or year is None:
            return set()
        key = (figures.form.kind, self.bodies.key(agency, year))
        return {one.path for other in (year - 1, year + 1) for one in self._reports.get((*key, other), ())}

    def _only(self, key: tuple[str, str], year: int) -> Figures | None:
        """The report of a kind, body and year that counts; of several that differ the one signed last.

        None where nothing tells which that is, and where several bodies have become one.
        """
        versions = self._named_alike(key, year)
        first = versions[0] if versions else None
        if first is None or all(one.tables == first.tables for one in versions):
            return first
        days = [one.signed_on for one in versions if one.signed_on is not None]
        last = [one for one in versions if one.signed_on == max(days, default=None)]
        return last[0] if len(days) == len(versions) and len(last) == 1 else None

    def _named_alike(self, key: tuple[str, str], year: int) -> list[Figures]:
        """The reports of a kind, body and year, none where they bear several names: several bodies have become one."""
        found = self._reports.get((*key, year), [])
        names = {figures.identity.agency for figures in found}
        return found if len(names) == 1 else []
