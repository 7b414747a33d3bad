"""The shape of form files: sections, tables, rows and columns."""

from __future__ import annotations

from typing import Final

from checker.kinds.options import PATTERN, choice
from checker.rulebook.schema.drafts import DRAFT
from checker.rulebook.schema.parts import DATE, KEY, KIND, TEXT, TEXTS, YEARS, object_schema

_NUMBER: Final = choice(
    "填哪种数",
    {"count": "非负整数", "money": "金额，可有小数", "decimal": "可有小数的数", "change": "可有正负号的整数"},
)
_OPTIONS: Final = {"type": "array", "minItems": 2, "items": TEXT}
LINE: Final = {
    "type": "object",
    "oneOf": [
        object_schema(
            ("key", "label"),
            {
                "key": {**KEY, "description": "行或列的代号，规则里用它"},
                "label": {**TEXT, "description": "表里印的行名或列名"},
                "name": {**TEXT, "pattern": r"^[^\s.\[\]()（）]+$", "description": "简称，用于表达式和说明"},
                "aliases": {**TEXTS, "description": "也认得的名称"},
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
                "label": {**TEXT, "description": "几行或几列共同的大标题"},
                "under": {**KEY, "description": "属于哪个是否项，见各行的 under"},
                "members": {"$ref": "#/$defs/lines", "description": "大标题下的各行或各列"},
            },
        ),
    ],
}
_ROWS: Final = {"$ref": "#/$defs/lines", "description": "各行"}
_COLUMNS: Final = {"$ref": "#/$defs/lines", "description": "各列"}
_CORNER: Final = {**TEXT, "description": "表头左上角的字"}
_LIKE_TITLES: Final = {
    "accepted": "可以接受的写法",
    "near": "只差个别字的写法",
    "odd": "认得出、但偏离的写法",
    "first": "报告的第一个标题，用的是自己的话",
}

FORM_FILE: Final = object_schema(
    ("form", "title", "report_names", "tables"),
    {
        "form": {**TEXT, "description": '格式的代号，如 "2021"（加引号）'},
        "kind": KIND,
        "title": {**TEXT, "description": "格式的全称，印在说明里"},
        "years": YEARS,
        "in_force": object_schema((), {"from": DATE, "to": DATE}, description="这一版格式有效的日子"),
        "report_names": {**TEXTS, "minItems": 1, "description": "标题里报告叫什么，第一个是规范的"},
        "placeholders": {"type": "array", "items": PATTERN, "description": "样本里的提示语，不算内容"},
        "draft": DRAFT,
        "sections": {
            "type": "array",
            "description": "各部分；没有编号部分的报告不写",
            "items": object_schema(
                ("title",),
                {
                    "title": {**TEXT, "description": "这一部分的标题，不带编号"},
                    "accepted": {**TEXTS, "description": "可以接受的写法"},
                    "near": {**TEXTS, "description": "只差个别字的写法"},
                    "odd": {**TEXTS, "description": "认得出、但偏离的写法"},
                    "like": object_schema(
                        (),
                        {
                            wording: {"type": "array", "items": PATTERN, "description": title}
                            for wording, title in _LIKE_TITLES.items()
                        },
                        description="按样子认的写法，去掉编号和标点后的文字",
                    ),
                    "table": {**KEY, "description": "这一部分的表（代号）"},
                    "mention": {**PATTERN, "description": "列举各部分时怎样提到它"},
                },
            ),
        },
        "tables": {
            "type": "array",
            "description": "各张表",
            "items": object_schema(
                ("key", "name", "title"),
                {
                    "key": {**KEY, "description": "表的代号，如 T3"},
                    "name": {**TEXT, "description": "表的简称，用于表达式和说明，如 表三"},
                    "title": {**TEXT, "description": "表的全称"},
                    "section": {"type": "integer", "minimum": 1, "description": "在第几部分"},
                    "layout": choice(
                        "表的样子",
                        {
                            "grid": "有行有列",
                            "stacked": "几块上下相接",
                            "across": "一行数字",
                            "pairs": "名称旁边填内容，没有表头",
                        },
                    ),
                    "number": _NUMBER,
                    "corner": _CORNER,
                    "rows": _ROWS,
                    "columns": _COLUMNS,
                    "blocks": {
                        "type": "array",
                        "minItems": 1,
                        "description": "上下相接的几块，各有行和列",
                        "items": object_schema(
                            ("rows", "columns"),
                            {
                                "heading": {**TEXT, "description": "这一块上面的标题行"},
                                "corner": _CORNER,
                                "rows": _ROWS,
                                "columns": _COLUMNS,
                            },
                        ),
                    },
                },
                oneOf=[{"required": ["rows"]}, {"required": ["blocks"]}],
            ),
        },
    },
)
