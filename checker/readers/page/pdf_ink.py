"""The ink of one PDF page: characters, ruling lines, and which images cover it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checker.readers.limits import too_large
from checker.readers.page.pdfium import PdfPage
from checker.readers.page.pdfium_objects import FORM, IMAGE, LINE_TO, MOVE_TO, PATH, TEXT, PageObject
from checker.readers.page.printed.cost import Cost
from checker.readers.page.printed.geometry import Box
from checker.readers.page.printed.ink import PageInk, Ruling, rotate
from checker.readers.page.printed.measures import THIN
from checker.startup.records import dataclass, field

_SEGMENTS: Final = 4000
"""Segments of one path; longer ones are drawings, not tables."""
_LONGEST_SIDE: Final = 20_000.0
"""Longest side of a page in points: beyond what the format allows."""
_COVERING: Final = 0.8
"""Part of the page that the image of a scan covers."""
_PICTURE: Final = 0.12
"""Part of the page from which on an image may hold text or a table."""
_STRAIGHT: Final = 0.5
"""Points by which a straight line may slant."""

_UNMAPPED: Final = re.compile("[\ue000-\uf8ff\ufffd]")
"""Private characters, and the one that stands for all unknown ones."""

_DRAWN: Final = frozenset((PATH, IMAGE, FORM))
_TEXT: Final = frozenset((TEXT, IMAGE))


@dataclass(slots=True)
class Tally(Cost):
    """What all pages read so far have cost, and which of them a person should look at.

    Attributes:
        unmapped: number of characters whose code the file does not tell.
        recognised: pages that are images with a recognised text.
        pictures: pages with text and a large image.
        scanned: pages that are images without text.
        outlined: pages without text on which something is drawn.
    """

    unmapped: int = 0
    recognised: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    outlined: list[int] = field(default_factory=list)


def read_ink(page: PdfPage, number: int, tally: Tally) -> PageInk:
    """The characters and ruling lines of an open page, turned so that its text is upright.

    Raises:
        UnreadableError: `too_large`.
    """
    tally.count_characters(page.character_count())
    frame = page_frame(page, number)
    ink = PageInk(number, *frame.shown)
    covered = 0.0
    in_forms = False
    for drawn in page.objects(_DRAWN):
        tally.count_objects(1)
        if drawn.kind == FORM:
            in_forms = True
            continue
        box = drawn.bounds()
        if box is None:
            continue
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            ink.rulings.append(Ruling(*frame.upright(box)))
        elif drawn.kind == IMAGE:
            covered = max(covered, frame.share(box))
        else:
            ink.rulings += [Ruling(*frame.upright(line)) for line in _lines_of(drawn, tally)]
    ink.glyphs = page.characters(in_forms=in_forms)
    if frame.moves:
        ink.glyphs = [(glyph[0], *frame.upright(glyph[1:])) for glyph in ink.glyphs]
    tally.unmapped += len(_UNMAPPED.findall("".join([glyph[0] for glyph in ink.glyphs])))
    _judge(page, ink, covered, tally)
    return ink


def _judge(page: PdfPage, ink: PageInk, covered: float, tally: Tally) -> None:
    """Note what kind of page this is; `covered` is the part of it that an image covers."""
    if ink.glyphs:
        if covered >= _COVERING and _is_recognised(page):
            tally.recognised.append(ink.number)
        elif covered >= _PICTURE:
            tally.pictures.append(ink.number)
    elif covered >= _COVERING:
        tally.scanned.append(ink.number)
    elif covered >= _PICTURE or ink.rulings:
        tally.outlined.append(ink.number)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible part of a page, and how often it is turned clockwise to be read."""

    box: Box
    turns: int
    moves: bool
    """Whether coordinates as read differ from those of the page."""

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as read."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turns % 2 else (width, height)

    def upright(self, box: Box) -> Box:
        """`box` as it stands on the turned page."""
        if not self.moves:
            return box
        left, bottom, right, top = self.box
        placed = (box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        return rotate(placed, self.turns, right - left, top - bottom)

    def on_page(self, box: Box) -> Box:
        """What `upright` made `box` of."""
        width, height = self.shown
        left, bottom, right, top = rotate(box, -self.turns % 4, width, height)
        return (left + self.box[0], bottom + self.box[1], right + self.box[0], top + self.box[1])

    def share(self, box: Box) -> float:
        """The part of the page that `box` covers."""
        left, bottom, right, top = self.box
        across = min(box[2], right) - max(box[0], left)
        along = min(box[3], top) - max(box[1], bottom)
        return max(across, 0.0) * max(along, 0.0) / ((right - left) * (top - bottom))


def page_frame(page: PdfPage, number: int) -> PageFrame:
    """The frame of an open page, which is turned so that its text is upright.

    Raises:
        UnreadableError: `too_large`.
    """
    box = page.box()
    # Written so that a side that is no number fails too.
    if not all(0 < side <= _LONGEST_SIDE for side in (box[2] - box[0], box[3] - box[1])):
        raise too_large(f"第{number}页的页面尺寸不正常")
    page.make_upright()
    turns = page.quarter_turns()
    return PageFrame(box, turns, moves=turns != 0 or box[:2] != (0.0, 0.0))


def _lines_of(path: PageObject, tally: Tally) -> Iterator[Box]:
    """The thin boxes and straight strokes of which a path consists."""
    count = path.segment_count()
    if count > _SEGMENTS:
        return
    stroked = path.stroked()
    if stroked is None:
        return
    tally.count_objects(count)
    if stroked:
        yield from _strokes(path)
    else:
        yield from _thin_figures(path)


def _strokes(path: PageObject) -> Iterator[Box]:
    """Every straight stroke along an axis."""
    start = before = (0.0, 0.0)
    for kind, x, y, closes in path.segments():
        if kind == MOVE_TO:
            start = (x, y)
        elif kind == LINE_TO:
            yield from _stroke(before, (x, y))
        before = (x, y)
        if closes:
            yield from _stroke(before, start)
            before = start


def _stroke(begin: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    if min(abs(begin[0] - end[0]), abs(begin[1] - end[1])) <= _STRAIGHT:
        yield (min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1]))


def _thin_figures(path: PageObject) -> Iterator[Box]:
    """The filled figures of a path that are so thin that they look like lines."""
    figure: list[tuple[float, float]] = []
    for kind, x, y, _ in path.segments():
        if kind == MOVE_TO:
            yield from _thin(figure)
            figure = []
        figure.append((x, y))
    yield from _thin(figure)


def _thin(figure: list[tuple[float, float]]) -> Iterator[Box]:
    if figure:
        across, along = [x for x, _ in figure], [y for _, y in figure]
        box = (min(across), min(along), max(across), max(along))
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box


def _is_recognised(page: PdfPage) -> bool:
    """Whether the text of a page with a covering image lies unseen upon it or hidden below it."""
    seen_image = False
    for drawn in page.objects(_TEXT):
        if drawn.kind == IMAGE:
            seen_image = True
        else:
            # Text drawn after a background image, in ink, is no recognised text.
            return drawn.invisible() or not seen_image
    return False
