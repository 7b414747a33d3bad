"""Texts of cells in a table whose columns are known but not drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.ink import Glyph
from checker.readers.page.lines import Run
from checker.startup.records import dataclass

OFF_CENTRE: Final = 1.5
"""Points by which centred text may miss the middle of its cell."""
LINE_GAP: Final = 0.4
"""Largest gap, in font heights, between two lines of one cell."""
_FIGURE: Final = "0123456789０１２３４５６７８９.．,，+-－%％"
_SIGNS: Final = "+-－"
_CLEAR: Final = 0.25
"""Smallest gap, in font heights, between the texts of two cells."""
_SEAM: Final = 0.08
"""Gap, in font heights, at which two digits may be of two numbers."""
_TWICE: Final = 2.0
"""How much wider than the usual gap of a text one is that parts it."""
_OVERHANG: Final = 0.15
"""Part of a font height by which a character may stick out over a column edge."""


@dataclass(slots=True)
class Piece:
    """Text of one line without gaps at column edges, and the columns over which it stands."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first: int
    last: int

    @property
    def is_figure(self) -> bool:
        """Whether it is nothing but a number."""
        return not self.text.strip(_FIGURE)

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return (self.bottom + self.top) / 2


def pieces_of(run: Run, glyphs: Sequence[Glyph], xs: Sequence[float]) -> list[Piece] | None:
    """A run, parted where it has a clear gap at a column edge.

    Args:
        run: the run.
        glyphs: the characters of the page.
        xs: column edges.

    Returns:
        Its pieces, None where a gap may lie in a number or between two.
    """
    height = run.top - run.bottom
    overhang = height * _OVERHANG
    shown = [glyph for glyph in glyphs[run.first : run.last] if not glyph[0].isspace()]
    gaps = sorted(after[1] - before[3] for before, after in pairwise(shown))
    # Letters set apart have the same gaps everywhere.
    clear = max(height * _CLEAR, _TWICE * gaps[len(gaps) // 2]) if gaps else 0.0
    pieces: list[Piece] = []
    column_before = 0
    for char, left, _, right, _ in shown:
        first, last = bisect_right(xs, left + overhang) - 1, bisect_right(xs, right - overhang) - 1
        before = pieces[-1] if pieces else None
        apart = before is not None and first > before.last and left - before.right > clear
        if before is None or (apart and not (char in _FIGURE and before.text[-1] in _FIGURE)):
            pieces.append(Piece(char, left, right, run.bottom, run.top, first, max(first, last)))
        else:
            if (char.isdigit() or char in _SIGNS) and first > column_before:
                gap = left - before.right > height * _SEAM
                if before.text[-1] not in _FIGURE or (gap and before.text[-1].isdigit()):
                    return None
            before.text += char
            before.right, before.last = max(before.right, right), max(before.last, last)
        column_before = bisect_right(xs, (left + right) / 2) - 1
    return pieces


def middle_of(block: Sequence[Piece]) -> float:
    """Height of the centre of a text of several pieces."""
    return (max(piece.top for piece in block) + min(piece.bottom for piece in block)) / 2


def tiles(
    extents: Sequence[tuple[float, float]], xs: Sequence[float], first: int, last: int
) -> list[tuple[int, int]] | None:
    """Cells side by side with a text in the middle of each.

    Args:
        extents: left and right end of each text, rising.
        xs: column edges.
        first: first column to cover.
        last: last column to cover.

    Returns:
        First and last column for each text, None where they do not cover just these columns.
    """
    spans: list[tuple[int, int]] = []
    for left, right in extents:
        end = left + right - xs[first]
        column = bisect_right(xs, end + 2 * OFF_CENTRE) - 2
        if not first <= column <= last or abs(xs[column + 1] - end) > 2 * OFF_CENTRE:
            return None
        spans.append((first, column))
        first = column + 1
    return spans if spans and first == last + 1 else None
