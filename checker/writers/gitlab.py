"""`--format gitlab`: a GitLab code quality report, a JSON array with one entry a finding.

Only what stands is an entry: accepted findings are not, and what could not be judged stands under the name
of its rule with the lowest grade, so that omission is never taken for a pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from checker.model.findings import CheckRun, ReportResult, Severity
from checker.model.vocabulary import Vocabulary
from checker.startup.digests import sha256_of
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.json_text import json_text
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    Omission,
    advice,
    findings_of,
    findings_of_run,
    omissions,
    omissions_of_run,
)
from checker.writers.shared.text_cells import harmless

_GRADES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_OMISSION_GRADES: Final = {
    "unreadable": "critical",
    "broken": "critical",
    "skipped": "info",
    "not_checked": "info",
}


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the array, an entry at a time."""
    separator = "[\n  "
    for entry in _entries(run):
        yield separator + json_text(entry, depth=1)
        separator = ",\n  "
    yield "[]\n" if separator.startswith("[") else "\n]\n"


def _entries(run: CheckRun) -> Iterator[dict[str, Any]]:
    lines = configuration_lines(run)
    if lines and run.configuration:
        path = run.configuration.path or next(iter(run.configuration.ignored), ".")
        yield _entry("configuration", "".join(lines), "info", _unique("configuration", Counter()), path=path)
    for result in run.results:
        yield from _of_one(result, run.rulebook.vocabulary)
    seen: Counter[str] = Counter()
    for located in findings_of_run(run):
        yield _finding(located, seen)
    for omission in omissions_of_run(run):
        yield _omission(None, omission, omission.name(run.rulebook.vocabulary), seen)


def _of_one(result: ReportResult, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for located in findings_of(result):
        if located.accepted is None:
            yield _finding(located, seen)
    for omission in omissions(result):
        if omission.kind != "unreadable" or not result.findings:  # a finding says it already
            yield _omission(result.path, omission, omission.name(vocabulary), seen)


def _finding(located: LocatedFinding, seen: Counter[str]) -> dict[str, Any]:
    finding = located.finding
    text = "；".join(
        part for part in (f"{located.place}：{harmless(finding.message)}", advice(finding)) if part
    )
    scope = "report" if located.report else "run"
    key = f"{scope}\0{located.path}\0{finding.rule}\0{finding.fingerprint}"
    return _entry(
        finding.rule,
        text,
        _GRADES[finding.severity],
        _unique(key, seen),
        path=located.path,
        line=located.line,
    )


def _omission(path: str | None, omission: Omission, name: str, seen: Counter[str]) -> dict[str, Any]:
    rules = f"：{'、'.join(omission.rules)}" if omission.rules else ""
    text = f"{name}：{omission.reason.rstrip('。')}{rules}"
    key = f"{path}\0{omission.kind}\0{omission.reason}"
    return _entry(omission.kind, text, _OMISSION_GRADES[omission.kind], _unique(key, seen), path=path)


def _entry(
    name: str, text: str, grade: str, fingerprint: str, *, path: str | None, line: int | None = None
) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": grade,
        "location": {"path": path or ".", "lines": {"begin": line or 1}},
    }


def _unique(key: str, seen: Counter[str]) -> str:
    """A fingerprint that stays the same from run to run and stands once in a report."""
    seen[key] += 1
    digest = sha256_of(f"{key}\0{seen[key]}".encode(errors="surrogatepass"))
    return digest[:32]
