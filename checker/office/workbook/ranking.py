"""The sheet 统计与排名: rates with their denominators, and ranks where there is enough to compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from checker.model.findings import ReportResult, Verdict
from checker.model.season import Season, State, UnitStanding
from checker.office.words import STATE_WORDS
from checker.office.workbook import units
from checker.office.workbook.book import Book, Column, Formula, WorkbookSheet
from checker.office.workbook.figures import column_letters
from checker.startup.records import dataclass

NAME: Final = "统计与排名"
FEWEST_JUDGED_RULES: Final = 30
"""A report of which fewer rules could be judged has no rank: little was looked at."""
FEWEST_RANKED_UNITS: Final = 10
"""Among fewer units nobody has a rank: chance would decide."""
_REPORTED: Final = (State.PASSED, State.TO_MEND, State.UNDECIDED)
_OWING: Final = tuple(state for state in State if state not in (State.EXEMPT, State.NOT_DUE))
_RATES: Final = (
    Column("机关类别", 26),
    Column("应报", 9, "number"),
    Column("已报", 9, "number"),
    Column("按期", 9, "number"),
    Column("按期率", 9, "percent"),
    Column("合格", 11, "number"),
    Column("合格率", 14, "percent"),
    Column("一次合格", 9, "number"),
    Column("一次合格率", 10, "percent"),
    Column("上轮问题", 9, "number"),
    Column("已改", 9, "number"),
    Column("整改率", 9, "percent"),
)
_COUNT_LETTERS: Final = "BCDFHJK"
"""Columns that hold counts; those between hold rates."""
_NOTE: Final = (
    "应报是清单上除撤并免报、未报未到期以外的；已报是有读得出的本年度报告的。按期率、合格率、一次合格率以应报为分母，"
    "整改率以上一轮的错误和警告为分母。"
)
_RANKS: Final = ("单位", "名次", "错误", "警告", "已判规则", "提示", "每百条规则的错误", "不排名的原因")
_RANK_NOTE: Final = (
    f"名次按每百条已判规则里的错误数（迟报不算，看按期率），相同的并列；判断的规则不足 {FEWEST_JUDGED_RULES} 条的不排，"
    f"可比的不足 {FEWEST_RANKED_UNITS} 家的都不排。"
)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """How a unit did.

    Attributes:
        rules: rules that were judged of its report in force, None if it has none.
    """

    standing: UnitStanding
    rules: int | None

    @property
    def share(self) -> Fraction | None:
        """Errors for a hundred judged rules, None if that says nothing."""
        if self.rules is None or self.rules < FEWEST_JUDGED_RULES:
            return None
        return Fraction(100 * self.standing.errors, self.rules)

    @property
    def reason(self) -> str:
        """Why it has no rank whatever others do, in Chinese; empty if nothing stands against it."""
        if self.rules is None:
            shared = self.standing.state in _REPORTED and not self.standing.submissions
            return self.standing.why if shared else STATE_WORDS[self.standing.state]
        return f"判断的规则不足 {FEWEST_JUDGED_RULES} 条" if self.share is None else ""


def judged_rules(result: ReportResult) -> int:
    """How many rules came to a verdict on a report."""
    return sum(outcome.verdict in (Verdict.PASS, Verdict.FAIL) for outcome in result.outcomes)


def write(season: Season, judged: Sequence[RankedUnit], book: Book) -> None:
    """Write the sheet.

    Args:
        season: the season.
        judged: every unit.
        book: where it goes; it has the sheet of units.
    """
    sheet = book.sheet(NAME)
    sheet.columns(_RATES)
    sheet.row([NAME], "title")
    sheet.row([_NOTE])
    heads = sheet.row([column.heading for column in _RATES], "head")
    levels: dict[str, list[UnitStanding]] = {}
    for standing in season.units:
        levels.setdefault(units.level_word(standing.unit, season.rulebook.vocabulary), []).append(standing)
    for level, members in levels.items():
        row = sheet.next_row + 1
        sheet.row([level, *_with_rates(_counts(members, row, len(season.units)), row)])
    last = sheet.next_row
    totals = [
        Formula(f"=SUM({letter}{heads + 2}:{letter}{last})", one.value)
        for letter, one in zip(_COUNT_LETTERS, _counts(season.units, 0, len(season.units)), strict=True)
    ]
    sheet.row(["合计", *_with_rates(totals, last + 1)], "label")
    sheet.row([])
    _write_ranks(judged, sheet)


def _counts(members: Sequence[UnitStanding], row: int, listed: int) -> list[Formula]:
    """应报, 已报, 按期, 合格, 一次合格, 上轮问题, 已改 of the units of a level, whose name stands in column A."""
    reported = [one for one in members if one.state in _REPORTED]
    passed = [one for one in reported if one.state is State.PASSED]
    progress = [one.since_last_round for one in members]
    earlier = ("已改", "仍在", "未再报")

    def count(states: Sequence[State], **conditions: str) -> str:
        return "+".join(
            f"COUNTIFS({','.join(f'{_cells(heading, listed)},{value}' for heading, value in given.items())})"
            for state in states
            for given in ({"机关类别": f"$A{row}", "状态": f'"{STATE_WORDS[state]}"', **conditions},)
        )

    def total(headings: Sequence[str]) -> str:
        level = _cells("机关类别", listed)
        return "+".join(f"SUMIFS({_cells(heading, listed)},{level},$A{row})" for heading in headings)

    return [
        Formula(f"={count(_OWING)}", sum(one.state in _OWING for one in members)),
        Formula(f"={count(_REPORTED)}", len(reported)),
        Formula(f"={count(_REPORTED, 迟几天='0')}", sum(one.days_late == 0 for one in reported)),
        Formula(f"={count((State.PASSED,))}", len(passed)),
        Formula(f"={count((State.PASSED,), 交过几版='1')}", sum(units.versions(one) == 1 for one in passed)),
        Formula(
            f"={total(earlier)}", sum(one.mended + one.remaining + one.not_resubmitted for one in progress)
        ),
        Formula(f"={total(('已改',))}", sum(one.mended for one in progress)),
    ]


def _with_rates(counts: Sequence[Formula], row: int) -> Iterator[Formula]:
    """The counts with the rates behind those that have one."""
    owing, reported, on_time, passed, at_once, earlier, mended = counts
    yield from (owing, reported)
    for letter, part in (("D", on_time), ("F", passed), ("H", at_once)):
        yield from (part, _rate(f"{letter}{row}", part, f"$B{row}", owing))
    yield from (earlier, mended, _rate(f"K{row}", mended, f"J{row}", earlier))


def _rate(part_cell: str, part: Formula, whole_cell: str, whole: Formula) -> Formula:
    value = int(part.value) / int(whole.value) if whole.value else ""
    return Formula(f'=IF({whole_cell}=0,"",{part_cell}/{whole_cell})', value, "percent")


def _write_ranks(judged: Sequence[RankedUnit], sheet: WorkbookSheet) -> None:
    sheet.row(["名次"], "label")
    sheet.row([_RANK_NOTE])
    sheet.row(_RANKS, "head")
    ranked = sorted((one for one in judged if one.share is not None), key=lambda one: one.share or 0)
    others = [one for one in judged if one.share is None]
    first, enough = sheet.next_row + 1, len(ranked) >= FEWEST_RANKED_UNITS
    shares = [one.share for one in ranked]
    for one in ranked:
        row = sheet.next_row + 1
        everybody = f"$G${first}:$G${first + len(ranked) - 1}"
        place = Formula(f"=RANK(G{row},{everybody},1)", 1 + shares.index(one.share)) if enough else None
        share = Formula(f'=IF(E{row}=0,"",ROUND(100*C{row}/E{row},2))', _rounded(one.share))
        reason = "" if enough else f"可比的不足 {FEWEST_RANKED_UNITS} 家"
        sheet.row([one.standing.unit.name, place, *_figures(one), share, reason])
    for one in others:
        sheet.row([one.standing.unit.name, None, *_figures(one), None, one.reason])


def _figures(one: RankedUnit) -> tuple[int | None, ...]:
    """错误, 警告, 已判规则, 提示; nothing for a unit without a report in force."""
    if one.rules is None:
        return (None,) * 4
    counts = one.standing.counts
    return one.standing.errors, counts.warning, one.rules, counts.info


def _rounded(share: Fraction | None) -> float:
    return round(float(share or 0), 2)


def _cells(heading: str, listed: int) -> str:
    """All units' cells of a column of the sheet of units."""
    letter = column_letters(units.number_of(heading))
    return f"'{units.NAME}'!${letter}$2:${letter}${listed + 1}"
