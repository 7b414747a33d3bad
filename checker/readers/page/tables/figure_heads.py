"""The words above rows of numbers, on their page or at the end of the page before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.tables.figure_lines import SAME_TYPE, TextLine, is_page_end
from checker.readers.page.tables.figure_rows import FARTHEST, Block
from checker.readers.plain.character_tables import begins_section

_LEADING: Final = 2.2
"""Distance of two lines of one cell, in font heights, at most."""
APART: Final = 2.0
"""Distance of two words, in sizes of type, that no running text has."""
_LONGEST: Final = 0.45
"""Part of the width of all lines that a word in the head of a table takes at most."""
_ENDS: Final = frozenset("。；：:")
"""How sentences end, and words above columns only in brackets."""
_OPENING: Final = frozenset("（(")
_ALIGNED: Final = 3.0
"""Points by which the middle or the left end of a heading may differ from that of the table."""


def add_head(lines: Sequence[TextLine | None], block: Block, taken: int, *, opened: bool) -> None:
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
        if not (line and below) or line.middle - below.middle > FARTHEST * height:
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
    line: TextLine,
    below: TextLine,
    block: Block,
    sides: tuple[float, float],
    longest: float,
    *,
    between: bool,
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
    if len(line.words) == 1 and (
        begins_section(only.text) or (only.text[-1] in _ENDS and only.text[0] not in _OPENING)
    ):
        return False
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
        if near and alike and under.right < block.wall:
            return True
    if len(below.words) == 1:
        return False
    return (
        between
        or abs(only.left + only.right - left - right) <= 2 * _ALIGNED
        or abs(only.left - left) <= _ALIGNED
    )


def head_columns(head: Iterable[TextLine], stub: float) -> list[tuple[float, float]]:
    """Left and right end of the words above each column of numbers; what stands above several is left out."""
    words = sorted((word.right - word.left, word.left, word.right) for line in head for word in line.words)
    columns: list[tuple[float, float]] = []
    for _, left, right in words:
        met = [column for column in columns if left < column[1] and column[0] < right]
        if left > stub and len(met) < 2:  # noqa: PLR2004  # two are several
            columns = [column for column in columns if column not in met]
            columns.append((min([left, *(c[0] for c in met)]), max([right, *(c[1] for c in met)])))
    return sorted(columns)


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
    return end if is_page_end(lines, end) else block.stop


def open_head(lines: Sequence[TextLine | None]) -> tuple[list[TextLine], int]:
    """The words above a table that the page end parts from it, and how many lines stand below them.

    They begin right below a heading, or where the type changes, and go on to the end of the page.
    """
    end = len(lines)
    while end and is_page_end(lines, end - 1):
        end -= 1
    head: list[TextLine] = []
    above: TextLine | None = None
    for above in reversed(lines[:end]):
        if above is None or above.figures or begins_section(above.words[0].text):
            break
        below = head[0] if head else above
        if abs(above.em - below.em) > SAME_TYPE * below.em:
            break
        if above.middle - below.middle > FARTHEST * below.height:
            return [], 0
        head.insert(0, above)
    begins = above is not None and above not in head
    if not begins or not head:
        return [], 0
    smaller = above is not None and above.em > (1 + SAME_TYPE) * head[0].em
    apart = any(
        right.left - left.right > APART * line.em for line in head for left, right in pairwise(line.words)
    )
    return (head, len(lines) - end) if smaller or apart else ([], 0)


def _width(lines: Sequence[TextLine | None]) -> float:
    """Width of all lines together."""
    shown = [line for line in lines if line]
    return max(line.words[-1].right for line in shown) - min(line.words[0].left for line in shown)
