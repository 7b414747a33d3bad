"""Examples in rules, run: `checker rules test` and the test suite use the same runner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from checker.judging.engine import findings_of, judge
from checker.judging.rules import Rule, Rulebook
from checker.judging.run_engine import judge_run
from checker.model.errors import NotAReportError
from checker.model.findings import Finding, Verdict
from checker.model.vocabulary import Terms
from checker.rulebook.load.given import SampleError
from checker.rulebook.places import place_key
from checker.startup.records import dataclass, replace
from checker.workbench.sample_subject import is_run, sample_run, sample_subject

KNOWN_WRONG = ("known_miss", "known_false_alarm")


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came of one example.

    Attributes:
        index: ordinal of the example in its rule, from 0.
        fault: Chinese sentence on how the result differs from what the example says, None if it agrees.
        known: the mark of known wrong behaviour (`known_miss`, `known_false_alarm`), None if there is none.
        verdict: what the rule said, None if the example could not be built.
    """

    rule: str
    name: str
    index: int
    fault: str | None
    known: str | None = None
    verdict: Verdict | None = None


def run_examples(
    rulebook: Rulebook, rule: Rule, examples: Sequence[Mapping[str, Any]]
) -> Iterator[ExampleResult]:
    """Run the examples of one rule; only that rule is applied.

    Args:
        rulebook: the rulebook the rule belongs to.
        rule: the rule.
        examples: its `examples` as written.
    """
    for index, example in enumerate(examples):
        known = next((mark for mark in KNOWN_WRONG if mark in example), None)
        try:
            verdict, findings, reason = apply_rule(rulebook, rule, example["given"])
        except (SampleError, NotAReportError) as error:
            yield ExampleResult(rule.id, example["name"], index, str(error), known)
            continue
        fault = _difference(example, verdict, findings, reason, rulebook.vocabulary.verdicts)
        if known:
            fault = None if fault else f"标为已知问题，但结果已经符合预期：请去掉 {known}"
        yield ExampleResult(rule.id, example["name"], index, fault, known, verdict)


def apply_rule(
    rulebook: Rulebook, rule: Rule, given: Mapping[str, Any]
) -> tuple[Verdict, tuple[Finding, ...], str | None]:
    """Verdict, findings and reason of one rule on the sample that `given` describes; its kind is the rule's own."""
    given = {"kind": rule.kinds[0], **given} if rule.kinds else given
    if given.get("damaged"):
        read = any(check.kind == "readable" for check in rule.checks)
        return (Verdict.FAIL, (), None) if read else (Verdict.NOT_CHECKED, (), "文件未能读取")
    if rule.of_run:
        if not is_run(given):
            return Verdict.NOT_APPLICABLE, (), "没有例外清单或单位清单"
        run = sample_run(rulebook, given, judged="exceptions" in given)
        outcomes, found = judge_run(
            replace(rulebook, rules={rule.id: rule}, unselected=rulebook.rules), run.subject
        )
        if not outcomes:
            return Verdict.NOT_APPLICABLE, (), "没有可以判断的单位或例外"
        return outcomes[0].verdict, found, outcomes[0].reason
    subject = sample_subject(rulebook, given)
    judged = judge(rulebook, rule, subject)
    return judged.outcome.verdict, findings_of(rule, judged, subject.report), judged.outcome.reason


def _difference(
    example: Mapping[str, Any],
    verdict: Verdict,
    findings: tuple[Finding, ...],
    reason: str | None,
    verdicts: Terms,
) -> str | None:
    if verdict.value != example["expect"]:
        why = f"（{reason}）" if reason else "".join(f"；{finding.message}" for finding in findings[:3])
        return f"预期{verdicts.name(example['expect'])}，结果是{verdicts.name(verdict.value)}{why}"
    if "findings" not in example:
        return None
    expected = example["findings"]
    if len(findings) != len(expected):
        messages = "；".join(f"{place_key(f.place)} {f.message}" for f in findings)
        return f"预期 {len(expected)} 处问题，结果有 {len(findings)} 处：{messages}"
    for number, (wanted, found) in enumerate(zip(expected, findings, strict=True), 1):
        fault = _finding_difference(wanted, found)
        if fault:
            return f"第 {number} 处问题{fault}"
    return None


def _finding_difference(wanted: Mapping[str, Any], found: Finding) -> str | None:
    if "place" in wanted and wanted["place"].replace(" ", "") != place_key(found.place).replace(" ", ""):
        return f"的位置预期 {wanted['place']}，结果是 {place_key(found.place)}"
    if "severity" in wanted and wanted["severity"] != found.severity.value:
        return f"的级别预期 {wanted['severity']}，结果是 {found.severity.value}"
    if "message" in wanted and wanted["message"] not in found.message:
        return f"的说明里没有“{wanted['message']}”：{found.message}"
    if "units" in wanted and tuple(wanted["units"]) != found.units:
        return f"涉及的单位预期 {'、'.join(wanted['units'])}，结果是 {'、'.join(found.units)}"
    given = {one.current: one.proposed for one in (found.suggestion.texts if found.suggestion else ())}
    if "rewording" in wanted and wanted["rewording"] != given:
        return f"的改法预期 {wanted['rewording']}，结果是 {given}"
    for name, value in wanted.get("evidence", {}).items():
        actual: object = found.evidence.get(name)
        wanted_value = tuple(value) if isinstance(value, list) else value
        if str(actual) != str(wanted_value) or (actual is None) != (value is None):
            return (
                f"的证据 {name} 预期 {value}，结果是 {actual:f}"
                if isinstance(actual, Decimal)
                else (f"的证据 {name} 预期 {value}，结果是 {actual}")
            )
    return None
