"""Tables with rules around their cells: rules that touch are a grid, and missing ones merge its cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, TypeVar

from checker.readers.limits import too_large
from checker.readers.page.printed.geometry import edges_of, is_same_edge
from checker.readers.page.printed.ink import Ruling
from checker.readers.page.printed.measures import SAME_EDGE, THIN
from checker.readers.page.tables.grid import Grid, GridCell, RowEdge, build

_SHORTEST: Final = 4.0
"""Shorter lines are stray dots, when they are still so after dotted lines were put together."""
_REACH: Final = 3.0
"""How far ends of lines may miss each other and still meet for the eye."""
_STICKS_OUT: Final = 8.0
"""Lines that stick out farther than this beyond the last crossing line enclose a column without a frame."""
_ROW_ABOVE: Final = 1.3
"""Height of a row of one cell above others, in heights of the lowest of these, at most."""
_ROW_RULE: Final = 100.0
"""Shorter horizontal lines part no rows of text."""
_CROSSING_CHECKS: Final = 2_000_000
"""Pairs of lines looked at on a page; a web of more is no table."""

T = TypeVar("T")
_Line = tuple[float, float, float]
"""Where a line stands on one axis, and where it starts and ends on the other."""


def find_ruled(rulings: Sequence[Ruling], most_cells: int) -> list[Grid]:
    """All grids on a page, from top to bottom; a frame around one cell is a grid too.

    Args:
        rulings: the lines of the page.
        most_cells: grid places that all grids together may have.

    Raises:
        UnreadableError: more grid places than that, or a web of lines that no table needs.
    """
    grids: list[Grid] = []
    for across, along in _meeting(*_straightened(rulings)):
        xs, ys = _edges(along, across), _edges(across, along)
        places = (len(xs) - 1) * (len(ys) - 1)
        if places > most_cells:
            raise too_large("的表格过大")
        if places:
            grids.append(_grid(xs, ys, across, along))
            most_cells -= places
    return sorted(grids, key=lambda grid: (-grid.ys[0], grid.xs[0]))


def rows_above(grids: Sequence[Grid], rulings: Sequence[Ruling]) -> list[Grid]:
    """Where a row of one cell may stand above a grid without a frame: no wall joins it to the others.

    Args:
        grids: the grids of a page.
        rulings: its lines.
    """
    unframed = [grid for grid in grids if not _is_framed(grid, rulings)]
    horizontal = _straightened(rulings)[0] if unframed else []
    return [row for grid in unframed if (row := _row_above(grid, horizontal, grids))]


def horizontal_rules(rulings: Iterable[Ruling]) -> list[float]:
    """Heights of the horizontal lines that are long enough to part rows."""
    return [at for at, start, end in _straightened(rulings)[0] if end - start > _ROW_RULE]


def widened(grid: Grid, before: Grid) -> Grid:
    """`grid` with the columns that its part on the page before had further left or right.

    Browsers leave out the outer frame of a merged cell that a page cuts; on that page the column then
    stands outside the grid. It comes back as one cell, as high as the grid. `grid` itself is returned
    when it is not the rest of `before` in this way.
    """
    left, _, right, _ = before.box
    at_left, at_right = not is_same_edge(grid.xs[0], left), not is_same_edge(grid.xs[-1], right)
    inner = grid.xs[0] if at_left else grid.xs[-1]
    known = any(is_same_edge(edge, inner) for edge in before.xs[1:-1])
    if at_left == at_right or not known or not any(grid.open_top):
        return grid
    outer = GridCell(0, 0 if at_left else len(grid.xs) - 1, len(grid.ys) - 1, 1)
    moved = [cell._replace(column=cell.column + at_left) for cell in grid.cells]

    def put(value: T, others: Iterable[T]) -> tuple[T, ...]:
        return (value, *others) if at_left else (*others, value)

    xs = put(left if at_left else right, grid.xs)
    return Grid(xs, grid.ys, put(outer, moved), put(True, grid.open_top), put(True, grid.open_bottom))  # noqa: FBT003


def _is_framed(grid: Grid, rulings: Iterable[Ruling]) -> bool:
    left, bottom, right, top = grid.box
    return any(
        line.right - line.left <= THIN < line.top - line.bottom
        and (is_same_edge(line.left, left) or is_same_edge(line.right, right))
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
        if SAME_EDGE < at - top < farthest and is_same_edge(start, left) and is_same_edge(end, right)
    ]
    if not heights or any(other.box[1] < min(heights) - SAME_EDGE and top < other.box[3] for other in grids):
        return None
    return build((left, right), [RowEdge(min(heights), (True,)), RowEdge(top, (True,))], [(True,)])


def _straightened(rulings: Iterable[Ruling]) -> tuple[list[_Line], list[_Line]]:
    """Horizontal and vertical lines, pieces of one line joined."""
    horizontal: list[_Line] = []
    vertical: list[_Line] = []
    for left, bottom, right, top in rulings:
        # A dot, thin both ways, may belong to either.
        if top - bottom <= THIN:
            horizontal.append(((bottom + top) / 2, left, right))
        if right - left <= THIN:
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
        whole: list[list[float]] = []
        for start, end in sorted([(start, end) for _, start, end in lines[position:after]]):
            if not whole or start > whole[-1][1] + _REACH:
                whole.append([start, end])
            elif end > whole[-1][1]:
                whole[-1][1] = end
        joined += [(at, start, end) for start, end in whole if end - start >= _SHORTEST]
        position = after
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
    for index, line in enumerate([*horizontal, *vertical]):
        groups.setdefault(root(index), ([], []))[index >= len(horizontal)].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _edges(lines: Iterable[_Line], crossing: Sequence[_Line]) -> list[float]:
    """Where lines stand, rising, and the ends of the lines across them that stick out: an unframed side."""
    edges = [sum(edge) / len(edge) for edge in edges_of(line[0] for line in lines)]
    start, end = min(line[1] for line in crossing), max(line[2] for line in crossing)
    before = [start] if start < edges[0] - _STICKS_OUT else []
    after = [end] if end > edges[-1] + _STICKS_OUT else []
    return before + edges + after


def _grid(xs: list[float], ys: list[float], horizontal: list[_Line], vertical: list[_Line]) -> Grid:
    floors = _walls(horizontal, ys, xs)
    walls = zip(*_walls(vertical, xs, ys)[1:], strict=True)
    # Both rise with the page, rows fall.
    edges = [RowEdge(at, closed) for at, closed in zip(ys, floors, strict=True)]
    return build(xs, edges[::-1], list(walls)[::-1])


def _walls(lines: Iterable[_Line], edges: list[float], stations: list[float]) -> list[bytearray]:
    """For every edge, which of the intervals between `stations` a line on it covers by more than half."""
    covered = [bytearray(len(stations) - 1) for _ in edges]
    middles = [(low + high) / 2 for low, high in pairwise(stations)]
    for at, start, end in lines:
        index = min(bisect_left(edges, at - SAME_EDGE), len(edges) - 1)
        if index + 1 < len(edges) and edges[index + 1] - at < at - edges[index]:
            index += 1
        first, last = bisect_left(middles, start), bisect_right(middles, end)
        covered[index][first:last] = b"\x01" * (last - first)
    return covered
