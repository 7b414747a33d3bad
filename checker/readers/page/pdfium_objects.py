"""What is drawn on a page of a PDF: paths, images, and the forms that hold them."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from checker.readers.blocks.colours import Colour
from checker.readers.page.pdf_layers import UNNAMED
from checker.readers.page.pdfium_library import library
from checker.readers.page.printed.geometry import Box
from checker.startup.records import dataclass

_FOUR_FLOATS: Final = struct.Struct("4f")
_SIX_FLOATS: Final = struct.Struct("6f")

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
"""Kinds of page objects; the other one, shading, is of no use to reading."""

_UNPAINTED: Final = frozenset((3, 7))
"""Text render modes that paint nothing; a recognised text lies so over a scan."""
_STROKED: Final = frozenset((1, 2, 5, 6))
"""Those that draw the outlines of letters, which may be seen whatever fills them."""
_FOUR_NUMBERS: Final = struct.Struct("4I")
_RECTANGLE: Final = frozenset((4, 5, 6))
"""Segments of a rectangle, whose last side or closing point may be written or not."""

_LONGEST_NAME: Final = 400
"""Bytes of a layer's name."""

LINE_TO, MOVE_TO = 0, 2
"""Kinds of path segments; the other one is a curve."""

Matrix = tuple[float, float, float, float, float, float]
"""The six numbers of an affine transformation, as PDF orders them."""


@dataclass(slots=True)
class PageObject:
    """Something drawn on the page.

    Attributes:
        handle: valid while its page is open.
        kind: `TEXT`, `PATH`, `IMAGE` or another number.
        matrix: of the forms it lies in, None when it lies on the page itself.
        scratch: room for four numbers, shared by all objects of a page.
        form: handle of the outermost form it lies in, 0 for none.
    """

    handle: int
    kind: int
    matrix: Matrix | None
    scratch: ctypes.Array[ctypes.c_char]
    form: int = 0

    def bounds(self) -> Box | None:
        """Its box in page coordinates, None when it has none."""
        start = ctypes.addressof(self.scratch)
        if not library().FPDFPageObj_GetBounds(self.handle, start, start + 4, start + 8, start + 12):
            return None
        box = _FOUR_FLOATS.unpack(self.scratch)
        return box if self.matrix is None else transform_box(self.matrix, box)

    def layers(self) -> Iterator[str]:
        """Names of the layers that it lies in, `UNNAMED` for those that have none."""
        functions, name, length = library(), ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_ulong()
        room = (ctypes.addressof(name), _LONGEST_NAME, ctypes.addressof(length))
        for handle in filter(None, (self.handle, self.form)):
            for index in range(functions.FPDFPageObj_CountMarks(handle)):
                mark = functions.FPDFPageObj_GetMark(handle, index)
                if not functions.FPDFPageObjMark_GetName(mark, *room) or _text(name, length) != "OC":
                    continue
                named = functions.FPDFPageObjMark_GetParamStringValue(mark, b"Name", *room)
                yield _text(name, length) if named else UNNAMED

    def invisible(self) -> bool:
        """Whether this text is neither filled nor stroked."""
        return library().FPDFTextObj_GetTextRenderMode(self.handle) in _UNPAINTED

    def ink(self) -> Colour | None:
        """The colour that this text is filled with, None if it is not known or its letters have outlines."""
        filled = self.fill()
        if filled is None or library().FPDFTextObj_GetTextRenderMode(self.handle) in _STROKED:
            return None
        return filled[0]

    def fill(self) -> tuple[Colour, int] | None:
        """The colour that fills this object, and how opaque it is, up to 255; None for a pattern."""
        start = ctypes.addressof(self.scratch)
        if not library().FPDFPageObj_GetFillColor(self.handle, start, start + 4, start + 8, start + 12):
            return None
        red, green, blue, opaque = _FOUR_NUMBERS.unpack(self.scratch)
        return (red, green, blue), opaque

    def covers(self) -> bool:
        """Whether this filled path is an upright rectangle that nothing shines through."""
        if library().FPDFPageObj_HasTransparency(self.handle) or self.segment_count() not in _RECTANGLE:
            return False
        corners = [(x, y) for _, x, y, _ in self.segments()]
        return all(min(abs(x - u), abs(y - v)) < 1 for (x, y), (u, v) in pairwise(corners))

    def segment_count(self) -> int:
        """Number of segments of this path."""
        return int(library().FPDFPath_CountSegments(self.handle))

    def filled(self) -> bool:
        """Whether this is an image or a path that is filled."""
        if self.kind != PATH:
            return True
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        drawn = library().FPDFPath_GetDrawMode(self.handle, ctypes.addressof(fill), ctypes.addressof(stroke))
        return bool(drawn and fill.value)

    def stroked(self) -> bool | None:
        """Whether this path is drawn with a pen (True), only filled (False) or not drawn at all (None)."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        addresses = ctypes.addressof(fill), ctypes.addressof(stroke)
        if not library().FPDFPath_GetDrawMode(self.handle, *addresses):
            return None
        return True if stroke.value else (False if fill.value else None)

    def segments(self) -> Iterator[tuple[int, float, float, bool]]:
        """Kind, end point in page coordinates, and whether it closes its figure, of each segment."""
        functions = library()
        own = object_matrix(self.handle)
        matrix = own if self.matrix is None else multiply(own, self.matrix)
        a, b, c, d, e, f = matrix
        point = (ctypes.c_float * 2)()
        start = ctypes.addressof(point)
        for index in range(self.segment_count()):
            segment = functions.FPDFPath_GetPathSegment(self.handle, index)
            functions.FPDFPathSegment_GetPoint(segment, start, start + 4)
            x, y = point
            kind = functions.FPDFPathSegment_GetType(segment)
            closes = bool(functions.FPDFPathSegment_GetClose(segment))
            yield kind, a * x + c * y + e, b * x + d * y + f, closes


def looks_of(texts: Iterable[PageObject]) -> Iterator[tuple[PageObject, bool, Colour | None]]:
    """Each text with whether it is painted, and `PageObject.ink`; much quicker for all than for each on its own."""
    mode_of, fill_of = library().FPDFTextObj_GetTextRenderMode, library().FPDFPageObj_GetFillColor
    buffer = ctypes.create_string_buffer(16)
    start = ctypes.addressof(buffer)
    places = (start, start + 4, start + 8, start + 12)
    for text in texts:
        mode = mode_of(text.handle)
        if mode in _UNPAINTED or mode in _STROKED or not fill_of(text.handle, *places):
            yield text, mode not in _UNPAINTED, None
        else:
            yield text, True, _FOUR_NUMBERS.unpack(buffer)[:3]


def _text(buffer: ctypes.Array[ctypes.c_char], length: ctypes.c_ulong) -> str:
    return buffer.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def object_matrix(handle: int) -> Matrix:
    """From the object's own coordinates to those of its container."""
    buffer = ctypes.create_string_buffer(24)
    if not library().FPDFPageObj_GetMatrix(handle, ctypes.addressof(buffer)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = _SIX_FLOATS.unpack(buffer)
    return (a, b, c, d, e, f)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def transform_box(matrix: Matrix, box: Box) -> Box:
    """The upright box around the transformed corners of `box`."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, along = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(along), max(across), max(along))


def walk(page: int, kinds: frozenset[int]) -> Iterator[PageObject]:
    """What is drawn of these kinds, in drawing order, forms opened; of forms only the outer ones."""
    functions = library()
    kind_of, page_object, form_object = (
        functions.FPDFPageObj_GetType,
        functions.FPDFPage_GetObject,
        functions.FPDFFormObj_GetObject,
    )
    scratch = ctypes.create_string_buffer(16)
    for index in range(functions.FPDFPage_CountObjects(page)):
        handle = page_object(page, index)
        kind = kind_of(handle)
        if kind in kinds:
            yield PageObject(handle, kind, None, scratch)
        if kind != FORM:
            continue
        # Innermost form last; pdfium itself refuses forms that contain themselves.
        open_forms = [_FormObject(handle, object_matrix(handle), functions.FPDFFormObj_CountObjects(handle))]
        while open_forms:
            form = open_forms[-1]
            if form.next_index >= form.count:
                open_forms.pop()
                continue
            inner = form_object(form.handle, form.next_index)
            form.next_index += 1
            kind = kind_of(inner)
            if kind == FORM:
                matrix = multiply(object_matrix(inner), form.matrix)
                open_forms.append(_FormObject(inner, matrix, functions.FPDFFormObj_CountObjects(inner)))
            elif kind in kinds:
                yield PageObject(inner, kind, form.matrix, scratch, handle)


@dataclass(slots=True)
class _FormObject:
    """A group of objects that is being walked through."""

    handle: int
    matrix: Matrix
    count: int
    next_index: int = 0
