"""Marks beside a figure or a word: footnote numbers and the like, set above or below the line.

They become characters of their own (18³ for an 18 with a small 3), so that nobody takes them for a digit.
"""

from __future__ import annotations

from typing import Final

from checker.startup.records import dataclass

ABOVE, BELOW, ON_LINE = 1, -1, 0

_PLAIN: Final = "0123456789+-=()[]（）［］〔〕【】"
_SHIFTED: Final = {
    ON_LINE: {},
    ABOVE: str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾⁽⁾"),
    BELOW: str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₍₎₍₎₍₎₍₎₍₎"),
}


def shifted(text: str, where: int) -> str:
    """The text as it is written `ABOVE` or `BELOW` the line, or `ON_LINE` as it is."""
    return text.translate(_SHIFTED[where])


RIGHT_TO_LEFT, END_OF_DIRECTION = "\u202e", "\u202c"
"""Between them text is written the other way round."""
_BETWEEN: Final = "、"


def parted(before: str, text: str) -> str:
    """`text` as it follows `before` where the two are not known to be written as one: never one figure.

    A text box beside a figure, the parts of a fraction, and text that a page may have moved out of sight are such.
    """
    return _BETWEEN + text if before[-1:].isdecimal() and text[:1].isdecimal() else text


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks, as far as that says what a person reads.

    Attributes:
        hidden: it is not shown, or struck through.
        place: above, below or on the line.
    """

    hidden: bool = False
    place: int = ON_LINE

    def shown(self, text: str) -> str:
        """What a person reads of a text."""
        if self.hidden:
            return ""
        return shifted(text, self.place) if self.place else text


PLAIN: Final = Look()
