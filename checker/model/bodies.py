"""What is known about bodies beyond their reports: former names, and who belongs to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from checker.model.report import Report
from checker.model.text import label_key
from checker.startup.records import dataclass, field, replace

_SHORTEST_NAME: Final = 4
"""Names shorter than this are no evidence when they are the end of another name."""


def _ends(key: str) -> Iterator[str]:
    """The ends of a name that are long enough to stand for it."""
    return (key[start:] for start in range(1, len(key) - _SHORTEST_NAME + 1))


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
    def _listed(self) -> Bodies:
        """The units without former names."""
        return Bodies(units=self.units)

    @cached_property
    def _units_by_key(self) -> dict[str, Unit]:
        return {label_key(name): unit for unit in self.units for name in (*unit.aliases, unit.name)}

    @cached_property
    def _units_by_end(self) -> dict[str, list[Unit]]:
        """The units by the ends of their names that may stand for them."""
        found: dict[str, list[Unit]] = {}
        for name, unit in self._units_by_key.items():
            for end in _ends(name):
                found.setdefault(end, []).append(unit)
        return found

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
        near = {unit.name: unit for unit in self._units_by_end.get(key, ())}
        for end in _ends(key):
            if end in self._units_by_key:
                near[self._units_by_key[end].name] = self._units_by_key[end]
        return next(iter(near.values())) if len(near) == 1 else None

    def is_one_name(self, first: str, second: str) -> bool:
        """Whether two names are one: alike, or one without its place, or those of one unit of the list."""
        keys = label_key(first), label_key(second)
        shorter, longer = sorted(keys, key=len)
        if keys[0] == keys[1] or (len(shorter) >= _SHORTEST_NAME and longer.endswith(shorter)):
            return True
        unit = self._listed.unit(first)
        return unit is not None and unit == self._listed.unit(second)

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

    def ancestors(self, unit: Unit) -> Iterator[Unit]:
        """The units above a unit, the nearest first."""
        passed = {unit.name}
        while unit.parent is not None:
            above = self._units_by_key.get(label_key(unit.parent))
            if above is None or above.name in passed:
                return
            passed.add(above.name)
            yield above
            unit = above

    def descendants(self, unit: Unit) -> Iterator[Unit]:
        """The units below a unit, in the order of the list, each before those below it."""
        waiting = [*reversed(self.children(unit))]
        while waiting:
            child = waiting.pop()
            yield child
            waiting.extend(reversed(self.children(child)))

    def are_related(self, one: Unit, other: Unit) -> bool:
        """Whether one of two units stands above the other, or they are the same bodies under two names."""
        return (
            one.name == other.name
            or self.are_one_staff(one, other)
            or any(above.name == other.name for above in self.ancestors(one))
            or any(above.name == one.name for above in self.ancestors(other))
        )

    def are_one_staff(self, one: Unit, other: Unit) -> bool:
        """Whether the list says that two units share their staff."""
        names = {label_key(unit.same_as) for unit in (one, other) if unit.same_as}
        shared = one.same_as and other.same_as and label_key(one.same_as) == label_key(other.same_as)
        return bool(shared) or bool(names & {label_key(one.name), label_key(other.name)})

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
