"""Writing highlights into an open PDF; runs where it can die alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from checker.annotate.pdf.highlights import Box, Highlight, Order
from checker.annotate.pdf.pdfium_notes import add_highlight, is_encrypted, is_signed, remove_notes, saved
from checker.annotate.pdf.places import in_order, pages_of, place_of
from checker.model.errors import UnreadableError
from checker.readers.page.pdf_ink import PageFrame, Tally, page_frame, read_ink
from checker.readers.page.pdfium import PdfDocument, open_pdf
from checker.readers.page.pdfium_library import library
from checker.readers.page.printed.ink import Glyph
from checker.startup.digests import sha256_of

MOST_BYTES: Final = 120 << 20
"""Of a copy; it must go through the pipe between two processes."""
_MARK: Final = "nianbao-checker-"
"""Begins the name of each of our annotations, so that a second copy replaces them."""
_COLOURS: Final = {
    "error": (255, 120, 120, 110),
    "warning": (255, 200, 90, 110),
    "info": (150, 190, 255, 110),
}
_ID_DIGITS: Final = 32
"""Of each half of the identifier of a file."""
_FILE_ID: Final = re.compile(rb"/ID ?\[ ?<([0-9A-Fa-f]*)> ?<([0-9A-Fa-f]{32})> ?\]")
_TAIL: Final = 4096
"""Bytes at the end of a file in which its trailer begins."""


def draw(data: bytes, order: Order) -> bytes:
    """A copy of a PDF with highlights.

    Args:
        data: the file.
        order: what to highlight.

    Raises:
        UnreadableError: `encrypted`, `signed`, `damaged` or `too_large`.
    """
    with open_pdf(data) as document:
        _refuse_protected(document)
        frames, pages = _read(document, {page for one in order.highlights for page in pages_of(one)})
        notes: dict[int, list[tuple[Highlight, int, list[Box]]]] = defaultdict(list)
        for number, highlight in enumerate(order.highlights, 1):
            found = place_of(highlight, pages)
            page = found.page if found else min(highlight.page, document.page_count)
            boxes = [frames[page].on_page(box) for box in found.boxes] if found else [_CORNER]
            notes[page].append((highlight, number, boxes))
        for index in range(document.page_count):
            with document.page(index) as page_open:
                remove_notes(page_open.handle, _MARK)
                for highlight, number, boxes in notes[index + 1]:
                    texts = {
                        "Contents": highlight.note,
                        "T": order.author,
                        "NM": f"{_MARK}{number}",
                        **({"M": order.date} if order.date else {}),
                    }
                    add_highlight(page_open.handle, boxes, _COLOURS[highlight.severity], texts)
        return _with_steady_id(saved(document.handle, MOST_BYTES), data)


_CORNER: Final = (20.0, 20.0, 40.0, 40.0)
"""Where a note stands on a page with nothing on it."""


def _refuse_protected(document: PdfDocument) -> None:
    if is_encrypted(document.handle):
        raise UnreadableError(
            "encrypted", "PDF 设了权限密码，不允许改动，没有写标注。请用源文件重新导出不加密的 PDF。"
        )
    if is_signed(document.handle):
        raise UnreadableError(
            "signed", "PDF 带有数字签名，写标注会使签名失效，没有写。请用签名以前的文件，或用 HTML 结果。"
        )


def _read(
    document: PdfDocument, wanted: Iterable[int]
) -> tuple[dict[int, PageFrame], dict[int, list[Glyph]]]:
    """Frames and ordered characters of some pages by number; pages stay turned as they are shown."""
    frames: dict[int, PageFrame] = {}
    pages: dict[int, list[Glyph]] = {}
    tally = Tally()
    for number in sorted(wanted):
        if number > document.page_count:
            continue
        with document.page(number - 1) as page:
            turns = page.quarter_turns()
            frames[number] = page_frame(page, number)
            pages[number] = in_order(read_ink(page, number, tally).glyphs)
            if page.quarter_turns() != turns:
                library().FPDFPage_SetRotation(page.handle, turns)
    return frames, pages


def _with_steady_id(copy: bytes, data: bytes) -> bytes:
    """The copy with that part of its identifier which pdfium draws by lot made from the source instead.

    That is the second half, and the first one too where the source has none.
    """
    found = list(_FILE_ID.finditer(copy, max(0, len(copy) - _TAIL)))
    if not found:
        return copy
    first, second = found[-1].span(1), found[-1].span(2)
    digest = sha256_of(data).upper().encode()
    kept = copy[slice(*first)]
    if (
        first[1] - first[0] == _ID_DIGITS
        and kept not in data.upper()
        and bytes.fromhex(kept.decode()) not in data
    ):
        kept = digest[:_ID_DIGITS]
    return copy[: first[0]] + kept + copy[first[1] : second[0]] + digest[-_ID_DIGITS:] + copy[second[1] :]
