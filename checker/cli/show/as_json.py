"""What was read, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from checker.judging.rules import Rulebook
from checker.judging.subject import Subject
from checker.kinds.tables.quality import quality_of
from checker.model.document import Location
from checker.model.place import Place
from checker.model.report import Claim, Field, Report, ReportTable
from checker.run.pipeline import ReportReading
from checker.writers.shared.json_text import json_text

VERSION: Final = 1
"""Version of this output; it changes when a reader of version 1 would misunderstand."""


def shown_as_json(readings: Sequence[ReportReading], rulebook: Rulebook, *, with_claims: bool) -> str:
    """All readings of a file as one JSON text."""
    shown = [_reading(reading, rulebook, with_claims=with_claims) for reading in readings]
    return json_text({"version": VERSION, "reports": shown}) + "\n"


def _reading(reading: ReportReading, rulebook: Rulebook, *, with_claims: bool) -> dict[str, Any]:
    problem = reading.problem
    shown: dict[str, Any] = {
        "path": reading.name,
        "sha256": reading.sha256,
        "status": reading.status.value,
        "problem": {"code": problem.code, "text": problem.text} if problem else None,
    }
    if reading.report:
        subject = rulebook.subject(reading.report)
        shown |= _report(reading.report, subject)
        if with_claims:
            shown["claims"] = [_claim(claim) for claim in subject.claims]
    return shown


def _report(report: Report, subject: Subject) -> dict[str, Any]:
    identity, document = report.identity, report.document
    return {
        "format": document.format,
        "identity": {"kind": report.form.kind, **vars(identity), "form": report.form_id},
        "properties": dict(document.properties),
        "notes": [
            {"code": note.code, "text": note.text, "location": _location(note.location)}
            for note in document.notes
        ],
        "fields": {
            name: [
                {"value": _value(field), "raw": field.raw, "location": _place(field.place)}
                for field in fields
            ]
            for name, fields in report.fields.items()
        },
        "sections": [_section(report, number) for number in range(len(report.sections) + 1)],
        "tables": {key: _table(table, subject) for key, table in report.tables.items()},
    }


def _section(report: Report, index: int) -> dict[str, Any]:
    """The opening for 0, else a section in the order of the report."""
    section = report.sections[index - 1] if index else None
    texts = section.texts if section else tuple(report.body(0))
    return {
        "number": section.number if section else 0,
        "ordinal": section.ordinal if section else None,
        "title": section.title if section else None,
        "wording": section.wording if section else None,
        "tables": len(section.tables) if section else 0,
        "paragraphs": [
            {"text": text.paragraph.text, "location": _location(text.paragraph.location)} for text in texts
        ],
    }


def _table(table: ReportTable, subject: Subject) -> dict[str, Any]:
    quality = quality_of(subject, table)
    rows: dict[str, Any] = {}
    for (row, column), cell in table.cells.items():
        labels: dict[str, Any] = {"label": table.row_labels.get(row), "cells": {}}
        rows.setdefault(row, labels)["cells"][column] = {
            "value": cell.value,
            "raw": cell.raw,
            "state": cell.state.value,
            "location": _location(cell.location),
        }
    return {
        "form": table.form_id,
        "state": table.state,
        "columns": dict(table.column_labels),
        "rows": rows,
        "unknown_rows": [label for label, _ in table.unknown_rows],
        "quality": {
            "rows": list(quality.rows),
            "columns": list(quality.columns),
            "unreadable": list(quality.unreadable),
            "sums_held": len(quality.held),
            "sums_broken": len(quality.broken),
        },
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "quantities": list(claim.quantities),
        "title": claim.title,
        "number": claim.number,
        "unit": claim.unit,
        "denied": claim.denied,
        "confidence": claim.confidence,
        "reason": claim.reason,
        "sentence": claim.words,
        "location": _place(claim.place()),
    }


def _value(field: Field) -> Any:
    if isinstance(field.value, tuple):
        return [value.isoformat() if isinstance(value, date) else value for value in field.value]
    return field.value.isoformat() if isinstance(field.value, date) else field.value


def _place(place: Place) -> Mapping[str, Any]:
    return {"section": place.section, **_location(place.location)}


def _location(location: Location) -> dict[str, Any]:
    """What is known of a place."""
    return {name: value for name, value in vars(location).items() if value is not None}
