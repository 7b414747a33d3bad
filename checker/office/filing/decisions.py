"""What the office has decided, read back from its workbook: 处理意见, 采用版本, 别名.

Any sheet counts whose heading has 单位 with 采用版本 or 别名, or 指纹 with 处理意见. An empty cell says nothing; a cell
with 取消 takes a decision back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from checker.model.bodies import Bodies
from checker.model.errors import Fault, UsageError
from checker.office.filing.filed import Filed
from checker.office.filing.standings import is_version
from checker.office.ledger.store import ALIASES, OPINION, VERSION, LedgerSeason
from checker.settings.sheets import SheetRow, refuse, sheets
from checker.startup.records import dataclass, field, replace

_WHAT: Final = "台账"
_COLUMNS: Final = {
    "单位": "unit", "单位名称": "unit", "采用版本": "version", "别名": "aliases",
    "指纹": "fingerprint", "处理意见": "opinion",
}  # fmt: skip
_TAKEN_BACK: Final = "取消"
_LONGEST: Final = 2000
_SEPARATORS: Final = "，,；;\n"


@dataclass(frozen=True)
class Decisions:
    """What the office has decided; a text that is `取消` takes back what was decided before.

    Attributes:
        versions: which version counts, by name of the unit as written.
        aliases: other names, separated by 、, by name of the unit as written.
        opinions: what was written of findings, by fingerprint.
        places: where each unit stands in the workbook.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    opinions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Fault] = field(default_factory=dict)


def load_decisions(path: Path) -> Decisions:
    """Read what the office has decided.

    Raises:
        UsageError: the workbook cannot be read, or has none of the columns.
    """
    versions: dict[str, str] = {}
    aliases: dict[str, str] = {}
    opinions: dict[str, str] = {}
    places: dict[str, Fault] = {}
    found = False
    for known, rows in sheets(path, _WHAT, _COLUMNS):
        of_units = "unit" in known and not known.isdisjoint(("version", "aliases"))
        of_findings = {"fingerprint", "opinion"} <= known
        found = found or of_units or of_findings
        for row in rows if of_units or of_findings else ():
            _read(row, "version", "unit", versions)
            _read(row, "aliases", "unit", aliases)
            _read(row, "opinion", "fingerprint", opinions)
            if of_units and "unit" in row.known:
                places.setdefault(row.known["unit"], Fault(path.as_posix(), row.line, 1, ""))
    if not found:
        raise UsageError(f"{_WHAT}“{path}”里没有“采用版本”“别名”或“处理意见”的列，没有可以读回的决定。")
    return Decisions(versions, aliases, opinions, places)


def _read(row: SheetRow, what: str, about: str, into: dict[str, str]) -> None:
    if row.known.get(what) and row.known.get(about):
        into[row.known[about]] = row.known[what][:_LONGEST]


def with_aliases(bodies: Bodies, aliases: Mapping[str, str]) -> Bodies:
    """The list with more names of its units.

    Args:
        bodies: the list.
        aliases: names by unit, separated by 、 and the like.
    """
    if not aliases:
        return bodies
    units = tuple(
        replace(unit, aliases=tuple(dict.fromkeys((*unit.aliases, *_names(aliases.get(unit.name, ""))))))
        for unit in bodies.units
    )
    return replace(bodies, units=units)


def _names(text: str) -> Iterator[str]:
    for separator in _SEPARATORS:
        text = text.replace(separator, "、")
    return (name.strip() for name in text.split("、") if name.strip() and name.strip() != _TAKEN_BACK)


def keep_decisions(pages: LedgerSeason, decisions: Decisions, bodies: Bodies, files: Sequence[Filed]) -> None:
    """Put decisions into the ledger.

    Args:
        pages: the season's pages of the ledger.
        decisions: what was decided.
        bodies: the list.
        files: everything that has come in.

    Raises:
        UsageError: a unit is not in the list, or no file is the version that it names.
    """
    refuse(_WHAT, list(_faults(decisions, bodies, files)))
    for sort, texts in (
        (VERSION, decisions.versions),
        (ALIASES, decisions.aliases),
        (OPINION, decisions.opinions),
    ):
        for about, text in texts.items():
            unit = None if sort == OPINION else bodies.unit(about)
            pages.decide(sort, unit.name if unit else about, None if text == _TAKEN_BACK else text)


def _faults(decisions: Decisions, bodies: Bodies, files: Iterable[Filed]) -> Iterator[Fault]:
    everything = list(files)
    for name in {**decisions.versions, **decisions.aliases}:
        place = decisions.places[name]
        if bodies.unit(name) is None:
            yield replace(place, text=f"“{name}”不在单位清单里")
    for name, version in decisions.versions.items():
        if version != _TAKEN_BACK and not any(is_version(version, one) for one in everything):
            yield replace(
                decisions.places[name],
                text=f"“{name}”采用版本“{version}”对不上收到的任何一份，请写路径、文件名或文件摘要的开头",
            )
