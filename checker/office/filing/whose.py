"""Which file is whose.

A listed name inside decides: that of the report, of its signature, of the letterhead. Without one the folder or the
file name decides, if it holds the full or short name of exactly one unit, for files that cannot be read, letters,
reports without a name, and reports of bodies that are not in the list. Everything else is a guess, which is told and
never acted upon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.model.bodies import Bodies, Unit
from checker.model.findings import ReportResult
from checker.model.text import squeeze
from checker.startup.records import dataclass
from checker.understand.listed_names import ListedNames
from checker.understand.own_names import OwnNameRules

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
        self._names = ListedNames(bodies, rules)

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

    def nearest(self, agency: str | None) -> tuple[str, ...]:
        """Names of the units that a name may be meant for."""
        return self._names.nearest(agency)

    def _by_path(self, path: str) -> Owner:
        """What the names of the file and of its folders say, if all that they name is one unit.

        A folder of a body above may hold those of the bodies below it.
        """
        found: dict[str, tuple[Unit, str]] = {}
        for part in path.replace(_MEMBER, "/").split("/"):
            for unit in self._names.in_text(part):
                found[unit.name] = (unit, part)
        above = {unit.parent for unit, _ in found.values()}
        left = [one for name, one in found.items() if name not in above]
        if len(left) != 1:
            why = f"文件夹或文件名里有{'、'.join(found)}" if found else "文件夹和文件名里没有单位"
            return Owner(None, inside=False, why=why)
        unit, part = left[0]
        return Owner(unit, inside=False, why=f"“{part}”里有{unit.name}的名称")


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
