"""The shape of vocabulary files: what fixed things are called."""

from __future__ import annotations

from typing import Any, Final

from checker.rulebook.schema.parts import TEXT, TEXTS, object_schema

_SORT_TITLES: Final = {
    "levels": "机关类别",
    "tiers": "行政级别",
    "severities": "问题的级别",
    "verdicts": "规则的结论",
    "results": "文件的结果",
    "changes": "与上次相比的变化",
    "cells": "格子里填的是什么",
    "certainties": "依据的可信度",
    "groups": "规则的组，键是编号开头的字母",
}
SORTS: Final = tuple(_SORT_TITLES)
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
REPORT_KINDS_FILE: Final[dict[str, Any]] = object_schema(
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
    {
        "vocabulary": object_schema(
            (),
            {sort: {**_SORT, "description": title} for sort, title in _SORT_TITLES.items()},
            minProperties=1,
            description="各处怎么称呼；写了的键改用新的称呼",
        )
    },
)
