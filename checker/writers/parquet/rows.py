"""The rows of the table: for each file its findings and one row about the file, then what is about the whole run.

A row is a mapping from names of columns to values; what it leaves out is null. Lists of records are lists of tuples
in the order of their columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from checker.model.findings import CheckRun, Outcome, ReportResult, Severity, Verdict
from checker.model.report import Report
from checker.writers.shared.json_text import json_line
from checker.writers.shared.outcomes import LocatedFinding, findings_of, findings_of_run

Row = Mapping[str, Any]

_MOST: Final = 2**31 - 1
_LEAST: Final = -(2**31)


def rows_of(result: ReportResult) -> Iterator[Row]:
    """The rows of a file: one about it, then one for each of its findings."""
    about = _about(result)
    yield {"kind": "report", **about, **_counts(result), **_judged(result.outcomes), **_cells(result.report)}
    for located in findings_of(result):
        yield {**about, **_finding(located)}


def rows_of_run(run: CheckRun) -> Iterator[Row]:
    """One row about the rules that look at several reports, if there is any, and one for each of their findings."""
    if run.outcomes:
        yield {"kind": "run", **_judged(run.outcomes)}
    for located in findings_of_run(run):
        yield {"path": located.path, **_finding(located)}


def _about(result: ReportResult) -> dict[str, Any]:
    """What every row of a file says of it."""
    report, problem = result.report, result.problem
    about = {
        "path": result.path,
        "sha256": result.sha256,
        "status": result.status.value,
        "verdict": result.verdict,
        "due": result.due,
        "problem_code": problem.code if problem else None,
        "problem": problem.text if problem else None,
    }
    if report is None:
        return about
    identity = report.identity
    return {
        **about,
        "report_kind": report.form.kind,
        "agency": identity.agency,
        "level": identity.level,
        "tier": identity.tier,
        "year": _whole(identity.year),
        "form": report.form_id,
        "title": identity.title,
        "signed_on": _signed_on(report),
    }


def _signed_on(report: Report) -> date | None:
    days = (field.value for field in report.fields.get("signed_on", ()))
    return next((day for day in days if isinstance(day, date)), None)


def _counts(result: ReportResult) -> dict[str, Any]:
    return {
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "infos": result.count(Severity.INFO),
        "suppressed": len(result.suppressed),
    }


def _judged(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    return {
        "rules_passed": verdicts[Verdict.PASS],
        "rules_failed": verdicts[Verdict.FAIL],
        "rules_not_applicable": verdicts[Verdict.NOT_APPLICABLE],
        "rules_not_checked": verdicts[Verdict.NOT_CHECKED],
        "rules_broken": verdicts[Verdict.BROKEN],
        "outcomes": [(one.rule, one.verdict.value, _whole(one.examined), one.reason) for one in outcomes],
    }


def _cells(report: Report | None) -> dict[str, Any]:
    tables = report.tables if report else {}
    return {
        "cells": [
            (key, row, column, _number(cell.value), cell.raw, cell.state.value)
            for key, table in tables.items()
            for (row, column), cell in table.cells.items()
        ]
    }


def _finding(located: LocatedFinding) -> dict[str, Any]:
    finding, accepted = located.finding, located.accepted
    place, suggestion = finding.place, finding.suggestion
    location = place.location
    row: dict[str, Any] = {
        "kind": "accepted" if accepted else "finding",
        "severity": finding.severity.value,
        "rule": finding.rule,
        "rule_title": finding.title,
        "message": finding.message,
        "place": located.place or None,
        "section": _whole(place.section),
        "table": place.table,
        "row": place.row,
        "row_label": place.row_label,
        "column": place.column,
        "column_label": place.column_label,
        "page": _whole(location.page),
        "line": _whole(located.line),
        "paragraph": _whole(location.paragraph),
        "start": _whole(location.start),
        "end": _whole(location.end),
        "excerpt": place.excerpt,
        "suggestion": suggestion.text if suggestion else None,
        "suggestion_unique": suggestion.unique if suggestion else None,
        "basis": finding.basis,
        "explains": list(finding.explains),
        "evidence": json_line(finding.evidence) if finding.evidence else None,
        "units": list(finding.units),
        "fingerprint": finding.fingerprint or None,
    }
    if accepted:
        row["accepted_reason"] = accepted.reason
        row["accepted_owner"] = accepted.owner
        row["accepted_until"] = accepted.until
        row["accepted_source"] = accepted.source
    return row


def _whole(number: int | None) -> int | None:
    """A number that has room in 32 bits; nothing that is counted here is larger, unless a file is out to harm."""
    return number if number is None or _LEAST <= number <= _MOST else None


def _number(value: Any) -> float | None:
    """A number as a floating one; its digits stand beside it."""
    if value is None:
        return None
    try:
        return float(value)
    except OverflowError:
        return None
