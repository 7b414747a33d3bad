"""Examples in rules, run: `checker rules test` and the test suite use the same runner."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.bodies import Bodies, Unit
from checker.engine import findings_of, judge, judge_run, run, sums_of
from checker.errors import NotAReportError
from checker.findings import Finding, ReportResult, Status, Verdict
from checker.kinds.base import RunSubject, Subject
from checker.kinds.figures import Figures, Years, figures_of
from checker.records import dataclass, replace
from checker.report import Report
from checker.rulebook.model import Rule, Rulebook
from checker.rulebook.places import place_key
from checker.rulebook.sample import DEFAULT_YEAR, SampleError, form_of_given, sample_document
from checker.understand import understand

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
        fault = _difference(example, verdict, findings, reason)
        if known:
            fault = None if fault else f"标为已知问题，但结果已经符合预期：请去掉 {known}"
        yield ExampleResult(rule.id, example["name"], index, fault, known, verdict)


def apply_rule(
    rulebook: Rulebook, rule: Rule, given: Mapping[str, Any]
) -> tuple[Verdict, tuple[Finding, ...], str | None]:
    """Verdict, findings and reason of one rule on the sample that `given` describes."""
    if given.get("damaged"):
        read = any(check.kind == "readable" for check in rule.checks)
        return (Verdict.FAIL, (), None) if read else (Verdict.NOT_CHECKED, (), "文件未能读取")
    subject = sample_subject(rulebook, given)
    if rule.of_run:
        return _apply_run_rule(rulebook, rule, given, subject.report, subject.today)
    judged = judge(rulebook, rule, subject)
    return judged.outcome.verdict, findings_of(rule, judged, subject.report), judged.outcome.reason


Neighbours = dict[tuple[int, str | None, int | None], "Figures"]
"""Figures of other years' samples, by identity of their description, body and year."""


def sample_subject(
    rulebook: Rulebook, given: Mapping[str, Any], neighbours: Neighbours | None = None
) -> Subject:
    """The sample that `given` describes, ready to be judged.

    Args:
        rulebook: forms and fields.
        given: see `given` in the rule schema.
        neighbours: remembers the reports of other years, for callers that build many samples from parts of
            the same description and keep it alive.

    Raises:
        SampleError: it cannot be built.
        NotAReportError: it is no report.
    """
    report = _sample_report(rulebook, given)
    today = date.fromisoformat(given["today"]) if "today" in given else None
    return Subject(report, rulebook.language, today, _years(rulebook, report, given, neighbours))


def _sample_report(rulebook: Rulebook, given: Mapping[str, Any]) -> Report:
    form = form_of_given(rulebook.forms, given)
    return understand(
        sample_document(form, given, rulebook.forms),
        rulebook.library,
        level=given.get("level"),
        tier=given.get("tier"),
    )


def _years(
    rulebook: Rulebook, report: Report, given: Mapping[str, Any], neighbours: Neighbours | None
) -> Years | None:
    """The sample's neighbours in time, None if it has no `previous`."""
    if "previous" not in given:
        return None
    known: Neighbours = {} if neighbours is None else neighbours
    key = (id(given["previous"]), given.get("agency"), given.get("year"))
    previous = _neighbour(given, "previous", -1)
    if key not in known:
        known[key] = _figures(rulebook, _sample_report(rulebook, previous))
    earlier = _neighbour(previous, "previous", -1) if "previous" in previous else None
    following = _neighbour(given, "next", 1) if "next" in given else None
    return Years(
        own=_figures(rulebook, report),
        previous=known[key],
        earlier=_figures(rulebook, _sample_report(rulebook, earlier)) if earlier else None,
        following=_figures(rulebook, _sample_report(rulebook, following)) if following else None,
    )


def _figures(rulebook: Rulebook, report: Report) -> Figures:
    return figures_of(report, "", sums_of(rulebook, report))


def _neighbour(given: Mapping[str, Any], key: str, distance: int) -> Mapping[str, Any]:
    """What the sample of another year is built from."""
    year = given.get("year", DEFAULT_YEAR)
    agency = {"agency": given["agency"]} if "agency" in given else {}
    return {**agency, "year": None if year is None else year + distance, **given[key]}


def _apply_run_rule(
    rulebook: Rulebook, rule: Rule, given: Mapping[str, Any], report: Report, today: date | None
) -> tuple[Verdict, tuple[Finding, ...], str | None]:
    """A rule about the run as a whole, on a run that holds the sample and `others`."""
    if "units" in given:
        return _apply_unit_rule(rulebook, rule, given, report)
    from checker.exceptions.entries import exceptions_from_yaml  # noqa: PLC0415  # only for such rules
    from checker.exceptions.review import Review  # noqa: PLC0415  # likewise
    from checker.rulebook.strict_yaml import load_yaml  # noqa: PLC0415  # likewise

    if "exceptions" not in given:
        return Verdict.NOT_APPLICABLE, (), "没有例外清单或单位清单"
    entries = {"exceptions": given["exceptions"]}
    file, faults = load_yaml(json.dumps(entries, ensure_ascii=False, indent=1), "exceptions.yaml")
    review = Review(exceptions_from_yaml(file, faults, Path(), rulebook, today))
    outcomes, findings = run(rulebook, report, today)
    review.apply(ReportResult("", None, Status.CHECKED, None, report, outcomes, findings))
    found = judge_run(replace(rulebook, rules={rule.id: rule}), RunSubject(review.listed()))
    return Verdict.FAIL if found else Verdict.PASS, found, None


def _apply_unit_rule(
    rulebook: Rulebook, rule: Rule, given: Mapping[str, Any], report: Report
) -> tuple[Verdict, tuple[Finding, ...], str | None]:
    reports = [report, *(_sample_report(rulebook, other) for other in given.get("others", ()))]
    units = tuple(
        Unit(one["unit"], one.get("parent"), aliases=tuple(one.get("aliases", ()))) for one in given["units"]
    )
    subject = RunSubject(reports=[_figures(rulebook, one) for one in reports], bodies=Bodies(units=units))
    found = judge_run(replace(rulebook, rules={rule.id: rule}), subject)
    return Verdict.FAIL if found else Verdict.PASS, found, None


_VERDICTS = {
    "pass": "合格",
    "fail": "不合格",
    "not_applicable": "不适用",
    "not_checked": "未能判断",
    "broken": "程序出错",
}


def _difference(
    example: Mapping[str, Any], verdict: Verdict, findings: tuple[Finding, ...], reason: str | None
) -> str | None:
    if verdict.value != example["expect"]:
        told = f"（{reason}）" if reason else "".join(f"；{finding.message}" for finding in findings[:3])
        return f"预期{_VERDICTS[example['expect']]}，结果是{_VERDICTS[verdict.value]}{told}"
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
    for name, value in wanted.get("evidence", {}).items():
        actual = found.evidence.get(name)
        if str(actual) != str(value) or (actual is None) != (value is None):
            return (
                f"的证据 {name} 预期 {value}，结果是 {actual:f}"
                if isinstance(actual, Decimal)
                else (f"的证据 {name} 预期 {value}，结果是 {actual}")
            )
    return None
