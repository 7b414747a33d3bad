"""The shape of examples in rules, and of the samples that the mutation score is measured on."""

from __future__ import annotations

from typing import Final

from checker.rulebook.schema.parts import DATE, TEXT, TEXTS, object_schema, word

SECTION_KEY: Final = "^[0-9]+$"
"""What the number of a section as a key matches."""

_GIVEN: Final = {
    "kind": word("kind", "报告的种类；不写就是规则的第一种"),
    "form": {
        "type": "string",
        "minLength": 1,
        "format": "sample_form",
        "description": "用哪一版格式（代号）",
    },
    "agency": {**TEXT, "description": "单位，不写是某县某局"},
    "level": word("level", "机关类别"),
    "tier": word("tier", "行政级别"),
    "year": {"type": ["integer", "null"], "description": "报告年度，不写是 2024；null 是看不出年度"},
    "title": {"type": ["string", "null"], "description": "标题；不写则按单位和年份拼出规范标题"},
    "text": {
        "type": "object",
        "description": "各部分的文字：0 为开头；不写的用一句通用的话；{repeat: 字, times: 801} 是重复 801 遍",
        "additionalProperties": {
            "oneOf": [
                {"type": ["string", "null"]},
                object_schema(
                    ("repeat", "times"),
                    {
                        "repeat": {**TEXT, "maxLength": 100, "description": "重复的文字"},
                        "times": {"type": "integer", "minimum": 1, "maximum": 10_000, "description": "几遍"},
                    },
                ),
            ]
        },
        "propertyNames": {"pattern": SECTION_KEY, "format": "section"},
    },
    "headings": {
        "type": "object",
        "description": "改写部分标题，如 {5: 五、存在问题}；null 表示没有这一部分",
        "additionalProperties": {"type": ["string", "null"]},
        "propertyNames": {"pattern": SECTION_KEY, "format": "section"},
    },
    "order": {
        "type": "array",
        "items": {"type": "integer", "format": "section_number"},
        "description": "部分的先后，如 [1, 3, 2]",
    },
    "cells": {
        "type": "object",
        "description": '表格的格子，如 {表三.新收.总计: 3} 或 {"T3[R1, natural]": 3}',
        "additionalProperties": {"type": ["string", "integer", "null"]},
        "propertyNames": {"format": "cell"},
    },
    "rest": {
        "type": ["string", "integer", "null"],
        "description": "其余格子填什么，默认 0；null 为空白",
    },
    "without": {
        **TEXTS,
        "description": '去掉的表、行或列，如 [表四]、[表三.新收]、["T3[R2]"]、["T3[, legal]"]',
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
    "published": {**DATE, "description": "发布日期，如 2025-01-20"},
    "file_name": {**TEXT, "description": "文件名"},
    "today": {**DATE, "description": "检查的日子，如 2025-02-01"},
    "exceptions": {"type": "array", "items": {"type": "object"}, "description": "例外清单的条目"},
    "notes": {
        "type": "array",
        "items": object_schema(
            ("code", "text"),
            {"code": {**TEXT, "description": "提示的代码"}, "text": {**TEXT, "description": "提示的文字"}},
        ),
        "description": "读取时的提示：代码和文字",
    },
    "damaged": {"type": "boolean", "description": "文件损坏，无法读取"},
}
_YEAR_BEFORE: Final = object_schema((), _GIVEN, description="一份报告，写法与 given 相同")
GIVEN: Final = object_schema(
    (),
    {
        **_GIVEN,
        "previous": {
            **object_schema((), {**_GIVEN, "previous": _YEAR_BEFORE}),
            "description": "上一年的报告，写法相同；单位不写则相同，年度不写则早一年",
        },
        "next": {**_YEAR_BEFORE, "description": "下一年的报告，写法相同"},
        "others": {"type": "array", "items": _YEAR_BEFORE, "description": "同一次检查里的其他报告，写法相同"},
        "units": {"type": "array", "items": {"type": "object"}, "description": "单位清单，见 --units"},
        "published_links": {
            "type": "array",
            "items": object_schema(
                ("unit",),
                {
                    "unit": {**TEXT, "description": "单位"},
                    "url": {"type": "string", "description": "网址"},
                    "title": {"type": "string", "description": "链接的标题"},
                    "on": {**DATE, "description": "发布日期"},
                },
            ),
            "description": "发布清单的各行，见 --published",
        },
        "published_pages": {
            "type": "array",
            "items": _YEAR_BEFORE,
            "description": "保存下来的网页，写法同报告",
        },
        "model_text": {**TEXT, "description": "范文，见 --model-text"},
        "notices": {"type": "array", "items": TEXT, "description": "不是报告的文件（通知、目录页）里的话"},
    },
)

EXAMPLE: Final = object_schema(
    ("name", "expect", "given"),
    {
        "name": {**TEXT, "description": "这个例子说的是什么"},
        "expect": word("expectation", "应得的结论"),
        "given": {**GIVEN, "description": "报告里与众不同的地方，其余都是规范的"},
        "findings": {
            "type": "array",
            "description": "预期的全部问题，按先后",
            "items": object_schema(
                (),
                {
                    "place": {
                        "type": "string",
                        "format": "place",
                        "description": "格子如 表三.新收.总计、T3[R1, total]；或 表三、T3、第五部分、开头、全文",
                    },
                    "severity": word("severity", "级别"),
                    "evidence": {"type": "object", "description": "证据：说明里 {名字} 的值，如 {count: 1}"},
                    "units": {
                        "type": "array",
                        "items": TEXT,
                        "description": "涉及的单位，按先后（只用于一组报告的规则）",
                    },
                    "message": {"type": "string", "description": "说明文字里应包含的话"},
                    "rewording": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                        "description": "给出的改法，如 {二〇二三年: 二〇二四年}；{} 是不给改法",
                    },
                },
            ),
        },
        "known_miss": {**TEXT, "description": "已知查不出的情形，写明原因；expect 写理想的结果"},
        "known_false_alarm": {**TEXT, "description": "已知误报的情形，写明原因；expect 写理想的结果"},
    },
)

_WHERE: Final = {
    "oneOf": [{"type": "integer", "minimum": 0}, {"enum": ["title", "signature"]}],
    "description": "部分的序号（0 为开头），或 title、signature",
}
_SLIP: Final = object_schema(
    ("name",),
    {
        "name": {**TEXT, "description": "什么差错"},
        "sample": {**TEXT, "description": "只用于这份样本"},
        "replace": object_schema(
            ("where", "old", "new"), {"where": _WHERE, "old": TEXT, "new": {"type": "string"}}
        ),
        "add": object_schema(("where", "text"), {"where": _WHERE, "text": TEXT}),
        "repeat": object_schema(
            ("where", "text", "times"),
            {"where": _WHERE, "text": TEXT, "times": {"type": "integer", "minimum": 2, "maximum": 200}},
        ),
        "cells": GIVEN["properties"]["cells"],
        "given": GIVEN,
        "others": {
            "type": "object",
            "additionalProperties": GIVEN,
            "description": "一次检查里其他报告的改动，按单位；没写到的照样本",
        },
        "again": {
            "type": "object",
            "additionalProperties": GIVEN,
            "description": "其中一个单位的报告再来一份，带着这些改动",
        },
    },
    oneOf=[
        {"required": [action]} for action in ("replace", "add", "repeat", "cells", "given", "others", "again")
    ],
)
SAMPLES_FILE: Final = object_schema(
    ("samples",),
    {
        "samples": {
            "type": "array",
            "minItems": 1,
            "items": object_schema(("key", "name", "given"), {"key": TEXT, "name": TEXT, "given": GIVEN}),
        },
        "slips": {"type": "array", "items": _SLIP},
    },
)
"""Clean reports and slips for `checker rules coverage`; not a file under `rules/`."""
