"""Reading a file beside the least that it can cost, and beside other libraries: paired, in one run, as ratios.

The reader and each other work take turns, so that a busy machine slows both. What is told is the median of the ratios
of their CPU time, processes that help included, with the quarters below and above. Libraries that are not installed
are left out: `pip install docx2python mammoth pypandoc_binary beautifulsoup4 pdfplumber pymupdf python-calamine
openpyxl` has all. PyMuPDF (AGPL) is timed only.
"""

from __future__ import annotations

import gc
import io
import statistics
import time
import xml.parsers.expat
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from benchmarks.measure import children_seconds, row, table
from benchmarks.pdf_floor import hand_over
from benchmarks.reading_files import files
from checker.readers.formats import identify
from checker.readers.limits import DEFAULT_LIMITS

_ROUNDS: Final = 9
_LEAST_SECONDS: Final = 0.02
"""A turn repeats shorter work until it has taken so long."""
_OBJECTS_BETWEEN_COLLECTIONS: Final = 100_000
"""As in the program itself."""
_BOUNDS: Final = {"docx": 4.0, "html": 2.5, "pdf": 1.3}
"""How many times the floor reading may take."""

Work = Callable[[bytes], object]
"""Something that is done with a file."""


def reading() -> str:
    """The table of all files, floors and libraries."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    rows = []
    for kind, what, data in files():
        read = import_module(identify(data, f"a.{kind}").module).read
        for number, (name, work) in enumerate(_others(kind)):
            low, middle, high = _ratios(lambda: read(data, "a", DEFAULT_LIMITS), lambda: work(data))  # noqa: B023  # used at once
            bound = _BOUNDS.get(kind) if number == 0 else None
            told = f"不超过 {bound}：{'达到' if middle <= bound else '未达到'}" if bound else ""
            rows.append(row(kind, what, len(data) // 1024, name, middle, f"{low:.2f}–{high:.2f}", told))
    header = ("格式", "文件", "KB", "与什么比", "倍数", "中间一半", "要求")
    return table("读取", header, rows) + _FLOORS


_FLOORS: Final = """
倍数是读取的处理器时间除以“与什么比”的处理器时间，小于 1 是比它快；两者轮流各做一遍，取各轮之比的中位数。
各格式第一行是最省的读法：docx、xlsx 是解压正文部分并用 expat 走一遍（有什么也不做的处理函数）；html 是 lxml
解析并逐个元素取标签、属性和文字；pdf 是用 ctypes 从 pdfium 取走同样的字、框和线。其余各行是别的库读出
同一文件的文字和表格。
"""


def _ratios(mine: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """The lower quarter, median and upper quarter of the ratios."""
    turns = [max(1, int(_LEAST_SECONDS / max(_seconds(work, 1), 1e-6))) for work in (mine, other)]
    ratios = [_seconds(mine, turns[0]) / _seconds(other, turns[1]) for _ in range(_ROUNDS)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return low, middle, high


def _seconds(work: Callable[[], object], times: int) -> float:
    begun = time.process_time() + children_seconds()
    for _ in range(times):
        work()
    return max(time.process_time() + children_seconds() - begun, 1e-9) / times


def _others(kind: str) -> Iterator[tuple[str, Work]]:
    """The floor of a format, then the libraries that are installed."""
    for name, needed, work in _WORKS[kind]:
        if not needed or find_spec(needed):
            yield name, work


def _unpack_and_walk(part: str) -> Work:
    def work(data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(part)
        parser = xml.parsers.expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda _name, _attributes: None
        parser.EndElementHandler = lambda _name: None
        parser.CharacterDataHandler = lambda _text: None
        parser.Parse(content, True)  # noqa: FBT003  # it takes no keywords

    return work


def _lxml_walk(data: bytes) -> str:
    html: Any = import_module("lxml.html")
    texts = []
    for element in html.document_fromstring(data.decode()).iter():
        _ = element.tag, dict(element.attrib)
        texts += [text for text in (element.text, element.tail) if text]
    return "".join(texts)


def _lexbor(data: bytes) -> object:
    return import_module("selectolax.lexbor").LexborHTMLParser(data.decode())


def _beautiful_soup(data: bytes) -> str:
    soup = import_module("bs4").BeautifulSoup(data.decode(), "lxml")
    return str(soup.get_text())


def _python_docx(data: bytes) -> list[str]:
    document = import_module("docx").Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + [cell.text for one in document.tables for line in one.rows for cell in line.cells]


def _docx2python(data: bytes) -> object:
    with import_module("docx2python").docx2python(io.BytesIO(data)) as document:
        return document.body


def _pandoc(data: bytes) -> object:
    return import_module("pypandoc").convert_text(data, "plain", "docx")


def _pdfium_text(data: bytes) -> list[str]:
    document = import_module("pypdfium2").PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def _pdfplumber(data: bytes) -> list[object]:
    with import_module("pdfplumber").open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def _pymupdf(data: bytes) -> list[object]:
    with import_module("pymupdf").open(stream=data, filetype="pdf") as document:
        return [page.get_text("rawdict") for page in document]


def _calamine(data: bytes) -> list[object]:
    book = import_module("python_calamine").CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _openpyxl(data: bytes) -> list[object]:
    book = import_module("openpyxl").load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


_WORKS: Final[dict[str, tuple[tuple[str, str, Work], ...]]] = {
    "docx": (
        ("最省", "", _unpack_and_walk("word/document.xml")),
        ("python-docx", "docx", _python_docx),
        ("docx2python", "docx2python", _docx2python),
        ("mammoth", "mammoth", lambda data: import_module("mammoth").convert_to_html(io.BytesIO(data)).value),
        ("pandoc", "pypandoc", _pandoc),
    ),
    "html": (
        ("最省（lxml）", "lxml", _lxml_walk),
        ("lexbor 只解析", "", _lexbor),
        ("BeautifulSoup", "bs4", _beautiful_soup),
    ),
    "pdf": (
        ("最省", "", hand_over),
        ("pdfium 只取文字", "pypdfium2", _pdfium_text),
        (
            "pdfminer.six",
            "pdfminer",
            lambda data: import_module("pdfminer.high_level").extract_text(io.BytesIO(data)),
        ),
        ("pdfplumber", "pdfplumber", _pdfplumber),
        ("PyMuPDF", "pymupdf", _pymupdf),
    ),
    "xlsx": (
        ("最省", "", _unpack_and_walk("xl/worksheets/sheet1.xml")),
        ("calamine", "python_calamine", _calamine),
        ("openpyxl", "openpyxl", _openpyxl),
    ),
}
"""What each format is compared with: name, module that must be there, work."""


if __name__ == "__main__":
    print(reading())
