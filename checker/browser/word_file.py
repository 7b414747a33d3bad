"""A plain Word document: title, headings, paragraphs and tables as an official report is set."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from checker.model.document import Cell, Table
from checker.startup.records import dataclass
from checker.writers.shared.text_cells import harmless


@dataclass(frozen=True)
class DocumentTitle:
    """The title of the document."""

    text: str


@dataclass(frozen=True)
class SectionHeading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True)
class TextParagraph:
    """A paragraph of text."""

    text: str


Part = DocumentTitle | SectionHeading | TextParagraph | Table

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT_WIDTH: Final = 8844
"""Of an A4 page with the margins below, in twentieths of a point."""
_NARROWEST, _WIDEST = 4, 14
"""Characters for which columns make room."""
_EDGES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_LINKS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_LINKS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="400"/><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:rFonts w:eastAsia="宋体"/><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:keepNext/><w:ind w:firstLine="640"/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style></w:styles>'
    ),
}


def word_file(parts: Sequence[Part]) -> bytes:
    """The document as DOCX; the same parts give the same bytes."""
    body = "".join(piece for part in parts for piece in _part(part))
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1531" w:bottom="1440" w:left="1531" w:header="851" w:footer="992"'
        ' w:gutter="0"/>'
        "</w:sectPr>"
    )
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**_PARTS, "word/document.xml": document}.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (_HEAD + text).encode())
    return out.getvalue()


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Table):
        yield _table(part)
        yield _paragraph("", "")
    elif isinstance(part, DocumentTitle):
        yield _paragraph(part.text, '<w:pStyle w:val="Title"/>')
    elif isinstance(part, SectionHeading):
        yield _paragraph(part.text, '<w:pStyle w:val="Heading1"/>')
    else:
        yield _paragraph(part.text, '<w:ind w:firstLine="640"/>')


def _paragraph(text: str, properties: str, look: str = "") -> str:
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(harmless(text))}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>" if properties else f"<w:p>{run}</w:p>"


def _table(table: Table) -> str:
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    covered = {
        (row, cell.column): cell
        for cell in table.cells()
        for row in range(cell.row + 1, cell.row + cell.row_span)
    }
    rows = "".join(_row(number, cells, covered, widths) for number, cells in enumerate(table.rows, 1))
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_EDGES}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _widths(table: Table) -> list[int]:
    """How wide each column is: more for long labels, within bounds; one of several rows has room to go on below."""
    columns = max((cell.column + cell.column_span - 1 for cell in table.cells()), default=1)
    longest = [_NARROWEST] * columns
    for cell in table.cells():
        if cell.column_span == 1:
            place = cell.column - 1
            longest[place] = max(longest[place], min(len(cell.text) // cell.row_span, _WIDEST))
    return [_TEXT_WIDTH * length // sum(longest) for length in longest]


def _row(number: int, cells: Sequence[Cell], covered: dict[tuple[int, int], Cell], widths: list[int]) -> str:
    """A row: its own cells, and the continuations of cells that begin above."""
    merged = [cell for (row, _), cell in covered.items() if row == number]
    line = sorted((*cells, *merged), key=lambda cell: cell.column)
    written = "".join(_cell(cell, widths, continued=cell in merged) for cell in line)
    return f"<w:tr>{written}</w:tr>"


def _cell(cell: Cell, widths: list[int], *, continued: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>' if cell.row_span > 1 else ""
    width = sum(widths[cell.column - 1 : cell.column - 1 + cell.column_span])
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    small = '<w:rPr><w:sz w:val="21"/></w:rPr>'
    text = _paragraph("" if continued else cell.text, f'<w:jc w:val="center"/>{small}', small)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{text}</w:tc>"
