"""The shape of vocabulary files: what fixed things are called."""

from __future__ import annotations

from typing import Any, Final

from checker.model.vocabulary import Vocabulary
from checker.rulebook.schema.parts import TEXT, TEXTS, object_schema

SORTS: Final = tuple(sort for sort in Vocabulary.__annotations__ if not sort.endswith("kinds"))
"""The sorts of terms that a vocabulary file may have; kinds of reports have a file of their own."""
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
KINDS_FILE: Final[dict[str, Any]] = object_schema(
    ("kinds",),
    {
        "kinds": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": TERM_KEY},
            "description": "报告的种类；没有写 kind 的规则文件属于第一种",
            "additionalProperties": object_schema(
                ("name",),
                {
                    "name": {**TEXT, "description": "全称，印在结果里"},
                    "short": {**TEXT, "description": "简称；不写就用全称"},
                    "aliases": {**TEXTS, "description": "规则文件和选项里也接受的写法"},
                },
            ),
        }
    },
)
VOCABULARY_FILE: Final[dict[str, Any]] = object_schema(
    ("vocabulary",),
    {"vocabulary": object_schema((), dict.fromkeys(SORTS, _SORT), minProperties=1)},
)
