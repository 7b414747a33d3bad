"""Where on its pages the words stand that are to be highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.annotate.pdf.highlights import Box, Highlight
from checker.readers.page.printed.geometry import frame_of, grouped
from checker.readers.page.printed.ink import Glyph
from checker.readers.raw.ideographs import usual_characters
from checker.startup.records import dataclass

_PAGES_OF_A_PARAGRAPH: Final = 3
"""A paragraph that goes on is looked for on so many pages."""
_CONTEXT: Final = (40, 20, 10, 5, 2, 0)
"""Characters on both sides that are looked for with the words, the more the surer."""
_OUTSIDE: Final = 1.0
"""Points by which a character may stick out of the box that was rounded."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page, and the lines on it that a highlight covers; coordinates are those of `PageInk`."""

    page: int
    boxes: tuple[Box, ...]


def place_of(highlight: Highlight, pages: Mapping[int, Sequence[Glyph]]) -> PageLines | None:
    """Where a highlight goes.

    Args:
        highlight: what is to be highlighted.
        pages: the characters of the pages around by number, as `in_order` gives them.

    Returns:
        The lines of the words; of a paragraph in which they are not found again its lines, of an empty cell the
        cell. None if there is nothing at all on the page.
    """
    glyphs = pages.get(highlight.page)
    if glyphs is None:
        return None
    inside = [glyph for glyph in glyphs if highlight.box is None or _lies_in(glyph, highlight.box)]
    if highlight.box is None:
        first = _lines(inside)[:1]
        return PageLines(highlight.page, _boxes(first)) if first else None
    if highlight.start < highlight.end:
        found = _words(highlight, inside, pages)
        if found is not None:
            return found
    if inside:
        return PageLines(highlight.page, _boxes(_lines(inside)))
    return PageLines(highlight.page, (highlight.box,))


def pages_of(highlight: Highlight) -> range:
    """The pages on which a highlight may be."""
    more = _PAGES_OF_A_PARAGRAPH if highlight.text else 1
    return range(highlight.page, highlight.page + more)


def _words(
    highlight: Highlight, inside: Sequence[Glyph], pages: Mapping[int, Sequence[Glyph]]
) -> PageLines | None:
    """The words of a paragraph: in its box, else on its page, else where it goes on."""
    shown = _characters(inside)
    behind = [number for number in pages_of(highlight) if number in pages]
    if shown and highlight.text.startswith(shown):
        if highlight.start < len(shown):
            words = inside[highlight.start : highlight.end]
            return PageLines(highlight.page, _boxes(_lines(words)))
        del behind[0]  # it is sure that they stand further on
        inside = ()
    candidates = [(highlight.page, inside), *((number, pages[number]) for number in behind)]
    texts = [_characters(glyphs) for _, glyphs in candidates]
    for first, last in _windows(highlight):
        window = highlight.text[first:last]
        for (page, glyphs), text in zip(candidates, texts, strict=True):
            at = text.find(window)
            if at >= 0 and text.find(window, at + 1) < 0:
                start, end = at + highlight.start - first, at + highlight.end - first
                return PageLines(page, _boxes(_lines(glyphs[start:end])))
    return None


def _windows(highlight: Highlight) -> Iterator[tuple[int, int]]:
    """The words with what stands around them, on both sides or on one, the most first."""
    start, end, length = highlight.start, highlight.end, len(highlight.text)
    for context in _CONTEXT:
        before, after = max(0, start - context), min(length, end + context)
        yield from ((before, after), (start, after), (before, end))


def _characters(glyphs: Sequence[Glyph]) -> str:
    return usual_characters("".join([glyph[0] for glyph in glyphs]))


def in_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Characters line by line from the top."""
    return [glyph for line in _lines(glyphs) for glyph in line]


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters line by line from the top, each line from left to right."""
    falling = sorted(glyphs, key=lambda glyph: (-_middle(glyph), glyph[1]))
    lines = grouped(falling, lambda line, glyph: _middle(line[0]) - _middle(glyph) < _height(line[0]) / 2)
    return [sorted(line, key=lambda glyph: glyph[1]) for line in lines]


def _boxes(lines: Sequence[Sequence[Glyph]]) -> tuple[Box, ...]:
    return tuple(frame_of([glyph[1:] for glyph in line]) for line in lines)


def _lies_in(glyph: Glyph, box: Box) -> bool:
    across, along = (glyph[1] + glyph[3]) / 2, _middle(glyph)
    return (
        box[0] - _OUTSIDE <= across <= box[2] + _OUTSIDE and box[1] - _OUTSIDE <= along <= box[3] + _OUTSIDE
    )


def _middle(glyph: Glyph) -> float:
    return (glyph[2] + glyph[4]) / 2


def _height(glyph: Glyph) -> float:
    return glyph[4] - glyph[2]
