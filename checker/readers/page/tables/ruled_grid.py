"""Tables from their ruling lines: lines that touch form a grid, and missing walls merge its cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from checker.readers.limits import too_large
from checker.readers.page.ink import Box, Ruling
from checker.startup.records import dataclass

THIN: Final = 3.0
"""Thickest ruling in points; anything thicker is a filled area."""
_SHORTEST: Final = 4.0
"""Shorter lines are stray dots, when they are still so after dotted lines were put together."""
_REACH: Final = 3.0
"""How far ends of lines may miss each other and still meet for the eye."""
_SAME_EDGE: Final = 4.0
"""Lines nearer than this are one edge (double rules, cells drawn one by one); no character fits between."""
_OVERHANG: Final = 8.0
"""Lines that stick out farther than this beyond the last crossing line enclose a column without a frame."""
_ROW_ABOVE: Final = 1.3
"""Height of a row of one cell above others, in heights of the lowest of these, at most."""
_CROSSING_CHECKS: Final = 2_000_000


_Line = tuple[float, float, float]
"""Where a line stands on one axis, and where it starts and ends on the other."""


class GridCell(NamedTuple):
    """A cell of a grid; `row` and `column` count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int


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


def find_grids(rulings: Sequence[Ruling], most_cells: int) -> list[Grid]:
    """All grids on a page, from top to bottom; a frame around one cell is a grid too.

    Args:
        rulings: the lines of the page.
        most_cells: grid places that all grids together may have.

    Raises:
        UnreadableError: more grid places than that, or a web of lines that no table needs.
    """
    horizontal, vertical = _straightened(rulings)
    grids: list[Grid] = []
    for across, along in _meeting(horizontal, vertical):
        grid = _grid(across, along, most_cells)
        if grid is not None:
            most_cells -= (len(grid.xs) - 1) * (len(grid.ys) - 1)
            grids.append(grid)
    return sorted(grids, key=lambda grid: (-grid.ys[0], grid.xs[0]))


def rows_above(grids: Sequence[Grid], rulings: Sequence[Ruling]) -> list[Grid]:
    """Where a row of one cell may stand above a grid without a frame: no wall joins it to the others.

    Args:
        grids: the grids of a page.
        rulings: its lines.
    """
    unframed = [grid for grid in grids if not _is_framed(grid, rulings)]
    if not unframed:
        return []
    horizontal, _ = _straightened(rulings)
    return [row for grid in unframed if (row := _row_above(grid, horizontal, grids))]


def _is_framed(grid: Grid, rulings: Iterable[Ruling]) -> bool:
    left, bottom, right, top = grid.box
    return any(
        line.right - line.left <= THIN < line.top - line.bottom
        and min(abs(line.left - left), abs(line.right - right)) <= _SAME_EDGE
        and bottom - _REACH <= line.bottom
        and line.top <= top + _REACH
        for line in rulings
    )


def _row_above(grid: Grid, horizontal: Iterable[_Line], grids: Sequence[Grid]) -> Grid | None:
    """The place between the top of a grid and a line as wide that is about a row away."""
    left, _, right, top = grid.box
    farthest = _ROW_ABOVE * min(upper - lower for upper, lower in pairwise(grid.ys))
    heights = [
        at
        for at, start, end in horizontal
        if _SAME_EDGE < at - top < farthest and max(abs(start - left), abs(end - right)) <= _SAME_EDGE
    ]
    if not heights or any(other.box[1] < min(heights) - _SAME_EDGE and top < other.box[3] for other in grids):
        return None
    return Grid((left, right), (min(heights), top), (GridCell(0, 0, 1, 1),), (False,), (False,))


def horizontal_rules(rulings: Iterable[Ruling]) -> list[float]:
    """Heights of the horizontal lines that are long enough to part rows."""
    return [at for at, start, end in _straightened(rulings)[0] if end - start > _ROW_RULE]


_ROW_RULE: Final = 100.0


def _straightened(rulings: Iterable[Ruling]) -> tuple[list[_Line], list[_Line]]:
    """Horizontal and vertical lines, pieces of one line joined."""
    horizontal: list[_Line] = []
    vertical: list[_Line] = []
    for left, bottom, right, top in rulings:
        width, height = right - left, top - bottom
        # A dot, thin both ways, may belong to either.
        if height <= THIN:
            horizontal.append(((bottom + top) / 2, left, right))
        if width <= THIN:
            vertical.append(((left + right) / 2, bottom, top))
    return _joined(horizontal), _joined(vertical)


def _joined(lines: list[_Line]) -> list[_Line]:
    """Pieces that continue or overlap each other as single lines, ordered by position."""
    joined: list[_Line] = []
    lines.sort()
    position = 0
    while position < len(lines):
        at = lines[position][0]
        after = bisect_right(lines, at + 1.0, position, key=itemgetter(0))
        pieces = sorted([(start, end) for _, start, end in lines[position:after]])
        position = after
        start, end = pieces[0]
        for piece_start, piece_end in pieces:
            if piece_start > end + _REACH:
                if end - start >= _SHORTEST:
                    joined.append((at, start, end))
                start, end = piece_start, piece_end
            elif piece_end > end:
                end = piece_end
        if end - start >= _SHORTEST:
            joined.append((at, start, end))
    return joined


def _meeting(horizontal: list[_Line], vertical: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that hang together, each as its horizontal and its vertical lines."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    positions = [at for at, _, _ in vertical]
    checks = 0
    for index, (at, start, end) in enumerate(horizontal):
        first = bisect_left(positions, start - _REACH)
        last = bisect_right(positions, end + _REACH)
        checks += last - first
        if checks > _CROSSING_CHECKS:
            raise too_large("的一页上线条过多")
        mine = root(index)
        for other in range(first, last):
            _, low, high = vertical[other]
            if low - _REACH <= at <= high + _REACH and parent[len(horizontal) + other] != mine:
                parent[root(len(horizontal) + other)] = mine
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for index, line in enumerate(horizontal):
        groups.setdefault(root(index), ([], []))[0].append(line)
    for index, line in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + index), ([], []))[1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _edges(lines: Iterable[float]) -> list[float]:
    """Rising positions, those of one edge as their mean."""
    groups: list[list[float]] = []
    for at in sorted(lines):
        if groups and at - groups[-1][0] <= _SAME_EDGE:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _with_ends(edges: list[float], crossing: Sequence[_Line]) -> list[float]:
    """`edges` and the ends of the lines across them, where these stick out: an unframed side."""
    start, end = min(line[1] for line in crossing), max(line[2] for line in crossing)
    before = [start] if not edges or start < edges[0] - _OVERHANG else []
    after = [end] if not edges or end > edges[-1] + _OVERHANG else []
    return before + edges + after


def _grid(horizontal: list[_Line], vertical: list[_Line], most_cells: int) -> Grid | None:
    xs = _with_ends(_edges(at for at, _, _ in vertical), horizontal)
    rising = _with_ends(_edges(at for at, _, _ in horizontal), vertical)
    columns, rows = len(xs) - 1, len(rising) - 1
    if columns < 1 or rows < 1:
        return None
    if columns * rows > most_cells:
        raise too_large("的表格过大")
    ys = rising[::-1]
    walls = _walls(vertical, xs, rising)
    floors = _walls(horizontal, rising, xs)
    # Both rise with the page, rows fall.
    right = [bytes(row) for row in zip(*walls[1:], strict=True)][::-1]
    cells = _cells(right, [bytes(floor) for floor in floors[rows - 1 :: -1]])
    return Grid(
        tuple(xs),
        tuple(ys),
        tuple(cells),
        open_top=tuple(not closed for closed in floors[rows]),
        open_bottom=tuple(not closed for closed in floors[0]),
    )


def widened(grid: Grid, before: Grid) -> Grid:
    """`grid` with the columns that its part on the page before had further left or right.

    Browsers leave out the outer frame of a merged cell that a page cuts; on that page the column then
    stands outside the grid. It comes back as one cell, as high as the grid. `grid` itself is returned
    when it is not the rest of `before` in this way.
    """
    left, _, right, _ = before.box
    missing_left = abs(grid.xs[0] - left) > _SAME_EDGE
    missing_right = abs(grid.xs[-1] - right) > _SAME_EDGE
    if missing_left == missing_right or not any(grid.open_top):
        return grid
    inner = grid.xs[0] if missing_left else grid.xs[-1]
    if not any(abs(edge - inner) <= _SAME_EDGE for edge in before.xs[1:-1]):
        return grid
    rows = len(grid.ys) - 1
    if missing_left:
        moved = tuple(GridCell(c.row, c.column + 1, c.row_span, c.column_span) for c in grid.cells)
        cells = (GridCell(0, 0, rows, 1), *moved)
        return Grid((left, *grid.xs), grid.ys, cells, (True, *grid.open_top), (True, *grid.open_bottom))
    cells = (*grid.cells, GridCell(0, len(grid.xs) - 1, rows, 1))
    return Grid((*grid.xs, right), grid.ys, cells, (*grid.open_top, True), (*grid.open_bottom, True))


def _walls(lines: Iterable[_Line], edges: list[float], stations: list[float]) -> list[bytearray]:
    """For every edge, which of the intervals between `stations` a line on it covers by more than half."""
    covered = [bytearray(len(stations) - 1) for _ in edges]
    middles = [(low + high) / 2 for low, high in pairwise(stations)]
    for at, start, end in lines:
        index = bisect_left(edges, at - _SAME_EDGE)
        if index + 1 < len(edges) and edges[index + 1] - at < at - edges[index]:
            index += 1
        first, last = bisect_left(middles, start), bisect_right(middles, end)
        covered[min(index, len(edges) - 1)][first:last] = b"\x01" * (last - first)
    return covered


def _cells(right: Sequence[bytes], below: Sequence[bytes]) -> list[GridCell]:
    """Cells as the largest rectangles without an inner wall, from the top left onwards.

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
