"""The schema of rule files for editors: what may stand where, what it means, and what is there to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.judging.language.language import Language
from checker.judging.language.scope import SCOPE_MEANINGS
from checker.judging.rules import Rulebook
from checker.model.forms import FormTable
from checker.model.place import section_name
from checker.rulebook.load.sources import sound_sources
from checker.rulebook.schema.files import DEFINITIONS, FILES
from checker.rulebook.schema.parts import Offered, offered_definitions, with_words
from checker.rulebook.store import decode_rules, rule_files
from checker.understand.fields import FIELD_PLACE_WORDS, FIELD_PLACES
from checker.workbench.scaffold import USUAL_SOURCE

_PASSING: Final = {"name": "${1:写了}", "expect": "pass", "given": {"text": {"${2:1}": "${3:文字}"}}}
_FAILING: Final = {
    "name": "${1:没写}",
    "expect": "fail",
    "given": {"text": {"${2:1}": "${3:文字}"}},
    "findings": [{"place": "${4:第一部分}"}],
}
_FIELD_PLACES: Final = {
    **{word: FIELD_PLACES[key] for word, key in FIELD_PLACE_WORDS.items()},
    **FIELD_PLACES,
}
_OTHER: Final = {
    "name": "${1:别的单位}",
    "expect": "not_applicable",
    "given": {"agency": "${2:某县某镇人民政府}"},
}
_RULE: Final = {
    "id": "${1:LOC-01}",
    "title": "${2:一句话说要求什么}",
    "severity": "${3:warning}",
    "basis": [{"source": f"${{4:{USUAL_SOURCE}}}", "clause": "${5:哪份通知}"}],
    "check": {"kind": "${6:pattern}", "where": "${7:第一部分}", "patterns": ["'${8:培训}'"]},
    "message": "${9:查出问题时怎么说}",
    "examples": [
        {"name": "${10:写了}", "expect": "pass", "given": {"text": {"1": "${11:组织培训。}"}}},
        {"name": "${12:没写}", "expect": "fail", "given": {"text": {"1": "${13:加强学习。}"}}},
    ],
}
"""What a new rule and a new example are begun with; an editor goes from one numbered place to the next."""


def editor_schema(rulebook: Rulebook) -> dict[str, Any]:
    """The schema for editors: any of the rule files, told apart by their leading key.

    Args:
        rulebook: the built-in rules; their names are what editors propose.
    """
    offered = _offered(rulebook)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "报告检查规则",
        "type": "object",
        "allOf": [
            {"if": {"required": [key], **_unless(key)}, "then": schema} for key, schema in FILES.items()
        ],
        "$defs": dict(DEFINITIONS),
    }
    published: dict[str, Any] = with_words(schema, rulebook.vocabulary, offered)
    published["$defs"] |= offered_definitions(offered)
    _add_snippets(published)
    return published


def _unless(key: str) -> dict[str, Any]:
    """A profile may hold rules of its own and is still a profile; files of fields and bodies have titles too."""
    others = {"rules": ("profile",), "titles": ("fields", "levels")}.get(key, ())
    return {"not": {"anyOf": [{"required": [other]} for other in others]}} if others else {}


def _add_snippets(schema: dict[str, Any]) -> None:
    """A whole rule and examples, to be filled in."""
    rule = {"label": "一条规则", "description": "从一条完整的规则改起", "body": _RULE}
    for file in schema["allOf"]:
        rules = file["then"]["properties"].get("rules")
        if rules:
            rules["defaultSnippets"] = [rule]
    schema["$defs"]["rule"]["properties"]["examples"]["defaultSnippets"] = [
        {"label": "合格的例子", "description": "没有问题的报告", "body": _PASSING},
        {"label": "不合格的例子", "description": "应当查出问题的报告", "body": _FAILING},
        {"label": "不适用的例子", "description": "写了 applies 的规则不管的报告", "body": _OTHER},
    ]


def _offered(rulebook: Rulebook) -> Offered:
    """What is proposed, by format; a name that several kinds of report have means what it does in the first."""
    sources = sound_sources(decode_rules(rule_files()))
    offered: dict[str, dict[Any, str]] = {
        "source": {
            key: str(entry["title"])
            for file in sources.of("sources")
            for key, entry in file.data["sources"].items()
        },
        "profile": sources.profile_titles(),
        "rule": {rule.id: rule.title for rule in rulebook.rules.values()},
    }
    for language in rulebook.languages.values():
        for format_name, values in _of_language(language):
            known = offered.setdefault(format_name, {})
            known |= {value: meaning for value, meaning in values.items() if value not in known}
    return offered


def _of_language(language: Language) -> Iterator[tuple[str, Mapping[Any, str]]]:
    """What the form, the fields and the claims of one kind of report have."""
    form = list(language.forms.values())[-1]
    titles = {number: section.title for number, section in enumerate(form.sections, 1)}
    sections = {section_name(number): title for number, title in titles.items()}
    tables = {key: table for form in language.forms.values() for key, table in form.tables.items()}
    named = {key: table.title for key, table in tables.items()}
    rows = _lines(tables, rows=True)
    columns = _lines(tables, rows=False)
    cells = {address: name for name, address in language.items.cell_names().items()}
    yield "scope", {**SCOPE_MEANINGS, **sections}
    yield "field_place", {**sections, **_FIELD_PLACES}
    yield "place", {**sections, "开头": SCOPE_MEANINGS["开头"], "全文": "整份报告", **named, **cells}
    yield "section", {"0": "开头", **{str(number): title for number, title in titles.items()}}
    yield "section_number", {0: "开头", **titles}
    for format_name in ("form", "sample_form"):
        yield format_name, {key: form.title for key, form in language.forms.items()}
    yield "table", named
    yield "row", rows
    yield "column", columns
    yield "line", {**rows, **columns}
    yield "cell", cells
    yield "field", {key: title for key, (title, _) in language.fields.items()}
    yield "item", language.items.meanings()
    yield "quantity", {key: one.title for key, one in language.claim_vocabulary.quantities.items()}


def _lines(tables: Mapping[str, FormTable], *, rows: bool) -> dict[str, str]:
    """Keys of rows or columns, with the tables that have them and what they are called there."""
    meanings: dict[str, list[str]] = {}
    for table in tables.values():
        for key in table.rows if rows else table.columns:
            label = table.row_label(key) if rows else table.column_label(None, key)
            meanings.setdefault(key, []).append(f"{table.name}：{label}")
    return {key: "；".join(told) for key, told in meanings.items()}
