"""A second reading of DOCX, ODT, XLSX and HTML that shares no code with the readers: the texts of cells, row by row.

It takes what is plainly there and nothing else: no spans, no widths. Where it cannot be sure itself, it reads nothing,
and what was read of such a file counts as not compared.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Final
from xml.etree import ElementTree as ET

Rows = list[list[str]]
"""The texts of the cells of each row of each table, in their order."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_UNSEEN: Final = frozenset(("sup", "sub", "del", "s", "rt", "script", "style"))
_MOST_REPEATED: Final = 40


def plain(text: str) -> str:
    """A text without spaces and what is not seen, digits and letters in their usual form."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def second_reading(name: str, data: bytes) -> Rows | None:
    """All rows, None if it is not sure."""
    try:
        return _READINGS[name](data)
    except (ET.ParseError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def _part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - made by the mutators


def _docx(data: bytes) -> Rows:
    lines = _part(data, "word/document.xml").iter(f"{_W}tr")
    return [[_docx_text(cell) for cell in line.iter(f"{_W}tc")] for line in lines]


def _docx_text(cell: ET.Element) -> str:
    shown: set[ET.Element] = set()
    for run in cell.iter(f"{_W}r"):
        look = run.find(f"{_W}rPr")
        unseen = ("vanish", "strike", "dstrike", "vertAlign")
        if look is None or not any(look.find(f"{_W}{what}") is not None for what in unseen):
            shown.update(run.findall(f"{_W}t"))
    # In the order of the cell: a mutant may put a run inside another one, in front of its text.
    return "".join(text.text or "" for text in cell.iter(f"{_W}t") if text in shown)


def _odt(data: bytes) -> Rows:
    rows: Rows = []
    for line in _part(data, "content.xml").iter(f"{_TABLE}table-row"):
        rows.append([])
        for cell in line.iter(f"{_TABLE}table-cell"):
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            if not 0 < times < _MOST_REPEATED:
                raise ValueError("an odd number")
            rows[-1] += ["".join(_odt_text(cell))] * times
    return rows


def _odt_text(element: ET.Element, *, inside: bool = False) -> Iterator[str]:
    """Text is what stands in paragraphs."""
    for child in element:
        paragraph = child.tag in (f"{_TEXT}p", f"{_TEXT}h")
        if paragraph or (inside and child.tag == f"{_TEXT}span"):
            yield child.text or ""
            yield from _odt_text(child, inside=True)
        if inside and not paragraph:
            yield child.tail or ""


def _xlsx(data: bytes) -> Rows:
    rows: dict[int, dict[int, str]] = {}
    for cell in _part(data, "xl/worksheets/sheet1.xml").iter("c"):
        place = re.fullmatch(r"([A-Z])(\d{1,4})", cell.get("r", ""))
        if not place:
            raise ValueError("an odd place")
        row = rows.setdefault(int(place.group(2)), {})
        column = ord(place.group(1))
        if column in row:
            raise ValueError("two cells of one place")
        if sum(one.tag in ("v", "is") for one in cell.iter()) > 1:
            raise ValueError("two contents of one cell")
        looks = [(run, run.find("rPr")) for run in cell.findall("is/r")]
        runs = [
            run
            for run, look in looks
            if look is None or (look.find("strike") is None and look.find("vertAlign") is None)
        ]
        texts = [
            *cell.findall("v"),
            *cell.findall("is/t"),
            *(text for run in runs for text in run.findall("t")),
        ]
        row[column] = "".join(one.text or "" for one in texts)
    return [[text for _, text in sorted(row.items())] for _, row in sorted(rows.items())]


class _Page(HTMLParser):
    """Rows of the tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self._open: list[Rows] = []
        self._in_cell = False
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._in_cell = False  # one that places others
            self._open.append([])
        elif tag == "tr" and self._open:
            self._open[-1].append([])
            self.rows.append(self._open[-1][-1])
            self._in_cell = False
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._open[-1][-1].append("")
            self._in_cell = True
            self._unseen = []
        elif tag in _UNSEEN or "display:none" in (dict(attrs).get("style") or ""):
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._open.pop()
            self._in_cell = False
        elif tag in ("td", "th"):
            self._in_cell = False
        elif tag in self._unseen:
            self._unseen.remove(tag)

    def handle_data(self, data: str) -> None:
        if self._in_cell and self._open and not self._unseen:
            self._open[-1][-1][-1] += data


def _html(data: bytes) -> Rows:
    page = _Page()
    page.feed(data.decode("utf-8", "replace"))
    return page.rows


_READINGS: Final[Mapping[str, Callable[[bytes], Rows]]] = {
    "docx": _docx,
    "odt": _odt,
    "xlsx": _xlsx,
    "html": _html,
}
COMPARED: Final = tuple(_READINGS)
