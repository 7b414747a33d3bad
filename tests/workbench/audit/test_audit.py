"""What the audit finds in rules that contradict, repeat, hide or idle."""

from __future__ import annotations

import pytest

from checker.model.findings import Severity
from checker.rulebook.store import load_rulebook
from checker.startup.records import replace
from checker.workbench.audit.audit import Material, audit
from checker.workbench.catalogue import source_places, written_rules

pytestmark = pytest.mark.long

RULE = """\
  - id: {id}
    title: 规则{id}
    severity: {severity}
    basis: [{{source: PRACTICE}}]
{more}    check: {check}
    message: 不合要求
    examples:
      - {{name: 不合格, expect: {expect}, given: {given}}}
"""
LONG = "{kind: length, where: 第一部分, at_most: 5}"
FAILING = "{text: {1: 公开信息一百二十条。}}"


def rule(rule_id, check=LONG, given=FAILING, severity="warning", *, expect="fail", more=""):
    more = f"    {more}\n" if more else ""
    return RULE.format(id=rule_id, check=check, given=given, severity=severity, expect=expect, more=more)


@pytest.fixture
def remarks_on(tmp_path):
    """Audits some local rules beside the built-in forms and fields, and gives what is said about them."""

    def audited(*rules):
        folder = tmp_path / "local"
        folder.mkdir()
        (folder / "local.yaml").write_text("group: 本地\nrules:\n" + "".join(rules), encoding="utf-8")
        rulebook, written = load_rulebook([folder]), written_rules([folder])
        own = {key: value for key, value in rulebook.rules.items() if value.file.endswith("local.yaml")}
        material = Material(replace(rulebook, rules=own), {key: written[key] for key in own}, {})
        return [
            (r.severity, r.topic, r.text, r.line) for r in audit(material) if r.file.endswith("local.yaml")
        ]

    return audited


CASES = [
    ("same rule contradicts itself", [rule("LOC-01", "{kind: length, where: 第一部分, at_least: 9, at_most: 5}")],
     Severity.ERROR, "矛盾", "LOC-01 自相矛盾"),
    ("two rules contradict", [rule("LOC-01"), rule("LOC-02", "{kind: length, where: 第一部分, at_least: 90}")],
     Severity.ERROR, "矛盾", "LOC-02 与 LOC-01 矛盾"),
    ("demanded and forbidden", [
        rule("LOC-01", "{kind: pattern, where: 开头, patterns: [年报]}", "{text: {0: 本报告由本局编制。}}"),
        rule("LOC-02", "{kind: forbidden_pattern, where: 全文, patterns: [年报]}", "{text: {0: 这是年报。}}"),
     ], Severity.ERROR, "矛盾", "“年报”正是 LOC-01 要求的"),
    ("dates out of order", [rule(
        "LOC-01", "{kind: date_range, fields: [signed_on], earliest: 次年3月1日, latest: 次年1月1日}",
        "{signature: 某县某局/2025年2月1日}",
     )], Severity.ERROR, "矛盾", "自相矛盾"),
    ("same check twice", [rule("LOC-01"), rule("LOC-02")], Severity.WARNING, "重复", "LOC-02 与 LOC-01 查的是同一件事"),
    ("looser bound", [rule("LOC-01"), rule("LOC-02", "{kind: length, where: 第一部分, at_most: 6}")],
     Severity.WARNING, "重复", "LOC-02 比 LOC-01 宽"),
    ("fewer words forbidden", [
        rule("LOC-01", "{kind: forbidden_pattern, where: 正文, patterns: [甲乙, 丙丁]}", "{text: {1: 甲乙。}}"),
        rule("LOC-02", "{kind: forbidden_pattern, where: 正文, patterns: [丙丁]}", "{text: {1: 丙丁。}}"),
     ], Severity.WARNING, "重复", "LOC-02 比 LOC-01 宽"),
    ("replaces a built-in rule", [rule("GEN-07")], Severity.INFO, "遮盖", "同号规则"),
    ("milder than what it explains", [
        rule("LOC-01", severity="info", more="explains: [LOC-02]"),
        rule("LOC-02", "{kind: length, where: 第五部分, at_most: 5}", "{text: {5: 公开信息一百二十条。}}", "error"),
     ], Severity.WARNING, "遮盖", "并不掉至少是错误的 LOC-02"),
    ("explains what never applies with it", [
        rule("LOC-01", more="applies: {years: {to: 2020}}", given="{year: 2020, text: {1: 公开信息一百二十条。}}"),
        rule("LOC-02", more="applies: {years: {from: 2022}}\n    explains: [LOC-01]"),
     ], Severity.WARNING, "遮盖", "不会同时适用"),
    ("years of another form", [
        rule("LOC-01", expect="not_applicable", more='applies: {forms: ["2019"], years: {from: 2022}}')
     ], Severity.ERROR, "不会适用", "年度不在"),
    ("level without that tier", [
        rule("LOC-01", expect="not_applicable", more="applies: {levels: [township], tiers: [province]}")
     ], Severity.ERROR, "不会适用", "没有省级的乡镇人民政府"),
    ("severity case out of reach", [
        rule("LOC-01", more="applies: {levels: [department]}\n    "
             "severity_when: [{applies: {levels: [office]}, severity: info}]")
     ], Severity.WARNING, "不会适用", "severity_when 第 1 条用不上"),
    ("never reported", [rule("LOC-01", severity='"off"', expect="pass")], Severity.ERROR, "不会报", "等于没有这条规则"),
    ("no example fails", [rule("LOC-01", given="{text: {1: 短。}}", expect="pass")],
     Severity.ERROR, "不会报", "没有一个查得出问题"),
    ("no example is examined", [rule("LOC-01", given="{text: {1: null}}", expect="not_checked")],
     Severity.ERROR, "不会报", "没有一个查到了内容"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "severity", "topic", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_audit_says(remarks_on, rules, severity, topic, words):
    """Each sort of fault, with its severity and in words."""
    remarks = remarks_on(*rules)

    assert any((severity, topic) == remark[:2] and words in remark[2] for remark in remarks), remarks


FINE = [
    ("bounds on different parts", [rule("LOC-01"), rule("LOC-02", "{kind: length, where: 第五部分, at_most: 5}",
                                                       "{text: {5: 公开信息一百二十条。}}")]),
    ("same check for other bodies", [
        rule("LOC-01", more="applies: {levels: [department]}"),
        rule("LOC-02", more="applies: {levels: [township]}",
             given="{agency: 某县某镇人民政府, text: {1: 公开信息一百二十条。}}"),
    ]),
    ("a range", [rule("LOC-01", "{kind: length, where: 第一部分, at_least: 1, at_most: 5}")]),
]  # fmt: skip


@pytest.mark.parametrize("rules", [case[1] for case in FINE], ids=[case[0] for case in FINE])
def test_the_audit_leaves_good_rules_alone(remarks_on, rules):
    """A remark that is wrong teaches authors to ignore remarks."""
    assert remarks_on(*rules) == []


def test_built_in_rules_have_no_errors():
    """Warnings and hints are for their authors to judge."""
    material = Material(load_rulebook(), written_rules(), source_places())

    assert [remark for remark in audit(material) if remark.severity is Severity.ERROR] == []
