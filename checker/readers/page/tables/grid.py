"""The builder: a grid from the edges of columns and rows that a recogniser proposes, and where these are closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checker.readers.page.printed.geometry import Box
from checker.startup.records import dataclass


class GridCell(NamedTuple):
    """A cell of a grid; `row` and `column` count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int


class RowEdge(NamedTuple):
    """Where a row begins or ends: its height, and for each column whether a cell ends there."""

    at: float
    closed: Sequence[bool | int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's skeleton.

    Attributes:
        xs: column edges from left to right.
        ys: row edges from top to bottom, so falling numbers.
        cells: in reading order; together they cover the grid.
        open_top: for each column, whether no line closes it above: it goes on from another page.
        open_bottom: for each column, whether no line closes it below.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: tuple[bool, ...]
    open_bottom: tuple[bool, ...]

    @property
    def box(self) -> Box:
        """The whole grid."""
        return (self.xs[0], self.ys[-1], self.xs[-1], self.ys[0])

    def cell_box(self, cell: GridCell) -> Box:
        """The place of one cell."""
        return (
            self.xs[cell.column],
            self.ys[cell.row + cell.row_span],
            self.xs[cell.column + cell.column_span],
            self.ys[cell.row],
        )


def build(xs: Iterable[float], edges: Sequence[RowEdge], walls: Iterable[Iterable[bool | int]]) -> Grid:
    """The grid whose cells are the largest rectangles without a wall inside.

    Args:
        xs: column edges from left to right.
        edges: row edges from top to bottom.
        walls: for each row and each of its columns, whether something parts it from the next column.
    """
    return Grid(
        tuple(xs),
        tuple(edge.at for edge in edges),
        tuple(_cells([bytes(row) for row in walls], [bytes(edge.closed) for edge in edges[1:]])),
        open_top=tuple(not closed for closed in edges[0].closed),
        open_bottom=tuple(not closed for closed in edges[-1].closed),
    )


def build_rows(xs: Sequence[float], ys: Iterable[float], spans: Iterable[Iterable[tuple[int, int]]]) -> Grid:
    """The grid of rows that nothing cuts: cells may only be merged with those beside them.

    Args:
        xs: column edges from left to right.
        ys: row edges from top to bottom.
        spans: for each row the first column and the one after the last of its merged cells.
    """
    columns = len(xs) - 1
    walls = []
    for row in spans:
        inside = {column for first, end in row for column in range(first, end - 1)}
        walls.append([column not in inside for column in range(columns)])
    return build(xs, [RowEdge(y, (True,) * columns) for y in ys], walls)


def _cells(right: Sequence[bytes], below: Sequence[bytes]) -> list[GridCell]:
    """Cells from the top left onwards.

    Args:
        right: for each row from the top, 1 for every place with a wall at its right.
        below: likewise, 1 for every place with a wall below.
    """
    rows, columns = len(right), len(right[0])
    taken = [bytearray(columns) for _ in range(rows)]
    cells: list[GridCell] = []
    for row in range(rows):
        walls, covered = right[row], taken[row]
        end = 0
        while (column := covered.find(0, end)) >= 0:
            end = column + 1
            while end < columns and not walls[end - 1] and not covered[end]:
                end += 1
            bottom = row + 1
            while (
                bottom < rows
                and below[bottom - 1].find(1, column, end) < 0
                and right[bottom].find(1, column, end - 1) < 0
                and taken[bottom].find(1, column, end) < 0
            ):
                taken[bottom][column:end] = b"\x01" * (end - column)
                bottom += 1
            cells.append(GridCell(row, column, bottom - row, end - column))
    return cells
