"""The JSON Schema of `结果.json`, version 1: what `checker schema collect` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.model.season import ReceiptBasis, Role, State

_ID: Final = "urn:nianbao-checker:collect:1"
_NEEDED: Final = ("scalar", "cell_value", "location", "changes", "suggestion", "outcomes")
"""Definitions of the result contract that findings are made of."""
_TEXT: Final = {"type": "string"}
_TEXT_OR_NULL: Final = {"type": ["string", "null"]}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_DAY: Final = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_COUNT: Final = {"type": "integer", "minimum": 0}


def collect_schema(result_schema: Mapping[str, Any]) -> dict[str, Any]:
    """The published JSON Schema of a season.

    Args:
        result_schema: that of the results of single reports; findings about the set are much like theirs.
    """
    definitions = {name: result_schema["$defs"][name] for name in _NEEDED}
    properties = {
        "version": {"const": 1},
        **{name: result_schema["properties"][name] for name in ("tool", "rulebook")},
        "kind": {**_TEXT, "description": "收的是哪一类报告"},
        "year": {"type": "integer", "description": "报告年度"},
        "round": {"type": "integer", "minimum": 1, "description": "第几轮；没有新交来的就还是上一轮"},
        "as_of": {**_DAY, "type": "string", "description": "按哪一天算"},
        "units": {"type": "array", "items": {"$ref": "#/$defs/unit"}, "description": "清单里的每个单位"},
        "strangers": {
            "type": "array",
            "items": _object(path=_TEXT, sha256=_TEXT_OR_NULL, agency=_TEXT_OR_NULL, nearest=_TEXTS),
            "description": "对不上清单的报告，和名称最近的单位",
        },
        "other_kind": {
            "type": "array",
            "items": _object(path=_TEXT, sha256=_TEXT_OR_NULL, kind=_TEXT, agency=_TEXT_OR_NULL),
            "description": "别的类别的报告，没有收",
        },
        "findings": {
            "type": "array",
            "items": {"$ref": "#/$defs/set_finding"},
            "description": "几份报告放在一起看的问题；单份报告的问题在 结果.jsonl 里",
        },
        "outcomes": {
            "$ref": "#/$defs/outcomes",
            "description": "几份报告放在一起看的规则各得出什么；只核对了下限的是 not_checked，原因写在 reason",
        },
        "aggregate": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/aggregate"}]},
    }
    return {
        "$schema": result_schema["$schema"],
        "$id": _ID,
        "title": "收报告的结果",
        "description": "checker collect 写出的 结果.json，第 1 版。结果.jsonl 每行一份报告，"
        "写法是 checker schema result 里 reports 的一项。",
        **_object(**properties),
        "$defs": {
            **definitions,
            "unit": _unit(),
            "submission": _submission(),
            "set_finding": _set_finding(result_schema["$defs"]["finding"]),
            "aggregate": _aggregate(),
        },
    }


def _unit() -> dict[str, Any]:
    counts = ("error", "warning", "info", "not_checked")
    progress = ("mended", "remaining", "new", "not_resubmitted")
    received = _object(on={**_DAY, "type": "string"}, by={"enum": [one.value for one in ReceiptBasis]})
    return _object(
        name=_TEXT,
        level=_TEXT_OR_NULL,
        tier=_TEXT_OR_NULL,
        state={"enum": [one.value for one in State]},
        why={**_TEXT, "description": "依据"},
        due={**_DAY, "description": "到期日；null：清单和规则都没有说"},
        received={"oneOf": [{"type": "null"}, received], "description": "第一份读得出的报告哪天交来，凭什么"},
        days_late={"type": ["integer", "null"], "minimum": 0, "description": "晚了几天；null：说不上"},
        submissions={"type": "array", "items": {"$ref": "#/$defs/submission"}},
        counts={**_object(**dict.fromkeys(counts, _COUNT)), "description": "采用的那一份有几处问题"},
        since_last_round={**_object(**dict.fromkeys(progress, _COUNT)), "description": "错误和警告"},
        notice={**_TEXT_OR_NULL, "description": "给它的通知，相对于结果文件夹"},
        more={"type": "object", "additionalProperties": _TEXT, "description": "清单里的其他列"},
    )


def _submission() -> dict[str, Any]:
    return _object(
        path=_TEXT,
        sha256=_TEXT_OR_NULL,
        round={"type": "integer", "minimum": 1, "description": "第几轮交来的"},
        role={"enum": [one.value for one in Role]},
        why={**_TEXT, "description": "凭什么是它的，为什么这样处理"},
    )


def _set_finding(finding: Mapping[str, Any]) -> dict[str, Any]:
    """That of a single report, with units, and with lists in its evidence."""
    properties = {**finding["properties"], "units": _TEXTS, "evidence": {"type": "object"}}
    return {**finding, "required": [*finding["required"], "units"], "properties": properties}


def _aggregate() -> dict[str, Any]:
    cell = _object(
        value={"type": ["number", "null"]},
        lower_bound={"type": "boolean", "description": "实际数可能更大"},
        units={**_COUNT, "description": "几家有数"},
        missing={**_TEXTS, "description": "没有数的单位"},
    )
    column = {"type": "object", "additionalProperties": cell}
    row = {"type": "object", "additionalProperties": column}
    tables = {"type": "object", "additionalProperties": row}
    return _object(of=_TEXT, complete={"type": "boolean"}, tables=tables)


def _object(**properties: Any) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
