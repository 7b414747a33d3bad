"""The shape of vocabulary files: what fixed things are called."""

from __future__ import annotations

from typing import Any, Final

from checker.model.vocabulary import Vocabulary
from checker.rulebook.schema.parts import TEXT, TEXTS, object_schema

SORTS: Final = tuple(Vocabulary.__annotations__)
"""The sorts of terms, as `Vocabulary` has them."""
OPEN_SORTS: Final = ("levels", "tiers", "groups")
"""Sorts to which a later file may add keys; the program itself speaks of the keys of the others."""
TERM_KEY: Final = r"^[A-Za-z][A-Za-z0-9_]*$"

_TERM: Final = object_schema(
    ("name",),
    {
        "name": {**TEXT, "description": "印在结果和说明里的称呼"},
        "aliases": {**TEXTS, "description": "也接受的写法"},
        "note": {**TEXT, "description": "注解"},
    },
)
_SORT: Final = object_schema(
    (),
    {
        "title": {**TEXT, "description": "这一类叫什么"},
        "words": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": _TERM,
            "propertyNames": {"pattern": TERM_KEY},
            "description": "每个键的称呼",
        },
    },
)
VOCABULARY_FILE: Final[dict[str, Any]] = object_schema(
    ("vocabulary",),
    {"vocabulary": object_schema((), dict.fromkeys(SORTS, _SORT), minProperties=1)},
)
