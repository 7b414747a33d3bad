"""The names of the listed units, full and short: where a text holds one of them, and which a name may be meant for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from checker.model.bodies import Bodies, Unit
from checker.model.text import is_han, label_key, squeeze
from checker.understand.labels import distance_within
from checker.understand.own_names import OwnNameRules

_SHORTEST_NAME: Final = 3
_LARGEST_SLIP: Final = 2
_LONGEST_COMPARED: Final = 60
_MOST_NEAREST: Final = 3
_SHORTEST_PLACE: Final = 2


class ListedNames:
    """The names by which the units of a list are called.

    Args:
        bodies: the listed units and former names.
        rules: how full names are shortened.
    """

    def __init__(self, bodies: Bodies, rules: OwnNameRules) -> None:
        self._bodies = bodies
        self._rules = rules

    def in_text(self, text: str) -> Iterator[Unit]:
        """The units whose names a short text holds; of names within one another the longest."""
        words = squeeze(text).text.replace(" ", "")
        start = 0
        while start < len(words):
            end = min(len(words), start + self._longest)
            while end - start >= _SHORTEST_NAME and words[start:end] not in self._names:
                end -= 1
            if end - start < _SHORTEST_NAME:
                start += 1
                continue
            if not self._is_of_another_place(words, start):
                yield from self._names[words[start:end]]
            start = end

    def nearest(self, agency: str | None) -> tuple[str, ...]:
        """Names of the units that a name may be meant for: by a usual short name, or by a slip or two.

        A name that differs in its place by more than one character is that of a body elsewhere.
        """
        if not agency:
            return ()
        short = dict.fromkeys(unit.name for unit in self.in_text(agency))
        if short:
            return tuple(short)[:_MOST_NEAREST]
        key = label_key(agency)[:_LONGEST_COMPARED]
        place = self._place(key)
        distances: dict[str, int] = {}
        for unit in self._bodies.units:
            for name in map(label_key, (unit.name, *unit.aliases)):
                distance = distance_within(key, name, min(_LARGEST_SLIP, len(key) // 3))
                if distance is not None and (distance == 1 or self._place(name) == place):
                    distances[unit.name] = min(distance, distances.get(unit.name, distance))
        least = min(distances.values(), default=0)
        return tuple(name for name, distance in distances.items() if distance == least)[:_MOST_NEAREST]

    def _place(self, name: str) -> str:
        """The first place in a name, empty if it has none: 云溪县 of 云溪县财政局."""
        ends = (
            number
            for number, sign in enumerate(name, 1)
            if number > _SHORTEST_PLACE and sign in self._rules.places
        )
        return name[: next(ends, 0)]

    def _is_of_another_place(self, words: str, start: int) -> bool:
        """Whether what stands before a name makes it that of a body elsewhere: 海州市财政局, 海县财政局."""
        before = words[start - 1 : start]
        if not before:
            return False
        return before in self._rules.places or (words[start] in self._rules.places and is_han(before))

    @cached_property
    def _names(self) -> dict[str, tuple[Unit, ...]]:
        """The units by all their names, full and short."""
        names: dict[str, dict[str, Unit]] = {}
        for unit in self._bodies.units:
            for full in (unit.name, *unit.aliases, *self._former_names(unit)):
                for name in (squeeze(full).text, *self._rules.of(full).names):
                    said_of_itself = any(word in name for word in self._rules.selves if word not in full)
                    if len(name) >= _SHORTEST_NAME and not said_of_itself:
                        names.setdefault(name, {})[unit.name] = unit
        return {name: tuple(units.values()) for name, units in names.items()}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    def _former_names(self, unit: Unit) -> Iterator[str]:
        key = label_key(unit.name)
        return (one.old for one in self._bodies.renames if label_key(one.new) == key)
