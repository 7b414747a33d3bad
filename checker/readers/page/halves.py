"""Two pages printed side by side on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.printed.ink import PageInk
from checker.readers.page.printed.lines import Run, rows_of

_GUTTER: Final = (0.35, 0.65)
"""Where, as parts of the page width, the empty strip between two pages printed side by side may lie."""
_GUTTER_WIDTH: Final = 12.0
_FEWEST_LINES: Final = 5
"""A half page with fewer lines is no page of its own."""


def gutter(ink: PageInk, runs: Sequence[Run], expected: float) -> float | None:
    """Where the empty strip between two pages printed side by side lies, None when there is none.

    Args:
        ink: the sheet.
        runs: its text.
        expected: where it lay on the sheet before, 0 when there was none. A last page may be nearly empty.
    """
    low, high = ink.width * _GUTTER[0], ink.width * _GUTTER[1]
    inked = [(run.left, run.right) for run in runs if run.right > low and run.left < high]
    inked += [(line.left, line.right) for line in ink.rulings if line.right > low and line.left < high]
    if expected and not any(left < expected < right for left, right in inked):
        return expected
    covered, best, width = low, None, _GUTTER_WIDTH
    for left, right in sorted([*inked, (high, high)]):
        if left - covered > width:
            # Mostly the sheet is halved; then equal places on both pages have equal coordinates.
            half = ink.width / 2
            best, width = (half if covered < half < left else (left + covered) / 2), left - covered
        covered = max(covered, right)
    if best is None:
        return None
    return best if all(_is_page(ink, runs, side, best) for side in (True, False)) else None


def _is_page(ink: PageInk, runs: Sequence[Run], on_left: bool, middle: float) -> bool:  # noqa: FBT001  # private
    """Whether one half is filled like a page: lines that reach its right edge, or a table."""
    rows = rows_of(run for run in runs if (run.right <= middle) == on_left)
    figures = sum(not any(run.em for run in row) for row in rows)
    if len(rows) < _FEWEST_LINES or figures * 2 > len(rows):
        # A half with hardly anything but figures is a part of a table.
        return False
    if any((line.right <= middle) == on_left for line in ink.rulings):
        return ink.width > ink.height
    edge = max(row[-1].right for row in rows)
    full = sum(row[-1].right > edge - 2 * (row[0].top - row[0].bottom) for row in rows)
    return full * 2 >= len(rows) or (ink.width > ink.height and full * 4 >= len(rows))
