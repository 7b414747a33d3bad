"""Placed characters put together: runs, then lines in reading order, then the text of a table cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from checker.readers.page.ink import Glyph
from checker.startup.records import dataclass

_WORD_GAP: Final = 0.2
"""Gap between Latin characters, in font heights, that is a space."""
_WIDE_GAP: Final = 1.0
"""Gap between any characters that separates them."""
_RUN_GAP: Final = 0.6
"""Gap up to which characters make one run; figures of narrow columns stand hardly farther apart."""
_SAME_LINE: Final = 0.5
"""Vertical distance of middles, in font heights, within which characters share a line."""
NUMBERED: Final = re.compile(r"\s*[（(]?[〇一二三四五六七八九十\d０-９]+[）)、.．,，：:]")
"""How items begin; what begins so is no second half of a cell."""
_NUMBER: Final = re.compile(r"[\d.,，．]+")


MOST_LINES: Final = 300
"""No page of tables has more lines of text, or more rules."""
_MOST_RUNS: Final = 4000
"""No page of tables has more pieces of text."""


@dataclass(slots=True)
class Run:
    """Neighbouring characters as they were drawn.

    Attributes:
        text: the characters, with a space where a gap between Latin words was.
        first: index of its first glyph.
        last: index after its last glyph.
        em: width of an ideograph in its type, 0 when it has none.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    first: int
    last: int
    em: float


@dataclass(slots=True)
class Line:
    """A line of text outside tables.

    Attributes:
        size: width of an ideograph, 0 when there is none. Lines of one type agree in it, while font
            heights differ from font to font.
        page: page number.
        shift: where on the sheet its page begins.
        aside: whether it stands in a column beside the text.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int
    shift: float
    aside: bool = False

    @property
    def middle(self) -> float:
        """Height of its centre on the page."""
        return (self.bottom + self.top) / 2


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
            box = (run_left, run_bottom, run_right, run_top)
            runs.append(Run("".join(chars), *box, first, index, _em(glyphs, first, index)))
        chars = [char]
        upwards = False
        first = index
        run_left, run_bottom, run_right, run_top = left, bottom, right, top
        last_left, height = left, top - bottom
    if chars:
        box = (run_left, run_bottom, run_right, run_top)
        runs.append(Run("".join(chars), *box, first, len(glyphs), _em(glyphs, first, len(glyphs))))
    return runs


def _em(glyphs: Sequence[Glyph], first: int, last: int) -> float:
    """Width of an ideograph, from some of them, for single boxes may be as narrow as their ink.

    What begins and ends with other characters is taken to be a number or a word.
    """
    if glyphs[first][0] < "\u2000" and glyphs[last - 1][0] < "\u2000":
        return 0.0
    widest = 0.0
    for char, left, _, right, _ in glyphs[first : min(last, first + 12)]:
        if char >= "\u2000" and right - left > widest:
            widest = right - left
    return widest


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs by lines from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    reference = size = 0.0
    for middle, run in sorted(
        (((run.bottom + run.top) / 2, run) for run in runs), key=lambda pair: pair[0], reverse=True
    ):
        height = run.top - run.bottom
        if rows and reference - middle < min(size, height) * _SAME_LINE:
            rows[-1].append(run)
        else:
            rows.append([run])
            reference, size = middle, height
    for row in rows:
        row.sort(key=lambda run: run.left)
    return rows


def line_of(row: Sequence[Run], page: int, shift: float, *, aside: bool = False) -> Line:
    """One line of free text from its runs."""
    longest = max(row, key=lambda run: len(run.text) if run.em else 0)
    return Line(
        _spaced(row),
        row[0].left,
        min(run.bottom for run in row),
        max(run.right for run in row),
        max(run.top for run in row),
        longest.em,
        page,
        shift,
        aside,
    )


def _spaced(row: Sequence[Run]) -> str:
    """Texts of a line with a space at every wide gap, and at narrower ones between Latin words."""
    pieces = [row[0].text]
    for before, run in pairwise(row):
        gap, height = run.left - before.right, min(before.top - before.bottom, run.top - run.bottom)
        words = is_word(before.text[-1]) and is_word(run.text[0])
        if gap >= height * (_WORD_GAP if words else _WIDE_GAP):
            pieces.append(" ")
        pieces.append(run.text)
    return "".join(pieces)


def joint(before: str, after: str) -> str:
    """What stands between two lines of one text: a space between Latin words, nothing else.

    Addresses and numbers are broken anywhere, so only plain words count as words.
    """
    if not before.strip() or not after.strip() or not (before[-1].isascii() and after[0].isascii()):
        return ""
    tail, head = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return " " if tail.isascii() and tail.isalpha() and head.rstrip(".,;:").isalpha() else ""


class CellText(NamedTuple):
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


EMPTY: Final = CellText("")


def cell_text(runs: Sequence[Run]) -> CellText:
    """The text of the runs in a cell, which are in drawing order."""
    if len(runs) == 1:
        run = runs[0]
        return CellText(run.text, run.right - run.left, run.em)
    single = all(len(run.text) == 1 for run in runs)
    rows = rows_of(runs)
    if single and len(rows) > 1:
        columns = _vertical_columns(runs)
        if columns is not None:
            text = "".join(run.text for column in columns for run in column)
            return CellText(text, 0.0, runs[0].em, stacked=True)
    text = ""
    for row in rows:
        line = _cell_line(row)
        text += joint(text, line) + line
    last = rows[-1]
    return CellText(text, last[-1].right - last[0].left, last[0].em)


def _vertical_columns(runs: Sequence[Run]) -> list[list[Run]] | None:
    """Single characters as columns from right to left, None when they were not drawn downwards."""
    steps = 0
    for before, run in pairwise(runs):
        overlap = min(before.right, run.right) - max(before.left, run.left)
        if overlap > 0.5 * (run.right - run.left) and run.top < before.top:
            steps += 1
    if steps * 2 < len(runs) - 1:
        return None
    columns: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -(run.left + run.right)):
        if columns and columns[-1][0].left - run.left < 0.5 * (run.right - run.left):
            columns[-1].append(run)
        else:
            columns.append([run])
    for column in columns:
        column.sort(key=lambda run: -run.top)
    return columns


def _cell_line(row: Sequence[Run]) -> str:
    """A line in a cell; gaps between ideographs and between single digits are justified setting."""
    pieces = [row[0].text]
    spread = all(len(run.text) == 1 for run in row) and _NUMBER.fullmatch("".join(run.text for run in row))
    for before, run in pairwise(row):
        gap, height = run.left - before.right, run.top - run.bottom
        words = is_word(before.text[-1]) or is_word(run.text[0])
        if (
            not spread
            and words
            and gap > height * _WORD_GAP
            and before.text[-1].isascii()
            and run.text[0].isascii()
        ):
            pieces.append(" ")
        pieces.append(run.text)
    return "".join(pieces)
