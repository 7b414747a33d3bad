"""The few functions of pdfium that reading needs, in the library that pypdfium2 ships.

Why not `pypdfium2.raw`: its generated bindings declare 450 functions and cost 90 ms at every start; the
thirty declared here cost nothing. The public C interface of pdfium is kept stable, so both are equally
sound. Why `PyDLL`: pdfium must never be entered by two threads at once, and a call that keeps the
interpreter lock cannot be.

Nothing here follows links, runs scripts, opens attachments or loads further files.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from checker.model.errors import UnreadableError

_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int
_FLOAT: Final = ctypes.c_float
_OUT: Final = ctypes.c_void_p
"""Address of a buffer that the call fills; an address is passed much faster than a typed pointer."""

Signatures = dict[str, tuple[Any, tuple[Any, ...]]]
"""Result and arguments of functions by name."""

_SIGNATURES: Final[Signatures] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_LoadMemDocument64": (_HANDLE, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_SaveAsCopy": (_INT, (_HANDLE, _OUT, ctypes.c_ulong)),
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
    "FPDFPageObj_GetFillColor": (_INT, (_HANDLE, _OUT, _OUT, _OUT, _OUT)),
    "FPDFPageObj_HasTransparency": (_INT, (_HANDLE,)),
    "FPDFPageObj_CountMarks": (_INT, (_HANDLE,)),
    "FPDFPageObj_GetMark": (_HANDLE, (_HANDLE, ctypes.c_ulong)),
    "FPDFPageObjMark_GetName": (_INT, (_HANDLE, _OUT, ctypes.c_ulong, _OUT)),
    "FPDFPageObjMark_GetParamStringValue": (
        _INT,
        (_HANDLE, ctypes.c_char_p, _OUT, ctypes.c_ulong, _OUT),
    ),
    "FPDFTextObj_GetTextRenderMode": (_INT, (_HANDLE,)),
    "FPDFText_GetTextObject": (_HANDLE, (_HANDLE, _INT)),
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
    declare(loaded, _SIGNATURES)
    loaded.FPDF_InitLibrary()
    return loaded


def declare(loaded: Any, signatures: Signatures) -> None:
    """Tell what functions of the library take and give."""
    for name, (result, arguments) in signatures.items():
        function = getattr(loaded, name)
        function.restype = result
        function.argtypes = arguments
