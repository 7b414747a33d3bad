"""Which files of a package may be reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
_PAGE_FOLDER: Final = re.compile(r"(?P<page>.+?)(?:_files|\.files|_file)/", re.IGNORECASE)


def may_be_reports(names: Iterable[str]) -> set[str]:
    """Names without pictures, program files, hidden files and the folders that belong to saved pages."""
    listed = list(names)
    page_suffixes = suffixes("html", "mhtml")
    pages = {name.rpartition(".")[0] for name in listed if suffix_of(name) in page_suffixes}
    kept: set[str] = set()
    for name in listed:
        folders, _, last = name.rpartition("/")
        belongs_to_page = any(match["page"] in pages for match in _PAGE_FOLDER.finditer(name))
        hidden = last.startswith((".", "~$")) or "__MACOSX" in folders.split("/")
        if last and not hidden and not belongs_to_page and suffix_of(last) not in _NO_REPORTS:
            kept.add(name)
    return kept
