"""Texts of cells in XLSX, whose runs may look differently, and the colours that styles and runs have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from checker.readers.blocks.colours import BLACK, UNKNOWN, WHITE, Colour, colour_of, vanishes
from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE, PLAIN, Look
from checker.readers.raw.safe_xml import Element
from checker.startup.records import replace

RICH_TEXT: Final = frozenset(("r", "strike", "sz", "vertAlign", "color", "t", "rPh"))
"""Elements that a `RichText` takes."""
_TOO_SMALL: Final = re.compile(r"0*[01]?(?:\.\d+)?")
"""Points of letters that nobody sees."""
_WHITENS: Final = re.compile(r"0?\.9[2-9]\d*|1(?:\.0*)?")
"""Tints that make any colour as light as paper."""
_INDEXED: Final = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "65": WHITE}
_THEME: Final = {"0": WHITE, "1": BLACK}

Runs = Sequence[tuple[str, Colour | None]]
"""Texts with the colour of each, None for that of its cell."""


def colour_in(attributes: Mapping[str, str]) -> Colour | None:
    """What an element such as `color` or `fgColor` says; None for a colour that is not known."""
    tint = attributes.get("tint", "0").lstrip("-")
    if _WHITENS.fullmatch(attributes.get("tint", "")):
        return WHITE
    if "rgb" in attributes:
        return colour_of(attributes["rgb"][-6:])
    if "theme" in attributes and (tint.startswith("0.0") or "." not in tint):
        return _THEME.get(attributes["theme"])
    return _INDEXED.get(attributes.get("indexed", ""))


def ground_of(fill: Element) -> Colour:
    """The colour behind the cells of a `fill`."""
    pattern = fill.find("patternFill")
    if pattern is None:
        return UNKNOWN if fill.children else WHITE
    kind = pattern.attributes.get("patternType", "none")
    colour = pattern.find("fgColor")
    if kind == "none":
        return WHITE
    return (colour_in(colour.attributes) if colour and kind == "solid" else None) or UNKNOWN


def shown_on(runs: Runs, ink: Colour | None, ground: Colour) -> tuple[str, bool]:
    """What a person reads of the runs in a cell with an ink of its own, and whether a run is not seen."""
    seen = [text for text, own in runs if not vanishes(own or ink, ground)]
    lost = len(seen) < len(runs) and any(text.strip() and vanishes(own or ink, ground) for text, own in runs)
    return "".join(seen), lost


def changed_look(look: Look, name: str, attributes: Mapping[str, str]) -> Look:
    """A look with one more property of a font: `strike`, `sz` or `vertAlign`."""
    value = attributes.get("val")
    if name == "sz":
        return replace(look, hidden=True) if value and _TOO_SMALL.fullmatch(value) else look
    if name == "strike":
        return replace(look, hidden=value not in ("0", "false"))
    return replace(look, place={"superscript": ABOVE, "subscript": BELOW}.get(value or "", ON_LINE))


class RichText:
    """Collects one text, run by run; readings in small print above it (`rPh`) are left out.

    Attributes:
        hides: whether a text was left out as nobody sees it, or somebody has struck it through.
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[str, Colour | None]] = []
        self._look = PLAIN
        self._ink: Colour | None = None
        self.hides = False
        self._open = {"t": 0, "rPh": 0}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """The start of one of the `RICH_TEXT` elements."""
        if name in self._open:
            self._open[name] += 1
        elif name == "r":
            self._look, self._ink = PLAIN, None
        elif name == "color":
            self._ink = colour_in(attributes) or UNKNOWN
        else:
            self._look = changed_look(self._look, name, attributes)

    def end(self, name: str) -> None:
        """The end of any element."""
        if name in self._open:
            self._open[name] -= 1

    def text(self, text: str) -> None:
        """Characters between elements."""
        if self._open["t"] and not self._open["rPh"]:
            self.hides = self.hides or (self._look.hidden and not text.isspace())
            self._pieces.append((self._look.shown(text), self._ink))

    def take(self) -> Runs:
        """The whole text; what comes next is another one."""
        whole, self._pieces = self._pieces, []
        self._look, self._ink = PLAIN, None
        return whole
