"""Parts that the schemas of rule files share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.model.vocabulary import Terms, Vocabulary

PROFILE_NAME: Final = "^[a-z][a-z0-9_-]*$"

NOTHING_OFFERED: Final[Mapping[str, Mapping[Any, str]]] = {}
_OFFERED: Final = "known-"
_MOST_LISTED: Final = 30
KEY_FORMATS: Final = ("section", "cell", "rule")
"""Formats of keys of objects."""

TEXT: Final = {"type": "string", "minLength": 1}
TEXTS: Final = {"type": "array", "items": TEXT}
DATE: Final = {"type": "string", "format": "date", "description": "日期，如 2024-01-31"}

WORD_FORMATS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "level": ("levels", ()),
    "tier": ("tiers", ()),
    "severity": ("severities", ("off",)),
    "grade": ("severities", ()),
    "expectation": ("verdicts", ("broken",)),
    "certainty": ("certainties", ()),
    "kind": ("kinds", ()),
}
"""Formats whose values are words of the vocabulary: the sort, and keys of it that may not be written there."""


def word(format_name: str, description: str) -> dict[str, Any]:
    """The schema of a word of the vocabulary, by one of `WORD_FORMATS`."""
    return {"type": "string", "format": format_name, "description": description}


KIND: Final = word("kind", "报告的种类；不写就是第一种")
"""The kind of report that a rule file is about."""


Offered = Mapping[str, Mapping[Any, str]]
"""Values that are known, each with what it means, by the format of where they may be written; others may be, too."""


def terms_of(format_name: str, vocabulary: Vocabulary) -> Terms:
    """The terms that may be written where a schema has this format, one of `WORD_FORMATS`."""
    sort, excluded = WORD_FORMATS[format_name]
    return vocabulary.of(sort).without(excluded)


def with_words(schema: Any, vocabulary: Vocabulary, offered: Offered = NOTHING_OFFERED) -> Any:
    """A schema for editors, which know no names: all that are known listed where they may stand.

    Args:
        schema: the schema.
        vocabulary: its words are the only ones that are accepted where a format asks for them.
        offered: what is proposed where other formats stand; `offered_definitions` has the lists.
    """
    if isinstance(schema, list):
        return [with_words(part, vocabulary, offered) for part in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: with_words(part, vocabulary, offered) for key, part in schema.items()}
    format_name = copy.get("format")
    if not isinstance(format_name, str):
        return copy
    if format_name in WORD_FORMATS:
        terms = terms_of(copy.pop("format"), vocabulary)
        meanings: dict[str | None, str] = {word: _meaning(word, terms) for word in terms.accepted()}
        if "null" in copy["type"]:
            meanings[None] = "没有"
        copy |= listed(meanings)
        copy["description"] = f"{copy['description']}：{terms.listing()}"
    elif format_name in offered:
        del copy["format"]
        known = {"$ref": f"#/$defs/{_OFFERED}{format_name}"}
        copy |= {"anyOf": [known, {}]} if _listed_at_once(format_name, offered[format_name]) else known
    return copy


def offered_definitions(offered: Offered) -> dict[str, Any]:
    """The lists to which the schema of `with_words` refers.

    Editors show all values of a list with its option, where many of them would hide what the option says; those are
    only proposed. Keys cannot be proposed in another way than by a list.
    """
    return {
        f"{_OFFERED}{format_name}": listed(values)
        if _listed_at_once(format_name, values)
        else _proposed(values)
        for format_name, values in offered.items()
    }


def _listed_at_once(format_name: str, values: Mapping[Any, str]) -> bool:
    return format_name in KEY_FORMATS or len(values) <= _MOST_LISTED


def _proposed(values: Mapping[Any, str]) -> dict[str, Any]:
    return {
        "defaultSnippets": [
            {"label": value, "description": meaning, "body": value} for value, meaning in values.items()
        ]
    }


def listed(meanings: Mapping[Any, str]) -> dict[str, Any]:
    """The schema of a value that is one of those that are given with their meanings."""
    return {"enum": list(meanings), "enumDescriptions": list(meanings.values())}


def _meaning(word: str, terms: Terms) -> str:
    """What a word stands for: a key for its name, another word for its key."""
    return terms.name(word) if word in terms.names else f"就是 {terms.key(word)}"


def object_schema(required: tuple[str, ...], properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A JSON Schema for an object that takes exactly these keys."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": dict(properties),
        **more,
    }


KEY: Final = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*$"}
_YEAR: Final = {"type": "integer", "minimum": 2008, "maximum": 2100}
YEARS: Final = object_schema(
    (),
    {"from": {**_YEAR, "description": "从哪一年起"}, "to": {**_YEAR, "description": "到哪一年止"}},
    description="报告年度范围，含两端；不写的一端不限",
)
