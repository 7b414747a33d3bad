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
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass, field
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import LocatedFinding, findings_of, findings_of_run, plain_message
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import TOOL_NAME

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(slots=True)
class _Case:
    """A rule on a report; `kind` is the element that says how it went, `output` for one that passes."""

    rule: str
    kind: str = ""
    message: str = ""
    text: list[str] = field(default_factory=list)


_LEFT_OPEN: Final = (Verdict.NOT_CHECKED, Verdict.BROKEN)


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the document, a suite at a time."""
    vocabulary = run.rulebook.vocabulary
    yield f"{_HEAD}<testsuites name={quoteattr(TOOL_NAME)}>\n"
    lines = configuration_lines(run)
    if lines:
        yield '  <testsuite name="检查设置" tests="0" failures="0" errors="0" skipped="0" time="0">\n    <properties>\n'
        for number, line in enumerate(lines, 1):
            yield f'      <property name="configuration.{number}" value={_attribute(line)}/>\n'
        yield "    </properties>\n  </testsuite>\n"
    for result in run.results:
        yield from _suite(result.path, _cases(result, vocabulary), run)
    by_rule: dict[str, list[LocatedFinding]] = {}
    for located in findings_of_run(run):
        by_rule.setdefault(located.finding.rule, []).append(located)
    cases = [_judged(rule, findings, vocabulary) for rule, findings in by_rule.items()]
    cases += [_case(outcome, [], {}, vocabulary) for outcome in run.outcomes if outcome.verdict in _LEFT_OPEN]
    if cases:
        yield from _suite(vocabulary.results.name("run"), cases, run)
    yield "</testsuites>\n"


def _cases(result: ReportResult, vocabulary: Vocabulary) -> list[_Case]:
    if result.status is Status.SKIPPED:
        return [_Case("", "skipped", harmless(result.problem.text) if result.problem else "")]
    by_rule: dict[str, list[LocatedFinding]] = {}
    for located in findings_of(result):
        by_rule.setdefault(located.finding.rule, []).append(located)
    causes = {rule: finding for finding in result.findings for rule in finding.explains}
    cases = [
        _case(outcome, by_rule.pop(outcome.rule, []), causes, vocabulary)
        for outcome in result.outcomes
        if outcome.verdict is not Verdict.NOT_APPLICABLE
    ]
    return cases + [_judged(rule, findings, vocabulary) for rule, findings in by_rule.items()]


def _case(
    outcome: Outcome, findings: Sequence[LocatedFinding], causes: dict[str, Finding], vocabulary: Vocabulary
) -> _Case:
    reason = harmless(outcome.reason or "")
    if outcome.verdict is Verdict.NOT_CHECKED:
        return _Case(outcome.rule, "skipped", f"{vocabulary.verdicts.name(outcome.verdict.value)}：{reason}")
    if outcome.verdict is Verdict.BROKEN:
        return _Case(outcome.rule, "error", f"检查程序自身出错：{reason}")
    cause = causes.get(outcome.rule)
    if outcome.verdict is Verdict.FAIL and not findings and cause is not None:
        kind = "failure" if cause.severity is Severity.ERROR else ""
        return _Case(outcome.rule, kind, f"与 {harmless(cause.rule)} 同因", [harmless(cause.message)])
    return _judged(outcome.rule, findings, vocabulary)


def _judged(rule: str, findings: Sequence[LocatedFinding], vocabulary: Vocabulary) -> _Case:
    """The case of a rule by its findings."""
    suppressed = vocabulary.results.name("suppressed")
    standing = [one for one in findings if one.accepted is None]
    errors = [one for one in standing if one.finding.severity is Severity.ERROR]
    text = [
        f"[{suppressed if one.accepted else vocabulary.severities.name(one.finding.severity.value)}] "
        f"{plain_message(one)}"
        for one in findings
    ]
    if errors:
        return _Case(rule, "failure", _first_line(errors), text)
    if findings and not standing:
        reasons = dict.fromkeys(harmless(one.accepted.reason) for one in findings if one.accepted)
        return _Case(rule, "skipped", f"{suppressed}：{'；'.join(reasons)}", text)
    return _Case(rule, "", "", text)


def _first_line(errors: Sequence[LocatedFinding]) -> str:
    more = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
    return f"{errors[0].place}：{harmless(errors[0].finding.message)}{more}"


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
