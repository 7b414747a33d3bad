"""What styles of OpenDocument texts say: automatic numbers, and letters that are not shown or off the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE, PLAIN, Look
from checker.readers.blocks.numbering import Level, ListCounter
from checker.readers.raw.safe_xml import Element, whole_number
from checker.startup.lazy_re import compile_later
from checker.startup.records import replace

_LEVELS: Final = 10
_COUNTER_MARK: Final = re.compile(r"%(\d{1,2})%")
_FORMATS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle", "甲": "ideographTraditional", "子": "ideographZodiac", "": "none",
}  # fmt: skip
"""Number formats by the first character of their description, such as `一, 二, 三, ...`."""
_OUTLINE: Final = "outline"
_NO_SIZE: Final = compile_later(r"0*(?:\.\d+)?(?:cm|mm|in|%)|0*[01]?(?:\.\d+)?pt")
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


class OdtLooks:
    """The looks of styles by name; what a style does not say is that of its parent."""

    def __init__(self, styles: Element | None) -> None:
        self._looks: dict[str, Look] = {}
        self._name = ""
        common = styles.find("styles") if styles is not None else None
        for style in common.all("style") if common is not None else ():
            self.define(style.attributes)
            for properties in style.all("text-properties"):
                self.add(properties.attributes)

    def define(self, attributes: dict[str, str]) -> None:
        """The start of a style; what `add` is given belongs to it."""
        self._name = attributes.get("name", "")
        parent = self._looks.get(attributes.get("parent-style-name", ""))
        if parent is not None:
            self._looks[self._name] = parent

    def add(self, properties: dict[str, str]) -> None:
        """The text properties of the style that was begun last."""
        look = self._looks.get(self._name, PLAIN)
        struck = properties.get("text-line-through-style", properties.get("text-line-through-type"))
        if struck is not None:
            look = replace(look, hidden=struck != "none")
        if properties.get("display") == "none" or _NO_SIZE.fullmatch(properties.get("font-size", "")):
            look = replace(look, hidden=True)
        place = properties.get("text-position", "").partition(" ")[0]
        if place:
            below = place == "sub" or place.startswith("-")
            look = replace(look, place=ON_LINE if place == "0%" else BELOW if below else ABOVE)
        if look is not PLAIN:
            self._looks[self._name] = look

    def hidden(self, style: str | None) -> bool:
        """Whether text of the style is not shown."""
        return style in self._looks and self._looks[style].hidden

    def place(self, style: str | None, outer: int) -> int:
        """Where text of the style stands, `outer` if the style does not say."""
        return self._looks[style].place if style in self._looks else outer
