"""The page about kinds of checks: what each looks at, its options, and what messages may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.judging.rules import Rulebook
from checker.kinds import KINDS
from checker.kinds.kind import Kind
from checker.workbench.scaffold import one_line_yaml, skeleton_of

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "boolean": "true 或 false",
    "array": "列表",
    "object": "若干“键: 值”",
    "null": "空",
}


def check_kinds_page(rulebook: Rulebook, mark: str) -> str:
    """Every kind with its options, variants, evidence, and the rules that use it."""
    used: dict[str, list[str]] = {}
    for rule in rulebook.rules.values():
        for name in dict.fromkeys(check.kind for check in rule.checks):
            used.setdefault(name, []).append(rule.id)
    lines = ["# 检查的种类", mark, "", "`checker rules new 编号 --kind 种类` 写出一条可以直接改的规则。"]
    for name, kind in KINDS.items():
        lines += ["", *_kind_section(name, kind, used.get(name, []))]
    return "\n".join(lines) + "\n"


def _kind_section(name: str, kind: Kind, used: list[str]) -> Iterator[str]:
    yield f'<a id="{name}"></a>'
    yield ""
    yield f"## {kind.title} `{name}`"
    yield ""
    yield kind.about
    yield ""
    yield "| 选项 | 必填 | 写什么 | 说明 |"
    yield "|---|---|---|---|"
    for option, schema in kind.options["properties"].items():
        required = "是" if option in kind.options.get("required", ()) else ""
        yield f"| `{option}` | {required} | {_type(schema)} | {_meaning(schema)} |"
    yield ""
    if kind.variants:
        yield f"- 情形：{_codes(kind.variants)}，`severity`、`message`、`suggestion` 可以分别规定"
    if kind.evidence:
        yield f"- 说明里可用：{_codes(f'{{{word}}}' for word in kind.evidence)}"
    yield f"- 用到的规则：{'、'.join(used) or '自带规则没有用到'}"
    skeleton = skeleton_of(name)
    yield ""
    yield f"例如“{skeleton['title']}”："
    yield ""
    yield "```yaml"
    yield f"check: {one_line_yaml({'kind': name, **skeleton['check']})}"
    yield f"message: {one_line_yaml(skeleton['message'])}"
    yield "```"


def _meaning(schema: Mapping[str, Any]) -> str:
    """What an option says, with each of its values if there are only a few, and each key of what it lists."""
    values = zip(schema.get("enum", ()), schema.get("enumDescriptions", ()), strict=True)
    meanings = "；".join(f"`{value}` {meaning}" for value, meaning in values)
    keys = "；".join(_keys(schema.get("items", {})))
    told = "：".join(filter(None, (schema["description"], meanings)))
    return "。每项里写：".join(filter(None, (told, keys))).replace("|", "\\|")


def _keys(schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys of an object that an option lists, each with what it says."""
    for key, own in schema.get("properties", {}).items():
        optional = "" if key in schema["required"] else "（可以不写）"
        yield f"`{key}` {own.get('description') or _type(own)}{optional}"


def _codes(words: Any) -> str:
    return "、".join(f"`{word}`" for word in words)


def _type(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    kinds = schema.get("type", "")
    if kinds == "object" and "properties" in schema:
        return f"`{{{', '.join(schema['properties'])}}}`"
    names = [kinds] if isinstance(kinds, str) else kinds
    words = "或".join(_TYPES.get(name, name) for name in names)
    inner = schema.get("items")
    return f"{words}，每项为{_type(inner)}" if inner and "type" in inner else words
