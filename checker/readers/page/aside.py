"""A column of short lines beside the text: the menu of a printed web page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import FULL_LINE

_FEWEST_FULL: Final = 2
"""Lines over the whole width of the text that show where it begins."""
_BESIDE: Final = 1.0
"""Widths of an ideograph between the column and the text, at least."""
_WIDEST: Final = 0.35
"""Part of the width from the column to the end of the text that a line of the column takes at most."""
_FEWEST_ENTRIES: Final = 2
_MOST_ENTRIES: Final = 40
"""Lines that a menu has on a page."""


def parted(rows: Sequence[list[Run]]) -> tuple[list[list[Run]], list[list[Run]]]:
    """The lines of a page without what stands in a column at their left, and that column's lines.

    Args:
        rows: lines from top to bottom, each from left to right.
    """
    start = _start(rows)
    if start is None:
        return list(rows), []
    beside = [[run for run in row if run.right < start - _BESIDE * run.em and run.em] for row in rows]
    aside = [runs for runs in beside if runs]
    if not aside or not _is_column(rows, beside, start):
        return list(rows), []
    text = [[run for run in row if run not in runs] for row, runs in zip(rows, beside, strict=True)]
    return [row for row in text if row], aside


def _start(rows: Sequence[list[Run]]) -> float | None:
    """Where the lines of running text begin, None where there are too few or something else is as far left."""
    texts = [row[-1] for row in rows if row[-1].em]
    right = max((run.right for run in texts), default=0.0)
    full = [run for run in texts if run.right > right - FULL_LINE * run.em]
    starts = Counter(round(run.left) for run in full)
    common = [left for left, count in starts.items() if count + starts[left + 1] + starts[left - 1] > 1]
    if len(full) < _FEWEST_FULL or not common:
        return None
    return float(min(common))


def _is_column(rows: Sequence[list[Run]], beside: Sequence[list[Run]], start: float) -> bool:
    """Whether what stands left of `start` is a column of short lines, some of them beside lines of text."""
    runs = [run for line in beside for run in line]
    left = min(run.left for run in runs)
    width = max(row[-1].right for row in rows) - left
    level = sum(len(line) == 1 and len(row) > 1 for row, line in zip(rows, beside, strict=True))
    numbers = [number for number, line in enumerate(beside) if line]
    between = [row for row in rows[numbers[0] : numbers[-1] + 1] if row[-1].left >= start]
    return (
        _FEWEST_ENTRIES <= len(runs) <= _MOST_ENTRIES
        and all(len(line) <= 1 for line in beside)
        and all(run.right - run.left < _WIDEST * width for run in runs)
        and (level > 0 or len(between) > 0)
        and 4 * _BESIDE * max(run.em for run in runs) < start - left < width / 2
    )
