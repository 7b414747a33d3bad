"""The shape of form files: sections, tables, rows and columns."""

from __future__ import annotations

from typing import Final

from checker.kinds.options import PATTERN
from checker.rulebook.schema.drafts import DRAFT
from checker.rulebook.schema.parts import DATE, KEY, KIND, TEXT, TEXTS, YEARS, object_schema

_NUMBER: Final = {
    "enum": ["count", "money", "decimal", "change"],
    "description": "count 非负整数，money 金额、decimal 可有小数，change 可有正负号",
}
_OPTIONS: Final = {"type": "array", "minItems": 2, "items": TEXT}
LINE: Final = {
    "type": "object",
    "oneOf": [
        object_schema(
            ("key", "label"),
            {
                "key": KEY,
                "label": TEXT,
                "name": {**TEXT, "pattern": r"^[^\s.\[\]()（）]+$", "description": "简称，用于表达式和说明"},
                "aliases": TEXTS,
                "number": _NUMBER,
                "text": {"const": True, "description": "填文字的格子"},
                "choice": {**_OPTIONS, "description": "勾选一项的格子，如 [是, 否]"},
                "choices": {**_OPTIONS, "description": "可以勾选几项的格子"},
                "under": {**KEY, "description": "属于哪个是否项；那一项选了最后一种（否）时这里可以空着"},
                "optional": {"type": "boolean", "description": "true：可以空着"},
                "total": {"const": "siblings", "description": "同级其余各项之和"},
            },
        ),
        object_schema(
            ("label", "members"),
            {
                "label": TEXT,
                "under": {**KEY, "description": "属于哪个是否项，见各行的 under"},
                "members": {"$ref": "#/$defs/lines"},
            },
        ),
    ],
}
_LINES: Final = {"$ref": "#/$defs/lines"}

FORM_FILE: Final = object_schema(
    ("form", "title", "report_names", "tables"),
    {
        "form": TEXT,
        "kind": KIND,
        "title": TEXT,
        "years": YEARS,
        "in_force": object_schema((), {"from": DATE, "to": DATE}),
        "report_names": {**TEXTS, "minItems": 1},
        "placeholders": {"type": "array", "items": PATTERN},
        "draft": DRAFT,
        "sections": {
            "type": "array",
            "description": "各部分；没有编号部分的报告不写",
            "items": object_schema(
                ("title",),
                {
                    "title": TEXT,
                    "accepted": {**TEXTS, "description": "可以接受的写法"},
                    "near": {**TEXTS, "description": "只差个别字的写法"},
                    "odd": {**TEXTS, "description": "认得出、但偏离的写法"},
                    "like": object_schema(
                        (),
                        {
                            wording: {"type": "array", "items": PATTERN}
                            for wording in ("accepted", "near", "odd")
                        },
                        description="按样子认的写法，去掉编号和标点后的文字",
                    ),
                    "table": KEY,
                    "mention": {**PATTERN, "description": "列举各部分时怎样提到它"},
                },
            ),
        },
        "tables": {
            "type": "array",
            "items": object_schema(
                ("key", "name", "title"),
                {
                    "key": KEY,
                    "name": TEXT,
                    "title": TEXT,
                    "section": {"type": "integer", "minimum": 1},
                    "layout": {
                        "enum": ["grid", "stacked", "across", "pairs"],
                        "description": "grid 行列表，stacked 几块上下相接，across 一行数字，"
                        "pairs 名称旁边填内容、没有表头",
                    },
                    "number": _NUMBER,
                    "corner": TEXT,
                    "rows": _LINES,
                    "columns": _LINES,
                    "blocks": {
                        "type": "array",
                        "minItems": 1,
                        "items": object_schema(
                            ("rows", "columns"),
                            {"heading": TEXT, "corner": TEXT, "rows": _LINES, "columns": _LINES},
                        ),
                    },
                },
                oneOf=[{"required": ["rows"]}, {"required": ["blocks"]}],
            ),
        },
    },
)
