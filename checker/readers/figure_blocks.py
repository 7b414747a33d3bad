"""Where lines of text are tables of numbers: numbers below each other, labels before and words above them.

Only what fits together becomes a table: as many numbers in each row, a label for every row. All else stays
lines of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.figure_lines import TextLine, Word
from checker.readers.plain_tables import begins_section
from checker.readers.row_labels import CLOSE, RowLabels, find_labels, may_follow
from checker.records import dataclass

_FEWEST_COLUMNS: Final = 3
"""Numbers in a row that make a table."""
_MANY_COLUMNS: Final = 5
"""Numbers in a row that make a table without a second one."""
_FARTHEST: Final = 4.0
"""Distance of two lines of a table, in font heights, at most."""
_LEADING: Final = 2.2
"""Distance of two lines of one cell, in font heights, at most."""
SAME_TYPE: Final = 0.15
"""Part by which sizes of type in a table may differ."""
_LONGEST: Final = 0.45
"""Part of the width of all lines that a word in the head of a table takes at most."""
_NEAR_COLUMN: Final = 0.5
"""Font heights by which a number may stand beside the others of its column."""
FURNITURE: Final = 2
"""Lines above the rest of a table that may be the running head of the page."""
_ALIGNED: Final = 3.0
"""Points by which the middle or the left end of a heading may differ from that of the table."""


@dataclass(slots=True)
class Block:
    """Rows with the same columns.

    Attributes:
        rows: indexes of the lines with their numbers.
        columns: left and right end of the numbers in each column.
        head: index of the first line of the words above.
        top: index of the first line of its rows.
        labels: the labels of the rows, None where there is no column of labels.
    """

    rows: list[int]
    columns: list[tuple[float, float]]
    head: int = 0
    top: int = 0
    labels: RowLabels | None = None

    @property
    def stop(self) -> int:
        """The index after its last line."""
        return self.labels.last if self.labels else self.rows[-1] + 1

    @property
    def wall(self) -> float:
        """Where its numbers begin."""
        return self.columns[0][0]

    @property
    def stub(self) -> float:
        """Where its labels end."""
        labels = self.labels.labels if self.labels else ()
        return max((word.right for label in labels for word in label), default=float("-inf"))

    def takes(self, numbers: Sequence[Word]) -> bool:
        """Take the next row of numbers if they stand in its columns."""
        if len(numbers) > len(self.columns) or (len(numbers) == 1 < len(self.columns)):
            return False
        slack = _NEAR_COLUMN * numbers[0].height if len(numbers) == len(self.columns) else 0.0
        wider = self.columns[:]
        used: set[int] = set()
        for word in numbers:
            met = [
                index
                for index, (left, right) in enumerate(self.columns)
                if word.left < right + slack and left - slack < word.right
            ]
            if len(met) != 1 or met[0] in used:
                return False
            left, right = wider[met[0]]
            used.add(met[0])
            wider[met[0]] = min(left, word.left), max(right, word.right)
        if any(after[0] <= before[1] for before, after in pairwise(wider)):
            return False
        self.columns = wider
        return True


def find_blocks(
    lines: Sequence[TextLine | None], known: Sequence[tuple[float, float]] = ()
) -> list[list[Block]]:
    """The blocks of each table among lines of text, from top to bottom.

    Args:
        lines: from top to bottom; None for one that is in no table.
        known: left and right edge of each cell in the last row of a table that may go on here.
    """
    tables: list[list[Block]] = []
    taken = 0
    for block in _blocks(lines):
        if not _with_labels(lines, block, taken):
            # What stands right above or below is part of the same table, and as doubtful.
            taken = block.rows[-1] + 1
            tables.append([])
            continue
        _add_head(lines, block, taken, opened=bool(known or (tables and tables[-1])))
        if tables and tables[-1] and block.head == tables[-1][-1].stop:
            tables[-1].append(block)
        else:
            tables.append([block])
        taken = block.stop
    return [
        table
        for table in tables
        if table and _is_table(lines, table, known if table[0].head <= FURNITURE else ())
    ]


def stands_below(block: Block, cells: Sequence[tuple[float, float]]) -> bool:
    """Whether the numbers of a block stand below the last of some cells."""
    under = cells[-len(block.columns) :]
    return len(under) == len(block.columns) and all(
        left < (first + second) / 2 < right
        for (left, right), (first, second) in zip(under, block.columns, strict=True)
    )


def end_of_tail(lines: Sequence[TextLine | None], block: Block) -> int:
    """The index after the lines that are the head of further rows on the next page, if the page ends there."""
    end = block.stop
    rows = [line for line in [*lines[block.top : block.stop], lines[block.rows[-1]]] if line]
    size, height = max(line.em for line in rows), max(line.height for line in rows)
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        if not (line and above) or line.figures or above.middle - line.middle > _LEADING * height:
            break
        if abs(line.em - size) > SAME_TYPE * size or begins_section(line.words[0].text):
            break
        if any(word.right - word.left > _LONGEST * _width(lines) for word in line.words):
            break
        end += 1
    return end if _is_page_end(lines, end) else block.stop


def open_head(lines: Sequence[TextLine | None]) -> tuple[list[TextLine], int]:
    """The words above a table that the page end parts from it, and how many lines stand below them.

    They begin right below a heading, or where the type changes, and go on to the end of the page.
    """
    end = len(lines)
    while end and _is_page_end(lines, end - 1):
        end -= 1
    head: list[TextLine] = []
    above: TextLine | None = None
    for above in reversed(lines[:end]):
        if above is None or above.figures or begins_section(above.words[0].text):
            break
        below = head[0] if head else above
        if abs(above.em - below.em) > SAME_TYPE * below.em:
            break
        if above.middle - below.middle > _FARTHEST * below.height:
            return [], 0
        head.insert(0, above)
    begins = above is not None and above not in head
    several = any(len(line.words) > 1 for line in head)
    longest = _LONGEST * _width(lines) if head else 0.0
    short = all(word.right - word.left < longest for line in head for word in line.words)
    return (head, len(lines) - end) if begins and several and short else ([], 0)


def _is_page_end(lines: Sequence[TextLine | None], index: int) -> bool:
    """Whether nothing but a page number stands from a line on."""
    return all(
        line is not None and len(line.words) == 1 and any(map(str.isdigit, line.words[0].text))
        for line in lines[index:]
    )


def _width(lines: Sequence[TextLine | None]) -> float:
    """Width of all lines together."""
    shown = [line for line in lines if line]
    return max(line.words[-1].right for line in shown) - min(line.words[0].left for line in shown)


def _blocks(lines: Sequence[TextLine | None]) -> Iterator[Block]:
    """Rows of numbers that stand below each other."""
    block: Block | None = None
    for index, line in enumerate(lines):
        if line is None or (block and not _may_be_inside(lines, block, index)):
            if block:
                yield block
            block = None
        if line is None or not line.figures or len(line.words) == 1:
            continue
        if block and block.takes(line.numbers):
            block.rows.append(index)
            continue
        if block:
            yield block
        block = Block([index], [(word.left, word.right) for word in line.numbers])
    if block:
        yield block


def _may_be_inside(lines: Sequence[TextLine | None], block: Block, index: int) -> bool:
    """Whether a line may stand between the rows of a block."""
    line, before = lines[index], lines[index - 1]
    if not line or not before or (not line.figures and _is_above_columns(lines, block, line)):
        return False
    return before.middle - line.middle < _FARTHEST * line.height


def _is_above_columns(lines: Sequence[TextLine | None], block: Block, line: TextLine) -> bool:
    """Whether a line without numbers has words above the columns of numbers, or beyond all labels."""
    labels = [row.labels[-1].right for number in block.rows if (row := lines[number]) and row.labels]
    beyond = bool(labels) and len(line.words) > 1 and line.words[-1].left > max(labels)
    return beyond or line.words[-1].right > block.wall


def _with_labels(lines: Sequence[TextLine | None], block: Block, taken: int) -> bool:
    """Find the labels of a block, from the line `taken` on; False where they are not certain."""
    first, last = block.rows[0], block.rows[-1] + 1
    while first > taken and _is_label_line(lines, first - 1, block):
        first -= 1
    while last < len(lines) and _is_label_line(lines, last, block):
        last += 1
    own = [line for line in lines[first:last] if line]
    block.top = block.rows[0]
    if not any(line.labels for line in own):
        return True
    rows = [row - first for row in block.rows]
    if any(line.numbers and number not in rows for number, line in enumerate(own)):
        return False
    found = find_labels(own, rows)
    if found is None:
        return False
    block.labels = _with_cut_lines(lines, block, found.moved(first))
    block.top = min(block.labels.first, block.rows[0])
    return True


def _with_cut_lines(lines: Sequence[TextLine | None], block: Block, labels: RowLabels) -> RowLabels:
    """Labels with the other lines of the last one where the page ends: numbers may stand at its first line."""
    longer = labels
    while longer.last < len(lines) and _is_label_line(lines, longer.last, block):
        line = lines[longer.last]
        above = longer.labels[-1][-1]
        if not line or not may_follow(longer.labels[-1], line.words[-1]):
            break
        word = line.words[-1]
        if above.middle - word.middle > CLOSE * above.em or abs(word.em - above.em) > SAME_TYPE * above.em:
            break
        longer = longer.with_line(line)
    return longer if _is_page_end(lines, longer.last) else labels


def _is_label_line(lines: Sequence[TextLine | None], index: int, block: Block) -> bool:
    """Whether a line above or below rows holds nothing but words before their numbers."""
    line = lines[index]
    return line is not None and not line.figures and line.words[-1].right <= block.wall


def _add_head(lines: Sequence[TextLine | None], block: Block, taken: int, *, opened: bool) -> None:
    """Find the words above a block, up to the line `taken`.

    Args:
        lines: all lines.
        block: the block, with its labels.
        taken: index of the first line that may belong to it.
        opened: whether its table may have begun above that line.
    """
    rows = [lines[row] for row in block.rows]
    own = [line for line in [*lines[block.top : block.stop], *rows] if line]
    left = min(line.words[0].left for line in own)
    right = max(line.words[-1].right for line in own)
    longest = _width(lines)
    height = max(line.height for line in own)
    size = max(line.em for line in own)
    block.head = block.top
    while block.head > taken:
        line, below = lines[block.head - 1], lines[block.head]
        if not (line and below) or line.middle - below.middle > _FARTHEST * height:
            return
        between = opened and block.head - 1 == taken and line.middle - below.middle < _LEADING * height
        if line.figures or not _is_head_line(line, below, block, (left, right), longest, between=between):
            return
        # Numbers have no size of their own where there are no labels.
        if (block.labels or block.head < block.top) and abs(line.em - size) > SAME_TYPE * size:
            return
        size = line.em
        block.head -= 1


def _is_head_line(
    line: TextLine, below: TextLine, block: Block, sides: tuple[float, float], longest: float, *, between: bool
) -> bool:
    """Whether a line is part of the words above a block.

    Args:
        line: the line.
        below: the line below it, which is part of the block or its head.
        block: the block.
        sides: left and right end of the rows of the block.
        longest: width of all lines together.
        between: whether it stands between the block and another one.
    """
    left, right = sides
    only = line.words[0]
    free = [word for word in line.words if len(line.words) == 1 or word.left > block.stub]
    if any(word.right - word.left > _LONGEST * longest for word in free):
        return False
    if len(line.words) > 1 or only.left > block.stub:
        return left - longest / 2 < only.left and line.words[-1].right < right + longest / 2
    if only.right < block.wall:
        # It may be a line of the words above the labels, which then go on below.
        under = below.words[0]
        near = only.bottom - under.top < _LEADING * only.height
        alike = abs(only.left - under.left) <= _ALIGNED or abs(only.centre - under.centre) <= _ALIGNED
        if near and alike and under.right < block.wall and not begins_section(only.text):
            return True
    if begins_section(only.text) or len(below.words) == 1:
        return False
    return between or abs(only.left + only.right - left - right) <= 2 * _ALIGNED or abs(only.left - left) <= _ALIGNED


def _is_table(
    lines: Sequence[TextLine | None], blocks: Sequence[Block], known: Sequence[tuple[float, float]]
) -> bool:
    """Whether blocks prove to be a table, or the rest of one with the cells `known` in its last row."""
    certain = bool(known)
    for block in blocks:
        columns = len(block.columns)
        above = [line for line in lines[block.head : block.top] if line]
        headed = any(2 * sum(word.left > block.stub for word in line.words) >= columns for line in above)
        if columns >= _FEWEST_COLUMNS:
            certain |= len(block.rows) > 1 or columns >= _MANY_COLUMNS or headed
        goes_on = block is blocks[0] and (columns >= _FEWEST_COLUMNS or stands_below(block, known))
        if not headed and not goes_on:
            return False
    return certain
