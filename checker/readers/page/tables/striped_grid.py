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

from checker.readers.page.ink import Box, Glyph, Ruling
from checker.readers.page.lines import MOST_LINES, Run, is_crowded
from checker.readers.page.tables.cell_pieces import LINE_GAP, OFF_CENTRE, Piece, pieces_of, tiles
from checker.readers.page.tables.rule_stacks import (
    ONE_PIECE,
    SAME_EDGE,
    Rule,
    height_of,
    parts_of,
    rules_of,
    stacks_of,
)
from checker.readers.page.tables.ruled_grid import Grid, GridCell
from checker.readers.page.tables.unruled_rows import hides_rows, rules_between
from checker.startup.records import dataclass

_NARROWEST: Final = 8.0
"""No cell is narrower."""
_PADDING: Final = 8.0
"""Widest margin of a cell."""


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
    closed_above: bool = True
    closed_below: bool = True

    @property
    def empty(self) -> bool:
        return self.left > self.right


def find_striped(
    lines: Sequence[Sequence[Run]],
    glyphs: Sequence[Glyph],
    rulings: Iterable[Ruling],
    taken: Sequence[Box],
    before: Grid | None,
) -> list[tuple[int, int, Grid]]:
    """Tables whose horizontal rules consist of pieces.

    Args:
        lines: the lines of text from top to bottom, each from left to right.
        glyphs: the characters of which the lines consist.
        rulings: the lines of the page.
        taken: the places of other tables; what lies there is left alone.
        before: the table that may go on from the page before.

    Returns:
        For each table the index of its first line, the index after its last, and its grid.
    """
    if is_crowded(lines):
        return []
    rules_here = rules_of(rulings, taken)
    if len(rules_here) > MOST_LINES:
        return []
    parts = [(rules, stack.ends) for stack in stacks_of(rules_here) for rules in parts_of(stack.rules, lines)]
    if not parts:
        return _without_rules(lines, glyphs, before)
    falling = [-height_of(line[0]) for line in lines]
    found: list[tuple[int, int, Grid]] = []
    free = 0
    for number, (rules, xs) in enumerate(parts):
        first, last = bisect_right(falling, -rules[0].at), bisect_right(falling, -rules[-1].at)
        end = bisect_right(falling, -parts[number + 1][0][0].at) if number + 1 < len(parts) else len(lines)
        start = _open_start(lines, free, first, xs)
        stop = _open_stop(lines, last, end)
        known = before is not None and _are_same(before.xs, xs) and start == 0
        if start >= stop or not (known or _show_columns(rules)):
            continue
        whole = _with_ends(rules, xs, lines[start:stop], (start < first, stop > last))
        grid = _grid(whole, xs, lines[start:stop], glyphs)
        if grid is not None:
            free = _below_open_cells(grid, lines, stop, end)
            found.append((start, free, grid))
    return found


def _show_columns(rules: Sequence[Rule]) -> bool:
    """Whether two rules at least consist of several pieces: one may be an ornament."""
    return sum(len(rule.ends) > ONE_PIECE for rule in rules) > 1


def _without_rules(
    lines: Sequence[Sequence[Run]], glyphs: Sequence[Glyph], before: Grid | None
) -> list[tuple[int, int, Grid]]:
    """The part of the table of the page before that stands on a page without any rule."""
    stop = _open_stop(lines, 0, len(lines))
    if before is None or not stop:
        return []
    grid = _grid(_with_ends((), before.xs, lines[:stop], (True, True)), before.xs, lines[:stop], glyphs)
    if grid is None or not _is_filled(grid):
        return []
    return [(0, _below_open_cells(grid, lines, stop, len(lines)), grid)]


def _with_ends(
    rules: Sequence[Rule], xs: tuple[float, ...], lines: Sequence[Sequence[Run]], cut: tuple[bool, bool]
) -> list[Rule]:
    """The rules, and one without pieces at each end that the page cuts."""
    whole = list(rules)
    if cut[0]:
        whole.insert(0, Rule(max(run.top for run in lines[0]) + OFF_CENTRE, xs, ()))
    if cut[1]:
        whole.append(Rule(min(run.bottom for run in lines[-1]) - OFF_CENTRE, xs, ()))
    return whole


def _open_start(lines: Sequence[Sequence[Run]], free: int, first: int, xs: Sequence[float]) -> int:
    """Where a table begins that has lines of text above its first rule: the page parted it."""
    nearest = first - 1
    while nearest > free and len(lines[nearest]) == 1 and _is_near(lines[nearest - 1], lines[nearest]):
        nearest -= 1
    if nearest < free or len(lines[nearest]) == 1:
        return first
    start = free
    while len(lines[start]) == 1 and not _is_centred(lines[start][0], xs):
        start += 1
    while start > free and _is_near(lines[start - 1], lines[start]):
        start -= 1
    return start


def _is_centred(run: Run, xs: Sequence[float]) -> bool:
    return abs(run.left + run.right - xs[0] - xs[-1]) <= 2 * OFF_CENTRE


def _open_stop(lines: Sequence[Sequence[Run]], last: int, end: int) -> int:
    """Where a table ends that goes on below its last rule, up to the end of the page."""
    nearest = last
    while nearest + 1 < end and len(lines[nearest]) == 1 and _is_near(lines[nearest], lines[nearest + 1]):
        nearest += 1
    if nearest >= end or len(lines[nearest]) == 1:
        return last
    stop = end
    while len(lines[stop - 1]) == 1:
        stop -= 1
    while stop < end and _is_near(lines[stop - 1], lines[stop]):
        stop += 1
    return stop


def _is_near(upper: Sequence[Run], lower: Sequence[Run]) -> bool:
    """Whether two lines may belong to one cell."""
    return min(run.bottom for run in upper) - lower[0].top < LINE_GAP * (lower[0].top - lower[0].bottom)


def _below_open_cells(grid: Grid, lines: Sequence[Sequence[Run]], stop: int, end: int) -> int:
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


def _is_filled(grid: Grid) -> bool:
    """Whether a part without any rule shows itself to be one: by a cut cell, or by rows that reach the end."""
    ends = sum(cell.column + 1 == cell.column + cell.column_span == len(grid.xs) - 1 for cell in grid.cells)
    return ends > 1 or any(grid.open_top)


def _are_same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(
        abs(first - second) <= SAME_EDGE for first, second in zip(one, other, strict=True)
    )


def _grid(
    rules: Sequence[Rule], xs: tuple[float, ...], lines: Sequence[Sequence[Run]], glyphs: Sequence[Glyph]
) -> Grid | None:
    """The cells between rules, None where text and rules do not fit together."""
    if min(after - before for before, after in pairwise(xs)) < _NARROWEST:
        return None
    placed = [_placed(line, glyphs, xs) for line in lines]
    pieces = [line for line in placed if line]
    if len(pieces) < len(placed):
        return None
    complete = _completed(rules, pieces, xs)
    if complete is None:
        return None
    floors = [_covered(rule, xs) for rule in complete]
    areas = _areas(floors)
    falling = [-rule.at for rule in complete]
    for line in pieces:
        for piece in line:
            row = bisect_right(falling, -piece.middle) - 1
            if not 0 <= row < len(areas) or not _place(piece, row, areas, xs):
                return None
    if not all(_tile(areas, row, xs) for row in range(len(areas))) or _hides_merge(areas):
        return None
    cells = {
        (area.top, area.first): GridCell(
            area.top, area.first, area.bottom - area.top + 1, area.last - area.first + 1
        )
        for row_areas in areas
        for area in row_areas
    }
    return Grid(
        xs,
        tuple(rule.at for rule in complete),
        tuple(cells[place] for place in sorted(cells)),
        open_top=tuple(not closed for closed in floors[0]),
        open_bottom=tuple(not closed for closed in floors[-1]),
    )


def _hides_merge(areas: Sequence[Sequence[_Area]]) -> bool:
    """Whether a figure stands beside the text above it, though there are as many of both: a merged cell."""
    for upper, lower in pairwise(areas):
        above, below = _texts(upper[1:]), _texts(lower[1:])
        if len(above) == len(below) and all(area.figures for area in below):
            pairs = [(text, figure) for text, figure in zip(above, below, strict=True) if not text.figures]
            if any(text.last < figure.first or figure.last < text.first for text, figure in pairs):
                return True
    return False


def _texts(row: Sequence[_Area]) -> list[_Area]:
    """The areas of a row that hold text, each once."""
    return [
        area
        for number, area in enumerate(row)
        if not area.empty and (not number or row[number - 1] is not area)
    ]


def _placed(line: Sequence[Run], glyphs: Sequence[Glyph], xs: Sequence[float]) -> list[Piece] | None:
    """A line as pieces, None where one is doubtful or stands beside the table."""
    pieces: list[Piece] = []
    for run in line:
        parts = pieces_of(run, glyphs, xs)
        if parts is None or run.left < xs[0] - SAME_EDGE or run.right > xs[-1] + SAME_EDGE:
            return None
        pieces += parts
    return pieces


def _completed(
    rules: Sequence[Rule], lines: Sequence[Sequence[Piece]], xs: tuple[float, ...]
) -> list[Rule] | None:
    """The rules, and those that are missing between rows; None where these are not certain."""
    complete = [rules[0]]
    for upper, lower in pairwise(rules):
        inside = [line for line in lines if lower.at < line[0].middle < upper.at]
        is_open = not (upper.pieces and lower.pieces)
        if is_open or (hides_rows(inside) and _is_whole(upper, xs) and _is_whole(lower, xs)):
            between = rules_between(inside, xs, complete.pop(), lower)
            if between is None:
                return None
            complete += between
        else:
            complete.append(lower)
    return complete


def _is_whole(rule: Rule, xs: Sequence[float]) -> bool:
    """Whether it reaches through all columns."""
    return all(_covered(rule, xs))


def _covered(rule: Rule, xs: Sequence[float]) -> list[bool]:
    """For each column, whether the rule runs through it."""
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    return [any(left < middle < right for left, right in rule.pieces) for middle in middles]


def _areas(floors: Sequence[Sequence[bool]]) -> list[list[_Area]]:
    """For each place the area of one column that no rule parts."""
    rows, columns = len(floors) - 1, len(floors[0])
    areas: list[list[_Area]] = [[] for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if row and not floors[row][column]:
                area = areas[row - 1][column]
                area.bottom = row
            else:
                area = _Area(row, row, column, column, closed_above=floors[row][column])
            area.closed_below = floors[row + 1][column] or row + 1 < rows
            areas[row].append(area)
    return areas


def _place(piece: Piece, row: int, areas: list[list[_Area]], xs: Sequence[float]) -> bool:
    """Put a piece of text into its area, which may grow over edges that the text stands over.

    Returns:
        False where that cannot be: cells of different heights, a second line of figures, a figure over
        an edge that does not stand in the middle of its cell.
    """
    if not 0 <= piece.first <= piece.last < len(xs) - 1:
        return False
    figure = piece.is_figure
    middle = (xs[piece.first] + xs[piece.last + 1]) / 2
    if figure and piece.first != piece.last and abs((piece.left + piece.right) / 2 - middle) > OFF_CENTRE:
        return False
    if any(area.figures for area in areas[row][piece.first : piece.last + 1]):
        return False
    area = _joined(areas, row, piece.first, piece.last)
    if area is None or (figure and not area.empty):
        return False
    area.figures = figure
    area.left, area.right = min(area.left, piece.left), max(area.right, piece.right)
    return True


def _joined(areas: list[list[_Area]], row: int, first: int, last: int) -> _Area | None:
    """The areas of a row from column `first` to `last` as one, None if they differ in height."""
    area = areas[row][first]
    while area.last < last:
        other = areas[row][area.last + 1]
        if (other.top, other.bottom) != (area.top, area.bottom):
            return None
        area.left, area.right = min(area.left, other.left), max(area.right, other.right)
        for number in range(area.top, area.bottom + 1):
            areas[number][other.first : other.last + 1] = [area] * (other.last - other.first + 1)
        area.last = other.last
    return area


def _tile(areas: list[list[_Area]], row: int, xs: Sequence[float]) -> bool:
    """Let centred text spread over the empty places beside it, where just one way covers them all.

    Returns:
        False where a text then stands neither in the middle nor at a side of its cell.
    """
    column, columns = 0, len(xs) - 1
    while column < columns:
        run: list[_Area] = []
        while column < columns and (not run or _alike(run[-1], areas[row][column])):
            run.append(areas[row][column])
            column = run[-1].last + 1
        texts = [area for area in run if not area.empty]
        if run[0].top != row or run[0].figures or not 0 < len(texts) < len(run):
            continue
        spans = tiles([(area.left, area.right) for area in texts], xs, run[0].first, column - 1)
        if spans is None:
            if not all(_is_placed(area, xs) for area in texts):
                return False
            continue
        for (first, last), area in zip(spans, texts, strict=True):
            if first <= area.first and area.last <= last:
                _joined(areas, row, first, last)
    return True


def _is_placed(area: _Area, xs: Sequence[float]) -> bool:
    """Whether the text of an area stands at a side of it or in its middle."""
    before, after = area.left - xs[area.first], xs[area.last + 1] - area.right
    return min(before, after) < _PADDING or abs(before - after) <= 2 * OFF_CENTRE


def _alike(one: _Area, other: _Area) -> bool:
    """Whether two areas may be one: as high, cut by the page alike, and without figures."""
    return (
        (one.top, one.bottom) == (other.top, other.bottom)
        and (one.closed_above, one.closed_below) == (other.closed_above, other.closed_below)
        and not (one.figures or other.figures)
    )
