"""The ink of OFD pages (GB/T 33190): text objects as placed characters, paths as ruling lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from checker.readers.blocks.colours import BLACK, UNKNOWN, Colour
from checker.readers.limits import too_large
from checker.readers.page.printed.cost import Cost
from checker.readers.page.printed.geometry import Box
from checker.readers.page.printed.ink import Glyph, PageInk, Ruling, rotate
from checker.readers.page.printed.measures import THIN
from checker.readers.page.printed.painting import Painting
from checker.readers.raw.safe_xml import Element
from checker.startup.records import dataclass, field

POINTS: Final = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""
_DEPTH: Final = 16
"""Composite objects inside one another."""
_ASCENT: Final = 0.88
"""Part of the font size above the line the characters stand on."""
_OPAQUE: Final = 255
_STRAIGHT: Final = 0.5
"""Points by which a straight line may slant."""
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][-+]?\d{1,2})?")
_PATH_STEP: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_DELTA: Final = re.compile(rf"(g\s+)?({_NUMBER.pattern})")
_BROAD: Final = frozenset("mwMW@%&")
"""Latin characters that are much wider than half an ideograph."""
_WIDE: Final = frozenset("WF")
_NO: Final = frozenset(("false", "0"))
_BLOCKS: Final = frozenset(("Layer", "PageBlock", "Content"))


class Matrix(NamedTuple):
    """An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The image of a point."""
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def after(self, first: Matrix) -> Matrix:
        """The map that does `first` and then this one."""
        return Matrix(
            self.a * first.a + self.c * first.b,
            self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d,
            self.b * first.c + self.d * first.d,
            *self.point(first.e, first.f),
        )


def numbers(text: str | None) -> list[float]:
    """All numbers in an attribute."""
    return [float(number) for number in _NUMBER.findall(text or "")]


def _is_hidden(element: Element) -> bool:
    """Whether a layer, or what is drawn in one, is not shown."""
    visible, alpha = element.attributes.get("Visible", ""), numbers(element.attributes.get("Alpha"))
    return visible.strip().lower() in _NO or alpha[:1] == [0.0]


def _has_text(element: Element) -> bool:
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.name == "TextCode" and one.text.strip():
            return True
        waiting += one.children
    return False


@dataclass(slots=True)
class PagePainter:
    """Collects the ink of one page from its own content and that of its templates.

    Attributes:
        number: page number, from 1.
        box: left, top, width and height of the page in millimetres.
        composites: content of the composite graphic units by their id.
        cost: counts for the whole document.
        image_share: the largest part of the page that an image covers.
    """

    number: int
    box: tuple[float, float, float, float]
    composites: dict[str, Element]
    cost: Cost
    image_share: float = 0.0
    _glyphs: list[Glyph] = field(default_factory=list)
    _rulings: list[Ruling] = field(default_factory=list)
    _turned: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    _painting: Painting = field(default_factory=Painting)
    _ends: list[int] = field(default_factory=list)
    _left_out: bool = False

    def paint(self, content: Element) -> None:
        """Add everything in an element `Content`, in drawing order."""
        left, top, _, height = self.box
        page = Matrix(POINTS, 0, 0, -POINTS, -left * POINTS, (top + height) * POINTS)
        waiting: list[tuple[Element, Matrix, int]] = [(content, page, 0)]
        while waiting:
            element, matrix, depth = waiting.pop()
            self.cost.count_objects(1)
            if _is_hidden(element):
                self._left_out = self._left_out or _has_text(element)
                continue
            if element.name in _BLOCKS:
                waiting.extend((child, matrix, depth) for child in reversed(element.children))
            elif element.name == "TextObject":
                self._text_object(element, _placed(element, matrix))
            elif element.name == "PathObject":
                self._path_object(element, _placed(element, matrix))
            elif element.name == "ImageObject":
                self._image_object(element, matrix)
            elif element.name == "CompositeObject":
                unit = self.composites.get(element.attributes.get("ResourceID", ""))
                if depth >= _DEPTH:
                    raise too_large(f"嵌套超过 {_DEPTH} 层")
                if unit is not None:
                    waiting.append((unit, _placed(element, matrix), depth + 1))

    def ink(self) -> PageInk:
        """The page, turned so that most of its text reads from left to right."""
        width, height = self.box[2] * POINTS, self.box[3] * POINTS
        turns = max(range(4), key=lambda quarter: (self._turned[quarter], -quarter))
        shown = (height, width) if turns % 2 else (width, height)
        ink = PageInk(self.number, *shown)
        ink.glyphs = [(glyph[0], *rotate(glyph[1:], turns, width, height)) for glyph in self._seen()]
        ink.rulings = [Ruling(*rotate(ruling, turns, width, height)) for ruling in self._rulings]
        return ink

    @property
    def hides(self) -> bool:
        """Whether there is a text that nobody sees."""
        return self._left_out or len(self._seen()) < len(self._glyphs)

    def _seen(self) -> list[Glyph]:
        """The characters on the page that are not of an unseen text."""
        width, height = self.box[2] * POINTS, self.box[3] * POINTS
        seen: list[Glyph] = []
        start = 0
        for number, end in enumerate(self._ends):
            if number not in self._painting.unseen:
                seen += [
                    glyph
                    for glyph in self._glyphs[start:end]
                    if 0 <= glyph[1] + glyph[3] <= 2 * width and 0 <= glyph[2] + glyph[4] <= 2 * height
                ]
            start = end
        return seen

    def _end_text(self, element: Element) -> None:
        """A text has been written; nobody sees one that is neither filled nor stroked."""
        first = self._ends[-1] if self._ends else 0
        glyphs = self._glyphs[first:]
        if not glyphs:
            return
        number = len(self._ends)
        self._ends.append(len(self._glyphs))
        filled = element.attributes.get("Fill") != "false"
        ink, alpha = _colour(element, BLACK)
        if (not filled and element.attributes.get("Stroke") != "true") or (filled and alpha == 0):
            self._painting.unseen.add(number)
        box = _around([corner for _, x, y, u, v in glyphs for corner in ((x, y), (u, v))])
        self._painting.text(box, ink if filled else None, number)

    def _text_object(self, element: Element, matrix: Matrix) -> None:
        size = next(iter(numbers(element.attributes.get("Size"))), 0.0)
        stretch = next(iter(numbers(element.attributes.get("HScale"))), 1.0)
        # The direction of the line on the page tells how far the page must be turned to be read.
        run, rise = matrix.a, matrix.b
        quarter = (0 if run > 0 else 2) if abs(run) >= abs(rise) else (3 if rise < 0 else 1)
        for code in element.all("TextCode"):
            text = code.text.strip("\r\n")
            self.cost.count_characters(len(text))
            if text.strip():
                self._turned[quarter] += len(text)
            for character, x, y, width in _positions(code, text, size, stretch):
                if character.isspace():
                    continue  # gaps tell where words end
                box = _bounds(matrix, x, y - _ASCENT * size, x + width, y + (1 - _ASCENT) * size)
                self._glyphs.append((character, *box))
        self._end_text(element)

    def _path_object(self, element: Element, matrix: Matrix) -> None:
        data = element.find("AbbreviatedData")
        if data is None:
            return
        figures = list(_figures(data.text, matrix, self.cost))
        if element.attributes.get("Stroke") != "false":
            for figure in figures:
                for (x0, y0), (x1, y1) in pairwise(figure):
                    if min(abs(x0 - x1), abs(y0 - y1)) <= _STRAIGHT:
                        self._rulings.append(Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        if element.attributes.get("Fill") == "true":
            colour, alpha = _colour(element, UNKNOWN)
            for figure in figures:
                box = _around(figure)
                if element.find("FillColor") is not None and alpha:
                    covers = alpha == _OPAQUE and "Alpha" not in element.attributes and _is_rectangle(figure)
                    self._painting.fill(box, colour or UNKNOWN, covers=covers)
                if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                    self._rulings.append(Ruling(*box))

    def _image_object(self, element: Element, matrix: Matrix) -> None:
        place = numbers(element.attributes.get("Boundary"))
        if len(place) == 4:  # noqa: PLR2004 - left, top, width, height
            left, bottom, right, top = _bounds(
                matrix, place[0], place[1], place[0] + place[2], place[1] + place[3]
            )
            self._painting.fill((left, bottom, right, top), UNKNOWN, covers=False)
            page = self.box[2] * self.box[3] * POINTS * POINTS
            self.image_share = max(self.image_share, (right - left) * (top - bottom) / page)


def _colour(element: Element, otherwise: Colour) -> tuple[Colour | None, int]:
    """What fills an object, and how opaque that is: a grey, red, green and blue, or four printing colours."""
    said = element.find("FillColor")
    if said is None:
        return otherwise, _OPAQUE
    alpha = int(next(iter(numbers(said.attributes.get("Alpha"))), _OPAQUE))
    parts = [_part(text) for text in (said.attributes.get("Value") or "").split()]
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:  # noqa: PLR2004 - cyan, magenta, yellow, black
        parts = [max(255 - part - parts[3], 0) for part in parts[:3]]
    if len(parts) != 3:  # noqa: PLR2004 - red, green, blue
        return (None if said.attributes.get("Value") or said.children else otherwise), alpha
    return (parts[0], parts[1], parts[2]), alpha


def _part(text: str) -> int:
    """An amount from 0 to 255, in hexadecimal behind a `#`."""
    if text.startswith("#"):
        return min(int(text[1:3], 16), 255) if re.fullmatch("#[0-9a-fA-F]{1,2}", text) else 0
    return int(min(max(next(iter(numbers(text)), 0.0), 0.0), 255.0))


def _is_rectangle(figure: list[tuple[float, float]]) -> bool:
    return len(figure) in (4, 5) and all(
        min(abs(x - u), abs(y - v)) < _STRAIGHT for (x, y), (u, v) in pairwise(figure)
    )


def _placed(element: Element, outer: Matrix) -> Matrix:
    """From the object's own coordinates to the page: its matrix, then the corner of its boundary."""
    place = [*numbers(element.attributes.get("Boundary")), 0.0, 0.0]
    moved = outer.after(Matrix(e=place[0], f=place[1]))
    own = numbers(element.attributes.get("CTM"))
    return moved.after(Matrix(*own)) if len(own) == 6 else moved  # noqa: PLR2004 - a to f


def _width(character: str) -> float:
    """How wide a character is at most, in font sizes."""
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    return 0.85 if character in _BROAD else 0.5


def _positions(
    code: Element, text: str, size: float, stretch: float
) -> Iterator[tuple[str, float, float, float]]:
    """Each character with the point it stands on and its width."""
    x = next(iter(numbers(code.attributes.get("X"))), 0.0)
    y = next(iter(numbers(code.attributes.get("Y"))), 0.0)
    across = _deltas(code.attributes.get("DeltaX"), len(text))
    down = _deltas(code.attributes.get("DeltaY"), len(text))
    for index, character in enumerate(text):
        width = size * stretch * _width(character)
        step = across[index] if index < len(across) else (0.0 if down else width)
        yield character, x, y, min(width, step) if step > 0 else width
        x += step
        y += down[index] if index < len(down) else 0.0


def _deltas(text: str | None, most: int) -> list[float]:
    """Distances between characters; `g 3 2.5` stands for 2.5 three times."""
    steps: list[float] = []
    repeat: int | None = None
    for match in _DELTA.finditer(text or ""):
        if len(steps) >= most:
            break
        if repeat is not None:
            steps += [float(match[2])] * min(repeat, most)
            repeat = None
        elif match[1]:
            repeat = max(0, int(float(match[2])))
        else:
            steps.append(float(match[2]))
    return steps


def _figures(data: str, matrix: Matrix, cost: Cost) -> Iterator[list[tuple[float, float]]]:
    """The figures of a path as their corners on the page; curves count as their ends, which are no lines."""
    figure: list[tuple[float, float]] = []
    for step in _PATH_STEP.finditer(data):
        cost.count_objects(1)
        operator, values = step[1], numbers(step[2])
        if operator in "SM":
            if figure:
                yield figure
            figure = []
        if operator == "C":
            if figure:
                figure.append(figure[0])
            continue
        if len(values) < 2:  # noqa: PLR2004 - x and y
            continue
        if operator in "QBA" and figure:
            yield figure
            figure = []
        figure.append(matrix.point(values[-2], values[-1]))
    if figure:
        yield figure


def _bounds(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Box:
    return _around([matrix.point(x, y) for x in (left, right) for y in (top, bottom)])


def _around(points: list[tuple[float, float]]) -> Box:
    across, along = [x for x, _ in points], [y for _, y in points]
    return (min(across), min(along), max(across), max(along))
