"""A season on a terminal, in a few lines: how many units are in which state, then who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from checker.model.findings import Finding, Severity, Verdict
from checker.model.season import Season, State, UnitStanding
from checker.office.words import STATE_WORDS, is_late
from checker.startup.records import dataclass
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.text_cells import cut, harmless
from checker.writers.terminal.lines import EMPTY_LINE, Line, TextStyle, plain_line, rendered, wrapped

_LEAST_WIDTH: Final = 60
_HANG: Final = 4
_SET_FINDINGS: Final = 4
"""Lines for findings about the set."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Those of whom one thing is to be told.

    Attributes:
        title: what it is.
        entries: who, in the order in which they matter.
        measure: the word to count them with.
        lines: so many lines it may take.
        style: that of the title.
    """

    title: str
    entries: Sequence[str]
    lines: int
    measure: str = "家"
    style: TextStyle = TextStyle.WARNING


def summary_lines(season: Season, folder: Path, options: WritingOptions) -> Iterator[str]:
    """The season for a person; thirty lines at most where a line has a hundred cells.

    Args:
        season: the season.
        folder: where the results are.
        options: width and colour.
    """
    cells = max(options.width, _LEAST_WIDTH)
    for line in (*_head(season, cells), *_groups(season, cells), *_foot(season, folder, cells)):
        yield rendered(line, colour=options.colour)


def _head(season: Season, cells: int) -> Iterator[Line]:
    title = f"{season.year} 年度 第 {season.round} 轮，截至 {season.as_of.isoformat()}，清单 {len(season.units)} 家"
    yield from wrapped([(title, TextStyle.STRONG)], cells)
    counts = [(state, season.count(state)) for state in STATE_WORDS if season.count(state)]
    text = "  ".join(f"{STATE_WORDS[state]} {count}" for state, count in counts)
    yield from wrapped([(text, TextStyle.PLAIN)], cells)
    if season.round > 1:
        changed = season.since_last_round
        words = [
            ("已改", changed.mended),
            ("仍在", changed.remaining),
            ("新增", changed.new),
            ("未再报", changed.not_resubmitted),
            ("读不出", changed.unreadable),
        ]
        text = "比上一轮（错误和警告）：" + "，".join(f"{word} {count} 处" for word, count in words)
        yield from wrapped([(text, TextStyle.PLAIN)], cells)


def _groups(season: Season, cells: int) -> Iterator[Line]:
    for group in _all_groups(season):
        if group.entries:
            yield from _listed(group, cells)
    yield from _set_findings(season, cells)


def _all_groups(season: Season) -> Iterator[_Group]:
    overdue = sorted(season.in_state(State.OVERDUE), key=lambda one: -(one.days_late or 0))
    yield _Group(STATE_WORDS[State.OVERDUE], _overdue(overdue), 4, style=TextStyle.ERROR)
    for state in (State.UNREADABLE, State.WRONG_DOCUMENT, State.UNDECIDED):
        entries = [f"{one.unit.name}（{one.why}）" for one in season.in_state(state)]
        yield _Group(STATE_WORDS[state], entries, 2, style=TextStyle.ERROR)
    to_mend = sorted(season.in_state(State.TO_MEND), key=lambda one: -one.errors)
    entries = [f"{one.unit.name} {one.errors} 处错误" for one in to_mend]
    yield _Group(STATE_WORDS[State.TO_MEND], entries, 3)
    late = sorted(filter(is_late, season.units), key=lambda one: -(one.days_late or 0))
    yield _Group("迟报", [f"{one.unit.name} 晚 {one.days_late} 天" for one in late], 2)
    strange = [_stranger_words(one.agency, one.path, one.nearest) for one in season.unmatched]
    yield _Group("对不上清单", strange, 2, "份")
    yield _Group("别的类别", [one.path for one in season.other_kind], 1, "份", TextStyle.PLAIN)


def _set_findings(season: Season, cells: int) -> Iterator[Line]:
    """The findings about the set, the worst first, a line each; what could not be judged, or not in full."""
    found = sorted(
        (one for one in season.findings if one.severity is not Severity.INFO),
        key=lambda one: one.severity.rank,
    )
    yield from _found(found, cells)
    unjudged = [one.rule for one in season.outcomes if one.verdict is Verdict.NOT_CHECKED]
    if unjudged:
        text = f"没有判断、或只核对了下限 {len(unjudged)} 条规则：{'、'.join(unjudged)}"
        yield plain_line(cut(text, cells), TextStyle.QUIET)


def _found(found: Sequence[Finding], cells: int) -> Iterator[Line]:
    if not found:
        return
    yield plain_line(f"几份放在一起看 {len(found)} 处", TextStyle.WARNING)
    shown = found if len(found) <= _SET_FINDINGS else found[: _SET_FINDINGS - 1]
    for one in shown:
        yield plain_line(" " * _HANG + cut(harmless(f"{one.rule} {one.message}"), cells - _HANG))
    if len(shown) < len(found):
        yield plain_line(" " * _HANG + f"……另有 {len(found) - len(shown)} 处", TextStyle.QUIET)


def _overdue(units: Sequence[UnitStanding]) -> list[str]:
    """Who is overdue; the days are said once for all that have the same."""
    entries: list[str] = []
    for number, one in enumerate(units):
        last = number + 1 == len(units) or units[number + 1].days_late != one.days_late
        notes = ["登记收到过，没有文件"] if one.registered else []
        notes += [f"逾期 {one.days_late} 天"] if last else []
        entries.append(f"{one.unit.name}（{'，'.join(notes)}）" if notes else one.unit.name)
    return entries


def _stranger_words(agency: str | None, path: str, nearest: Sequence[str]) -> str:
    who = f"{agency}（{path}" if agency else f"{path}（认不出单位"
    return who + (f"，可能是{'或'.join(nearest)}，请在别名里确认）" if nearest else "）")


def _listed(group: _Group, cells: int) -> Iterator[Line]:
    """A group in as many lines as it may take; what has no room is counted."""
    lead = ((f"{group.title} {len(group.entries)} {group.measure}  ", group.style),)
    shown = len(group.entries)
    while True:
        rest = len(group.entries) - shown
        text = "、".join(map(harmless, group.entries[:shown])) + (
            f"……另有 {rest} {group.measure}" if rest else ""
        )
        lines = list(wrapped([(text, TextStyle.PLAIN)], cells, lead=lead, hang=_HANG))
        if len(lines) <= group.lines or shown <= 1:
            yield from islice(lines, group.lines)
            return
        shown = max(1, min(shown - 1, shown * group.lines // len(lines)))


def _foot(season: Season, folder: Path, cells: int) -> Iterator[Line]:
    if season.unclaimed:
        text = f"另有 {len(season.unclaimed)} 个文件不是年度报告，也看不出是谁的。"
        yield plain_line(text, TextStyle.QUIET)
    yield EMPTY_LINE
    yield from wrapped([(f"结果写在“{folder.as_posix()}”里。", TextStyle.QUIET)], cells)
