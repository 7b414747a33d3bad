"""Cells in expressions: last year's, groups added up, and what a default may stand for."""

from __future__ import annotations

import pytest
from judging import rulebook

from checker.judging.judgement import AbsentError, CannotJudge
from checker.judging.language.expression import compile_expression
from checker.judging.language.tokens import ExpressionError
from checker.judging.language.values_read import own_places, values_read
from checker.workbench.sample_subject import sample_subject

PENALTIES = "表二.行政处罚.处理决定"
GIVEN = {
    "cells": {
        "T3[R1, total]": 3, "T3[C1, total]": 2, "T3[C8, total]": 3, "T3[C2, total]": None, "T3[R1, other]": 4,
        "T3[R1, research]": 5, "T2[penalties, decisions]": 40, "T3[R2, total]": "约三", "T3[R4, total]": None, "T3[D1, total]": "多",
    },
    "without": ["T3[E1]"],
    "previous": {"cells": {"T2[penalties, decisions]": 100, "T3[C3, total]": 7, "T3[R1, total]": "多"}},
}  # fmt: skip
OLD_FORM = {"form": "2019", "year": 2020, "previous": {"form": "2019"}}


def evaluated(source, given, trail=None):
    language = rulebook().language
    expression = compile_expression(source, language.items, language.section_count)
    return expression.evaluate(sample_subject(rulebook(), given), {} if trail is None else trail)


TRUE = [
    f"上年.{PENALTIES} = 100", f"{PENALTIES} < 上年.{PENALTIES} / 2", "上年.T2[penalties, decisions] = 100", f"非 {PENALTIES} >= 上年.{PENALTIES} ÷ 2",
    "合计(表三.不予公开.总计) = 5", "合计（表三.不予公开.总计）= 5", "合计(上年.表三.不予公开.总计) = 7", "合计(表三.新收.法人或其他组织) = 9", "合计(表四.行政诉讼.总计) = 0",
    "值(表三.结转下年.总计, 9) = 9", "非 有(表三.结转下年.总计)", "有(表三.新收.总计)", "值(表三.新收.总计, 9) = 3", "值(合计(表三.不予公开.总计), 9) = 5",
    "值(落款日期, 次年1月1日) = 次年1月1日",
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_true(source):
    assert evaluated(source, GIVEN) is True


CANNOT = {
    "an unreadable cell has no other value": (
        "值(表三.上年结转.总计, 0) = 0",
        "“二、上年结转政府信息公开申请数量”行“总计”列读不出数字",
    ),
    "nor has a row that was not found": ("值(表三.信访举报投诉.总计, 0) = 0", "没有找到"),
    "whether an unreadable cell is there": ("有(表三.上年结转.总计)", "读不出数字"),
    "last year's unreadable cell": ("值(上年.表三.新收.总计, 0) = 0", "上一年的“表三.新收.总计”读不出数字"),
    "a group with an unreadable cell": (
        "值(合计(表三.无法提供.总计), 0) = 0",
        "“1.本机关不掌握相关政府信息”行“总计”列读不出数字",
    ),
    "a blank": ("表三.结转下年.总计 = 0", "没有数字"),
}


@pytest.mark.parametrize("case", CANNOT)
def test_what_cannot_be_judged(case):
    source, reason = CANNOT[case]
    with pytest.raises(CannotJudge, match=reason):
        evaluated(source, GIVEN)


ABSENT = {
    "a group all blank": ("合计(表三.不予公开.总计) = 0", {"rest": None}, "各项都没有数字"),
    "a cell of another form": ("表三.其他处理的其他.总计 = 0", OLD_FORM, "报告所用的格式里没有“表三.其他处理的其他.总计”"),
    "last year's cell of another form": ("上年.表三.其他处理的其他.总计 = 0", OLD_FORM, "上一年的格式里没有“表三.其他处理的其他.总计”"),
    "a group of another form": ("合计(表二.行政许可.处理决定) = 0", {}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", ABSENT)
def test_what_is_absent(case):
    source, given, reason = ABSENT[case]
    if reason is None:
        with pytest.raises(ExpressionError, match="没有一组格子叫"):
            evaluated(source, given)
        return
    with pytest.raises(AbsentError, match=reason):
        evaluated(source, given)


@pytest.mark.parametrize(
    "source", ["值(表三.新收.总计, 0) = 0", "有(表三.新收.总计)", "值(合计(表三.不予公开.总计), 0) = 0"]
)
def test_a_table_that_was_not_found_may_be_in_a_picture(source):
    with pytest.raises(CannotJudge, match="未找到表三") as caught:
        evaluated(source, {"without": ["T3"]})
    assert not isinstance(caught.value, AbsentError)


@pytest.mark.parametrize(
    "source", [f"上年.{PENALTIES} = 0", f"值(上年.{PENALTIES}, 0) = 0", f"有(上年.{PENALTIES})"]
)
def test_without_last_years_report(source):
    with pytest.raises(CannotJudge, match="没有上一年的报告"):
        evaluated(source, {})


REFUSED = {
    "last year's field": ("上年.落款日期 < 次年1月1日", "上年的报告只有表里的格子和文字里的数可用"),
    "last year's cell by a wrong name": (
        "上年.表三.新收.总数 = 0",
        "没有数据项“上年.表三.新收.总数”，是否为“上年.表三.新收.总计”？",
    ),
    "a group by a wrong name": (
        "合计(表三.不公开.总计) = 0",
        "没有一组格子叫“表三.不公开.总计”，是否为“表三.不予公开.总计”？",
    ),
    "a cell is no group": ("合计(表三.新收.总计) = 0", "没有一组格子叫“表三.新收.总计”"),
    "a group is no cell": ("表三.不予公开.总计 = 0", "没有数据项“表三.不予公开.总计”"),
    "two groups": ("合计(表三.不予公开.总计, 表三.无法提供.总计) = 0", "这里应有“\\)”"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case):
    source, text = REFUSED[case]
    with pytest.raises(ExpressionError, match=text):
        evaluated(source, GIVEN)


def test_what_was_read_is_told_without_keys():
    trail = {}
    evaluated(
        "合计(上年.表三.不予公开.总计) = 7 且 T2[penalties, decisions] < 上年.T2[penalties, decisions]",
        GIVEN,
        trail,
    )
    told = values_read(trail, rulebook().language.cell_name)
    assert (
        told
        == "上年的表三“不予公开”合计是 7，表二“行政处罚”“处理决定”是 40，上年的表二“行政处罚”“处理决定”是 100"
    )
    assert [place.row for place in own_places(trail)] == ["penalties"]
