"""Tables, rows, columns, cells and fields may be written as people call them."""

from __future__ import annotations

import pytest
from small_rulebook import BASE, RULES, faults_of, marked

from checker.rulebook.load.called import CalledNames
from checker.rulebook.load.sources import sound_sources
from checker.rulebook.store import load_rulebook

CHECK = "{kind: pattern, where: 开头, patterns: ['用能人数']}"
GIVEN = "given: {text: {0: 编制本报告。}}"
LOW = "{kind: allowed_values, table: E1, rows: [gas], columns: [year], at_most: 0}"

WAYS = {
    # what stands in a sound rule, how it may be written, what it is read as
    "row and column": (CHECK, "{kind: allowed_values, table: 能耗表, rows: [天然气], columns: [全年], at_most: 0}", LOW),
    "table and row": (CHECK, "{kind: allowed_values, table: E1, rows: [天然气, heat], at_most: 0}", "{kind: allowed_values, table: E1, rows: [gas, heat], at_most: 0}"),
    "field": (CHECK, "{kind: date_range, fields: [落款日期], latest: 次年1月31日}", "{kind: date_range, fields: [signed_on], latest: 次年1月31日}"),
    "one of two fields": (CHECK, "{kind: required, of: fields, fields: [落款日期|落款单位]}", "{kind: required, of: fields, fields: [signed_on|signature]}"),
    "cell": (GIVEN, "given: {cells: {能耗表.天然气.全年: 3}}", 'given: {cells: {"E1[gas, year]": 3}}'),
    "cell by key and names": (GIVEN, 'given: {cells: {"E1[天然气, 全年]": 3}}', 'given: {cells: {"E1[gas, year]": 3}}'),
    "cell of last year": (GIVEN, "given: {previous: {cells: {能耗表.天然气.全年: 3}}}", 'given: {previous: {cells: {"E1[gas, year]": 3}}}'),
    "place": (GIVEN, GIVEN + ", findings: [{place: 能耗表.天然气.全年}]", GIVEN + ', findings: [{place: "E1[gas, year]"}]'),
    "row as a place": (GIVEN, GIVEN + ", findings: [{place: 能耗表.天然气}]", GIVEN + ', findings: [{place: "E1[gas]"}]'),
    "table as a place": (GIVEN, GIVEN + ", findings: [{place: 能耗表}]", GIVEN + ", findings: [{place: E1}]"),
    "row that is left out": (GIVEN, "given: {without: [能耗表.天然气]}", 'given: {without: ["E1[gas]"]}'),
    "rows of an equation": (CHECK, "{kind: equation, table: 能耗表, equation: 天然气 + 外购热力 <= 总计, each: column, only: [全年]}", "{kind: equation, table: E1, equation: gas + heat <= all, each: column, only: [year]}"),
    "columns of an equation": (CHECK, "{kind: equation, table: 能耗表, equation: 上半年＋下半年＝全年, each: row}", "{kind: equation, table: E1, equation: first_half＋second_half＝year, each: row}"),
    "an equation with last year": (CHECK, "{kind: year_equation, table: 能耗表, equation: 上半年 = 上年.下半年, each: row}", "{kind: year_equation, table: E1, equation: first_half = last.second_half, each: row}"),
    "equations of blanks": (CHECK, "{kind: blanks, table: 能耗表, unless_broken: [上半年 + 下半年 = 全年]}", "{kind: blanks, table: E1, unless_broken: [first_half + second_half = year]}"),
    "total and parts": (CHECK, "{kind: parts, table: 能耗表, total: 总计, parts: [天然气, 外购热力]}", "{kind: parts, table: E1, total: all, parts: [gas, heat]}"),
    "words that only look like names": (CHECK, "{kind: count, where: 开头, patterns: [天然气], at_least: 1}", "{kind: count, where: 开头, patterns: [天然气], at_least: 1}"),
}  # fmt: skip

WRONG = {
    # what stands in place of the report of an example, ▶ where it is told, and what is said
    "unknown row in an example by name": ("▶{cells: {能耗表.天燃气.全年: 3}}", "没有格子“能耗表.天燃气.全年”，是否为“能耗表.天然气.全年”（E1[gas, year]）？"),
    "row in an example that is like none": ("▶{cells: {能耗表.秸秆沼气.全年: 3}}", "没有格子“能耗表.秸秆沼气.全年”；能耗表没有“秸秆沼气”行，可用："),
    "column in a place by name": ("{text: {0: 编制本报告。}}, findings: [{place: ▶能耗表.天然气.全年度}]", "没有格子“能耗表.天然气.全年度”，是否为“能耗表.天然气.全年”（E1[gas, year]）？"),
}  # fmt: skip


def read(text: str) -> list:
    sources = sound_sources({**BASE, "local.yaml": text})
    return next(file.data["rules"] for file in sources.of("rules") if file.name == "local.yaml")


@pytest.mark.parametrize("way", WAYS)
def test_a_name_is_read_as_the_key_that_it_stands_for(way):
    sound, named, keyed = WAYS[way]
    assert RULES.count(sound) == 1
    assert read(RULES.replace(sound, named)) == read(RULES.replace(sound, keyed))
    assert not faults_of({"local.yaml": RULES.replace(sound, named)})


@pytest.mark.parametrize("case", WRONG)
def test_a_name_that_nothing_has_is_answered_with_what_was_meant(case):
    typed, sentence = WRONG[case]
    text, *place = marked(RULES.replace("{text: {0: 编制本报告。}}", typed))
    [fault] = faults_of({"local.yaml": text})
    assert [fault.line, fault.column] == place
    assert sentence in fault.text


ALONG = {
    "column": (("新收 = 总计", ["总计"]), ("R1 = S", ["total"])),
    "row": (("自然人 <= 总计", ["总计"]), ("natural <= total", ["S"])),
}


@pytest.mark.parametrize("each", ALONG)
def test_a_row_and_a_column_of_one_name_are_told_apart(each):
    """The terms of an equation are of one sort, the lines that it runs along of the other."""
    names = CalledNames(load_rulebook().language.forms.values(), {})
    (equation, only), expected = ALONG[each]
    read = names.check(
        {"kind": "equation", "table": "表三", "equation": equation, "each": each, "only": only}
    )
    assert (read["table"], (read["equation"], read["only"])) == ("T3", expected)
