"""No key of a rule is lost on the way from the rule file to the rule that runs."""

from __future__ import annotations

import json

import pytest
from small_rulebook import BASE

from checker.api import check
from checker.rulebook.build import rulebook_from_data
from checker.rulebook.compile import compile_rulebook
from checker.rulebook.schema.files import AUTHOR_ONLY, PER_VARIANT, REFERENCES, RULE, TEMPLATES
from checker.startup.records import replace

PLAIN = {
    "id": "LOC-01", "title": "写明用能人数", "severity": "warning", "basis": [{"source": "JN"}],
    "check": {"kind": "pattern", "where": "开头", "patterns": ["用能人数"]}, "message": "没有写用能人数",
    "examples": [],
}  # fmt: skip
OTHER = {
    "id": "LOC-02",
    "title": "写明人数",
    "why": "要算人均",
    "severity": "error",
    "severity_when": [{"applies": {"levels": ["department"]}, "severity": "info"}],
    "basis": [{"source": "JN", "clause": "第一条"}],
    "applies": {"levels": ["department"]},
    "check": {"kind": "pattern", "where": "开头", "patterns": ["人数"]},
    "message": "没有写人数",
    "suggestion": "补上人数",
    "explains": ["JN-01"],
    "explains_in_section": ["JN-01"],
    "explains_in_cell": ["JN-01"],
    "exceptable": False,
    "in_force": {"from": "2020-01-01"},
    "suspended": {"since": "2024-01-01", "reason": "修订中"},
    "since": "0.2",
    "deprecated": "通知已经废止",
    "replaced_by": "JN-01",
    "how": "看开头有没有这个词",
    "certainty": "A",
    "examples": [{"name": "写了", "expect": "pass", "given": {}}],
}
"""For each key a value other than in the plain rule."""


def compiled(rule):
    """The rule as it runs; rules of JSON are rules of YAML."""
    files = {**BASE, "local.yaml": json.dumps({"group": "本单位", "rules": [rule]}, ensure_ascii=False)}
    rules = rulebook_from_data({**compile_rulebook(files), "digest": ""}).rules
    return replace(rules[rule["id"]], line=0)


def test_every_key_has_a_case():
    assert set(OTHER) == set(RULE["properties"])


@pytest.mark.parametrize("key", [key for key in RULE["properties"] if key not in AUTHOR_ONLY])
def test_a_key_changes_the_rule_that_runs(key):
    assert compiled({**PLAIN, key: OTHER[key]}) != compiled(PLAIN)


@pytest.mark.parametrize("key", sorted(AUTHOR_ONLY))
def test_a_key_for_readers_changes_nothing(key):
    assert compiled({**PLAIN, key: OTHER[key]}) == compiled(PLAIN)


def test_keys_that_the_schema_tells_apart():
    assert (PER_VARIANT, TEMPLATES) == (("severity", "message", "suggestion"), ("message", "suggestion"))
    assert REFERENCES == ("explains", "explains_in_section", "explains_in_cell")


REPORT = """\
某县某局2024年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制。
五、存在的主要问题及改进情况
{text}
六、其他需要报告的事项
无。
"""


@pytest.mark.parametrize(
    ("text", "explained"), [("无。", {"Q-01", "Q-02", "Q-03"}), ("改进不足。", {"Q-03"}), ("", set())]
)
def test_a_section_of_a_few_words_is_one_finding(text, explained):
    findings = check(REPORT.format(text=text).encode(), name="r.txt").findings
    [found] = [finding for finding in findings if finding.place.section == 5]
    assert found.rule == "SEC-05"
    assert set(found.explains) == explained
