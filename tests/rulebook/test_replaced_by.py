"""The life of a rule: since when there is one, that it should no longer be used, which one stands in its place."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from small_rulebook import RULES, faults_of

from checker.api import load_exceptions, select_rules
from checker.cli import cli
from checker.rulebook.store import load_rulebook

RULE = """\
  - id: {id}
    title: 写到{word}
    severity: warning
    basis: [{{source: PRACTICE}}]
{more}    check: {{kind: pattern, where: 第一部分, patterns: [{word}]}}
    message: 没有写{word}
    examples:
      - {{name: 没写, expect: fail, given: {{text: {{1: 公开信息120条。}}}}, findings: [{{place: 第一部分}}]}}
"""
REPORT = "某县某局2024年政府信息公开工作年度报告\n一、总体情况\n公开信息3条。\n"
TOLD = "规则 LOC-01 已由 LOC-02 代替，按新编号办理，请改用新编号"
EXCEPTION = """\
exceptions:
  - {rule: LOC-01, place: 第一部分, agency: 某县某局, year: 2024, value: null, reason: 已经核对}
"""


def rule(rule_id, word, more=""):
    return RULE.format(id=rule_id, word=word, more=f"    {more}\n" if more else "")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with three local rules and a report; the working directory."""
    rules = [
        rule("LOC-01", "培训", "replaced_by: LOC-02"),
        rule("LOC-02", "会议", "since: '0.2'"),
        rule("LOC-03", "考核", "deprecated: 通知已经废止"),
    ]
    local = tmp_path / "local"
    local.mkdir()
    (local / "local.yaml").write_text("group: 本地\nrules:\n" + "".join(rules), encoding="utf-8")
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "e.yaml").write_text(EXCEPTION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def output(*arguments):
    return CliRunner().invoke(cli, [*arguments, "--rules", "local"]).output


def findings(*arguments):
    """Rules that found something in the report, and what the run says it did differently."""
    data = json.loads(output("check", "r.txt", "--format", "json", *arguments))
    return {finding["rule"] for report in data["reports"] for finding in report["findings"]}


@pytest.mark.usefixtures("folder")
def test_a_replaced_rule_does_not_run_and_a_deprecated_one_does():
    assert {rule for rule in findings() if rule.startswith("LOC")} == {"LOC-02", "LOC-03"}


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", "LOC-01"), {"LOC-02"}),
        (("--select", "LOC", "--ignore", "LOC-01"), {"LOC-03"}),
        (("--select", "LOC-03,LOC-01"), {"LOC-02", "LOC-03"}),
        (("--select", "LOC", "--config", "c.yaml"), {"LOC-03"}),
    ],
    ids=["selected", "ignored", "selected with another one", "switched off in a file"],
)
def test_an_old_id_stands_for_the_new_rule_and_is_told(folder, arguments, found):
    (folder / "c.yaml").write_text("severity: {LOC-01: off}\n", encoding="utf-8")
    assert findings(*arguments) == found
    text = output("check", "r.txt", "--format", "markdown", *arguments)
    assert text.replace("\n", "").count(TOLD) == 1


def test_an_exception_of_the_old_rule_holds_for_the_new_one_and_is_told(folder):
    accepted = load_exceptions(folder / "e.yaml", load_rulebook([folder / "local"]))
    assert [entry.rule for entry in accepted.entries] == ["LOC-02"]
    assert (accepted.old_ids, accepted.malformed) == (("LOC-01",), ())
    text = output("check", "r.txt", "--format", "markdown", "--exceptions", "e.yaml")
    assert TOLD in text


@pytest.mark.usefixtures("folder")
def test_no_word_of_it_where_new_ids_are_used():
    assert "代替，按新编号" not in output("check", "r.txt", "--format", "markdown", "--select", "LOC-02")


def test_lists_and_explanations_say_it(folder):
    rules = {entry["id"]: entry for entry in json.loads(output("rules", "list", "--format", "json"))}
    assert [
        [rules[key][name] for name in ("since", "deprecated", "replaced_by", "idle")]
        for key in ("LOC-01", "LOC-02", "LOC-03")
    ] == [
        [None, None, "LOC-02", "已由 LOC-02 代替"],
        ["0.2", None, None, None],
        [None, "通知已经废止", None, None],
    ]
    assert "写到考核（不建议再用：通知已经废止）" in output("rules", "list")
    assert "已由 LOC-02 代替" in output("explain", "LOC-01")
    assert "0.2" in output("explain", "LOC-02")
    assert "通知已经废止" in output("explain", "LOC-03")
    assert list(select_rules(load_rulebook([folder / "local"]), ["LOC-01"], ()).rules) == ["LOC-02"]


OTHER = RULES[RULES.index("  - id") :].replace("LOC-01", "LOC-02")


@pytest.mark.parametrize(
    ("own", "others", "text"),
    [
        ("replaced_by: LOC-01", OTHER, "replaced_by 里不能写自己的编号"),
        ("replaced_by: LOC-99", OTHER, "没有规则“LOC-99”"),
        ("replaced_by: LOC-02", OTHER.replace("    title", "    replaced_by: LOC-01\n    title"),
         "代替本条的 LOC-02 自己也被 LOC-01 代替了，请写仍在执行的规则"),
        ("deprecated: ''", OTHER, "deprecated"),
    ],
    ids=["itself", "unknown", "in a circle", "without a reason"],
)  # fmt: skip
def test_what_cannot_stand_in_its_place(own, others, text):
    written = RULES.replace("    title", f"    {own}\n    title", 1) + others
    assert any(text in fault.text for fault in faults_of({"l.yaml": written}))
