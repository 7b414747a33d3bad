"""Which words are the labels of rows of numbers, where no rule tells.

The label of a row ends right before its numbers and may take several lines, level with the numbers by its
middle, its first or its last line. Words further left name several rows together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from checker.readers.page.lines import NUMBERED
from checker.readers.page.tables.figure_lines import SAME_TYPE, TextLine, Word
from checker.startup.records import dataclass

_LEVEL: Final = 0.25
"""Part of a font height by which a label may miss the height of its numbers."""
_ALIGNED: Final = 2.0
"""Points by which lines of one label may differ in where they begin."""
_CENTRED: Final = 0.3
"""Part of the size of type by which the middles of its lines may differ: brackets at their ends are narrower."""
_LEADING: Final = 2.2
"""Largest distance of two lines of one label, in font heights."""
_CLOSE: Final = 1.6
"""Distance of two lines of the last label, in sizes of type, at most, where its numbers stand at the first."""
_CLOSEST: Final = 1.35
"""The same where no label of the table has two lines."""
_MARGIN: Final = 1.1
"""How much farther apart lines of one label may be than in the others."""
_MOST_LINES: Final = 8
"""No label takes more lines."""
_MOST: Final = 300
"""No page has more rows, or more lines."""


@dataclass(frozen=True, slots=True)
class RowLabels:
    """The labels of some rows.

    Attributes:
        labels: for each row the words of its label from top to bottom.
        others: what stands further left.
        first: index of the first line used.
        last: index after the last line used.
    """

    labels: tuple[tuple[Word, ...], ...]
    others: tuple[Word, ...]
    first: int
    last: int

    def moved(self, by: int) -> RowLabels:
        """The same with lines counted from another one."""
        return RowLabels(self.labels, self.others, self.first + by, self.last + by)

    @property
    def pitch(self) -> float:
        """Distance of two lines of one label, in sizes of type, at most."""
        pitches = [
            (above.middle - below.middle) / above.em
            for label in self.labels
            for above, below in pairwise(label)
        ]
        return _MARGIN * max(pitches) if pitches else _CLOSEST

    def with_line(self, others: Sequence[Word], label: Sequence[Word]) -> RowLabels:
        """The same with the words of a further line, those of the last label and those further left."""
        labels = (*self.labels[:-1], (*self.labels[-1], *label))
        return RowLabels(labels, (*self.others, *others), self.first, self.last + 1)


def find_labels(lines: Sequence[TextLine], rows: Sequence[int]) -> RowLabels | None:
    """Give each row its label; None where that is not certain.

    Args:
        lines: lines from which labels may be taken, from top to bottom.
        rows: indexes of the lines that end with the numbers of a row.
    """
    if len(lines) > _MOST:
        return None
    by_middle, by_first = (_Search(lines, rows, level).result() for level in (_by_middle, _by_first_line))
    if by_middle is None and by_first is None:
        by_last = _Search(lines, rows, _by_last_line).result()
        return _with_lines_above(lines, by_last) if by_last else None
    if by_middle is None or by_first is None:
        return by_middle or by_first
    # What stands below the last row may be another text.
    same = by_middle.labels[:-1] == by_first.labels[:-1] and by_middle.labels[-1][0] == by_first.labels[-1][0]
    if same:
        return by_middle
    # A line above them that is part of no label tells against it.
    first, second = sorted((by_middle, by_first), key=lambda found: found.first)
    return first if first.first < second.first and first.last == second.last else None


def _with_lines_above(lines: Sequence[TextLine], found: RowLabels) -> RowLabels:
    """Labels with all lines of the first one, whose last line is level with its numbers."""
    label, first = found.labels[0], found.first
    while first and not NUMBERED.match(label[0].text):
        line = lines[first - 1]
        word = line.labels[-1] if line.labels and not line.figures else None
        if word is None or not may_follow((word,), label[0]):
            break
        if (
            word.middle - label[0].middle > _CLOSE * word.em
            or abs(word.em - label[0].em) > SAME_TYPE * word.em
        ):
            break
        label, first = (word, *label), first - 1
    return RowLabels((label, *found.labels[1:]), found.others, first, found.last)


def may_follow(label: Sequence[Word], word: Word) -> bool:
    """Whether a line stands below those of a label as they stand below each other."""
    if label and NUMBERED.match(word.text):
        return False
    starts = all(abs(word.left - other.left) <= _ALIGNED for other in label)
    middles = all(abs(word.centre - other.centre) <= _CENTRED * word.em for other in label)
    return starts or middles


_Level = Callable[[Sequence[Word], float], float]
"""How far below the numbers of a row the lines of its label stand."""


def _by_middle(label: Sequence[Word], height: float) -> float:
    return height - (label[0].middle + label[-1].middle) / 2


def _by_last_line(label: Sequence[Word], height: float) -> float:
    return height - label[-1].middle


def _by_first_line(label: Sequence[Word], height: float) -> float:
    return height - label[0].middle


@dataclass(frozen=True, slots=True)
class _Taken:
    """One way to give labels to the rows from some row on.

    Attributes:
        skipped: number of lines that none of them takes.
        ways: how many ways skip as few.
        lines: for each row the indexes of the lines it takes.
    """

    skipped: int
    ways: int
    lines: tuple[tuple[int, ...], ...]


class _Search:
    """Looks for the one way to give the last words of lines to rows in order, as many of them as possible."""

    def __init__(self, lines: Sequence[TextLine], rows: Sequence[int], level: _Level) -> None:
        self._lines = lines
        self._rows = rows
        self._level = level
        self._words = [line.labels[-1] if line.labels else None for line in lines]
        self._best = cache(self._find_best)

    def result(self) -> RowLabels | None:
        """The labels, None where there is no way, or more than one."""
        chosen: _Taken | None = None
        for start in range(self._rows[0], -1, -1):
            best = self._best(0, start)
            if best is not None and (chosen is None or best.skipped < chosen.skipped):
                chosen = best
            if self._words[start] is None and start < self._rows[0]:
                break
        return self._labels(chosen) if chosen is not None and chosen.ways == 1 else None

    def _labels(self, taken: _Taken) -> RowLabels:
        used = {number for numbers in taken.lines for number in numbers}
        first, last = min(used), max(*used, self._rows[-1]) + 1
        others = [
            word
            for number in range(first, last)
            for word in self._lines[number].labels[: -1 if number in used else None]
        ]
        labels = tuple(
            tuple(word for number in numbers if (word := self._words[number])) for numbers in taken.lines
        )
        return RowLabels(labels, tuple(others), first, last)

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
                best = _Taken(total, best.ways + rest.ways, best.lines)
        return best

    def _blocks(self, row: int, start: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The lines that may be the label of a row, with how many lines they skip."""
        numbers = self._lines[self._rows[row]]
        slack = _LEVEL * numbers.height
        for first in range(start, len(self._lines)):
            word = self._words[first]
            if word is None:
                continue
            if word.middle < numbers.middle - slack:
                return
            skipped = self._skips(range(start, first), word)
            if skipped is None:
                continue
            taken = [first]
            fitting: list[tuple[tuple[int, ...], int]] = []
            while True:
                label = [found for number in taken if (found := self._words[number])]
                if abs(self._level(label, numbers.middle)) <= slack:
                    fitting.append((tuple(taken), skipped + taken[-1] + 1 - first - len(taken)))
                following = self._next(label, taken[-1])
                if following is None or len(taken) == _MOST_LINES:
                    break
                taken.append(following)
            if self._level is _by_first_line and row + 1 == len(self._rows):
                # Nothing below tells where the last one ends but the distance of its lines.
                fitting = [one for one in fitting if self._is_close(one[0])][-1:]
            yield from fitting

    def _is_close(self, numbers: Sequence[int]) -> bool:
        words = [word for number in numbers if (word := self._words[number])]
        return all(above.middle - word.middle < _CLOSE * above.em for above, word in pairwise(words))

    def _skips(self, numbers: Sequence[int], label: Word) -> int | None:
        """How many words are passed over before a label, None where one of them is none of its groups."""
        passed = [word for number in numbers if (word := self._words[number])]
        return len(passed) if all(word.right <= label.left + _ALIGNED for word in passed) else None

    def _next(self, label: Sequence[Word], last: int) -> int | None:
        """The line where a label may go on."""
        for number in range(last + 1, len(self._lines)):
            word = self._words[number]
            if word is None:
                continue
            if label[-1].middle - word.middle > _LEADING * word.height:
                return None
            if may_follow(label, word):
                return number
            if word.right > min(other.left for other in label) + _ALIGNED:
                return None
        return None
