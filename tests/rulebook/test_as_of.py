"""`--as-of`: the rules and forms of a day, from the command line to the findings."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from small_rulebook import BASE, RULES

from checker.cli import main
from checker.model.errors import UsageError
from checker.rulebook.store import load_rulebook

OPENING = "根据国办公开办函〔2019〕60号编制。"
REPORT = """\
某县某局{year}年政府信息公开工作年度报告
{opening}
一、总体情况
{year}年，某县某局主动公开信息3条。
五、存在的主要问题及改进情况
公开不够及时，已经改进。
六、其他需要报告的事项
没有其他需要报告的事项。
某县某局
{next_year}年1月20日
"""


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["checker", *map(str, arguments)])
    with pytest.raises(SystemExit):
        main()
    return capsys.readouterr()


def report_of(folder, year):
    file = folder / "report.txt"
    file.write_text(REPORT.format(year=year, next_year=year + 1, opening=OPENING), encoding="utf-8")
    return file


CASES = {
    # The day, the report's year, the form it is read by, and rules with their verdicts.
    "newest": (None, 2021, "2021", {"INT-02": "fail", "O-01": "fail"}),
    "the day of issue": ("2021-09-26", 2021, "2021", {"INT-02": "fail", "O-01": "fail"}),
    "the day before": ("2021-09-25", 2021, "2019", {"INT-02": "not_applicable", "O-01": "fail"}),
    "before there was a fee": (
        "2020-12-31",
        2021,
        "2019",
        {"INT-02": "not_applicable", "O-01": "not_applicable"},
    ),
    "end of the year of issue": ("2021-12-31", 2020, "2019", {"INT-02": "not_applicable"}),
}


@pytest.mark.parametrize("case", CASES)
def test_rules_and_form_of_the_day(case, tmp_path, monkeypatch, capsys):
    day, year, form, verdicts = CASES[case]
    arguments = ["check", report_of(tmp_path, year), "--format", "json", "--no-config"]
    told = json.loads(run(monkeypatch, capsys, *arguments, *(["--as-of", day] if day else [])).out)
    [report] = told["reports"]
    outcomes = {outcome["rule"]: outcome for outcome in report["outcomes"]}
    assert {rule: outcomes[rule]["verdict"] for rule in verdicts} == verdicts
    assert (
        load_rulebook(as_of=date.fromisoformat(day) if day else None).library.kinds[0].in_force(year).form.id
        == form
    )


def test_the_reason_names_the_day(tmp_path, monkeypatch, capsys):
    out = run(
        monkeypatch,
        capsys,
        "check",
        report_of(tmp_path, 2021),
        "--format",
        "json",
        "--no-config",
        "--as-of",
        "2020-12-31",
    ).out
    reasons = {outcome["rule"]: outcome["reason"] for outcome in json.loads(out)["reports"][0]["outcomes"]}
    assert reasons["O-01"] == "2021-01-01 起才适用"


def test_a_form_that_is_not_in_force_cannot_be_asked_for(tmp_path, monkeypatch, capsys):
    err = run(
        monkeypatch,
        capsys,
        "check",
        report_of(tmp_path, 2021),
        "--as-of",
        "2021-01-01",
        "--form",
        "2021",
        "--no-config",
    ).err
    assert err == "没有格式“2021”；--form 可用 auto、2019、website_2018。\n"


def test_names_of_later_forms_keep_their_meaning():
    """Rules may name cells of a form that was not yet in force; they find nothing, but they do not break."""
    rulebook = load_rulebook(as_of=date(2021, 1, 1))
    assert [index.form.id for index in rulebook.library.kinds[0].forms] == ["2019"]
    assert rulebook.language.items.resolve("表二.规章.制发").type == "数"


SPANS = {
    # in_force or suspended of the rule; then for each day whether the rule runs.
    "from": ("in_force: {from: 2022-03-01}", {None: True, "2022-02-28": False, "2022-03-01": True}),
    "to": ("in_force: {to: 2022-03-01}", {None: False, "2022-03-01": True, "2022-03-02": False}),
    "both": ("in_force: {from: 2022-01-01, to: 2022-03-01}", {"2021-12-31": False, "2022-01-01": True, "2022-03-02": False}),
    "suspended": ("suspended: {since: 2022-03-01, reason: 通知正在修订}", {None: False, "2022-02-28": True, "2022-03-01": False}),
    "always": ("exceptable: true", {None: True, "1999-01-01": True}),
}  # fmt: skip


@pytest.mark.parametrize("case", SPANS)
def test_days_of_a_rule(case, tmp_path):
    line, runs = SPANS[case]
    for name, text in BASE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "local.yaml").write_text(
        RULES.replace("    message:", f"    {line}\n    message:"), encoding="utf-8"
    )
    for day, expected in runs.items():
        rulebook = load_rulebook([tmp_path], builtin=False, as_of=date.fromisoformat(day) if day else None)
        reason = rulebook.idle_reason(rulebook.rules["LOC-01"])
        assert (reason is None) is expected, (day, reason)


def test_a_day_before_all_forms(tmp_path):
    for name, text in BASE.items():
        changed = text.replace("years: {from: 2020}", "years: {from: 2020}\nin_force: {from: 2020-05-01}")
        (tmp_path / name).write_text(changed, encoding="utf-8")
    with pytest.raises(UsageError, match="2020-04-30 那一天没有任何格式在用"):
        load_rulebook([tmp_path], builtin=False, as_of=date(2020, 4, 30))
    assert load_rulebook([tmp_path], builtin=False, as_of=date(2020, 5, 1)).library.forms
