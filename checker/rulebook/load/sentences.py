"""Chinese sentences for errors of JSON Schema (`jsonschema.ValidationError`)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from checker.rulebook.schema.examples import SECTION_KEY
from checker.rulebook.schema.files import RULE_ID
from checker.rulebook.schema.parts import WORD_FORMATS
from checker.rulebook.schema.vocabulary import TERM_KEY

_MOST_LISTED: Final = 12
"""Known words that are told in one line."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`，是否为“…”？` for the nearest known word, else the list of a few known ones."""
    words = list(dict.fromkeys(known))
    near = nearest(word, words)
    if near:
        return f"，是否为“{near}”？"
    more = "…" if len(words) > _MOST_LISTED else ""
    return f"；可用：{'、'.join(words[:_MOST_LISTED])}{more}" if words else ""


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The known word that is nearest, None if none is near."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    return near[0] if near else None


def where(error: Any) -> str:
    """`check 里`: what encloses the fault, empty at the top of a file."""
    path = [part for part in error.absolute_path if isinstance(part, str)]
    return f"{path[-1]} 里" if path else ""


def meaning(schema: Mapping[str, Any], key: str) -> str:
    """What a key is for, in brackets; empty if its schema does not say."""
    description = schema.get("properties", {}).get(key, {}).get("description")
    return f"（{description}）" if description else ""


_TYPES: Final = {
    "string": "文字（有特殊符号时加引号）",
    "integer": "整数",
    "boolean": " true 或 false",
    "array": "列表（[…] 或每行一个“- ”）",
    "object": "若干“键: 值”",
    "null": "空",
    "number": "数字",
}


def sentence(error: Any) -> str:
    """What is wrong with a value."""
    subject = _subject(error)
    value, limit = error.instance, error.validator_value
    sentences: dict[str, Callable[[], str]] = {
        "type": lambda: type_sentence(error, wanted_types(error)),
        "enum": lambda: f"{subject}不能是{_shown(value)}{_meant(value, error.schema, limit)}",
        "const": lambda: f"{subject}只能写“{limit}”，现在是{_shown(value)}",
        "pattern": lambda: _pattern_sentence(subject, value, limit),
        "minLength": lambda: _length_sentence(subject, value, error.schema),
        "maxLength": lambda: _length_sentence(subject, value, error.schema),
        "minItems": lambda: f"{subject}至少要有 {limit} 项",
        "minProperties": lambda: f"{subject}里至少要写一项",
        "minimum": lambda: f"{subject}不能小于 {limit}，现在是 {value}",
        "maximum": lambda: f"{subject}不能大于 {limit}，现在是 {value}",
        "dependentRequired": lambda: f"{subject}里{_missing_partners(value, limit)}",
        "format": lambda: f"{subject if limit in WORD_FORMATS else ''}{error.cause}",
    }
    sentence = sentences.get(error.validator)
    return sentence() if sentence else f"{subject}的写法不对"


def _meant(value: object, schema: Mapping[str, Any], known: Iterable[object]) -> str:
    """The word that was meant: one whose meaning was written in its place, such as `length` for 篇幅, or a near one."""
    described = zip(schema["enum"], schema.get("enumDescriptions", ()), strict=False)
    meanings = {str(word): str(meaning) for word, meaning in described}
    words = [word for word, meaning in meanings.items() if meaning.partition("：")[0] == value]
    if words:
        return f"，是否为“{words[0]}”？"
    if not str(value).isascii() and 0 < len(meanings) <= _MOST_LISTED and all(map(str.isascii, meanings)):
        return f"；可用：{'、'.join(f'{word}（{meaning}）' for word, meaning in meanings.items())}"
    return did_you_mean(str(value), map(str, known))


def _subject(error: Any) -> str:
    if not error.absolute_path:
        return "文件"
    path: list[str | int] = ["", *error.absolute_path]
    owner, name = path[-2:]
    if isinstance(name, str):
        return f"“{name}”"
    return f"“{owner}”的第 {name + 1} 项" if owner and isinstance(owner, str) else f"第 {name + 1} 项"


def type_sentence(error: Any, types: list[str]) -> str:
    """That a value is none of these types."""
    wanted = "或".join(_TYPES[name] for name in dict.fromkeys(types) if name != "null")
    typed = str(error.instance)[:1]
    brackets = "；方括号、花括号要用英文（半角）的 [ ]、{ }" if typed and typed in "【［〔｛" else ""
    return f"{_subject(error)}应是{wanted}，现在{_actual(error.instance)}{brackets or _remedy(error, types)}"


def _remedy(error: Any, types: list[str]) -> str:
    """How to write what was written as something else, empty if that is not known."""
    schema, value = error.schema, error.instance
    if types == ["array"] and isinstance(value, str) and schema.get("items", {}).get("type") == "string":
        return f"；请写成 [{value}]" if not set(value) & set("[]{},:#'\"") else ""
    if types == ["object"] and schema.get("properties"):
        return f"；里面可以写 {'、'.join(list(schema['properties'])[:_MOST_LISTED])}"
    if types == ["string"] and type(value) is int and "format" not in schema:
        return f"；请写成 '{value}'"
    if types == ["string"] and isinstance(value, list) and schema.get("format") == "pattern":
        return "；以方括号开头的正则表达式要用单引号括起来"
    unit = types == ["integer"] and str(value)[:1].isdigit() and not _DECIMAL.fullmatch(str(value))
    return "；只写数字，不带单位" if unit else ""


def unknown_key_sentence(error: Any, key: str, known: Iterable[str]) -> str:
    """That a key is not known there, or was written together with its value."""
    name, colon, _ = key.replace("：", ":").partition(":")
    if colon and name in known:
        return f"“{name}”的冒号要用英文（半角）的“:”，后面要留一个空格"
    told = did_you_mean(key, known)
    if not key.isascii() and told.startswith("；"):  # who writes a word of his own is told what the keys say
        told = f"；可用：{'、'.join(f'{one}{_first_words(error.schema, one)}' for one in known)}"
    return f"{where(error)}没有“{key}”这个键{told}"


def _first_words(schema: Mapping[str, Any], key: str) -> str:
    """What a key is for in a few words, in brackets."""
    words = re.split("[；，：。（]", schema.get("properties", {}).get(key, {}).get("description", ""))[0]
    return f"（{words}）" if words else ""


def _length_sentence(subject: str, value: str, schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if least == most:
        return f"{subject}要正好 {least} 个字符，现在是“{value}”"
    if not value:
        return f"{subject}不能是空的"
    return (
        f"{subject}最多 {most} 个字符，现在有 {len(value)} 个"
        if most
        else f"{subject}至少要有 {least} 个字符"
    )


def _missing_partners(value: Mapping[str, Any], partners: Mapping[str, list[str]]) -> str:
    """Which keys must stand beside others that are there."""
    return "；".join(
        f"写了 {key}，还要写 {other}"
        for key, others in partners.items()
        for other in others
        if key in value and other not in value
    )


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else _actual(value).removeprefix("是")


def _actual(value: object) -> str:
    """What stands there, as the end of a sentence that begins with 现在."""
    if isinstance(value, bool):
        return f"是 {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"是数字 {value}"
    if isinstance(value, str):
        return f"是小数 {value}" if _DECIMAL.fullmatch(value) else f"是文字“{value[:30]}”"
    if isinstance(value, list):
        return "是列表"
    return "是若干“键: 值”" if isinstance(value, dict) else "没有写"


_DECIMAL: Final = re.compile(r"[0-9]{1,20}[.．][0-9]{1,20}")
"""A decimal, which a rule file gives as text: only figures that may have decimals are read as numbers."""

_PATTERN_SENTENCES: Final = (
    (r"^[A-Z][A-Z0-9]{0,7}-", "应写成 T3-02 这样：大写字母、短横线、两三位数字"),
    (r"^[A-Za-z]", "只能用字母、数字和下划线，以字母开头"),
    (r"^-?[0-9]+", "应是数字"),
    (r"^(-?[0-9]+", "应是数字，或 年度、年度+1 这样"),
    (r"^[a-z][a-z0-9", "只能用小写字母、数字、短横线"),
    (r"^[^\s.", "不能有空格、点和括号"),
)


def _pattern_sentence(subject: str, value: object, pattern: str) -> str:
    text = next((sentence for start, sentence in _PATTERN_SENTENCES if pattern.startswith(start)), "写法不对")
    return f"{subject}{text}，现在是“{value}”"


_KEYS: Final = {
    RULE_ID: "规则编号，如 T3-02",
    SECTION_KEY: "部分的序号（0 为开头）",
    TERM_KEY: "字母、数字和下划线，以字母开头",
}


def key_sentence(error: Any) -> str:
    """That a key is of the wrong shape."""
    meaning = _KEYS.get(error.validator_value, "别的名字")
    return f"{where(error)}的键应写{meaning}，现在是“{error.instance}”"


def wanted_types(error: Any) -> list[str]:
    """The types that a schema takes where the error arose."""
    if error.validator != "type":
        return ["string"]
    return [error.validator_value] if isinstance(error.validator_value, str) else list(error.validator_value)
