"""The shape of an exceptions file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_TEXT: Final = {"type": "string", "minLength": 1, "pattern": r"\S"}
_SCALAR: Final = {"type": ["string", "integer", "boolean", "null"]}

SCHEMA: Final[Mapping[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "例外清单",
    "type": "object",
    "additionalProperties": False,
    "required": ["exceptions"],
    "properties": {
        "exceptions": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["rule", "place", "value", "reason"],
                "properties": {
                    "rule": {**_TEXT, "description": "规则编号"},
                    "agency": {**_TEXT, "description": "单位名称，与 year 一起写明是哪份报告"},
                    "year": {"type": "integer", "minimum": 2008, "maximum": 2100, "description": "报告年度"},
                    "path": {**_TEXT, "description": "报告文件，相对于例外清单所在的文件夹"},
                    "place": {
                        **_TEXT,
                        "description": "位置：表三.新收.总计（T3[R1, total]）、表三、第五部分、开头、全文，或指纹",
                    },
                    "value": {
                        "type": ["string", "integer", "boolean", "null", "object"],
                        "additionalProperties": _SCALAR,
                        "minProperties": 1,
                        "description": "列为例外时的值：格子里的数、原文，或按名称写明的证据",
                    },
                    "reason": {**_TEXT, "description": "为什么可以接受"},
                    "owner": {**_TEXT, "description": "谁负责"},
                    "until": {"type": "string", "format": "date", "description": "有效到哪一天（含当天）"},
                },
            },
        }
    },
}
