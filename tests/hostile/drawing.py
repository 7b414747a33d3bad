"""A report in every format, with the content of one cell given in the words of that format."""

from __future__ import annotations

import io
import struct
import zipfile
from base64 import encodebytes
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Final

from package_files import message, odt, rows, xlsx
from samples import COUNTY_2023, SampleReport, write
from variants import KEPT
from variants.making import as_ofd

from checker.model.document import Cell, Table

from .ole_writer import compound_file
from .pdf_text import report_as_pdf

FIGURE: Final = "18234"
"""The figure of the target cell; it stands nowhere else in the report."""


def draw(format_name: str, cell: str = FIGURE, report: SampleReport = COUNTY_2023, **options: str) -> bytes:
    """The report as a file.

    Args:
        format_name: one of `case.FORMATS` but `doc` and `wps`, which no script writes.
        cell: the content of the target cell, as the format writes it.
        report: the report.
        options: what else the writer of the format takes.
    """
    return WRITERS[format_name](report, cell, **options)


@cache
def kept(name: str) -> bytes:
    """A kept file by its name, such as `county.doc`."""
    with zipfile.ZipFile(KEPT) as archive:
        return archive.read(name)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A package whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package; the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            # The kind of an ODT is told by a part that stands uncompressed at its beginning.
            archive.writestr(
                zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else method
            )
    return made.getvalue()


def replaced(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    """Replace text in a part; it has to be there."""
    assert old.encode() in parts[part], old
    parts[part] = parts[part].replace(old.encode(), new.encode())


def _text(report: SampleReport, cell: str) -> bytes:
    return write(report, "txt").replace(FIGURE.encode(), cell.encode())


def _markdown(report: SampleReport, cell: str) -> bytes:
    return write(report, "md").replace(FIGURE.encode(), cell.encode())


def _html(report: SampleReport, cell: str, style: str = "") -> bytes:
    page = write(report, "html").decode().replace(FIGURE, cell)
    return page.replace("</head>", f"<style>{style}</style></head>").encode()


def _mhtml(report: SampleReport, cell: str, style: str = "") -> bytes:
    head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64"
    page = encodebytes(_html(report, cell, style))
    return message((head, page), kind="multipart/related", head="From: <a@b.cn>\r\n")


def _docx(report: SampleReport, cell: str, **parts: str) -> bytes:
    """`cell` stands between the runs around it: `{}` in it is the plain run of the figure."""
    run = f'<w:r><w:t xml:space="preserve">{FIGURE}</w:t></w:r>'

    def change(found: dict[str, bytes]) -> None:
        replaced(found, "word/document.xml", run, cell if "<" in cell else run.replace(FIGURE, cell))
        found.update({name.replace("__", "/"): text.encode() for name, text in parts.items()})

    return repacked(write(report, "docx"), change)


def _odt(report: SampleReport, cell: str, styles: str = "") -> bytes:
    body = ""
    for kind, item in report.flow():
        if isinstance(item, Table):
            lines = "".join(
                f"<table:table-row>{''.join(_odt_cell(one, place) for place, one in enumerate(row, 1))}"
                "</table:table-row>"
                for row in _places(item)
            )
            body += f"<table:table>{lines}</table:table>"
        else:
            tag, level = ("text:h", ' text:outline-level="1"') if kind == "heading" else ("text:p", "")
            body += f"<{tag}{level}>{escape(item)}</{tag}>"
    return odt(body.replace(FIGURE, cell), styles=styles)


def _odt_cell(cell: Cell | None, column: int) -> str:
    del column
    if cell is None:
        return "<table:covered-table-cell/>"
    spans = f'table:number-columns-spanned="{cell.column_span}" table:number-rows-spanned="{cell.row_span}"'
    return f"<table:table-cell {spans}><text:p>{escape(cell.text)}</text:p></table:table-cell>"


def _places(table: Table) -> list[list[Cell | None]]:
    """The grid; a place that a merged cell covers is None."""
    return [
        [
            cell if cell and (cell.row, cell.column) == (row, column) else None
            for column, cell in enumerate(line, 1)
        ]
        for row, line in enumerate(table.grid(), 1)
    ]


def rtf_text(text: str) -> str:
    """Text as RTF writes it in ASCII."""
    units = struct.iter_unpack("<h", text.encode("utf-16-le"))
    return "".join(
        chr(unit) if 31 < unit < 127 and chr(unit) not in "\\{}" else f"\\u{unit}?" for (unit,) in units
    )


def _rtf(report: SampleReport, cell: str) -> bytes:
    made = "{\\rtf1\\ansi\\ansicpg936\\uc1\\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}\n"
    for _, item in report.flow():
        if isinstance(item, Table):
            made += "".join(_rtf_row(item, number, row) for number, row in enumerate(item.grid(), 1))
            made += "\\pard\\par\n"
        else:
            made += f"\\pard {rtf_text(item)}\\par\n"
    return (made.replace(FIGURE, cell) + "}").encode("ascii")


def _rtf_row(table: Table, number: int, row: tuple[Cell | None, ...]) -> str:
    del table
    definition, content = "\\trowd", ""
    for column, cell in enumerate(row, 1):
        if cell is None or cell.column != column:
            continue
        if cell.row_span > 1:
            definition += "\\clvmgf" if cell.row == number else "\\clvmrg"
        definition += f"\\cellx{1000 * (column + cell.column_span - 1)}"
        content += f"\\intbl {rtf_text(cell.text) if cell.row == number else ''}\\cell "
    return f"{definition}\\pard {content}\\row\n"


def _lines(report: SampleReport) -> tuple[list[list[str | None]], list[tuple[int, int, int, int]]]:
    """The rows of a sheet, and its merged areas as top, left, bottom, right from 1."""
    lines: list[list[str | None]] = []
    merged: list[tuple[int, int, int, int]] = []
    for _, item in report.flow():
        if not isinstance(item, Table):
            lines += [[item], []]
            continue
        first = len(lines)
        lines += [[cell.text if cell else None for cell in row] for row in _places(item)]
        merged += [
            (first + c.row, c.column, first + c.row + c.row_span - 1, c.column + c.column_span - 1)
            for row in item.rows
            for c in row
            if c.row_span > 1 or c.column_span > 1
        ]
        lines.append([])
    return lines, merged


def _letter(column: int) -> str:
    return chr(64 + column)


def _xlsx(report: SampleReport, cell: str) -> bytes:
    lines, merged = _lines(report)
    cells = [[None if text is None else escape(text) for text in line] for line in lines]
    areas = [f"{_letter(left)}{top}:{_letter(right)}{bottom}" for top, left, bottom, right in merged]
    content = rows(*cells, merges=areas)
    plain = f"<is><t>{FIGURE}</t></is>"
    assert plain in content
    return xlsx(content.replace(plain, cell if "<" in cell else plain.replace(FIGURE, cell)))


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


_BEGIN, _END = 0x809, 0x0A
_FONTS: Final = (0, 1, 2, 8)
"""Plain, superscript, subscript, struck; 1, 2 as the place of the letters, 8 as a bit of the style."""


def _xls(report: SampleReport, cell: str, runs: str = "", font: str = "0") -> bytes:
    """`runs` are pairs of character and font as `5:1,6:0`, `font` that of the target cell."""
    lines, merged = _lines(report)
    globals_ = _record(_BEGIN, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for kind in (*_FONTS[:1] * 4, *_FONTS):  # fonts 0 to 3, then, as there is no 4, 5 to 8
        globals_ += _record(
            0x31, struct.pack("<HHHHHBBBxBBH", 200, kind & 8, 0, 400, kind & 3, 0, 0, 0, 1, 1, 65)
        )
    for style in range(4):
        globals_ += _record(0xE0, struct.pack("<HH", 5 + style, 0) + bytes(16))
    name = struct.pack("<BB", 1, 1) + "表".encode("utf-16-le")
    size = len(globals_) + 4 + 6 + len(name) + 4
    globals_ += _record(0x85, struct.pack("<IBB", size, 0, 0) + name) + _record(_END, b"")
    sheet = _record(_BEGIN, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                target = text == FIGURE
                body = _xls_text(cell if target else text, runs if target else "")
                style = int(font) if target else 0
                sheet += _record(0x204, struct.pack("<HHH", row, column, style) + body)
    areas = [struct.pack("<4H", t - 1, b - 1, left - 1, right - 1) for t, left, b, right in merged]
    for first in range(0, len(areas), 1000):
        part = areas[first : first + 1000]
        sheet += _record(0xE5, struct.pack("<H", len(part)) + b"".join(part))
    return compound_file({"Workbook": globals_ + sheet + _record(_END, b"")})


def _xls_text(text: str, runs: str) -> bytes:
    places = [tuple(map(int, one.split(":"))) for one in runs.split(",") if one]
    data = text.encode("utf-16-le")
    head = struct.pack("<HB", len(data) // 2, 9 if places else 1)
    head += struct.pack("<H", len(places)) if places else b""
    return head + data + b"".join(struct.pack("<HH", place, 5 + font) for place, font in places)


def _pdf(report: SampleReport, cell: str, **options: str) -> bytes:
    return report_as_pdf(report, FIGURE, cell, **options)


def _ofd(report: SampleReport, cell: str, **options: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        for name, content in parts.items():
            parts[name] = content.replace(f">{FIGURE}<".encode(), f">{cell}<".encode())

    return repacked(as_ofd(report_as_pdf(report, FIGURE, FIGURE, **options)), change)


def _zip(report: SampleReport, cell: str) -> bytes:
    return packed({"报告.txt": _text(report, cell)})


def mail(name: str, data: bytes, head: str = "") -> bytes:
    """A mail with one attachment."""
    kind = f"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n{head}"
    return message(
        ("Content-Type: text/plain; charset=utf-8", "见附件".encode()),
        (f'{kind}Content-Disposition: attachment; filename="{name}"', encodebytes(data)),
        head="From: a@b.cn\r\nTo: c@d.cn\r\n",
    )


def _eml(report: SampleReport, cell: str) -> bytes:
    return mail("report.txt", _text(report, cell))


WRITERS: Final[Mapping[str, Callable[..., bytes]]] = {
    "txt": _text, "md": _markdown, "docx": _docx, "pdf": _pdf, "html": _html, "mhtml": _mhtml, "odt": _odt,
    "rtf": _rtf, "ofd": _ofd, "xlsx": _xlsx, "xls": _xls, "zip": _zip, "eml": _eml,
}  # fmt: skip
