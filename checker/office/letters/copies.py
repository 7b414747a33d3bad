"""The annotated copy of a unit's file that lies beside its letter; its notes name no other unit either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from checker.annotate import Annotated, AnnotateOptions, annotate
from checker.model.errors import NotAReportError, UnreadableError, UsageError
from checker.model.findings import Finding, ReportResult, RulebookInfo, Severity
from checker.readers.limits import DEFAULT_LIMITS
from checker.run.pipeline import ReportReading, contents_of
from checker.run.stores.address import from_text
from checker.startup.digests import sha256_of
from checker.startup.records import replace

Read = Callable[[bytes, str], Iterator[ReportReading]]
"""Reads the reports in a file, given its bytes and its name."""
_KEPT: Final = 16 << 20
"""Bytes of a package that are kept; those of the files of hundreds of units. A larger one is opened again."""


class SentFiles:
    """The bytes of files that were sent in; a package of ordinary size is opened once for all that it holds."""

    def __init__(self) -> None:
        self._path = ""
        self._members: dict[str, bytes] = {}

    def bytes_of(self, path: str, member: str) -> bytes | None:
        """The bytes of a file, or of a file in a package; None if they cannot be had."""
        if member and path == self._path:
            return self._members.get(member)
        data = _bytes_of(path)
        if data is None or not member:
            return data
        found = _members_of(data, path)
        if sum(map(len, found.values())) <= _KEPT:
            self._path, self._members = path, found
        return found.get(member)


def annotated_copy(
    result: ReportResult,
    rulebook: RulebookInfo,
    read: Read,
    shown: Callable[[str], str],
    files: SentFiles,
) -> Annotated | None:
    """The file of a result with its errors and warnings in it.

    Args:
        result: the report as checked; its text need not be kept.
        rulebook: what rules and severities are called.
        read: reads the file once more.
        shown: makes a text fit to be shown to the unit.
        files: where the bytes of the file come from.

    Returns:
        The copy; None if the file is not here any more or has changed, if it holds several reports, if there is
        nothing to note, or if nothing can be written into it.
    """
    findings = tuple(_discreet(one, shown) for one in result.findings if one.severity is not Severity.INFO)
    path, _, member = result.path.partition("!")
    data = files.bytes_of(path, member) if findings and "#" not in member else None
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


def _bytes_of(path: str) -> bytes | None:
    try:
        return contents_of(from_text(path))
    except (UnreadableError, NotAReportError, OSError):
        return None


def _members_of(data: bytes, path: str) -> dict[str, bytes]:
    from checker.readers.packages.unpack import members  # noqa: PLC0415  # most files are no packages

    try:
        found = members(data, path, DEFAULT_LIMITS)
    except UnreadableError:
        return {}
    return {one.name: one.content for one in found if isinstance(one.content, bytes)}


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
