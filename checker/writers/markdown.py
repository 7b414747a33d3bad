"""`--format markdown`: a summary for a pull request, short enough for a comment.

Text of reports is shown as it is: marks of Markdown are escaped, and what hosts turn into links by
themselves (`@name`, `#12`, addresses) is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity, Verdict
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    advice,
    findings_of,
    findings_of_run,
    omissions,
    omissions_of_run,
)
from checker.writers.shared.reports import reports_word
from checker.writers.shared.tally import RunTally, tally
from checker.writers.shared.text_cells import cut, harmless
from checker.writers.shared.words import result_name

_REPORTS: Final = 100
_FINDINGS: Final = 60
_CELLS: Final = 400
_ESCAPED_DOT: Final = "\\."
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()>|~&:.$])")


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the summary: verdict, a line for each file, findings as far as there is room, what was not judged."""
    counts = tally(run)
    vocabulary = run.rulebook.vocabulary
    heading = f"{reports_word(run, short=True)}检查：{vocabulary.results.name(counts.verdict)}"
    yield f"## {heading}\n\n{_counts(counts, vocabulary)}\n"
    for line in configuration_lines(run):
        yield f"\n> {_text(line).replace(_ESCAPED_DOT, '.')}\n"  # names of files stay as they can be searched for
    if counts.reports:
        grades = " | ".join(vocabulary.severities.name(severity.value) for severity in Severity)
        yield f"\n| 结论 | 文件 | 单位和年度 | {grades} | 例外 | 未判 |\n|---|---|---|--:|--:|--:|--:|--:|\n"
        for number, result in enumerate(run.results):
            if number == _REPORTS:
                yield f"\n另有 {counts.reports - _REPORTS} 个文件没有列出。\n"
                break
            yield _row(result, vocabulary)
    room = _FINDINGS
    for result in run.results:
        standing = [located for located in findings_of(result) if located.accepted is None]
        yield from _findings(result.path, standing[:room], vocabulary)
        room -= len(standing[:room])
    of_run = list(findings_of_run(run))
    yield from _findings(vocabulary.results.name("run"), of_run[:room], vocabulary)
    left = counts.error + counts.warning + counts.info - (_FINDINGS - room) - len(of_run[:room])
    if left:
        yield f"\n另有 {left} 处问题没有列出，请看完整的结果。\n"
    yield from _omissions(run)


def _counts(counts: RunTally, vocabulary: Vocabulary) -> str:
    severities = {severity.value for severity in Severity}
    shown = [
        f"{word} {count}"
        for name, (word, count) in counts.labelled(vocabulary).items()
        if count or name in severities
    ]
    return "，".join((f"文件 {counts.reports}", *shown))


def _row(result: ReportResult, vocabulary: Vocabulary) -> str:
    report = result.report
    word = result_name(result, vocabulary)
    identity = report.identity if report else None
    name = " ".join(str(part) for part in (identity.agency, identity.year) if part) if identity else ""
    silent = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in result.outcomes) if report else 0
    figures = [*(result.count(severity) for severity in Severity), len(result.suppressed), silent]
    return f"| {word} | {_text(result.path)} | {_text(name)} | {' | '.join(map(str, figures))} |\n"


def _findings(name: str, findings: list[LocatedFinding], vocabulary: Vocabulary) -> Iterator[str]:
    if not findings:
        return
    yield f"\n### {_text(name)}\n\n"
    for located in sorted(findings, key=lambda one: one.finding.severity.rank):
        finding = located.finding
        grade = vocabulary.severities.name(finding.severity.value)
        yield f"- **{grade} {_text(finding.rule)}** {_text(located.place)}：{_text(finding.message)}\n"
        text = advice(finding)
        if text:
            yield f"  - 修改：{_text(text)}\n"
        if finding.basis:
            yield f"  - 依据：{_text(finding.basis)}\n"


def _omissions(run: CheckRun) -> Iterator[str]:
    """What was not judged, by reason over all files."""
    files: dict[tuple[str, str], int] = {}
    rules: dict[tuple[str, str], dict[str, None]] = {}
    for found in (*map(omissions, run.results), omissions_of_run(run)):
        for omission in found:
            key = (omission.name(run.rulebook.vocabulary), omission.reason)
            files[key] = files.get(key, 0) + 1
            rules.setdefault(key, {}).update(dict.fromkeys(omission.rules))
    if not files:
        return
    yield "\n### 没有判断的\n\n既不算合格，也不算问题。\n\n"
    for number, (name, reason) in enumerate(files):
        if number == _FINDINGS:
            yield f"- 另有 {len(files) - _FINDINGS} 种原因没有列出\n"
            break
        listed = f"：{_text('、'.join(rules[name, reason]))}" if rules[name, reason] else ""
        count = f"（{files[name, reason]} 个文件）" if files[name, reason] > 1 else ""
        yield f"- {name}：{_text(reason.rstrip('。'))}{listed}{count}\n"


_APART: Final = str.maketrans({"@": "＠", "#": "＃"})


def _text(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    escaped = _SPECIAL.sub(r"\\\1", cut(harmless(text), _CELLS).translate(_APART))
    return escaped.replace("<", "&lt;")  # not every reader of Markdown heeds a backslash before a tag
