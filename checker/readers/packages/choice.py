"""Which files of a package may be reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from checker.readers.formats import suffixes
from checker.readers.signatures import suffix_of

_NO_REPORTS: Final = frozenset(
    (
        "bmp", "css", "db", "dll", "dtd", "exe", "gif", "heic", "ico", "ics", "ini", "jpeg", "jpg", "js",
        "json", "lnk", "map", "mp3", "mp4", "p7s", "png", "svg", "tif", "tiff", "ttf", "vcf", "webp", "wmf",
        "woff", "woff2", "xsd", "xsl", "yaml", "yml",
    )
)  # fmt: skip
"""Suffixes of files that accompany reports and are none."""
_PAGE_FOLDERS: Final = ("_files", ".files", "_file")
"""Endings of the folders in which browsers save what belongs to a page."""
_LONGEST_PATH: Final = 1000
_HIDDEN: Final = (".", "~$")
_RESOURCES: Final = b"\x00\x05\x16\x07"
"""How a file begins in which macOS keeps what does not fit elsewhere (AppleDouble, RFC 1740)."""
_LOCK_BYTES: Final = 1024
"""Most bytes of the file by which an office program says that a document is open."""


def may_be_reports(names: Iterable[str]) -> set[str]:
    """Names without pictures, program files, hidden files that are no documents, and the folders of saved pages."""
    listed = list(names)
    page_suffixes, documents = suffixes("html", "mhtml"), frozenset(suffixes())
    pages = {name.rpartition(".")[0] for name in listed if suffix_of(name) in page_suffixes}
    kept: set[str] = set()
    for name in listed:
        last = name.rpartition("/")[2]
        hidden = last.startswith(_HIDDEN) and suffix_of(last) not in documents
        if not hidden and not _belongs_to_page(name, pages) and suffix_of(last) not in _NO_REPORTS:
            kept.add(name)
    return kept


def is_left_behind(name: str, data: bytes) -> bool:
    """Whether a file is what a system or an office program leaves beside a document, by its name and its content.

    A document that somebody gave a hidden name is none.

    Args:
        name: its name, with or without folders.
        data: its beginning, or all of it; what is longer than a kilobyte is no lock.
    """
    last = name.rpartition("/")[2]
    if not last.startswith(_HIDDEN):
        return False
    return data.startswith(_RESOURCES) or not data or (last.startswith("~$") and len(data) <= _LOCK_BYTES)


def _belongs_to_page(name: str, pages: Collection[str]) -> bool:
    """Whether a file lies in the folder of one of these pages, which are named without their suffix."""
    end = name.find("/")
    while 0 <= end <= _LONGEST_PATH:
        folder = name[:end]
        if any(folder.lower().endswith(mark) and folder[: -len(mark)] in pages for mark in _PAGE_FOLDERS):
            return True
        end = name.find("/", end + 1)
    return False
