"""The words above rows of numbers, on their page or at the end of the page before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.printed.geometry import Span, overlap
from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import ALIGNED, FARTHEST_ROWS, FURNITURE, LOOSE_LEADING, SAME_TYPE
from checker.readers.page.tables.number_rows import NumberRows
from checker.readers.page.tables.words import TextLine, is_page_end, text_line
from checker.readers.plain.character_tables import begins_section

_WORDS_APART: Final = 2.0
"""Distance of two words, in sizes of type, that no running text has."""
_LONGEST: Final = 0.45
"""Part of the width of all lines that a word in the head of a table takes at most."""
_MOST_HEAD: Final = 12
"""No head of a table has more lines."""
_ENDS: Final = frozenset("。；：:")
"""How sentences end, and words above columns only in brackets."""
_OPENING: Final = frozenset("（(")


class HeadFinder:
    """Finds the words above rows of numbers and below them among the lines of a page."""

    def __init__(self, lines: list[TextLine]) -> None:
        self.lines = lines
        self._width = max(line.words[-1].right for line in lines) - min(line.words[0].left for line in lines)

    def is_long(self, word: Run) -> bool:
        """Whether a word is too long for the head of a table."""
        return word.right - word.left > _LONGEST * self._width

    def add_head(self, block: NumberRows, taken: int, *, opened: bool) -> None:
        """Find the words above a block, up to the line `taken`.

        Args:
            block: the block, with its labels.
            taken: index of the first line that may belong to it.
            opened: whether its table may have begun above that line.
        """
        own = block.own(self.lines)
        sides = (min(line.words[0].left for line in own), max(line.words[-1].right for line in own))
        height = max(line.height for line in own)
        size = max(line.em for line in own)
        block.head = block.top
        while block.head > taken:
            line, below = self.lines[block.head - 1], self.lines[block.head]
            distance = line.middle - below.middle
            between = opened and block.head - 1 == taken and distance < LOOSE_LEADING * height
            if distance > FARTHEST_ROWS * height or line.figures:
                return
            if not self._is_head_line(line, below, block, sides, between=between):
                return
            # Numbers have no size of their own where there are no labels.
            if (block.labels or block.head < block.top) and abs(line.em - size) > SAME_TYPE * size:
                return
            size = line.em
            block.head -= 1

    def _is_head_line(
        self, line: TextLine, below: TextLine, block: NumberRows, sides: Span, *, between: bool
    ) -> bool:
        """Whether a line is part of the words above a block.

        Args:
            line: the line.
            below: the line below it, which is part of the block or its head.
            block: the block.
            sides: left and right end of the rows of the block.
            between: whether it stands between the block and another one.
        """
        left, right = sides
        only, under = line.words[0], below.words[0]
        alone = len(line.words) == 1
        sentence = only.text[-1] in _ENDS and only.text[0] not in _OPENING
        if alone and (begins_section(only.text) or sentence):
            return False
        if any(self.is_long(word) for word in line.words if alone or word.left > block.stub):
            return False
        if not alone or only.left > block.stub:
            return left - self._width / 2 < only.left and line.words[-1].right < right + self._width / 2
        if only.right < block.wall and under.right < block.wall:
            # It may be a line of the words above the labels, which then go on below.
            alike = abs(only.left - under.left) <= ALIGNED or abs(only.centre - under.centre) <= ALIGNED
            if alike and only.bottom - under.top < LOOSE_LEADING * only.height:
                return True
        centred = abs(only.centre - (left + right) / 2) <= ALIGNED
        return len(below.words) > 1 and (between or centred or abs(only.left - left) <= ALIGNED)

    def end_of_tail(self, block: NumberRows) -> int:
        """The index after the lines that are the head of further rows on the next page, if the page ends there."""
        end = block.stop
        own = block.own(self.lines)
        size, height = max(line.em for line in own), max(line.height for line in own)
        for line, above in zip(self.lines[end:], self.lines[end - 1 :], strict=False):
            if line.figures or above.middle - line.middle > LOOSE_LEADING * height:
                break
            if abs(line.em - size) > SAME_TYPE * size or begins_section(line.words[0].text):
                break
            if any(map(self.is_long, line.words)):
                break
            end += 1
        return end if is_page_end(self.lines[end:]) else block.stop


def head_columns(head: Iterable[TextLine], stub: float) -> list[Span]:
    """Left and right end of the words above each column of numbers; what stands above several is left out."""
    words = sorted((word.right - word.left, word.left, word.right) for line in head for word in line.words)
    columns: list[Span] = []
    for _, left, right in words:
        met = [column for column in columns if overlap((left, right), column)]
        if left > stub and len(met) < 2:  # noqa: PLR2004  # two are several
            columns = [column for column in columns if column not in met]
            columns.append((min([left, *(c[0] for c in met)]), max([right, *(c[1] for c in met)])))
    return sorted(columns)


def open_head(lines: Sequence[Sequence[Run]]) -> tuple[Sequence[TextLine], int]:
    """The words above a table that the page end parts from it, and how many lines stand below them.

    They begin right below a heading, or where the type changes, and go on to the end of the page: in smaller
    type, or as words well apart.

    Args:
        lines: those of a page below its tables.
    """
    lines = lines[-_MOST_HEAD:]
    size = max([run.em for line in lines for run in line], default=0.0)
    # Cheaper to tell than words: the head stands in the last lines, but for a page number.
    for line in lines[-1 - FURNITURE :]:
        em = max([run.em for run in line])
        if 0 < em < size * (1 - SAME_TYPE) or _has_gap(line, em):
            return _open_head([text_line(line) for line in lines])
    return (), 0


def _open_head(lines: Sequence[TextLine]) -> tuple[Sequence[TextLine], int]:
    end = len(lines)
    while end and is_page_end(lines[end - 1 : end]):
        end -= 1
    begin = end
    while begin:
        above = lines[begin - 1]
        if not above.words or above.figures or begins_section(above.words[0].text):
            break
        below = lines[begin] if begin < end else above
        if abs(above.em - below.em) > SAME_TYPE * below.em:
            break
        if above.middle - below.middle > FARTHEST_ROWS * below.height:
            return (), 0
        begin -= 1
    head = lines[begin:end]
    if not begin or not head:
        return (), 0
    above = lines[begin - 1]
    smaller = bool(above.words) and above.em > (1 + SAME_TYPE) * head[0].em
    return (
        (head, len(lines) - end)
        if smaller or any(_has_gap(line.words, line.em) for line in head)
        else ((), 0)
    )


def _has_gap(words: Sequence[Run], em: float) -> bool:
    """Whether two words of a line stand so far apart that it is no running text."""
    return any(after.left - before.right > _WORDS_APART * em for before, after in pairwise(words))
