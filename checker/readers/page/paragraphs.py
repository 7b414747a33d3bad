"""Paragraphs from lines: where one ends shows in indents, short lines, sizes and distances."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.layout import PageContent
from checker.readers.page.printed.lines import PageLine
from checker.readers.page.printed.measures import FULL_LINE, LARGER_TYPE
from checker.startup.records import dataclass

_SENTENCE_END: Final = frozenset("。！？；：.!?;:…")
_CLOSING: Final = "”’」』）)》〉\"' "
_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[、．]")
_UNBREAKABLE: Final = re.compile(r"[A-Za-z0-9@._/:#%+-]+")

_INDENT: Final = 0.8
"""Smallest indent of a first line, in widths of an ideograph."""
_SHORT: Final = 4.0
"""A line that ends earlier than this ends its paragraph even without a full stop."""
_SAME_WIDTH: Final = 8.0
"""Points by which columns of the same width may differ."""
_GAPS: Final = 3
"""A line with so many gaps is the row of a table without lines."""
_WIDER: Final = 1.35
"""A distance of lines that exceeds the usual one by this factor parts paragraphs."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The column in which a page's text is set.

    Attributes:
        left: where lines begin that continue a paragraph.
        right: where full lines end.
        size: width of an ideograph of the body type.
        pitch: usual distance of two lines.
        indented: whether paragraphs of this document begin with an indent.
    """

    left: float
    right: float
    size: float
    pitch: float
    indented: bool


def measures_of(pages: Sequence[PageContent]) -> list[Measure]:
    """The measure of every page, from its own lines and those of the others."""
    lines = [[item for item in page.items if isinstance(item, PageLine) and not item.aside] for page in pages]
    size = _body_size(list(_all(lines)))
    smallest, largest = size / LARGER_TYPE, size * LARGER_TYPE
    body = [[line for line in page if not line.em or smallest < line.em < largest] for page in lines]
    general = _column(list(_all(body)), None)
    columns = [_column(page, general) for page in body]
    indents = [
        (line.left - left) / size for page, (left, _) in zip(body, columns, strict=True) for line in page
    ]
    first_lines = sum(1.2 <= indent <= 3.2 for indent in indents)  # noqa: PLR2004  # two characters, more or less
    pitches = sorted(
        upper.middle - lower.middle
        for page in body
        for upper, lower in pairwise(page)
        if upper.em and lower.em and 0 < upper.middle - lower.middle < 3 * size
    )
    pitch = pitches[len(pitches) // 2] if pitches else 2 * size
    indented = first_lines >= 2 and first_lines * 12 >= len(indents)  # noqa: PLR2004  # not a stray line
    return [Measure(left, right, size, pitch, indented) for left, right in columns]


def _body_size(lines: Sequence[PageLine]) -> float:
    """The size in which most of the running text is set."""
    sizes: Counter[float] = Counter()
    widest = max((line.right - line.left for line in lines), default=0.0)
    for line in lines:
        # Short lines may be labels of a table, lines with several gaps its rows.
        if line.em and line.right - line.left > widest / 2 and line.text.count(" ") < _GAPS:
            sizes[round(2 * line.em) / 2] += len(line.text)
    if not sizes:
        sizes.update(round(2 * line.em) / 2 for line in lines if line.em)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0) or 1.0


def _all(pages: Iterable[Sequence[PageLine]]) -> Iterable[PageLine]:
    for page in pages:
        yield from page


def _column(lines: Sequence[PageLine], general: tuple[float, float] | None) -> tuple[float, float]:
    """Left and right edge of the text column, each met by several lines where possible."""
    lefts = Counter(round(line.left) for line in lines)
    rights = Counter(round(line.right) for line in lines)
    left = _outermost(lefts, 1)
    right = _outermost(rights, -1)
    if general is None:
        return (left or 0.0, right or 0.0)
    if left is None or right is None:
        return general
    # Mirrored margins shift whole pages, a turned page is wider; a few short lines say nothing.
    shifted = abs((right - left) - (general[1] - general[0])) < _SAME_WIDTH
    wider = left < general[0] - _SAME_WIDTH or right > general[1] + _SAME_WIDTH
    return (left, right) if shifted or wider else general


def _outermost(edges: Counter[int], sign: int) -> float | None:
    """The outermost edge that a good part of the lines share, else the outermost of all."""
    if not edges:
        return None
    # Rounding splits one edge over two neighbouring points.
    shared = {at: count + edges[at + 1] + edges[at - 1] for at, count in edges.items()}
    enough = max(2, max(shared.values()) / 4)
    common = [at for at, count in shared.items() if count >= enough]
    return sign * float(min(sign * at for at in (common or edges)))


def continues(before: PageLine, after: PageLine, measure_before: Measure, measure_after: Measure) -> bool:
    """Whether `after` goes on with the paragraph of which `before` is the last line so far."""
    size = max(before.em, after.em) or measure_before.size
    if before.aside or after.aside:
        return False
    if before.em and after.em and size > min(before.em, after.em) * LARGER_TYPE:
        return False
    same_page = (before.page, before.shift) == (after.page, after.shift)
    distance = before.middle - after.middle
    if same_page and not 0 < distance < max(_WIDER * measure_after.pitch, 1.3 * size):
        return (
            _is_title(before, measure_before)
            and _is_title(after, measure_after)
            and 0 < distance < 2.5 * size
        )
    if _is_title(before, measure_before) and _is_title(after, measure_after):
        return same_page
    room = measure_before.right - before.right
    closed = _closes_sentence(before.text)
    if after.left - measure_after.left > _INDENT * size:
        # Only a block that is indented as a whole goes on at an indent.
        return abs(after.left - before.left) < size * 0.3 and room < FULL_LINE * size and not closed
    if before.left - measure_before.left > 4 * size and room > FULL_LINE * size:
        return False
    if room <= FULL_LINE * size or _width_of_first_word(after) > room:
        if measure_after.indented:
            return True
        return not (closed and (room > 0.9 * size or _HEADING.match(after.text)))
    return measure_after.indented and room < _SHORT * size and not closed


def _closes_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def _is_title(line: PageLine, measure: Measure) -> bool:
    """Whether a line is set larger than the body and in the middle."""
    if line.em < measure.size * LARGER_TYPE:
        return False
    off_centre = abs((line.left + line.right) - (measure.left + measure.right)) / 2
    return off_centre < line.em


def _width_of_first_word(line: PageLine) -> float:
    """How much room the beginning of a line needs that cannot be broken."""
    word = _UNBREAKABLE.match(line.text)
    return len(word[0]) * (line.right - line.left) / max(len(line.text), 1) * 0.8 if word else 0.0
