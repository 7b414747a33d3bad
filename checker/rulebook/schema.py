"""The shape of every file under `rules/`, as JSON Schema.

`rules/schema.json` is generated from here (`checker rules schema`), so that editors complete and check while
the author types. Formats (`pattern`, `scope`, `table`, `field`, `item`, `expression`, `day`, `date`) are
checked by `checker.rulebook.validate`, which knows the names in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.kinds import KINDS
from checker.kinds.base import PATTERN

LEVELS: Final = ("government", "office", "department", "township", "subdistrict", "central", "other")
TIERS: Final = ("national", "province", "prefecture", "county", "township")
SEVERITIES: Final = ("error", "warning", "info")
EXPECTATIONS: Final = ("pass", "fail", "not_applicable", "not_checked")
RULE_ID: Final = r"^[A-Z][A-Z0-9]{0,7}-[0-9]{2,3}$"

_TEXT: Final = {"type": "string", "minLength": 1}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_YEAR: Final = {"type": "integer", "minimum": 2008, "maximum": 2100}
_DATE: Final = {"type": "string", "format": "date", "description": "日期，如 2024-01-31"}
_KEY: Final = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*$"}
_RULE_ID: Final = {"type": "string", "pattern": RULE_ID}
_RULE_IDS: Final = {"type": "array", "items": _RULE_ID}


def _object(required: tuple[str, ...], properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": dict(properties),
        **more,
    }


_YEARS: Final = _object((), {"from": _YEAR, "to": _YEAR}, description="报告年度范围，含两端；不写的一端不限")
_APPLIES: Final = _object(
    (),
    {
        "forms": {"type": "array", "items": _TEXT, "description": '格式，如 ["2021"]'},
        "levels": {"type": "array", "items": {"enum": list(LEVELS)}, "description": "机关类别"},
        "tiers": {"type": "array", "items": {"enum": list(TIERS)}, "description": "行政层级"},
        "years": _YEARS,
    },
    description="适用范围；不写就是全部适用",
)
_GRADE: Final = {"enum": [*SEVERITIES, "off"]}


def _per_variant(value: Mapping[str, Any], description: str) -> dict[str, Any]:
    """One value for all, or one for each variant."""
    return {
        "description": description,
        "oneOf": [value, {"type": "object", "minProperties": 1, "additionalProperties": value}],
    }


def _check() -> dict[str, Any]:
    """A check: its kind decides which options it takes."""
    cases = []
    for name, kind in KINDS.items():
        schema = dict(kind.schema)
        properties = {
            "kind": {"const": name},
            "variant": {**_KEY, "description": "给这项检查查出的问题起个名，供 severity、message 分别规定"},
            **schema["properties"],
        }
        cases.append(
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {**schema, "properties": properties},
            }
        )
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "enum": list(KINDS),
                "description": "、".join(f"{n}（{k.title}）" for n, k in KINDS.items()),
            }
        },
        "allOf": cases,
    }


_EXAMPLE: Final = _object(
    ("name", "expect", "given"),
    {
        "name": {**_TEXT, "description": "这个例子说的是什么"},
        "expect": {"enum": list(EXPECTATIONS)},
        "given": _object(
            (),
            {
                "form": _TEXT,
                "agency": _TEXT,
                "level": {"enum": list(LEVELS)},
                "tier": {"enum": list(TIERS)},
                "year": {"type": ["integer", "null"]},
                "title": {"type": ["string", "null"], "description": "标题；不写则按单位和年份拼出规范标题"},
                "text": {
                    "type": "object",
                    "description": "各部分的文字：0 为开头，1 起为各部分；不写的部分用一句通用的话",
                    "additionalProperties": {"type": ["string", "null"]},
                    "propertyNames": {"pattern": "^[0-9]+$"},
                },
                "headings": {
                    "type": "object",
                    "description": "改写部分标题，如 {5: 五、存在问题}；null 表示没有这一部分",
                    "additionalProperties": {"type": ["string", "null"]},
                    "propertyNames": {"pattern": "^[0-9]+$"},
                },
                "order": {
                    "type": "array",
                    "items": {"type": "integer"},
                    "description": "部分的先后，如 [1, 3, 2]",
                },
                "cells": {
                    "type": "object",
                    "description": '表格的格子，如 {"T3[R1, natural]": 3}',
                    "additionalProperties": {"type": ["string", "integer", "null"]},
                },
                "rest": {
                    "type": ["string", "integer", "null"],
                    "description": "其余格子填什么，默认 0；null 为空白",
                },
                "without": {
                    **_TEXTS,
                    "description": '去掉的表、行或列，如 [T4]、["T3[R2]"]、["T3[, legal]"]',
                },
                "tables_from": {
                    "type": "object",
                    "description": '换用别的格式的表，如 {T3: "2019"}',
                    "additionalProperties": {"type": "string"},
                },
                "labels": {
                    "type": "object",
                    "description": "改写表内的行列名称，如 {规章: 规章制度文件}",
                    "additionalProperties": {"type": "string"},
                },
                "signature": {
                    "type": ["string", "null"],
                    "description": "落款，两行用 / 隔开；不写则没有落款",
                },
                "published": _DATE,
                "today": _DATE,
                "exceptions": {
                    "type": "array",
                    "items": {"type": "object"},
                    "description": "例外清单的条目，供查例外清单的规则用",
                },
                "damaged": {"type": "boolean", "description": "文件损坏，无法读取"},
            },
        ),
        "findings": {
            "type": "array",
            "description": "预期的全部问题，按先后",
            "items": _object(
                (),
                {
                    "place": {
                        "type": "string",
                        "description": "格子如 T3[R1, total]；或 第五部分、开头、标题",
                    },
                    "severity": {"enum": list(SEVERITIES)},
                    "evidence": {"type": "object"},
                    "message": {"type": "string", "description": "说明文字里应包含的话"},
                },
            ),
        },
        "known_miss": {**_TEXT, "description": "已知查不出的情形，写明原因；expect 写理想的结果"},
        "known_false_alarm": {**_TEXT, "description": "已知误报的情形，写明原因；expect 写理想的结果"},
    },
)

RULE: Final = _object(
    ("id", "title", "severity", "basis", "check", "message", "examples"),
    {
        "id": {**_RULE_ID, "description": "编号，如 LOC-01；发布后不改、不重用"},
        "title": {**_TEXT, "description": "一句话说要求什么"},
        "why": {**_TEXT, "description": "为什么要查，checker explain 会显示"},
        "severity": _per_variant(_GRADE, "级别：error、warning、info；或按 variant 分别规定"),
        "severity_when": {
            "type": "array",
            "description": "某些情形下改用别的级别，取第一条符合的",
            "items": _object(
                ("applies", "severity"), {"applies": _APPLIES, "severity": {"enum": list(SEVERITIES)}}
            ),
        },
        "basis": {
            "type": "array",
            "minItems": 1,
            "description": "依据",
            "items": _object(
                ("source",),
                {
                    "source": {
                        "type": "string",
                        "format": "source",
                        "description": "rules/sources.yaml 中的键",
                    },
                    "clause": _TEXT,
                },
            ),
        },
        "certainty": {
            "enum": ["A", "B", "C", "practice"],
            "description": "依据的可信度：A 见过原文，B 多处佐证，C 推断（依据待核），practice 通行做法",
        },
        "applies": _APPLIES,
        "check": {
            "oneOf": [
                {"$ref": "#/$defs/check"},
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/check"}},
            ]
        },
        "message": _per_variant(_TEXT, "问题说明；可用 {名字} 引用证据"),
        "suggestion": _per_variant(_TEXT, "怎么改"),
        "explains": {**_RULE_IDS, "description": "本条成立时，这些规则的问题并入本条"},
        "exceptable": {"type": "boolean", "description": "false：不允许列为例外"},
        "in_force": _object((), {"from": _DATE, "to": _DATE}, description="规则适用的日期"),
        "suspended": _object(("since", "reason"), {"since": _DATE, "reason": _TEXT}, description="暂停执行"),
        "examples": {"type": "array", "items": _EXAMPLE, "description": "例子：至少一个合格、一个不合格"},
    },
)

_LINE: Final = {
    "type": "object",
    "oneOf": [
        _object(
            ("key", "label"),
            {
                "key": _KEY,
                "label": _TEXT,
                "name": {**_TEXT, "pattern": r"^[^\s.\[\]()（）]+$", "description": "简称，用于表达式和说明"},
                "aliases": _TEXTS,
                "number": {"enum": ["count", "money", "change"]},
                "total": {"const": "siblings", "description": "同级其余各项之和"},
            },
        ),
        _object(("label", "members"), {"label": _TEXT, "members": {"$ref": "#/$defs/lines"}}),
    ],
}
_LINES: Final = {"$ref": "#/$defs/lines"}

FORM_FILE: Final = _object(
    ("form", "title", "report_names", "sections", "tables"),
    {
        "form": _TEXT,
        "title": _TEXT,
        "years": _YEARS,
        "in_force": _object((), {"from": _DATE, "to": _DATE}),
        "report_names": {**_TEXTS, "minItems": 1},
        "placeholders": {"type": "array", "items": PATTERN},
        "sections": {
            "type": "array",
            "minItems": 1,
            "items": _object(("title",), {"title": _TEXT, "accepted": _TEXTS, "odd": _TEXTS, "table": _KEY}),
        },
        "tables": {
            "type": "array",
            "items": _object(
                ("key", "name", "title", "section"),
                {
                    "key": _KEY,
                    "name": _TEXT,
                    "title": _TEXT,
                    "section": {"type": "integer", "minimum": 1},
                    "layout": {"enum": ["grid", "stacked", "across"]},
                    "number": {"enum": ["count", "money", "change"]},
                    "corner": _TEXT,
                    "rows": _LINES,
                    "columns": _LINES,
                    "blocks": {
                        "type": "array",
                        "minItems": 1,
                        "items": _object(
                            ("rows", "columns"),
                            {"heading": _TEXT, "corner": _TEXT, "rows": _LINES, "columns": _LINES},
                        ),
                    },
                },
                oneOf=[{"required": ["rows", "columns"]}, {"required": ["blocks"]}],
            ),
        },
    },
)

PROFILE_FILE: Final = _object(
    ("profile", "title"),
    {
        "profile": {"type": "string", "pattern": "^[a-z][a-z0-9_-]*$"},
        "title": _TEXT,
        "extends": {"type": "string", "format": "profile"},
        "severity": {"type": "object", "additionalProperties": _GRADE, "propertyNames": {"pattern": RULE_ID}},
        "off": {
            "type": "object",
            "description": "停用的规则和理由",
            "additionalProperties": _TEXT,
            "propertyNames": {"pattern": RULE_ID},
        },
        "parameters": {
            "type": "object",
            "description": "改写规则的检查参数，如 {GEN-07: {at_most: 800}}",
            "additionalProperties": {"type": "object", "minProperties": 1},
            "propertyNames": {"pattern": RULE_ID},
        },
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
    },
)

RULES_FILE: Final = _object(
    ("group", "rules"), {"group": _TEXT, "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}}
)

_FIELD_PATTERN: Final = {
    "oneOf": [
        PATTERN,
        _object(("pattern", "value"), {"pattern": PATTERN, "value": {"type": ["integer", "string"]}}),
    ]
}
FIELDS_FILE: Final = _object(
    ("titles", "fields"),
    {
        "titles": {"type": "object", "additionalProperties": _TEXT, "description": "每个要素的中文名"},
        "fields": {
            "type": "array",
            "items": _object(
                ("name", "type", "where", "patterns"),
                {
                    "name": _KEY,
                    "type": {"enum": ["text", "number", "numbers", "date", "period", "money"]},
                    "where": {"enum": ["opening", "edges", "signature", "all", "page"]},
                    "repeat": {"type": "boolean"},
                    "patterns": {"type": "array", "minItems": 1, "items": _FIELD_PATTERN},
                },
            ),
        },
    },
)

BODIES_FILE: Final = _object(
    ("titles", "agencies", "levels", "tiers"),
    {
        "titles": {"type": "array", "minItems": 1, "items": PATTERN},
        "agencies": {"type": "array", "minItems": 1, "items": PATTERN},
        "levels": {
            "type": "array",
            "items": _object(("level", "pattern"), {"level": {"enum": list(LEVELS)}, "pattern": PATTERN}),
        },
        "tiers": {
            "type": "array",
            "items": _object(
                ("tier", "pattern"),
                {
                    "tier": {"enum": [*TIERS, None]},
                    "pattern": PATTERN,
                    "level": {"type": "array", "items": {"enum": list(LEVELS)}},
                },
            ),
        },
    },
)

SOURCES_FILE: Final = _object(
    ("sources",),
    {
        "sources": {
            "type": "object",
            "additionalProperties": _object(("title",), {"title": _TEXT, "note": _TEXT}),
        }
    },
)

DEFINITIONS: Final[Mapping[str, Any]] = {
    "rule": RULE,
    "check": _check(),
    "lines": {"type": "array", "minItems": 1, "items": _LINE},
}

FILES: Final[Mapping[str, Mapping[str, Any]]] = {
    "rules": RULES_FILE,
    "form": FORM_FILE,
    "profile": PROFILE_FILE,
    "fields": FIELDS_FILE,
    "levels": BODIES_FILE,
    "sources": SOURCES_FILE,
}
"""The key that tells what a file is, and the shape of such a file; looked up in this order after `profile`."""


def published_schema() -> dict[str, Any]:
    """The schema for editors: any of the files, told apart by their leading key."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "政府信息公开工作年度报告检查规则",
        "type": "object",
        "allOf": [
            {"if": {"required": [key], **_not_profile(key)}, "then": schema} for key, schema in FILES.items()
        ],
        "$defs": dict(DEFINITIONS),
    }


def _not_profile(key: str) -> dict[str, Any]:
    """A profile may hold rules of its own; it is still a profile."""
    return {"not": {"required": ["profile"]}} if key == "rules" else {}
