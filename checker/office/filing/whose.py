"""Which file is whose.

A listed name inside decides: that of the report, of its signature, of the letterhead. Without one the folder or the
file name decides, if it holds the full or short name of exactly one unit, for files that cannot be read, letters,
reports without a name, and reports of bodies that are not in the list. Everything else is a guess, which is told and
never acted upon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from checker.model.bodies import Bodies, Unit
from checker.model.findings import ReportResult
from checker.model.text import is_han, label_key, squeeze
from checker.startup.records import dataclass
from checker.understand.labels import distance_within
from checker.understand.own_names import OwnNameRules

_SHORTEST_NAME: Final = 3
_SELF: Final = ("我", "本")
"""How a body speaks of itself; in the name of a folder that means nobody."""
_LARGEST_SLIP: Final = 2
_MOST_NEAREST: Final = 3
_ADDRESSEE: Final = ("：", ":")
_ABOUT: Final = "关于"
_MEMBER: Final = "!"
_MOST_IN_LETTER: Final = 2
"""Units that a letter may name on lines of their own: who writes and who is written to. More are a list of units."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is.

    Attributes:
        unit: the listed unit, None if no unit is decided upon.
        inside: whether the file itself names the unit; else its folder or file name does.
        why: Chinese clause on the evidence.
    """

    unit: Unit | None
    inside: bool
    why: str


class Owners:
    """Finds out whose files are.

    Args:
        bodies: the listed units and former names.
        rules: how full names are shortened.
    """

    def __init__(self, bodies: Bodies, rules: OwnNameRules) -> None:
        self._bodies = bodies
        self._rules = rules

    def of(self, result: ReportResult, path: str) -> Owner:
        """Whose a file is.

        Args:
            result: the file as checked.
            path: its path below the folder that was given, `/` between folders; a package counts as a folder.
        """
        found = [
            (unit, name, what)
            for name, what in _names_inside(result)
            if (unit := self._bodies.unit(name, _year(result))) is not None
        ]
        if not found or (result.report is None and len({unit.name for unit, *_ in found}) > _MOST_IN_LETTER):
            return self._by_path(path)
        unit, name, what = found[0]
        words = f"{what}“{name}”" + (f"，即{unit.name}" if name != unit.name else "")
        return Owner(unit, inside=True, why=words)

    def _by_path(self, path: str) -> Owner:
        """What the names of the file and of its folders say, if all that they name is one unit.

        A folder of a body above may hold those of the bodies below it.
        """
        found: dict[str, tuple[Unit, str]] = {}
        for part in path.replace(_MEMBER, "/").split("/"):
            for unit in self._named_in(part):
                found[unit.name] = (unit, part)
        above = {unit.parent for unit, _ in found.values()}
        left = [one for name, one in found.items() if name not in above]
        if len(left) != 1:
            why = f"文件夹或文件名里有{'、'.join(found)}" if found else "文件夹和文件名里没有单位"
            return Owner(None, inside=False, why=why)
        unit, part = left[0]
        return Owner(unit, inside=False, why=f"“{part}”里有{unit.name}的名称")

    def _named_in(self, text: str) -> Iterator[Unit]:
        """The units whose names a folder or file name holds; of names within one another the longest."""
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
                    if len(name) >= _SHORTEST_NAME and not any(
                        word in name for word in _SELF if word not in full
                    ):
                        names.setdefault(name, {})[unit.name] = unit
        return {name: tuple(units.values()) for name, units in names.items()}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    def _former_names(self, unit: Unit) -> Iterator[str]:
        key = label_key(unit.name)
        return (one.old for one in self._bodies.renames if label_key(one.new) == key)

    def nearest(self, agency: str | None) -> tuple[str, ...]:
        """Names of the units that a name may be meant for: by a usual short name, or by a slip or two."""
        if not agency:
            return ()
        short = dict.fromkeys(unit.name for unit in self._named_in(agency))
        if short:
            return tuple(short)[:_MOST_NEAREST]
        key = label_key(agency)
        distances: dict[str, int] = {}
        for unit in self._bodies.units:
            for name in (unit.name, *unit.aliases):
                distance = distance_within(key, label_key(name), min(_LARGEST_SLIP, len(key) // 3))
                if distance is not None:
                    distances[unit.name] = min(distance, distances.get(unit.name, distance))
        least = min(distances.values(), default=0)
        return tuple(name for name, distance in distances.items() if distance == least)[:_MOST_NEAREST]


def _names_inside(result: ReportResult) -> Iterator[tuple[str, str]]:
    """The names that a file bears, each with where it stands, in the order in which they count."""
    report = result.report
    if report is None:
        yield from ((name, "署名是") for name in _signed_by(result.lines))
        return
    if report.identity.agency:
        yield report.identity.agency, "报告写的是"
    for field in report.fields.get("signature", ()):
        if isinstance(field.value, str):
            yield field.value, "落款是"


def _signed_by(lines: Iterable[str]) -> Iterator[str]:
    """Who may have sent a letter: its signature, then its letterhead; whom it is addressed to does not count."""
    for line in reversed(tuple(lines)):
        words = squeeze(line).text
        if not words.endswith(_ADDRESSEE):
            yield words.partition(_ABOUT)[0] or words


def _year(result: ReportResult) -> int | None:
    return result.report.identity.year if result.report else None
