"""The register of what came in when: 单位, 收到日期, 文件."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from checker.model.bodies import Bodies
from checker.model.errors import Fault
from checker.settings.sheets import day_in, refuse, sheet_rows
from checker.startup.records import dataclass

_WHAT: Final = "登记表"
_COLUMNS: Final = {
    "单位": "unit", "单位名称": "unit", "报送单位": "unit", "unit": "unit",
    "收到日期": "day", "收到时间": "day", "收件日期": "day", "日期": "day", "received": "day",
    "文件": "file", "文件名": "file", "文件名称": "file", "file": "file",
}  # fmt: skip
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line of the register.

    Attributes:
        unit: name of the listed unit.
        day: when it came in.
        file: name of the file, empty if the register does not say.
    """

    unit: str
    day: date
    file: str = ""


def load_register(path: Path, bodies: Bodies, notice: Callable[[str], None]) -> tuple[RegisterEntry, ...]:
    """Read a register, CSV or a workbook; several lines a unit are usual.

    Args:
        path: the file.
        bodies: the listed units, by whose names and aliases lines are known.
        notice: called with a Chinese sentence on lines about bodies that are not in the list.

    Raises:
        UsageError: it cannot be read, or has faults; all of them are listed, with their row.
    """
    faults: list[Fault] = []
    unknown: dict[str, None] = {}
    entries = tuple(_entries(path, bodies, faults, unknown))
    refuse(_WHAT, faults)
    if unknown:
        shown = "、".join([*unknown][:_MOST_NAMED]) + ("等" if len(unknown) > _MOST_NAMED else "")
        notice(f"登记表里有 {len(unknown)} 个单位不在单位清单里，没有用：{shown}。")
    return entries


def _entries(
    path: Path, bodies: Bodies, faults: list[Fault], unknown: dict[str, None]
) -> Iterator[RegisterEntry]:
    for row in sheet_rows(path, _WHAT, _COLUMNS, ("unit", "day"), "单位、收到日期、文件"):
        place = path.as_posix()
        name, day = row.known.get("unit", ""), row.known.get("day", "")
        if not name and not day:
            continue
        unit, on = bodies.unit(name), day_in(day)
        if unit is None:
            unknown[name or "（没有写单位）"] = None
        if on is None and day:
            faults.append(Fault(place, row.line, 1, f"看不懂收到日期“{day}”，应写成 2025-01-31 这样"))
        if unit is not None and on is not None:
            yield RegisterEntry(unit.name, on, row.known.get("file", ""))


def names_file(entry: RegisterEntry, path: str) -> bool:
    """Whether a line of the register is about a file, given its path."""
    wanted = entry.file.replace("\\", "/").strip("/")
    whole = path.replace("!", "/").partition("#")[0]
    return bool(wanted) and (whole == wanted or whole.endswith(f"/{wanted}") or f"/{wanted}/" in f"/{whole}")


def first_receipt(entries: Sequence[RegisterEntry], paths: Sequence[str]) -> date | None:
    """The earliest day that the register has for any of some files of one unit, or for none in particular.

    Args:
        entries: the lines of the unit.
        paths: its readable reports.
    """
    days = [one.day for one in entries if not one.file or any(names_file(one, path) for path in paths)]
    return min(days, default=None)
