"""Lines of text as the words of table cells: gaps part them, numbers stand by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter, sub
from typing import Final

from checker.readers.page.ink import Glyph
from checker.readers.page.lines import Run
from checker.startup.records import dataclass

_CLEAR: Final = 0.25
"""Smallest gap, in font heights, between the texts of two cells."""
_MOST_CLEAR: Final = 0.5
"""Gap, in font heights, that parts two texts however far apart the characters stand."""
_LOOSE: Final = {**dict.fromkeys("“”‘’", 0.75), **dict.fromkeys("（）()《》〈〉、，。：；", 0.5)}
"""Gap, in font heights, that parts texts beside characters that fill only a part of their place."""
_TWICE: Final = 2.0
"""How much wider than the usual gap of a line one is that parts it."""
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_SIGNS: Final = frozenset("+-＋－−±")
_IN_NUMBERS: Final = _DIGITS | frozenset(".,，．%％")
_MARKS: Final = frozenset(("/", "／", "-", "－", "—", "——", "--", "\\"))
"""What stands for a number that there is none of."""
MARK_ENDS: Final = frozenset(mark[-1] for mark in _MARKS) | frozenset("％%")
"""How numbers may end but in digits."""
SAME_TYPE: Final = 0.15
"""Part by which sizes of type in a table may differ."""
_IN_PAGE_NUMBERS: Final = frozenset("0123456789０１２３４５６７８９-‐‑‒–—―－_·•.~～|第页共/／()（）")
_SEAM: Final = 0.05
"""Gap, in font heights, that may be one between two columns that nearly touch."""
_AT_EDGE: Final = 1.0
"""Points by which a label may miss the place where others begin."""
_FEWEST_STARTS: Final = 3
"""Labels beginning at one place that make it the edge of a column."""
_TALLEST: Final = 40.0
"""Higher runs are turned text."""


@dataclass(slots=True)
class Word:
    """Text without a gap.

    Attributes:
        is_number: whether it is a number or stands in the place of one.
        em: width of its widest character, which is the size of the type where it has an ideograph.
        glyphs: its characters from left to right.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_number: bool
    em: float
    glyphs: Sequence[Glyph]

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """Height of its font."""
        return self.top - self.bottom

    @property
    def centre(self) -> float:
        """Where its centre is from left to right."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class TextLine:
    """A line of text.

    Attributes:
        words: from left to right.
        figures: how many numbers it ends with.
    """

    words: list[Word]
    figures: int

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return self.words[-1].middle

    @property
    def height(self) -> float:
        """Height of its largest font."""
        return max(word.height for word in self.words)

    @property
    def em(self) -> float:
        """Size of its type; heights differ from font to font."""
        return max(word.em for word in self.words)

    @property
    def numbers(self) -> list[Word]:
        """The numbers it ends with."""
        return self.words[len(self.words) - self.figures :]

    @property
    def labels(self) -> list[Word]:
        """What stands before them."""
        return self.words[: len(self.words) - self.figures]


def parted(lines: Sequence[TextLine | None]) -> list[TextLine | None]:
    """The lines, with labels parted from what stands close before them where other labels begin."""
    starts = Counter(round(line.labels[-1].left) for line in lines if line and line.figures and line.labels)
    edges = [start for start, count in starts.items() if count >= _FEWEST_STARTS]
    return [_parted(line, edges) if line else None for line in lines]


def _parted(line: TextLine, edges: Sequence[float]) -> TextLine:
    words: list[Word] = []
    for word in line.labels:
        start = 0
        for position, (before, after) in enumerate(pairwise(word.glyphs), 1):
            gap = after[1] - before[3] > _SEAM * word.height
            item = after[0] in _DIGITS and before[0] not in _DIGITS
            if (gap or item) and any(abs(after[1] - edge) <= _AT_EDGE for edge in edges):
                words.append(_word(word.glyphs[start:position]))
                start = position
        words.append(_word(word.glyphs[start:]) if start else word)
    return TextLine([*words, *line.numbers], line.figures)


def parted_between(line: TextLine, columns: Sequence[tuple[float, float]]) -> TextLine:
    """A line above columns of numbers, its words parted where narrow gaps lie between two columns."""
    words: list[Word] = []
    for word in line.words:
        gaps = [after[1] - before[3] for before, after in pairwise(word.glyphs)]
        usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
        start = 0
        for position, gap in enumerate(gaps, 1):
            if gap > max(_SEAM * word.height, _TWICE * usual):
                begin, end = word.glyphs[position - 1][3], word.glyphs[position][1]
                between = any(one[1] <= end and begin <= other[0] for one, other in pairwise(columns))
                if between:
                    words.append(_word(word.glyphs[start:position]))
                    start = position
        words.append(_word(word.glyphs[start:]) if start else word)
    return TextLine(words, line.figures)


def text_line(line: Sequence[Run], glyphs: Sequence[Glyph]) -> TextLine | None:
    """A line of text as words, None for turned text.

    Args:
        line: its runs from left to right.
        glyphs: the characters of the page.
    """
    height = max([run.top - run.bottom for run in line])
    if not 0 < height <= _TALLEST:
        return None
    shown = [glyph for run in line for glyph in glyphs[run.first : run.last] if not glyph[0].isspace()]
    if not shown:
        return None
    shown.sort(key=itemgetter(1))
    gaps = [after[1] - before[3] for before, after in pairwise(shown)]
    usual = sorted(
        [gap for gap, (one, two) in zip(gaps, pairwise(shown), strict=True) if not {one[0], two[0]} & _DIGITS]
        if max(gaps, default=0.0) > _CLEAR * height
        else ()
    )
    clear = height * min(max(_CLEAR, _TWICE * usual[len(usual) // 4] / height if usual else 0.0), _MOST_CLEAR)
    words: list[Word] = []
    start = 0
    for position, gap in enumerate(gaps, 1):
        if gap > clear and gap > height * _loose(shown[position - 1][0] + shown[position][0]):
            words.append(_word(shown[start:position]))
            start = position
    words.append(_word(shown[start:]))
    figures = 0
    while figures < len(words) and words[-1 - figures].is_number:
        figures += 1
    return TextLine(words, figures)


def _loose(pair: str) -> float:
    return max(_LOOSE.get(character, 0.0) for character in pair)


def _word(glyphs: Sequence[Glyph]) -> Word:
    chars, lefts, bottoms, rights, tops = zip(*glyphs, strict=True)
    text = "".join(chars)
    digits = text[1:] if text[0] in _SIGNS else text
    is_number = text in _MARKS or (bool(digits) and digits[0] in _DIGITS and set(digits) <= _IN_NUMBERS)
    em = max(map(sub, rights, lefts))
    return Word(text, lefts[0], min(bottoms), max(rights), max(tops), is_number, em, glyphs)


def is_page_end(lines: Sequence[TextLine | None], index: int) -> bool:
    """Whether nothing but a page number stands from a line on."""
    return all(line is not None and _is_page_number(line) for line in lines[index:])


def _is_page_number(line: TextLine) -> bool:
    text = "".join(word.text for word in line.words)
    return set(text) <= _IN_PAGE_NUMBERS and any(map(str.isdigit, text))
