"""What is known about bodies beyond their reports: former names, and who belongs to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from checker.model.report import Report
from checker.model.text import label_key
from checker.startup.records import dataclass, field, replace

_SHORTEST_NAME: Final = 4
"""Names shorter than this are no evidence when they are the end of another name."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A change of name.

    Attributes:
        year: the first report year under the new name, None if the old name is never used again.
    """

    old: str
    new: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body of the list of units.

    Attributes:
        name: its name.
        parent: name of the body whose figures include its own, None for the top.
        level, tier: as in `Identity`, None if the list does not say.
        aliases: other names that its reports may bear.
        due: the last day for its report, None if the list does not say.
        exempt: why it need not report, None if it must.
        joint: it reports together with the body above it, in one report.
        same_as: name of the unit with which it shares staff, so that their reports may say the same.
        more: what else the list says of it, by the heading of the column.
    """

    name: str
    parent: str | None = None
    level: str | None = None
    tier: str | None = None
    aliases: tuple[str, ...] = ()
    due: date | None = None
    exempt: str | None = None
    joint: bool = False
    same_as: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Bodies:
    """Former names and units; empty if the user has declared none."""

    renames: tuple[Rename, ...] = ()
    units: tuple[Unit, ...] = ()

    @cached_property
    def _renamed(self) -> dict[str, Rename]:
        return {label_key(rename.old): rename for rename in self.renames}

    @cached_property
    def _units_by_key(self) -> dict[str, Unit]:
        return {label_key(name): unit for unit in self.units for name in (*unit.aliases, unit.name)}

    @cached_property
    def _children(self) -> dict[str, list[Unit]]:
        children: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                children.setdefault(label_key(unit.parent), []).append(unit)
        return children

    def unit(self, agency: str | None, year: int | None = None) -> Unit | None:
        """The unit that reports under a name, None if the list has no such unit.

        A name that is only the end of a unit's name, or the other way round, counts if it fits one unit.

        Args:
            agency: the name in the report.
            year: the report's year, for names that have changed.
        """
        if not agency or not self.units:
            return None
        key = self._renamed_key(agency, year)
        if key in self._units_by_key:
            return self._units_by_key[key]
        near = {
            unit.name: unit
            for name, unit in self._units_by_key.items()
            if min(len(name), len(key)) >= _SHORTEST_NAME and (name.endswith(key) or key.endswith(name))
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def key(self, agency: str, year: int | None) -> str:
        """What all names of one body have in common."""
        unit = self.unit(agency, year)
        return label_key(unit.name) if unit else self._renamed_key(agency, year)

    def _renamed_key(self, agency: str, year: int | None) -> str:
        """The newest name behind a name, reduced for comparison."""
        key = label_key(agency)
        passed: set[str] = set()
        while key in self._renamed and key not in passed:
            passed.add(key)
            rename = self._renamed[key]
            if rename.year is not None and year is not None and year >= rename.year:
                break
            key = label_key(rename.new)
        return key

    def children(self, unit: Unit) -> Sequence[Unit]:
        """The units directly below a unit, in the order of the list."""
        return self._children.get(label_key(unit.name), [])

    def informed(self, report: Report) -> Report:
        """The report with the level and tier that the list gives its body."""
        identity = report.identity
        unit = self.unit(identity.agency, identity.year)
        if unit is None or not (unit.level or unit.tier):
            return report
        level, tier = unit.level or identity.level, unit.tier or identity.tier
        return replace(report, identity=replace(identity, level=level, tier=tier))
