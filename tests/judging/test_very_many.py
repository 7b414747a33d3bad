"""Limits that are counted: of very many breaches or figures the first ones count, and it is said."""

from __future__ import annotations

import pytest

from checker.judging.engine import findings_of, judge
from checker.judging.judgement import Breach
from checker.judging.rules import Check, Rule
from checker.judging.subject import Subject
from checker.model.findings import Severity
from checker.rulebook.store import load_rulebook
from checker.understand import understand
from checker.workbench.sample import sample_document

RULEBOOK = load_rulebook()


def subject_of(text="2024年公开信息3条。"):
    given = {"text": {1: text}}
    document = sample_document(RULEBOOK.forms["2021"], given, RULEBOOK.forms)
    return Subject(understand(document, RULEBOOK.library), RULEBOOK.language)


def rule_of(answer, severities=None):
    return Rule(
        id="LOC-01", title="要求", group="本地", basis="通知", checks=(Check("said", {}, answer),), messages={"default": "不对"},
        severities=severities or {"default": "error"}, suggestions={},
    )  # fmt: skip


def findings(rule, subject):
    return findings_of(rule, judge(RULEBOOK, rule, subject), subject.report)


def breaches(subject, count, variant=None):
    place = subject.view("第一部分").whole()
    return [Breach(place, {"number": number}, variant) for number in range(count)]


def test_the_first_thousand_are_listed():
    subject = subject_of()
    found = findings(rule_of(lambda subject: iter(breaches(subject, 1005))), subject)
    assert [finding.evidence["number"] for finding in found] == list(range(1000))
    assert [one.message for one in found[-2:]] == ["不对", "不对（同样的问题还有，只列出前 1,000 处）"]
    exactly = findings(rule_of(lambda subject: iter(breaches(subject, 1000))), subject)
    assert {finding.message for finding in exactly} == {"不对"}


def test_many_slight_ones_hide_no_grave_one():
    def answer(subject):
        yield from breaches(subject, 1005, "slight")
        yield from breaches(subject, 1, "grave")
        yield from breaches(subject, 1005, "slight")

    found = findings(rule_of(answer, {"slight": "info", "grave": "error"}), subject_of())
    assert len(found) == 1001
    assert [finding.severity for finding in found].count(Severity.ERROR) == 1


def test_a_rule_that_got_the_claims_in_part_is_not_judged():
    subject = subject_of("2024年受理政府信息公开申请1件。" * 3000)
    asking = rule_of(lambda subject: iter([None] if subject.claims else []))
    outcome = judge(RULEBOOK, asking, subject).outcome
    assert (outcome.verdict.value, outcome.reason) == (
        "not_checked",
        "正文里的数字太多，只核对了前一部分",
    )
    assert judge(RULEBOOK, rule_of(lambda _: iter([None])), subject).outcome.verdict.value == "pass"


@pytest.mark.parametrize(
    "sentence",
    ["受理政府信息公开申请1件，" * 81 + "。", "受理政府信息公开申请1件，" + "做好公开工作，" * 500 + "。"],
)
def test_a_sentence_that_is_not_read_is_told(sentence):
    subject = subject_of(sentence)
    asking = rule_of(lambda subject: iter([None] * (1 + len(subject.claims))))
    assert judge(RULEBOOK, asking, subject).outcome.reason == (
        "正文里有一句太长（没有句号，或者一句里有几十个数），这一句没有核对"
    )


def test_a_long_sentence_without_a_figure_has_nothing_to_tell():
    subject = subject_of("做好公开工作，" * 500 + "。")
    asking = rule_of(lambda subject: iter([None] if not subject.claims else []))
    assert judge(RULEBOOK, asking, subject).outcome.verdict.value == "pass"
