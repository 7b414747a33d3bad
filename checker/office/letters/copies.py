"""The annotated copy of a unit's file that lies beside its letter; its notes name no other unit either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from checker.annotate import Annotated, AnnotateOptions, annotate
from checker.model.errors import UnreadableError, UsageError
from checker.model.findings import Finding, ReportResult, RulebookInfo, Severity
from checker.readers.limits import DEFAULT_LIMITS
from checker.run.pipeline import ReportReading
from checker.startup.digests import sha256_of
from checker.startup.records import replace

Read = Callable[[bytes, str], Iterator[ReportReading]]
"""Reads the reports in a file, given its bytes and its name."""


def annotated_copy(
    result: ReportResult, rulebook: RulebookInfo, read: Read, shown: Callable[[str], str]
) -> Annotated | None:
    """The file of a result with its errors and warnings in it.

    Args:
        result: the report as checked; its text need not be kept.
        rulebook: what rules and severities are called.
        read: reads the file once more.
        shown: makes a text fit to be shown to the unit.

    Returns:
        The copy; None if the file is not here any more or has changed, if it holds several reports, if there is
        nothing to note, or if nothing can be written into it.
    """
    findings = tuple(_discreet(one, shown) for one in result.findings if one.severity is not Severity.INFO)
    path, _, member = result.path.partition("!")
    data = _bytes_of(path, member) if findings and "#" not in member else None
    if data is None or sha256_of(data) != result.sha256:
        return None
    readings = list(read(data, member or path))
    if len(readings) != 1 or readings[0].report is None:
        return None
    name = shown((member or path).rpartition("/")[2])  # the folders are the office's own
    full = replace(result, path=name, report=readings[0].report, findings=findings, suppressed=())
    options = AnnotateOptions(min_severity=Severity.WARNING, rulebook=rulebook)
    try:
        return annotate(data, [full], options)
    except (UnreadableError, UsageError):
        return None


def _bytes_of(path: str, member: str) -> bytes | None:
    """The bytes of a file, or of a file in a package; None if they cannot be had."""
    most = DEFAULT_LIMITS.file_bytes
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        return None
    if len(data) > most:
        return None
    return _member_of(data, path, member) if member else data


def _member_of(data: bytes, path: str, member: str) -> bytes | None:
    from checker.readers.packages.unpack import members  # noqa: PLC0415  # most files are no packages

    try:
        found = (one.content for one in members(data, path, DEFAULT_LIMITS) if one.name == member)
        content = next(found, None)
    except UnreadableError:
        return None
    return content if isinstance(content, bytes) else None


def _discreet(finding: Finding, shown: Callable[[str], str]) -> Finding:
    suggestion = finding.suggestion
    evidence = {
        key: shown(value) if isinstance(value, str) else value for key, value in finding.evidence.items()
    }
    return replace(
        finding,
        message=shown(finding.message),
        evidence=evidence,
        suggestion=replace(suggestion, text=shown(suggestion.text)) if suggestion else None,
    )
