"""The sheet 总览: how the season stands, on one page."""

from __future__ import annotations

from typing import Final

from checker.model.season import Season
from checker.office.words import STATE_WORDS, chinese_day, is_late
from checker.office.workbook import units
from checker.office.workbook.book import Book, Column, Formula
from checker.office.workbook.figures import column_letters

NAME: Final = "总览"
_HINTS: Final = (
    "黄色的格由你们填写：“单位”里的采用版本（照抄待定的文件里的一个）和别名，“问题”里的处理意见。",
    "填好后存盘，下次运行加 --decisions 台账.xlsx，就记进台账，以后每一轮都在。",
    "“汇总核对”“统计与排名”和本页的数是公式，改了“各单位表”“单位”会跟着变。",
)


def write(season: Season, book: Book) -> None:
    """Write the sheet, in front of all others."""
    sheet = book.sheet(NAME)
    sheet.worksheet.set_portrait()
    sheet.columns((Column("状态", 22), Column("家数", 8), Column("单位", 66)))
    sheet.row([f"{season.year} 年度报告收集情况"], "title")
    sheet.row([f"第 {season.round} 轮，截至 {chinese_day(season.as_of)}"], "text")
    sheet.row([])
    sheet.row(["状态", "家数", "单位"], "head")
    column = column_letters(units.number_of("状态"))
    area = f"'{units.NAME}'!${column}$2:${column}${len(season.units) + 1}"
    first = sheet.next_row + 1
    for state, word in STATE_WORDS.items():
        members = season.in_state(state)
        count = Formula(f"=COUNTIF({area},A{sheet.next_row + 1})", len(members))
        sheet.row([word, count, _names([one.unit.name for one in members])], ("text", "number", "wrap"))
    sheet.row(["合计", Formula(f"=SUM(B{first}:B{sheet.next_row})", len(season.units))], ("label", "number"))
    late = [one.unit.name for one in season.units if is_late(one)]
    sheet.row(["其中迟报", len(late), _names(late)], ("text", "number", "wrap"))
    unmatched = [one.agency or one.path for one in season.unmatched]
    sheet.row(["对不上清单的报告", len(unmatched), _names(unmatched)], ("text", "number", "wrap"))
    sheet.row(
        ["别的类别的报告", len(season.other_kind), _names([one.path for one in season.other_kind])],
        ("text", "number", "wrap"),
    )
    sheet.row([])
    progress = season.since_last_round
    for label, value in (
        ("错误（迟报不算）", sum(one.errors for one in season.units)),
        ("警告", sum(one.counts.warning for one in season.units)),
        ("几份放在一起看的问题", len(season.findings)),
        ("上一轮以来已改", progress.mended),
        ("仍在", progress.remaining),
        ("新增", progress.new),
        ("未再报", progress.not_resubmitted),
        ("读不出", progress.unreadable),
    ):
        sheet.row([label, value], ("text", "number"))
    sheet.row([])
    for hint in _HINTS:
        sheet.row([hint])
    sheet.row(
        [f"规则集 “{season.rulebook.title}”，摘要 {season.rulebook.digest}；程序版本 {season.tool_version}"],
        "text",
    )


def _names(names: list[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return f"{shown}等" if len(names) > _LISTED else shown


_LISTED: Final = 12
