"""The highlights of a PDF, read with the bindings of pypdfium2: notes, and the words they cover."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw


@dataclass(frozen=True)
class Note:
    page: int
    name: str
    text: str
    author: str
    date: str
    colour: tuple[int, int, int]
    words: str


def notes_of(data: bytes) -> list[Note]:
    """All highlights, page by page in their order; white space of the words left out."""
    document = pdfium.PdfDocument(data)
    try:
        return [note for number in range(len(document)) for note in _notes(document[number], number + 1)]
    finally:
        document.close()


def _notes(page: pdfium.PdfPage, number: int) -> list[Note]:
    found = []
    text = page.get_textpage()
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_HIGHLIGHT:
            colour = [ctypes.c_uint() for _ in range(4)]
            raw.FPDFAnnot_GetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *colour)
            found.append(
                Note(
                    number,
                    *(_string(note, key) for key in (b"NM", b"Contents", b"T", b"M")),
                    tuple(one.value for one in colour[:3]),
                    "".join("".join(_words(text, note)).split()),
                )
            )
        raw.FPDFPage_CloseAnnot(note)
    text.close()
    page.close()
    return found


def _string(note, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _words(text: pdfium.PdfTextPage, note):
    """The characters whose middle lies in a part of the highlight."""
    for index in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
        quad = raw.FS_QUADPOINTSF()
        raw.FPDFAnnot_GetAttachmentPoints(note, index, quad)
        across, along = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
        for number in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(number)
            if min(across) < (left + right) / 2 < max(across) and min(along) < (bottom + top) / 2 < max(
                along
            ):
                yield chr(raw.FPDFText_GetUnicode(text, number))
