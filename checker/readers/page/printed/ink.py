"""What is printed on a page, whatever the file format: placed characters and ruling lines."""

from __future__ import annotations

from typing import NamedTuple

from checker.readers.page.printed.geometry import Box
from checker.startup.records import dataclass, field

Glyph = tuple[str, float, float, float, float]
"""A character with its left, bottom, right and top in points; as high as the font, not as its ink.

A bare tuple, for a document has tens of thousands of them.
"""


class Ruling(NamedTuple):
    """A thin straight line, horizontal or vertical, given as the box it fills."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class PageInk:
    """One page, turned so that its text reads from left to right.

    Attributes:
        number: page number in the file, from 1.
        width: in points.
        height: in points.
        glyphs: in drawing order.
        rulings: lines that may frame tables.
        shift: how far right on the sheet it begins: the second of two pages printed side by side.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    shift: float = 0.0

    def part(self, left: float, right: float) -> PageInk:
        """The page that is printed between two positions of this sheet, with coordinates of its own."""
        return PageInk(
            self.number,
            right - left,
            self.height,
            [
                (char, x - left, bottom, end - left, top)
                for char, x, bottom, end, top in self.glyphs
                if left <= x < right
            ],
            [
                Ruling(line.left - left, line.bottom, line.right - left, line.top)
                for line in self.rulings
                if left <= line.left < right
            ],
            left,
        )


def rotate(box: Box, turns: int, width: float, height: float) -> Box:
    """`box` on a page of `width` and `height` after `turns` clockwise quarter turns of that page."""
    left, bottom, right, top = box
    if turns == 1:
        return (bottom, width - right, top, width - left)
    if turns == 2:  # noqa: PLR2004  # half a turn
        return (width - right, height - top, width - left, height - bottom)
    if turns == 3:  # noqa: PLR2004  # one turn counter-clockwise
        return (height - top, left, height - bottom, right)
    return box
