"""Which files of a package may be reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from checker.model.errors import NotAReportError
from checker.readers.formats import suffixes
from checker.readers.signatures import suffix_of

PICTURES: Final = frozenset(("bmp", "gif", "heic", "jpeg", "jpg", "png", "tif", "tiff", "webp"))
"""Suffixes of pictures: of a scanned report as well as of what adorns a page."""
NO_REPORTS: Final = PICTURES | frozenset(
    (
        "css", "db", "dll", "dtd", "exe", "ico", "ics", "ini", "js", "json", "lnk", "map", "mp3", "mp4", "p7s",
        "svg", "ttf", "vcf", "wmf", "woff", "woff2", "xsd", "xsl", "yaml", "yml",
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
    return {name for name in _handed_in(names) if suffix_of(name) not in NO_REPORTS}


def pictures_among(names: Iterable[str]) -> list[str]:
    """Names of pictures, without those of saved pages and hidden ones: any of them may be a scanned report."""
    return [name for name in _handed_in(names) if suffix_of(name) in PICTURES]


def _handed_in(names: Iterable[str]) -> list[str]:
    """Names without hidden files that are no documents, and the folders of saved pages."""
    listed = list(names)
    page_suffixes, documents = suffixes("html", "mhtml"), frozenset(suffixes())
    pages = {name.rpartition(".")[0] for name in listed if suffix_of(name) in page_suffixes}
    kept: list[str] = []
    for name in listed:
        last = name.rpartition("/")[2]
        hidden = last.startswith(_HIDDEN) and suffix_of(last) not in documents
        if not hidden and not _belongs_to_page(name, pages):
            kept.append(name)
    return kept


OTHERS: Final = "（其他文件）"
"""Stands in a folder or package for those of its files that are not checked."""
_LISTED: Final = 3


def told_as_others(kinds: Mapping[str, Sequence[str]]) -> NotAReportError | None:
    """What is said of files that are not checked, by what they are; None if there are none."""
    parts = [
        f"{what} {len(names)} 个（{'、'.join(names[:_LISTED])}{' 等' if len(names) > _LISTED else ''}）"
        for what, names in kinds.items()
        if names
    ]
    text = f"没有检查的还有：{'，'.join(parts)}。其中有报告的，请换成能读的格式，或单独写出它的路径。"
    return NotAReportError("other_files", text) if parts else None


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
