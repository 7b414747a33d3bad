"""What attributes of HTML elements mean for what is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from checker.readers.blocks.numbering import format_number
from checker.readers.web.tables import span
from checker.startup.records import dataclass

Attributes = Mapping[str, str | None]
"""Attributes of an element; those without a value have None."""

_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0\d*)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*0[^1-9]*\)|(?:left|right|top|bottom|text-indent)\s*:\s*-\d{4,}|mso-hide\s*:\s*all"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%\s*\)|circle\(\s*0)|transform\s*:[^;]*(?:scale\(\s*0\s*\)|translate[XY]?\(\s*-\d{4,})"
    r"|filter\s*:[^;]*opacity\(\s*0\s*\)|max-(?:width|height)\s*:\s*0(?:px|pt)?\s*;(?:[^;]*;)*?\s*overflow\s*:\s*hidden"
    r"|(?<![-\w])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0*(?:\.0\d*)?\s*\))|(?<![-\w])font\s*:[^;]*?(?<![\w.])0(?:px|pt|r?em)?\s*/"
    r"|(?<![-\w])(?:width|height)\s*:\s*0(?:px|pt)?\s*;(?:[^;]*;)*?\s*overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden\s*;(?:[^;]*;)*?\s*(?:width|height)\s*:\s*0(?:px|pt)?\s*(?:;|!|$)"
    r"|text-decoration[a-z-]*\s*:[^;]*line-through"
    r"|font-size\s*:\s*0*(?:0|\.[0-9]+|1(?:\.[0-9]*)?(?=px|pt))(?:\.0*)?\s*(?:px|pt|r?em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
"""Not shown at all, transparent, struck through, or too small to be seen."""
_OFF_LINE: Final = re.compile(
    r"vertical-align\s*:\s*(?:(super|sub)\b|(-?)(?=[0-9.]*[1-9])[0-9.]+(?:px|pt|r?em|ex|%))", re.IGNORECASE
)
_SMALL: Final = re.compile(
    r"font-size\s*:\s*(?:[0-7](?:\.[0-9]+)?pt|[0-9](?:\.[0-9]+)?px|0?\.[0-7][0-9]*r?em|[1-7]?[0-9](?:\.[0-9]+)?%"
    r"|x?x-small|smaller)",
    re.IGNORECASE,
)
"""Letters of a mark; other text is moved off the line by a length as well, for the looks of a cell."""
BACKWARDS: Final = "backwards"
LONGEST_STYLE: Final = 1000
"""Characters of a style that are looked at: patterns that run to the end of a declaration must not do so for ever."""
_STYLES_KEPT: Final = 512
"""Styles whose meaning is kept; what office programs export repeats a few of them at every element."""
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


_AT_BLOCK: Final = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT: Final = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_LAST_WORD: Final = re.compile(r"[.#][\w-]+$|^[a-z]+$", re.IGNORECASE)
"""What the last word of a selector is about, unless it is a tag inside something else."""


def rules_of(sheet: str) -> list[tuple[str, str]]:
    """Selectors and declarations of each rule that holds for every medium."""
    return _RULE.findall(_AT_BLOCK.sub("", _COMMENT.sub("", sheet)))


def telling_classes(sheet: str) -> dict[str, str]:
    """The declarations by which text is hidden or set off the line, by `.class`, `#id` or `tag`; none for a medium.

    Args:
        sheet: a style sheet.
    """
    found: dict[str, str] = {}
    for selectors, declarations in rules_of(sheet):
        style = declarations[:LONGEST_STYLE]
        if _hides(style) or _OFF_LINE.search(style):
            for selector in selectors.split(","):
                name = _LAST_WORD.search(selector.strip())
                if name:
                    found[name[0]] = found.get(name[0], "") + declarations + ";"
    return found


def styled(tag: str, attributes: Attributes, classes: Mapping[str, str]) -> Attributes:
    """The attributes with what a style sheet declares for the element."""
    names = [
        tag,
        *(f".{name}" for name in (attributes.get("class") or "").split()),
        f"#{attributes.get('id')}",
    ]
    declared = [classes[name] for name in names if name in classes]
    if not declared:
        return attributes
    return {**attributes, "style": ";".join((*declared, attributes.get("style") or ""))}


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element is not shown."""
    style = attributes.get("style") if attributes else None
    return "hidden" in attributes or (style is not None and _hides(style[:LONGEST_STYLE]))


def stands_off_line(attributes: Attributes, tag: str = "") -> str:
    """`super` or `sub` for text above or below the line by its style, `backwards` for reversed text, else empty."""
    style = attributes.get("style") if attributes else None
    if tag == "bdo" and (attributes.get("dir") or "").lower() == "rtl":
        return BACKWARDS
    return _off_line(style[:LONGEST_STYLE]) if style else ""


@lru_cache(_STYLES_KEPT)
def _hides(style: str) -> bool:
    return _HIDDEN.search(style) is not None


@lru_cache(_STYLES_KEPT)
def _off_line(style: str) -> str:
    if "bidi-override" in style and "rtl" in style:
        return BACKWARDS
    found = _OFF_LINE.search(style)
    if not found:
        return ""
    if found[1]:
        return found[1].lower()
    return ("sub" if found[2] else "super") if _SMALL.search(style) else ""


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
