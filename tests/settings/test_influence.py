"""What a configuration changes is said by every output, and a pass says what it is worth then."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import run_checker
from samples import DEPARTMENT_2024, write

from checker.settings.config import CONFIG_NAME
from checker.writers import OUTPUTS

TEXTS = [name for name, output in OUTPUTS.items() if not output.binary]  # others go to files only


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Check a clean report in the folder 收件 under a configuration in the folder above."""
    monkeypatch.chdir(tmp_path)
    Path("收件").mkdir()
    Path("收件", "年报.txt").write_bytes(write(DEPARTMENT_2024, "txt"))

    def run(config, *options, place="."):
        Path(place, CONFIG_NAME).write_text(config, encoding="utf-8")
        return run_checker(monkeypatch, capsys, "check", "收件", "--today", "2025-02-01", *options)

    return run


LIMITS = {
    # Settings; what stands behind 通过, and a phrase of what is said.
    "rules off": ("ignore: [T2]\n", r"通过（仅检查 \d+ 条规则）", "停用"),
    "severity off": ("severity: {T3-02: off}\n", r"通过（仅检查 \d+ 条规则）", "停用 1 条：T3-02"),
    "another severity": (
        "severity: {T3-02: warning}\n",
        "通过（按 .checker.yaml 调整）",
        "改了级别：T3-02 警告",
    ),
    "a level": ("level: department\n", "通过（按 .checker.yaml 调整）", "机关类别：部门"),
    "when to fail": ("fail_on: never\n", "通过（按 .checker.yaml 调整）", "算作不合格的级别：never"),
    "nothing lenient": ("profile: national\n", "通过 ", "规则集：national"),
}


@pytest.mark.parametrize("case", LIMITS)
def test_a_pass_says_what_it_is_worth(case, check):
    config, verdict, phrase = LIMITS[case]
    out = check(config).out
    assert re.search(verdict, out), out
    assert phrase in "".join(out.split("\n")).replace("      ", "")
    assert CONFIG_NAME in out


@pytest.mark.parametrize("name", TEXTS)
def test_every_output_names_the_file_and_what_it_changes(name, check):
    out = check("ignore: [T2]\n", "--format", name).out
    assert CONFIG_NAME in out
    assert "T2-01" in out


@pytest.mark.parametrize("name", TEXTS)
def test_every_output_names_a_file_that_is_not_followed(name, check):
    out = check("ignore: [T2]\n", "--format", name, place="收件").out
    assert f"收件/{CONFIG_NAME}" in out
    assert "仅检查" not in out


def test_the_result_for_programs(check):
    result = json.loads(check("severity: {T3-02: off}\nlevel: department\n", "--format", "json").out)
    used = result["configuration"]
    assert (used["path"], used["source"], used["rules_off"]) == (CONFIG_NAME, "current", ["T3-02"])
    assert used["settings"] == {"severity": {"T3-02": "off"}, "level": "department"}
    assert result["reports"][0]["verdict"] == "pass"


def test_options_that_switch_rules_off_are_named_too(check):
    result = json.loads(check("profile: national\n", "--no-config", "--ignore", "T2", "--format", "json").out)
    used = result["configuration"]
    assert (used["path"], used["settings"]) == (None, {"ignore": ["T2"]})
    assert all(rule.startswith("T2") for rule in used["rules_off"])
    assert used["rules_off"]


def test_a_plain_run_says_nothing(check):
    result = json.loads(check("profile: national\n", "--no-config", "--format", "json").out)
    assert result["configuration"] is None


def test_a_local_file_never_stands_in_the_place_of_a_built_in_one(check):
    Path("rules").mkdir()
    rule = (
        "group: 本地\nrules:\n  - id: LOC-01\n    title: 写明培训\n    severity: info\n"
        "    basis: [{source: PRACTICE}]\n"
        "    check: {kind: mentions, where: 第一部分, topics: [{topic: 培训, any: [培训]}]}\n"
        "    message: 没有写{missing}\n    examples:\n"
        "      - {name: 写了, expect: pass, given: {text: {1: 培训2次。}}}\n"
        "      - {name: 没写, expect: fail, given: {text: {1: 有序开展。}}, findings: [{place: 第一部分}]}\n"
    )
    Path("rules", "prose.yaml").write_text(rule, encoding="utf-8")
    plain = json.loads(check("profile: national\n", "--no-config", "--format", "json").out)
    local = json.loads(
        check("profile: national\n", "--no-config", "--rules", "rules", "--format", "json").out
    )
    assert local["rulebook"]["rules"] == plain["rulebook"]["rules"] + 1


def test_a_replaced_rule_is_named(check):
    rule = (
        "group: 本地\nrules:\n  - id: GEN-07\n    title: 写明培训\n    severity: info\n"
        "    basis: [{source: PRACTICE}]\n"
        "    check: {kind: mentions, where: 第一部分, topics: [{topic: 培训, any: [培训]}]}\n"
        "    message: 没有写{missing}\n    examples:\n"
        "      - {name: 写了, expect: pass, given: {text: {1: 培训2次。}}}\n"
        "      - {name: 没写, expect: fail, given: {text: {1: 有序开展。}}, findings: [{place: 第一部分}]}\n"
    )
    Path("本县.yaml").write_text(rule, encoding="utf-8")
    result = json.loads(
        check("profile: national\n", "--no-config", "--rules", "本县.yaml", "--format", "json").out
    )
    assert result["configuration"]["replaced"] == ["GEN-07"]
