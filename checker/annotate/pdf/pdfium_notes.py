"""The functions of pdfium that write: highlight annotations, and the file."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from checker.annotate.pdf.highlights import Box
from checker.model.errors import UnreadableError
from checker.readers.page.pdfium_library import Signatures, declare, library

_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int
_TEXT: Final = ctypes.c_char_p
_HIGHLIGHT: Final = 9
_PRINTED: Final = 4
"""Annotation flag: also on paper."""
_WHOLE_FILE: Final = 2
"""Saving flag: write everything; what pdfium appends to a file leaves changed pages out."""
_MOST_TEXT: Final = 200
"""Bytes of a name of one of our annotations, with room to spare."""

_WRITE: Final = ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)


class _FileWriter(ctypes.Structure):
    _fields_ = (("version", _INT), ("write", _WRITE))


_SIGNATURES: Final[Signatures] = {
    "FPDF_GetSecurityHandlerRevision": (_INT, (_HANDLE,)),
    "FPDF_GetSignatureCount": (_INT, (_HANDLE,)),
    "FPDF_GetSignatureObject": (_HANDLE, (_HANDLE, _INT)),
    "FPDFSignatureObj_GetContents": (ctypes.c_ulong, (_HANDLE, _HANDLE, ctypes.c_ulong)),
    "FPDFPage_GetAnnotCount": (_INT, (_HANDLE,)),
    "FPDFPage_GetAnnot": (_HANDLE, (_HANDLE, _INT)),
    "FPDFPage_RemoveAnnot": (_INT, (_HANDLE, _INT)),
    "FPDFPage_CreateAnnot": (_HANDLE, (_HANDLE, _INT)),
    "FPDFPage_CloseAnnot": (None, (_HANDLE,)),
    "FPDFAnnot_SetColor": (_INT, (_HANDLE, _INT, *(ctypes.c_uint,) * 4)),
    "FPDFAnnot_AppendAttachmentPoints": (_INT, (_HANDLE, _HANDLE)),
    "FPDFAnnot_SetRect": (_INT, (_HANDLE, _HANDLE)),
    "FPDFAnnot_SetFlags": (_INT, (_HANDLE, _INT)),
    "FPDFAnnot_SetStringValue": (_INT, (_HANDLE, _TEXT, _TEXT)),
    "FPDFAnnot_GetStringValue": (ctypes.c_ulong, (_HANDLE, _TEXT, _HANDLE, ctypes.c_ulong)),
    "FPDF_SaveAsCopy": (_INT, (_HANDLE, _HANDLE, ctypes.c_ulong)),
}


@cache
def writing_library() -> Any:
    """The library, these functions declared."""
    loaded = library()
    declare(loaded, _SIGNATURES)
    return loaded


def is_encrypted(document: int) -> bool:
    """Whether an open file is encrypted; one that opens without a password may still forbid changes."""
    return bool(writing_library().FPDF_GetSecurityHandlerRevision(document) != -1)


def is_signed(document: int) -> bool:
    """Whether an open file holds a signature; a field for one that is still empty is none."""
    functions = writing_library()
    signatures = (
        functions.FPDF_GetSignatureObject(document, index)
        for index in range(functions.FPDF_GetSignatureCount(document))
    )
    return any(functions.FPDFSignatureObj_GetContents(one, None, 0) for one in signatures if one)


def remove_notes(page: int, mark: str) -> None:
    """Take away the annotations of an open page whose name begins with `mark`."""
    functions = writing_library()
    for index in reversed(range(functions.FPDFPage_GetAnnotCount(page))):
        annotation = functions.FPDFPage_GetAnnot(page, index)
        ours = annotation and _text_of(annotation, b"NM").startswith(mark)
        functions.FPDFPage_CloseAnnot(annotation)
        if ours:
            functions.FPDFPage_RemoveAnnot(page, index)


def add_highlight(
    page: int, boxes: Sequence[Box], colour: tuple[int, int, int, int], texts: dict[str, str]
) -> None:
    """Add a highlight to an open page.

    Args:
        page: the page.
        boxes: what it covers, in coordinates of the page.
        colour: red, green, blue and opacity, up to 255.
        texts: values of the annotation by name.

    Raises:
        UnreadableError: the library refuses.
    """
    functions = writing_library()
    annotation = functions.FPDFPage_CreateAnnot(page, _HIGHLIGHT)
    if not annotation:
        raise UnreadableError("damaged", "PDF 的页面结构不正常，写不进标注。请重新导出后再试。")
    functions.FPDFAnnot_SetColor(annotation, 0, *colour)
    for left, bottom, right, top in boxes:
        points = (ctypes.c_float * 8)(left, top, right, top, left, bottom, right, bottom)
        functions.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.addressof(points))
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    frame = (ctypes.c_float * 4)(min(lefts), max(tops), max(rights), min(bottoms))
    functions.FPDFAnnot_SetRect(annotation, ctypes.addressof(frame))
    functions.FPDFAnnot_SetFlags(annotation, _PRINTED)
    for name, text in texts.items():
        wide = text.encode("utf-16-le", "replace") + b"\0\0"
        functions.FPDFAnnot_SetStringValue(annotation, name.encode("ascii"), wide)
    functions.FPDFPage_CloseAnnot(annotation)


def saved(document: int, most: int) -> bytes:
    """An open file with all changes, as bytes.

    Args:
        document: the file.
        most: how many bytes it may have.

    Raises:
        UnreadableError: the library refuses, or the file becomes longer.
    """
    pieces: list[bytes] = []
    size = 0

    def write(_: int, data: int, length: int) -> int:
        nonlocal size
        size += length
        if size > most:
            return 0
        pieces.append(ctypes.string_at(data, length))
        return 1

    writer = _FileWriter(1, _WRITE(write))
    if not writing_library().FPDF_SaveAsCopy(document, ctypes.addressof(writer), _WHOLE_FILE):
        raise UnreadableError("damaged", "PDF 的结构不正常，写不成带标注的副本。请重新导出后再试。")
    return b"".join(pieces)


def _text_of(annotation: int, name: bytes) -> str:
    buffer = ctypes.create_string_buffer(_MOST_TEXT)
    size = writing_library().FPDFAnnot_GetStringValue(annotation, name, ctypes.addressof(buffer), _MOST_TEXT)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0") if size <= _MOST_TEXT else ""
