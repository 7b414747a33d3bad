"""`--format github`: workflow commands that GitHub shows as annotations of files and lines.

A line of this output is a command to the runner, so nothing in a report may end a line or begin another
command: what is special in one is escaped, control characters are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    Omission,
    findings_of,
    findings_of_run,
    omissions,
    omissions_of_run,
    plain_message,
)
from checker.writers.shared.reports import reports_word
from checker.writers.shared.tally import tally
from checker.writers.shared.text_cells import harmless

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_OMISSION_COMMANDS: Final = {
    "unreadable": "error",
    "broken": "error",
    "skipped": "notice",
    "not_checked": "notice",
}
_FILE_COUNTS: Final = 4
"""How many of the counts are about files; the others are about findings and rules."""


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield one command a finding, then what was not judged in each file, and one with the counts."""
    for line in configuration_lines(run):
        yield _command("notice", {"title": "检查设置"}, line)
    for result in run.results:
        for located in findings_of(result):
            if located.accepted is None:
                yield _finding(located)
    for located in findings_of_run(run):
        yield _finding(located)
    for result in run.results:  # last, for GitHub shows only the first ten notices of a step
        yield from _omissions(result, run.rulebook.vocabulary)
    for omission in omissions_of_run(run):
        title = f"{run.rulebook.vocabulary.results.name('run')}：{omission.name(run.rulebook.vocabulary)}"
        yield _command(_OMISSION_COMMANDS[omission.kind], {"title": title}, _reason(omission))
    counts = tally(run)
    words = [f"{word} {count}" for word, count in counts.labelled(run.rulebook.vocabulary).values()]
    text = f"共 {counts.reports} 个文件：{'，'.join(words[:_FILE_COUNTS])}；{'，'.join(words[_FILE_COUNTS:])}"
    yield _command("notice", {"title": f"{reports_word(run, short=True)}检查"}, text)


def _finding(located: LocatedFinding) -> str:
    finding = located.finding
    properties = {"title": f"{finding.rule} {harmless(finding.title)}"}
    if located.path is not None:
        place = (
            {"file": located.path}
            if located.line is None
            else {"file": located.path, "line": str(located.line)}
        )
        properties = {**place, **properties}
    return _command(_COMMANDS[finding.severity], properties, plain_message(located))


def _omissions(result: ReportResult, vocabulary: Vocabulary) -> Iterator[str]:
    kinds: dict[str, list[Omission]] = {}
    for omission in omissions(result):
        if omission.kind != "unreadable" or not result.findings:  # a finding says it already
            kinds.setdefault(omission.kind, []).append(omission)
    for kind, found in kinds.items():
        properties = {"file": result.path, "title": found[0].name(vocabulary)}
        yield _command(_OMISSION_COMMANDS[kind], properties, "\n".join(map(_reason, found)))


def _reason(omission: Omission) -> str:
    return omission.reason.rstrip("。") + (f"：{'、'.join(omission.rules)}" if omission.rules else "")


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """Text as the message of a command; what would break the line is escaped, other controls go."""
    lines = "\n".join(map(harmless, text.split("\n")))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as a property, in which a colon or a comma would end it."""
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")
