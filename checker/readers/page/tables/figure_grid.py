"""Tables of numbers that no rule parts into columns, as grids."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from checker.readers.page.ink import Glyph
from checker.readers.page.lines import EMPTY, CellText, Run, is_crowded, joint
from checker.readers.page.tables.figure_blocks import FURNITURE, find_blocks, stands_below
from checker.readers.page.tables.figure_heads import APART, end_of_tail, open_head
from checker.readers.page.tables.figure_lines import MARK_ENDS, SAME_TYPE, TextLine, Word, parted, text_line
from checker.readers.page.tables.figure_rows import Block
from checker.readers.page.tables.row_labels import may_follow
from checker.readers.page.tables.ruled_grid import Grid, GridCell
from checker.startup.records import dataclass

_MARGIN: Final = 2.0
"""Points between the outermost words and the edges of their table."""
_SAME_EDGE: Final = 4.0
"""Edges between columns that differ by no more points are one."""
_LEADING: Final = 1.8
"""Distance of two lines of one text, in font heights, at most."""
_MOST_HEAD: Final = 12
"""No head of a table has more lines."""


Contents = tuple[tuple[GridCell, CellText], ...]
"""Cells with their texts, in reading order."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table among lines of text.

    Attributes:
        first: index of its first line.
        last: index after its last line.
        grid: its skeleton.
        contents: each cell with its text, in reading order.
        head: likewise of its first rows, where these stand on the page before.
    """

    first: int
    last: int
    grid: Grid
    contents: Contents
    head: tuple[Grid, Contents] | None


@dataclass(slots=True)
class _Row:
    """A row of a table.

    Attributes:
        edges: where its columns end, from left to right.
        cells: the words of each cell by its first and last edge.
    """

    bottom: float
    top: float
    edges: Sequence[float]
    cells: dict[tuple[float, float], list[Word]]

    def put(self, cell: tuple[float, float], words: Iterable[Word]) -> None:
        """Put words into a cell."""
        for word in words:
            self.cells.setdefault(cell, []).append(word)
            self.bottom, self.top = min(self.bottom, word.bottom), max(self.top, word.top)


def find_figure_tables(
    lines: Sequence[Sequence[Run]], glyphs: Sequence[Glyph], before: Grid | None, head: Sequence[TextLine]
) -> list[FigureTable]:
    """Tables of numbers among lines of text.

    Args:
        lines: the lines from top to bottom, each from left to right.
        glyphs: the characters of the page.
        before: the table that may go on from the page before.
        head: the words above a table with which that page ends.
    """
    if is_crowded(lines) or not any(_ends_in_numbers(line) for line in lines):
        return []
    texts = parted([text_line(line, glyphs) for line in lines])
    cells = _last_cells(before) if before else []
    found: list[FigureTable] = []
    for blocks in find_blocks(texts, cells):
        first, last = blocks[0].head, end_of_tail(texts, blocks[-1])
        own = [line for line in texts[first:last] if line]
        sides = (
            min(line.words[0].left for line in own) - _MARGIN,
            max(line.words[-1].right for line in own) + _MARGIN,
        )
        goes_on = cells if not found else []
        if goes_on:
            sides = _sides_before(sides, (cells[0][0], cells[-1][1]))
        rows: list[_Row] = []
        for block in blocks:
            known = goes_on if not rows and block.head == block.top and stands_below(block, goes_on) else []
            above = head if not found and block is blocks[0] and first <= FURNITURE else ()
            rows += _rows(texts, block, sides, known, above)
        tail = [line for line in texts[blocks[-1].stop : last] if line]
        edges = _tail_edges(tail, rows[-1].edges, blocks[-1], sides)
        rows += _head_rows(tail, edges, blocks[-1].stub, len(blocks[-1].columns))
        table = _table(rows)
        if table is not None:
            open_rows = None if found else _head_before(head, texts, blocks[0], rows[0].edges)
            found.append(FigureTable(first, last, *table, open_rows))
    return found


def open_head_of(lines: Sequence[Sequence[Run]], glyphs: Sequence[Glyph]) -> tuple[Sequence[TextLine], int]:
    """See `open_head`; the lines are the last ones of a page outside tables."""
    lines = lines[-_MOST_HEAD:]
    size = max([run.em for line in lines for run in line], default=0.0)
    # The head stands in the last lines, but for a page number: in smaller type, or as words well apart.
    for line in lines[-1 - FURNITURE :]:
        em = max([run.em for run in line])
        if 0 < em < size * (1 - SAME_TYPE) or any(
            after.left - before.right > APART * em for before, after in pairwise(line)
        ):
            return open_head([text_line(line, glyphs) for line in lines])
    return (), 0


def head_above(head: Sequence[TextLine], grid: Grid) -> tuple[Grid, Contents] | None:
    """The words above a table on the page before as its first rows."""
    return _table(_head_rows(head, grid.xs, grid.xs[0], len(grid.xs) - 1)) if head else None


def _head_before(
    head: Sequence[TextLine], texts: Sequence[TextLine | None], block: Block, edges: Sequence[float]
) -> tuple[Grid, Contents] | None:
    """The first rows of a table on the page before, where its words stand above these columns."""
    top = texts[block.head]
    if not head or block.head > FURNITURE or not top:
        return None
    # Numbers have no size of their own.
    if not top.figures and abs(top.em - head[-1].em) > SAME_TYPE * top.em:
        return None
    return _table(_head_rows(head, edges, block.stub, len(block.columns)))


def _tail_edges(
    tail: Sequence[TextLine], edges: Sequence[float], block: Block, sides: tuple[float, float]
) -> Sequence[float]:
    """Where the columns end of rows that the page parts from the words above them: these tell.

    Args:
        tail: the lines of these words.
        edges: the same of the rows before.
        block: these rows.
        sides: left and right edge of the table.
    """
    fullest = max(tail, key=lambda line: len(line.words), default=None)
    above = [word for word in fullest.words if word.left > block.stub] if fullest else []
    if not block.labels or not above or len(above) == len(block.columns):
        return edges
    return [sides[0], edges[1], *((one.right + other.left) / 2 for one, other in pairwise(above)), sides[1]]


def _ends_in_numbers(line: Sequence[Run]) -> bool:
    """Whether a line may be a row of numbers: cheaper to tell than its words."""
    text = line[-1].text
    return (len(line) > 1 or " " in text) and (text[-1].isdecimal() or text[-1] in MARK_ENDS)


def _last_cells(grid: Grid) -> list[tuple[float, float]]:
    """Left and right edge of the cells in the last row of a grid."""
    last = [cell for cell in grid.cells if cell.row + cell.row_span == len(grid.ys) - 1]
    return sorted((grid.xs[cell.column], grid.xs[cell.column + cell.column_span]) for cell in last)


def _sides_before(sides: tuple[float, float], before: tuple[float, float]) -> tuple[float, float]:
    """The outer edges of the table on the page before, as far as this one does not reach beyond them."""
    left = before[0] if before[0] - _SAME_EDGE < sides[0] else sides[0]
    right = before[1] if sides[1] < before[1] + _SAME_EDGE else sides[1]
    return left, right


def _rows(
    texts: Sequence[TextLine | None],
    block: Block,
    sides: tuple[float, float],
    known: Sequence[tuple[float, float]],
    above: Sequence[TextLine],
) -> list[_Row]:
    """The rows of a block: the words above it, then its numbers with their labels.

    Args:
        texts: all lines.
        block: the block.
        sides: left and right edge of the table.
        known: left and right edge of the cells above it on the page before.
        above: words above it there.
    """
    head = [line for line in texts[block.head : block.top] if line]
    columns = _extended(block, [*head, *above])
    ends = [left for left, _ in known[-len(columns) :]] + [known[-1][1]] if known else []
    walls = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    labels = block.labels
    if labels is None:
        edges = ends or [sides[0], *walls, sides[1]]
        body = [_row(edges, line.numbers) for index in block.rows if (line := texts[index])]
        return [*_head_rows(head, edges, block.stub, len(columns)), *body]
    corner = [word.right for line in head for word in line.words if word.left <= block.stub < columns[0][0]]
    end = max([block.stub, *(right for right in corner if right < columns[0][0])])
    edges = [sides[0], *(ends or [(end + max(end, columns[0][0])) / 2, *walls, sides[1]])]
    groups = _clusters(labels.others)
    inner = [max(word.right for word in group) + _MARGIN / 2 for group in groups]
    body = []
    for index, label in zip(block.rows, labels.labels, strict=True):
        line = texts[index]
        row = _row(edges, line.numbers if line else ())
        start = min(word.left for word in label)
        row.put((max([sides[0], *(at for at in inner if at < start + _MARGIN)]), edges[1]), label)
        body.append(row)
    for group, (left, right) in zip(groups, pairwise([sides[0], *inner]), strict=True):
        for text in _texts(group):
            middle = (text[0].top + text[-1].bottom) / 2
            nearest = min(body, key=lambda row: abs((row.bottom + row.top) / 2 - middle))
            nearest.cells.setdefault((left, right), []).extend(text)
    return [*_head_rows(head, edges, block.stub, len(columns)), *body]


def _row(edges: Sequence[float], words: Iterable[Word]) -> _Row:
    """A row with words below or above its columns, each in those over which it stands."""
    row = _Row(float("inf"), float("-inf"), edges, {})
    for word in words:
        first = max(bisect_right(edges, word.left + _MARGIN) - 1, 0)
        last = min(max(bisect_right(edges, word.right - _MARGIN), first + 1), len(edges) - 1)
        row.put((edges[min(first, last - 1)], edges[last]), [word])
    return row


def _extended(block: Block, head: Sequence[TextLine]) -> list[tuple[float, float]]:
    """The columns with the words above each of them, as far as they stay apart."""
    columns = block.columns[:]
    words = [word for line in sorted(head, key=lambda line: -len(line.words)) for word in line.words]
    side = _side(block, words)
    for word in words:
        met = _met(columns, word)
        if len(met) == 1:
            _extend(columns, met[0], word)
        elif not met and side is not None and word.left > block.stub:
            _extend(columns, sum(right < word.left for _, right in columns) - side, word)
    return columns


def _side(block: Block, words: Iterable[Word]) -> int | None:
    """Whose words stand in the gaps between numbers that stand at one side of their columns.

    Returns:
        0 if those of the numbers at their right, 1 if those of the numbers at their left, None if unknown.
    """
    columns = block.columns
    ends: set[int] = set()
    nearer: set[int] = set()
    for word in words:
        if word.left > block.stub and not _met(columns, word):
            after = sum(right < word.left for _, right in columns)
            if after in (0, len(columns)):
                ends.add(int(after > 0))
            else:
                nearer.add(int(word.left - columns[after - 1][1] < columns[after][0] - word.right))
    sides = ends or nearer
    return min(sides) if len(sides) == 1 else None


def _met(columns: Sequence[tuple[float, float]], word: Word) -> list[int]:
    """The columns above which a word stands."""
    return [number for number, (left, right) in enumerate(columns) if word.left < right and left < word.right]


def _extend(columns: list[tuple[float, float]], number: int, word: Word) -> None:
    """Let a column reach as far as a word, unless that is another column's place."""
    left, right = min(columns[number][0], word.left), max(columns[number][1], word.right)
    before = columns[number - 1][1] if number else float("-inf")
    after = columns[number + 1][0] if number + 1 < len(columns) else float("inf")
    if before < left and right < after:
        columns[number] = left, right


def _head_rows(
    head: Sequence[TextLine | None], edges: Sequence[float], stub: float, columns: int
) -> list[_Row]:
    """The rows above numbers. Lines that fill most columns are the lines of one row."""
    lines = [line for line in head if line]
    filling = [
        number
        for number, line in enumerate(lines)
        if 2 * sum(word.left > stub for word in line.words) >= columns
    ]
    rows: list[_Row] = []
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


def _clusters(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand above each other as columns from left to right."""
    clusters: list[list[Word]] = []
    right = float("-inf")
    for word in sorted(words, key=attrgetter("left")):
        if word.left < right:
            clusters[-1].append(word)
        else:
            clusters.append([word])
        right = max(right, word.right)
    return clusters


def _texts(column: Iterable[Word]) -> list[list[Word]]:
    """The words of a column as texts of one or more lines."""
    texts: list[list[Word]] = []
    for word in sorted(column, key=attrgetter("middle"), reverse=True):
        if texts and texts[-1][-1].middle - word.middle < _LEADING * word.height:
            texts[-1].append(word)
        else:
            texts.append([word])
    return texts


def _table(rows: Sequence[_Row]) -> tuple[Grid, Contents] | None:
    """The grid of rows below each other and the texts of its cells, None where cells run into another."""
    positions = sorted(
        {edge for row in rows for edge in row.edges} | {e for r in rows for c in r.cells for e in c}
    )
    xs: list[float] = []
    column_of: dict[float, int] = {}
    for position in positions:
        if not xs or position - xs[-1] > _SAME_EDGE:
            xs.append(position)
        column_of[position] = len(xs) - 1
    ys = [rows[0].top + _MARGIN]
    ys += [(above.bottom + below.top) / 2 for above, below in pairwise(rows)]
    ys.append(rows[-1].bottom - _MARGIN)
    if any(above <= below for above, below in pairwise(ys)) or len(xs) < 2:  # noqa: PLR2004  # both sides
        return None
    contents: list[tuple[GridCell, CellText]] = []
    for number, row in enumerate(rows):
        column = 0
        for (left, right), words in sorted(row.cells.items()):
            first, last = column_of[left], column_of[right]
            if first < column or last <= first:
                return None
            contents += [(GridCell(number, free, 1, 1), EMPTY) for free in range(column, first)]
            contents.append((GridCell(number, first, 1, last - first), _text(words)))
            column = last
        contents += [(GridCell(number, free, 1, 1), EMPTY) for free in range(column, len(xs) - 1)]
    closed = (False,) * (len(xs) - 1)
    return Grid(tuple(xs), tuple(ys), tuple(cell for cell, _ in contents), closed, closed), tuple(contents)


def _text(words: Iterable[Word]) -> CellText:
    text = ""
    for word in sorted(words, key=lambda word: (-word.middle, word.left)):
        text += joint(text, word.text) + word.text
    return CellText(text)
