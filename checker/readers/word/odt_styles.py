"""What styles of OpenDocument texts say: automatic numbers, and letters that are not shown or off the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.readers.blocks.colours import UNKNOWN, Colour, colour_of
from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE
from checker.readers.blocks.numbering import Level, ListCounter
from checker.readers.raw.safe_xml import Element, whole_number
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass, replace

_LEVELS: Final = 10
_COUNTER_MARK: Final = re.compile(r"%(\d{1,2})%")
_FORMATS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle", "甲": "ideographTraditional", "子": "ideographZodiac", "": "none",
}  # fmt: skip
"""Number formats by the first character of their description, such as `一, 二, 三, ...`."""
_OUTLINE: Final = "outline"
_NARROW: Final = compile_later(r"\d%")
_NO_SIZE: Final = compile_later(r"0*(?:\.\d+)?(?:cm|mm|in)|\d?(?:\.\d+)?%|0*[01]?(?:\.\d+)?pt")
_CLEAR: Final = compile_later(r"[0-5]%")
"""Sizes of letters that nobody sees."""


class OdtLists:
    """Hands out automatic numbers; lists and their items are entered and left in reading order.

    Args:
        styles: the part with the document's styles, None if it has none.
    """

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, list[Level]] = {}
        for group in styles.children if styles else ():
            for element in group.children:
                self.define(element)
        self._open: list[tuple[str, ListCounter]] = []
        self._by_id: dict[str, ListCounter] = {}
        self._by_style: dict[str, ListCounter] = {}
        self._awaits_number = False

    def define(self, element: Element) -> None:
        """Take note of a list style; other elements are ignored."""
        if element.name == "list-style":
            self._styles[element.attributes.get("name", "")] = _levels(element, "list-level-style-number")
        elif element.name == "outline-style":
            self._styles[_OUTLINE] = _levels(element, "outline-level-style")

    def enter_list(self, attributes: Mapping[str, str]) -> None:
        """A list begins; an inner one counts a level lower unless it has its own style."""
        style = attributes.get("style-name", "")
        if self._open and style in ("", self._open[-1][0]):
            counter, style = self._open[-1][1], self._open[-1][0]
        else:
            counter = self._begin(style, attributes)
        self._open.append((style, counter))
        if "id" in attributes:
            self._by_id[attributes["id"]] = counter

    def leave_list(self) -> None:
        """The innermost list ends."""
        if self._open:
            self._open.pop()

    def enter_item(self, attributes: Mapping[str, str]) -> None:
        """An item begins: its first paragraph gets the number."""
        self._awaits_number = bool(self._open)
        start = whole_number(attributes.get("start-value"), -1)
        if start >= 0 and self._open:
            self._open[-1][1].restart(len(self._open) - 1, start)

    def leave_item(self) -> None:
        """An item ends, with or without text."""
        self._awaits_number = False

    def label(self) -> str:
        """What stands before the text of the paragraph that begins now."""
        if not self._awaits_number:
            return ""
        self._awaits_number = False
        return self._open[-1][1].next_label(len(self._open) - 1)

    def outline_label(self, level: int) -> str:
        """What stands before a heading of `level` (from 1) that is in no list."""
        if self._open or _OUTLINE not in self._styles:
            return ""
        counter = self._by_style.setdefault(_OUTLINE, ListCounter(self._styles[_OUTLINE]))
        return counter.next_label(level - 1)

    def _begin(self, style: str, attributes: Mapping[str, str]) -> ListCounter:
        continued = self._by_id.get(attributes.get("continue-list", ""))
        if continued is None and attributes.get("continue-numbering") == "true":
            continued = self._by_style.get(style)
        counter = continued or ListCounter(self._styles.get(style, ()))
        self._by_style[style] = counter
        return counter


def _levels(style: Element, name: str) -> list[Level]:
    by_number = {whole_number(element.attributes.get("level"), 0): element for element in style.all(name)}
    return [_level(by_number.get(number), number) for number in range(1, _LEVELS + 1)]


def _level(element: Element | None, number: int) -> Level:
    if element is None:
        return Level("bullet", ())
    attributes = element.attributes
    pattern: list[str | int] = []
    described = attributes.get("num-list-format")
    if described is not None:
        for index, part in enumerate(_COUNTER_MARK.split(described)):
            pattern.append(int(part) - 1 if index % 2 else part)
    else:
        shown = min(whole_number(attributes.get("display-levels"), 1), number)
        pattern.append(attributes.get("num-prefix", ""))
        for level in range(number - shown, number):
            pattern += [level, "."]
        pattern[-1] = attributes.get("num-suffix", "")
    style = _FORMATS.get(attributes.get("num-format", "")[:1], "decimal")
    return Level(style, tuple(pattern), whole_number(attributes.get("start-value"), 1))


@dataclass(frozen=True, slots=True)
class OdtLook:
    """The look of a style; None is what it does not say.

    Attributes:
        hidden: its text is not shown, or struck through.
        place: above, below or on the line.
        ink: colour of its text; `UNKNOWN` for the automatic one, which is seen on any ground.
        shade: colour behind its text.
        ground: colour behind its paragraph, cell, row or table.
    """

    hidden: bool = False
    place: int | None = None
    ink: Colour | None = None
    shade: Colour | None = None
    ground: Colour | None = None


NO_LOOK: Final = OdtLook()
_BEHIND: Final = {"text-properties": "shade", "paragraph-properties": "ground", "table-cell-properties": "ground",
                  "table-row-properties": "ground", "table-properties": "ground"}  # fmt: skip
PROPERTIES: Final = (*_BEHIND,)
"""Elements that say how a style looks."""
_BASE: Final = ""
"""Stands for the style that all paragraphs have to begin with."""


class OdtLooks:
    """The looks of styles by name; what a style does not say is that of its parent."""

    def __init__(self, styles: Element | None) -> None:
        self._looks: dict[str, OdtLook] = {}
        self._name = ""
        common = styles.find("styles") if styles is not None else None
        for style in common.children if common is not None else ():
            if style.name == "style" or style.attributes.get("family") == "paragraph":
                self.define(style.attributes)
                for properties in style.children:
                    if properties.name in _BEHIND:
                        self.add(properties.name, properties.attributes)

    def define(self, attributes: dict[str, str]) -> None:
        """The start of a style; what `add` is given belongs to it."""
        self._name = attributes.get("name", _BASE)
        parent = self._looks.get(attributes.get("parent-style-name", ""))
        if parent is not None:
            self._looks[self._name] = parent

    def add(self, kind: str, properties: dict[str, str]) -> None:
        """Properties of one of the kinds `PROPERTIES`, of the style that was begun last."""
        look = before = self._looks.get(self._name, NO_LOOK)
        behind = properties.get("background-color")
        if behind is not None:
            colour = None if behind == "transparent" else colour_of(behind) or UNKNOWN
            look = replace(look, shade=colour) if _BEHIND[kind] == "shade" else replace(look, ground=colour)
        if kind == "text-properties":
            look = _written(look, properties)
        if look is not before:
            self._looks[self._name] = look

    def of(self, style: str | None) -> OdtLook:
        """The look of a style."""
        return self._looks.get(style or _BASE, NO_LOOK)

    def of_paragraph(self, style: str | None) -> OdtLook:
        """The look of a style of paragraphs, with the colour that all of them have to begin with."""
        look = self.of(style)
        return look if look.ink is not None else replace(look, ink=self.of(_BASE).ink)


def _written(look: OdtLook, properties: dict[str, str]) -> OdtLook:
    """`look` with properties of text on top."""
    struck = properties.get("text-line-through-style", properties.get("text-line-through-type"))
    if struck is not None:
        look = replace(look, hidden=struck != "none")
    # LibreOffice writes an opacity of 0% beside the colour that the window has: there it says nothing.
    clear = (
        _CLEAR.fullmatch(properties.get("opacity", "")) and properties.get("use-window-font-color") != "true"
    )
    unseen = clear or _NARROW.fullmatch(properties.get("text-scale", ""))
    if (
        unseen
        or properties.get("display") in ("none", "condition")
        or _NO_SIZE.fullmatch(properties.get("font-size", ""))
    ):
        look = replace(look, hidden=True)
    if "color" in properties:
        look = replace(look, ink=colour_of(properties["color"]))
    if properties.get("use-window-font-color") == "true":
        look = replace(look, ink=UNKNOWN)
    place = properties.get("text-position", "").partition(" ")[0]
    if place:
        below = place == "sub" or place.startswith("-")
        look = replace(look, place=ON_LINE if place == "0%" else BELOW if below else ABOVE)
    return look
