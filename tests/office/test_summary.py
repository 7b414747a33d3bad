"""A season of two hundred units in thirty lines: the counts first, then who."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.api import load_rulebook
from checker.model.bodies import Unit
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.model.season import (
    Counts,
    Receipt,
    ReceiptBasis,
    RoundChange,
    Season,
    State,
    Stranger,
    UnitStanding,
)
from checker.office.summary import summary_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.text_cells import width

STATES = list(State)
ON = Receipt(date(2025, 2, 20), ReceiptBasis.REGISTER)


def standing(number, state):
    return UnitStanding(
        Unit(f"云溪县第{number}号镇人民政府"),
        state,
        "PDF 的页面是图片或图形，没有文字可查",
        date(2025, 1, 31),
        ON if state in (State.PASSED, State.TO_MEND) else None,
        {State.OVERDUE: 38 + number % 3, State.NOT_DUE: 0, State.PASSED: 20}.get(state),
        counts=Counts(number % 5 + 1),
        since_last_round=RoundChange(1, 2, 3, 4, 5),
    )


def season(states, round_number=2):
    findings = tuple(
        Finding(f"SET-{number:02}", "", Severity.WARNING, "两家雷同" * 20, "", Place())
        for number in range(1, 15)
    )
    strangers = tuple(
        Stranger(f"散件/{n}.docx", None, f"甲县第{n}局", 2024, ("云溪县第一局",), n) for n in range(20)
    )
    units = tuple(standing(number, state) for number, state in enumerate(states))
    info = load_rulebook().info
    return Season(
        "annual_report", 2024, round_number, date(2025, 3, 10), units, strangers, (), (), info, findings,
        unclaimed=("函.txt",),
    )  # fmt: skip


def lines(one, columns):
    return [line.rstrip("\n") for line in summary_lines(one, Path("结果"), WritingOptions(columns))]


@pytest.mark.parametrize("states", [STATES * 25, [State.OVERDUE] * 200, [State.TO_MEND] * 200])
@pytest.mark.parametrize("columns", [80, 100, 120])
def test_two_hundred_units_in_thirty_lines(states, columns):
    told = lines(season(states), columns)

    assert len(told) <= (30 if columns >= 100 else 32)
    assert max(map(width, told)) <= columns


def test_the_counts_come_first_then_who_those_with_most_first():
    told = lines(season([State.PASSED, State.OVERDUE, State.OVERDUE, State.OVERDUE, State.TO_MEND]), 120)

    assert told[0] == "2024 年度 第 2 轮，截至 2025-03-10，清单 5 家"
    assert told[1] == "已报合格 1 已报须改 1 未报已逾期 3"
    assert told[2].startswith(
        "比上一轮（错误和警告）：已改 5 处，仍在 10 处，新增 15 处，未再报 20 处，读不出 25 处"
    )
    assert told[3].startswith("未报已逾期 3 家  云溪县第2号镇人民政府（逾期 40 天）、云溪县第1号")
    assert "云溪县第4号镇人民政府 5 处错误" in "".join(told)


def test_what_has_no_room_is_counted():
    text = "".join(line.strip() for line in lines(season([State.OVERDUE] * 200), 100))

    assert "……另有 " in text
    assert "未报已逾期 200 家" in text


def test_a_first_round_has_nothing_to_compare_with():
    assert "比上一轮" not in "".join(lines(season([State.PASSED], 1), 100))


def test_names_from_files_cannot_write_on_the_terminal():
    one = season([State.PASSED])
    bad = Stranger("散件/\x1b[2J.docx", None, "甲\u202e局", 2024, (), 0)
    shown = "".join(lines(Season(**{**vars(one), "unmatched": (bad,)}), 100))

    assert "\x1b" not in shown
    assert "\u202e" not in shown
