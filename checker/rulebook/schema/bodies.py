"""The shape of `rules/bodies.yaml`: titles, names of bodies and what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.kinds.options import PATTERN
from checker.rulebook.schema.parts import KIND, TEXT, TEXTS, object_schema, word

_PATTERNS: Final = {"type": "array", "items": PATTERN}
_SOME_PATTERNS: Final = {**_PATTERNS, "minItems": 1}
_SHORT_FORMS: Final = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}


def _patterns(description: str) -> dict[str, Any]:
    return {**_PATTERNS, "description": description}


_OWN_NAMES: Final = object_schema(
    (),
    {
        "heads": {**TEXTS, "description": "全称前面的上级名称"},
        "places": {**TEXT, "description": "地名到这些字为止"},
        "place_words": {**TEXTS, "description": "地名结尾的词，可以单独放在简称前"},
        "joints": {**TEXT, "description": "可以省去的连接词"},
        "selves": {**TEXTS, "description": "自称用的字：带这些字的简称，在文件夹名、文件名里不指哪一个单位"},
        "before": {**TEXT, "description": "这些字后面也可以直接跟 alone 里的简称"},
        "words": {**_SHORT_FORMS, "description": "全称里的词和它在简称里的说法；'' 表示可以省去"},
        "endings": {**_SHORT_FORMS, "description": "机关名称的结尾和它在简称里的说法"},
        "special": {
            "type": "array",
            "description": "全称以这些结尾的单位怎样简称",
            "items": object_schema(
                ("ends",),
                {
                    "ends": {**TEXTS, "minItems": 1, "description": "全称的结尾"},
                    "parts": {**PATTERN, "description": "把全称拆成几段的正则表达式"},
                    "names": {**TEXTS, "description": "简称"},
                    "alone": {**TEXTS, "description": "前面没有别的字时才算的简称"},
                    "wide": {**TEXTS, "description": "连同所属各单位一起说的话"},
                },
            ),
        },
    },
    description="单位怎样称呼自己",
)

TITLE_PROPERTIES: Final = {
    "titles": {**_SOME_PATTERNS, "description": "报告标题的写法"},
    "title_frames": object_schema(
        (),
        {
            "page": _patterns("页面加在标题前后的，不算标题里的话"),
            "before": _patterns("标题前面可以有的话"),
            "after": _patterns("标题后面可以有的话"),
        },
        description="标题前后的附加成分",
    ),
    "title_tails": _patterns("标题前半丢失后剩下的样子"),
    "named_in": {
        "type": "array",
        "description": "开头的话里怎样写到单位，分组 agency 是单位；单位符合 unless 的不算",
        "items": {
            "oneOf": [
                PATTERN,
                object_schema(("pattern", "unless"), {"pattern": PATTERN, "unless": PATTERN}),
            ]
        },
    },
    "named_first": {
        "type": "array",
        "description": "第一部分前几段的句首怎样写到单位，分组 agency 是单位；这一句符合 unless 的不算",
        "items": object_schema(("pattern", "unless"), {"pattern": PATTERN, "unless": PATTERN}),
    },
    "introduced": {**PATTERN, "description": "全称后面这样写的是它的简称"},
    "governments": object_schema(
        ("offices", "word", "ahead", "not_itself"),
        {
            "offices": {**PATTERN, "description": "开头写到的政府办公厅（室），分组 agency 是政府"},
            "word": {**TEXT, "description": "政府名称的结尾"},
            "ahead": {**PATTERN, "description": "句首说到政府以前可以有的话"},
            "not_itself": {**PATTERN, "description": "政府名称后面紧接这样的话，说的不是政府"},
        },
        description="政府办公厅（室）写的政府报告怎样认",
    ),
    "signs": _patterns("只有报告才有的话"),
    "other_texts": _patterns("别的文件的标题"),
    "agency_fields": object_schema(
        (),
        {
            "before": {**TEXTS, "description": "这些要素写的单位比标题里的优先"},
            "after": {**TEXTS, "description": "别处都没有写单位时，取这些要素"},
        },
        description="从哪些要素认单位",
    ),
}
"""What a kind of report calls itself; every kind has its own."""

_TIER: Final = object_schema(
    ("tier", "pattern"),
    {
        "tier": {**word("tier", "行政级别"), "type": ["string", "null"]},
        "pattern": PATTERN,
        "level": {
            "type": "array",
            "items": word("level", "机关类别"),
            "description": "只用于这些机关类别",
        },
    },
)

BODIES_FILE: Final[Mapping[str, Any]] = object_schema(
    ("levels",),
    {
        "kind": KIND,
        **TITLE_PROPERTIES,
        "agencies": {**_SOME_PATTERNS, "description": "单位名称的样子"},
        "not_agencies": {**PATTERN, "description": "看着像单位名称、其实不是的"},
        "title_agencies": {**PATTERN, "description": "写在标题最前面时，仍然是单位名称的"},
        "office_tails": _patterns("单位名称后面的内设机构，分组 name 是单位"),
        "full_names": {
            "type": "array",
            "description": "从写出的名称到全称，取第一条",
            "items": object_schema(
                ("pattern", "name"),
                {"pattern": PATTERN, "name": {**TEXT, "description": "全称；{…} 是正则表达式里的分组"}},
            ),
        },
        "levels": {
            "type": "array",
            "description": "从单位名称认机关类别，取第一条符合的",
            "items": object_schema(
                ("level", "pattern"), {"level": word("level", "机关类别"), "pattern": PATTERN}
            ),
        },
        "self_levels": {
            "type": "array",
            "description": "正文里的自称和它显示的机关类别，认不出单位名称时用",
            "items": object_schema(
                ("level", "pattern"),
                {
                    "level": word("level", "机关类别"),
                    "pattern": PATTERN,
                    "last": {"type": "boolean", "description": "别的都没有时才算"},
                },
            ),
        },
        "self_names": {
            "type": "array",
            "description": "正文里的自称，和这样自称的单位名称的样子",
            "items": object_schema(
                ("called", "name"),
                {
                    "called": PATTERN,
                    "name": PATTERN,
                    "loose": {"type": "boolean", "description": "哪个单位都能用"},
                },
            ),
        },
        "own_things": {
            "type": "array",
            "description": "正文里写的它自己的东西，分组 agency 是单位；别处都没有写单位时用",
            "items": object_schema(
                ("pattern",),
                {
                    "pattern": PATTERN,
                    "loose": {"type": "boolean", "description": "有 loose 的自称就够"},
                },
            ),
        },
        "tier_from_text": {**PATTERN, "description": "名称看不出层级时也看 self_tiers 的单位"},
        "self_tiers": {
            "type": "array",
            "description": "正文里说到的党委政府和它显示的行政级别，认不出单位名称时用，取第一条符合的",
            "items": _TIER,
        },
        "tiers": {
            "type": "array",
            "description": "从单位名称认行政级别，取第一条符合的",
            "items": _TIER,
        },
        "own_names": _OWN_NAMES,
    },
)
TITLES_FILE: Final[Mapping[str, Any]] = object_schema(
    ("kind", "titles"),
    {"kind": KIND, **TITLE_PROPERTIES},
    description="一种报告怎样写标题；单位的名称各种报告共用",
)
