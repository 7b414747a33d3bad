"""Files as the programs of offices write them, for measuring how they are read."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.measure import ROOT

sys.path.insert(0, str(ROOT / "tests"))

from samples import COUNTY_2023, SampleReport  # the sample reports live with the tests
from variants import kept

from checker.model.document import Table

_LARGE_PAGE: Final = 2_000_000


def files() -> Iterator[tuple[str, str, bytes]]:
    """Format, what the file is, and its bytes."""
    kept_files = kept()
    yield "docx", "python-docx（模板里有 Word 的全部样式）", _by_python_docx(COUNTY_2023)
    yield "docx", "LibreOffice 存的", (ROOT / "tests/annotate/docx/data/libreoffice.docx").read_bytes()
    yield "html", "2 MB 的链接页", _links().encode()
    yield "html", "2 MB 的 LibreOffice 导出页", _repeated(kept_files["county.html"])
    yield "pdf", "LibreOffice 导出的", kept_files["county.pdf"]
    yield "pdf", "Chromium 打印的", kept_files["county_printed.pdf"]
    yield "pdf", "Chromium 打印的，行被分页切开", kept_files["county_break_11.pdf"]
    yield "xlsx", "LibreOffice 存的", kept_files["county.xlsx"]


def _by_python_docx(report: SampleReport) -> bytes:
    import docx  # noqa: PLC0415  # for developers only

    document = docx.Document()
    for kind, item in report.flow():
        if isinstance(item, Table):
            _table(document, item)
        elif kind in ("title", "heading"):
            document.add_heading(item, 0 if kind == "title" else 1)
        else:
            document.add_paragraph(item)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: Any, table: Table) -> None:
    grid = table.grid()
    drawn = document.add_table(len(grid), len(grid[0]), "Table Grid")
    for cell in table.cells():
        place = drawn.cell(cell.row - 1, cell.column - 1)
        if cell.row_span > 1 or cell.column_span > 1:
            place = place.merge(drawn.cell(cell.row + cell.row_span - 2, cell.column + cell.column_span - 2))
        place.text = cell.text


def _links() -> str:
    line = (
        '<li><a href="/art/2024/{0}.html" title="关于印发第{0}号文件的通知" target="_blank">'
        "关于印发第{0}号文件的通知</a><span>2024-03-11</span></li>\n"
    )
    count = _LARGE_PAGE // len(line.format(10_000).encode())
    lines = "".join(line.format(number % 97_531) for number in range(count))
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body><ul>{lines}</ul></body></html>'


def _repeated(page: bytes) -> bytes:
    """The page with its body repeated until it is large."""
    begin = page.index(b">", page.index(b"<body")) + 1
    end = page.rindex(b"</body>")
    return page[:begin] + page[begin:end] * (_LARGE_PAGE // (end - begin)) + page[end:]
