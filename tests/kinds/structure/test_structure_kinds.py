"""Kinds about sections, tables, names and values that must agree, at their boundaries."""

from __future__ import annotations

import pytest
from judging import first_evidence, told

SIGNED = {"signature": "某县某局/2025年1月20日"}
UNDATED = {
    "title": "某县某局政府信息公开工作年度报告",
    "year": None,
    "text": {1: "做好工作。", 5: "做好工作。", 6: "无事项。"},
}
NO_TABLES = {"without": ["T2", "T3", "T4"]}

CASES = {
    "required": [
        ({"of": "sections"}, {}, []),
        ({"of": "sections"}, {"headings": {2: None, 6: None}, "text": {6: None}}, ["第二部分", "第六部分"]),
        ({"of": "tables"}, {}, []),
        ({"of": "tables"}, {"without": ["T4"]}, ["T4"]),
        ({"of": "tables"}, {"without": ["T4"], "headings": {4: None}}, ["? 未找到第四部分"]),
        ({"of": "lines", "table": "T3"}, {}, []),
        ({"of": "lines", "table": "T3"}, {"without": ["T3[R2]"]}, ["T3[R2]"]),
        ({"of": "lines", "table": "T3"}, NO_TABLES, ["? 未找到表三"]),
        ({"of": "fields", "fields": ["signed_on"]}, SIGNED, []),
        ({"of": "fields", "fields": ["signed_on", "signature"]}, {"text": {0: "编制本报告。"}}, ["开头:missing"]),
        ({"of": "fields", "fields": ["email|signed_on"]}, SIGNED, []),
        ({"of": "fields", "fields": ["signed_on"], "at": "第六部分"}, {}, ["第六部分:missing"]),
    ],
    "announced_count": [
        ({"where": "开头", "patterns": ["由(?P<number>[一二三四五六七八九十]+)个?部分组成"]}, {"text": {0: "本报告由六个部分组成。"}}, []),
        ({"where": "开头", "patterns": ["由(?P<number>[一二三四五六七八九十]+)个?部分组成"]}, {"text": {0: "本报告由五个部分组成。"}}, ["开头:sections"]),
        ({"where": "开头", "patterns": ["由(?P<number>[一二三四五六七八九十]+)个?部分组成"]}, {"text": {0: "编制本报告。"}}, ["? 开头没有写明由几个部分组成"]),
        ({"where": "开头", "patterns": ["由(?P<number>[一二三四五六七八九十]+)个?部分组成"]}, {}, ["? 未找到开头"]),
    ],
    "no_other": [
        ({"of": "sections"}, {}, []),
        ({"of": "sections"}, {"headings": {6: "六、党建工作情况"}}, ["全文"]),
        ({"of": "rows", "table": "T3"}, {}, []),
        ({"of": "rows", "table": "T3"}, NO_TABLES, ["? 未找到表三"]),
    ],
    "order": [
        ({"of": "sections"}, {}, []),
        ({"of": "sections"}, {"order": [1, 2, 3, 5, 4, 6]}, ["第四部分"]),
        ({"of": "sections"}, {"headings": {3: None}}, []),
        ({"of": "numerals"}, {}, []),
        ({"of": "numerals"}, {"headings": {5: "六、存在的主要问题及改进情况"}}, ["第五部分"]),
        ({"of": "numerals"}, {"headings": {6: "七、其他需要报告的事项"}}, ["第六部分"]),
    ],
    "not_empty": [
        ({"at_least": 5}, {}, []),
        ({"at_least": 5}, {"text": {5: "暂无"}}, ["第五部分:short"]),
        ({"at_least": 5}, {"text": {5: None}}, ["第五部分:empty"]),
        ({"at_least": 5}, {"text": {5: "（文字描述）"}}, ["第五部分:empty"]),
        ({"at_least": 5}, {"without": ["T3"]}, ["? 第三部分以表为主，缺表另行报告"]),
    ],
    "labels": [
        ({"of": "sections"}, {}, []),
        ({"of": "sections"}, {"headings": {1: "一、总体工作情况"}}, ["第一部分:accepted"]),
        ({"of": "sections"}, {"headings": {1: "一、概述"}}, ["第一部分:odd"]),
        ({"of": "table", "table": "T2"}, {}, []),
        ({"of": "table", "table": "T2"}, {"labels": {"行政规范性文件": "规范性文件"}}, []),
        ({"of": "table", "table": "T2"}, NO_TABLES, ["? 未找到表二"]),
    ],
    "compare": [
        ({"left": "标题年份", "relation": "等于", "right": "年度"}, {}, []),
        ({"left": "落款日期.年", "relation": "大于", "right": "年度"}, SIGNED, []),
        ({"left": "落款日期.年", "relation": "等于", "right": "年度"}, SIGNED, ["全文"]),
        ({"left": "T3[R1, total]", "relation": "不超过", "right": "T3[S, total]"}, {"cells": {"T3[R1, total]": 2, "T3[S, total]": 2}}, []),
        ({"left": "T3[R1, total]", "relation": "小于", "right": "T3[S, total]"}, {"cells": {"T3[R1, total]": 2, "T3[S, total]": 2}}, ["T3[R1, total]"]),
        ({"left": "T3[R1, total]", "relation": "小于", "right": "T3[S, total]"}, {"cells": {"T3[R1, total]": None}}, ["? 表三“一、本年新收政府信息公开申请数量”行“总计”列没有数字"]),
        ({"left": "落款日期", "relation": "不晚于", "right": "发布日期"}, {**SIGNED, "published": "2025-01-20"}, []),
        ({"left": "落款日期", "relation": "不晚于", "right": "发布日期"}, SIGNED, ["? 没有读到发布日期"]),
        ({"left": "年度", "relation": "等于", "right": "年度"}, UNDATED, ["? 未能识别报告年度"]),
        ({"left": "T3[R1, total]", "relation": "等于", "right": "年度"}, NO_TABLES, ["? 未找到表三"]),
    ],
    "consistent": [
        ({"items": ["标题年份", "年度"]}, {}, []),
        ({"items": ["单位", "落款单位"]}, SIGNED, []),
        ({"items": ["单位", "落款单位"]}, {"signature": "某县水利局/2025年1月20日"}, ["全文"]),
        ({"items": ["单位", "落款单位"], "containing": True}, {"agency": "某县人民政府办公室", "signature": "某县政府办公室/2025年1月20日"}, []),
        ({"items": ["单位", "落款单位"]}, {}, ["? 单位、落款单位中读到的不足两处，无从比较"]),
        ({"field": "signed_on"}, {}, ["? 没有读到落款日期，无从比较"]),
    ],
    "date_range": [
        ({"fields": ["signed_on"], "latest": "次年1月20日"}, SIGNED, []),
        ({"fields": ["signed_on"], "latest": "次年1月19日"}, SIGNED, ["全文:late"]),
        ({"fields": ["signed_on"], "earliest": "次年1月20日"}, SIGNED, []),
        ({"fields": ["signed_on"], "earliest": "次年1月21日"}, SIGNED, ["全文:early"]),
        ({"fields": ["signed_on"], "latest": "次年12月31日", "not_after": "published"}, {**SIGNED, "published": "2025-01-19"}, ["全文:after"]),
        ({"fields": ["published", "signed_on"], "latest": "次年1月20日"}, {**SIGNED, "published": "2025-01-21"}, ["全文:late"]),
        ({"fields": ["signed_on", "published"], "latest": "次年1月20日"}, {**SIGNED, "published": "2025-01-21"}, []),
        ({"fields": ["signed_on", "published"], "every": True, "latest": "次年1月20日"}, {**SIGNED, "published": "2025-01-21"}, ["全文:late"]),
        ({"fields": ["period"], "first": "本年1月1日", "last": "本年12月31日"}, {"text": {0: "统计期限自2024年1月1日起至2024年12月31日止。"}}, []),
        ({"fields": ["period"], "first": "本年1月1日", "last": "本年12月31日"}, {"text": {0: "统计期限自2024年1月1日起至2024年12月30日止。"}}, ["开头:wrong"]),
        ({"fields": ["signed_on"], "latest": "次年1月20日"}, {}, ["? 没有读到落款日期"]),
        ({"fields": ["signed_on"], "latest": "次年1月20日"}, UNDATED, ["? 未能识别报告年度"]),
    ],
    "field_pattern": [
        ({"field": "signature", "patterns": ["局$"]}, SIGNED, []),
        ({"field": "signature", "patterns": ["政府$", "厅$"]}, SIGNED, ["全文"]),
        ({"field": "signature", "patterns": ["局$"]}, {}, ["? 没有读到落款单位，无从比较"]),
    ],
    "number_range": [
        ({"field": "processing_fee", "at_most": 400}, {"text": {6: "收取信息处理费400元。"}}, []),
        ({"field": "processing_fee", "at_most": 399}, {"text": {6: "收取信息处理费400元。"}}, ["第六部分"]),
        ({"field": "processing_fee", "multiple_of": 10}, {"text": {6: "收取信息处理费405元。"}}, ["第六部分"]),
        ({"field": "processing_fee", "at_most": 400}, {}, ["? 没有读到信息处理费，无从比较"]),
        ({"field": "signature", "at_most": 400}, SIGNED, ["? 落款单位不是数字"]),
    ],
    "expr": [
        ({"expr": "表三.新收.总计 = 3"}, {"cells": {"T3[R1, total]": 3}}, []),
        ({"expr": "表三.新收.总计 > 3"}, {"cells": {"T3[R1, total]": 3}}, ["T3[R1, total]"]),
        ({"expr": "表三.新收.总计 > 3", "at": "第一部分"}, {"cells": {"T3[R1, total]": 3}}, ["第一部分"]),
        ({"expr": "表三.新收.总计 ＞ 3 或 含（第一部分，“培训”）"}, {"text": {1: "组织培训。"}}, []),
        ({"expr": "表三.新收.总计>3或非含(第一部分,'培训')"}, {"text": {1: "组织培训。"}}, ["T3[R1, total]"]),
        ({"expr": "次数(第一部分、第五部分, '培训') = 2"}, {"text": {1: "培训。", 5: "培训。"}}, []),
        ({"expr": "字数(第一部分) <= 3"}, {"text": {1: "一 二三"}}, []),
        ({"expr": "有(落款日期) 且 落款日期 <= 次年1月31日"}, SIGNED, []),
        ({"expr": "非 有(落款日期) 或 落款日期 <= 次年1月1日"}, {}, []),
        ({"expr": "表三.新收.总计 / 表三.总计.总计 < 2"}, {}, ["? 除数为 0"]),
        ({"expr": "-表三.新收.总计 + 2 * 3 - 1 = 5"}, {}, []),
        ({"expr": "表三.新收.总计 > 0"}, NO_TABLES, ["? 未找到表三"]),
        ({"expr": "落款日期 > 次年1月1日"}, {}, ["? 没有读到落款日期"]),
        ({"expr": "次年1月1日 > 本年1月1日"}, UNDATED, ["? 未能识别报告年度"]),
        ({"expr": "含(第一部分, '培训')"}, {"text": {1: None}}, ["? 第一部分没有文字"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, number) for kind, cases in CASES.items() for number in range(len(cases))]
)
def test_said(kind, number):
    options, given, expected = CASES[kind][number]
    assert told(kind, options, given) == expected


EVIDENCE = {
    "days late": ("date_range", {"fields": ["signed_on"], "latest": "次年1月1日"}, SIGNED, {"name": "落款日期", "found": "2025年1月20日", "limit": "2025年1月1日", "days": 19}),
    "items read": ("expr", {"expr": "表三.新收.总计 > 表三.总计.总计"}, {}, {"values": "表三“新收”是 0，表三“总计”是 0"}),
    "numeral that is out of order": ("order", {"of": "numerals"}, {"headings": {6: "七、其他需要报告的事项"}}, {"found": "七", "expected": "六", "name": "其他需要报告的事项"}),
    "one of two fields": ("required", {"of": "fields", "fields": ["email|phone"]}, {}, {"missing": "电子邮箱或联系电话", "count": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", EVIDENCE)
def test_evidence(case):
    kind, options, given, expected = EVIDENCE[case]
    assert first_evidence(kind, options, given) == expected
