"""A comparison of two results as JSON, and the schema that describes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from checker.run.comparison import RUN, STATES, ComparedFinding, ResultComparison, VerdictChange
from checker.writers.shared.json_text import json_text

_ID: Final = "urn:nianbao-checker:compare:1"
_TEXT: Final = {"type": "string"}
_COUNTS: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": list(STATES),
    "properties": {state: {"type": "integer", "minimum": 0} for state in STATES},
}
_VERDICT: Final = {
    "enum": ["pass", "fail", "not_applicable", "not_checked", "broken", None],
    "description": "null：这次结果里没有这条规则",
}


def comparison_text(comparison: ResultComparison) -> Iterator[str]:
    """The comparison as JSON text, in pieces: the counts first, then all that differs."""
    head = {
        "summary": {state: comparison.count(state) for state in STATES},
        "rules": {
            rule: {state: states[state] for state in STATES} for rule, states in comparison.by_rule.items()
        },
        "reports_new": comparison.reports_new,
        "reports_gone": comparison.reports_gone,
    }
    yield json_text(head).removesuffix("\n}")
    yield from _list("findings", (_finding_data(one) for one in comparison.findings if one.differs))
    yield from _list("verdicts", map(_verdict_data, comparison.verdict_changes))
    yield "\n}\n"


def _list(name: str, items: Iterable[Any]) -> Iterator[str]:
    """A list of the comparison, as `json_text` would write it."""
    yield f',\n  "{name}": ['
    end = "]"
    for number, item in enumerate(items):
        yield (",\n    " if number else "\n    ") + json_text(item, depth=2)
        end = "\n  ]"
    yield end


def _finding_data(one: ComparedFinding) -> dict[str, Any]:
    return {
        "state": one.state,
        "report": None if one.report == RUN else one.report,
        "finding": one.finding,
        **({"before": one.before} if one.is_changed else {}),
    }


def _verdict_data(change: VerdictChange) -> dict[str, Any]:
    return {"report": change.report, "rule": change.rule, "before": change.before, "after": change.after}


def comparison_schema(result_schema: dict[str, Any]) -> dict[str, Any]:
    """The published JSON Schema of a comparison.

    Args:
        result_schema: that of results; the findings are as it describes them.
    """
    definitions = result_schema["$defs"]
    needed = ("scalar", "cell_value", "finding", "location", "changes", "suggestion")
    properties = {
        "summary": {
            **_COUNTS,
            "description": "各有多少处问题：已改、仍在、新增、未再报（报告不在新结果里）、读不出",
        },
        "rules": {
            "type": "object",
            "additionalProperties": _COUNTS,
            "description": "有差别的规则，各有多少处",
        },
        "reports_new": {"type": "array", "items": _TEXT, "description": "只有新结果里有的报告"},
        "reports_gone": {"type": "array", "items": _TEXT, "description": "只有旧结果里有的报告"},
        "findings": {"type": "array", "items": _FINDING, "description": "不同的问题；仍在而没有变的不列"},
        "verdicts": {
            "type": "array",
            "items": _object(report=_TEXT, rule=_TEXT, before=_VERDICT, after=_VERDICT),
            "description": "判断变了而没有问题可列的规则",
        },
    }
    return {
        "$schema": result_schema["$schema"],
        "$id": _ID,
        "title": "两次检查结果的比较",
        "description": "checker compare --format json 的输出，第 1 版。问题的写法与 checker schema result 相同。",
        **_object(**properties),
        "$defs": {name: definitions[name] for name in needed},
    }


def _object(**properties: Any) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


_REPORT: Final = {"type": ["string", "null"], "description": "报告的路径；null：整次检查的问题"}
_AS_IN_RESULT: Final = {"$ref": "#/$defs/finding"}
_FINDING: Final = {
    "oneOf": [
        _object(state={"enum": list(STATES)}, report=_REPORT, finding=_AS_IN_RESULT),
        _object(
            state={"const": "remaining"},
            report=_REPORT,
            finding={**_AS_IN_RESULT, "description": "现在的问题"},
            before={**_AS_IN_RESULT, "description": "原来的问题"},
        ),
    ]
}
