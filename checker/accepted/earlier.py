"""A baseline: the findings of an earlier result, set aside so that only new ones are reported.

The earlier result is what `--format json` or `jsonl` wrote. Nobody has accepted its findings, so they have no
reason, owner or expiry, and those that have disappeared are not reported as unused. A finding counts as known while
its value stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from checker.accepted.entries import AcceptedEntry, AcceptedFindings, absolute
from checker.accepted.result_files import read_result
from checker.accepted.values import accepted_value
from checker.judging.rules import Rulebook
from checker.model.findings import Finding, Severity
from checker.model.place import Place

_REASON: Final = "基线里已有的问题"


def load_baseline(path: Path, rulebook: Rulebook) -> AcceptedFindings:
    """Read an earlier result as a baseline.

    Args:
        path: what `--format json` or `jsonl` wrote; paths of reports in it are relative to the current folder.
        rulebook: all rules; findings of rules that allow no exceptions are always reported.

    Raises:
        UsageError: the file cannot be read or is no result.
    """
    fixed = frozenset(rule.id for rule in rulebook.rules.values() if not rule.exceptable)
    entries = tuple(entry for entry in _entries(read_result(path)) if entry.rule not in fixed)
    return AcceptedFindings(path.as_posix(), entries, fixed=fixed, earlier=True)


def _entries(data: Mapping[str, Any]) -> Iterator[AcceptedEntry]:
    for report in data["reports"]:
        identity = report["identity"]
        known = identity["agency"] is not None and identity["year"] is not None
        for found in report["findings"]:
            yield AcceptedEntry(
                rule=found["rule"],
                place=found["fingerprint"],
                value=accepted_value(_finding(found)),
                reason=_REASON,
                agency=identity["agency"] if known else None,
                year=identity["year"] if known else None,
                path=None if known else absolute(report["path"]),
                owner=None,
                until=None,
                line=0,
                column=0,
            )


def _finding(found: Mapping[str, Any]) -> Finding:
    """As much of a finding as its value is taken from."""
    location = found["location"]
    place = Place(
        table=location["table"], row=location["row"], column=location["column"], excerpt=location["excerpt"]
    )
    return Finding(
        rule=found["rule"],
        title=found["title"],
        severity=Severity(found["severity"]),
        message=found["message"],
        basis=found["basis"],
        place=place,
        evidence=found["evidence"],
    )
