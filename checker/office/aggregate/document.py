"""Added tables as a Word document: the three tables in the official form, and the notes below them.

A document needs few parts, so they are written here; the same content gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from checker.model.forms import Address
from checker.office.aggregate.adding import Totals
from checker.office.aggregate.layout import Layout, PlacedCell, layout_of
from checker.office.aggregate.notes import cell_words, title_of
from checker.writers.shared.text_cells import harmless

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CREATED: Final = (2000, 1, 1, 0, 0, 0)
"""A fixed day, so that equal content gives equal bytes."""
_PAGE: Final = (16838, 11906)
_MARGIN: Final = 1134
_TEXT_WIDTH: Final = _PAGE[0] - 2 * _MARGIN
"""Twentieths of a point: A4 across, because the widest table has ten columns."""
_HEAD_FONT, _BODY_FONT = "黑体", "仿宋"
_TITLE_SIZE, _SECTION_SIZE, _TEXT_SIZE, _CELL_SIZE = 32, 28, 24, 16
"""Half points."""
_TYPES: Final = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" \
ContentType="application/xml"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS: Final = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""


def as_document(totals: Totals, notes: Sequence[str]) -> bytes:
    """The file."""
    made = io.BytesIO()
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _document(totals, notes),
    }
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _CREATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)
    return made.getvalue()


def _document(totals: Totals, notes: Sequence[str]) -> str:
    body = "".join(_body(totals, notes))
    return (
        f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr><w:pgSz w:w="{_PAGE[0]}" w:h="{_PAGE[1]}" '
        f'w:orient="landscape"/><w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" '
        f'w:left="{_MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _body(totals: Totals, notes: Sequence[str]) -> Iterator[str]:
    yield _paragraph(title_of(totals), _HEAD_FONT, _TITLE_SIZE, centred=True)
    for section in totals.form.sections:
        if section.table is None:
            continue
        cells = totals.aggregate.tables[section.table]
        texts = {address: cell_words(cell) for address, cell in cells.items()}
        yield _paragraph(
            f"{totals.form.tables[section.table].name}　{section.title}", _HEAD_FONT, _SECTION_SIZE, kept=True
        )
        yield _table(layout_of(totals.form.tables[section.table]), texts)
    yield _paragraph("说明", _HEAD_FONT, _SECTION_SIZE, kept=True)
    for number, note in enumerate(notes, 1):
        yield _paragraph(f"{number}. {note}", _BODY_FONT, _TEXT_SIZE)


def _paragraph(text: str, font: str, size: int, *, centred: bool = False, kept: bool = False) -> str:
    keep = "<w:keepNext/>" if kept else ""
    place = '<w:jc w:val="center"/>' if centred else ""
    space = '<w:spacing w:before="120" w:after="120"/>'
    return f"<w:p><w:pPr>{keep}{space}{place}</w:pPr>{_run(text, font, size)}</w:p>"


def _run(text: str, font: str, size: int) -> str:
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(harmless(text))}</w:t></w:r>'
    )


def _table(layout: Layout, texts: Mapping[Address, str]) -> str:
    wanted = layout.widths(texts)
    widths = [_TEXT_WIDTH * one // sum(wanted) for one in wanted]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_row(layout, row, widths, texts) for row in range(layout.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(layout: Layout, row: int, widths: Sequence[int], texts: Mapping[Address, str]) -> str:
    """A row with its own cells and the lower parts of those that began above."""
    there = [cell for cell in layout.cells if cell.row <= row < cell.row + cell.row_span]
    cells = [_cell(cell, row, widths, texts) for cell in sorted(there, key=lambda one: one.column)]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: PlacedCell, row: int, widths: Sequence[int], texts: Mapping[Address, str]) -> str:
    width = sum(widths[cell.column : cell.column + cell.column_span])
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merged = ""
    if cell.row_span > 1:
        merged = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    text = texts.get(cell.address, "") if cell.address else cell.text
    run = _run(text, _BODY_FONT, _CELL_SIZE) if row == cell.row else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run}</w:p></w:tc>'
    )
