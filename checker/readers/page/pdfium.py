"""An open PDF: its pages, and on each the characters with their boxes and what is drawn."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.page.pdfium_library import library
from checker.readers.page.pdfium_objects import PageObject, transform_box, walk
from checker.readers.page.printed.geometry import Box
from checker.readers.raw.surrogates import join_halves

_TWO_DOUBLES: Final = struct.Struct("2d")
_FOUR_FLOATS: Final = struct.Struct("4f")
_SIX_FLOATS: Final = struct.Struct("6f")
_PASSWORD, _SECURITY = 4, 5
"""What `FPDF_GetLastError` says of a document that needs a password or an unknown cipher."""


class PdfPage:
    """One open page; `handle` is what the library knows it by."""

    def __init__(self, handle: int, damaged: UnreadableError) -> None:
        self.handle = handle
        self._damaged = damaged
        self._text = 0
        self._open_text()

    def box(self) -> Box:
        """The visible part of the page, in the coordinates that all other methods use."""
        buffer = ctypes.create_string_buffer(16)
        library().FPDF_GetPageBoundingBox(self.handle, ctypes.addressof(buffer))
        left, top, right, bottom = _FOUR_FLOATS.unpack(buffer)
        return left, bottom, right, top

    def quarter_turns(self) -> int:
        """How often the page is turned clockwise by 90° so that its text stands upright."""
        return int(library().FPDFPage_GetRotation(self.handle)) % 4

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
            library().FPDFPage_SetRotation(self.handle, turns)
            self.close_text()
            self._open_text()

    def _open_text(self) -> None:
        self._text = library().FPDFText_LoadPage(self.handle)
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

    def characters(
        self, *, in_forms: bool, unseen: AbstractSet[int]
    ) -> list[tuple[str, float, float, float, float]]:
        """Every character that is no white space, with left, bottom, right, top.

        The boxes are as high as the font, so that all characters of a line agree. Text set askew, as
        watermarks are, is left out, and so is text too small to be seen.

        Args:
            in_forms: whether the page has forms. There, pdfium forgets the form's matrix for the box of
                a character whose text is declared apart from its glyph (browsers do so for 一, 人, 行).
            unseen: handles of texts that nobody sees; they are left out.
        """
        functions, text = library(), self._text
        object_of = functions.FPDFText_GetTextObject
        get_unicode, get_box = functions.FPDFText_GetUnicode, functions.FPDFText_GetLooseCharBox
        buffer = ctypes.create_string_buffer(16)
        address, unpack = ctypes.addressof(buffer), _FOUR_FLOATS.unpack
        upright: set[int] = set()
        found: list[tuple[str, float, float, float, float]] = []
        for index in range(self.character_count()):
            code = get_unicode(text, index)
            if unseen and object_of(text, index) in unseen:
                continue
            if code in _BLANKS or not get_box(text, index, address):
                continue
            left, top, right, bottom = unpack(buffer)
            if in_forms:
                left, bottom, right, top = self._placed(index, (left, bottom, right, top))
            # Askew boxes are higher than upright ones of their font: one look for each height will do.
            height = int((top - bottom) * 4)
            if height < _SEEN:
                bottom, top = self._font_height(index)
                height = int((top - bottom) * 4)
            if height not in upright:
                if height < _SEEN or self._is_askew(index):
                    continue
                upright.add(height)
            if _SECOND_HALF <= code < _HALVES_END and found and "\ud800" <= found[-1][0] < "\udc00":
                whole = join_halves(found[-1][0] + chr(code))
                found[-1] = (whole, *found[-1][1:])
                continue
            found.append((_CHARACTERS.get(code) or chr(code), left, bottom, right, top))
        return found

    def _placed(self, index: int, box: Box) -> Box:
        """`box`, or that of an ideograph where its matrix puts it, if the character is off its base line."""
        functions = library()
        buffer = ctypes.create_string_buffer(24)
        start = ctypes.addressof(buffer)
        functions.FPDFText_GetCharOrigin(self._text, index, start, start + 8)
        x, y = _TWO_DOUBLES.unpack(buffer.raw[:16])
        functions.FPDFText_GetMatrix(self._text, index, start)
        a, b, c, d, e, f = _SIX_FLOATS.unpack(buffer)
        if abs(a * (y - f) - b * (x - e)) <= _SAME_PLACE * math.hypot(a, b):
            return box
        size = functions.FPDFText_GetFontSize(self._text, index)
        return transform_box((a, b, c, d, e, f), (0.0, -_DESCENT * size, size, (1 - _DESCENT) * size))

    def _font_height(self, index: int) -> tuple[float, float]:
        """Bottom and top of a character by the size of its font, as an ideograph would have them.

        The box of a character whose text is declared apart from its glyph is that of its ink: 一 in small print is
        so low that it seems not to be seen.
        """
        functions = library()
        buffer = ctypes.create_string_buffer(24)
        start = ctypes.addressof(buffer)
        functions.FPDFText_GetCharOrigin(self._text, index, start, start + 8)
        x, y = _TWO_DOUBLES.unpack(buffer.raw[:16])
        functions.FPDFText_GetMatrix(self._text, index, start)
        a, b, c, d, _, _ = _SIX_FLOATS.unpack(buffer)
        size = functions.FPDFText_GetFontSize(self._text, index)
        _, bottom, _, top = transform_box(
            (a, b, c, d, x, y), (0.0, -_DESCENT * size, size, (1 - _DESCENT) * size)
        )
        return bottom, top

    def _is_askew(self, index: int) -> bool:
        turns = library().FPDFText_GetCharAngle(self._text, index) / (math.pi / 2)
        return bool(abs(turns - round(turns)) > _ASKEW)

    def objects(self, kinds: frozenset[int]) -> Iterator[PageObject]:
        """What is drawn of these kinds, see `walk`."""
        return walk(self.handle, kinds)


_CHARACTERS: Final = {2: "-"}
"""pdfium marks a hyphen at a line end by this code; in addresses and numbers it belongs to the text."""
_BLANKS: Final = frozenset({*range(33), 0x7F, 0xA0, 0x200B, 0x2060, 0x3000, 0xFEFF, 0xFFFE, 0xFFFF} - {2})
_SECOND_HALF, _HALVES_END = 0xDC00, 0xE000
"""Codes of second halves: pdfium gives characters beyond the basic plane in two."""
_SAMPLES: Final = 24
"""Characters looked at to tell which way up a page is."""
_SAME_PLACE: Final = 0.1
_DESCENT: Final = 0.12
"""Part of an ideograph that lies below the base line."""
_SEEN: Final = 3
"""Quarter points below which text is a dot at best."""
_ASKEW: Final = 0.04
"""Part of a quarter turn from which on text is askew."""


class PdfDocument:
    """One open file; `handle` is what the library knows it by."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.page_count = int(library().FPDF_GetPageCount(handle))
        self.intact = bool(library().FPDF_DocumentHasValidCrossReferenceTable(handle))

    def title(self) -> str:
        """The title the file declares, "" when it has none."""
        size = library().FPDF_GetMetaText(self.handle, b"Title", None, 0)
        if size > _LONGEST_TITLE:
            return ""
        buffer = ctypes.create_string_buffer(size + 2)
        library().FPDF_GetMetaText(self.handle, b"Title", ctypes.addressof(buffer), size)
        return buffer.raw[:size].decode("utf-16-le", "replace").strip("\0 ")

    def decrypted(self, data: bytes) -> bytes | None:
        """The bytes of the file; of one that is encrypted those of a copy that is not, None if there is none."""
        if _ENCRYPTED not in data:
            return data
        pieces: list[bytes] = []
        left = _LONGEST_COPY

        def write(_file: int, address: int, length: int) -> int:
            nonlocal left
            left -= length
            if left < 0:
                return 0
            pieces.append(ctypes.string_at(address, length))
            return 1

        file = _CopyFile(1, _WRITE(write))
        saved = library().FPDF_SaveAsCopy(self.handle, ctypes.addressof(file), _WITHOUT_SECURITY)
        return b"".join(pieces) if saved else None

    @contextmanager
    def page(self, index: int) -> Iterator[PdfPage]:
        """Open page `index` (from 0) and close it again, whatever happens."""
        functions = library()
        damaged = UnreadableError("damaged", f"PDF 第{index + 1}页已损坏，未读取。请重新导出后再检查。")
        handle = functions.FPDF_LoadPage(self.handle, index)
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
_ENCRYPTED: Final = b"/Encrypt"
_LONGEST_COPY: Final = 32 << 20
_WITHOUT_SECURITY: Final = 3
_WRITE: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)


class _CopyFile(ctypes.Structure):
    """`FPDF_FILEWRITE`: where the library writes a copy."""

    _fields_ = (("version", ctypes.c_int), ("write", _WRITE))


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
