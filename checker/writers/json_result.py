"""The result contract, version 1: `--format json`.

Its JSON Schema stands beside this file in `result.schema.json`; the tests hold every output to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from checker.model.findings import (
    CONTRACT_VERSION,
    CellChange,
    CheckRun,
    Finding,
    Outcome,
    ReportResult,
    RulebookInfo,
    Suggestion,
    TextChange,
)
from checker.model.place import Place
from checker.model.report import Field, Report, ReportTable
from checker.writers.shared.configuration import configuration_json
from checker.writers.shared.json_text import json_text
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.tally import tally
from checker.writers.shared.words import TOOL_NAME

_TEXT_FIELDS: Final = ("address", "postcode")
_MORE_TEXT_FIELDS: Final = ("fax", "email", "website", "signature")


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the result as JSON text: the head first, then one report after the other."""
    yield json_text(run_json(run)).removesuffix("\n}") + ',\n  "reports": ['
    separator = "\n    "
    for result in run.results:
        yield separator + json_text(result_json(result), depth=2)
        separator = ",\n    "
    yield ("\n  " if run.results else "") + "]\n}\n"


def run_json(run: CheckRun) -> dict[str, Any]:
    """The run as the result contract has it, without its reports."""
    return {
        "version": CONTRACT_VERSION,
        "tool": {"name": TOOL_NAME, "version": run.tool_version},
        "rulebook": rulebook_json(run.rulebook),
        "configuration": configuration_json(run.configuration),
        "summary": vars(tally(run)),
        "findings": [_set_finding(finding) for finding in run.findings],
        **({"outcomes": [outcome_json(one) for one in run.outcomes]} if run.outcomes else {}),
    }


def _set_finding(finding: Finding) -> dict[str, Any]:
    """A finding about several reports: one that is about units of the list names them."""
    return {**finding_json(finding), **({"units": list(finding.units)} if finding.units else {})}


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What came of a rule as the result contract has it."""
    return {
        "rule": outcome.rule,
        "verdict": outcome.verdict.value,
        "examined": outcome.examined,
        "reason": outcome.reason,
    }


def rulebook_json(rulebook: RulebookInfo) -> dict[str, Any]:
    """Which rules were used, as the result contract has it."""
    return {"profile": rulebook.profile, "digest": rulebook.digest, "rules": len(rulebook.rules)}


def schema_text() -> str:
    """The published JSON Schema of the result, as `checker schema result` prints it."""
    from importlib.resources import files  # noqa: PLC0415  needed only by those who ask for the schema

    return files("checker.writers").joinpath("result.schema.json").read_text(encoding="utf-8")


def result_json(result: ReportResult) -> dict[str, Any]:
    """The result of a file as the result contract has it."""
    report = result.report
    problem = result.problem
    return {
        "path": result.path,
        "sha256": result.sha256,
        "status": result.status.value,
        "problem": {"code": problem.code, "text": problem.text} if problem else None,
        "identity": _identity(report),
        "verdict": result.verdict,
        "fields": _fields(report.fields if report else {}),
        "tables": {key: _numbers(table) for key, table in report.tables.items()} if report else {},
        "cells": [cell for table in report.tables.values() for cell in _odd_cells(table)] if report else [],
        "outcomes": [outcome_json(outcome) for outcome in result.outcomes],
        "findings": [finding_json(finding) for finding in result.findings],
    }


def _identity(report: Report | None) -> dict[str, Any]:
    identity = report.identity if report else None
    return {
        "kind": report.form.kind if report else None,
        "title": identity.title if identity else None,
        "agency": identity.agency if identity else None,
        "level": identity.level if identity else None,
        "tier": identity.tier if identity else None,
        "year": identity.year if identity else None,
        "form": report.form_id if report else None,
    }


def _fields(fields: Mapping[str, Sequence[Field]]) -> dict[str, Any]:
    phones = [text for field in fields.get("phone", ()) for text in _texts(field)]
    return {
        "period": _period(fields),
        **{name: _first_text(fields, name) for name in _TEXT_FIELDS},
        "phone": phones or None,
        **{name: _first_text(fields, name) for name in _MORE_TEXT_FIELDS},
        "signed_on": _first_text(fields, "signed_on"),
    }


def _period(fields: Mapping[str, Sequence[Field]]) -> list[str | None] | None:
    for field in fields.get("period", ()):
        if isinstance(field.value, tuple):
            return [day.isoformat() if isinstance(day, date) else None for day in field.value]
    return None


def _first_text(fields: Mapping[str, Sequence[Field]], name: str) -> str | None:
    for field in fields.get(name, ()):
        return next(iter(_texts(field)), None)
    return None


def _texts(field: Field) -> list[str]:
    values = field.value if isinstance(field.value, tuple) else (field.value,)
    return [
        value.isoformat() if isinstance(value, date) else str(value) for value in values if value is not None
    ]


def _numbers(table: ReportTable) -> dict[str, dict[str, int | Decimal | None]]:
    rows: dict[str, dict[str, int | Decimal | None]] = {}
    for (row, column), cell in table.cells.items():
        rows.setdefault(row, {})[column] = cell.value
    return rows


def _odd_cells(table: ReportTable) -> Iterator[dict[str, Any]]:
    """The cells that are not plain numbers, in table order."""
    for (row, column), cell in table.cells.items():
        if cell.value is None:
            yield {
                "table": table.form.key,
                "row": row,
                "column": column,
                "raw": cell.raw,
                "state": cell.state.value,
            }


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as the result contract has it."""
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "message": finding.message,
        "basis": finding.basis,
        "location": _location(finding.place),
        "related": [
            {"location": _location(related.place), "value": related.value} for related in finding.related
        ],
        "evidence": dict(finding.evidence),
        "explains": list(finding.explains),
        "suggestion": _suggestion(finding.suggestion) if finding.suggestion else None,
        "fingerprint": finding.fingerprint,
    }


def _location(place: Place) -> dict[str, Any]:
    location = place.location
    return {
        "section": place.section,
        "table": place.table,
        "row": place.row,
        "row_label": place.row_label,
        "column": place.column,
        "column_label": place.column_label,
        "path": location.path,
        "page": location.page,
        "box": location.box,
        "paragraph": location.paragraph,
        "line": location.line,
        "start": location.start,
        "end": location.end,
        "table_index": location.table_index,
        "grid_row": location.grid_row,
        "grid_column": location.grid_column,
        "excerpt": place.excerpt,
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "cells": _changes(suggestion.cells),
        "unique": suggestion.unique,
        "rivals": [{"cells": _changes(rival.cells), "cost": rival.cost} for rival in suggestion.rivals],
        "pattern": suggestion.pattern,
        "text": suggestion.text,
        **({"texts": [_text_change(one) for one in suggestion.texts]} if suggestion.texts else {}),
    }


def _text_change(change: TextChange) -> dict[str, Any]:
    return {
        "location": _location(change.place),
        "current": change.current,
        "proposed": change.proposed,
    }


def _changes(changes: Sequence[CellChange]) -> list[dict[str, Any]]:
    return [
        {
            "table": change.table,
            "row": change.row,
            "column": change.column,
            "current": change.current,
            "proposed": change.proposed,
        }
        for change in changes
    ]
