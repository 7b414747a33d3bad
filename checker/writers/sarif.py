"""`--format sarif`: SARIF 2.1.0, for code hosts, editors and everything else that shows findings in place.

One run with all rules of the rulebook. Files with lines get regions; where a format has none (Word, PDF), the
place is a logical location in words, and its parts (page, table, row, column) stand in the properties. What
could not be judged is no result but a notification of the invocation, so that no viewer shows it as a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from checker.model.findings import CheckRun, ReportResult, RuleInfo, Severity, Suppressed, Verdict
from checker.model.findings import Status as FileStatus
from checker.model.place import Place
from checker.writers.shared.configuration import configuration_json, configuration_lines
from checker.writers.shared.json_text import json_text
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    Omission,
    findings_of,
    findings_of_run,
    omissions,
    omissions_of_run,
    plain_message,
)
from checker.writers.shared.places import place_words
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import TOOL_NAME, value_words

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "ROOT"
_FINGERPRINT: Final = "checkerFinding/v1"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NOTE_LEVELS: Final = {"unreadable": "error", "broken": "error", "skipped": "note", "not_checked": "note"}


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield the log: rules first, then the results of one report after the other, then what was not judged."""
    order = {rule: number for number, rule in enumerate(run.rulebook.rules)}
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield json_text(head).removesuffix("}").rstrip() + ',\n  "runs": [\n    {\n'
    yield f'      "tool": {json_text({"driver": _driver(run)}, depth=3)},\n'
    yield '      "language": "zh-CN",\n      "columnKind": "unicodeCodePoints",\n'
    yield f'      "originalUriBaseIds": {json_text(_ROOTS, depth=3)},\n'
    yield '      "results": ['
    files: list[ReportResult] = []  # without what was read and found, as the results pass by
    yield from _listed((_result(located, order) for located in _findings(run, files)), depth=4)
    yield '],\n      "artifacts": ['
    yield from _listed(map(_artifact, files), depth=4)
    yield '],\n      "invocations": [\n        {\n          "toolExecutionNotifications": ['
    yield from _listed(_notifications(run), depth=6)
    complete = all(file.status is not FileStatus.UNREADABLE and not file.outcomes for file in files)
    yield f'],\n          "executionSuccessful": {json_text(complete)}'
    used = configuration_json(run.configuration)
    if used is not None:
        properties = {"configuration": used, "notes": configuration_lines(run)}
        yield f',\n          "properties": {json_text(properties, depth=5)}'
    yield "\n        }\n      ]\n    }\n  ]\n}\n"


_ROOTS: Final = {_ROOT: {"description": {"text": "运行检查时所在的文件夹"}}}


def _listed(entries: Iterator[Mapping[str, Any]], depth: int) -> Iterator[str]:
    """The inside of a JSON array, an entry at a time."""
    indent = "\n" + "  " * depth
    separator = indent
    for entry in entries:
        yield separator + json_text(entry, depth)
        separator = "," + indent
    if separator != indent:
        yield indent.removesuffix("  ")


def _findings(run: CheckRun, files: list[ReportResult]) -> Iterator[LocatedFinding]:
    """All findings; fills `files` with the bare files and the outcomes of broken rules."""
    for result in run.results:
        broken = tuple(outcome for outcome in result.outcomes if outcome.verdict is Verdict.BROKEN)
        files.append(ReportResult(result.path, result.sha256, result.status, outcomes=broken))
        yield from findings_of(result)
    yield from findings_of_run(run)


def _driver(run: CheckRun) -> dict[str, Any]:
    return {
        "name": TOOL_NAME,
        "version": run.tool_version,
        "rules": [_rule(rule) for rule in run.rulebook.rules.values()],
        "properties": {"profile": run.rulebook.profile, "rulebook": run.rulebook.digest},
    }


def _rule(rule: RuleInfo) -> dict[str, Any]:
    title, basis, why = _text(rule.title), _text(rule.basis), _text(rule.why)
    lines = [*([f"为什么：{why}"] if why else []), f"依据：{basis}", f"详细判法：checker explain {rule.id}"]
    return {
        "id": rule.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why or title},
        "help": {"text": "\n".join(lines)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [harmless(rule.group)], "basis": harmless(rule.basis)},
    }


def _text(text: str) -> str:
    """Text for a message, in which braces would be placeholders and `[…](…)` a link."""
    return harmless(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _result(located: LocatedFinding, order: Mapping[str, int]) -> dict[str, Any]:
    finding = located.finding
    message = "\n".join(map(_text, plain_message(located).split("\n")))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        **({"ruleIndex": order[finding.rule]} if finding.rule in order else {}),
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding.place, located)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(related.place, located),
                "message": {"text": _text(value_words(related.value))},
            }
            for number, related in enumerate(finding.related, 1)
        ]
    if finding.fingerprint:
        result["partialFingerprints"] = {_FINGERPRINT: finding.fingerprint}
    if located.accepted:
        result["suppressions"] = [_suppression(located.accepted)]
    result["properties"] = {
        "evidence": {harmless(name): value for name, value in finding.evidence.items()},
        "explains": list(finding.explains),
        **_place_properties(finding.place),
    }
    return result


def _suppression(accepted: Suppressed) -> dict[str, Any]:
    terms = {"owner": accepted.owner, "until": accepted.until.isoformat() if accepted.until else None}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": harmless(accepted.reason),
        "properties": {**terms, "source": accepted.source},
    }


def _location(place: Place, located: LocatedFinding) -> dict[str, Any]:
    words = harmless(place_words(place, located.report))
    location: dict[str, Any] = {}
    if located.path is not None:
        location["physicalLocation"] = {
            "artifactLocation": _artifact_location(located.path),
            **_region(place, located),
        }
    kind = "element" if place.table or place.location.table_index else "section"
    location["logicalLocations"] = [{"fullyQualifiedName": words, "kind": kind}]
    return location


def _region(place: Place, located: LocatedFinding) -> dict[str, Any]:
    line = place.location.line
    if line is None or place.location.path not in (
        None,
        located.path,
    ):  # no lines, or those of a part of an archive
        return {}
    snippet = {"snippet": {"text": harmless(place.excerpt)}} if place.excerpt else {}
    return {"region": {"startLine": line, **snippet}}


def _place_properties(place: Place) -> dict[str, Any]:
    location = place.location
    properties = {
        "section": place.section,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "part": location.path,
        "page": location.page,
        "box": location.box,
        "paragraph": location.paragraph,
        "tableIndex": location.table_index,
        "gridRow": location.grid_row,
        "gridColumn": location.grid_column,
    }
    return {name: value for name, value in properties.items() if value is not None}


def _artifact_location(path: str) -> dict[str, str]:
    """A file as an URI: relative to the working folder, or whole."""
    uri = quote(path.replace("\\", "/"), safe="/", errors="surrogateescape")
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if path[1:3] in (":/", ":\\"):
        return {"uri": f"file:///{path[:2]}{quote(path[2:].replace(chr(92), '/'), safe='/')}"}
    return {"uri": uri, "uriBaseId": _ROOT}


def _artifact(result: ReportResult) -> dict[str, Any]:
    hashes = {"hashes": {"sha-256": result.sha256}} if result.sha256 else {}
    return {"location": _artifact_location(result.path), "roles": ["analysisTarget"], **hashes}


def _notifications(run: CheckRun) -> Iterator[dict[str, Any]]:
    for result in run.results:
        for omission in omissions(result):
            yield _notification(result.path, omission)
    for omission in omissions_of_run(run):
        yield _notification(None, omission)


def _notification(path: str | None, omission: Omission) -> dict[str, Any]:
    rules: Sequence[str] = omission.rules
    listed = f"：{'、'.join(rules)}" if rules else ""
    return {
        "level": _NOTE_LEVELS[omission.kind],
        "message": {"text": _text(omission.reason.rstrip("。") + listed)},
        **(
            {"locations": [{"physicalLocation": {"artifactLocation": _artifact_location(path)}}]}
            if path
            else {}
        ),
        **({"associatedRule": {"id": rules[0]}} if len(rules) == 1 else {}),
        "properties": {"kind": omission.kind, "rules": list(rules)},
    }
