"""Sample reports as Word documents, set as offices set them."""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from checker.model.document import Cell, Table

from .model import SampleReport

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TEXT_WIDTH: Final = 8844
"""Twentieths of a point between the margins of an A4 page."""
_FONTS: Final = {"方正小标宋简体": "宋体", "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "黑体": "SimHei"}
"""Fonts that offices use, and what to take where they are missing."""


def report_as_docx(report: SampleReport) -> bytes:
    """A Word document; the same report gives the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": _document(report),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("fontTable", "fontTable.xml"), ("footer", "footer1.xml")
        ),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _XML + text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "fontTable": "fontTable", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _document(report: SampleReport) -> str:
    body: list[str] = []
    for kind, item in report.flow():
        body.append(_table(item) if isinstance(item, Table) else _paragraph(item, _STYLE_OF[kind]))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1417" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f"<w:document {_W} {_R}><w:body>{''.join(body)}{section}</w:body></w:document>"


_STYLE_OF: Final = {
    "title": "ReportTitle",
    "heading": "Heading1",
    "paragraph": "Normal",
    "signature": "Signature",
}


def _paragraph(text: str, style: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{runs}</w:r></w:p>'


def _table(table: Table) -> str:
    grid = table.grid()
    widths = _column_widths(grid)
    rows = []
    for number, row in enumerate(grid, 1):
        cells = [
            _cell(cell, number, widths[column - 1 : column - 1 + cell.column_span])
            for column, cell in enumerate(row, 1)
            if cell is not None and cell.column == column
        ]
        rows.append(f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="397"/></w:trPr>{"".join(cells)}</w:tr>')
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    # An empty paragraph below keeps tables that follow each other apart, as Word itself does.
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
    )


_LONG_LABEL: Final = 18


def _column_widths(grid: list[list[Cell | None]]) -> list[int]:
    """Wide where a column holds long labels of its own, even elsewhere."""
    weights = []
    for column in range(len(grid[0])):
        own = [row[column] for row in grid if row[column] is not None]
        longest = max((len(cell.text) for cell in own if cell and cell.column_span == 1), default=1)
        weights.append(4 if longest >= _LONG_LABEL else 2 if longest > 7 else 1.2)
    return [round(_TEXT_WIDTH * weight / sum(weights)) for weight in weights]


def _cell(cell: Cell, row: int, widths: list[int]) -> str:
    properties = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/>'
    if cell.column_span > 1:
        properties += f'<w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
    text = _paragraph(cell.text, "TableText") if cell.row == row else "<w:p/>"
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


def _styles() -> str:
    """Title in 小标宋 22 pt, headings in 黑体 16 pt, text in 仿宋 16 pt, tables in 10.5 pt."""
    body = _style("Normal", "Normal", "仿宋_GB2312", 32, "both", first_line=640, line=560, default=True)
    title = _style("ReportTitle", "Title", "方正小标宋简体", 44, "center", line=600, after=400)
    heading = _style("Heading1", "heading 1", "黑体", 32, "both", first_line=640, line=560, outline=0)
    cells = _style("TableText", "表格文字", "仿宋_GB2312", 21, "center", line=260)
    end = _style("Signature", "Signature", "仿宋_GB2312", 32, "right", line=560, right=640)
    page_number = _style("Footer", "footer", "宋体", 28, "center", line=320)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"<w:styles {_W}>{body}{title}{heading}{cells}{end}{page_number}{table}</w:styles>"


def _style(
    style: str, name: str, font: str, half_points: int, align: str, *,
    line: int, first_line: int = 0, right: int = 0, after: int = 0, outline: int | None = None, default: bool = False,
) -> str:  # fmt: skip
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}>'
        f'<w:name w:val="{name}"/><w:pPr><w:spacing w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
        f'<w:ind w:right="{right}" w:firstLine="{first_line}"/><w:jc w:val="{align}"/>{level}</w:pPr><w:rPr>'
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{half_points}"/></w:rPr></w:style>'
    )


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in _FONTS.items()
    )
    return f"<w:fonts {_W}>{fonts}</w:fonts>"


def _footer() -> str:
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )
