"""PDF: text in reading order and ruled tables, joined over pages.

Scans are recognised and refused; a recognised text on a scan is used and noted.
"""

from __future__ import annotations

from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.blocks.collector import UNSEEN_TEXT, BlockCollector
from checker.readers.limits import Limits, too_large
from checker.readers.page.furniture import published_on
from checker.readers.page.join import join_pages
from checker.readers.page.layout import PageContent, lay_out
from checker.readers.page.pdf_ink import Tally, read_ink
from checker.readers.page.pdf_layers import Layers
from checker.readers.page.pdfium import PdfDocument, open_pdf

_SCAN_PAGES: Final = 3
"""Pages looked at before a file without text is called a scan."""
_UNMAPPED: Final = 0.2
"""Part of characters without a known code at which the text cannot be used."""
_ADVICE: Final = "请提供 Word/WPS 源文件，或由它直接导出、文字可以选中的 PDF。"


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a PDF.

    Args:
        data: its bytes.
        name: its file name; not used.
        limits: how much reading may cost.

    Returns:
        Paragraphs with page and box, tables whose cells have theirs. Boxes are in points from the lower
        left corner of the page, turned so that its text is upright. What goes on over a page end is
        located by its beginning.

    Raises:
        UnreadableError: `encrypted`, `damaged`, `scan`, `unmapped`, `empty` or `too_large`.
    """
    del name
    collector = BlockCollector(limits)
    with open_pdf(data) as document:
        tally = Tally(layers=Layers(document.decrypted(data)))
        pages = _pages(document, limits, tally)
        title, intact = document.title(), document.intact
    _refuse_useless(tally, len(pages))
    join_pages(pages, collector)
    _add_notes(collector, tally, intact=intact)
    properties = {"title": title, "published": published_on(pages)}
    return collector.document("pdf", {name: value for name, value in properties.items() if value})


def _pages(document: PdfDocument, limits: Limits, tally: Tally) -> list[PageContent]:
    count = document.page_count
    if count > limits.pages:
        raise too_large(f"有 {count} 页")
    contents: list[PageContent] = []
    cells = limits.cells
    for index in range(count):
        with document.page(index) as page:
            ink = read_ink(page, index + 1, tally)
        if index + 1 == min(_SCAN_PAGES, count) == len(tally.scanned):
            raise UnreadableError("scan", f"PDF 是扫描件，页面是图片，没有文字可查。{_ADVICE}")
        before = contents[-1] if contents else None
        for content in lay_out(ink, cells, before):
            contents.append(content)
            cells -= content.cells
    return contents


def _refuse_useless(tally: Tally, pages: int) -> None:
    """Refuse what was read when it holds no usable text."""
    if tally.unmapped > _UNMAPPED * tally.characters:
        raise UnreadableError("unmapped", f"PDF 没有保存文字编码，读出的是乱码。{_ADVICE}")
    if tally.characters:
        return
    if tally.scanned or tally.outlined:
        raise UnreadableError("scan", f"PDF 的页面是图片或图形，没有文字可查。{_ADVICE}")
    raise UnreadableError("empty", f"PDF 的 {pages} 页都是空白。请确认导出的文件后再检查。")


def _add_notes(collector: BlockCollector, tally: Tally, *, intact: bool) -> None:
    if not intact:
        collector.note("repaired", "PDF 文件结构有损坏，已尽量修复后读取，内容可能不全，请核对或重新导出。")
    if tally.recognised:
        collector.note(
            "ocr_layer",
            f"{_listed(tally.recognised)}是扫描图片，文字来自自动识别，可能有错，请对照原件。",
        )
    if tally.scanned:
        collector.note("scanned_pages", f"{_listed(tally.scanned)}是扫描图片，没有文字，未读取。")
    if tally.pictures:
        collector.note("image_table", f"{_listed(tally.pictures)}有大幅图片，图片中的文字和表格未读取。")
    if tally.unseen:
        collector.note(*UNSEEN_TEXT)
    if tally.layers.doubtful:
        text = "PDF 里有的图层看不出打开时显示不显示，其中的文字照样读了，请对照打开后的样子核对。"
        collector.note("doubtful_layers", text)
    if tally.unmapped:
        collector.note("replaced_characters", f"有 {tally.unmapped} 个字没有文字编码，读出的字可能有误。")


def _listed(pages: list[int]) -> str:
    """第2、3页."""
    shown = "、".join(str(page) for page in pages[:10])
    return f"第{shown}页" if len(pages) <= 10 else f"第{shown}页等 {len(pages)} 页"  # noqa: PLR2004  # as above
