"""Rows of numbers below each other, with their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.tables.figure_lines import SAME_TYPE, TextLine, Word, is_page_end
from checker.readers.page.tables.row_labels import RowLabels, find_labels, may_follow
from checker.startup.records import dataclass

MANY_COLUMNS: Final = 5
"""Numbers in a row that make a table without a second one."""
FARTHEST: Final = 4.0
"""Distance of two lines of a table, in font heights, at most."""
_NEAR_COLUMN: Final = 0.5
"""Font heights by which a number may stand beside the others of its column."""


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

    def fit(self, cells: Sequence[tuple[float, float]], *, all_numbers: bool) -> bool:
        """Add the columns that have no number in any row, where what stands above tells of more.

        Args:
            cells: left and right end of what stands above.
            all_numbers: whether all of that stands above columns of numbers, not above labels too.

        Returns:
            False where numbers do not stand below these.
        """
        numbers = self.columns
        below = [
            [number for number in numbers if number[0] < right and left < number[1]] for left, right in cells
        ]
        first = 0 if all_numbers else next((index for index, found in enumerate(below) if found), len(cells))
        if len(cells) - first <= len(numbers):
            return True
        if sum(map(len, below)) != len(numbers) or any(len(found) > 1 for found in below):
            return False
        self.columns = [
            (min(left, found[0][0]), max(right, found[0][1])) if found else (left, right)
            for (left, right), found in zip(cells[first:], below[first:], strict=True)
        ]
        return True

    def takes(self, numbers: Sequence[Word]) -> bool:
        """Take the next row of numbers if they stand in its columns."""
        if len(numbers) > len(self.columns) or (len(numbers) == 1 < len(self.columns) < MANY_COLUMNS):
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


def number_blocks(lines: Sequence[TextLine | None]) -> Iterator[Block]:
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
        fuller = Block([index], [(word.left, word.right) for word in line.numbers])
        if block and all(fuller.takes(row.numbers) for number in block.rows if (row := lines[number])):
            # Cells of the rows before were empty.
            fuller.rows[:0] = block.rows
        elif block:
            yield block
        block = fuller
    if block:
        yield block


def _may_be_inside(lines: Sequence[TextLine | None], block: Block, index: int) -> bool:
    """Whether a line may stand between the rows of a block."""
    line, before = lines[index], lines[index - 1]
    if not line or not before or (not line.figures and _is_above_columns(lines, block, line)):
        return False
    return before.middle - line.middle < FARTHEST * line.height


def _is_above_columns(lines: Sequence[TextLine | None], block: Block, line: TextLine) -> bool:
    """Whether a line without numbers has words above the columns of numbers, or beyond all labels."""
    labels = [row.labels[-1].right for number in block.rows if (row := lines[number]) and row.labels]
    beyond = bool(labels) and len(line.words) > 1 and line.words[-1].left > max(labels)
    return beyond or line.words[-1].right > block.wall


def add_labels(lines: Sequence[TextLine | None], block: Block, taken: int) -> bool:
    """Find the labels of a block, from the line `taken` on; False where they are not certain."""
    first, last = block.rows[0], block.rows[-1] + 1
    while first > taken and _is_label_line(lines, first - 1, block):
        first -= 1
    while last < len(lines) and _is_label_line(lines, last, block):
        last += 1
    own = [line for line in lines[first:last] if line]
    block.top = block.rows[0]
    rows = [row - first for row in block.rows]
    if any(line.numbers and number not in rows for number, line in enumerate(own)):
        return False
    if not any(line.labels for line in own):
        return True
    found = find_labels(own, rows)
    if found is None:
        return False
    block.labels = _with_cut_lines(lines, block, found.moved(first))
    block.top = min(block.labels.first, block.rows[0])
    return True


def _with_cut_lines(lines: Sequence[TextLine | None], block: Block, labels: RowLabels) -> RowLabels:
    """Labels with what stands below the last row where the page ends: its other lines, and names of several rows."""
    longer, pitch = labels, labels.pitch
    while longer.last < len(lines) and _is_label_line(lines, longer.last, block):
        line, label = lines[longer.last], longer.labels[-1]
        if line is None or abs(line.em - label[-1].em) > SAME_TYPE * label[-1].em:
            break
        word = line.words[-1]
        if word.right <= label[-1].left:
            longer = longer.with_line(line.words, ())
        elif may_follow(label, word) and label[-1].middle - word.middle <= pitch * label[-1].em:
            longer = longer.with_line(line.words[:-1], (word,))
        else:
            break
    return longer if is_page_end(lines, longer.last) else labels


def _is_label_line(lines: Sequence[TextLine | None], index: int, block: Block) -> bool:
    """Whether a line above or below rows holds nothing but words before their numbers."""
    line = lines[index]
    return line is not None and not line.figures and line.words[-1].right <= block.wall
