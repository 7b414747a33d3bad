"""Which words are the labels of rows of numbers, where no rule tells.

The label of a row ends right before its numbers and may take several lines, level with the numbers by its
middle, its first or its last line. Words further left name several rows together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from checker.readers.page.printed.lines import NUMBERED, Run
from checker.readers.page.printed.measures import (
    ALIGNED,
    LEVEL,
    LOOSE_LEADING,
    MOST_LINES,
    NEXT_LINE,
    SAME_TYPE,
    SINGLE_SPACED,
)
from checker.readers.page.tables.words import TextLine
from checker.startup.records import dataclass, replace

_CENTRED: Final = 0.3
"""Part of the size of type by which the middles of its lines may differ: brackets at their ends are narrower."""
_FARTHER: Final = 1.1
"""How much farther apart lines of one label may be than in the others."""
_BY_MIDDLE, _BY_FIRST_LINE, _BY_LAST_LINE = 0.5, 1.0, 0.0
"""What is level with the numbers of a row, as the weight of the first line of its label against the last."""
_MOST_LABEL_LINES: Final = 8
"""No label takes more lines."""


@dataclass(frozen=True, slots=True)
class RowLabels:
    """The labels of some rows.

    Attributes:
        labels: for each row the words of its label from top to bottom.
        others: what stands further left.
        first: index of the first line used.
        last: index after the last line used.
    """

    labels: tuple[tuple[Run, ...], ...]
    others: tuple[Run, ...]
    first: int
    last: int

    def moved(self, by: int) -> RowLabels:
        """The same with lines counted from another one."""
        return replace(self, first=self.first + by, last=self.last + by)

    @property
    def pitch(self) -> float:
        """Distance of two lines of one label, in sizes of type, at most."""
        pitches = [
            (above.middle - below.middle) / above.em
            for label in self.labels
            for above, below in pairwise(label)
        ]
        return _FARTHER * max(pitches) if pitches else SINGLE_SPACED

    def with_line(self, others: Sequence[Run], label: Sequence[Run]) -> RowLabels:
        """The same with the words of a further line, those of the last label and those further left."""
        labels = (*self.labels[:-1], (*self.labels[-1], *label))
        return RowLabels(labels, (*self.others, *others), self.first, self.last + 1)


def find_labels(lines: Sequence[TextLine], rows: Sequence[int]) -> RowLabels | None:
    """Give each row its label; None where that is not certain.

    Args:
        lines: lines from which labels may be taken, from top to bottom.
        rows: indexes of the lines that end with the numbers of a row.
    """
    if len(lines) > MOST_LINES:
        return None
    by_middle, by_first = (
        _LabelSearch(lines, rows, level).result() for level in (_BY_MIDDLE, _BY_FIRST_LINE)
    )
    if by_middle is None and by_first is None:
        by_last = _LabelSearch(lines, rows, _BY_LAST_LINE).result()
        return _with_lines_above(lines, by_last) if by_last else None
    if by_middle is None or by_first is None:
        return by_middle or by_first
    # What stands below the last row may be another text.
    if by_middle.labels[:-1] == by_first.labels[:-1] and by_middle.labels[-1][0] == by_first.labels[-1][0]:
        return by_middle
    # A line above them that is part of no label tells against it.
    first, second = sorted((by_middle, by_first), key=lambda found: found.first)
    return first if first.first < second.first and first.last == second.last else None


def _with_lines_above(lines: Sequence[TextLine], found: RowLabels) -> RowLabels:
    """Labels with all lines of the first one, whose last line is level with its numbers."""
    label, first = found.labels[0], found.first
    while (
        first
        and not NUMBERED.match(label[0].text)
        and lines[first - 1].labels
        and not lines[first - 1].figures
    ):
        word = lines[first - 1].labels[-1]
        alike = may_follow((word,), label[0]) and abs(word.em - label[0].em) <= SAME_TYPE * word.em
        if not alike or word.middle - label[0].middle > NEXT_LINE * word.em:
            break
        label, first = (word, *label), first - 1
    return RowLabels((label, *found.labels[1:]), found.others, first, found.last)


def may_follow(label: Sequence[Run], word: Run) -> bool:
    """Whether a line stands below those of a label as they stand below each other."""
    if label and NUMBERED.match(word.text):
        return False
    starts = all(abs(word.left - other.left) <= ALIGNED for other in label)
    return starts or all(abs(word.centre - other.centre) <= _CENTRED * word.em for other in label)


class _Taken(NamedTuple):
    """One way to give labels to the rows from some row on.

    Attributes:
        skipped: number of lines that none of them takes.
        ways: how many ways skip as few.
        lines: for each row the indexes of the lines it takes.
    """

    skipped: int
    ways: int
    lines: tuple[tuple[int, ...], ...]


class _LabelSearch:
    """Looks for the one way to give the last words of lines to rows in order, as many of them as possible."""

    def __init__(self, lines: Sequence[TextLine], rows: Sequence[int], level: float) -> None:
        self._lines = lines
        self._rows = rows
        self._level = level
        self._words = [line.labels[-1] if line.labels else None for line in lines]
        self._best = cache(self._find_best)

    def result(self) -> RowLabels | None:
        """The labels, None where there is no way, or more than one."""
        starts: list[int] = []
        for start in range(self._rows[0], -1, -1):
            starts.append(start)
            if self._words[start] is None and start < self._rows[0]:
                break
        ways = [best for start in starts if (best := self._best(0, start))]
        chosen = min(ways, key=lambda way: way.skipped, default=None)
        return self._labels(chosen.lines) if chosen and chosen.ways == 1 else None

    def _labels(self, taken: Sequence[Sequence[int]]) -> RowLabels:
        used = {number for numbers in taken for number in numbers}
        first, last = min(used), max(*used, self._rows[-1]) + 1
        others = [
            word
            for number in range(first, last)
            for word in self._lines[number].labels[: -1 if number in used else None]
        ]
        labels = tuple(tuple(self._words_of(numbers)) for numbers in taken)
        return RowLabels(labels, tuple(others), first, last)

    def _words_of(self, numbers: Iterable[int]) -> list[Run]:
        """The last words of some lines."""
        return [word for number in numbers if (word := self._words[number])]

    def _find_best(self, row: int, start: int) -> _Taken | None:
        """The best way for the rows from `row` on with the lines from `start` on."""
        if row == len(self._rows):
            return _Taken(0, 1, ())
        best: _Taken | None = None
        for numbers, skipped in self._blocks(row, start):
            rest = self._best(row + 1, numbers[-1] + 1)
            if rest is None:
                continue
            total = skipped + rest.skipped
            if best is None or total < best.skipped:
                best = _Taken(total, rest.ways, (numbers, *rest.lines))
            elif total == best.skipped:
                best = best._replace(ways=best.ways + rest.ways)
        return best

    def _blocks(self, row: int, start: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The lines that may be the label of a row, with how many lines they skip."""
        numbers = self._lines[self._rows[row]]
        slack = LEVEL * numbers.height
        for first in range(start, len(self._lines)):
            word = self._words[first]
            if word is None:
                continue
            if word.middle < numbers.middle - slack:
                return
            passed = self._words_of(range(start, first))
            if any(other.right > word.left + ALIGNED for other in passed):
                continue
            taken = [first]
            fitting: list[tuple[tuple[int, ...], int]] = []
            while True:
                label = self._words_of(taken)
                height = self._level * label[0].middle + (1 - self._level) * label[-1].middle
                if abs(numbers.middle - height) <= slack:
                    fitting.append((tuple(taken), len(passed) + taken[-1] + 1 - first - len(taken)))
                following = self._next(label, taken[-1])
                if following is None or len(taken) == _MOST_LABEL_LINES:
                    break
                taken.append(following)
            if self._level == _BY_FIRST_LINE and row + 1 == len(self._rows):
                # Nothing below tells where the last one ends but the distance of its lines.
                fitting = [one for one in fitting if self._is_close(one[0])][-1:]
            yield from fitting

    def _is_close(self, numbers: Sequence[int]) -> bool:
        words = self._words_of(numbers)
        return all(above.middle - word.middle < NEXT_LINE * above.em for above, word in pairwise(words))

    def _next(self, label: Sequence[Run], last: int) -> int | None:
        """The line where a label may go on."""
        for number in range(last + 1, len(self._lines)):
            word = self._words[number]
            if word is None:
                continue
            if label[-1].middle - word.middle > LOOSE_LEADING * word.height:
                return None
            if may_follow(label, word):
                return number
            if word.right > min(other.left for other in label) + ALIGNED:
                return None
        return None
