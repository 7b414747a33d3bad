"""`--format markdown`: a summary for a pull request, short enough for a comment.

Text of reports is shown as it is: marks of Markdown are escaped, and what hosts turn into links by
themselves (`@name`, `#12`, addresses) is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity, Verdict
from checker.writers.shared.options import TerminalOptions
from checker.writers.shared.outcomes import (
    SET_WORDS,
    SILENCE_WORDS,
    Told,
    advice,
    findings_of,
    findings_of_run,
    silences,
)
from checker.writers.shared.tally import Tally, tally
from checker.writers.shared.text_cells import cut, harmless
from checker.writers.shared.words import RUN_WORDS, SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS

_REPORTS: Final = 100
_FINDINGS: Final = 60
_CELLS: Final = 400
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()<>|~&:.$])")


def write(run: CheckRun, _options: TerminalOptions) -> Iterator[str]:
    """Yield the summary: verdict, a line for each file, findings as far as there is room, what was not judged."""
    counts = tally(run)
    yield f"## 年报检查：{RUN_WORDS[counts.verdict]}\n\n{_counts(counts)}\n"
    if counts.reports:
        yield "\n| 结论 | 文件 | 单位和年度 | 错误 | 警告 | 提示 | 例外 | 未判 |\n|---|---|---|--:|--:|--:|--:|--:|\n"
        for number, result in enumerate(run.results):
            if number == _REPORTS:
                yield f"\n另有 {counts.reports - _REPORTS} 个文件没有列出。\n"
                break
            yield _row(result)
    room = _FINDINGS
    for result in run.results:
        standing = [told for told in findings_of(result) if told.accepted is None]
        yield from _findings(result.path, standing[:room])
        room -= len(standing[:room])
    of_run = list(findings_of_run(run))
    yield from _findings(SET_WORDS, of_run[:room])
    left = counts.error + counts.warning + counts.info - (_FINDINGS - room) - len(of_run[:room])
    if left:
        yield f"\n另有 {left} 处问题没有列出，请看完整的结果。\n"
    yield from _silences(run)


def _counts(counts: Tally) -> str:
    parts = (
        ("文件", counts.reports), ("通过", counts.passed), ("不通过", counts.failed),
        ("无法读取", counts.unreadable), ("已跳过", counts.skipped), ("错误", counts.error),
        ("警告", counts.warning), ("提示", counts.info), ("已列为例外", counts.suppressed),
        ("未能判断", counts.not_checked), ("程序出错", counts.broken),
    )  # fmt: skip
    shown = [f"{word} {count}" for word, count in parts if count or word in ("文件", "错误", "警告", "提示")]
    return "，".join(shown)


def _row(result: ReportResult) -> str:
    report = result.report
    word = VERDICT_WORDS[result.verdict] if result.verdict else STATUS_WORDS[result.status]
    identity = report.identity if report else None
    name = " ".join(str(part) for part in (identity.agency, identity.year) if part) if identity else ""
    silent = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in result.outcomes) if report else 0
    figures = [*(result.count(severity) for severity in Severity), len(result.suppressed), silent]
    return f"| {word} | {_text(result.path)} | {_text(name)} | {' | '.join(map(str, figures))} |\n"


def _findings(name: str, findings: list[Told]) -> Iterator[str]:
    if not findings:
        return
    yield f"\n### {_text(name)}\n\n"
    for told in sorted(findings, key=lambda one: one.finding.severity.rank):
        finding = told.finding
        grade = SEVERITY_WORDS[finding.severity]
        yield f"- **{grade} {_text(finding.rule)}** {_text(told.place)}：{_text(finding.message)}\n"
        text = advice(finding)
        if text:
            yield f"  - 修改：{_text(text)}\n"
        if finding.basis:
            yield f"  - 依据：{_text(finding.basis)}\n"


def _silences(run: CheckRun) -> Iterator[str]:
    """What was not judged, by reason over all files."""
    files: dict[tuple[str, str], int] = {}
    rules: dict[tuple[str, str], dict[str, None]] = {}
    for result in run.results:
        for silence in silences(result):
            key = (silence.kind, silence.reason)
            files[key] = files.get(key, 0) + 1
            rules.setdefault(key, {}).update(dict.fromkeys(silence.rules))
    if not files:
        return
    yield "\n### 没有判断的\n\n既不算合格，也不算问题。\n\n"
    for number, (kind, reason) in enumerate(files):
        if number == _FINDINGS:
            yield f"- 另有 {len(files) - _FINDINGS} 种原因没有列出\n"
            break
        listed = f"：{_text('、'.join(rules[kind, reason]))}" if rules[kind, reason] else ""
        count = f"（{files[kind, reason]} 个文件）" if files[kind, reason] > 1 else ""
        yield f"- {SILENCE_WORDS[kind]}：{_text(reason.rstrip('。'))}{listed}{count}\n"


_APART: Final = str.maketrans({"@": "＠", "#": "＃"})


def _text(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", cut(harmless(text), _CELLS).translate(_APART))
