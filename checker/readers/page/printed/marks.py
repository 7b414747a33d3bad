"""Small figures above or below the line, behind a larger character: numbers of footnotes, no digits of a number."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.marks import ABOVE, BELOW, shifted
from checker.readers.page.printed.ink import Glyph

_DIGITS: Final = frozenset("0123456789")
_SMALLER: Final = 0.8
"""Part of the height of the character in front; digits of another font on the line are hardly lower than that."""
_OFF_LINE: Final = 0.15
"""How far above or below the edge of that character, in its heights."""
_NEAR: Final = 0.5
"""Gap to that character, in its heights."""


def mark_shifted(glyphs: list[Glyph]) -> None:
    """Turn such figures into characters of their own, in place."""
    base: Glyph | None = None
    end = 0.0
    for index, glyph in enumerate(glyphs):
        char, left, bottom, right, top = glyph
        if base is not None and char in _DIGITS and (top - bottom) < _SMALLER * (base[4] - base[2]):
            height = base[4] - base[2]
            if -_NEAR * height < left - end < _NEAR * height and base[2] - height < bottom < base[4]:
                if bottom > base[2] + _OFF_LINE * height:
                    glyphs[index] = (shifted(char, ABOVE), left, bottom, right, top)
                    end = right
                    continue
                if top < base[4] - 2 * _OFF_LINE * height and bottom < base[2] - _OFF_LINE * height / 2:
                    glyphs[index] = (shifted(char, BELOW), left, bottom, right, top)
                    end = right
                    continue
        base, end = glyph, right
