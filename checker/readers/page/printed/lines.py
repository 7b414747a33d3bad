"""Placed characters put together: runs, then lines in reading order, then the text of a table cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from checker.readers.page.printed.geometry import Box, Span, frame_of, grouped
from checker.readers.page.printed.ink import Glyph
from checker.readers.page.printed.measures import MOST_LINES
from checker.startup.records import dataclass

_WORD_GAP: Final = 0.17
"""Gap between Latin characters, in font heights, that is a space; that of Noto Sans CJK is 0.198 of its height."""
_WIDE_GAP: Final = 1.0
"""Gap between any characters that separates them."""
_RUN_GAP: Final = 0.6
"""Gap up to which characters make one run; figures of narrow columns stand hardly farther apart."""
_SAME_LINE: Final = 0.5
"""Vertical distance of middles, in font heights, within which characters share a line."""
NUMBERED: Final = re.compile(r"\s*[（(]?[〇一二三四五六七八九十\d０-９]+[）)、.．,，：:]")
"""How items begin; what begins so is no second half of a cell."""
_NUMBER: Final = re.compile(r"[\d.,，．]+")


_MOST_RUNS: Final = 4000
"""No page of tables has more pieces of text."""


@dataclass(slots=True)
class Run:
    """Neighbouring characters, as they were drawn or as they belong to one cell.

    Attributes:
        text: the characters, with a space where a gap between Latin words was.
        glyphs: the same as they stand on the page.
        em: width of an ideograph in its type, 0 when it has none.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    glyphs: Sequence[Glyph]
    em: float

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return (self.bottom + self.top) / 2

    @property
    def centre(self) -> float:
        """Where its centre is from left to right."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Height of its font."""
        return self.top - self.bottom

    @property
    def span(self) -> Span:
        """Its left and right end."""
        return (self.left, self.right)

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return (self.left, self.bottom, self.right, self.top)


@dataclass(slots=True)
class PageLine(Run):
    """A line of text outside tables. Lines of one type agree in `em`; font heights differ from font to font.

    Attributes:
        page: page number.
        shift: where on the sheet its page begins.
        aside: whether it stands in a column beside the text.
    """

    page: int
    shift: float
    aside: bool = False


def is_crowded(lines: Sequence[Sequence[Run]]) -> bool:
    """Whether a page has so much on it that looking for tables there is not worth the time."""
    return len(lines) > MOST_LINES or sum(map(len, lines)) > _MOST_RUNS


def is_word(char: str) -> bool:
    """Whether words of `char` and its like are set apart by spaces."""
    return char < "\u2000" and char.isalnum()


def runs_of(glyphs: Sequence[Glyph]) -> list[Run]:
    """Characters that follow each other on a line, or upwards in turned text, as runs in drawing order."""
    runs: list[Run] = []
    chars: list[str] = []
    first = 0
    run_left = run_bottom = run_right = run_top = last_left = height = 0.0
    upwards = False
    for index, (char, left, bottom, right, top) in enumerate(glyphs):
        if chars:
            gap = left - run_right
            level = bottom == run_bottom and top == run_top and not upwards
            if level and left > last_left and -height < gap < height * _WORD_GAP:
                # So stand most characters: just behind another of the same font.
                chars.append(char)
                run_right, last_left = right, left
                continue
            size = height if height > top - bottom else top - bottom  # noqa: FURB136  # `max` doubles the time
            drift = size * 0.3
            if left > last_left and -size < gap < size * _RUN_GAP and not upwards:
                # A character may know only its ink (一): it lies within the height of its neighbours.
                below, above = bottom - run_bottom, top - run_top
                if (below > -drift and above < drift) or (below < drift and above > -drift):
                    if gap > size * _WORD_GAP and is_word(char) and is_word(chars[-1]):
                        chars.append(" ")
                    chars.append(char)
                    run_right, last_left = right, left
                    run_bottom, run_top = min(run_bottom, bottom), max(run_top, top)
                    height = run_top - run_bottom
                    continue
            # Text turned by 90° grows upwards; its characters touch, which lines of text never do.
            touches = -drift < bottom - run_top < drift
            if (
                touches
                and (upwards or len(chars) == 1)
                and run_left + drift < right
                and left < run_right - drift
            ):
                upwards = True
                chars.append(char)
                run_top = top
                continue
            own = glyphs[first:index]
            runs.append(Run("".join(chars), run_left, run_bottom, run_right, run_top, own, _em(own)))
        chars = [char]
        upwards = False
        first = index
        run_left, run_bottom, run_right, run_top = left, bottom, right, top
        last_left, height = left, top - bottom
    if chars:
        own = glyphs[first:]
        runs.append(Run("".join(chars), run_left, run_bottom, run_right, run_top, own, _em(own)))
    return runs


def _em(glyphs: Sequence[Glyph]) -> float:
    """Width of an ideograph, from some of them, for single boxes may be as narrow as their ink.

    What begins and ends with other characters is taken to be a number or a word.
    """
    if glyphs[0][0] < "\u2000" and glyphs[-1][0] < "\u2000":
        return 0.0
    widest = 0.0
    for char, left, _, right, _ in glyphs[:12]:
        if char >= "\u2000" and right - left > widest:
            widest = right - left
    return widest


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs by lines from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    reference = size = 0.0
    for middle, run in sorted(
        [((run.bottom + run.top) / 2, run) for run in runs], key=itemgetter(0), reverse=True
    ):
        height = run.top - run.bottom
        if rows and reference - middle < min(size, height) * _SAME_LINE:
            rows[-1].append(run)
        else:
            rows.append([run])
            reference, size = middle, height
    for row in rows:
        row.sort(key=attrgetter("left"))
    return rows


def line_of(row: Sequence[Run], page: int, shift: float, *, aside: bool = False) -> PageLine:
    """One line of free text from its runs, with a space at wide gaps, and at narrower ones between Latin words."""

    def are_apart(before: Run, run: Run) -> bool:
        words = is_word(before.text[-1]) and is_word(run.text[0])
        gap, height = run.left - before.right, min(before.height, run.height)
        return gap >= height * (_WORD_GAP if words else _WIDE_GAP)

    em = max(row, key=lambda run: len(run.text) if run.em else 0).em
    box = frame_of([run.box for run in row])
    return PageLine(_spaced(row, are_apart), row[0].left, *box[1:], (), em, page, shift, aside)


def _spaced(row: Sequence[Run], are_apart: Callable[[Run, Run], bool]) -> str:
    """The texts of a line, with a space between those that are apart."""
    pieces = [row[0].text]
    for before, run in pairwise(row):
        pieces.append(f" {run.text}" if are_apart(before, run) else run.text)
    return "".join(pieces)


def joint(before: str, after: str) -> str:
    """What stands between two lines of one text: a space between Latin words, nothing else.

    Addresses and numbers are broken anywhere, so only plain words count as words.
    """
    if not before.strip() or not after.strip() or not (before[-1].isascii() and after[0].isascii()):
        return ""
    tail, head = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return " " if tail.isascii() and tail.isalpha() and head.rstrip(".,;:").isalpha() else ""


class PageCellText(NamedTuple):
    """The text of a cell.

    Attributes:
        text: its lines joined.
        last_width: width of its last line, 0 when it is empty.
        size: width of an ideograph in its last line, 0 when it has none.
        stacked: whether every line is one character: vertical text.
    """

    text: str
    last_width: float = 0.0
    size: float = 0.0
    stacked: bool = False


EMPTY: Final = PageCellText("")


def cell_text(runs: Sequence[Run]) -> PageCellText:
    """The text of the runs in a cell, which are in drawing order."""
    if len(runs) == 1:
        run = runs[0]
        return PageCellText(run.text, run.right - run.left, run.em)
    rows = rows_of(runs)
    if len(rows) > 1 and all(len(run.text) == 1 for run in runs) and _are_stacked(runs):
        text = "".join(run.text for column in _columns_of(runs) for run in column)
        return PageCellText(text, 0.0, runs[0].em, stacked=True)
    text = ""
    for row in rows:
        line = _cell_line(row)
        text += joint(text, line) + line
    last = rows[-1]
    return PageCellText(text, last[-1].right - last[0].left, last[0].em)


def _are_stacked(runs: Sequence[Run]) -> bool:
    """Whether single characters were drawn downwards."""
    steps = 0
    for before, run in pairwise(runs):
        common = min(before.right, run.right) - max(before.left, run.left)
        steps += common > 0.5 * (run.right - run.left) and run.top < before.top
    return steps * 2 >= len(runs) - 1


def _columns_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Single characters as columns from right to left."""

    def belongs(column: list[Run], run: Run) -> bool:
        return column[0].left - run.left < 0.5 * (run.right - run.left)

    columns = grouped(sorted(runs, key=attrgetter("centre"), reverse=True), belongs)
    return [sorted(column, key=attrgetter("top"), reverse=True) for column in columns]


def _cell_line(row: Sequence[Run]) -> str:
    """A line in a cell; gaps between ideographs and between single digits are justified setting."""
    text = "".join(run.text for run in row)
    if len(text) == len(row) and _NUMBER.fullmatch(text):
        return text

    def are_apart(before: Run, run: Run) -> bool:
        ends = (before.text[-1], run.text[0])
        gap = run.left - before.right
        return gap > run.height * _WORD_GAP and any(map(is_word, ends)) and "".join(ends).isascii()

    return _spaced(row, are_apart)
