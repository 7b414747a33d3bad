"""Row edges that nobody drew, in a table whose columns are known.

Only rows that text proves are found: a line of figures that fills its columns, labels level with it, merged
labels in the middle of what they cover; in a head, texts in the middle of the columns to which they belong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import combinations, groupby, pairwise
from operator import attrgetter
from typing import Final

from checker.readers.page.printed.geometry import LEVEL, LINE_GAP, OFF_CENTRE, SAME_EDGE, Span, is_same_edge
from checker.readers.page.tables.grid import RowEdge
from checker.readers.page.tables.words import Piece, box_of, goes_on
from checker.startup.records import dataclass

_ABOVE_TEXT: Final = 1.0
"""Points between a text and the edge of its row above it."""
_MOST_TEXTS: Final = 200
"""No head has more texts."""
_OUTSIDE: Final = -1_000_000
"""Who owns the places beyond the page, where no merged cell does."""

_Lines = Sequence[Sequence[Piece]]


def hides_rows(lines: _Lines) -> bool:
    """Whether lines that no rule parts cannot be one row.

    Either a column has two numbers, or text over several columns stands above or below texts of these, or
    a line of few texts stands well above one with more.
    """
    figures = [piece.first for line in lines for piece in line if piece.is_figure]
    if len(set(figures)) < len(figures):
        return True
    if not figures and any(_is_heading(upper, lower) for upper, lower in combinations(lines, 2)):
        return True
    return any(
        sum(wide.first <= piece.first and piece.last <= wide.last for piece in other) > 1
        for line in lines
        for wide in line
        if wide.first < wide.last
        for other in lines
        if other is not line
    )


def _is_heading(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """Whether a line stands well above one with more texts, one of them in the same column."""
    clear = LINE_GAP * upper[0].height
    return len(upper) < len(lower) and any(
        above.first <= below.last and below.first <= above.last and above.bottom - below.top > clear
        for above in upper
        for below in lower
    )


def edges_between(lines: _Lines, xs: Sequence[float], upper: RowEdge, lower: RowEdge) -> list[RowEdge] | None:
    """The row edges from one to another with those that are missing in between.

    Args:
        lines: the lines of text there, from top to bottom.
        xs: column edges.
        upper: the first edge; closed nowhere where a page begins, then it is found too where cells end.
        lower: the last edge, likewise.

    Returns:
        The edges from top to bottom, None where the rows are not certain.
    """
    cut = (not any(upper.closed), not any(lower.closed))
    if any(cut) and (body := _body_edges(lines, xs, upper, lower)) is not None:
        return body
    if _each_a_row(lines, xs):
        heights = [upper.at, *(_between(above, below) for above, below in pairwise(lines)), lower.at]
        return [RowEdge(at, (True,) * (len(xs) - 1)) for at in heights]
    if any(piece.is_figure for line in lines for piece in line):
        return _body_edges(lines, xs, upper, lower)
    head = _head_edges(lines, xs)
    return None if head is None else [upper, *head, lower]


def tiles(
    extents: Sequence[Span], xs: Sequence[float], first: int, last: int
) -> list[tuple[int, int]] | None:
    """Cells side by side with a text in the middle of each.

    Args:
        extents: left and right end of each text, rising.
        xs: column edges.
        first: first column to cover.
        last: last column to cover.

    Returns:
        First and last column for each text, None where they do not cover just these columns.
    """
    spans: list[tuple[int, int]] = []
    for left, right in extents:
        end = left + right - xs[first]
        column = bisect_right(xs, end + 2 * OFF_CENTRE) - 2
        if not first <= column <= last or abs(xs[column + 1] - end) > 2 * OFF_CENTRE:
            return None
        spans.append((first, column))
        first = column + 1
    return spans if spans and first == last + 1 else None


def _is_between(box: Span, left: float, right: float) -> bool:
    """Whether text stands in the middle between two edges."""
    return abs(box[0] + box[1] - left - right) <= 2 * OFF_CENTRE


def _between(upper: Sequence[Piece], lower: Sequence[Piece]) -> float:
    return (box_of(upper)[1] + box_of(lower)[3]) / 2


def _middle_of(block: Sequence[Piece]) -> float:
    _, bottom, _, top = box_of(block)
    return (bottom + top) / 2


def _columns_of(block: Sequence[Piece]) -> tuple[int, int]:
    return min(piece.first for piece in block), max(piece.last for piece in block)


def _each_a_row(lines: _Lines, xs: Sequence[float]) -> bool:
    """Whether every line of text is a row: well apart, and none alone that may be the rest of a cell."""
    for upper, lower in pairwise(lines):
        height = max(piece.height for piece in (*upper, *lower))
        if box_of(upper)[1] - box_of(lower)[3] < LINE_GAP * height:
            return False
    return all(len(line) > 1 or _is_between(line[0].span, xs[0], xs[-1]) for line in lines)


# ---- rows of figures -------------------------------------------------------------------------------------


def _body_edges(lines: _Lines, xs: Sequence[float], top: RowEdge, bottom: RowEdge) -> list[RowEdge] | None:
    """The edges between rows of figures with their labels at the left."""
    columns = len(xs) - 1
    stub = _stub(lines, columns)
    if stub is None:
        return None
    figures = [line for line in lines if line[-1].last >= stub]
    labels = [piece for line in lines for piece in line if piece.last < stub]
    rows = _blocks(piece for piece in labels if piece.last == stub - 1)
    starts = [_start(block, xs, stub) for block in rows]
    level = len(rows) == len(figures) and all(
        abs(_middle_of(block) - line[-1].middle) <= LEVEL * line[-1].height
        for block, line in zip(rows, figures, strict=True)
    )
    merged = [piece for piece in labels if piece.last < stub - 1]
    if not rows or not level or min(starts) < 0 or any(piece.first < piece.last for piece in merged):
        return None
    whole = [[*block, line[-1]] for block, line in zip(rows, figures, strict=True)]
    heights = [top.at, *(_between(above, below) for above, below in pairwise(whole)), bottom.at]
    # Each row owns its places from its label on; merged labels at the left own those of several rows.
    owners = [[-1] * start + [row] * (columns - start) for row, start in enumerate(starts)]
    cut = (not any(top.closed), not any(bottom.closed))
    likely = heights[:]
    if len(rows) > 1:
        # A row that a page cuts off below or above is as high on both sides of its label.
        if cut[0]:
            likely[0] = max(heights[0], 2 * _middle_of(rows[0]) - heights[1])
        if cut[1]:
            likely[-1] = min(heights[-1], 2 * _middle_of(rows[-1]) - heights[-2])
    for column in range(stub - 1):
        blocks = _blocks(piece for piece in merged if piece.first == column)
        if not _spread(blocks, column, likely, owners, cut):
            return None
    # Above and below a page only merged cells go on that have no label here, or not in their middle.
    above, below = ([min(owner, 0) or _OUTSIDE for owner in owners[end]] for end in (0, -1))
    edges = [
        RowEdge(at, [one != other for one, other in zip(*pair, strict=True)])
        for at, pair in zip(heights, pairwise([above, *owners, below]), strict=True)
    ]
    return [edges[0] if cut[0] else top, *edges[1:-1], edges[-1] if cut[1] else bottom]


def _blocks(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces of one column as the texts of its cells, from top to bottom."""
    blocks: list[list[Piece]] = []
    for piece in sorted(pieces, key=attrgetter("middle"), reverse=True):
        if blocks and goes_on(blocks[-1][-1:], [piece]):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _stub(lines: _Lines, columns: int) -> int | None:
    """How many columns hold labels: all further ones hold one short text in every line of figures."""
    stub: int | None = None
    for line in lines:
        if not line[-1].is_figure:
            continue
        first = columns
        for piece in reversed(line):
            if not piece.is_figure or not piece.first == piece.last == first - 1:
                break
            first -= 1
        if stub is None:
            stub = first
        if first != stub or any(piece.last >= first for piece in line[: first - columns]):
            return None
    if not stub or stub > columns - 2:
        return None
    return None if any(line[-1].last >= stub and not line[-1].is_figure for line in lines) else stub


def _start(block: Sequence[Piece], xs: Sequence[float], stub: int) -> int:
    """The column where the cell of a label begins that stands in its middle and ends at the figures; -1 in doubt."""
    extent = box_of(block)[::2]
    fitting = [
        first for first in range(_columns_of(block)[0] + 1) if _is_between(extent, xs[first], xs[stub])
    ]
    return fitting[0] if len(fitting) == 1 else -1


def _spread(
    blocks: Sequence[Sequence[Piece]],
    column: int,
    edges: Sequence[float],
    owners: list[list[int]],
    cut: tuple[bool, bool],
) -> bool:
    """Give the places of a column that no label of a row takes to the labels that stand in their middle.

    Args:
        blocks: the merged labels in this column.
        column: the column.
        edges: heights of the edges of all rows.
        owners: for every place by rows who owns it, negative where that is open; a cell that goes on
            beyond the page gets a negative number too.
        cut: whether the page begins above the first row, and whether it ends below the last.

    Returns:
        Whether there is just one way to do so.
    """
    given = 0
    for free, group in groupby(range(len(owners)), key=lambda row: owners[row][column] < 0):
        if not free:
            continue
        rows = list(group)
        middles = [
            middle for middle in map(_middle_of, blocks) if edges[rows[0]] > middle > edges[rows[-1] + 1]
        ]
        ends = _covering(
            middles,
            edges[rows[0] : rows[-1] + 2],
            cut_above=cut[0] and rows[0] == 0,
            cut_below=cut[1] and rows[-1] + 1 == len(owners),
        )
        if ends is None:
            return False
        given += len(middles)
        start = rows[0]
        for number, (end, whole) in enumerate(ends, 1):
            for row in range(start, rows[0] + end):
                owner = len(owners) + rows[0] + number
                owners[row][column] = owner if whole else -owner
            start = rows[0] + end
    return given == len(blocks)


def _covering(
    middles: Sequence[float], edges: Sequence[float], *, cut_above: bool, cut_below: bool
) -> list[tuple[int, bool]] | None:
    """Where merged cells end, as numbers of edges, so that each label stands in the middle; and which are whole.

    A cell that the page cuts may have its label anywhere, or on the other page.
    """
    whole = _stacked(middles, edges, 0, cut_below=cut_below)
    if whole is not None or not cut_above:
        return whole
    # The cell that goes on from the page before has its label there, or else here.
    for rest in (middles, middles[1:]):
        ways = [
            [(end, False), *way]
            for end in range(1, len(edges))
            if (way := _stacked(rest, edges, end, cut_below=cut_below)) is not None
        ]
        if ways:
            return ways[0] if len(ways) == 1 else None
    return None


def _stacked(
    middles: Sequence[float], edges: Sequence[float], start: int, *, cut_below: bool
) -> list[tuple[int, bool]] | None:
    """Where cells end that lie below each other from an edge to the last, None where they do not fit."""
    ends: list[tuple[int, bool]] = []
    last = len(edges) - 1
    for number, middle in enumerate(middles, 1):
        fitting = [
            end for end in range(start + 1, last + 1) if is_same_edge(edges[start] + edges[end], 2 * middle)
        ]
        whole = bool(fitting)
        if not fitting and cut_below and number == len(middles) and middle < edges[start]:
            fitting = [last]
        if len(fitting) != 1:
            return None
        start = fitting[0]
        ends.append((start, whole))
    if start < last and cut_below:
        ends.append((last, False))
        start = last
    return ends if start == last else None


# ---- heads -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Heading:
    """The text of a cell in a head, the columns it covers, and the height where the texts below it begin."""

    block: list[Piece]
    first: int
    last: int
    floor: float = float("-inf")


def _head_edges(lines: _Lines, xs: Sequence[float]) -> list[RowEdge] | None:
    """The row edges that are missing in a head: below each text that covers columns with further texts.

    Args:
        lines: its lines of text from top to bottom.
        xs: column edges.

    Returns:
        The edges from top to bottom, None where it is not certain what a text covers.
    """
    blocks = _centred_blocks(lines)
    if len(blocks) > _MOST_TEXTS:
        return None
    headings = [_Heading([], 0, len(xs) - 2)]
    free = [(headings[0], 0, len(xs) - 2)]
    for block in blocks:
        left, right = _columns_of(block)
        place = next((part for part in free if part[1] <= left and right <= part[2]), None)
        if place is None:
            return None
        above, first, last = place
        reach = _reach(block, blocks, xs, first, last)
        top = box_of(block)[3]
        if reach is None or (above.block and top > _middle_of(above.block)):
            return None
        above.floor = max(above.floor, top)
        headings.append(_Heading(block, *reach))
        free.remove(place)
        free += [(above, first, reach[0] - 1), (headings[-1], *reach), (above, reach[1] + 1, last)]
    edges: list[tuple[float, set[int]]] = []
    covering = [heading for heading in headings[1:] if heading.floor > 0]
    for heading in sorted(covering, key=lambda heading: -heading.floor):
        at = heading.floor + _ABOVE_TEXT
        if not edges or edges[-1][0] - at > SAME_EDGE:
            edges.append((at, set()))
        edges[-1][1].update(range(heading.first, heading.last + 1))
    return [RowEdge(at, [column in closed for column in range(len(xs) - 1)]) for at, closed in edges]


def _centred_blocks(lines: _Lines) -> list[list[Piece]]:
    """The texts of cells, lines below each other with a common middle; the highest first."""
    blocks: list[list[Piece]] = []
    for line in lines:
        for piece in line:
            for block in reversed(blocks):
                if goes_on(block[-1:], [piece]) and abs(block[-1].centre - piece.centre) < OFF_CENTRE:
                    block.append(piece)
                    break
            else:
                blocks.append([piece])
    return sorted(blocks, key=lambda block: -box_of(block)[3])


def _reach(
    block: Sequence[Piece], blocks: Sequence[Sequence[Piece]], xs: Sequence[float], first: int, last: int
) -> tuple[int, int] | None:
    """The columns from `first` to `last` of which a text in a head stands in the middle, beside others."""
    level = [
        other
        for other in blocks
        if _are_level(block, other) and first <= _columns_of(other)[0] and _columns_of(other)[1] <= last
    ]
    level.sort(key=lambda other: box_of(other)[0])
    tiled = tiles([box_of(other)[::2] for other in level], xs, first, last)
    if tiled is not None:
        return next((span for span, other in zip(tiled, level, strict=True) if other is block), None)
    left, right = _columns_of(block)
    if len(level) > 1:
        return (left, right) if left == right else None
    extent = box_of(block)[::2]
    for start in range(first, left + 1):
        for end in range(last, right - 1, -1):
            if _is_between(extent, xs[start], xs[end + 1]):
                return start, end
    return None


def _are_level(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether two texts stand beside each other."""
    (_, low, _, high), (_, bottom, _, top) = box_of(one), box_of(other)
    return min(top, high) - max(bottom, low) > LEVEL * one[0].height
