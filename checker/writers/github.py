"""`--format github`: workflow commands that GitHub shows as annotations of files and lines.

A line of this output is a command to the runner, so nothing in a report may end a line or begin another
command: what is special in one is escaped, control characters are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity
from checker.writers.shared.options import TerminalOptions
from checker.writers.shared.outcomes import (
    SILENCE_WORDS,
    Told,
    findings_of,
    findings_of_run,
    plain_message,
    silences,
)
from checker.writers.shared.tally import tally
from checker.writers.shared.text_cells import harmless

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SILENCE_COMMANDS: Final = {
    "unreadable": "error",
    "broken": "error",
    "skipped": "notice",
    "not_checked": "notice",
}


def write(run: CheckRun, _options: TerminalOptions) -> Iterator[str]:
    """Yield one command a finding, then what was not judged in each file, and one with the counts."""
    for result in run.results:
        for told in findings_of(result):
            if told.accepted is None:
                yield _finding(told)
    for told in findings_of_run(run):
        yield _finding(told)
    for result in run.results:  # last, for GitHub shows only the first ten notices of a step
        yield from _silences(result)
    counts = tally(run)
    words = (
        f"共 {counts.reports} 个文件：通过 {counts.passed}，不通过 {counts.failed}，"
        f"无法读取 {counts.unreadable}，已跳过 {counts.skipped}；错误 {counts.error}，警告 {counts.warning}，"
        f"提示 {counts.info}，已列为例外 {counts.suppressed}，未能判断 {counts.not_checked}，"
        f"程序出错 {counts.broken}"
    )
    yield _command("notice", {"title": "年报检查"}, words)


def _finding(told: Told) -> str:
    finding = told.finding
    properties = {"title": f"{finding.rule} {harmless(finding.title)}"}
    if told.path is not None:
        place = {"file": told.path} if told.line is None else {"file": told.path, "line": str(told.line)}
        properties = {**place, **properties}
    return _command(_COMMANDS[finding.severity], properties, plain_message(told, with_place=True))


def _silences(result: ReportResult) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for silence in silences(result):
        if silence.kind != "unreadable" or not result.findings:  # a finding tells it already
            rules = f"：{'、'.join(silence.rules)}" if silence.rules else ""
            kinds.setdefault(silence.kind, []).append(silence.reason.rstrip("。") + rules)
    for kind, reasons in kinds.items():
        properties = {"file": result.path, "title": SILENCE_WORDS[kind]}
        yield _command(_SILENCE_COMMANDS[kind], properties, "\n".join(reasons))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}\n"


def _data(text: str) -> str:
    """Text as the message of a command; what would break the line is escaped, other controls go."""
    lines = "\n".join(map(harmless, text.split("\n")))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as a property, in which a colon or a comma would end it."""
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")
