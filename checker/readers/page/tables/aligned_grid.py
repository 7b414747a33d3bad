"""Tables without vertical lines: columns where enough lines of text leave the same gaps.

Only what is beyond doubt becomes a table; everything else stays lines of text. Horizontal lines, where
there are some, tell which lines of text share a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.lines import Run
from checker.readers.page.tables.ruled_grid import Grid, GridCell
from checker.startup.records import dataclass, replace

_CHUNK_GAP: Final = 0.7
"""Gap, in font heights, that parts two cells."""
_FIGURE_GAP: Final = 0.4
"""The same between two numbers, which have no gaps within."""
_FEWEST_COLUMNS: Final = 3
FEWEST_ROWS: Final = 3
"""Rows with all their cells that make columns certain."""
_MOST: Final = 0.9
"""Part of these rows that must agree on where the columns are."""
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


def align(lines: Sequence[Sequence[Run]], frame: Grid) -> Grid | None:
    """The table in a frame that has lines between its rows only, None where its columns are not certain."""
    grid = _grid([_text_row(line) for line in lines], frame.ys)
    if grid is None or len(grid.ys) != len(frame.ys):
        return None
    return replace(grid, xs=(frame.xs[0], *grid.xs[1:-1], frame.xs[-1]), ys=frame.ys)


def _text_row(line: Sequence[Run]) -> _TextRow:
    height = max(run.top - run.bottom for run in line)
    pieces = [(line[0].left, line[0].right)]
    for before, run in pairwise(line):
        figures = before.text[-1].isdigit() and run.text[0].isdigit()
        if run.left - before.right > height * (_FIGURE_GAP if figures else _CHUNK_GAP):
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


def _grid(lines: Sequence[_TextRow], rules: Sequence[float]) -> Grid | None:
    rows = _between_rules(lines, rules) if len(rules) >= FEWEST_ROWS else list(lines)
    counts = Counter(len(row.pieces) for row in rows if len(row.pieces) >= _FEWEST_COLUMNS)
    width, seen = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if seen < FEWEST_ROWS or (len(rows) == len(lines) and _may_be_wrapped(rows, width)):
        return None
    full = _typical([row.pieces for row in rows if len(row.pieces) == width])
    if len(full) < max(FEWEST_ROWS, _MOST * seen):
        return None
    columns = [
        (min(pieces[number][0] for pieces in full), max(pieces[number][1] for pieces in full))
        for number in range(width)
    ]
    if any(after[0] <= before[1] for before, after in pairwise(columns)):
        return None
    left = min(row.pieces[0][0] for row in rows) - _MARGIN
    right = max(row.pieces[-1][1] for row in rows) + _MARGIN
    between = [(upper.bottom + lower.top) / 2 for upper, lower in pairwise(rows)]
    walls = (left, *((before[1] + after[0]) / 2 for before, after in pairwise(columns)), right)
    cells = [cell for number, row in enumerate(rows) for cell in _cells(number, row, columns, walls)]
    closed = (False,) * width
    return Grid(
        walls,
        (rows[0].top + _MARGIN, *between, rows[-1].bottom - _MARGIN),
        tuple(cells),
        closed,
        closed,
    )


def _typical(rows: Sequence[tuple[tuple[float, float], ...]]) -> list[tuple[tuple[float, float], ...]]:
    """The rows whose pieces keep out of the places that their neighbours have in most rows."""
    starts = [_middle(left for left, _ in column) for column in zip(*rows, strict=True)]
    ends = [_middle(right for _, right in column) for column in zip(*rows, strict=True)]
    return [
        row
        for row in rows
        if all(right < start for (_, right), start in zip(row[:-1], starts[1:], strict=True))
        and all(left > end for (left, _), end in zip(row[1:], ends[:-1], strict=True))
    ]


def _middle(values: Iterable[float]) -> float:
    """One of the middle values; the standard median costs 15 ms to import."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _between_rules(lines: Sequence[_TextRow], rules: Sequence[float]) -> list[_TextRow]:
    """Lines of text that no rule parts, as one row each."""
    groups: list[list[_TextRow]] = []
    for line in lines:
        if groups and not any(line.middle < rule < groups[-1][-1].middle for rule in rules):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_one_row(group) for group in groups]


def _one_row(group: Sequence[_TextRow]) -> _TextRow:
    """Several lines as one row; pieces above each other are one."""
    merged: list[tuple[float, float]] = []
    for left, right in sorted(piece for line in group for piece in line.pieces):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return _TextRow(tuple(merged), min(line.bottom for line in group), max(line.top for line in group))


def _may_be_wrapped(rows: Sequence[_TextRow], width: int) -> bool:
    """Whether a line that fills few columns right under another may be the rest of its cells."""
    return any(
        min(len(before.pieces), len(row.pieces)) < width
        and before.middle - row.middle < _SINGLE_LINE * max(before.height, row.height)
        for before, row in pairwise(rows)
    )


def _cells(
    number: int, row: _TextRow, columns: Sequence[tuple[float, float]], walls: Sequence[float]
) -> list[GridCell]:
    """The cells of one row; a piece that reaches over several columns, or stands alone, spans them.

    So does a piece between the texts of two columns: no wall may cut it.
    """
    if len(row.pieces) == 1 and row.pieces[0][0] > columns[0][1]:
        return [GridCell(number, 0, 1, len(columns))]
    spanned: set[int] = set()
    for left, right in row.pieces:
        met = [
            index
            for index, column in enumerate(columns)
            if (left < column[1] and right > column[0])
            or (left < walls[index + 1] - _MARGIN and right > walls[index] + _MARGIN)
        ]
        spanned.update(met[1:])
    starts = [index for index in range(len(columns)) if index not in spanned]
    return [GridCell(number, start, 1, end - start) for start, end in pairwise([*starts, len(columns)])]
