"""The few functions of pdfium that reading needs, called in the library that pypdfium2 ships.

Why not `pypdfium2.raw`: its generated bindings declare 450 functions and cost 90 ms at every start; the
thirty declared here cost nothing. The public C interface of pdfium is kept stable, so both are equally
sound. Why `PyDLL`: pdfium must never be entered by two threads at once, and a call that keeps the
interpreter lock cannot be.

Nothing here follows links, runs scripts, opens attachments or loads further files.
"""

from __future__ import annotations

import ctypes
import math
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from checker.errors import UnreadableError
from checker.records import dataclass

_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int
_FLOAT: Final = ctypes.c_float
_OUT: Final = ctypes.c_void_p
"""Address of a buffer that the call fills; an address is passed much faster than a typed pointer."""

_SIGNATURES: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_LoadMemDocument64": (_HANDLE, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_CloseDocument": (None, (_HANDLE,)),
    "FPDF_DocumentHasValidCrossReferenceTable": (_INT, (_HANDLE,)),
    "FPDF_GetMetaText": (ctypes.c_ulong, (_HANDLE, ctypes.c_char_p, _OUT, ctypes.c_ulong)),
    "FPDF_GetPageCount": (_INT, (_HANDLE,)),
    "FPDF_LoadPage": (_HANDLE, (_HANDLE, _INT)),
    "FPDF_ClosePage": (None, (_HANDLE,)),
    "FPDF_GetPageBoundingBox": (_INT, (_HANDLE, _OUT)),
    "FPDFPage_GetRotation": (_INT, (_HANDLE,)),
    "FPDFPage_SetRotation": (None, (_HANDLE, _INT)),
    "FPDFPage_CountObjects": (_INT, (_HANDLE,)),
    "FPDFPage_GetObject": (_HANDLE, (_HANDLE, _INT)),
    "FPDFFormObj_CountObjects": (_INT, (_HANDLE,)),
    "FPDFFormObj_GetObject": (_HANDLE, (_HANDLE, ctypes.c_ulong)),
    "FPDFPageObj_GetType": (_INT, (_HANDLE,)),
    "FPDFPageObj_GetBounds": (_INT, (_HANDLE, _OUT, _OUT, _OUT, _OUT)),
    "FPDFPageObj_GetMatrix": (_INT, (_HANDLE, _OUT)),
    "FPDFTextObj_GetTextRenderMode": (_INT, (_HANDLE,)),
    "FPDFPath_CountSegments": (_INT, (_HANDLE,)),
    "FPDFPath_GetPathSegment": (_HANDLE, (_HANDLE, _INT)),
    "FPDFPathSegment_GetPoint": (_INT, (_HANDLE, _OUT, _OUT)),
    "FPDFPathSegment_GetType": (_INT, (_HANDLE,)),
    "FPDFPathSegment_GetClose": (_INT, (_HANDLE,)),
    "FPDFPath_GetDrawMode": (_INT, (_HANDLE, _OUT, _OUT)),
    "FPDFText_LoadPage": (_HANDLE, (_HANDLE,)),
    "FPDFText_ClosePage": (None, (_HANDLE,)),
    "FPDFText_CountChars": (_INT, (_HANDLE,)),
    "FPDFText_GetUnicode": (ctypes.c_uint, (_HANDLE, _INT)),
    "FPDFText_GetLooseCharBox": (_INT, (_HANDLE, _INT, _OUT)),
    "FPDFText_GetCharAngle": (_FLOAT, (_HANDLE, _INT)),
    "FPDFText_GetCharOrigin": (_INT, (_HANDLE, _INT, _OUT, _OUT)),
    "FPDFText_GetMatrix": (_INT, (_HANDLE, _INT, _OUT)),
    "FPDFText_GetFontSize": (ctypes.c_double, (_HANDLE, _INT)),
}

_TWO_DOUBLES: Final = struct.Struct("2d")
_FOUR_FLOATS: Final = struct.Struct("4f")
_SIX_FLOATS: Final = struct.Struct("6f")
_PASSWORD, _SECURITY = 4, 5
"""What `FPDF_GetLastError` says of a document that needs a password or an unknown cipher."""

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
"""Kinds of page objects; the other one, shading, is of no use to reading."""

INVISIBLE: Final = 3
"""Text render mode of a recognised text that lies unseen over a scan."""

LINE_TO, MOVE_TO = 0, 2
"""Kinds of path segments; the other one is a curve."""

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@cache
def library() -> Any:
    """The loaded and initialised library; it stays loaded as long as the process lives."""
    names = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}
    spec = find_spec("pypdfium2_raw")
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0], names.get(sys.platform, "libpdfium.so")) if folders else None
    if path is None or not path.is_file():
        raise UnreadableError(
            "unsupported",
            "缺少读取 PDF 的组件，未读取。请运行 pip install pypdfium2，或改用 Word/WPS 源文件。",
        )
    loaded = ctypes.PyDLL(str(path))
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(loaded, name)
        function.restype = result
        function.argtypes = arguments
    loaded.FPDF_InitLibrary()
    return loaded


@dataclass(slots=True)
class PageObject:
    """Something drawn on the page.

    Attributes:
        handle: valid while its page is open.
        kind: `TEXT`, `PATH`, `IMAGE` or another number.
        matrix: of the forms it lies in, None when it lies on the page itself.
        scratch: room for four numbers, shared by all objects of a page.
    """

    handle: int
    kind: int
    matrix: Matrix | None
    scratch: ctypes.Array[ctypes.c_char]

    def bounds(self) -> Box | None:
        """Its box in page coordinates, None when it has none."""
        start = ctypes.addressof(self.scratch)
        if not library().FPDFPageObj_GetBounds(self.handle, start, start + 4, start + 8, start + 12):
            return None
        box = _FOUR_FLOATS.unpack(self.scratch)
        return box if self.matrix is None else transform_box(self.matrix, box)

    def invisible(self) -> bool:
        """Whether this text is neither filled nor stroked."""
        return bool(library().FPDFTextObj_GetTextRenderMode(self.handle) == INVISIBLE)

    def segment_count(self) -> int:
        """Number of segments of this path."""
        return int(library().FPDFPath_CountSegments(self.handle))

    def stroked(self) -> bool | None:
        """Whether this path is drawn with a pen (True), only filled (False) or not drawn at all (None)."""
        fill, stroke = _INT(), _INT()
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
        point = (_FLOAT * 2)()
        start = ctypes.addressof(point)
        for index in range(self.segment_count()):
            segment = functions.FPDFPath_GetPathSegment(self.handle, index)
            functions.FPDFPathSegment_GetPoint(segment, start, start + 4)
            x, y = point
            kind = functions.FPDFPathSegment_GetType(segment)
            closes = bool(functions.FPDFPathSegment_GetClose(segment))
            yield kind, a * x + c * y + e, b * x + d * y + f, closes


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


class PdfPage:
    """One open page."""

    def __init__(self, handle: int, damaged: UnreadableError) -> None:
        self._handle = handle
        self._damaged = damaged
        self._text = 0
        self._open_text()

    def box(self) -> Box:
        """The visible part of the page, in the coordinates that all other methods use."""
        buffer = ctypes.create_string_buffer(16)
        library().FPDF_GetPageBoundingBox(self._handle, ctypes.addressof(buffer))
        left, top, right, bottom = _FOUR_FLOATS.unpack(buffer)
        return left, bottom, right, top

    def quarter_turns(self) -> int:
        """How often the page is turned clockwise by 90° so that its text stands upright."""
        return int(library().FPDFPage_GetRotation(self._handle)) % 4

    def make_upright(self) -> None:
        """Turn the page as its text demands, judged by some characters, whatever way it is shown."""
        count = self.character_count()
        votes = [0, 0, 0, 0]
        for index in range(0, count, max(1, count // _SAMPLES)):
            angle = library().FPDFText_GetCharAngle(self._text, index)
            if angle >= 0:
                votes[-round(angle / (math.pi / 2)) % 4] += 1
        turns = votes.index(max(votes)) if any(votes) else self.quarter_turns()
        if turns != self.quarter_turns():
            # pdfium puts characters in order as the page is shown: it has to look again.
            library().FPDFPage_SetRotation(self._handle, turns)
            self.close_text()
            self._open_text()

    def _open_text(self) -> None:
        self._text = library().FPDFText_LoadPage(self._handle)
        if not self._text:
            raise self._damaged

    def close_text(self) -> None:
        """Give back what the characters need."""
        if self._text:
            library().FPDFText_ClosePage(self._text)
        self._text = 0

    def character_count(self) -> int:
        """Number of characters, including those that pdfium adds at gaps and line ends."""
        return int(library().FPDFText_CountChars(self._text))

    def characters(self, *, in_forms: bool) -> list[tuple[str, float, float, float, float]]:
        """Every character that is no white space, with left, bottom, right, top.

        The boxes are as high as the font, so that all characters of a line agree. Text set askew, as
        watermarks are, is left out.

        Args:
            in_forms: whether the page has forms. There, pdfium forgets the form's matrix for the box of
                a character whose text is declared apart from its glyph (browsers do so for 一, 人, 行).
        """
        functions, text = library(), self._text
        get_unicode, get_box = functions.FPDFText_GetUnicode, functions.FPDFText_GetLooseCharBox
        buffer = ctypes.create_string_buffer(16)
        address, unpack = ctypes.addressof(buffer), _FOUR_FLOATS.unpack
        upright: set[int] = set()
        found: list[tuple[str, float, float, float, float]] = []
        for index in range(self.character_count()):
            code = get_unicode(text, index)
            if code in _BLANKS or not get_box(text, index, address):
                continue
            left, top, right, bottom = unpack(buffer)
            if in_forms:
                left, bottom, right, top = self._placed(index, (left, bottom, right, top))
            # Askew boxes are higher than upright ones of their font: one look for each height will do.
            height = int((top - bottom) * 4)
            if height not in upright:
                if self._is_askew(index):
                    continue
                upright.add(height)
            found.append((_CHARACTERS.get(code) or chr(code), left, bottom, right, top))
        return found

    def _placed(self, index: int, box: Box) -> Box:
        """`box`, or that of an ideograph where the character's matrix puts it, if that is elsewhere."""
        functions = library()
        buffer = ctypes.create_string_buffer(24)
        start = ctypes.addressof(buffer)
        functions.FPDFText_GetCharOrigin(self._text, index, start, start + 8)
        x, y = _TWO_DOUBLES.unpack(buffer[:16])
        functions.FPDFText_GetMatrix(self._text, index, start)
        matrix: Matrix = _SIX_FLOATS.unpack(buffer)
        if abs(matrix[4] - x) + abs(matrix[5] - y) < _SAME_PLACE:
            return box
        size = functions.FPDFText_GetFontSize(self._text, index)
        return transform_box(matrix, (0.0, -_DESCENT * size, size, (1 - _DESCENT) * size))

    def _is_askew(self, index: int) -> bool:
        turns = library().FPDFText_GetCharAngle(self._text, index) / (math.pi / 2)
        return bool(abs(turns - round(turns)) > _ASKEW)

    def objects(self, kinds: frozenset[int]) -> Iterator[PageObject]:
        """What is drawn of these kinds, in drawing order, forms opened; of forms only the outer ones."""
        functions = library()
        kind_of, page_object, form_object = (
            functions.FPDFPageObj_GetType,
            functions.FPDFPage_GetObject,
            functions.FPDFFormObj_GetObject,
        )
        page, scratch = self._handle, ctypes.create_string_buffer(16)
        for index in range(functions.FPDFPage_CountObjects(page)):
            handle = page_object(page, index)
            kind = kind_of(handle)
            if kind in kinds:
                yield PageObject(handle, kind, None, scratch)
            if kind != FORM:
                continue
            # Innermost form last; pdfium itself refuses forms that contain themselves.
            open_forms = [_Form(handle, object_matrix(handle), functions.FPDFFormObj_CountObjects(handle))]
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
                    open_forms.append(_Form(inner, matrix, functions.FPDFFormObj_CountObjects(inner)))
                elif kind in kinds:
                    yield PageObject(inner, kind, form.matrix, scratch)


@dataclass(slots=True)
class _Form:
    """A group of objects that is being walked through."""

    handle: int
    matrix: Matrix
    count: int
    next_index: int = 0


_CHARACTERS: Final = {2: "-"}
"""pdfium marks a hyphen at a line end by this code; in addresses and numbers it belongs to the text."""
_BLANKS: Final = frozenset(
    {*range(33), 0x7F, 0xA0, 0xAD, 0x200B, 0x2060, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF} - {2}
)
_SAMPLES: Final = 24
"""Characters looked at to tell which way up a page is."""
_SAME_PLACE: Final = 0.1
_DESCENT: Final = 0.12
"""Part of an ideograph that lies below the base line."""
_ASKEW: Final = 0.04
"""Part of a quarter turn from which on text is askew."""


class PdfDocument:
    """One open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.page_count = int(library().FPDF_GetPageCount(handle))
        self.intact = bool(library().FPDF_DocumentHasValidCrossReferenceTable(handle))

    def title(self) -> str:
        """The title the file declares, "" when it has none."""
        size = library().FPDF_GetMetaText(self._handle, b"Title", None, 0)
        if size > _LONGEST_TITLE:
            return ""
        buffer = ctypes.create_string_buffer(size + 2)
        library().FPDF_GetMetaText(self._handle, b"Title", ctypes.addressof(buffer), size)
        return buffer.raw[:size].decode("utf-16-le", "replace").strip("\0 ")

    @contextmanager
    def page(self, index: int) -> Iterator[PdfPage]:
        """Open page `index` (from 0) and close it again, whatever happens."""
        functions = library()
        damaged = UnreadableError("damaged", f"PDF 第{index + 1}页已损坏，未读取。请重新导出后再检查。")
        handle = functions.FPDF_LoadPage(self._handle, index)
        if not handle:
            raise damaged
        try:
            page = PdfPage(handle, damaged)
            try:
                yield page
            finally:
                page.close_text()
        finally:
            functions.FPDF_ClosePage(handle)


_LONGEST_TITLE: Final = 2000


@contextmanager
def open_pdf(data: bytes) -> Iterator[PdfDocument]:
    """Open a file and close it again, whatever happens.

    Raises:
        UnreadableError: `encrypted` or `damaged`.
    """
    functions = library()
    handle = functions.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        if functions.FPDF_GetLastError() in (_PASSWORD, _SECURITY):
            raise UnreadableError("encrypted", "PDF 设有打开密码，未读取。请取消密码另存后再检查。")
        raise UnreadableError("damaged", "PDF 已损坏或不完整，未读取。请重新导出或重新下载后再检查。")
    try:
        yield PdfDocument(handle)
    finally:
        functions.FPDF_CloseDocument(handle)
