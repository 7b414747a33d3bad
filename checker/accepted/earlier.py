"""A baseline: the findings of an earlier result, set aside so that only new ones are reported.

The earlier result is what `--format json` wrote. Nobody has accepted its findings, so they have no reason, owner
or expiry, and those that have disappeared are not reported as unused. A finding counts as known while its value
stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from checker.accepted.entries import AcceptedEntry, AcceptedFindings, absolute
from checker.accepted.values import accepted_value
from checker.judging.rules import Rulebook
from checker.model.errors import UsageError, system_words
from checker.model.findings import CONTRACT_VERSION, Finding, Severity, Verdict
from checker.model.place import Place

_REASON: Final = "基线里已有的问题"


def load_baseline(path: Path, rulebook: Rulebook) -> AcceptedFindings:
    """Read an earlier result as a baseline.

    Args:
        path: what `--format json` wrote; paths of reports in it are relative to the current folder.
        rulebook: all rules; findings of rules that allow no exceptions are always reported.

    Raises:
        UsageError: the file cannot be read or is no result.
    """
    fixed = frozenset(rule.id for rule in rulebook.rules.values() if not rule.exceptable)
    entries = tuple(entry for entry in _entries(read_result(path)) if entry.rule not in fixed)
    return AcceptedFindings(path.as_posix(), entries, fixed=fixed, earlier=True)


def read_result(path: Path) -> Mapping[str, Any]:
    """A result in the JSON contract, with the digits of its figures.

    Raises:
        UsageError: the file cannot be read or is no result.
    """
    import json  # noqa: PLC0415  # most runs have no baseline

    hint = "这里要用 checker check --format json 写出的结果"
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise UsageError(f"“{path}”打不开（{system_words(error)}）。请检查路径。") from None
    except (ValueError, RecursionError):
        raise UsageError(f"“{path}”不是 JSON，{hint}；例外清单（YAML）请用 --exceptions。") from None
    if not isinstance(data, dict) or data.get("version") != CONTRACT_VERSION or not _whole(data):
        raise UsageError(f"“{path}”不是第 {CONTRACT_VERSION} 版的检查结果，{hint}。")
    return data


def _whole(data: Mapping[str, Any]) -> bool:
    """Whether the parts that are read are there; the published schema says more, but takes far longer to hold to."""
    reports: Any = data.get("reports")
    return (
        _are_findings(data.get("findings"))
        and _all_have(reports, _REPORT)
        and all(
            _all_have([report["identity"]], _IDENTITY)
            and _all_have(report["outcomes"], _OUTCOME)
            and all(outcome["verdict"] in _VERDICTS for outcome in report["outcomes"])
            and _are_findings(report["findings"])
            for report in reports
        )
    )


def _are_findings(entries: Any) -> bool:
    return _all_have(entries, _FINDING) and all(one["severity"] in _SEVERITIES for one in entries)


_FINDING: Final = frozenset(
    ("rule", "title", "severity", "message", "basis", "location", "evidence", "fingerprint")
)
_REPORT: Final = frozenset(("path", "identity", "outcomes", "findings"))
_IDENTITY: Final = frozenset(("agency", "year"))
_OUTCOME: Final = frozenset(("rule", "verdict"))
_SEVERITIES: Final = tuple(severity.value for severity in Severity)
_VERDICTS: Final = tuple(verdict.value for verdict in Verdict)


def _all_have(entries: Any, keys: frozenset[str]) -> bool:
    return isinstance(entries, list) and all(isinstance(one, dict) and keys <= one.keys() for one in entries)


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
