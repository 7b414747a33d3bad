"""`--format junit`: JUnit XML, a suite a report and a case a rule.

JUnit knows no warnings: a case fails if its rule found an error; warnings and infos are the output of a case
that passes. What could not be judged and what was accepted is skipped, with the reason; a broken rule is an
error. Rules that do not concern the report are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from checker.model.findings import CheckRun, Finding, Outcome, ReportResult, Severity, Status, Verdict
from checker.startup.records import dataclass, field
from checker.writers.json_result import TOOL_NAME
from checker.writers.shared.options import TerminalOptions
from checker.writers.shared.outcomes import SET_WORDS, Told, findings_of, findings_of_run, plain_message
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import SEVERITY_WORDS

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(slots=True)
class _Case:
    """A rule on a report; `kind` is the element that says how it went, `output` for one that passes."""

    rule: str
    kind: str = ""
    message: str = ""
    text: list[str] = field(default_factory=list)


def write(run: CheckRun, _options: TerminalOptions) -> Iterator[str]:
    """Yield the document, a suite at a time."""
    yield f"{_HEAD}<testsuites name={quoteattr(TOOL_NAME)}>\n"
    for result in run.results:
        yield from _suite(result.path, _cases(result), run)
    told = tuple(findings_of_run(run))
    if told:
        rules = dict.fromkeys(one.finding.rule for one in told)
        cases = [_judged(rule, [one for one in told if one.finding.rule == rule]) for rule in rules]
        yield from _suite(SET_WORDS, cases, run)
    yield "</testsuites>\n"


def _cases(result: ReportResult) -> list[_Case]:
    if result.status is Status.SKIPPED:
        return [_Case("", "skipped", harmless(result.problem.text) if result.problem else "")]
    by_rule: dict[str, list[Told]] = {}
    for told in findings_of(result):
        by_rule.setdefault(told.finding.rule, []).append(told)
    causes = {rule: finding for finding in result.findings for rule in finding.explains}
    cases = [
        _case(outcome, by_rule.pop(outcome.rule, []), causes)
        for outcome in result.outcomes
        if outcome.verdict is not Verdict.NOT_APPLICABLE
    ]
    return cases + [_judged(rule, told) for rule, told in by_rule.items()]


def _case(outcome: Outcome, told: Sequence[Told], causes: dict[str, Finding]) -> _Case:
    reason = harmless(outcome.reason or "")
    if outcome.verdict is Verdict.NOT_CHECKED:
        return _Case(outcome.rule, "skipped", f"未能判断：{reason}")
    if outcome.verdict is Verdict.BROKEN:
        return _Case(outcome.rule, "error", f"检查程序自身出错：{reason}")
    cause = causes.get(outcome.rule)
    if outcome.verdict is Verdict.FAIL and not told and cause is not None:
        kind = "failure" if cause.severity is Severity.ERROR else ""
        return _Case(outcome.rule, kind, f"与 {harmless(cause.rule)} 同因", [harmless(cause.message)])
    return _judged(outcome.rule, told)


def _judged(rule: str, told: Sequence[Told]) -> _Case:
    """The case of a rule by its findings."""
    standing = [one for one in told if one.accepted is None]
    errors = [one for one in standing if one.finding.severity is Severity.ERROR]
    text = [_paragraph(one) for one in told]
    if errors:
        return _Case(rule, "failure", _first_line(errors), text)
    if told and not standing:
        reasons = dict.fromkeys(harmless(one.accepted.reason) for one in told if one.accepted)
        return _Case(rule, "skipped", f"已列为例外：{'；'.join(reasons)}", text)
    return _Case(rule, "", "", text)


def _first_line(errors: Sequence[Told]) -> str:
    more = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
    return f"{errors[0].place}：{harmless(errors[0].finding.message)}{more}"


def _paragraph(told: Told) -> str:
    grade = "已列为例外" if told.accepted else SEVERITY_WORDS[told.finding.severity]
    return f"[{grade}] {plain_message(told, with_place=True)}"


def _suite(name: str, cases: Sequence[_Case], run: CheckRun) -> Iterator[str]:
    counts = " ".join(
        f'{attribute}="{sum(case.kind == kind for case in cases)}"'
        for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    )
    yield f'  <testsuite name={_attribute(name)} tests="{len(cases)}" {counts} time="0">\n'
    for case in cases:
        info = run.rulebook.rules.get(case.rule)
        title = f"{case.rule} {info.title}" if info else case.rule or "整份文件"
        head = f'    <testcase classname={_attribute(name)} name={_attribute(title)} time="0"'
        text = escape("\n\n".join(case.text))
        if case.kind:
            inside = f"\n      <{case.kind} message={_attribute(case.message)}"
            inside += f">{text}</{case.kind}>\n    " if text else "/>\n    "
        else:
            inside = f"\n      <system-out>{text}</system-out>\n    " if text else ""
        yield f"{head}>{inside}</testcase>\n" if inside else f"{head}/>\n"
    yield "  </testsuite>\n"


def _attribute(text: str) -> str:
    return quoteattr(harmless(text))
