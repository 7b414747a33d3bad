"""`结果.json` and `结果.jsonl`: a season for programs.

The first holds the units, the second every report with its own findings, a line each. `checker.office.contract` has the
JSON Schema of it; the tests hold every season to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.model.findings import Finding
from checker.model.season import Aggregate, Receipt, RoundChange, Season, Submission, UnitStanding
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder
from checker.writers.json_result import finding_json, outcome_json, result_json, rulebook_json
from checker.writers.shared.json_text import json_line, json_text
from checker.writers.shared.words import TOOL_NAME

COLLECT_VERSION: Final = 1
"""Version of the contract; it changes when a reader of version 1 would misunderstand."""


def write(season: Season, folder: ResultFolder, _options: OutputOptions) -> Mapping[str, str]:
    """Write both files; see `checker.office.outputs`."""
    folder.write_text("结果.jsonl", (json_line(result_json(result)) + "\n" for result in season.results))
    folder.write_text("结果.json", (json_text(season_json(season)), "\n"))
    return {}


def season_json(season: Season) -> dict[str, Any]:
    """A season as the contract has it."""
    return {
        "version": COLLECT_VERSION,
        "tool": {"name": TOOL_NAME, "version": season.tool_version},
        "rulebook": rulebook_json(season.rulebook),
        "kind": season.kind,
        "year": season.year,
        "round": season.round,
        "as_of": season.as_of.isoformat(),
        "units": [_unit(standing) for standing in season.units],
        "strangers": [
            {"path": one.path, "sha256": one.sha256, "agency": one.agency, "nearest": list(one.nearest)}
            for one in season.unmatched
        ],
        "other_kind": [
            {"path": one.path, "sha256": one.sha256, "kind": one.kind, "agency": one.agency}
            for one in season.other_kind
        ],
        "findings": [set_finding_json(finding) for finding in season.findings],
        "outcomes": [outcome_json(outcome) for outcome in season.outcomes],
        "aggregate": aggregate_json(season.aggregate) if season.aggregate else None,
    }


def _unit(standing: UnitStanding) -> dict[str, Any]:
    unit = standing.unit
    return {
        "name": unit.name,
        "level": unit.level,
        "tier": unit.tier,
        "state": standing.state.value,
        "why": standing.why,
        "due": standing.due.isoformat() if standing.due else None,
        "received": _receipt(standing.received),
        "days_late": standing.days_late,
        "submissions": [_submission(one) for one in standing.submissions],
        "counts": dict(vars(standing.counts)),
        "since_last_round": _round_change(standing.since_last_round),
        "notice": standing.notice,
        "more": dict(unit.more),
    }


def _round_change(change: RoundChange) -> dict[str, int]:
    """A unit has four words: one from which nothing but something unreadable came has not sent its report again."""
    return {
        "mended": change.mended,
        "remaining": change.remaining,
        "new": change.new,
        "not_resubmitted": change.not_resubmitted + change.unreadable,
    }


def _receipt(received: Receipt | None) -> dict[str, Any] | None:
    return {"on": received.on.isoformat(), "by": received.by.value} if received else None


def _submission(submission: Submission) -> dict[str, Any]:
    return {
        "path": submission.path,
        "sha256": submission.sha256,
        "round": submission.round,
        "role": submission.role.value,
        "why": submission.why,
    }


def set_finding_json(finding: Finding) -> dict[str, Any]:
    """In the form of the result contract, with the units behind the severity."""
    entries: Iterator[tuple[str, Any]] = iter(finding_json(finding).items())
    written: dict[str, Any] = {}
    for key, value in entries:
        written[key] = value
        if key == "severity":
            written["units"] = list(finding.units)
    return written


def aggregate_json(aggregate: Aggregate) -> dict[str, Any]:
    """Added tables as the contract has them."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for key, cells in aggregate.tables.items():
        rows = tables.setdefault(key, {})
        for (row, column), cell in cells.items():
            rows.setdefault(row, {})[column] = {
                "value": cell.value,
                "lower_bound": cell.lower_bound,
                "units": cell.units,
                "missing": list(cell.missing),
            }
    return {"of": aggregate.of, "complete": aggregate.complete, "tables": tables}
