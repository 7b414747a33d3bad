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


def may_be_reports(names: Iterable[str]) -> set[str]:
    """Names without pictures, program files, hidden files and the folders that belong to saved pages."""
    listed = list(names)
    page_suffixes = suffixes("html", "mhtml")
    pages = {name.rpartition(".")[0] for name in listed if suffix_of(name) in page_suffixes}
    kept: set[str] = set()
    for name in listed:
        folders, _, last = name.rpartition("/")
        hidden = last.startswith((".", "~$")) or "__MACOSX" in folders.split("/")
        if last and not hidden and not _belongs_to_page(name, pages) and suffix_of(last) not in _NO_REPORTS:
            kept.add(name)
    return kept


def _belongs_to_page(name: str, pages: Collection[str]) -> bool:
    """Whether a file lies in the folder of one of these pages, which are named without their suffix."""
    end = name.find("/")
    while 0 <= end <= _LONGEST_PATH:
        folder = name[:end]
        if any(folder.lower().endswith(mark) and folder[: -len(mark)] in pages for mark in _PAGE_FOLDERS):
            return True
        end = name.find("/", end + 1)
    return False
