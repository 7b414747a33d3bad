"""The engine: one outcome a rule whatever happens, and findings that are folded, ordered and marked."""

from __future__ import annotations

import json
from datetime import date

import pytest
from command_line import run_checker

from checker import api
from checker.judging.engine import findings_of, judge, run
from checker.judging.judgement import UNRECOGNISED, Breach, CannotJudge, Unjudged
from checker.judging.messages import fill
from checker.judging.rules import Check, Condition, Rule, SeverityCase, applicability
from checker.judging.subject import Subject
from checker.model.findings import CheckRun, Severity, Status, Verdict
from checker.rulebook.load.given import form_of_given
from checker.rulebook.store import load_rulebook
from checker.run.pipeline import CheckOptions, check_bytes
from checker.startup.records import replace
from checker.understand import understand
from checker.workbench.sample import sample_document

RULEBOOK = load_rulebook()
TEXT = "某县某局2024年政府信息公开工作年度报告\n一、总体情况\n2024年公开信息3条。\n六、其他需要报告的事项\n未收取信息处理费。\n"


def report_of(given=None):
    given = given or {}
    form = form_of_given(RULEBOOK.forms, given)
    document = sample_document(form, given, RULEBOOK.forms)
    return understand(document, RULEBOOK.library, level=given.get("level"), tier=given.get("tier"))


def rule_of(rule_id="LOC-01", kind="said", options=None, **more):
    values = {
        "title": "要求", "group": "本地", "basis": "通知", "checks": (Check(kind, options or {}, said(kind)),), "severities": {"default": "error"},
        "messages": {"default": "不对"}, "suggestions": {},
    }  # fmt: skip
    return Rule(id=rule_id, **{**values, **more})


def rulebook_of(*rules, **more):
    return replace(RULEBOOK, rules={rule.id: rule for rule in rules}, **more)


SAID = {}
"""What checks say in the test that runs, by the name of their kind."""


def said(kind):
    """A check that says what the test has registered by the time it is asked."""

    def judge_said(subject):
        return SAID[kind](subject)

    return judge_said


@pytest.fixture
def say():
    """Make a check say what it is given, so that every answer of a kind can be tried."""
    SAID.clear()

    def register(*answers, name="said"):
        def judge_said(_subject):
            for answer in answers:
                if isinstance(answer, Exception):
                    raise answer
                yield answer(_subject) if callable(answer) else answer

        SAID[name] = judge_said

    return register


def breach(section=1, variant=None, **evidence):
    return lambda subject: Breach(
        subject.view("第一部分" if section == 1 else "第五部分").whole(), evidence, variant
    )


VERDICTS = {
    # What the kind says; the verdict, how much was examined, and the reason.
    "all is well": ([None, None], "pass", 2, None),
    "one breach": ([None, breach()], "fail", 2, None),
    "a breach and a doubt": ([breach(), Unjudged("缺表")], "fail", 1, None),
    "a doubt": ([None, Unjudged("缺表")], "not_checked", 1, "缺表"),
    "the same doubt twice": ([Unjudged("缺表"), Unjudged("缺表")], "not_checked", 0, "缺表"),
    "many doubts": ([Unjudged(word) for word in "甲乙丙丁"], "not_checked", 0, "甲；乙；丙等 4 处"),
    "cannot be judged": ([CannotJudge("未找到第一部分")], "not_checked", 0, "未找到第一部分"),
    "cannot be judged to the end": ([None, CannotJudge("缺表")], "not_checked", 1, "缺表"),
    "nothing to look at": ([], "not_checked", 0, "没有可以检查的内容"),
    "takes too long": ([TimeoutError()], "not_checked", 0, "正则表达式在这份文本上要走的步数太多"),
    "breaks": ([None, ValueError("坏了")], "broken", 1, "程序内部错误（ValueError: 坏了），请反馈给开发者"),
    "breaks after a breach": ([breach(), KeyError("甲")], "broken", 1, "程序内部错误（KeyError: '甲'），请反馈给开发者"),
    "overflows": ([RecursionError("深")], "broken", 0, "程序内部错误（RecursionError: 深），请反馈给开发者"),
}  # fmt: skip


@pytest.mark.parametrize("case", VERDICTS)
def test_verdict(case, say):
    answers, verdict, examined, reason = VERDICTS[case]
    say(*answers)
    report = report_of()
    judged = judge(RULEBOOK, rule_of(), Subject(report, RULEBOOK.language))
    assert (judged.outcome.verdict.value, judged.outcome.examined, judged.outcome.reason) == (
        verdict,
        examined,
        reason,
    )
    assert bool(findings_of(rule_of(), judged, report)) == (verdict == "fail")


def test_a_broken_rule_stops_no_other(say):
    say(ValueError("坏了"))
    say(breach(), name="other")
    outcomes, findings = run(rulebook_of(rule_of("LOC-01"), rule_of("LOC-02", "other")), report_of())
    assert [outcome.verdict for outcome in outcomes] == [Verdict.BROKEN, Verdict.FAIL]
    assert [finding.rule for finding in findings] == ["LOC-02"]


def test_a_broken_rule_makes_the_run_exit_with_3(say):
    say(ValueError("坏了"))
    rulebook = rulebook_of(rule_of())
    [result] = check_bytes(rulebook, TEXT.encode(), "r.txt", CheckOptions())
    assert (result.status, result.verdict) == (Status.CHECKED, "pass")
    assert api.exit_code(CheckRun(rulebook.info, (result,)), Severity.ERROR) == 3


def test_every_rule_has_exactly_one_outcome():
    report = report_of(
        {"without": ["T3"], "text": {1: None}, "title": "某县某局政府信息公开工作年度报告", "year": None}
    )
    outcomes, _ = run(RULEBOOK, report)
    assert [outcome.rule for outcome in outcomes] == list(RULEBOOK.rules)
    assert not [outcome for outcome in outcomes if outcome.verdict is Verdict.BROKEN]
    assert all(
        outcome.reason
        for outcome in outcomes
        if outcome.verdict in (Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE)
    )


CONDITIONS = {
    # The condition, the report, whether it applies, and the reason.
    "none": (Condition(), {}, True, None),
    "level": (Condition(levels=("department",)), {}, True, None),
    "another level": (Condition(levels=("government",)), {}, False, "不适用于这一类单位"),
    "level not known": (Condition(levels=("government",)), {"title": "2024年政府信息公开工作年度报告"}, None, "level"),
    "tier": (Condition(tiers=("county",)), {}, True, None),
    "tier not known": (Condition(tiers=("county",)), {"agency": "某市某局"}, None, "tier"),
    "year at the edges": (Condition(first_year=2024, last_year=2024), {}, True, None),
    "year before": (Condition(first_year=2025), {}, False, "不适用于 2024 年度"),
    "year after": (Condition(last_year=2023), {}, False, "不适用于 2024 年度"),
    "year not known": (Condition(first_year=2021), {"title": "某县某局政府信息公开工作年度报告", "year": None, "text": {1: "甲。", 5: "乙。", 6: "丙。"}}, None, "year"),
    "form": (Condition(forms=("2021",)), {}, True, None),
    "another form": (Condition(forms=("2019",)), {}, False, "只适用于格式 2019"),
    "what is known decides": (Condition(tiers=("county",), levels=("government",)), {"agency": "某市某局"}, False, "不适用于这一类单位"),
}  # fmt: skip


@pytest.mark.parametrize("case", CONDITIONS)
def test_condition(case):
    condition, given, applies, reason = CONDITIONS[case]
    assert applicability(condition, report_of(given)) == (applies, reason)


@pytest.mark.parametrize("case", ["level not known", "another level"])
def test_verdict_of_a_rule_whose_condition_does_not_hold(case, say):
    say(breach())
    condition, given, applies, reason = CONDITIONS[case]
    outcomes, findings = run(rulebook_of(rule_of(condition=condition)), report_of(given))
    assert outcomes[0].verdict is (Verdict.NOT_CHECKED if applies is None else Verdict.NOT_APPLICABLE)
    assert (outcomes[0].reason, findings) == (UNRECOGNISED.get(reason, reason), ())


COUNTY, TOWNSHIP = {}, {"agency": "某县某镇人民政府"}
SEVERITIES = {
    # Severities, cases, variant, report; the severity of the finding, None if there is none.
    "plain": ({"default": "warning"}, (), None, COUNTY, "warning"),
    "of a variant": ({"late": "error", "default": "info"}, (), "late", COUNTY, "error"),
    "of the others": ({"late": "error", "default": "info"}, (), "early", COUNTY, "info"),
    "not said": ({"late": "error"}, (), "early", COUNTY, "warning"),
    "off": ({"late": "off", "default": "error"}, (), "late", COUNTY, None),
    "case": ({"default": "error"}, (SeverityCase(Condition(levels=("township",)), "info"),), None, TOWNSHIP, "info"),
    "case that does not hold": ({"default": "error"}, (SeverityCase(Condition(levels=("township",)), "info"),), None, COUNTY, "error"),
    "first case that holds": ({"default": "error"}, (SeverityCase(Condition(levels=("township",)), "info"), SeverityCase(Condition(), "warning")), None, COUNTY, "warning"),
    "a case does not switch on": ({"late": "off", "default": "error"}, (SeverityCase(Condition(), "info"),), "late", COUNTY, None),
}  # fmt: skip


@pytest.mark.parametrize("case", SEVERITIES)
def test_severity(case, say):
    severities, cases, variant, given, expected = SEVERITIES[case]
    say(breach(variant=variant))
    outcomes, findings = run(
        rulebook_of(rule_of(severities=severities, severity_cases=cases)), report_of(given)
    )
    assert [finding.severity.value for finding in findings] == ([expected] if expected else [])
    assert outcomes[0].verdict is (Verdict.FAIL if expected else Verdict.PASS)


FOLDING = {
    # Severities of LOC-01 (which explains LOC-02) and LOC-02; the findings that remain.
    "worse over milder": ("error", "info", ["LOC-01"]),
    "equals": ("warning", "warning", ["LOC-01"]),
    "never into a milder one": ("info", "error", ["LOC-01", "LOC-02"]),
}


@pytest.mark.parametrize("case", FOLDING)
def test_folding(case, say):
    own, other, expected = FOLDING[case]
    say(breach())
    first = rule_of("LOC-01", severities={"default": own}, explains=("LOC-02",))
    second = rule_of("LOC-02", severities={"default": other})
    outcomes, findings = run(rulebook_of(first, second), report_of())
    assert [finding.rule for finding in findings] == expected
    # Both still failed; the one that stands names the other.
    assert [outcome.verdict for outcome in outcomes] == [Verdict.FAIL, Verdict.FAIL]
    assert findings[0].explains == (("LOC-02",) if len(expected) == 1 else ())


def test_rules_that_explain_each_other_do_not_vanish_together(say):
    say(breach())
    rules = [rule_of("LOC-01", explains=("LOC-02",)), rule_of("LOC-02", explains=("LOC-01",))]
    _, findings = run(rulebook_of(*rules), report_of())
    assert [finding.rule for finding in findings] == ["LOC-01"]


def test_reading_order(say):
    """Opening, then the sections with text before tables, in the table's own order, then by rule; the whole last."""
    say(breach(section=5), breach())
    say(
        lambda subject: Breach(subject.report.tables["T3"].place("R2", "total")),
        lambda subject: Breach(subject.report.tables["T3"].place("R1", "natural")),
        name="cells",
    )
    say(
        lambda subject: Breach(replace(subject.view("第一部分").whole(), section=None)),
        lambda subject: Breach(subject.view("开头").whole()),
        name="edges",
    )
    rules = [rule_of("LOC-03"), rule_of("LOC-02", "cells"), rule_of("LOC-01", "edges")]
    _, findings = run(rulebook_of(*rules), report_of({"text": {0: "编制本报告。"}}))
    assert [(f.place.section, f.place.row) for f in findings] == [
        (0, None),
        (1, None),
        (3, "R1"),
        (3, "R2"),
        (5, None),
        (None, None),
    ]


def test_messages(say):
    say(breach(variant="late", found="甲"))
    rule = rule_of(
        messages={"late": "{agency}{year}写了{found}，{nothing}", "default": "不"},
        suggestions={"default": "改到 {next_year} 年"},
    )
    [finding] = run(rulebook_of(rule), report_of())[1]
    assert finding.message == "某县某局2024写了甲，未知"
    assert finding.suggestion.text == "改到 2025 年"


FILLED = {
    "{a}": "1",
    "{a}{a}": "11",
    "{b}": "未知",
    "{ a }": "{ a }",
    "{}": "{}",
    "{{a}}": "{1}",
    "甲": "甲",
    "{c}": "{a}",
}


@pytest.mark.parametrize("template", FILLED)
def test_fill(template):
    """What is filled in is not looked at again."""
    assert fill(template, {"a": 1, "c": "{a}"}) == FILLED[template]


def wrong_total(value, **more):
    return {
        "cells": {
            "T3[R1, natural]": 3,
            "T3[S, natural]": 3,
            "T3[A, natural]": 3,
            "T3[A, total]": 3,
            "T3[S, total]": 3,
            "T3[R1, total]": value,
        },
        **more,
    }


def test_fingerprints_know_the_cell_and_not_its_value():
    def marks(given):
        found = run(RULEBOOK, report_of(given))[1]
        return {(finding.place.row, finding.fingerprint) for finding in found if finding.place.table == "T3"}

    assert marks(wrong_total(4)) == marks(wrong_total(5)) != set()
    assert marks(wrong_total(4)).isdisjoint(marks(wrong_total(4, agency="某县另局")))
    assert marks(wrong_total(4)).isdisjoint(marks(wrong_total(4, year=2023)))


def test_fingerprints_of_one_report_differ(say):
    say(breach(), breach(), breach(section=5))
    _, findings = run(rulebook_of(rule_of()), report_of({"text": {1: "一。", 5: "一。"}}))
    assert len({finding.fingerprint for finding in findings}) == len(findings) == 3


LAYOUTS = {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}


def cited_layouts(given, rule):
    """Which layouts the findings of a rule cite, each finding for itself."""
    _, findings = run(RULEBOOK, report_of(given))
    bases = [finding.basis for finding in findings if finding.rule == rule]
    assert bases
    return [[form for form, words in LAYOUTS.items() if words in basis] for basis in bases]


@pytest.mark.parametrize(("form", "year"), [("2019", 2020), ("2021", 2024)])
@pytest.mark.parametrize(
    ("rule", "spoilt"),
    [
        ("T2-02", {"cells": {"T2[licensing, decisions]": "三件"}}),
        ("T3-02", {"cells": {"T3[R1, total]": 9}}),
        ("T4-02", {"cells": {"T4[review, total]": 9}}),
        ("SEC-06", {"without": ["T3"]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_finding_cites_the_layout_that_the_report_follows(form, year, rule, spoilt):
    assert cited_layouts({"form": form, "year": year, **spoilt}, rule) == [[form]]


def test_a_finding_about_a_table_of_another_form_cites_the_layout_of_the_table():
    given = {
        "form": "2021",
        "tables_from": {"T3": "2019"},
        "cells": {"T3[R1, total]": 9, "T4[review, total]": 9},
    }
    assert cited_layouts(given, "T3-02") == [["2019"]]
    assert cited_layouts(given, "T4-02") == [["2021"]]


def test_a_rule_that_cites_only_another_layout_is_told_with_it():
    """It is what the rule rests on, whatever the report follows."""
    given = {"form": "2019", "year": 2024}
    assert cited_layouts(given, "DOC-01") == [["2021"]]


def test_the_same_report_gives_the_same_bytes(tmp_path, monkeypatch, capsys):
    file = tmp_path / "r.txt"
    file.write_text(TEXT, encoding="utf-8")
    outputs = {
        run_checker(
            monkeypatch, capsys, "check", file, "--format", "json", "--no-config", "--today", "2025-02-01"
        ).out
        for _ in range(2)
    }
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["summary"]["reports"] == 1


IDLE = {
    "switched off": ({"off": "已由规则集停用：重复"}, "已由规则集停用：重复"),
    "suspended": ({"suspended": (date(2024, 3, 1), "通知在修订")}, "自 2024-03-01 起暂停：通知在修订"),
    "over": ({"in_force": (None, date(2023, 12, 31))}, "2023-12-31 后不再适用"),
}


@pytest.mark.parametrize("case", IDLE)
def test_a_rule_that_does_not_run_says_why(case, say):
    more, reason = IDLE[case]
    say(ValueError("it must not even be asked"))
    outcomes, findings = run(rulebook_of(rule_of(**more)), report_of())
    assert (outcomes[0].verdict, outcomes[0].reason, findings) == (Verdict.NOT_APPLICABLE, reason, ())
