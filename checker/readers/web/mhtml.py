"""Web archives: a page and its pictures in one file (.mht, .mhtml)."""

from __future__ import annotations

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.limits import Limits
from checker.readers.raw.mime import MessagePart, read_parts
from checker.readers.web import html
from checker.startup.records import replace


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read the page of a web archive.

    Args:
        data: the file.
        name: its name, a hint for the page.
        limits: how much reading may cost.

    Raises:
        UnreadableError: there is no page in it, or what the reader of web pages raises.
    """
    pages = [part for part in read_parts(data, limits) if part.kind in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise UnreadableError("damaged", "网页存档里没有网页正文，可能没有保存完整。请重新保存网页后再检查。")
    return replace(html.read(_main_page(pages).body, name, limits), format="mhtml")


def _main_page(pages: list[MessagePart]) -> MessagePart:
    """The first page; if that is a frameset without text of its own, the longest page."""
    first = pages[0]
    return max(pages, key=lambda page: len(page.body)) if b"<frameset" in first.body.lower() else first
