"""Rows that no rule parts, in a table whose columns are known.

What is found here is given as rules that might have been drawn. Only rows that text proves are found: a
line of figures that fills its columns, labels level with it, merged labels in the middle of what they cover.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, groupby, pairwise
from operator import attrgetter
from typing import Final

from checker.readers.page.tables.cell_pieces import LINE_GAP, OFF_CENTRE, Piece, middle_of
from checker.readers.page.tables.rule_stacks import Rule
from checker.readers.page.tables.unruled_head import head_rules

_LEVEL: Final = 0.3
"""Part of a font height by which a label and its figures may differ in height."""
_OUTSIDE: Final = -1_000_000
"""Who owns the places beyond the page, where no merged cell does."""
_EDGE_SLACK: Final = 4.0
"""Points by which the edge of a row may be off when it is told from the middle of a merged cell."""


def hides_rows(lines: Sequence[Sequence[Piece]]) -> bool:
    """Whether lines that no rule parts cannot be one row.

    Either a column has two numbers, or text over several columns stands above or below texts of these, or
    a line of few texts stands well above one with more.
    """
    figures = [piece.first for line in lines for piece in line if piece.is_figure]
    if len(set(figures)) < len(figures):
        return True
    if not figures and any(_is_heading(upper, lower) for upper, lower in combinations(lines, 2)):
        return True
    wide = [
        (number, piece) for number, line in enumerate(lines) for piece in line if piece.first < piece.last
    ]
    return any(
        sum(wider.first <= piece.first and piece.last <= wider.last for piece in line) > 1
        for number, wider in wide
        for other, line in enumerate(lines)
        if other != number
    )


def _is_heading(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """Whether a line stands well above one with more texts, one of them in the same column."""
    clear = LINE_GAP * (upper[0].top - upper[0].bottom)
    return len(upper) < len(lower) and any(
        above.first <= below.last and below.first <= above.last and above.bottom - below.top > clear
        for above in upper
        for below in lower
    )


def rules_between(
    lines: Sequence[Sequence[Piece]], xs: Sequence[float], upper: Rule, lower: Rule
) -> list[Rule] | None:
    """The rules from one to another with those that are missing in between.

    Args:
        lines: the lines of text there, from top to bottom.
        xs: column edges.
        upper: the first rule; without pieces where a page begins, then its pieces are found too.
        lower: the last rule, likewise.

    Returns:
        The rules from top to bottom, None where the rows are not certain.
    """
    if not (upper.pieces and lower.pieces) and (body := _body_rules(lines, xs, upper, lower)) is not None:
        return body
    if _each_a_row(lines, xs):
        edges = [upper.at, *(_between(above, below) for above, below in pairwise(lines)), lower.at]
        return [Rule(at, tuple(xs), ((xs[0], xs[-1]),)) for at in edges]
    if any(piece.is_figure for line in lines for piece in line):
        return _body_rules(lines, xs, upper, lower)
    head = head_rules(lines, xs)
    return None if head is None else [upper, *head, lower]


def _between(upper: Sequence[Piece], lower: Sequence[Piece]) -> float:
    return (min(piece.bottom for piece in upper) + max(piece.top for piece in lower)) / 2


def _each_a_row(lines: Sequence[Sequence[Piece]], xs: Sequence[float]) -> bool:
    """Whether every line of text is a row: well apart, and none alone that may be the rest of a cell."""
    for upper, lower in pairwise(lines):
        height = max(piece.top - piece.bottom for line in (upper, lower) for piece in line)
        if min(piece.bottom for piece in upper) - max(piece.top for piece in lower) < LINE_GAP * height:
            return False
    centre = xs[0] + xs[-1]
    return all(len(line) > 1 or abs(line[0].left + line[0].right - centre) < 2 * OFF_CENTRE for line in lines)


def _blocks(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces of one column as the texts of its cells, from top to bottom."""
    blocks: list[list[Piece]] = []
    for piece in sorted(pieces, key=attrgetter("middle"), reverse=True):
        if blocks and blocks[-1][-1].bottom - piece.top < LINE_GAP * (piece.top - piece.bottom):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
    return blocks


def _body_rules(
    lines: Sequence[Sequence[Piece]], xs: Sequence[float], top: Rule, bottom: Rule
) -> list[Rule] | None:
    """The rules between rows of figures with their labels at the left."""
    stub = _stub(lines, len(xs) - 1)
    if stub is None:
        return None
    figures = [line for line in lines if line[-1].last >= stub]
    labels = [piece for line in lines for piece in line if piece.last < stub]
    rows = _blocks(piece for piece in labels if piece.last == stub - 1)
    if len(rows) != len(figures) or not rows:
        return None
    starts: list[int] = []
    for block, line in zip(rows, figures, strict=True):
        size = line[-1].top - line[-1].bottom
        start = _start(block, xs, stub)
        if start is None or abs(middle_of(block) - line[-1].middle) > _LEVEL * size:
            return None
        starts.append(start)
    edges = [top.at]
    for above, below in pairwise(zip(rows, figures, strict=True)):
        edges.append(_between([*above[0], above[1][-1]], [*below[0], below[1][-1]]))
    edges.append(bottom.at)
    likely = edges[:]
    if len(rows) > 1:
        # A row that a page cuts off below or above is as high on both sides of its label.
        likely[0] = edges[0] if top.pieces else max(edges[0], 2 * middle_of(rows[0]) - edges[1])
        likely[-1] = edges[-1] if bottom.pieces else min(edges[-1], 2 * middle_of(rows[-1]) - edges[-2])
    cut = (not top.pieces, not bottom.pieces)
    columns = len(xs) - 1
    # Each row owns its places from its label on; merged labels at the left own those of several rows.
    owners = [[-1] * start + [number] * (columns - start) for number, start in enumerate(starts)]
    merged = [piece for piece in labels if piece.last < stub - 1]
    if any(piece.first < piece.last for piece in merged):
        return None
    for column in range(stub - 1):
        blocks = _blocks(piece for piece in merged if piece.first == column)
        if not _spread(blocks, column, likely, owners, cut):
            return None
    # Above and below a page only merged cells go on that have no label here, or not in their middle.
    beyond = [[min(owner, 0) or _OUTSIDE for owner in owners[end]] for end in (0, -1)]
    rules = [
        _rule_between(at, above, below, xs)
        for at, (above, below) in zip(edges, pairwise([beyond[0], *owners, beyond[1]]), strict=True)
    ]
    return [rules[0] if cut[0] else top, *rules[1:-1], rules[-1] if cut[1] else bottom]


def _stub(lines: Sequence[Sequence[Piece]], columns: int) -> int | None:
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


def _start(block: Sequence[Piece], xs: Sequence[float], stub: int) -> int | None:
    """The column where the cell of a label begins that stands in its middle and ends at the figures."""
    left, right = min(piece.left for piece in block), max(piece.right for piece in block)
    fitting = [
        first
        for first in range(min(piece.first for piece in block) + 1)
        if abs(left + right - xs[first] - xs[stub]) <= 2 * OFF_CENTRE
    ]
    return fitting[0] if len(fitting) == 1 else None


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
        inside = [block for block in blocks if edges[rows[0]] > middle_of(block) > edges[rows[-1] + 1]]
        ends = _covering(
            [middle_of(block) for block in inside],
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
            end
            for end in range(start + 1, last + 1)
            if abs(edges[start] + edges[end] - 2 * middle) < _EDGE_SLACK
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


def _rule_between(at: float, above: Sequence[int], below: Sequence[int], xs: Sequence[float]) -> Rule:
    """The rule between two rows, with gaps where a cell reaches over it."""
    pieces = [
        (xs[column], xs[column + 1])
        for column, (upper, lower) in enumerate(zip(above, below, strict=True))
        if upper != lower
    ]
    return Rule(at, tuple(sorted({end for piece in pieces for end in piece})), tuple(pieces))
