"""What the schema cannot say of fields: patterns that lack the groups from which a value is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.model.errors import Fault
from checker.patterns.pattern import compile_pattern
from checker.rulebook.load.strict_yaml import YamlFile

_MEANINGS: Final[Mapping[str, str]] = {
    "value": "数",
    "year": "年",
    "month": "月",
    "day": "日",
    "to_month": "截止的月",
}
_NEEDED: Final[Mapping[str, Sequence[str]]] = {
    "date": ("year", "month", "day"),
    "count": ("value",),
    "money": ("value",),
}
"""Groups without which a pattern never yields a value, by type."""


def field_faults(file: YamlFile) -> Iterator[Fault]:
    """All faults of a file of fields that passed the schema."""
    for index, entry in enumerate(file.data["fields"]):
        for number, pattern in enumerate(entry.get("patterns", ())):
            if isinstance(pattern, str) and (text := _fault(entry["type"], pattern)):
                yield file.fault(("fields", index, "patterns", number), text)


def _fault(kind: str, pattern: str) -> str:
    groups = compile_pattern(pattern).groups
    missing = [name for name in _NEEDED.get(kind, ()) if name not in groups]
    if kind == "period" and "from_year" not in groups:
        missing = [name for name in ("to_year", "to_month") if name not in groups]
    elif kind == "period" and "from_month" in groups and "to_month" not in groups:
        missing = ["to_month"]
    if not missing:
        return ""
    marks = "、".join(f"(?P<{name}>…)" for name in missing)
    words = "、".join(_MEANINGS.get(name, "截止的年") for name in missing)
    return f"正则表达式“{pattern}”里要用 {marks} 标出{words}，type: {kind} 的值由它读出"
