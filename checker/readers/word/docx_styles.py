"""Paragraph styles and list definitions of a DOCX: properties that a paragraph inherits."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from checker.readers.blocks.colours import BLACK, UNKNOWN, WHITE, Colour, colour_of
from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE
from checker.readers.blocks.numbering import Level, ListCounter
from checker.readers.limits import Limits
from checker.readers.raw.ooxml import WORD
from checker.readers.raw.safe_xml import Element, local_name, read_tree, whole_number
from checker.readers.raw.xml_events import Attributes
from checker.readers.word.docx_style_sheet import StyleSheet
from checker.startup.records import dataclass, replace

_HEADING_NAME: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_COUNTER_MARK: Final = re.compile(r"%([1-9])")
_NO_OUTLINE: Final = 9
_LEVELS: Final = 9
_VALUE: Final = f"{WORD[0]} val"
_LINKS: Final = 8
"""How many list definitions may refer to one another before they count as a ring."""


def switched_on(text: str | None) -> bool:
    """Whether an on/off property is on; one without a value is."""
    return text not in ("0", "false", "off", "none")


HIDING: Final = ("vanish", "specVanish", "strike", "dstrike")
"""Properties of text that is not shown, or that somebody has struck through."""


CLEAR: Final[Colour] = (-1, -1, -1)
"""Of letters through which one sees what is behind them."""
_ALL_BUT_CLEAR: Final = 95_000
"""Thousandths of a percent of transparency from which on letters are not seen."""
_OF_THEME: Final = {"bg1": WHITE, "lt1": WHITE, "tx1": BLACK, "dk1": BLACK}
_LIGHT: Final = frozenset(("background1", "light1"))
"""Colours of a theme that are those of the paper."""


def attribute(attributes: Attributes, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if name == "val" and _VALUE in attributes:
        return attributes[_VALUE]
    return next((text for key, text in attributes.items() if local_name(key) == name), None)


def ink_of(attributes: Attributes) -> Colour | None:
    """What a `color` says; None for the automatic one, which is seen on any ground."""
    if attribute(attributes, "themeColor") in _LIGHT:
        return WHITE
    return colour_of(attribute(attributes) or "")


def fill_of(fill: Element) -> Colour | None:
    """What a `textFill` (of Word 2010) fills letters with; `CLEAR` for nothing."""
    kind = fill.children[0] if fill.children else fill
    colour = kind.children[0] if kind.name == "solidFill" and kind.children else None
    if kind.name == "noFill":
        return CLEAR
    if colour is None:
        return UNKNOWN
    if whole_number(colour.value("alpha"), 0) >= _ALL_BUT_CLEAR:
        return CLEAR
    name = colour.attributes.get("val", "")
    return colour_of(name) if colour.name == "srgbClr" else _OF_THEME.get(name, UNKNOWN)


def shade_of(attributes: Attributes) -> Colour | None:
    """The ground that a `shd` makes, None if it makes none."""
    pattern, fill = attribute(attributes), attribute(attributes, "fill") or "auto"
    if pattern == "solid":
        return colour_of(attribute(attributes, "color") or "") or BLACK
    if pattern not in (None, "clear", "nil"):
        return UNKNOWN
    if fill == "auto":
        return None if attribute(attributes, "themeFill") is None else UNKNOWN
    return colour_of(fill) or UNKNOWN


def vertical_place(text: str | None) -> int:
    """Where a value of `vertAlign` puts text: above, below or on the line."""
    return {"superscript": ABOVE, "subscript": BELOW}.get(text or "", ON_LINE)


@dataclass(frozen=True, slots=True)
class DocxStyle:
    """Properties of a style, inherited ones included.

    Attributes:
        heading: outline level from 1, None for body text.
        number_id: the list its paragraphs belong to, None if they belong to none.
        level: level in that list, from 0.
        hidden_by: the properties that keep its text from being shown.
        place: whether its text stands above, below or on the line.
        ink: colour of its text, None for the automatic one.
        shade: colour behind its text, None if it has none.
        ground: colour behind its paragraphs, None if they have none.
        table_shade: whether tables of the style have shaded cells.
    """

    heading: int | None = None
    number_id: str | None = None
    level: int = 0
    hidden_by: frozenset[str] = frozenset()
    place: int = ON_LINE
    ink: Colour | None = None
    shade: Colour | None = None
    ground: Colour | None = None
    table_shade: bool = False


class DocxStyles:
    """The styles of a document by their id.

    Args:
        data: the styles part, None if the document has none.
        limits: bounds for the part.
    """

    def __init__(self, data: bytes | None, limits: Limits) -> None:
        self._sheet = StyleSheet(data or b"<styles/>", limits)
        self._base = _changed(DocxStyle(), self._sheet.base) if self._sheet.base else DocxStyle()
        self._known: dict[str, DocxStyle] = {}
        self._of_paragraphs: dict[str | None, DocxStyle] = {}

    def paragraph(self, name: str | None) -> DocxStyle:
        """The style of a paragraph; without a name, or with an unknown one, the default style."""
        style = self._of_paragraphs.get(name)
        if style is None:
            known = name if name is not None and name in self._sheet else self._sheet.default
            style = self._of_paragraphs[name] = self._resolve(known, self._base)
        return style

    def named(self, name: str | None) -> DocxStyle:
        """Any style by its id; an unknown one has no properties."""
        known = self._known.get(name or "")
        if known is None:
            known = self._known[name or ""] = self._resolve(name or "", DocxStyle())
        return known

    def _resolve(self, name: str, style: DocxStyle) -> DocxStyle:
        """`style` with what a style and its ancestors say on top."""
        ancestry: list[str] = []
        current: str | None = name
        while current is not None and current in self._sheet and current not in ancestry:
            ancestry.append(current)
            current = self._sheet[current].value("basedOn")
        for ancestor in reversed(ancestry):
            style = _changed(style, self._sheet[ancestor])
        return style


def _changed(style: DocxStyle, element: Element) -> DocxStyle:
    """`style` with the properties of a descendant on top."""
    named = _HEADING_NAME.fullmatch((element.value("name") or "").strip())
    if named:
        style = replace(style, heading=int(named[1]))
    outline = whole_number(element.value("pPr", "outlineLvl"), -1)
    if outline >= 0:
        style = replace(style, heading=outline + 1 if outline < _NO_OUTLINE else None)
    number_id = element.value("pPr", "numPr", "numId")
    if number_id is not None:
        style = replace(style, number_id=None if number_id == "0" else number_id)
    level = whole_number(element.value("pPr", "numPr", "ilvl"), -1)
    if level >= 0:
        style = replace(style, level=level)
    for name in HIDING:
        if element.find("rPr", name) is not None:
            hides = switched_on(element.value("rPr", name))
            style = replace(style, hidden_by=style.hidden_by | {name} if hides else style.hidden_by - {name})
    if element.find("rPr", "vertAlign") is not None:
        style = replace(style, place=vertical_place(element.value("rPr", "vertAlign")))
    return _coloured(style, element)


def _coloured(style: DocxStyle, element: Element) -> DocxStyle:
    """`style` with the colours of a descendant on top."""
    ink, shade, ground = (element.find(*path) for path in (("rPr", "color"), ("rPr", "shd"), ("pPr", "shd")))
    fill = element.find("rPr", "textFill")
    if ink is not None:
        style = replace(style, ink=ink_of(ink.attributes))
    if fill is not None:
        style = replace(style, ink=fill_of(fill))
    if shade is not None:
        style = replace(style, shade=shade_of(shade.attributes))
    if ground is not None:
        style = replace(style, ground=shade_of(ground.attributes))
    parts = (element, *element.all("tblStylePr"))
    if any(part.find(name, "shd") for part in parts for name in ("tblPr", "tcPr")):
        style = replace(style, table_shade=True)
    return style


@dataclass(frozen=True, slots=True)
class _Use:
    """One list of a document: the definition it follows, and the numbers it starts with instead."""

    definition: str
    levels: dict[int, Element]
    starts: dict[int, int]


class AutomaticNumbers:
    """Hands out automatic numbers, paragraph by paragraph.

    Lists that follow the same definition count on together, unless one of them names another start.

    Args:
        data: the numbering part, None if the document has none.
        limits: bounds for the part.
    """

    def __init__(self, data: bytes | None, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        if data and (data.count(b"<") > limits.depth or b"!" in data):
            _ = self._root  # it may be too large, or hold what is refused
        self._counters: dict[str, ListCounter] = {}
        self._levels: dict[str, list[Level]] = {}
        self._levels_of_styles: dict[str, dict[str, int]] = {}
        self._begun: set[str] = set()

    @cached_property
    def _root(self) -> Element:
        """The part; it is parsed when a paragraph has a number, which in most files none has."""
        return read_tree(self._data, self._limits) if self._data else Element("", {})

    @cached_property
    def _definitions(self) -> dict[str, Element]:
        return {
            element.attributes.get("abstractNumId", ""): element for element in self._root.all("abstractNum")
        }

    @cached_property
    def _uses(self) -> dict[str, _Use]:
        return {element.attributes.get("numId", ""): _read_use(element) for element in self._root.all("num")}

    def label(self, number_id: str, level: int) -> str:
        """What stands before the text of the next paragraph: number and punctuation, empty for bullets.

        Args:
            number_id: the list the paragraph belongs to.
            level: its level, from 0.
        """
        use = self._uses.get(number_id)
        if use is None:
            return ""
        levels = self._levels.get(number_id)
        if levels is None:
            levels = self._levels[number_id] = self._read_levels(use)
        counter = self._counters.setdefault(use.definition, ListCounter(levels))
        if number_id not in self._begun:
            self._begun.add(number_id)
            for restarted, value in use.starts.items():
                counter.restart(restarted, value)
        return counter.next_label(level, levels)

    def label_of(
        self, style_name: str | None, style: DocxStyle, number_id: str | None, level: int | None
    ) -> str:
        """What stands before a paragraph: the number of its own list, else of its style's.

        Args:
            style_name: its style.
            style: the same, resolved.
            number_id: the list it belongs to itself, None if it names none.
            level: its level there, None if it names none.
        """
        used = style.number_id if number_id is None else number_id
        if used is None or used == "0":
            return ""
        if level is None and number_id is None:
            level = self.level_of_style(used, style_name)
            level = style.level if level is None else level
        return self.label(used, level or 0)

    def level_of_style(self, number_id: str, style: str | None) -> int | None:
        """The level a list keeps for paragraphs of a style, None if it keeps none."""
        use = self._uses.get(number_id)
        if use is None:
            return None
        levels = self._levels_of_styles.get(use.definition)
        if levels is None:
            levels = self._levels_of_styles[use.definition] = {
                element.value("pStyle") or "": whole_number(element.attributes.get("ilvl"), 0)
                for element in self._definition(use.definition).all("lvl")
            }
        return levels.get(style) if style else None

    def _definition(self, name: str) -> Element:
        """A list definition, following links to the definition of a list style."""
        element = self._definitions.get(name)
        for _ in range(_LINKS):
            link = element.value("numStyleLink") if element else None
            if link is None:
                break
            element = next(
                (other for other in self._definitions.values() if other.value("styleLink") == link), None
            )
        return element or Element("", {})

    def _read_levels(self, use: _Use) -> list[Level]:
        elements = {
            whole_number(element.attributes.get("ilvl"), -1): element
            for element in self._definition(use.definition).all("lvl")
        }
        elements.update(use.levels)
        return [_read_level(elements.get(level)) for level in range(_LEVELS)]


def _read_use(element: Element) -> _Use:
    levels: dict[int, Element] = {}
    starts: dict[int, int] = {}
    for override in element.all("lvlOverride"):
        level = whole_number(override.attributes.get("ilvl"), -1)
        redefined = override.find("lvl")
        if redefined is not None:
            levels[level] = redefined
        start = whole_number(override.value("startOverride"), -1)
        if start >= 0:
            starts[level] = start
    return _Use(element.value("abstractNumId") or "", levels, starts)


def _read_level(element: Element | None) -> Level:
    if element is None:
        return Level("none", ())
    pattern: list[str | int] = []
    for index, part in enumerate(_COUNTER_MARK.split(element.value("lvlText") or "")):
        pattern.append(int(part) - 1 if index % 2 else part)
    style = element.value("numFmt") or "decimal"
    return Level(
        style,
        tuple(pattern),
        start=whole_number(element.value("start"), 0),
        restarts=element.value("lvlRestart") != "0",
        legal=element.find("isLgl") is not None and switched_on(element.value("isLgl")),
    )
