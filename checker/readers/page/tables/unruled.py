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

from checker.readers.page.printed.geometry import Span, grouped, is_same_edge
from checker.readers.page.printed.measures import LEVEL, LINE_GAP, OFF_CENTRE, SAME_EDGE
from checker.readers.page.tables.grid import RowEdge
from checker.readers.page.tables.words import ColumnPiece, goes_on, joined
from checker.startup.records import dataclass

_ABOVE_TEXT: Final = 1.0
"""Points between a text and the edge of its row above it."""
_MOST_TEXTS: Final = 200
"""No head has more texts."""
_OUTSIDE: Final = -1_000_000
"""Who owns the places beyond the page, where no merged cell does."""

_Lines = Sequence[Sequence[ColumnPiece]]


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
    wide = [(line, piece) for line in lines for piece in line if piece.first < piece.last]
    return any(
        sum(one.first <= piece.first and piece.last <= one.last for piece in line) > 1
        for own, one in wide
        for line in lines
        if line is not own
    )


def _is_heading(upper: Sequence[ColumnPiece], lower: Sequence[ColumnPiece]) -> bool:
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
    cut = not (any(upper.closed) and any(lower.closed))
    if cut and (body := _body_edges(lines, xs, upper, lower)) is not None:
        return body
    if _each_a_row(lines, xs):
        inner = [_between(joined(above), joined(below)) for above, below in pairwise(lines)]
        return [RowEdge(at, (True,) * (len(xs) - 1)) for at in (upper.at, *inner, lower.at)]
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


def _is_between(text: ColumnPiece, left: float, right: float) -> bool:
    """Whether text stands in the middle between two edges."""
    return abs(text.left + text.right - left - right) <= 2 * OFF_CENTRE


def _between(upper: ColumnPiece, lower: ColumnPiece) -> float:
    return (upper.bottom + lower.top) / 2


def _each_a_row(lines: _Lines, xs: Sequence[float]) -> bool:
    """Whether every line of text is a row: well apart, and none alone that may be the rest of a cell."""
    for upper, lower in pairwise(lines):
        height = max(piece.height for piece in (*upper, *lower))
        if joined(upper).bottom - joined(lower).top < LINE_GAP * height:
            return False
    return all(len(line) > 1 or _is_between(line[0], xs[0], xs[-1]) for line in lines)


def _body_edges(lines: _Lines, xs: Sequence[float], top: RowEdge, bottom: RowEdge) -> list[RowEdge] | None:
    """The edges between rows of figures with their labels at the left."""
    columns = len(xs) - 1
    stub = _stub(lines, columns)
    if not stub:
        return None
    figures = [line[-1] for line in lines if line[-1].last >= stub]
    labels = [piece for line in lines for piece in line if piece.last < stub]
    rows = _texts(piece for piece in labels if piece.last == stub - 1)
    starts = [_start(label, xs, stub) for label in rows]
    level = len(rows) == len(figures) and all(
        abs(label.middle - figure.middle) <= LEVEL * figure.height
        for label, figure in zip(rows, figures, strict=True)
    )
    merged = [piece for piece in labels if piece.last < stub - 1]
    if not rows or not level or min(starts) < 0 or any(piece.first < piece.last for piece in merged):
        return None
    whole = [joined(pair) for pair in zip(rows, figures, strict=True)]
    heights = [top.at, *(_between(above, below) for above, below in pairwise(whole)), bottom.at]
    cut = (not any(top.closed), not any(bottom.closed))
    likely = heights[:]
    if len(rows) > 1:
        # A row that a page cuts off below or above is as high on both sides of its label.
        if cut[0]:
            likely[0] = max(heights[0], 2 * rows[0].middle - heights[1])
        if cut[1]:
            likely[-1] = min(heights[-1], 2 * rows[-1].middle - heights[-2])
    # Each row owns its places from its label on; merged labels at the left own those of several rows.
    owners = [[-1] * start + [row] * (columns - start) for row, start in enumerate(starts)]
    for column in range(stub - 1):
        middles = [text.middle for text in _texts(piece for piece in merged if piece.first == column)]
        if not _spread(middles, column, likely, owners, cut):
            return None
    # Above and below a page only merged cells go on that have no label here, or not in their middle.
    above, below = ([min(owner, 0) or _OUTSIDE for owner in owners[end]] for end in (0, -1))
    edges = [
        RowEdge(at, [one != other for one, other in zip(*pair, strict=True)])
        for at, pair in zip(heights, pairwise([above, *owners, below]), strict=True)
    ]
    return [edges[0] if cut[0] else top, *edges[1:-1], edges[-1] if cut[1] else bottom]


def _texts(pieces: Iterable[ColumnPiece]) -> list[ColumnPiece]:
    """Pieces of one column as the texts of its cells, from top to bottom."""
    falling = sorted(pieces, key=attrgetter("middle"), reverse=True)
    return [joined(text) for text in grouped(falling, lambda text, piece: goes_on(text, [piece]))]


def _stub(lines: _Lines, columns: int) -> int:
    """How many columns hold labels: all further ones hold one short text in every line of figures. 0 in doubt."""
    stubs: set[int] = set()
    for line in lines:
        first = columns
        for piece in reversed(line):
            if not piece.is_figure or not piece.first == piece.last == first - 1:
                break
            first -= 1
        if line[-1].is_figure:
            stubs.add(first if all(piece.last < first for piece in line[: first - columns]) else 0)
    stub = min(stubs, default=0)
    if len(stubs) > 1 or stub > columns - 2:
        return 0
    return 0 if any(line[-1].last >= stub and not line[-1].is_figure for line in lines) else stub


def _start(label: ColumnPiece, xs: Sequence[float], stub: int) -> int:
    """The column where the cell of a label begins that stands in its middle and ends at the figures; -1 in doubt."""
    fitting = [first for first in range(label.first + 1) if _is_between(label, xs[first], xs[stub])]
    return fitting[0] if len(fitting) == 1 else -1


def _spread(
    middles: Sequence[float],
    column: int,
    edges: Sequence[float],
    owners: list[list[int]],
    cut: tuple[bool, bool],
) -> bool:
    """Give the places of a column that no label of a row takes to the merged labels that stand in their middle.

    Args:
        middles: heights of these labels.
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
        inside = [middle for middle in middles if edges[rows[0]] > middle > edges[rows[-1] + 1]]
        ends = _covering(
            inside,
            edges[rows[0] : rows[-1] + 2],
            cut_above=cut[0] and rows[0] == 0,
            cut_below=cut[1] and rows[-1] + 1 == len(owners),
        )
        if ends is None:
            return False
        given += len(inside)
        start = rows[0]
        for number, (end, whole) in enumerate(ends, 1):
            for row in range(start, rows[0] + end):
                owner = len(owners) + rows[0] + number
                owners[row][column] = owner if whole else -owner
            start = rows[0] + end
    return given == len(middles)


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
        found = ((end, _stacked(rest, edges, end, cut_below=cut_below)) for end in range(1, len(edges)))
        ways = [[(end, False), *way] for end, way in found if way is not None]
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
        return [*ends, (last, False)]
    return ends if start == last else None


@dataclass(slots=True)
class _HeadText:
    """A text in a head with the columns it covers, and the height where the texts below it begin."""

    middle: float
    first: int
    last: int
    floor: float = float("-inf")


def _head_edges(lines: _Lines, xs: Sequence[float]) -> list[RowEdge] | None:
    """The row edges that are missing in a head: below each text that covers columns with further texts.

    None where it is not certain what a text covers.
    """
    texts = _centred_texts(lines)
    if len(texts) > _MOST_TEXTS:
        return None
    whole = _HeadText(float("inf"), 0, len(xs) - 2)
    headings: list[_HeadText] = []
    free = [(whole, 0, len(xs) - 2)]
    for text in texts:
        place = next((part for part in free if part[1] <= text.first and text.last <= part[2]), None)
        reach = _reach(text, texts, xs, *place[1:]) if place else None
        if place is None or reach is None or text.top > place[0].middle:
            return None
        above, first, last = place
        above.floor = max(above.floor, text.top)
        headings.append(_HeadText(text.middle, *reach))
        free.remove(place)
        free += [(above, first, reach[0] - 1), (headings[-1], *reach), (above, reach[1] + 1, last)]
    edges: list[tuple[float, set[int]]] = []
    for heading in sorted(headings, key=lambda heading: -heading.floor):
        at = heading.floor + _ABOVE_TEXT
        if heading.floor > 0 and (not edges or edges[-1][0] - at > SAME_EDGE):
            edges.append((at, set()))
        if heading.floor > 0:
            edges[-1][1].update(range(heading.first, heading.last + 1))
    return [RowEdge(at, [column in closed for column in range(len(xs) - 1)]) for at, closed in edges]


def _centred_texts(lines: _Lines) -> list[ColumnPiece]:
    """The texts of cells, lines below each other with a common middle; the highest first."""
    texts: list[list[ColumnPiece]] = []
    for piece in (piece for line in lines for piece in line):
        above = (text for text in reversed(texts) if abs(text[-1].centre - piece.centre) < OFF_CENTRE)
        found = next((text for text in above if goes_on(text[-1:], [piece])), None)
        if found:
            found.append(piece)
        else:
            texts.append([piece])
    return sorted((joined(text) for text in texts), key=lambda text: -text.top)


def _reach(
    text: ColumnPiece, texts: Sequence[ColumnPiece], xs: Sequence[float], first: int, last: int
) -> tuple[int, int] | None:
    """The columns from `first` to `last` of which a text in a head stands in the middle, beside others."""
    level = [
        other
        for other in sorted(texts, key=attrgetter("left"))
        if min(text.top, other.top) - max(text.bottom, other.bottom) > LEVEL * min(text.height, other.height)
        and first <= other.first
        and other.last <= last
    ]
    tiled = tiles([other.span for other in level], xs, first, last)
    if tiled is not None:
        return next((span for span, other in zip(tiled, level, strict=True) if other is text), None)
    if len(level) > 1:
        return (text.first, text.last) if text.first == text.last else None
    starts, ends = range(first, text.first + 1), range(last, text.last - 1, -1)
    reaches = ((start, end) for start in starts for end in ends)
    return next((reach for reach in reaches if _is_between(text, xs[reach[0]], xs[reach[1] + 1])), None)
