"""Parts that the schemas of rule files share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checker.model.vocabulary import Terms, Vocabulary

PROFILE_NAME: Final = "^[a-z][a-z0-9_-]*$"

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


def terms_of(format_name: str, vocabulary: Vocabulary) -> Terms:
    """The terms that may be written where a schema has this format, one of `WORD_FORMATS`."""
    sort, excluded = WORD_FORMATS[format_name]
    return vocabulary.of(sort).without(excluded)


def with_words(schema: Any, vocabulary: Vocabulary) -> Any:
    """A schema for editors, which know no vocabulary: every word that is accepted listed where it may stand."""
    if isinstance(schema, list):
        return [with_words(part, vocabulary) for part in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {key: with_words(part, vocabulary) for key, part in schema.items()}
    if isinstance(copy.get("format"), str) and copy["format"] in WORD_FORMATS:
        terms = terms_of(copy.pop("format"), vocabulary)
        nothing = [None] if "null" in copy["type"] else []
        copy["enum"] = [*dict.fromkeys(terms.accepted()), *nothing]
        copy["description"] = f"{copy['description']}：{terms.listing()}"
    return copy


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
    (), {"from": _YEAR, "to": _YEAR}, description="报告年度范围，含两端；不写的一端不限"
)
