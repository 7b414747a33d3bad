"""Tables of numbers: numbers below each other show the columns; labels stand before and words above them.

Only what fits together becomes a table: as many numbers in each row, a label for every row. All else stays
lines of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from checker.readers.page.printed.geometry import Span, edges_of, grouped, met_by, walls_between
from checker.readers.page.printed.lines import Run, is_crowded
from checker.readers.page.printed.measures import FEWEST_COLUMNS, FURNITURE, MARGIN, SAME_EDGE, SAME_TYPE
from checker.readers.page.tables.filling import Filling, Found
from checker.readers.page.tables.grid import Grid, build_rows
from checker.readers.page.tables.number_heads import HeadFinder, head_columns
from checker.readers.page.tables.number_rows import MANY_COLUMNS, NumberRows, add_labels, number_blocks
from checker.readers.page.tables.row_labels import may_follow
from checker.readers.page.tables.words import (
    TextLine,
    ends_in_number,
    parted_at_starts,
    parted_between,
    text_line,
)
from checker.startup.records import dataclass

_LEADING: Final = 1.8
"""Distance of two lines of one name of several rows, in font heights, at most: other names follow at two lines."""


def find_number_tables(
    lines: Sequence[Sequence[Run]], before: Grid | None, head: Sequence[TextLine]
) -> list[Found]:
    """Tables of numbers among lines of text.

    Args:
        lines: the lines from top to bottom, each from left to right.
        before: the table that may go on from the page before.
        head: the words above a table with which that page ends.
    """
    if is_crowded(lines) or not any(map(ends_in_number, lines)):
        return []
    cells = _last_cells(before) if before else []
    texts = [text_line(line) for line in lines]
    found: list[Found] = []
    for first, last in _stretches(texts):
        stretch = parted_at_starts(texts[first:last])
        known, above = (cells, head) if not first else ((), ())
        tables = _tables(stretch, known, above)
        found += [table._replace(first=table.first + first, last=table.last + first) for table in tables]
    return found


def _stretches(texts: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """Lines without turned text between them."""
    turned = [index for index, text in enumerate(texts) if not text.words]
    for before, after in pairwise([-1, *turned, len(texts)]):
        if after - before > 1:
            yield before + 1, after


def _tables(lines: list[TextLine], cells: Sequence[Span], head: Sequence[TextLine]) -> Iterator[Found]:
    page = HeadFinder(lines)
    is_first = True
    for blocks in _find_blocks(page, cells):
        first, last = blocks[0].head, page.end_of_tail(blocks[-1])
        sides = (
            min(line.words[0].left for line in lines[first:last]) - MARGIN,
            max(line.words[-1].right for line in lines[first:last]) + MARGIN,
        )
        known = cells if is_first else ()
        if known:
            sides = _sides_before(sides, (known[0][0], known[-1][1]))
        above = head if is_first and first <= FURNITURE else ()
        rows: list[_RowOfWords] = []
        for block in blocks:
            goes_on = not rows and block.head == block.top and stands_below(block, known)
            words = lines[block.head : block.top]
            further = above if block is blocks[0] else ()
            rows += _rows(lines, block, sides, known if goes_on else (), [*words, *further])
        tail = lines[blocks[-1].stop : last]
        rows += head_rows(tail, _tail_edges(tail, rows[-1].edges, blocks[-1], sides), blocks[-1])
        filling = _filled(rows)
        if filling is not None:
            # Numbers have no size of their own.
            top = lines[first]
            alike = above and (top.figures or abs(top.em - above[-1].em) <= SAME_TYPE * top.em)
            open_rows = _filled(head_rows(above, rows[0].edges, blocks[0])) if alike else None
            is_first = False
            yield Found(first, last, filling, open_rows)


def head_above(head: Sequence[TextLine], grid: Grid) -> Filling | None:
    """The words above a table, on the page before, as its first rows."""
    columns = list(pairwise(grid.xs))
    return _filled(head_rows(head, grid.xs, NumberRows([], columns, labels=None))) if head else None


# ---- which lines are a table ------------------------------------------------------------------------------


def _find_blocks(page: HeadFinder, known: Sequence[Span]) -> list[list[NumberRows]]:
    """The blocks of each table, from top to bottom; words above columns that nearly touch are parted in place.

    `known` are the edges of the cells in the last row of a table that may go on here.
    """
    lines = page.lines
    tables: list[list[NumberRows]] = [[]]
    taken = 0
    for block in number_blocks(lines):
        fits = add_labels(lines, block, taken)
        if fits:
            page.add_head(block, taken, opened=bool(known or tables[-1]))
            head = [parted_between(line, block.columns) for line in lines[block.head : block.top]]
            lines[block.head : block.top] = head
            above = head_columns(head, block.stub) if head else known if block.head <= FURNITURE else ()
            fits = block.fit(above, all_numbers=bool(head))
        if not fits:
            # The rows above and those below are no longer one table.
            tables.append([])
        elif tables[-1] and block.head != tables[-1][-1].stop:
            tables.append([block])
        else:
            tables[-1].append(block)
        taken = block.stop
    return [
        table
        for table in tables
        if table and _is_table(lines, table, known if table[0].head <= FURNITURE else ())
    ]


def stands_below(block: NumberRows, cells: Sequence[Span]) -> bool:
    """Whether the numbers of a block stand below the last of some cells."""
    under = cells[-len(block.columns) :]
    return len(under) == len(block.columns) and all(
        left < (first + second) / 2 < right
        for (left, right), (first, second) in zip(under, block.columns, strict=True)
    )


def _is_table(lines: Sequence[TextLine], blocks: Sequence[NumberRows], known: Sequence[Span]) -> bool:
    """Whether blocks prove to be a table, or the rest of one with the cells `known` in its last row."""
    certain = bool(known)
    for block in blocks:
        columns = len(block.columns)
        headed = any(block.fills(line.words) for line in lines[block.head : block.top])
        if columns >= FEWEST_COLUMNS:
            certain |= len(block.rows) > 1 or columns >= MANY_COLUMNS or headed
        goes_on = block is blocks[0] and (columns >= FEWEST_COLUMNS or stands_below(block, known))
        if not headed and not goes_on:
            return False
    return certain


# ---- rows and columns ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _RowOfWords:
    """A row of a table.

    Attributes:
        edges: where its columns end, from left to right.
        cells: the words of each cell by its first and last edge.
    """

    bottom: float
    top: float
    edges: Sequence[float]
    cells: dict[Span, list[Run]]

    def put(self, cell: Span, words: Iterable[Run]) -> None:
        """Put words into a cell."""
        for word in words:
            self.cells.setdefault(cell, []).append(word)
            self.bottom, self.top = min(self.bottom, word.bottom), max(self.top, word.top)


def _row(edges: Sequence[float], words: Iterable[Run]) -> _RowOfWords:
    """A row with words below or above its columns, each in those over which it stands."""
    row = _RowOfWords(float("inf"), float("-inf"), edges, {})
    for word in words:
        first = max(bisect_right(edges, word.left + MARGIN) - 1, 0)
        last = min(max(bisect_right(edges, word.right - MARGIN), first + 1), len(edges) - 1)
        row.put((edges[min(first, last - 1)], edges[last]), [word])
    return row


def head_rows(head: Iterable[TextLine], edges: Sequence[float], block: NumberRows) -> list[_RowOfWords]:
    """The rows above numbers. Lines that fill most columns are the lines of one row."""
    lines = list(head)
    filling = [number for number, line in enumerate(lines) if block.fills(line.words)]
    rows: list[_RowOfWords] = []
    for number, line in enumerate(lines):
        row = _row(edges, line.words)
        goes_on = filling and filling[0] < number <= filling[-1]
        if goes_on and all(
            may_follow(rows[-1].cells.get(cell, ()), words[0]) for cell, words in row.cells.items()
        ):
            for cell, words in row.cells.items():
                rows[-1].put(cell, words)
        else:
            rows.append(row)
    return rows


def _rows(
    lines: Sequence[TextLine],
    block: NumberRows,
    sides: Span,
    known: Sequence[Span],
    above: Sequence[TextLine],
) -> list[_RowOfWords]:
    """The rows of a block: the words above it, then its numbers with their labels.

    `known` are the edges of the cells above it on the page before, `above` the words above it here and there.
    """
    head = lines[block.head : block.top]
    columns = _extended(block, above)
    ends = [left for left, _ in known[-len(columns) :]] + [known[-1][1]] if known else []
    walls = [*walls_between(columns), sides[1]]
    labels = block.labels
    if labels is None:
        edges = ends or [sides[0], *walls]
        return [*head_rows(head, edges, block), *(_row(edges, lines[index].numbers) for index in block.rows)]
    # What stands above the labels may reach further than these.
    corner = [word.right for line in head for word in line.words if word.left <= block.stub < columns[0][0]]
    end = max([block.stub, *corner])
    edges = [sides[0], *(ends or [(end + max(end, columns[0][0])) / 2, *walls])]
    groups = _columns_of(labels.others)
    inner = [max(word.right for word in group) + MARGIN / 2 for group in groups]
    body = []
    for index, label in zip(block.rows, labels.labels, strict=True):
        row = _row(edges, lines[index].numbers)
        start = min(word.left for word in label)
        row.put((max([sides[0], *(at for at in inner if at < start + MARGIN)]), edges[1]), label)
        body.append(row)
    for group, cell in zip(groups, pairwise([sides[0], *inner]), strict=True):
        for text in _texts(group):
            middle = (text[0].top + text[-1].bottom) / 2
            nearest = min(body, key=lambda row: abs((row.bottom + row.top) / 2 - middle))
            nearest.cells.setdefault(cell, []).extend(text)
    return [*head_rows(head, edges, block), *body]


def _tail_edges(
    tail: Sequence[TextLine], edges: Sequence[float], block: NumberRows, sides: Span
) -> Sequence[float]:
    """Where the columns end of rows that the page parts from the words above them: these tell, else the rows before."""
    fullest = max(tail, key=lambda line: len(line.words), default=None)
    above = [word.span for word in fullest.words if word.left > block.stub] if fullest else []
    if not block.labels or not above or len(above) == len(block.columns):
        return edges
    return [sides[0], edges[1], *walls_between(above), sides[1]]


def _last_cells(grid: Grid) -> list[Span]:
    """Left and right edge of the cells in the last row of a grid."""
    last = [cell for cell in grid.cells if cell.row + cell.row_span == len(grid.ys) - 1]
    return sorted(grid.cell_box(cell)[::2] for cell in last)


def _sides_before(sides: Span, before: Span) -> Span:
    """The outer edges of the table on the page before, as far as this one does not reach beyond them."""
    left = before[0] if before[0] - SAME_EDGE < sides[0] else sides[0]
    right = before[1] if sides[1] < before[1] + SAME_EDGE else sides[1]
    return left, right


def _extended(block: NumberRows, head: Sequence[TextLine]) -> list[Span]:
    """The columns with the words above each of them, as far as they stay apart."""
    columns = block.columns[:]
    words = [word for line in sorted(head, key=lambda line: -len(line.words)) for word in line.words]
    side = _side(block, words)
    for word in words:
        met = met_by(word.span, columns)
        if not met and side is not None and word.left > block.stub:
            met = [sum(right < word.left for _, right in columns) - side]
        if len(met) == 1:
            number = met[0]
            left, right = min(columns[number][0], word.left), max(columns[number][1], word.right)
            before = columns[number - 1][1] if number else float("-inf")
            after = columns[number + 1][0] if number + 1 < len(columns) else float("inf")
            if before < left and right < after:
                columns[number] = left, right
    return columns


def _side(block: NumberRows, words: Iterable[Run]) -> int | None:
    """Whose words stand in the gaps between numbers that stand at one side of their columns.

    Returns:
        0 if those of the numbers at their right, 1 if those of the numbers at their left, None if unknown.
    """
    columns = block.columns
    ends: set[int] = set()
    nearer: set[int] = set()
    for word in words:
        if word.left > block.stub and not met_by(word.span, columns):
            after = sum(right < word.left for _, right in columns)
            if after in (0, len(columns)):
                ends.add(int(after > 0))
            else:
                nearer.add(int(word.left - columns[after - 1][1] < columns[after][0] - word.right))
    sides = ends or nearer
    return min(sides) if len(sides) == 1 else None


def _columns_of(words: Iterable[Run]) -> list[list[Run]]:
    """Words that stand above each other as columns from left to right."""
    ordered = sorted(words, key=attrgetter("left"))
    return grouped(ordered, lambda column, word: word.left < max(other.right for other in column))


def _texts(column: Iterable[Run]) -> list[list[Run]]:
    """The words of a column as texts of one or more lines."""
    falling = sorted(column, key=attrgetter("middle"), reverse=True)
    return grouped(falling, lambda text, word: text[-1].middle - word.middle < _LEADING * word.height)


def _filled(rows: Sequence[_RowOfWords]) -> Filling | None:
    """Rows below each other as a filled grid, None where cells run into another."""
    edges = edges_of(
        {edge for row in rows for edge in (*row.edges, *(at for cell in row.cells for at in cell))}
    )
    column_of = {at: number for number, edge in enumerate(edges) for at in edge}
    ys = [
        rows[0].top + MARGIN,
        *((above.bottom + below.top) / 2 for above, below in pairwise(rows)),
        rows[-1].bottom - MARGIN,
    ]
    placed = [
        [(column_of[left], column_of[right], words) for (left, right), words in sorted(row.cells.items())]
        for row in rows
    ]
    if any(upper <= lower for upper, lower in pairwise(ys)):
        return None
    if any(first >= last for row in placed for first, last, _ in row):
        return None
    if any(one[1] > two[0] for row in placed for one, two in pairwise(row)):
        return None
    spans = [[(first, last) for first, last, _ in row] for row in placed]
    filling = Filling(build_rows([edge[0] for edge in edges], ys, spans))
    for number, row in enumerate(placed):
        for first, _, words in row:
            filling.put(number, first, words)
    return filling
