"""Profiles: what they change, what their rules prove, and what a run says of it."""

from __future__ import annotations

import pytest
from command_line import run_checker
from small_rulebook import BASE, BASE_PROFILE, PROFILE, faults_of

from checker.api import CheckOptions, check
from checker.model.findings import Verdict
from checker.rulebook.store import load_rulebook
from checker.workbench.catalogue import written_profiles

PROFILES = [profile.name for profile in written_profiles()]
LONG = "编制本报告，" * 200
REPORT = """\
某市人民政府2025年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制。
一、总体情况
{long}
六、其他需要报告的事项
2025年未收取信息处理费。
"""


def result(profile):
    text = REPORT.format(long=LONG)
    return check(text.encode(), name="r.txt", rulebook=load_rulebook(profile=profile), options=CheckOptions())


@pytest.fixture
def small(tmp_path):
    for name, text in {**BASE, "p.yaml": PROFILE, "b.yaml": BASE_PROFILE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_built_in_profiles():
    assert sorted(PROFILES) == ["fujian", "huaihua", "hunan", "national", "sichuan", "wuwei", "yueyang"]


def test_a_profile_has_the_rules_of_the_one_it_extends_and_its_own():
    national = set(load_rulebook().rules)
    assert set(load_rulebook(profile="fujian").rules) == national | {"FJ-01"}
    assert set(load_rulebook(profile="wuwei").rules) == national | {"GEN-10", "WW-01", "WW-02"}


def test_local_rules_stand_behind_those_of_the_catalogue():
    assert list(load_rulebook(profile="wuwei").rules)[-2:] == ["WW-01", "WW-02"]


def test_what_a_run_says_under_a_local_profile():
    found = result("wuwei")
    severities = {finding.rule: finding.severity.value for finding in found.findings}
    assert severities["GEN-07"] == "warning"
    assert {"GEN-10", "WW-02"} <= set(severities)
    off = next(outcome for outcome in found.outcomes if outcome.rule == "DOC-03")
    assert off.verdict is Verdict.NOT_APPLICABLE
    assert off.reason == "已由规则集停用：只检查 2021 年度起的报告，2019、2020 年度的补录不再提示"
    # The same report under the default profile.
    severities = {finding.rule: finding.severity.value for finding in result("national").findings}
    assert severities["GEN-07"] == "info"
    assert not {"GEN-10", "WW-02", "FJ-01"} & set(severities)


def test_what_is_not_certain_is_only_a_hint():
    [finding] = [finding for finding in result("fujian").findings if finding.rule == "FJ-01"]
    assert finding.severity.value == "info"
    assert "（依据待核）" in finding.basis


def test_changes_of_a_profile(small):
    plain, local = (load_rulebook([small], builtin=False, profile=name) for name in ("base", "local"))
    assert plain.rules["JN-01"].severities == {"default": "error"}
    assert local.rules["JN-01"].severities == {"default": "warning"}
    assert local.rules["JN-06"].off == "已由规则集停用：本县不作要求"
    assert local.rules["JN-07"].checks[0].options == {"fields": ["signed_on"], "latest": "次年1月31日"}
    # The rule as its author wrote it is kept: its examples are about that one.
    assert local.rules["JN-07"].as_written == plain.rules["JN-07"]
    assert plain.rules["JN-07"].as_written is None


def test_the_later_profile_of_a_chain_wins(small):
    changed = (
        BASE_PROFILE
        + "severity: {JN-01: info, JN-02: info}\nparameters: {JN-07: {latest: 次年3月1日, every: true}}\n"
    )
    (small / "b.yaml").write_text(changed, encoding="utf-8")
    rulebook = load_rulebook([small], builtin=False, profile="local")
    assert rulebook.rules["JN-01"].worst.value == "warning"
    assert rulebook.rules["JN-02"].worst.value == "info"
    options = rulebook.rules["JN-07"].checks[0].options
    assert (options["latest"], options["every"]) == ("次年1月31日", True)


def test_a_rule_of_a_profile_may_replace_one(small):
    rule = (
        (small / "checks.yaml")
        .read_text(encoding="utf-8")
        .partition("  - id: JN-02")[0]
        .partition("rules:\n")[2]
    )
    text = (
        PROFILE
        + "rules:\n"
        + rule.replace("severity: error", "severity: info", 1).replace("severity: error,", "severity: info,")
    )
    (small / "p.yaml").write_text(text.replace("severity: {JN-01: warning}\n", ""), encoding="utf-8")
    assert load_rulebook([small], builtin=False, profile="local").rules["JN-01"].worst.value == "info"
    assert load_rulebook([small], builtin=False, profile="base").rules["JN-01"].worst.value == "error"


def test_parameters_may_name_what_people_call_it(small):
    low = "check: {kind: allowed_values, table: E1, at_most: 9}"
    rule = f"""\
  - id: LOC-01
    title: 用能不多
    severity: warning
    basis: [{{source: JN}}]
    {low}
    message: 太多
    examples:
      - {{name: 太多, expect: fail, given: {{cells: {{"E1[gas, year]": 10}}}}}}
"""
    (small / "r.yaml").write_text(f"group: 甲\nrules:\n{rule}", encoding="utf-8")
    changed = "{LOC-01: {rows: [天然气, heat], columns: [全年]}, JN-07: {fields: [落款日期]}}"
    (small / "p.yaml").write_text(
        PROFILE.replace("parameters: {JN-07: {latest: 次年1月31日}}", f"parameters: {changed}"),
        encoding="utf-8",
    )
    rules = load_rulebook([small], builtin=False, profile="local").rules
    options = rules["LOC-01"].checks[0].options
    assert (options["rows"], options["columns"]) == (["gas", "heat"], ["year"])
    assert list(rules["JN-07"].checks[0].options["fields"]) == ["signed_on"]


def test_a_factor_with_decimals_is_told_in_words(small):
    rule = """\
  - id: LOC-01
    title: 用能不增加到{factor_zh}倍
    severity: warning
    basis: [{source: JN}]
    check: {kind: jump, table: E1, rows: [gas], columns: [year], factor: 2, at_least: 1}
    message: "增加到{factor}倍"
    examples:
      - {name: 太多, expect: fail, given: {cells: {"E1[gas, year]": 9}, previous: {cells: {"E1[gas, year]": 3}}}}
"""
    (small / "r.yaml").write_text(f"group: 甲\nrules:\n{rule}", encoding="utf-8")
    changed = "parameters: {LOC-01: {factor: 1.5}}"
    (small / "p.yaml").write_text(
        PROFILE.replace("parameters: {JN-07: {latest: 次年1月31日}}", changed), encoding="utf-8"
    )
    titles = [
        load_rulebook([small], builtin=False, profile=name).rules["LOC-01"].title
        for name in ("base", "local")
    ]
    assert titles == ["用能不增加到二倍", "用能不增加到一点五倍"]


WORDED = (
    PROFILE.replace("parameters: {JN-07: {latest: 次年1月31日}}\n", "")
    + """\
parameters: {JN-07: {latest: 次年1月31日}}
wording:
  JN-07:
    title: "本县要求不晚于{latest}"
    message: "{name}晚于本县的期限{latest}"
    basis: [{source: JN, clause: 本县通知}]
"""
)


def test_a_profile_may_say_a_rule_in_its_own_words(small):
    (small / "p.yaml").write_text(WORDED, encoding="utf-8")
    plain, local = (load_rulebook([small], builtin=False, profile=name) for name in ("base", "local"))
    rule = local.rules["JN-07"]
    assert rule.title == "本县要求不晚于次年1月31日"
    assert rule.messages == {"default": "{name}晚于本县的期限次年1月31日"}
    assert rule.basis.endswith("本县通知")
    assert rule.suggestions == plain.rules["JN-07"].suggestions
    assert rule.as_written == plain.rules["JN-07"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{name}晚于", "{naem}晚于", "message 里的 {naem} 没有值，是否为“name”？"),
        ("message: ", "messages: ", "没有“messages”这个键，是否为“message”？"),
        ("source: JN", "source: JM", "没有依据“JM”"),
        (
            'message: "{name}晚于本县的期限{latest}"',
            "message: {tardy: 晚了}",
            "message 里没有“tardy”这种情形",
        ),
        ("wording:\n  JN-07", "wording:\n  JN-77", "没有规则“JN-77”"),
    ],
)
def test_faults_of_its_words_are_told_where_they_stand(old, new, told):
    assert WORDED.count(old) == 1
    [fault] = faults_of({"p.yaml": WORDED.replace(old, new), "b.yaml": BASE_PROFILE}, "local")
    assert fault.file == "p.yaml"
    assert told in fault.text


def test_a_wrong_value_is_told_once_where_the_profile_writes_it(tmp_path, monkeypatch, capsys):
    """The built-in texts that speak of the value, in figures and in words, are not wrong for that."""
    profile = "profile: benxian\ntitle: 本县\nextends: national\nparameters: {GEN-07: {at_most: 八百}}\n"
    (tmp_path / "p.yaml").write_text(profile, encoding="utf-8")
    told = run_checker(monkeypatch, capsys, "rules", "check", str(tmp_path)).err.splitlines()
    assert [line.strip().partition("p.yaml:")[2] for line in told[1:]] == [
        "4:32 “at_most”应是整数，现在是文字“八百”"
    ]
