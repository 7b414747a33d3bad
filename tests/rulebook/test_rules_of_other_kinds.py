"""Rules in a file of one kind of report that are for another kind are read in the words of that other one."""

from __future__ import annotations

import pytest

from checker.model.errors import RulebookError
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.store import decode_rules, rule_files

RULE = """\
group: 本地
rules:
  - id: LOC-01
    title: 留言不多
    severity: warning
    basis: [{{source: PRACTICE}}]
    applies: {{kinds: {kinds}}}
    check: {check}
    message: 太多
    examples: []
  - id: LOC-02
    title: 年报
    severity: warning
    basis: [{{source: PRACTICE}}]
    check: {{kind: allowed_values, table: T3, rows: [R1], at_most: 5}}
    message: 太多
    examples: []
"""
WEBSITE = "[website_report]"
CELLS = "{kind: allowed_values, table: W1, rows: [received], at_most: 5}"
EXPRESSION = "{kind: expr, expr: 报表.收到留言数量 <= 5}"
SAID = {
    "its own table": (WEBSITE, CELLS, []),
    "its own item": (WEBSITE, EXPRESSION, []),
    "a table of the file's kind": (WEBSITE, "{kind: allowed_values, table: T3, rows: [R1], at_most: 5}", ["没有代号为“T3”的表；可用：W1"]),
    "a row that it has not": (WEBSITE, "{kind: allowed_values, table: W1, rows: [R1], at_most: 5}", ["W1 没有代号为“R1”的行"]),
    "a part of a report without parts": (WEBSITE, "{kind: length, where: 第一部分, at_most: 5}", ["这种报告不分部分，没有“第一部分”"]),
    "a table that one of two kinds has": ("[annual_report, website_report]", CELLS, ["没有代号为“W1”的表；可用：T2、T3、T4"]),
    "an unknown key": (WEBSITE, "{kind: allowed_values, tabel: W1, table: W1, rows: [received], at_most: 5}", ["没有“tabel”这个键，是否为“table”？"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_said(case):
    kinds, check, expected = SAID[case]
    texts = {**decode_rules(rule_files()), "a.yaml": RULE.format(kinds=kinds, check=check)}
    faults = []
    try:
        compile_rulebook(texts)
    except RulebookError as error:
        faults = error.faults
    assert len(faults) == len(expected), faults
    for fault, text in zip(faults, expected, strict=True):
        assert text in fault.text
        assert (fault.file, fault.line) == ("a.yaml", 8)
