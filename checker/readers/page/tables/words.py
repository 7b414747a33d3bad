"""Lines of text parted into the texts of cells: at gaps, between numbers, at column edges that are known."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter, sub
from typing import Final

from checker.readers.page.printed.geometry import Span, frame_of, middle_value
from checker.readers.page.printed.ink import Glyph
from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import CLEAR, LINE_GAP, SEAM, TALL, TWICE
from checker.startup.records import dataclass

_MOST_CLEAR: Final = 0.5
"""Gap, in font heights, that parts two texts however far apart the characters stand."""
_LOOSE: Final = {**dict.fromkeys("“”‘’", 0.75), **dict.fromkeys("（）()《》〈〉、，。：；", 0.5)}
"""Gap, in font heights, that parts texts beside characters that fill only a part of their place."""
_OVER_EDGE: Final = 0.15
"""Part of a font height by which a character may stick out over a column edge."""
_AT_EDGE: Final = 1.0
"""Points by which a label may miss the place where others begin."""
_FEWEST_STARTS: Final = 3
"""Labels beginning at one place that make it the edge of a column."""
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_SIGNS: Final = frozenset("+-＋－−±")
_IN_NUMBERS: Final = _DIGITS | frozenset(".,，．%％")
_MARKS: Final = frozenset(("/", "／", "-", "－", "—", "——", "--", "\\"))
"""What stands for a number that there is none of."""
_MARK_ENDS: Final = frozenset(mark[-1] for mark in _MARKS) | frozenset("％%")
"""How numbers may end but in digits."""
_IN_PAGE_NUMBERS: Final = frozenset("0123456789０１２３４５６７８９-‐‑‒–—―－_·•.~～|第页共/／()（）")


def is_number(text: str) -> bool:
    """Whether a text is a number or stands in the place of one."""
    digits = text[1:] if text[0] in _SIGNS else text
    return text in _MARKS or (bool(digits) and digits[0] in _DIGITS and _IN_NUMBERS.issuperset(digits))


class TextLine:
    """A line of text as words; their `em` is the width of the widest character.

    Attributes:
        words: from left to right; none in a line of turned text.
        figures: how many numbers it ends with.
        numbers: these.
        labels: what stands before them.
        middle: height of its centre on the page.
        height: height of its largest font.
        em: size of its type; heights differ from font to font.
    """

    def __init__(self, words: list[Run], figures: int) -> None:
        self.words = words
        self.figures = figures
        self.labels = words[: len(words) - figures]
        self.numbers = words[len(words) - figures :]
        self.middle = words[-1].middle if words else 0.0
        self.height = max([word.top - word.bottom for word in words], default=0.0)
        self.em = max([word.em for word in words], default=0.0)


@dataclass(slots=True)
class ColumnPiece(Run):
    """Text of one line without gaps at column edges, and the first and last column over which it stands."""

    first: int
    last: int

    @property
    def is_figure(self) -> bool:
        """Whether it is a number."""
        return is_number(self.text)


def text_line(line: Sequence[Run]) -> TextLine:
    """A line of text as words; without any for turned text."""
    height = max([run.height for run in line])
    shown = [glyph for run in line for glyph in run.glyphs if not glyph[0].isspace()]
    if not shown or not 0 < height <= TALL:
        return TextLine([], 0)
    shown.sort(key=itemgetter(1))
    gaps = _gaps(shown)
    usual = 0.0
    if max(gaps, default=0.0) > CLEAR * height:
        pairs = zip(gaps, pairwise(shown), strict=True)
        usual = middle_value([gap for gap, (one, two) in pairs if not {one[0], two[0]} & _DIGITS], 4)
    clear = min(max(height * CLEAR, TWICE * usual), height * _MOST_CLEAR)
    cuts = [
        position
        for position, gap in enumerate(gaps, 1)
        if gap > clear and gap > height * _loose(shown[position - 1][0] + shown[position][0])
    ]
    words = [_word(shown[first:last]) for first, last in pairwise([0, *cuts, len(shown)])]
    figures = 0
    while figures < len(words) and is_number(words[-1 - figures].text):
        figures += 1
    return TextLine(words, figures)


def parted_at_starts(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, with labels parted from what stands close before them where other labels begin."""
    starts = Counter(round(line.labels[-1].left) for line in lines if line.figures and line.labels)
    edges = [start for start, count in starts.items() if count >= _FEWEST_STARTS]

    def begins(before: Glyph, after: Glyph, seam: float) -> bool:
        item = after[0] in _DIGITS and before[0] not in _DIGITS
        return (item or after[1] - before[3] > seam) and any(
            abs(after[1] - edge) <= _AT_EDGE for edge in edges
        )

    def parts(word: Run) -> list[Run]:
        seam = SEAM * word.height
        pairs = enumerate(pairwise(word.glyphs), 1)
        return _cut(word, [position for position, pair in pairs if begins(*pair, seam)])

    if not edges:
        return list(lines)
    parted = [[part for word in line.labels for part in parts(word)] for line in lines]
    return [
        TextLine(words + line.numbers, line.figures) if len(words) > len(line.labels) else line
        for words, line in zip(parted, lines, strict=True)
    ]


def parted_between(line: TextLine, columns: Sequence[Span]) -> TextLine:
    """A line above columns of numbers, its words parted where narrow gaps lie between two columns."""
    words: list[Run] = []
    for word in line.words:
        gaps = _gaps(word.glyphs)
        seam = max(SEAM * word.height, TWICE * middle_value(gaps))
        pairs = enumerate(zip(gaps, pairwise(word.glyphs), strict=True), 1)
        words += _cut(
            word,
            [
                position
                for position, (gap, (before, after)) in pairs
                if gap > seam
                and any(one[1] <= after[1] and before[3] <= two[0] for one, two in pairwise(columns))
            ],
        )
    return TextLine(words, line.figures)


def pieces_of(run: Run, xs: Sequence[float]) -> list[ColumnPiece] | None:
    """A run, parted where it has a clear gap at one of the column edges `xs`.

    Returns:
        Its pieces, None where a gap may lie in a number or between two.
    """
    height = run.height
    overhang = height * _OVER_EDGE
    shown = [glyph for glyph in run.glyphs if not glyph[0].isspace()]
    clear = max(height * CLEAR, TWICE * middle_value(_gaps(shown)))
    pieces: list[ColumnPiece] = []
    column_before = 0
    for char, left, _, right, _ in shown:
        first, last = bisect_right(xs, left + overhang) - 1, bisect_right(xs, right - overhang) - 1
        before = pieces[-1] if pieces else None
        follows = before is not None and char in _PARTS and before.text[-1] in _PARTS
        if before is None or (first > before.last and left - before.right > clear and not follows):
            pieces.append(
                ColumnPiece(char, left, run.bottom, right, run.top, (), run.em, first, max(first, last))
            )
        else:
            if first > column_before and (char in _DIGITS or char in _SIGNS):
                seam = left - before.right > height * SEAM
                if before.text[-1] not in _PARTS or (seam and before.text[-1] in _DIGITS):
                    return None
            before.text += char
            before.right, before.last = max(before.right, right), max(before.last, last)
        column_before = bisect_right(xs, (left + right) / 2) - 1
    return pieces


_PARTS: Final = _IN_NUMBERS | _SIGNS


def ends_in_number(line: Sequence[Run]) -> bool:
    """Whether a line may be a row of numbers: cheaper to tell than its words."""
    text = line[-1].text
    return (len(line) > 1 or " " in text) and (text[-1].isdecimal() or text[-1] in _MARK_ENDS)


def is_page_end(lines: Iterable[TextLine]) -> bool:
    """Whether lines are nothing but a page number."""
    return all(_is_page_number("".join(word.text for word in line.words)) for line in lines)


def _is_page_number(text: str) -> bool:
    return _IN_PAGE_NUMBERS.issuperset(text) and any(map(str.isdigit, text))


def joined(pieces: Sequence[ColumnPiece]) -> ColumnPiece:
    """Several pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    box = frame_of([piece.box for piece in pieces])
    columns = min(piece.first for piece in pieces), max(piece.last for piece in pieces)
    return ColumnPiece("".join(piece.text for piece in pieces), *box, (), pieces[0].em, *columns)


def goes_on(upper: Iterable[Run], lower: Sequence[Run]) -> bool:
    """Whether a text so near below another may be in the same cell."""
    return min(run.bottom for run in upper) - lower[0].top < LINE_GAP * lower[0].height


def _gaps(glyphs: Sequence[Glyph]) -> list[float]:
    return [after[1] - before[3] for before, after in pairwise(glyphs)]


def _loose(pair: str) -> float:
    return max(_LOOSE.get(character, 0.0) for character in pair)


def _cut(word: Run, cuts: Sequence[int]) -> list[Run]:
    """A word as several that end at `cuts`, positions in its characters."""
    if not cuts:
        return [word]
    return [_word(word.glyphs[first:last]) for first, last in pairwise([0, *cuts, len(word.glyphs)])]


def _word(glyphs: Sequence[Glyph]) -> Run:
    chars, lefts, bottoms, rights, tops = zip(*glyphs, strict=True)
    return Run(
        "".join(chars), lefts[0], min(bottoms), max(rights), max(tops), glyphs, max(map(sub, rights, lefts))
    )
