"""The shape of every file under `rules/`, as JSON Schema.

`rules/schema.json` is generated from here (`checker rules schema`), so that editors complete and check while
the author types. Formats (`pattern`, `scope`, `table`, `field`, `item`, `expression`, `day`, `date`) are
checked by `checker.rulebook.load.validate`, which knows the names in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.kinds import KINDS
from checker.kinds.kind import Kind
from checker.kinds.options import PATTERN, choice
from checker.rulebook.schema.bodies import BODIES_FILE, TITLES_FILE
from checker.rulebook.schema.claims import CLAIMS_FILE
from checker.rulebook.schema.examples import EXAMPLE
from checker.rulebook.schema.forms import FORM_FILE, LINE
from checker.rulebook.schema.parts import (
    DATE,
    KEY,
    KIND,
    PROFILE_NAME,
    TEXT,
    YEARS,
    object_schema,
    word,
)
from checker.rulebook.schema.vocabulary import REPORT_KINDS_FILE, VOCABULARY_FILE

RULE_ID: Final = r"^[A-Z][A-Z0-9]{0,7}-[0-9]{2,3}$"

ALL_KINDS: Final = "all"
"""What a rule for every kind of report says of them."""

_RULE_ID: Final = {"type": "string", "pattern": RULE_ID, "description": "规则的编号，如 LOC-01"}
_RULE_IDS: Final = {"type": "array", "items": _RULE_ID}


_APPLIES: Final = object_schema(
    (),
    {
        "kinds": {
            "description": "报告的种类；不写就只适用于本文件的种类，all 是全部种类",
            "oneOf": [
                {"const": ALL_KINDS},
                {"type": "array", "minItems": 1, "items": word("kind", "报告的种类")},
            ],
        },
        "forms": {
            "type": "array",
            "items": {"type": "string", "format": "form"},
            "description": '格式，如 ["2021"]',
        },
        "levels": {
            "type": "array",
            "items": word("level", "机关类别"),
            "description": "哪几类机关，如 [部门]",
        },
        "tiers": {"type": "array", "items": word("tier", "行政级别"), "description": "哪几级，如 [县级]"},
        "years": YEARS,
    },
    description="适用范围；不写就是全部适用",
)
_GRADE: Final = word("grade", "级别")


def _per_variant(value: Mapping[str, Any], description: str) -> dict[str, Any]:
    """One value for all, or one for each variant."""
    return {
        "description": description,
        "oneOf": [value, {"type": "object", "minProperties": 1, "additionalProperties": value}],
    }


def _is_per_variant(schema: Mapping[str, Any]) -> bool:
    return "oneOf" in schema and schema["oneOf"][1].get("additionalProperties") is schema["oneOf"][0]


def _kind_meaning(kind: Kind) -> str:
    return f"{kind.title}：{kind.about}"


def _check() -> dict[str, Any]:
    """A check: its kind decides which options it takes."""
    cases = []
    for name, kind in KINDS.items():
        schema = dict(kind.options)
        properties = {
            "kind": {"const": name, "description": _kind_meaning(kind)},
            "variant": {**KEY, "description": "给这项检查查出的问题起个名，供 severity、message 分别规定"},
            **schema["properties"],
        }
        cases.append(
            {
                "if": {"type": "object", "properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {**schema, "properties": properties},
            }
        )
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "enum": list(KINDS),
                "enumDescriptions": [_kind_meaning(kind) for kind in KINDS.values()],
                "description": "检查的种类，如 length（篇幅）；各种类见 docs/rules/check-kinds.md",
            }
        },
        "allOf": cases,
    }


_BASIS: Final = {
    "type": "array",
    "minItems": 1,
    "description": "依据",
    "items": object_schema(
        ("source",),
        {
            "source": {
                "type": "string",
                "format": "source",
                "description": "rules/sources.yaml 中的键",
            },
            "clause": {**TEXT, "description": "哪一条、哪份通知"},
        },
    ),
}

RULE: Final = object_schema(
    ("id", "title", "severity", "basis", "check", "message", "examples"),
    {
        "id": {**_RULE_ID, "description": "编号，如 LOC-01；发布后不改、不重用"},
        "title": {**TEXT, "description": "一句话说要求什么"},
        "why": {**TEXT, "description": "为什么要查，checker explain 会显示"},
        "how": {**TEXT, "description": "怎么判，用一两句话说；不写则按检查项自动说明"},
        "severity": _per_variant(_GRADE, "级别：error、warning、info；或按 variant 分别规定"),
        "severity_when": {
            "type": "array",
            "description": "某些情形下改用别的级别，取第一条符合的",
            "items": object_schema(("applies", "severity"), {"applies": _APPLIES, "severity": _GRADE}),
        },
        "basis": _BASIS,
        "certainty": word("certainty", "依据的可信度"),
        "applies": _APPLIES,
        "check": {
            "description": "查什么；几项检查写成列表，每项用 variant 起名",
            "oneOf": [
                {"$ref": "#/$defs/check"},
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/check"}},
            ],
        },
        "message": _per_variant(TEXT, "查出问题时怎么说；{名字} 会换成查到的值"),
        "suggestion": _per_variant(TEXT, "怎么改"),
        "explains": {**_RULE_IDS, "description": "本条成立时，这些规则的问题并入本条"},
        "explains_in_section": {**_RULE_IDS, "description": "同上，但只并入同一部分里的问题"},
        "explains_in_cell": {**_RULE_IDS, "description": "同上，但只并入用到同一个格子的问题"},
        "exceptable": {"type": "boolean", "description": "false：不允许列为例外"},
        "in_force": object_schema((), {"from": DATE, "to": DATE}, description="规则适用的日期"),
        "suspended": object_schema(
            ("since", "reason"),
            {
                "since": {**DATE, "description": "从哪天起暂停"},
                "reason": {**TEXT, "description": "为什么暂停"},
            },
            description="暂停执行",
        ),
        "since": {**TEXT, "description": "从哪一版或哪一天起有这条规则，如 '0.2'（加引号）"},
        "deprecated": {**TEXT, "description": "不再建议用这条规则的原因；规则照样执行"},
        "replaced_by": {**_RULE_ID, "description": "代替本条的规则；本条不再执行，写旧编号的地方按新编号"},
        "examples": {"type": "array", "items": EXAMPLE, "description": "例子：至少一个合格、一个不合格"},
    },
)

AUTHOR_ONLY: Final = frozenset(("how", "examples"))
"""Keys of a rule that explain and prove it to readers of the rule file; all others are part of the rule that runs."""
PER_VARIANT: Final = tuple(key for key, schema in RULE["properties"].items() if _is_per_variant(schema))
"""Keys of a rule whose value may differ by variant."""
TEMPLATES: Final = tuple(key for key in PER_VARIANT if RULE["properties"][key]["oneOf"][0] is TEXT)
"""Keys of a rule whose value may have placeholders."""
STATEMENTS: Final = ("title", "why")
"""Keys of a rule whose value may have placeholders for what is known without a report."""
WORDING: Final = ("title", "why", "message", "suggestion", "basis")
"""Keys of a rule that a profile may write anew without changing what is checked."""
REFERENCES: Final = tuple(
    key for key, schema in RULE["properties"].items() if schema.get("items") is _RULE_ID
)
"""Keys of a rule that name other rules."""

_RULES: Final = {"type": "array", "items": {"$ref": "#/$defs/rule"}, "description": "各条规则"}
_KNOWN_RULE: Final = {"pattern": RULE_ID, "format": "rule"}

PROFILE_FILE: Final = object_schema(
    ("profile", "title"),
    {
        "profile": {
            "type": "string",
            "pattern": PROFILE_NAME,
            "description": "规则集的代号，命令里写它，如 benxian",
        },
        "kind": KIND,
        "title": {**TEXT, "description": "规则集叫什么"},
        "version": {**TEXT, "description": "版本，如 '1.2'（加引号）；给别人当规则包用的规则集要写"},
        "extends": {
            "type": "string",
            "format": "profile",
            "description": "继承哪个规则集：名称，或者规则包的路径，如 ./某省规则-1.2.zip",
        },
        "digest": {
            "type": "string",
            "pattern": "^sha256:[0-9a-f]{64}$",
            "description": "规则包的摘要；写了，包换过就不用",
        },
        "basis": {**_BASIS, "description": "这个规则集依据的文件，checker rules profiles 会列出"},
        "severity": {
            "type": "object",
            "additionalProperties": _GRADE,
            "propertyNames": _KNOWN_RULE,
            "description": "改规则的级别，如 {GEN-07: warning}",
        },
        "off": {
            "type": "object",
            "description": "停用的规则和理由",
            "additionalProperties": TEXT,
            "propertyNames": _KNOWN_RULE,
        },
        "parameters": {
            "type": "object",
            "description": "改写规则的检查参数，如 {GEN-07: {at_most: 800}}",
            "additionalProperties": {"type": "object", "minProperties": 1},
            "propertyNames": _KNOWN_RULE,
        },
        "wording": {
            "type": "object",
            "description": "改写规则的文字和依据，如 {GEN-07: {title: …, message: …, basis: […]}}",
            "additionalProperties": object_schema(
                (), {key: RULE["properties"][key] for key in WORDING}, minProperties=1
            ),
            "propertyNames": _KNOWN_RULE,
        },
        "rules": _RULES,
    },
)

RULE_CHANGES: Final = tuple(key for key, s in PROFILE_FILE["properties"].items() if "propertyNames" in s)
"""Keys of a profile that change rules; `RuleEntry` has an attribute for each."""

RULES_FILE: Final = object_schema(
    ("group", "rules"),
    {"group": {**TEXT, "description": "这一组规则的名称，印在说明里"}, "kind": KIND, "rules": _RULES},
)

_FIELD_PATTERN: Final = {
    "oneOf": [
        PATTERN,
        object_schema(
            ("pattern", "value"),
            {"pattern": PATTERN, "value": {"type": ["integer", "string"], "description": "这样写时取这个值"}},
        ),
    ]
}
FIELDS_FILE: Final = object_schema(
    ("fields",),
    {
        "kind": KIND,
        "titles": {"type": "object", "additionalProperties": TEXT, "description": "每个要素的中文名"},
        "fields": {
            "type": "array",
            "description": "各个要素怎样从报告里读出来",
            "items": object_schema(
                ("name", "type"),
                {
                    "name": {**KEY, "description": "要素的代号，规则里用它"},
                    "cell": {
                        "type": "string",
                        "pattern": r"^[A-Za-z]\w*\[\s*\w+\s*(?:,\s*\w+\s*)?\]$",
                        "description": "从表里的一格读，如 W1[host]",
                    },
                    "type": choice(
                        "读出来是什么",
                        {
                            "text": "原文，去掉首尾空格和标点",
                            "number": "电话一类的号码",
                            "numbers": "几个号码",
                            "date": "日期，分组 year month day",
                            "period": "起止日期，分组 from_year from_month from_day to_year to_month to_day",
                            "money": "金额（元），分组 value 和 unit",
                            "count": "件数、次数，可以写进表达式计算",
                        },
                    ),
                    "where": {
                        "type": "string",
                        "format": "field_place",
                        "description": "在哪里找：第一部分…、开头、落款、正文、全文，几处用顿号连接；或者代号",
                    },
                    "repeat": {
                        "type": "boolean",
                        "description": "true：同一段里的每一处都取，不写只取第一处",
                    },
                    "patterns": {
                        "type": "array",
                        "minItems": 1,
                        "items": _FIELD_PATTERN,
                        "description": "正则表达式，第一个找得到的为准；分组 value 是值，没有就取整段",
                    },
                },
                oneOf=[{"required": ["cell"]}, {"required": ["where", "patterns"]}],
            ),
        },
    },
)

SOURCES_FILE: Final = object_schema(
    ("sources",),
    {
        "sources": {
            "type": "object",
            "description": "依据的代号和文件，如 {XIAN: {title: 本县的通知}}",
            "additionalProperties": object_schema(
                ("title",),
                {
                    "title": {**TEXT, "description": "文件的名称，印在依据里"},
                    "note": {**TEXT, "description": "关于这份文件还要说的"},
                    "form": {
                        "type": "string",
                        "format": "form",
                        "description": "这份文件规定的是哪一版格式；问题里只写报告所用的那一版",
                    },
                },
            ),
        }
    },
)

DEFINITIONS: Final[Mapping[str, Any]] = {
    "rule": RULE,
    "check": _check(),
    "lines": {"type": "array", "minItems": 1, "items": LINE},
}

FILES: Final[Mapping[str, Mapping[str, Any]]] = {
    "rules": RULES_FILE,
    "form": FORM_FILE,
    "profile": PROFILE_FILE,
    "fields": FIELDS_FILE,
    "levels": BODIES_FILE,
    "titles": TITLES_FILE,
    "sources": SOURCES_FILE,
    "claims": CLAIMS_FILE,
    "vocabulary": VOCABULARY_FILE,
    "kinds": REPORT_KINDS_FILE,
}
"""The key that tells what a file is, and the shape of such a file; looked up in this order after `profile`."""
