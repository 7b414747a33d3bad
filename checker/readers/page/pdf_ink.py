"""The ink of one PDF page: characters, ruling lines, and which images cover it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from checker.readers.blocks.colours import UNKNOWN, WHITE, vanishes
from checker.readers.limits import too_large
from checker.readers.page.pdf_layers import Layers
from checker.readers.page.pdfium import PdfPage
from checker.readers.page.pdfium_objects import (
    FORM,
    IMAGE,
    LINE_TO,
    MOVE_TO,
    PATH,
    TEXT,
    PageObject,
    looks_of,
)
from checker.readers.page.printed.cost import Cost
from checker.readers.page.printed.geometry import Box
from checker.readers.page.printed.ink import Glyph, PageInk, Ruling, rotate
from checker.readers.page.printed.measures import THIN
from checker.readers.page.printed.painting import Painting
from checker.startup.records import dataclass, field

_SEGMENTS: Final = 4000
"""Segments of one path; longer ones are drawings, not tables."""
_LONGEST_SIDE: Final = 20_000.0
"""Longest side of a page in points: beyond what the format allows."""
_COVERING: Final = 0.8
"""Part of the page that the image of a scan covers."""
_PICTURE: Final = 0.12
"""Part of the page from which on an image may hold text or a table."""
_OPAQUE: Final = 255
_STRAIGHT: Final = 0.5
"""Points by which a straight line may slant."""

_UNMAPPED: Final = re.compile("[\ue000-\uf8ff\ufffd]")
"""Private characters, and the one that stands for all unknown ones."""

_DRAWN: Final = frozenset((TEXT, PATH, IMAGE, FORM))
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
        unseen: whether there is a text that nobody sees, other than what was recognised on an image.
        layers: which layers are not shown.
    """

    unmapped: int = 0
    recognised: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    outlined: list[int] = field(default_factory=list)
    unseen: bool = False
    layers: Layers = field(default_factory=Layers)


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
    painted: list[PageObject] = []
    hidden: set[int] = set()
    for drawn in page.objects(_DRAWN):
        if tally.layers.matter and tally.layers.hide(drawn.layers()):
            in_forms = in_forms or drawn.kind == FORM
            if drawn.kind == TEXT:
                hidden.add(drawn.handle)
            continue
        if drawn.kind == TEXT:
            painted.append(drawn)
            continue
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
            painted.append(drawn)
        else:
            painted.append(drawn)
            ink.rulings += [Ruling(*frame.upright(line)) for line in _lines_of(drawn, tally)]
    unseen = _unseen(painted) | hidden
    ink.glyphs = page.characters(in_forms=in_forms, unseen=unseen)
    if frame.moves:
        ink.glyphs = [(glyph[0], *frame.upright(glyph[1:])) for glyph in ink.glyphs]
    inside = frame.shown_of(ink.glyphs)
    tally.unseen = tally.unseen or bool(unseen) or len(inside) < len(ink.glyphs)
    ink.glyphs = inside
    tally.unmapped += len(_UNMAPPED.findall("".join([glyph[0] for glyph in ink.glyphs])))
    _judge(page, ink, covered, tally)
    return ink


def _unseen(painted: Sequence[PageObject]) -> AbstractSet[int]:
    """Handles of the texts that nobody sees, other than those that were recognised on an image."""
    if all(drawn.kind == TEXT or not drawn.filled() for drawn in painted):
        texts = looks_of(drawn for drawn in painted if drawn.kind == TEXT)
        return {drawn.handle for drawn, is_painted, ink in texts if not is_painted or vanishes(ink, WHITE)}
    painting, images = Painting(), list[Box]()
    unpainted: list[PageObject] = []
    for drawn in painted:
        if drawn.kind == TEXT:
            if drawn.invisible():
                unpainted.append(drawn)
            elif box := drawn.bounds():
                painting.text(box, drawn.ink(), drawn.handle)
        elif drawn.filled() and (box := drawn.bounds()):
            if drawn.kind == IMAGE:
                images.append(box)
            filled = drawn.fill() if drawn.kind == PATH else None
            covers = filled is not None and filled[1] == _OPAQUE and drawn.covers()
            painting.fill(box, filled[0] if filled else UNKNOWN, covers=covers)
    return painting.unseen | {drawn.handle for drawn in unpainted if not _lies_on(drawn, images)}


def _lies_on(drawn: PageObject, images: Sequence[Box]) -> bool:
    """Whether a text that is not painted lies on an image, from which it was recognised then."""
    text = drawn.bounds() if images else None
    if text is None:
        return False
    x, y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in images)


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

    def shown_of(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        """The characters, turned upright, whose middle is on the page."""
        width, height = self.shown
        most_x, most_y = 2 * width, 2 * height
        return [one for one in glyphs if 0 <= one[1] + one[3] <= most_x and 0 <= one[2] + one[4] <= most_y]

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
