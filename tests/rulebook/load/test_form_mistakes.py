"""A local form or field with a mistake is told once, where it is, and not as the rules that use it."""

from __future__ import annotations

import pytest
from small_rulebook import faults_of, marked

FORM = """\
form: "2027"
title: 2027年格式
years: {from: 2027}
report_names: [节能工作年度报告]
sections:
  - {title: 总体情况}
  - {title: 用电情况, table: T2}
  - {title: 监督情况, table: T5}
tables:
  - key: T2
    name: 表二
    title: 用电情况
    section: 2
    columns:
      - {key: made, label: 上年}
      - {key: total, label: 总计, total: siblings}
    rows:
      - {key: lamps, label: 照明}
      - {key: air, label: 空调}
  - key: T5
    name: 表五
    title: 监督情况
    section: 3
    columns:
      - {key: natural, label: 自然人}
    rows:
      - {key: calls, label: 电话}
"""
FIELDS = """\
titles: {called: 电话总数}
fields:
  - {name: called, type: count, where: all, patterns: ['电话(?P<value>[0-9]+)次']}
"""
CHECKS = (
    "{kind: allowed_values, table: T5, rows: [calls], at_most: 100}",
    "{kind: expr, expr: 表五.电话.自然人 <= 100}",
    "{kind: expr, expr: 电话总数 <= 100}",
    "{kind: for_each, table: T5, each: row, expr: 自然人 <= 100}",
    "{kind: pattern, where: 第三部分, patterns: [电话]}",
)
RULES = "group: 本地\nrules:\n" + "".join(
    f"""\
  - id: LOC-0{number}
    title: 电话不多
    severity: warning
    basis: [{{source: JN}}]
    applies: {{forms: ["2027"]}}
    check: {check}
    message: 电话太多
    examples:
      - {{name: 不多, expect: pass, given: {{form: "2027", year: 2027, cells: {{"T5[calls, natural]": 1}}}}}}
      - {{name: 太多, expect: fail, given: {{form: "2027", year: 2027, cells: {{"T5[calls, natural]": 101}}}},
         findings: [{{place: "T5[calls, natural]"}}]}}
"""
    for number, check in enumerate(CHECKS, 1)
)

MISTAKES = {
    # what is written, what is typed with ▶ where the mistake is told, what is said: all of it
    "table that is missing": (FORM[FORM.index("  - key: T5") :], "", "没有代号为“T5”的表；可用：T2"),
    "table under another key": ("table: T5", "table: ▶T6", "没有代号为“T6”的表；可用：T2、T5"),
    "section that there is not": ("section: 3", "section: ▶4", "这份格式只有 3 个部分，没有第 4 部分"),
    "no section": ("  - key: T5\n", "  - ▶key: T5\n", "要写明表在第几部分（section: …）"),
    "section from nought": ("section: 3", "section: ▶0", "“section”不能小于 1，现在是 0"),
    "unknown key": ("    title: 监督", "    ▶titel: 监督", "tables 里没有“titel”这个键，是否为“title”？"),
    "no name": ("    name: 表五\n", "", "tables 里缺少“name”（表的简称，用于表达式和说明，如 表三）"),
    "row without a key": ("- {key: calls, ", "- ▶{", "rows 里缺少“key”（行或列的代号，规则里用它），或者“members”（大标题下的各行或各列）"),
    "column without a label": ("{key: natural, label: 自然人}", "▶{key: natural}", "columns 里缺少“label”（表里印的行名或列名）"),
    "key in Chinese": ("{key: calls", "{key: ▶电话", "“key”只能用字母、数字和下划线，以字母开头，现在是“电话”"),
    "row twice": ("{key: air", "{key: ▶lamps", "代号“lamps”用了两次（另一处在第 18 行）"),
    "rows without dashes": ("- {key: calls", "▶{key: calls", "“rows”应是列表（[…] 或每行一个“- ”），现在是若干“键: 值”"),
    "form as a number": ('form: "2027"', "form: ▶2027", "“form”应是文字（有特殊符号时加引号），现在是数字 2027；请写成 '2027'"),
    "years without from": ("years: {from: 2027}", "years: ▶2027", "“years”应是若干“键: 值”，现在是数字 2027；里面可以写 from、to"),
    "no columns": ("    columns:\n      - {key: natural, label: 自然人}\n", "", "这里缺少“columns”（各列）；名称旁边填内容的表写 layout: pairs"),
    "full-width comma": ("{key: calls, label", "{key: calls▶， label", "括号里各项之间要用英文逗号“,”"),
    "tab": ("    section: 3", "▶\tsection: 3", "缩进里有制表符（Tab），请改用空格"),
    "unknown layout": ("    section: 3", "    section: 3\n    layout: ▶list", "“layout”不能是“list”；可用：grid、stacked、across、pairs"),
    "field misspelt": ("{name: called", "{▶nam: called", "fields 里没有“nam”这个键，是否为“name”？"),
    "unknown type of field": ("type: count", "type: ▶int", "“type”不能是“int”；可用：text、number、numbers、date、period、money、count"),
    "field from nowhere": ("- {name: called, type: count, where: all, ", "- ▶{name: called, type: count, ", "fields 里缺少“where”（在哪里找：第一部分…、开头、落款、正文、全文，几处用顿号连接；或者代号）"),
    "field from a cell that there is not": ("where: all, patterns: ['电话(?P<value>[0-9]+)次']", "cell: ▶'T5[call, natural]'", "没有格子“T5[call, natural]”，是否为“T5[calls, natural]”？"),
    "count without its group": ("'电话(?P<value>[0-9]+)次'", "▶'电话[0-9]+次'", "正则表达式“电话[0-9]+次”里要用 (?P<value>…) 标出数，type: count 的值由它读出"),
    "date without its groups": ("type: count, where: all, patterns: ['电话(?P<value>[0-9]+)次']", "type: date, where: all, patterns: [▶'(?P<year>[0-9]{4})年底']", "正则表达式“(?P<year>[0-9]{4})年底”里要用 (?P<month>…)、(?P<day>…) 标出月、日，type: date 的值由它读出"),
    "field from a place that there is not": ("where: all", "where: ▶第一节", "没有“第一节”这个地方；可用：第一部分…、开头、落款、正文、全文，或者 opening（第一部分之前的正文）、edges（先找第一部分之前的正文，没有再找最后一部分、落款和零散的行）、signature（落款）、all（全部正文）、page（全部文字，包括网页上标题前后的零散行）"),
    "field from a section that there is not": ("where: all", "where: ▶开头、第九部分", "格式只有 3 个部分，没有“第九部分”"),
    "field without a Chinese name": ("titles: {called: 电话总数}\nfields:\n  - {name: called", "titles: {sum: 电话总数}\nfields:\n  - {name: ▶called", "titles 里没有“called”的中文名；在这个文件最外层（与 fields 并列）写上 titles: {called: 中文名}"),
    "field that cannot be read": ("{name: called,", "{name: called▶，", "括号里各项之间要用英文逗号“,”"),
}  # fmt: skip
PLACES = {"table that is missing": (8, 26), "no name": (20, 5), "no columns": (20, 5)}
"""Where something is told that is not there."""
TAKEN_AWAY = {"no section": "    section: 3\n"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_where_it_is(mistake):
    written, typed, sentence = MISTAKES[mistake]
    name = "form.yaml" if written in FORM else "fields.yaml"
    text = (FORM if written in FORM else FIELDS).replace(TAKEN_AWAY.get(mistake, "\0"), "")
    assert written in text
    text, place = text.replace(written, typed, 1), PLACES.get(mistake)
    if place is None:
        text, *place = marked(text)
    files = {"local/form.yaml": FORM, "local/fields.yaml": FIELDS, "local/rules.yaml": RULES}

    faults = faults_of({**files, f"local/{name}": text})

    assert [(fault.file, fault.line, fault.column, fault.text) for fault in faults] == [
        (f"local/{name}", *place, sentence)
    ]


def test_without_a_mistake_all_is_well():
    assert not faults_of({"local/form.yaml": FORM, "local/fields.yaml": FIELDS, "local/rules.yaml": RULES})


def test_a_rule_file_that_cannot_be_read_hides_no_mistake_of_another():
    broken = RULES.replace("{kind: allowed_values, table", "{kind: allowed_values， table", 1)
    wrong = RULES.replace("table: T5", "table: T9").replace("LOC-", "LOD-")

    faults = faults_of(
        {"local/form.yaml": FORM, "local/fields.yaml": FIELDS, "local/a.yaml": broken, "local/b.yaml": wrong}
    )

    assert {fault.file for fault in faults} == {"local/a.yaml", "local/b.yaml"}
