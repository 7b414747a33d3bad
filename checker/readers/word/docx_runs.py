"""How the text of a run in a DOCX looks, as far as that says what a person reads."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.colours import UNKNOWN, Colour, colour_of, vanishes
from checker.readers.blocks.marks import ABOVE, BELOW, shifted
from checker.readers.raw.safe_xml import Element, local_name, whole_number
from checker.readers.raw.xml_events import Attributes
from checker.readers.word.docx_styles import (
    CLEAR,
    HIDING,
    DocxStyle,
    DocxStyles,
    attribute,
    fill_of,
    ink_of,
    shade_of,
    switched_on,
    vertical_place,
)
from checker.startup.records import dataclass

RUN_PROPERTIES: Final = (
    *HIDING, "vertAlign", "position", "sz", "rStyle", "color", "highlight", "w",
)  # fmt: skip
_NARROWEST: Final = 10
"""Percent of their width below which letters are strokes."""
_LEGIBLE: Final = 4
"""Half points: what is smaller than two points nobody sees."""
_OFF_LINE: Final = 6
"""Half points by which text must be raised or lowered to be a mark; whole cells are moved by less."""
_SMALL: Final = 14
"""Half points: letters of a mark are no larger; tables are not set in 7 points."""


@dataclass(slots=True)
class RunLook:
    """The look of one run.

    Attributes:
        hidden_by: the properties that keep its text from being shown.
        place: above, below or on the line.
        shift: half points by which it is raised, less than 0 if it is lowered.
        size: half points of its letters, None if they are those of the paragraph.
        ink: their colour, None for the automatic one.
        shade: colour behind them, None if that of the paragraph shows.
        fill: what they are filled with instead of `ink`, None if with nothing else.
        outlined: a line is drawn around them, which is seen whatever fills them.
    """

    hidden_by: frozenset[str] = frozenset()
    place: int = 0
    shift: int = 0
    size: int | None = None
    ink: Colour | None = None
    shade: Colour | None = None
    fill: Colour | None = None
    outlined: bool = False

    @classmethod
    def of(cls, style: DocxStyle) -> RunLook:
        """The look of a run in a paragraph of a style, before any property of its own."""
        return cls(style.hidden_by, style.place, ink=style.ink, shade=style.shade)

    def take(self, name: str, attributes: Attributes, styles: DocxStyles) -> None:
        """One of the `RUN_PROPERTIES`, or `shd`, in the order of the file."""
        value = attribute(attributes)
        if name == "rStyle":
            style = styles.named(value)
            self.hidden_by |= style.hidden_by
            self.place = style.place or self.place
            self.ink, self.shade = style.ink or self.ink, style.shade or self.shade
        elif name == "vertAlign":
            self.place = vertical_place(value)
        elif name == "position":
            raised = whole_number(value, 0)
            self.shift = raised or -whole_number((value or "").removeprefix("-"), 0)
        elif name == "color":
            self.ink = ink_of(attributes)
        elif name == "shd":
            self.shade = shade_of(attributes)
        elif name == "highlight":
            self.shade = None if value == "none" else colour_of(value or "") or UNKNOWN
        elif _hides(name, value):
            self.hidden_by |= {name}
        else:
            self.hidden_by -= {name}
        if name == "sz":
            self.size = whole_number(value, _SMALL + 1)

    def affect(self, effect: Element) -> None:
        """What `TextEffects` has gathered."""
        if effect.name == "textFill":
            self.fill = fill_of(effect)
        else:
            self.outlined = any(child.name in ("solidFill", "gradFill") for child in effect.children)

    def note(self, own_mark: str | None) -> None:
        """A note is referred to; if the author gave it a mark, the rest of the run is that, wherever it stands."""
        if own_mark is not None and switched_on(own_mark):
            self.place = ABOVE

    def hides(self, ground: Colour) -> bool:
        """Whether nobody sees text in this run on that ground, or somebody has struck it through."""
        if self.hidden_by:
            return True
        ink = self.ink if self.fill is None else self.fill
        if ink is None or self.outlined:
            return False
        return ink == CLEAR or vanishes(ink, self.shade or ground)

    def shown(self, text: str) -> str:
        """Text in this run as it stands on, above or below the line."""
        place = self.place
        if self.size is not None and self.size <= _SMALL and abs(self.shift) >= _OFF_LINE:
            place = ABOVE if self.shift > 0 else BELOW
        return shifted(text, place) if place else text


class TextEffects:
    """Gathers the elements with which Word 2010 fills and outlines letters."""

    NAMES: Final = (
        "textFill",
        "textOutline",
        "noFill",
        "solidFill",
        "gradFill",
        "srgbClr",
        "schemeClr",
        "alpha",
    )

    def __init__(self) -> None:
        self._open: list[Element] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """One of `NAMES` begins."""
        element = Element(name, {local_name(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        if self._open or name in self.NAMES[:2]:
            self._open.append(element)

    def end(self) -> Element | None:
        """One of them ends: the whole fill or outline if it does."""
        if not self._open:
            return None
        element = self._open.pop()
        return None if self._open else element


def _hides(name: str, value: str | None) -> bool:
    if name in HIDING:
        return switched_on(value)
    return whole_number(value, 100) < (_NARROWEST if name == "w" else _LEGIBLE)
