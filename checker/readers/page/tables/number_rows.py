"""Rows of numbers below each other, with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.printed.geometry import Span, are_apart, met_by
from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import FARTHEST_ROWS, SAME_TYPE
from checker.readers.page.tables.row_labels import RowLabels, find_labels, may_follow
from checker.readers.page.tables.words import TextLine, is_page_end
from checker.startup.records import dataclass

MANY_COLUMNS: Final = 5
"""Numbers in a row that make a table without a second one."""
_NEAR_COLUMN: Final = 0.5
"""Font heights by which a number may stand beside the others of its column."""


@dataclass(slots=True)
class NumberRows:
    """Rows with the same columns.

    Attributes:
        rows: indexes of the lines with their numbers.
        columns: left and right end of the numbers in each column.
        head: index of the first line of the words above.
        top: index of the first line of its rows.
        labels: the labels of the rows, None where there is no column of labels.
        stub: where these end.
    """

    rows: list[int]
    columns: list[Span]
    head: int = 0
    top: int = 0
    labels: RowLabels | None = None
    stub: float = float("-inf")

    @property
    def stop(self) -> int:
        """The index after its last line."""
        return self.labels.last if self.labels else self.rows[-1] + 1

    @property
    def wall(self) -> float:
        """Where its numbers begin."""
        return self.columns[0][0]

    def own(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """Its lines without those of the words above."""
        return [*lines[self.top : self.stop], *(lines[row] for row in self.rows)]

    def fills(self, words: Sequence[Run]) -> bool:
        """Whether words stand above half of its columns at least, beside its labels."""
        return 2 * sum(word.left > self.stub for word in words) >= len(self.columns)

    def fit(self, cells: Sequence[Span], *, all_numbers: bool) -> bool:
        """Add the columns that have no number in any row, where what stands above tells of more.

        Args:
            cells: left and right end of what stands above.
            all_numbers: whether all of that stands above columns of numbers, not above labels too.

        Returns:
            False where numbers do not stand below these.
        """
        below = [met_by(cell, self.columns) for cell in cells]
        first = 0 if all_numbers else next((index for index, met in enumerate(below) if met), len(cells))
        if len(cells) - first <= len(self.columns):
            return True
        if sum(map(len, below)) != len(self.columns) or any(len(met) > 1 for met in below):
            return False
        self.columns = [
            _wider(cell, self.columns[met[0]]) if met else cell
            for cell, met in zip(cells[first:], below[first:], strict=True)
        ]
        return True

    def takes(self, numbers: Sequence[Run]) -> bool:
        """Take the next row of numbers if they stand in its columns."""
        if len(numbers) > len(self.columns) or (len(numbers) == 1 < len(self.columns) < MANY_COLUMNS):
            return False
        slack = _NEAR_COLUMN * numbers[0].height if len(numbers) == len(self.columns) else 0.0
        places = [met_by((word.left - slack, word.right + slack), self.columns) for word in numbers]
        if any(len(place) != 1 for place in places) or len({place[0] for place in places}) < len(places):
            return False
        wider = self.columns[:]
        for word, (place,) in zip(numbers, places, strict=True):
            wider[place] = _wider(wider[place], word.span)
        if are_apart(wider):
            self.columns = wider
        return self.columns is wider


def _wider(one: Span, other: Span) -> Span:
    return (min(one[0], other[0]), max(one[1], other[1]))


def number_blocks(lines: Sequence[TextLine]) -> list[NumberRows]:
    """Rows of numbers that stand below each other."""
    blocks: list[NumberRows] = []
    block: NumberRows | None = None
    for index, line in enumerate(lines):
        if block and not _may_be_inside(lines, block, index):
            block = None
        if not line.figures or len(line.words) == 1:
            continue
        if block and block.takes(line.numbers):
            block.rows.append(index)
            continue
        fuller = NumberRows([index], [word.span for word in line.numbers])
        if block and all(fuller.takes(lines[row].numbers) for row in block.rows):
            # Cells of the rows before were empty.
            fuller.rows[:0] = blocks.pop().rows
        block = fuller
        blocks.append(block)
    return blocks


def _may_be_inside(lines: Sequence[TextLine], block: NumberRows, index: int) -> bool:
    """Whether a line may stand between the rows of a block: near, and no words above its columns."""
    line = lines[index]
    if not line.figures:
        ends = [labels[-1].right for row in block.rows if (labels := lines[row].labels)]
        beyond = len(line.words) > 1 and line.words[-1].left > max(ends, default=float("inf"))
        if beyond or line.words[-1].right > block.wall:
            return False
    return lines[index - 1].middle - line.middle < FARTHEST_ROWS * line.height


def add_labels(lines: Sequence[TextLine], block: NumberRows, taken: int) -> bool:
    """Find the labels of a block, from the line `taken` on; False where they are not certain."""
    first, last = block.rows[0], block.rows[-1] + 1
    while first > taken and _is_label_line(lines[first - 1], block):
        first -= 1
    while last < len(lines) and _is_label_line(lines[last], block):
        last += 1
    block.top = block.rows[0]
    if any(lines[number].figures for number in range(first, last) if number not in block.rows):
        return False
    if not any(line.labels for line in lines[first:last]):
        return True
    found = find_labels(lines[first:last], [row - first for row in block.rows])
    if found is None:
        return False
    block.labels = _with_cut_lines(lines, block, found.moved(first))
    block.stub = max(word.right for label in block.labels.labels for word in label)
    block.top = min(block.labels.first, block.rows[0])
    return True


def _with_cut_lines(lines: Sequence[TextLine], block: NumberRows, labels: RowLabels) -> RowLabels:
    """Labels with what stands below the last row where the page ends: its other lines, and names of several rows."""
    longer, pitch = labels, labels.pitch
    while longer.last < len(lines) and _is_label_line(lines[longer.last], block):
        line, label = lines[longer.last], longer.labels[-1]
        word = line.words[-1]
        if abs(line.em - label[-1].em) > SAME_TYPE * label[-1].em:
            break
        if word.right <= label[-1].left:
            longer = longer.with_line(line.words, ())
        elif may_follow(label, word) and label[-1].middle - word.middle <= pitch * label[-1].em:
            longer = longer.with_line(line.words[:-1], (word,))
        else:
            break
    return longer if is_page_end(lines[longer.last :]) else labels


def _is_label_line(line: TextLine, block: NumberRows) -> bool:
    """Whether a line above or below rows holds nothing but words before their numbers."""
    return not line.figures and line.words[-1].right <= block.wall
