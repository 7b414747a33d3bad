"""Tables without vertical lines: columns where enough lines of text leave the same gaps.

Only what is beyond doubt becomes a table; everything else stays lines of text. Horizontal lines, where
there are some, tell which lines of text share a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page_text import Run
from checker.readers.ruled_grid import Grid, GridCell
from checker.records import dataclass

_CHUNK_GAP: Final = 0.9
"""Gap, in font heights, that parts two cells."""
_FEWEST_COLUMNS: Final = 3
_FEWEST_ROWS: Final = 3
"""Rows with all their cells that make columns certain."""
_FARTHEST: Final = 4.0
"""Distance of two rows of a table, in font heights, at most."""
_SINGLE_LINE: Final = 1.35
"""Distance of lines, in font heights, up to which they may be lines of one cell."""
_MARGIN: Final = 2.0


@dataclass(frozen=True, slots=True)
class _TextRow:
    """A line of text as the pieces that gaps part, each with its left and right edge."""

    pieces: tuple[tuple[float, float], ...]
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


def find_aligned(lines: Sequence[Sequence[Run]], rules: Sequence[float]) -> list[tuple[int, int, Grid]]:
    """Tables among lines of text.

    Args:
        lines: the lines from top to bottom, each from left to right.
        rules: heights of horizontal lines.

    Returns:
        For each table the index of its first line, the index after its last, and its grid.
    """
    rows = [_text_row(line) for line in lines]
    found: list[tuple[int, int, Grid]] = []
    for first, last in _stretches(rows):
        grid = _grid(rows[first:last], rules)
        if grid is not None:
            found.append((first, last, grid))
    return found


def _text_row(line: Sequence[Run]) -> _TextRow:
    height = max(run.top - run.bottom for run in line)
    pieces = [(line[0].left, line[0].right)]
    for before, run in pairwise(line):
        if run.left - before.right > height * _CHUNK_GAP:
            pieces.append((run.left, run.right))
        else:
            pieces[-1] = (pieces[-1][0], run.right)
    return _TextRow(tuple(pieces), min(run.bottom for run in line), max(run.top for run in line))


def _stretches(rows: Sequence[_TextRow]) -> list[tuple[int, int]]:
    """Runs of rows that begin and end with several pieces and hold no line of running text."""
    stretches: list[tuple[int, int]] = []
    first = last = -1
    for index, row in enumerate(rows):
        near = first >= 0 and rows[index - 1].middle - row.middle < _FARTHEST * row.height
        several = len(row.pieces) > 1
        if first >= 0 and (not near or not (several or _is_short(row, rows[last]))):
            stretches.append((first, last + 1))
            first = -1
        if several:
            first = index if first < 0 else first
            last = index
    if first >= 0:
        stretches.append((first, last + 1))
    return stretches


def _is_short(row: _TextRow, other: _TextRow) -> bool:
    width = row.pieces[-1][1] - row.pieces[0][0]
    return width < (other.pieces[-1][1] - other.pieces[0][0]) / 2


def _grid(rows: Sequence[_TextRow], rules: Sequence[float]) -> Grid | None:
    counts = Counter(len(row.pieces) for row in rows if len(row.pieces) >= _FEWEST_COLUMNS)
    if not counts:
        return None
    width, seen = max(counts.items(), key=lambda item: (item[1], item[0]))
    if seen < _FEWEST_ROWS:
        return None
    full = [row for row in rows if len(row.pieces) == width]
    columns = [
        (min(row.pieces[number][0] for row in full), max(row.pieces[number][1] for row in full))
        for number in range(width)
    ]
    least = 0.3 * full[0].height
    if any(after[0] - before[1] < least for before, after in pairwise(columns)):
        return None
    groups = _groups(rows, rules, width)
    if groups is None:
        return None
    left = min(row.pieces[0][0] for row in rows) - _MARGIN
    right = max(row.pieces[-1][1] for row in rows) + _MARGIN
    xs = (left, *((before[1] + after[0]) / 2 for before, after in pairwise(columns)), right)
    between = [
        (min(row.bottom for row in upper) + max(row.top for row in lower)) / 2 for upper, lower in pairwise(groups)
    ]
    ys = (max(row.top for row in groups[0]) + _MARGIN, *between, min(row.bottom for row in groups[-1]) - _MARGIN)
    cells = [cell for number, group in enumerate(groups) for cell in _cells(number, group, columns)]
    closed = (False,) * width
    return Grid(xs, ys, tuple(cells), closed, closed)


def _groups(rows: Sequence[_TextRow], rules: Sequence[float], width: int) -> list[list[_TextRow]] | None:
    """Lines of text by table rows, None when it cannot be told which belong together."""
    groups: list[list[_TextRow]] = [[rows[0]]]
    for before, row in pairwise(rows):
        ruled = any(row.middle < rule < before.middle for rule in rules)
        if ruled or len(rules) < _FEWEST_ROWS:
            groups.append([row])
        else:
            groups[-1].append(row)
    if len(groups) == len(rows):
        # Without lines, a line that fills few columns right under another may be the rest of its cells.
        tight = any(
            min(len(before.pieces), len(row.pieces)) < width
            and before.middle - row.middle < _SINGLE_LINE * max(before.height, row.height)
            for before, row in pairwise(rows)
            if not any(row.middle < rule < before.middle for rule in rules)
        )
        return None if tight else groups
    if any(sum(len(row.pieces) == width for row in group) > 1 for group in groups):
        return None
    return groups


def _cells(number: int, group: Sequence[_TextRow], columns: Sequence[tuple[float, float]]) -> list[GridCell]:
    """The cells of one row; a piece that reaches over several columns spans them."""
    joined = [False] * len(columns)
    for row in group:
        for left, right in row.pieces:
            met = [index for index, column in enumerate(columns) if left < column[1] and right > column[0]]
            for index in met[1:]:
                joined[index] = True
    starts = [index for index, to_left in enumerate(joined) if not to_left]
    return [
        GridCell(number, start, 1, end - start) for start, end in pairwise([*starts, len(columns)])
    ]
