"""Tables without vertical lines: columns where enough lines of text leave the same gaps.

Only what is beyond doubt becomes a table; everything else stays lines of text. Horizontal lines, where
there are some, tell which lines of text share a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from checker.readers.page.printed.geometry import (
    Span,
    are_apart,
    frame_of,
    grouped,
    middle_value,
    overlap,
    walls_between,
)
from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import FARTHEST_ROWS, FEWEST_COLUMNS, MARGIN, SINGLE_SPACED
from checker.readers.page.tables.filling import Filling, Found, filled
from checker.readers.page.tables.grid import Grid, build_rows
from checker.startup.records import replace

_CHUNK_GAP: Final = 0.7
"""Gap, in font heights, that parts two cells."""
_FIGURE_GAP: Final = 0.4
"""The same between two numbers, which have no gaps within."""
FEWEST_ROWS: Final = 3
"""Rows with all their cells that make columns certain."""
_AGREEING: Final = 0.9
"""Part of these rows that must agree on where the columns are."""


class _GapRow(NamedTuple):
    """A line of text, or several of one row, as the pieces that gaps part."""

    pieces: Sequence[Span]
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def find_aligned(lines: Sequence[Sequence[Run]], rules: Sequence[float]) -> list[Found]:
    """Tables among lines of text.

    Args:
        lines: the lines from top to bottom, each from left to right.
        rules: heights of horizontal lines.
    """
    rows = [_row_of(line) for line in lines]
    return [
        Found(first, last, filled(grid, lines[first:last]))
        for first, last in _stretches(rows)
        if (grid := _grid(rows[first:last], rules))
    ]


def align(lines: Sequence[Sequence[Run]], frame: Grid) -> Filling | None:
    """The table in a frame that has lines between its rows only, None where its columns are not certain."""
    grid = _grid([_row_of(line) for line in lines], frame.ys)
    if grid is None or len(grid.ys) != len(frame.ys):
        return None
    return filled(replace(grid, xs=(frame.xs[0], *grid.xs[1:-1], frame.xs[-1]), ys=frame.ys), lines)


def _row_of(line: Sequence[Run]) -> _GapRow:
    _, bottom, _, top = frame_of([run.box for run in line])
    height = max(run.height for run in line)

    def is_near(piece: list[Run], run: Run) -> bool:
        figures = piece[-1].text[-1].isdigit() and run.text[0].isdigit()
        return run.left - piece[-1].right <= height * (_FIGURE_GAP if figures else _CHUNK_GAP)

    return _GapRow([(piece[0].left, piece[-1].right) for piece in grouped(line, is_near)], bottom, top)


def _stretches(rows: Sequence[_GapRow]) -> list[tuple[int, int]]:
    """Runs of rows that begin and end with several pieces and hold no line of running text."""
    stretches: list[tuple[int, int]] = []
    is_open = False
    for index, row in enumerate(rows):
        if is_open:
            first, end = stretches[-1]
            near = rows[index - 1].middle - row.middle < FARTHEST_ROWS * (row.top - row.bottom)
            is_open = near and (len(row.pieces) > 1 or 2 * _width(row) < _width(rows[end - 1]))
            if is_open and len(row.pieces) > 1:
                stretches[-1] = (first, index + 1)
        if not is_open and len(row.pieces) > 1:
            stretches.append((index, index + 1))
            is_open = True
    return stretches


def _width(row: _GapRow) -> float:
    return row.pieces[-1][1] - row.pieces[0][0]


def _grid(lines: Sequence[_GapRow], rules: Sequence[float]) -> Grid | None:
    rows = _between_rules(lines, rules) if len(rules) >= FEWEST_ROWS else list(lines)
    counts = Counter(len(row.pieces) for row in rows if len(row.pieces) >= FEWEST_COLUMNS)
    width, seen = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if seen < FEWEST_ROWS or (len(rows) == len(lines) and _may_be_wrapped(rows, width)):
        return None
    full = _typical([row.pieces for row in rows if len(row.pieces) == width])
    columns = [
        (min(left for left, _ in column), max(right for _, right in column))
        for column in zip(*full, strict=True)
    ]
    if len(full) < max(FEWEST_ROWS, _AGREEING * seen) or not are_apart(columns):
        return None
    left = min(row.pieces[0][0] for row in rows) - MARGIN
    right = max(row.pieces[-1][1] for row in rows) + MARGIN
    walls = [left, *walls_between(columns), right]
    between = [(upper.bottom + lower.top) / 2 for upper, lower in pairwise(rows)]
    ys = [rows[0].top + MARGIN, *between, rows[-1].bottom - MARGIN]
    return build_rows(walls, ys, [_merged(row, columns, walls) for row in rows])


def _typical(rows: Sequence[Sequence[Span]]) -> list[Sequence[Span]]:
    """The rows whose pieces keep out of the places that their neighbours have in most rows."""
    starts = [middle_value(left for left, _ in column) for column in zip(*rows, strict=True)]
    ends = [middle_value(right for _, right in column) for column in zip(*rows, strict=True)]
    return [
        row
        for row in rows
        if all(right < start for (_, right), start in zip(row, starts[1:], strict=False))
        and all(left > end for (left, _), end in zip(row[1:], ends, strict=False))
    ]


def _between_rules(lines: Sequence[_GapRow], rules: Sequence[float]) -> list[_GapRow]:
    """Lines of text that no rule parts, as one row each; pieces above each other are one."""

    def is_level(group: list[_GapRow], line: _GapRow) -> bool:
        return not any(line.middle < rule < group[-1].middle for rule in rules)

    rows: list[_GapRow] = []
    for group in grouped(lines, is_level):
        pieces: list[Span] = []
        for left, right in sorted(piece for line in group for piece in line.pieces):
            if pieces and left < pieces[-1][1]:
                pieces[-1] = (pieces[-1][0], max(right, pieces[-1][1]))
            else:
                pieces.append((left, right))
        rows.append(_GapRow(pieces, min(line.bottom for line in group), max(line.top for line in group)))
    return rows


def _may_be_wrapped(rows: Sequence[_GapRow], width: int) -> bool:
    """Whether a line that fills few columns right under another may be the rest of its cells."""
    return any(
        min(len(before.pieces), len(row.pieces)) < width
        and before.middle - row.middle < SINGLE_SPACED * max(before.top - before.bottom, row.top - row.bottom)
        for before, row in pairwise(rows)
    )


def _merged(row: _GapRow, columns: Sequence[Span], walls: Sequence[float]) -> list[tuple[int, int]]:
    """Cells of a row that span columns: where a piece reaches over these, or stands alone beyond the first.

    So does a piece between the texts of two columns: no wall may cut it.
    """
    if len(row.pieces) == 1 and row.pieces[0][0] > columns[0][1]:
        return [(0, len(columns))]
    inner = [(left + MARGIN, right - MARGIN) for left, right in pairwise(walls)]
    spans = []
    for piece in row.pieces:
        met = [
            index
            for index, (column, cell) in enumerate(zip(columns, inner, strict=True))
            if overlap(piece, column) or overlap(piece, cell)
        ]
        spans += [(met[0], met[-1] + 1)] if met else []
    return spans
