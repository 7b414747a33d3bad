"""Tables with horizontal rules only: rules that were drawn cell by cell tell where the columns are.

Programs draw the line below each cell by itself. Where such pieces meet is a column edge, even where no
vertical line shows it. Which cells are merged is told by the gaps in the rules and by text that stands
over an edge. What does not fit together stays text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.printed.geometry import Box, Span, is_same_edge
from checker.readers.page.printed.ink import Ruling
from checker.readers.page.printed.lines import Run, is_crowded
from checker.readers.page.printed.measures import FURNITURE, MOST_LINES, NARROWEST, OFF_CENTRE, SAME_EDGE
from checker.readers.page.tables.filling import Found, filled
from checker.readers.page.tables.grid import Grid, RowEdge, build
from checker.readers.page.tables.number_tables import head_above
from checker.readers.page.tables.rules import DrawnRule, rules_of, stacks_of
from checker.readers.page.tables.unruled import edges_between, hides_rows, tiles
from checker.readers.page.tables.words import ColumnPiece, TextLine, goes_on, pieces_of
from checker.startup.records import dataclass

_PADDING: Final = 8.0
"""Widest margin of a cell."""

_Lines = Sequence[Sequence[Run]]


def find_striped(
    lines: _Lines,
    rulings: Iterable[Ruling],
    taken: Sequence[Box],
    before: Grid | None,
    head: Sequence[TextLine] = (),
) -> list[Found]:
    """Tables whose horizontal rules consist of pieces.

    Args:
        lines: the lines of text from top to bottom, each from left to right.
        rulings: the lines of the page.
        taken: the places of other tables; what lies there is left alone.
        before: the table that may go on from the page before.
        head: the words above a table with which that page ends.
    """
    rules_here = rules_of(rulings, taken)
    if is_crowded(lines) or len(rules_here) > MOST_LINES:
        return []
    stacks = stacks_of(rules_here, lines)
    if not stacks:
        return _without_rules(lines, before)
    falling = [-line[0].middle for line in lines]
    ends = [bisect_right(falling, -stack.rules[0].at) for stack in stacks[1:]]
    found: list[Found] = []
    free = 0
    for stack, end in zip(stacks, [*ends, len(lines)], strict=True):
        rules, xs = stack.rules, stack.ends
        first, last = bisect_right(falling, -rules[0].at), bisect_right(falling, -rules[-1].at)
        start, stop = _open_start(lines, free, first, xs), _open_stop(lines, last, end)
        known = before is not None and start == 0 and _are_same(before.xs, xs)
        if start >= stop or not (known or stack.shows_columns):
            continue
        grid = _grid(rules, xs, lines[start:stop], cut_above=start < first, cut_below=stop > last)
        if grid is not None:
            free = _below_open_cells(grid, lines, stop, end)
            above = head_above(head, grid) if start <= FURNITURE else None
            found.append(Found(start, free, filled(grid, lines[start:free]), above))
    return found


def _without_rules(lines: _Lines, before: Grid | None) -> list[Found]:
    """The part of the table of the page before that stands on a page without any rule."""
    stop = _open_stop(lines, 0, len(lines))
    if before is None or not stop:
        return []
    grid = _grid((), before.xs, lines[:stop], cut_above=True, cut_below=True)
    # It shows itself to be one by a cut cell, or by rows that reach the end.
    if grid is None or not (any(grid.open_top) or _single_cells_at_end(grid) > 1):
        return []
    stop = _below_open_cells(grid, lines, stop, len(lines))
    return [Found(0, stop, filled(grid, lines[:stop]))]


def _single_cells_at_end(grid: Grid) -> int:
    return sum(cell.column_span == 1 and cell.column + 2 == len(grid.xs) for cell in grid.cells)


def _open_start(lines: _Lines, free: int, first: int, xs: Sequence[float]) -> int:
    """Where a table begins that has lines of text above its first rule: the page parted it."""
    nearest = first - 1
    while nearest > free and len(lines[nearest]) == 1 and goes_on(lines[nearest - 1], lines[nearest]):
        nearest -= 1
    if nearest < free or len(lines[nearest]) == 1:
        return first
    start = free
    while len(lines[start]) == 1 and abs(lines[start][0].centre - (xs[0] + xs[-1]) / 2) > OFF_CENTRE:
        start += 1
    while start > free and goes_on(lines[start - 1], lines[start]):
        start -= 1
    return start


def _open_stop(lines: _Lines, last: int, end: int) -> int:
    """Where a table ends that goes on below its last rule, up to the end of the page."""
    nearest = last
    while nearest + 1 < end and len(lines[nearest]) == 1 and goes_on(lines[nearest], lines[nearest + 1]):
        nearest += 1
    if nearest >= end or len(lines[nearest]) == 1:
        return last
    stop = end
    while len(lines[stop - 1]) == 1:
        stop -= 1
    while stop < end and goes_on(lines[stop - 1], lines[stop]):
        stop += 1
    return stop


def _below_open_cells(grid: Grid, lines: _Lines, stop: int, end: int) -> int:
    """The index after the lines that run on below a table out of merged cells that the page cuts."""
    half = (grid.xs[-1] - grid.xs[0]) / 2
    columns = [
        (left, right)
        for (left, right), is_open in zip(pairwise(grid.xs), grid.open_bottom, strict=True)
        if is_open and right - left < half
    ]
    while stop < end and all(
        any(left <= run.left and run.right <= right for left, right in columns) for run in lines[stop]
    ):
        stop += 1
    return stop


def _are_same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(map(is_same_edge, one, other))


def _grid(
    rules: Sequence[DrawnRule], xs: Sequence[float], lines: _Lines, *, cut_above: bool, cut_below: bool
) -> Grid | None:
    """The cells between rules, None where text and rules do not fit together."""
    if min(after - before for before, after in pairwise(xs)) < NARROWEST:
        return None
    pieces = [_placed(line, xs) for line in lines]
    edges = [RowEdge(rule.at, _covered(rule, xs)) for rule in rules]
    # Nothing is closed where the page cuts the table.
    cut = (False,) * (len(xs) - 1)
    if cut_above:
        edges.insert(0, RowEdge(max(run.top for run in lines[0]) + OFF_CENTRE, cut))
    if cut_below:
        edges.append(RowEdge(min(run.bottom for run in lines[-1]) - OFF_CENTRE, cut))
    complete = _completed(edges, pieces, xs) if all(pieces) else None
    if complete is None:
        return None
    areas = _Areas(xs, complete)
    return (
        areas.grid()
        if all(areas.place(piece) for line in pieces for piece in line) and areas.tile()
        else None
    )


def _placed(line: Sequence[Run], xs: Sequence[float]) -> list[ColumnPiece]:
    """A line as pieces; none where one is doubtful or stands beside the table."""
    pieces: list[ColumnPiece] = []
    for run in line:
        parts = pieces_of(run, xs)
        if parts is None or run.left < xs[0] - SAME_EDGE or run.right > xs[-1] + SAME_EDGE:
            return []
        pieces += parts
    return pieces


def _covered(rule: DrawnRule, xs: Sequence[float]) -> list[bool]:
    """For each column, whether the rule runs through it."""
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    return [any(left < middle < right for left, right in rule.pieces) for middle in middles]


def _completed(
    edges: Sequence[RowEdge], lines: Sequence[Sequence[ColumnPiece]], xs: Sequence[float]
) -> list[RowEdge] | None:
    """The row edges, and those that are missing in between; None where these are not certain."""
    complete = [edges[0]]
    for upper, lower in pairwise(edges):
        inside = [line for line in lines if lower.at < line[0].middle < upper.at]
        is_cut = not (any(upper.closed) and any(lower.closed))
        if is_cut or (hides_rows(inside) and all(upper.closed) and all(lower.closed)):
            between = edges_between(inside, xs, complete.pop(), lower)
            if between is None:
                return None
            complete += between
        else:
            complete.append(lower)
    return complete


@dataclass(slots=True)
class _Area:
    """Places of a grid that may be one cell, and the extent of the text in them.

    Rows and columns count from 0; `bottom` and `last` are included.
    """

    top: int
    bottom: int
    first: int
    last: int
    left: float = float("inf")
    right: float = float("-inf")
    figures: bool = False

    @property
    def is_empty(self) -> bool:
        return self.left > self.right

    def extend(self, extent: Span) -> None:
        """Note that text stands there."""
        self.left, self.right = min(self.left, extent[0]), max(self.right, extent[1])


class _Areas:
    """The places of a grid, at first of one column each, which grow over edges over which text stands."""

    def __init__(self, xs: Sequence[float], edges: Sequence[RowEdge]) -> None:
        self._xs = xs
        self._edges = edges
        self._falling = [-edge.at for edge in edges]
        self._rows: list[list[_Area]] = []
        for row, edge in enumerate(edges[:-1]):
            self._rows.append([_Area(row, row, column, column) for column in range(len(xs) - 1)])
            for column, closed in enumerate(edge.closed):
                if row and not closed:
                    area = self._rows[row][column] = self._rows[row - 1][column]
                    area.bottom = row

    def grid(self) -> Grid:
        """Each area as a cell."""
        edges = [self._edges[0]]
        for edge, (above, below) in zip(self._edges[1:], pairwise(self._rows), strict=False):
            edges.append(
                RowEdge(edge.at, [one is not other for one, other in zip(above, below, strict=True)])
            )
        walls = [[one is not other for one, other in pairwise([*row, None])] for row in self._rows]
        return build(self._xs, [*edges, self._edges[-1]], walls)

    def place(self, piece: ColumnPiece) -> bool:
        """Put a piece of text into its area, which may grow over edges that the text stands over.

        Returns:
            False where that cannot be: cells of different heights, a second line of figures, a figure over
            an edge that does not stand in the middle of its cell.
        """
        row = bisect_right(self._falling, -piece.middle) - 1
        if not 0 <= row < len(self._rows) or not 0 <= piece.first <= piece.last < len(self._xs) - 1:
            return False
        figure = piece.is_figure
        middle = (self._xs[piece.first] + self._xs[piece.last + 1]) / 2
        if figure and piece.first != piece.last and abs(piece.centre - middle) > OFF_CENTRE:
            return False
        met = self._rows[row][piece.first : piece.last + 1]
        if any(area.figures or (figure and not area.is_empty) for area in met):
            return False
        area = self._joined(row, piece.first, piece.last)
        if area is None:
            return False
        area.figures = figure
        area.extend(piece.span)
        return True

    def _joined(self, row: int, first: int, last: int) -> _Area | None:
        """The areas of a row from column `first` to `last` as one, None if they differ in height."""
        area = self._rows[row][first]
        while area.last < last:
            other = self._rows[row][area.last + 1]
            if (other.top, other.bottom) != (area.top, area.bottom):
                return None
            area.extend((other.left, other.right))
            for places in self._rows[area.top : area.bottom + 1]:
                places[other.first : other.last + 1] = [area] * (other.last - other.first + 1)
            area.last = other.last
        return area

    def tile(self) -> bool:
        """Let centred text spread over the empty places beside it, where just one way covers them all.

        Returns:
            False where a text then stands neither in the middle nor at a side of its cell.
        """
        for row, places in enumerate(self._rows):
            column = 0
            while column < len(places):
                run = [places[column]]
                while run[-1].last + 1 < len(places) and self._are_alike(run[-1], places[run[-1].last + 1]):
                    run.append(places[run[-1].last + 1])
                if run[0].top == row and not run[0].figures and not self._spread(run):
                    return False
                column = run[-1].last + 1
        return True

    def _spread(self, run: Sequence[_Area]) -> bool:
        """Let the texts of areas beside each other spread over those that are empty."""
        texts = [area for area in run if not area.is_empty]
        if not 0 < len(texts) < len(run):
            return True
        spans = tiles([(area.left, area.right) for area in texts], self._xs, run[0].first, run[-1].last)
        if spans is None:
            return all(map(self._is_at_place, texts))
        for (first, last), area in zip(spans, texts, strict=True):
            if first <= area.first and area.last <= last:
                self._joined(area.top, first, last)
        return True

    def _is_at_place(self, area: _Area) -> bool:
        """Whether the text of an area stands at a side of it or in its middle."""
        before, after = area.left - self._xs[area.first], self._xs[area.last + 1] - area.right
        return min(before, after) < _PADDING or abs(before - after) <= 2 * OFF_CENTRE

    def _are_alike(self, one: _Area, other: _Area) -> bool:
        """Whether two areas may be one: as high, cut by the page alike, and without figures."""
        ends = [
            (
                area.top,
                area.bottom,
                *(self._edges[row].closed[area.first] for row in (area.top, area.bottom + 1)),
            )
            for area in (one, other)
        ]
        return ends[0] == ends[1] and not (one.figures or other.figures)
