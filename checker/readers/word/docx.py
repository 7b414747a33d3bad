"""Word documents in Office Open XML (.docx, .docm), as Word and WPS save them."""

from __future__ import annotations

from checker.model.document import Document
from checker.readers.blocks.collector import TRACKED_CHANGES, UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.drafts import flatten, pour
from checker.readers.limits import Limits
from checker.readers.raw.archive import damaged
from checker.readers.raw.ooxml import OoxmlPackage
from checker.readers.word.docx_body import BodyReader
from checker.readers.word.docx_styles import AutomaticNumbers, DocxStyles


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read a Word document as it looks with all tracked changes accepted.

    Headers, footers, footnotes, comments and macros are not read.

    Args:
        data: the file.
        name: its name, not used.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `damaged`, `encrypted` or `too_large`.
    """
    package = OoxmlPackage(data, limits)
    main = package.main_part()
    body = BodyReader(
        DocxStyles(package.related(main, "styles"), limits),
        AutomaticNumbers(package.related(main, "numbering"), limits),
        limits,
    )
    items = body.read(package.read(main))
    if items is None:
        raise damaged("里面没有文档正文")
    blocks = BlockCollector(limits)
    pour(flatten(items), blocks, limits)
    if body.has_tracked_changes:
        blocks.note(*TRACKED_CHANGES)
    if body.has_unseen_text:
        blocks.note(*UNSEEN_TEXT)
    title = package.title()
    return blocks.document("docx", {"title": title} if title else {})
