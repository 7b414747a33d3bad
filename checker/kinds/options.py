"""Pieces of JSON Schema that the options of several kinds are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

SHARED_WORDS: Final[Mapping[str, str]] = {
    "table": "表",
    "direction": "方向",
    "equation": "等式",
    "each": "逐",
    "only": "只查",
    "of": "对象",
    "fields": "要素",
    "field": "要素",
    "items": "数据项",
    "where": "范围",
    "patterns": "写法",
    "unless": "不算的写法",
    "needs": "前提写法",
    "topics": "内容",
    "at_most": "最多",
    "at_least": "最少",
    "earliest": "不早于",
    "latest": "不晚于",
    "first": "起",
    "last": "止",
    "rows": "行",
    "columns": "列",
    "expr": "表达式",
    "pairs": "成对符号",
    "except": "除外的部分",
    "multiple_of": "应为其倍数",
    "left": "左边",
    "relation": "关系",
    "right": "右边",
    "explained_by": "文中已说明原因的写法",
    "factor": "相差倍数",
    "tolerance": "容许差几个百分点",
    "column": "列",
    "tables": "表",
}
"""Short words for options of several kinds, for whoever is told how a rule judges."""
AUTHOR_WORDS: Final[Mapping[str, str]] = {
    "at": "指向",
    "at_least_characters": "最少几个字",
    "notes": "读取时的提示",
    "quantities": "数量",
    "replace": "改法",
    "unless_noted": "有这些提示时不判断",
}
"""The same for options that only authors of rules need."""


def options_schema(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """A JSON Schema for an options object that takes exactly these properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def choice(description: str, values: Mapping[Any, str]) -> dict[str, Any]:
    """The schema of an option that is one of a few values.

    Args:
        description: what the option says, in Chinese.
        values: what each value means, likewise.
    """
    return {"enum": list(values), "enumDescriptions": list(values.values()), "description": description}


def bound(description: str, minimum: int = 0) -> dict[str, Any]:
    """The schema of a whole number that is a bound of something."""
    return {"type": "integer", "minimum": minimum, "description": description}


EQUATION: Final = {
    "type": "string",
    "format": "equation",
    "description": "行或列的名称或代号，如 甲 + 乙 = 丙 + 丁、R1 + R2 = S + R4；关系可用 =、>=、<=",
}
EACH_LINE: Final = choice(
    "逐列还是逐行",
    {"column": "在每一列都成立，等式里写行的名称或代号", "row": "在每一行都成立，等式里写列的名称或代号"},
)
PATTERN: Final = {"type": "string", "format": "pattern", "description": "正则表达式（RE2 语法）"}
PATTERNS: Final = {
    "type": "array",
    "minItems": 1,
    "items": PATTERN,
    "description": "正则表达式，任一命中即算",
}
SCOPE: Final = {
    "type": "string",
    "format": "scope",
    "description": "范围：标题、开头、第一部分…、正文、部分标题、落款、表格、全文；几处用顿号连接",
}
ROW: Final = {"type": "string", "format": "row", "description": "行的名称或代号，如 新收、R1"}
COLUMN: Final = {"type": "string", "format": "column", "description": "列的名称或代号，如 总计、total"}
LINE: Final = {"type": "string", "format": "line", "description": "行或列的名称或代号"}
ROWS: Final = {
    "type": "array",
    "minItems": 1,
    "items": ROW,
    "description": "只看这些行（名称或代号），不写就看全部行",
}
COLUMNS: Final = {
    "type": "array",
    "minItems": 1,
    "items": COLUMN,
    "description": "只看这些列（名称或代号），不写就看全部列",
}
TABLE: Final = {"type": "string", "format": "table", "description": "表的名称或代号，如 表三、T3"}
WORDS: Final = {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
TEXT_LIST: Final = {"type": "array", "items": {"type": "string", "minLength": 1}}
FIELD: Final = {
    "type": "string",
    "format": "field",
    "description": "要素的中文名或代号，如 落款日期、signed_on，见 rules/fields.yaml",
}
NOTE_CODES: Final = {"type": "array", "items": {"type": "string"}, "description": "读取时的提示代码"}
ITEM: Final = {
    "type": "string",
    "format": "item",
    "description": "数据项，如 年度、落款日期；表里的一格写作 表.行.列",
}
UNLESS_IN_SENTENCE: Final = {**PATTERNS, "description": "句子里有这些写法时不算"}
WHOLE: Final = bound("数")
AT_LEAST: Final = bound("不少于（含）")
AT_MOST: Final = bound("不多于（含）")
PERCENT: Final = {"type": "integer", "minimum": 0, "maximum": 100, "description": "百分数"}
SHORT_TEXT: Final = {"type": "string", "minLength": 1}
UNLESS_OVERLAPPING: Final = {**PATTERNS, "description": "与这些写法重叠的命中不算"}
NEEDS: Final = {**PATTERNS, "description": "范围里出现这些写法之一才检查"}
