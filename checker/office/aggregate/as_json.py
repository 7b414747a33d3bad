"""Added tables as JSON: the `aggregate` of the contract of a season, with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.model.findings import Finding
from checker.office.aggregate.adding import Totals
from checker.office.aggregate.candidates import CoDefendant, JointDocument
from checker.office.machine_results import aggregate_json, set_finding_json
from checker.startup.version import __version__
from checker.writers.shared.json_text import json_text
from checker.writers.shared.words import TOOL_NAME

AGGREGATE_VERSION = 1
"""Version of the contract; it changes when a reader of version 1 would misunderstand."""


def as_json(
    totals: Totals,
    documents: Sequence[JointDocument],
    cases: Sequence[CoDefendant],
    findings: Sequence[Finding],
) -> bytes:
    """The file."""
    written: dict[str, Any] = {
        **aggregate_json(totals.aggregate),
        "version": AGGREGATE_VERSION,
        "tool": {"name": TOOL_NAME, "version": __version__},
        "year": totals.year,
        "form": totals.form.id,
        "units": [
            {
                "name": part.unit.name,
                "state": part.state.value,
                "counted": part.figures is not None,
                "path": part.figures.path if part.figures else None,
                "broken_sums": part.broken,
            }
            for part in totals.parts
        ],
        "blanks": [
            {"table": table, "row": row, "column": column, "units": list(names)}
            for (table, (row, column)), names in totals.blanks.items()
        ],
        "joint_documents": [{"number": one.number, "units": list(one.units)} for one in documents],
        "co_defendants": [
            {"unit": one.unit, "column": one.column, "value": one.value, "others": list(one.others)}
            for one in cases
        ],
        "findings": [set_finding_json(finding) for finding in findings],
    }
    return (json_text(written) + "\n").encode()
