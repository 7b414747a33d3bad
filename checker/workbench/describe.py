"""Rules in words: conditions, checks and examples as a colleague would describe them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.judging.language.language import Language
from checker.judging.rules import Check, Condition
from checker.kinds import KINDS
from checker.kinds.options import SHARED_WORDS
from checker.model.vocabulary import Vocabulary

_KEYED: Final = frozenset(("equation", "rows", "columns", "column", "only", "except", "left", "right"))
"""Options that name rows and columns by their keys."""
_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VALUE_WORDS: Final = {
    "title": "标题",
    "fields": "要素",
    "across": "每行的合计列",
    "down": "每列的合计行",
    "column": "列",
    "row": "行",
    "sections": "各部分",
    "tables": "各部分的表",
    "lines": "行和列",
    "numerals": "编号",
    "rows": "行",
    "equal": "单位齐全时相等，不齐时不少于",
    "at_least": "不少于",
}


def describe_condition(condition: Condition, vocabulary: Vocabulary) -> str:
    """To what something applies, such as 「2021年度起；部门、政府办公厅（室）」."""
    parts: list[str] = []
    if condition.kinds and condition.kinds[0] != next(iter(vocabulary.kinds.names), None):
        parts.append("、".join(map(vocabulary.kinds.name, condition.kinds)))
    first, last = condition.first_year, condition.last_year
    if first and last:
        parts.append(f"{first}—{last}年度" if first != last else f"{first}年度")
    elif first:
        parts.append(f"{first}年度起")
    elif last:
        parts.append(f"{last}年度及以前")
    if condition.forms:
        parts.append(f"{'、'.join(condition.forms)}年格式")
    if condition.levels:
        parts.append("、".join(map(vocabulary.levels.name, condition.levels)))
    if condition.tiers:
        parts.append("、".join(map(vocabulary.tiers.name, condition.tiers)))
    return "；".join(parts) or "全部报告"


def describe_check(check: Check, language: Language, *, brief: bool = False) -> str:
    """A check in one line: the kind and its options.

    Args:
        check: the check.
        language: that of the rule's kind of report.
        brief: leave out regular expressions and options that only authors of rules need.
    """
    options = "；".join(_options(check, language, brief=brief))
    return f"{KINDS[check.kind].title}——{options}" if options else KINDS[check.kind].title


def _options(check: Check, language: Language, *, brief: bool) -> Iterator[str]:
    schema = KINDS[check.kind].options["properties"]
    labels = _labels(check.options, language)
    for name, value in check.options.items():
        if isinstance(value, bool) or (brief and (name not in SHARED_WORDS or _holds_patterns(schema[name]))):
            continue
        text = _value(name, value, language)
        if text in (schema[name].get("enum") or ()):  # no shorter word
            text = schema[name]["enumDescriptions"][schema[name]["enum"].index(text)]
        if name in _KEYED:
            text = _KEY.sub(lambda key: labels.get(key[0], key[0]), text)
        yield f"{KINDS[check.kind].word_of(name)}：{text}"


def _labels(options: Mapping[str, Any], language: Language) -> dict[str, str]:
    """What the keys of rows and columns are called in the tables that a check is about."""
    written = options.get("table", options.get("tables", ()))
    tables = [written] if isinstance(written, str) else written
    labels = {"last": "上年"}
    for table in (
        form.tables[key] for form in language.forms.values() for key in tables if key in form.tables
    ):
        labels |= {key: table.row_label(key) for key in table.rows}
        labels |= {key: table.column_label(None, key) for key in table.columns}
    return labels


def _holds_patterns(schema: Any) -> bool:
    """Whether what such an option holds are regular expressions, or lists or objects with some."""
    if isinstance(schema, Mapping):
        return schema.get("format") == "pattern" or any(map(_holds_patterns, schema.values()))
    return isinstance(schema, Sequence) and not isinstance(schema, str) and any(map(_holds_patterns, schema))


def _value(name: str, value: Any, language: Language) -> str:
    if name == "topics":
        return "；".join(_topic(topic) for topic in value)
    if name in ("fields", "field"):
        names = value if isinstance(value, list) else [value]
        return "、".join(
            "或".join(language.fields.get(n, (n, ""))[0] for n in one.split("|")) for one in names
        )
    if name in ("table", "tables"):
        keys = [value] if isinstance(value, str) else value
        tables = {key: table.name for form in language.forms.values() for key, table in form.tables.items()}
        return "、".join(tables.get(key, key) for key in keys)
    if name == "quantities":
        known = language.claim_vocabulary.quantities
        return "、".join(dict.fromkeys(known[key].title if key in known else key for key in value))
    if isinstance(value, list):
        return "　".join(str(entry) for entry in value)
    return str(_VALUE_WORDS.get(value, value)) if isinstance(value, str) else str(value)


def _topic(topic: Mapping[str, Any]) -> str:
    words = "、".join((*topic.get("any", ()), *topic.get("patterns", ())))
    near = f"，附近有{'、'.join(topic['near'])}" if "near" in topic else ""
    return f"{topic['topic']}（{words}{near}）"


def describe_given(given: Mapping[str, Any], language: Language, vocabulary: Vocabulary) -> str:
    """What an example is about: what is special in it."""
    parts: list[str] = []
    if "agency" in given or "level" in given:
        tier = vocabulary.tiers.names.get(given.get("tier", ""), "")
        parts.append("，".join(word for word in (given.get("agency"), tier) if word))
    if "year" in given:
        parts.append(f"{given['year']}年度" if given["year"] is not None else "年度不明")
    if "form" in given:
        parts.append(f"{given['form']}年格式")
    parts.extend(
        f"{language.cell_name(address)} 为 {'空白' if value in ('', None) else value}"
        for address, value in given.get("cells", {}).items()
    )
    if given.get("without"):
        parts.append(f"没有 {'、'.join(given['without'])}")
    parts.extend(
        f"{word}{'无' if given[name] is None else f'“{given[name]}”'}"
        for name, word in _GIVEN_WORDS.items()
        if name in given
    )
    parts.extend(_given_texts(given))
    if given.get("rest", 0) in ("", None):
        parts.append("其余格子空白")
    if given.get("exceptions"):
        parts.append(f"例外清单有 {len(given['exceptions'])} 条")
    if given.get("damaged"):
        parts.append("文件损坏")
    parts.extend(
        f"{word}（{describe_given(given[name], language, vocabulary)}）"
        for name, word in _OTHER_YEARS.items()
        if name in given
    )
    parts.extend(
        f"同时检查（{describe_given(other, language, vocabulary)}）" for other in given.get("others", ())
    )
    shown = [part for part in parts if part][:6]
    return "；".join(shown) or "规范的报告"


def _given_texts(given: Mapping[str, Any]) -> Iterator[str]:
    for name, word in (("headings", "标题"), ("text", "")):
        for number, text in given.get(name, {}).items():
            where = "开头" if number == "0" else f"第{number}部分"
            yield f"{where}{word}{_text_words(text)}".replace("\n", "⏎")


def _text_words(text: str | Mapping[str, Any] | None) -> str:
    if isinstance(text, Mapping):
        return f"“{text['repeat']}”重复 {text['times']} 遍"
    return "缺" if text is None else f"“{text}”"


_OTHER_YEARS: Final = {"previous": "上一年", "next": "下一年"}
_GIVEN_WORDS: Final = {"title": "标题", "signature": "落款", "published": "发布于"}
