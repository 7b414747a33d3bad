"""The shape of what a form says of new reports: what they begin with."""

from __future__ import annotations

from typing import Final

from checker.rulebook.schema.parts import TEXTS, object_schema

_KEY: Final = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*$"}

DRAFT: Final = object_schema(
    (),
    {
        "opening": {**TEXTS, "description": "开头的话，一段一项；{agency} 是单位，{year} 是年度"},
        "carried": {
            "type": "object",
            "description": "先填上年那一行的数：表的键，本年的行，上年的行",
            "additionalProperties": {"type": "object", "additionalProperties": _KEY},
        },
    },
    description="新写一份报告时先写上的内容",
)
