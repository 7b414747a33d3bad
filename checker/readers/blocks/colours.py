"""Colours of text and of what lies behind it: text that hardly differs from its ground is seen by nobody."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

Colour = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""
WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
UNKNOWN: Final[Colour] = (-999, -999, -999)
"""A colour or a ground that is not known; such text, and everything on such a ground, is taken to be seen."""
_ALIKE: Final = 24
"""How far apart red, green and blue may be at most; the palest grey that is meant to be read is farther from white."""
_HEX: Final = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:ff)?", re.IGNORECASE)
_SHORT_HEX: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])f?", re.IGNORECASE)
_FUNCTION: Final = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)",
    re.IGNORECASE,
)
_LIGHTNESS: Final = re.compile(r"hsla?\([^)]*[\s,](100|0)%\s*(?:[,/]\s*1(?:\.0*)?\s*)?\)", re.IGNORECASE)
_NAMES: Final[dict[str, Colour]] = {
    "white": WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250),
    "azure": (240, 255, 255), "black": BLACK, "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "navy": (0, 0, 128), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "yellow": (255, 255, 0), "darkBlue": (0, 0, 128), "darkRed": (128, 0, 0), "darkGreen": (0, 128, 0),
}  # fmt: skip
"""Those whose text vanishes on paper, and the commonest grounds."""


@lru_cache(512)
def colour_of(text: str) -> Colour | None:
    """A colour as CSS, HTML or XML parts write it; None for one that is not known or not said.

    Args:
        text: `#fff`, `FFFFFF`, `rgb(255, 255, 255)` or a name.
    """
    written = text.strip()
    found = _HEX.fullmatch(written)
    if found:
        return (int(found[1], 16), int(found[2], 16), int(found[3], 16))
    found = _SHORT_HEX.fullmatch(written)
    if found:
        return (17 * int(found[1], 16), 17 * int(found[2], 16), 17 * int(found[3], 16))
    found = _FUNCTION.fullmatch(written)
    if found:
        return (min(int(found[1]), 255), min(int(found[2]), 255), min(int(found[3]), 255))
    found = _LIGHTNESS.fullmatch(written)
    if found:
        return WHITE if found[1] == "100" else BLACK
    return _NAMES.get(written) or _NAMES.get(written.lower())


@lru_cache(512)
def vanishes(text: Colour | None, ground: Colour | None) -> bool:
    """Whether text of a colour cannot be seen on its ground; what is not known is taken to be seen."""
    return (
        text is not None
        and ground is not None
        and UNKNOWN not in (text, ground)
        and max(abs(one - other) for one, other in zip(text, ground, strict=True)) <= _ALIKE
    )
