"""Kinds about text, at their boundaries: what is said of which report. `? …` is a refusal to judge."""

from __future__ import annotations

import pytest
from judging import first_evidence, told

ONE, FIVE = "第一部分", "第五部分"
NO_TEXT, NO_SECTION = {"text": {1: None}}, {"headings": {1: None}, "text": {1: None}}


def one(text):
    return {"text": {1: text}}


ABOUT = {"where": ONE, "turn": "下一步", "point": "[一二三四]是", "difference": 2}
POINTS = {"where": ONE, "point": "[一二三四五]是"}
PAIRED = {"where": ONE, "turn": "下一步", "point": "[一二三四]是", "each": True, "problems": 3}

CASES = {
    "pattern": [
        ({"where": ONE, "patterns": ["培训"]}, one("组织培训。"), []),
        ({"where": ONE, "patterns": ["考核", "培训"]}, one("组织培训。"), []),
        ({"where": ONE, "patterns": ["培训[0-9]次"]}, one("组织培 训３ 次。"), []),
        ({"where": ONE, "patterns": ["培训"]}, one("组织学习。"), [ONE]),
        ({"where": ONE, "patterns": ["^培训"]}, one("学习。\n培训。"), []),
        ({"where": ONE, "patterns": ["学习.培训"]}, one("学习\n培训"), [ONE]),
        ({"where": ONE, "patterns": ["培训"], "unless": ["未培训"]}, one("未培训。"), [ONE]),
        ({"where": ONE, "patterns": ["培训"], "unless": ["未培训"]}, one("未培训，后培训。"), []),
        ({"where": ONE, "patterns": ["次数"], "needs": ["培训"]}, one("组织学习。"), []),
        ({"where": ONE, "patterns": ["次数"], "needs": ["培训"]}, one("组织培训。"), [ONE]),
        ({"where": "全文", "patterns": ["x"], "at": FIVE}, {}, [FIVE]),
        ({"where": ONE, "patterns": ["培训"]}, NO_TEXT, ["? 第一部分没有文字"]),
        ({"where": ONE, "patterns": ["培训"]}, NO_SECTION, ["? 未找到第一部分"]),
        ({"where": "开头", "patterns": ["培训"]}, {}, ["? 未找到开头"]),
        ({"where": "落款", "patterns": ["培训"]}, {}, ["? 未找到落款"]),
        ({"where": "开头、第五部分", "patterns": ["培训"]}, {"text": {5: "培训。"}}, []),
    ],
    "forbidden_pattern": [
        ({"where": ONE, "patterns": ["某领导"]}, one("组织学习。"), []),
        ({"where": ONE, "patterns": ["领导"]}, one("领导讲话，领导批示。"), [ONE, ONE]),
        ({"where": ONE, "patterns": ["领导"], "once": True}, one("领导讲话，领导批示。"), [ONE]),
        ({"where": ONE, "patterns": ["领导", "导讲"]}, one("领导讲话。"), [ONE]),
        ({"where": ONE, "patterns": ["领导"], "unless": ["领导小组"]}, one("领导小组开会。"), []),
        ({"where": "正文", "patterns": ["领导"]}, {"text": {1: "领导。", 5: "领导。"}}, [ONE, FIVE]),
        ({"where": "表格", "patterns": ["^规章$"]}, {}, ["T2"]),
        ({"where": ONE, "patterns": ["领导"]}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
    "mentions": [
        ({"where": ONE, "topics": [{"topic": "培训", "any": ["培训", "学习"]}]}, one("组织学习。"), []),
        ({"where": ONE, "topics": [{"topic": "培训", "any": ["培训"]}, {"topic": "考核", "any": ["考核"]}]}, one("组织学习。"), [ONE]),
        ({"where": ONE, "topics": [{"topic": "结果", "any": ["考核"], "near": ["优秀"], "within": 2}]}, one("考核优秀。"), []),
        ({"where": ONE, "topics": [{"topic": "结果", "any": ["考核"], "near": ["优秀"], "within": 3}]}, one("考核，甲优秀。"), [ONE]),
        ({"where": ONE, "topics": [{"topic": "结果", "any": ["考核"], "near": ["优秀"], "within": 4}]}, one("考核，甲优秀。"), []),
        ({"where": ONE, "topics": [{"topic": "结果", "any": ["考核"], "near": ["优秀"]}]}, one("优秀\n考核"), [ONE]),
        ({"where": ONE, "topics": [{"topic": "结果", "any": ["考核"], "near": ["优秀"]}]}, one("考核。考核优秀"), []),
        ({"where": ONE, "topics": [{"topic": "培训", "any": ["培训"], "unless": ["下一步.*培训"]}]}, one("下一步加强培训。"), [ONE]),
        ({"where": ONE, "topics": [{"topic": "培训", "patterns": ["培训[0-9]+次"]}]}, one("培训3次。"), []),
        ({"where": ONE, "topics": [{"topic": "培训", "any": ["培训"]}]}, NO_SECTION, ["? 未找到第一部分"]),
    ],
    "length": [
        ({"where": ONE, "at_most": 3}, one("一二三"), []),
        ({"where": ONE, "at_most": 3}, one("一二 三　"), []),
        ({"where": ONE, "at_most": 3}, one("一二三四"), [f"{ONE}:too_long"]),
        ({"where": ONE, "at_most": 4}, one("一二\n三四"), []),
        ({"where": ONE, "at_least": 3}, one("一二三"), []),
        ({"where": ONE, "at_least": 4}, one("一二三"), [f"{ONE}:too_short"]),
        ({"where": ONE, "at_least": 4}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
    "count": [
        ({"where": ONE, "patterns": ["是"], "at_least": 2}, one("一是，二是"), []),
        ({"where": ONE, "patterns": ["是"], "at_least": 3}, one("一是，二是"), [f"{ONE}:too_few"]),
        ({"where": ONE, "patterns": ["是"], "at_most": 1}, one("一是，二是"), [f"{ONE}:too_many"]),
        ({"where": ONE, "patterns": ["是"], "at_most": 0}, one("没有"), []),
        ({"where": ONE, "patterns": ["是"], "at_most": 1, "unless": ["二是"]}, one("一是，二是"), []),
        ({"where": ONE, "patterns": ["是"], "at_least": 1}, NO_SECTION, ["? 未找到第一部分"]),
    ],
    "paired_points": [
        (PAIRED, one("一是更新慢；二是解读少；三是培训少。下一步一是检查；二是图解；三是培训。"), []),
        (PAIRED, one("一是更新慢；二是解读少；三是培训少。下一步一是检查；二是图解。"), [f"{ONE}:count"]),
        (PAIRED, one("一是更新慢；二是解读少；三是培训少。下一步，努力改进。"), [f"{ONE}:count"]),
        (PAIRED, one("一是更新慢，下一步检查；二是解读少，下一步图解；三是培训少，下一步培训。"), []),
        (PAIRED, one("一是更新慢，下一步检查；二是解读少；三是培训少，下一步培训。"), [f"{ONE}:count"]),
        (PAIRED, one("一是更新慢。\n下一步检查。\n二是解读少。\n下一步图解。\n三是培训少。\n下一步培训。"), []),
        (PAIRED, one("一是更新慢；二是解读少。下一步一是检查；二是图解。"), [f"{ONE}:short"]),
        (PAIRED, one("更新慢。下一步检查。"), [f"{ONE}:short"]),
        (PAIRED, one("一是更新慢；二是解读少；三是培训少。一是更新慢；二是解读少；三是培训少。"), [f"{ONE}:count"]),
        ({**PAIRED, "problems": 1}, one("一是更新慢。下一步一是检查；二是图解。"), []),
        (ABOUT, one("一是甲；二是乙；三是丙。下一步一是丁；二是戊。"), []),
        (ABOUT, one("一是甲；二是乙；三是丙；四是丁。下一步一是戊；二是己。"), [f"{ONE}:count"]),
        (ABOUT, one("一是甲；二是乙；三是丙。下一步，努力改进。"), []),
        ({**ABOUT, "problems": 3}, one("一是甲；二是乙。下一步一是丙；二是丁。"), [f"{ONE}:short"]),
        ({**ABOUT, "at_least": 30}, one("一是甲。"), [f"{ONE}:short"]),
        (ABOUT, one("一是甲；二是乙。"), ["? 第一部分分不出问题和措施"]),
    ],
    "each_point": [
        ({**POINTS, "contains": ["[0-9]+月"]}, one("一是5月开会；二是6月培训。"), []),
        ({**POINTS, "contains": ["[0-9]+月"]}, one("一是5月开会；二是培训；三是开会。"), [f"{ONE}:missing", f"{ONE}:missing"]),
        ({**POINTS, "contains": ["[0-9]+月", "年底"]}, one("一是5月开会；二是年底培训。"), []),
        ({**POINTS, "contains": ["[0-9]+月"]}, one("一是人少。\n定在5月开会。\n二是6月培训。"), []),
        ({**POINTS, "contains": ["月"], "after": "下一步"}, one("一是人少；二是更新慢。下一步，一是5月开会；二是6月培训。"), []),
        ({**POINTS, "contains": ["月"], "after": "下一步"}, one("一是人少；二是更新慢。下一步，一是5月开会；二是培训。"), [f"{ONE}:missing"]),
        ({**POINTS, "contains": ["月"], "after": "下一步"}, one("一是人少；二是更新慢。"), ["? 第一部分分不出从哪里起"]),
        ({**POINTS, "lacks": ["加强"], "until": "下一步"}, one("一是人少；二是更新慢。下一步一是加强培训。"), []),
        ({**POINTS, "lacks": ["加强"], "until": "下一步"}, one("一是有待加强；二是更新慢。下一步一是加强培训。"), [f"{ONE}:found"]),
        ({**POINTS, "lacks": ["加强"], "until": "下一步"}, one("一是有待加强；二是更新慢。"), [f"{ONE}:found"]),
        ({**POINTS, "contains": ["月"], "lacks": ["加强"]}, one("一是加强培训。"), [f"{ONE}:found"]),
        ({**POINTS, "at_least": 3}, one("一是人少；二是更新慢。"), [f"{ONE}:few"]),
        ({**POINTS, "at_least": 2, "contains": ["人"]}, one("一是人少；二是更新慢。"), [f"{ONE}:missing"]),
        ({**POINTS, "at_least": 1}, one("人少，更新慢。"), [f"{ONE}:few"]),
        ({**POINTS, "contains": ["月"]}, one("人少，更新慢。"), ["? 第一部分没有分条写"]),
        ({"where": ONE, "each": "sentence", "lacks": ["领导"]}, one("人少。领导重视！更新慢；领导批示"), [f"{ONE}:found", f"{ONE}:found"]),
        ({"where": ONE, "each": "paragraph", "contains": ["[0-9]"]}, one("公开5条。再公开。\n培训2次。\n做了工作。"), [f"{ONE}:missing"]),
        ({"where": "第一部分、第五部分", "each": "paragraph", "contains": ["[0-9]"]}, {"text": {1: "公开5条。", 5: "人少。"}}, [f"{FIVE}:missing"]),
        ({**POINTS, "contains": ["月"]}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
    "repeated": [
        ({"where": ONE, "at_least": 5}, one("认真做好各项工作。认真做好各项工作。"), [ONE]),
        ({"where": ONE, "at_least": 9}, one("认真做好各项工作。认真做好各项工作。"), []),
        ({"where": ONE, "at_least": 5}, one("，认真做好各项工作；认真做好各项工作，"), [ONE]),
        ({"where": ONE, "at_least": 5, "unless": ["做好"]}, one("认真做好各项工作。认真做好各项工作。"), []),
        ({"where": ONE, "at_least": 5}, one("一二三四五。一二三四五。一二三四五。"), [ONE]),
        ({"where": ONE, "at_least": 5}, one("一二三四五。甲乙丙丁戊。\n一二三四五。甲乙丙丁戊。"), [ONE]),
        ({"where": ONE, "at_least": 5}, one("一二三四五。甲乙丙丁戊。甲乙丙丁戊。一二三四五。"), [ONE, ONE]),
        ({"where": ONE, "at_least": 5}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
    "balanced": [
        ({"where": ONE, "pairs": ["（）", "《》"]}, one("《条例》（试行）"), []),
        ({"where": ONE, "pairs": ["（）", "《》"]}, one("《条例（试行）"), [ONE]),
        ({"where": ONE, "pairs": ["（）", "《》"]}, one("条例》"), [ONE]),
        ({"where": ONE, "pairs": ["（）"]}, one("1）发布；2）回应"), []),
        ({"where": ONE, "pairs": ["（）", "()"]}, one("试行)（甲)"), [ONE]),
        ({"where": ONE, "pairs": ["（）"]}, one("（甲\n乙）"), [ONE, ONE]),
        ({"where": ONE, "pairs": ["（）"]}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
    "text_number": [
        ({"where": ONE, "patterns": ["培训(?P<number>[0-9]+)次"], "at_most": 9}, one("培训9次"), []),
        ({"where": ONE, "patterns": ["培训(?P<number>[0-9]+)次"], "at_most": 9}, one("培训10次，培训3次"), [ONE]),
        ({"where": ONE, "patterns": ["培训(?P<number>[0-9]+)次"], "at_least": 1}, one("培训0次"), [ONE]),
        ({"where": ONE, "patterns": ["(?P<number>[0-9,]+)条"], "at_most": 1000}, one("1,000条"), []),
        ({"where": ONE, "patterns": ["(?P<number>[0-9]+)元"], "multiple_of": 10}, one("380元，385元"), [ONE]),
        ({"where": ONE, "patterns": ["(?P<number>20[0-9]{2})年"], "at_most": "年度+1"}, one("2025年"), []),
        ({"where": ONE, "patterns": ["(?P<number>20[0-9]{2})年"], "at_most": "年度"}, one("2025年"), [ONE]),
        ({"where": ONE, "patterns": ["(?P<number>20[0-9]{2})年"], "at_most": "年度"}, {**one("2025年"), "title": "某县某局政府信息公开工作年度报告", "year": None}, []),
        ({"where": ONE, "patterns": ["培训(?P<number>[0-9]+)次"], "at_most": 9, "optional": True}, one("没有"), []),
        ({"where": ONE, "patterns": ["培训(?P<number>[0-9]+)次"], "at_most": 9}, NO_TEXT, ["? 第一部分没有文字"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, number) for kind, cases in CASES.items() for number in range(len(cases))]
)
def test_said(kind, number):
    options, given, expected = CASES[kind][number]
    assert told(kind, options, given) == expected


EVIDENCE = {
    "the group `found`": ("forbidden_pattern", {"where": ONE, "patterns": ["请(?P<found>领导)看"]}, one("请领导看"), {"found": "领导", "count": 1}),
    "all hits in one": ("forbidden_pattern", {"where": ONE, "patterns": ["甲|乙"], "once": True}, one("甲乙甲"), {"found": "甲、乙", "count": 3}),
    "topics that lack": ("mentions", {"where": ONE, "topics": [{"topic": "甲", "any": ["甲"]}, {"topic": "乙", "any": ["乙"]}]}, one("丙"), {"missing": "甲、乙", "count": 2}),
    "length": ("length", {"where": ONE, "at_most": 2}, one("一 二三"), {"length": 3, "at_most": 2, "at_least": None}),
    "which point": ("each_point", {**POINTS, "contains": ["月"]}, one("一是5月开会；二是培训。"), {"number": 2, "count": 2, "point": "二是培训。"}),
    "what a point must not hold": ("each_point", {**POINTS, "lacks": ["加强.."]}, one("一是人少；二是加强培训。"), {"number": 2, "count": 2, "point": "二是加强培训。", "found": "加强培训"}),
    "number as written": ("text_number", {"where": ONE, "patterns": ["(?P<number>[0-9,]+)条"], "at_most": 9}, one("1,000条"), {"found": "1,000条", "value": "1,000"}),
    "sign without its partner": ("balanced", {"where": ONE, "pairs": ["（）"]}, one("甲（乙"), {"found": "（"}),
}  # fmt: skip


@pytest.mark.parametrize("case", EVIDENCE)
def test_evidence(case):
    kind, options, given, expected = EVIDENCE[case]
    assert first_evidence(kind, options, given) == expected
