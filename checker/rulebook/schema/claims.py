"""The shape of the files in `rules/claims/`: the words in which texts give figures."""

from __future__ import annotations

from typing import Any, Final

from checker.kinds.options import PATTERNS, choice
from checker.rulebook.schema.parts import KIND, TEXT, TEXTS, object_schema
from checker.understand.claims.marks import MARKS
from checker.understand.claims.vocabulary import CONFIDENCES

_KEY: Final = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*$", "description": "数量的代号"}
_KEYS: Final = {"type": "array", "minItems": 1, "items": _KEY}
_CELLS: Final = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "format": "cells"},
    "description": '格子或几格之和，如 ["T3[R1, total]", "T3[R1 R2, total]"]',
}
_CONFIDENCE: Final = choice("有多确定", dict(zip(CONFIDENCES, ("确定", "多半是", "说不准"), strict=True)))

_QUANTITY: Final = object_schema(
    ("key", "title"),
    {
        "key": _KEY,
        "title": {**TEXT, "description": "说明文字里怎么称呼"},
        "equals": {**_CELLS, "description": "应等于其中一个；格式里没有的格子不算"},
        "tolerates": {**_CELLS, "description": "也可能指的是这些，只提示"},
        "weakens": {**_CELLS, "description": "等于这些时不敢断定写错"},
        "at_most": {**_CELLS, "description": "不应超过"},
        "unit": {**TEXT, "description": "金额：表格用的单位，如 万元"},
        "fragile": {**_CONFIDENCE, "description": "同一句写到撤回、转办、修改一类时，最多这样确定"},
        "fragile_by": {
            "type": "array",
            "items": choice(
                "哪些词",
                {
                    "withdrawn": "撤回、转办一类",
                    "amended": "修改、修订一类",
                    "expired": "失效一类",
                    "outside": "不归本机关管一类",
                },
            ),
            "description": "fragile 看的是哪些词，默认 [withdrawn]",
        },
        "echoes": {**_KEYS, "description": "同一句先说了这些数而不相等时，只是其中一类"},
        "between": {**_KEYS, "description": "三个数：第二个在另两个中间说到时就是它"},
        "beside": {**_KEYS, "description": "同一句里说到第一个、又说到后面任何一个时，第一个就是它"},
        "within": {**_KEYS, "description": "与它后面的数加起来正好等于前面这些数时，只是其中一类"},
        "sum_of": {
            "type": "array",
            "minItems": 2,
            "items": _KEYS,
            "description": "同一句先后说到这些数各一个以后，再写的合计就是它",
        },
        "addable": {"type": "boolean", "description": "“甲和乙5件”说的是两项合计"},
    },
)
_TOPIC: Final = object_schema(
    ("key", "patterns", "units"),
    {
        "key": {**_KEY, "description": "事项的代号"},
        "home": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "description": "专门写它的部分",
        },
        "patterns": PATTERNS,
        "weak": {**PATTERNS, "description": "简称：只在前文已说到它时才算写明"},
        "context": {**PATTERNS, "description": "别处提到它时，本段要有这些写法之一"},
        "counts": {**_KEY, "description": "数字直接跟着它时，说的是哪个数"},
        "confidence": _CONFIDENCE,
        "channels": {"type": "boolean", "description": "与网站、信函等渠道写在一起的数可能只是一种渠道的"},
        "units": {"type": "array", "items": {"type": "string"}, "description": "它用的量词"},
        "hints": {**PATTERNS, "description": "这一句没有写明是什么事项时，有这些说法就是它"},
        "verbs": {**TEXTS, "description": "写明做了的字眼；只写公布、归集的数不拿来比"},
    },
)
_WORD: Final = object_schema(
    ("patterns", "means"),
    {
        "patterns": PATTERNS,
        "means": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": _KEY,
            "description": "说到某个事项时，指的是哪个数",
        },
        "needs": {**_KEYS, "description": "同一句要先说到这些数之一"},
        "confidence": _CONFIDENCE,
        "year": choice("写了年份时应是哪一年", {"previous": "上一年", "next": "下一年"}),
        "close": {"type": "boolean", "description": "紧挨在数字前面才算"},
        "ahead": {
            "type": "boolean",
            "description": "事项可以写在这一句的后面，如 收到5件、还没有答复的来信9件",
        },
        "whole": {**_KEYS, "description": "自己没有数字（如 均为某一类）时，等于前面这些数"},
    },
)
_DENIAL: Final = object_schema(
    ("patterns", "zero"),
    {
        "patterns": PATTERNS,
        "zero": {**_KEYS, "description": "哪些数为零"},
        "topic": {**_KEY, "description": "说的是哪个事项（代号）"},
        "unless": {**PATTERNS, "description": "到这个分句末尾有这些写法时不算"},
        "listed": {"type": "boolean", "description": "后面用顿号、和字接着说的是另一件事，不算 unless"},
        "confidence": _CONFIDENCE,
    },
)
_EXAMPLE: Final = object_schema(
    ("text", "claims"),
    {
        "text": {**TEXT, "description": "一段话"},
        "claims": {
            "type": "object",
            "description": "读出的数；没有就写 {}",
            "additionalProperties": {"type": ["integer", "string", "array"]},
        },
        "unsure": {"type": "array", "items": _KEY, "description": "读出但说不准的"},
        "section": {"type": "integer", "minimum": 0, "description": "在第几部分，0 为开头"},
        "year": {"type": "integer", "description": "报告年度"},
        "agency": {**TEXT, "description": "单位"},
    },
)

CLAIMS_FILE: Final[dict[str, Any]] = object_schema(
    ("claims",),
    {
        "kind": KIND,
        "claims": {**TEXT, "description": "这份词表说的是什么"},
        "quantities": {
            "type": "array",
            "items": _QUANTITY,
            "description": "文中会写到的数，各对应表里的哪些格子",
        },
        "topics": {"type": "array", "items": _TOPIC, "description": "文中会说到的事项"},
        "words": {"type": "array", "items": _WORD, "description": "说到哪个数的字眼，如 收到、办结"},
        "none": {"type": "array", "items": _DENIAL, "description": "说没有的话，如 未收到申请"},
        "marks": object_schema(
            (),
            {name: {**PATTERNS, "description": title} for name, title in MARKS.items()},
            description="改变意思的词",
        ),
        "hedges_before": {**TEXTS, "description": "数字前表示约数的词"},
        "hedges_after": {**TEXTS, "description": "数字后表示约数的词"},
        "denying": {**TEXTS, "description": "说没有的句子里总有其中一个字；不写就每句都找"},
        "listed_units": {**TEXTS, "description": "清单里的东西用的量词：没有写做了什么时，数的是公布的条数"},
        "named_titles": {**PATTERNS, "description": "书名号里写的就是所数的东西，如《……申请书》"},
        "money": {
            "type": "object",
            "additionalProperties": {"type": "integer"},
            "description": "金额单位合多少元",
        },
        "examples": {"type": "array", "items": _EXAMPLE, "description": "例子：一段话里读得出哪些数"},
    },
)
