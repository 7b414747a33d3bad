"""Of several files of one unit and year: which are the same report, and which version counts.

The version that the office has named counts, else that of a later round, else that with a later signature. Where
nothing decides, none counts, and the figures of the unit are not judged in any sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from checker.model.numerals import CellState
from checker.model.report import Report
from checker.model.season import Role
from checker.model.text import label_key
from checker.office.filing.filed import Filed
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_NUMBER: Final = compile_later(r"[0-9]+")
_LAST_CHOICES: Final = ("pdf", "ofd")
"""Formats that nobody goes on writing in: of the same report in two formats the other one counts."""
_PIECE: Final = 6
_ALIKE: Final = 0.99
"""Readers of pages break lines and lose signs; so much of two texts in different formats has to be the same."""

Roles = dict[int, tuple[Role, str]]
"""Role and reason by position among the files."""


@dataclass(frozen=True)
class _ReportContent:
    """What a report says, whatever it is written in."""

    figures: Mapping[tuple[str, str, str], object]
    words: str
    signed_on: object
    fields: tuple[tuple[str, str], ...]

    def same(self, other: _ReportContent, *, formats_differ: bool) -> bool:
        """Whether two files are the same report."""
        if self.figures != other.figures or self.signed_on != other.signed_on:
            return False
        if self.words == other.words and (formats_differ or self.fields == other.fields):
            return True
        if not formats_differ or _NUMBER.findall(self.words) != _NUMBER.findall(other.words):
            return False
        mine, others = _pieces(self.words), _pieces(other.words)
        return (mine & others).total() >= _ALIKE * max(mine.total(), others.total())


def _pieces(words: str) -> Counter[str]:
    return Counter(words[start : start + _PIECE] for start in range(max(1, len(words) - _PIECE + 1)))


def _content(report: Report) -> _ReportContent:
    figures: dict[tuple[str, str, str], object] = {}
    for key, table in report.tables.items():
        for (row, column), cell in table.cells.items():
            unknown = cell.state in (CellState.MISSING, CellState.UNREADABLE)
            figures[key, row, column] = cell.state if unknown else cell.value
    texts = (text.paragraph.text for section in report.sections if section.number for text in section.texts)
    signed = report.field("signed_on")
    fields = tuple((name, str(one.value)) for name, found in report.fields.items() for one in found)
    return _ReportContent(figures, label_key("".join(texts)), signed.value if signed else None, fields)


def roles_of_versions(
    files: Sequence[Filed],
    report_of: Callable[[Filed], Report | None],
    chosen: Callable[[Filed], bool] | None,
) -> Roles:
    """The roles of readable reports of one unit about one year.

    Args:
        files: in the order in which they came, no two with the same bytes.
        report_of: the report that a file holds.
        chosen: whether a file is the version that the office has named; None if it has named none.
    """
    if not files:
        return {}
    if len(files) == 1:
        return {0: (Role.IN_FORCE, "只有这一份")}
    same_as = _same_reports(files, report_of, chosen)
    roles: Roles = {
        number: (
            Role.OTHER_FORMAT if files[number].format != files[first].format else Role.DUPLICATE,
            f"与“{files[first].path}”内容相同",
        )
        for number, first in same_as.items()
    }
    versions = [number for number in range(len(files)) if number not in same_as]
    roles.update(_roles(files, versions, chosen))
    return roles


def _same_reports(
    files: Sequence[Filed],
    report_of: Callable[[Filed], Report | None],
    chosen: Callable[[Filed], bool] | None,
) -> dict[int, int]:
    """Files that are the same report as another one, each with that one."""

    @cache
    def content(number: int) -> _ReportContent | None:
        report = report_of(files[number])
        return _content(report) if report else None

    def rank(number: int) -> tuple[bool, int, bool, int]:
        one = files[number]
        return not (chosen and chosen(one)), one.round, one.format in _LAST_CHOICES, number

    same: dict[int, int] = {}
    firsts: list[int] = []
    for number in sorted(range(len(files)), key=rank):
        mine = content(number)
        for first in firsts:
            other = content(first)
            formats_differ = files[number].format != files[first].format
            if mine and other and mine.same(other, formats_differ=formats_differ):
                same[number] = first
                break
        else:
            firsts.append(number)
    return same


def _roles(files: Sequence[Filed], versions: Sequence[int], chosen: Callable[[Filed], bool] | None) -> Roles:
    """Roles of files that say different things."""
    named = [number for number in versions if chosen and chosen(files[number])]
    if named:
        return _one_counts(files, versions, named[0], "台账里指定采用这一份")
    if len(versions) == 1:
        return {versions[0]: (Role.IN_FORCE, "几份内容相同，采用这一份")}
    last_round = max(files[number].round for number in versions)
    latest = [number for number in versions if files[number].round == last_round]
    if len(latest) == 1:
        return _one_counts(files, versions, latest[0], f"第 {last_round} 轮交来，最新")
    days = [files[number].signed_on for number in latest]
    known = [day for day in days if day is not None]
    last_day = max(known, default=None)
    last = [number for number in latest if files[number].signed_on == last_day]
    if last_day is not None and len(known) == len(days):
        if len(last) == 1:
            return _one_counts(files, versions, last[0], f"落款 {last_day.isoformat()} 最晚")
        latest = last
    why = f"与另外 {len(latest) - 1} 份内容不同，看不出哪一份在后，请在台账“采用版本”里写明"
    roles: Roles = dict.fromkeys(versions, (Role.SUPERSEDED, "之后又交了新的"))
    roles.update((number, (Role.UNDECIDED, why)) for number in latest)
    return roles


def _one_counts(files: Sequence[Filed], versions: Sequence[int], one: int, why: str) -> Roles:
    roles: Roles = {}
    for number in versions:
        newer = files[number].round > files[one].round
        words = "台账指定采用另一份，虽然这一份更新" if newer else f"已由“{files[one].path}”取代"
        roles[number] = (Role.SUPERSEDED, words)
    roles[one] = (Role.IN_FORCE, why)
    return roles
