"""The result contract a line at a time: `--format jsonl`, one for each report, then one for the run.

A line for a report is written as soon as its result is there. Where it turns out later that the run also holds that
body's report of another year, there comes a second line for the same path: the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.model.findings import CONTRACT_VERSION, CheckRun, ReportResult
from checker.writers.json_result import result_json, run_json
from checker.writers.shared.json_text import json_line
from checker.writers.shared.options import WritingOptions

_ID: Final = "urn:nianbao-checker:jsonl:1"
_DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_RESUME: Final = {
    "oneOf": [
        {"type": "null"},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["source", "sha256", "conditions", "result"],
            "properties": {
                "source": {"type": "string", "description": "结果来自哪个文件"},
                "sha256": {**_DIGEST, "description": "这个文件的摘要"},
                "conditions": {**_DIGEST, "description": "程序、规则、选项和往年报告的摘要，相同才接着用"},
                "result": {"type": ["string", "null"], "description": "存下的结果；null：下次重新检查"},
            },
        },
    ],
    "description": "只给 --resume 用；null：不是边检查边写的，或者下次要重新检查",
}


def write(run: CheckRun, _options: WritingOptions) -> Iterator[str]:
    """Yield a line for each report, then one for the run."""
    for result in run.results:
        yield report_line(result)
    yield run_line(run)


def report_line(result: ReportResult, resume: Mapping[str, str | None] | None = None) -> str:
    """The line for a report.

    Args:
        result: what was found.
        resume: what a later run must know to take the result, as the schema has it.
    """
    head = {"type": "report", "version": CONTRACT_VERSION}
    return json_line({**head, **result_json(result), "resume": resume}) + "\n"


def run_line(run: CheckRun) -> str:
    """The line that says that the run is complete, and what came of it."""
    return json_line({"type": "run", **run_json(run)}) + "\n"


def lines_schema(result_schema: Mapping[str, Any]) -> dict[str, Any]:
    """The published JSON Schema of a line.

    Args:
        result_schema: that of whole results.
    """
    definitions = dict(result_schema["$defs"])
    whole = dict(result_schema["properties"])
    whole.pop("reports")
    report = definitions.pop("report")
    return {
        "$schema": result_schema["$schema"],
        "$id": _ID,
        "title": "年度报告检查结果的一行",
        "description": "checker check --format jsonl 的输出，第 1 版：每份报告一行，整次检查一行在最后；"
        "没有最后这一行就是没有检查完。同一个 path 有两行的，以后一行为准。",
        "oneOf": [{"$ref": "#/$defs/report"}, {"$ref": "#/$defs/run"}],
        "$defs": {
            **definitions,
            "report": {
                **report,
                "required": ["type", "version", *report["required"], "resume"],
                "properties": {
                    "type": {"const": "report"},
                    "version": whole["version"],
                    **report["properties"],
                    "resume": _RESUME,
                },
            },
            "run": {
                "type": "object",
                "additionalProperties": False,
                "required": ["type", *(name for name in result_schema["required"] if name != "reports")],
                "properties": {"type": {"const": "run"}, **whole},
            },
        },
    }
