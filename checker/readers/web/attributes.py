"""What attributes of HTML elements mean for what is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.readers.blocks.numbering import format_number
from checker.readers.web.tables import span
from checker.startup.records import dataclass

Attributes = Mapping[str, str | None]
"""Attributes of an element; those without a value have None."""

_LARGEST_NUMBER: Final = 9999
_LIST_TYPES: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z][a-z-]+)", re.IGNORECASE)
_LIST_STYLES: Final = {
    "none": "none", "disc": "bullet", "circle": "bullet", "square": "bullet", "decimal": "decimal",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital",
}  # fmt: skip
_IDEOGRAPHIC: Final = frozenset(("chineseCounting", "ideographDigital"))


def link_target(attributes: Attributes) -> str:
    """Where a link leads; empty for anchors on the page and for addresses of people."""
    href = (attributes.get("href") or "").strip()
    return "" if href.startswith(("#", "mailto:", "tel:")) else href


@dataclass(slots=True)
class NumberedList:
    """An open list: its number format, and the number of its next item."""

    style: str
    next_number: int

    @classmethod
    def from_attributes(cls, tag: str, attributes: Attributes) -> NumberedList:
        """The list an `ol` or `ul` begins."""
        style = "bullet" if tag == "ul" else _LIST_TYPES.get(attributes.get("type") or "", "decimal")
        declared = _LIST_STYLE.search(attributes.get("style") or "")
        if declared:
            style = _LIST_STYLES.get(declared[1].lower(), style)
        return cls(style, span(attributes.get("start"), most=_LARGEST_NUMBER))

    def next_label(self, attributes: Attributes) -> str:
        """The number a browser shows before the item with these attributes."""
        if attributes.get("value"):
            self.next_number = span(attributes.get("value"), most=_LARGEST_NUMBER)
        label = format_number(self.next_number, self.style)
        self.next_number += 1
        if not label:
            return ""
        return f"{label}、" if self.style in _IDEOGRAPHIC else f"{label}."
