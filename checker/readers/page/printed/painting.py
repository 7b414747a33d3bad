"""What is painted on a page, one thing over the other, and which text nobody sees.

Such a text has the colour of its ground, or lies under something that was painted later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.readers.blocks.colours import UNKNOWN, WHITE, Colour, vanishes
from checker.readers.page.printed.geometry import Box

_BAND: Final = 24.0
"""Height of the strips of a page by which things above one another are found."""
_STEPS: Final = 200_000
"""Comparisons for one page; what comes after them is taken to be seen."""
_MARGIN: Final = 1.0
"""Points by which the box of a text may be larger than what covers it: boxes are as high as the font."""
_LOWEST, _HIGHEST = -50, 1000


class _PaintedArea(NamedTuple):
    box: Box
    colour: Colour


class _PaintedText(NamedTuple):
    box: Box
    key: int


class Painting:
    """Takes what is painted, in its order.

    Attributes:
        unseen: keys of the texts that nobody sees.
    """

    def __init__(self) -> None:
        self.unseen: set[int] = set()
        self._areas: dict[int, list[_PaintedArea]] = {}
        self._texts: dict[int, list[_PaintedText]] = {}
        self._steps = 0

    def fill(self, box: Box, colour: Colour, *, covers: bool) -> None:
        """An area is filled; one that covers all of its box hides what lies under it."""
        area = _PaintedArea(box, colour if covers else UNKNOWN)
        for band in _bands(box):
            self._areas.setdefault(band, []).append(area)
            for text in self._texts.get(band, ()) if covers else ():
                self._steps += 1
                if self._steps > _STEPS:
                    return
                if _holds(box, text.box):
                    self.unseen.add(text.key)

    def text(self, box: Box, ink: Colour | None, key: int) -> None:
        """A text is written in a colour, None for one that is not known."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if vanishes(ink, self._ground(x, y)):
            self.unseen.add(key)
            return
        for band in _bands(box):
            self._texts.setdefault(band, []).append(_PaintedText(box, key))

    def _ground(self, x: float, y: float) -> Colour:
        for area in reversed(self._areas.get(int(y // _BAND), ())):
            self._steps += 1
            if self._steps > _STEPS:
                return UNKNOWN
            left, bottom, right, top = area.box
            if left <= x <= right and bottom <= y <= top:
                return area.colour
        return WHITE


def _bands(box: Box) -> Iterator[int]:
    first, last = (min(max(int(y // _BAND), _LOWEST), _HIGHEST) for y in (box[1], box[3]))
    return iter(range(first, last + 1))


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - _MARGIN <= inner[0]
        and outer[1] - _MARGIN <= inner[1]
        and inner[2] <= outer[2] + _MARGIN
        and inner[3] <= outer[3] + _MARGIN
    )
