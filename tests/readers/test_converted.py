"""One report in every format that LibreOffice writes reads the same."""

import zipfile
from pathlib import Path

import pytest
from sample_report import build, grid_texts

from checker.readers import read_document

ARCHIVE = Path(__file__).parent / "data" / "converted" / "converted.zip"
TEXTS = ["doc", "odt", "rtf"]
SHEETS = ["xlsx", "xls"]


def converted(name):
    with zipfile.ZipFile(ARCHIVE) as archive:
        return read_document(archive.read(name), name)


def grids(document):
    return [
        [[cell.text if cell else None for cell in row] for row in table.grid()] for table in document.tables()
    ]


@pytest.mark.parametrize("suffix", TEXTS + SHEETS)
def test_every_paragraph_and_every_cell_is_the_same(suffix):
    document = converted(f"report.{suffix}")
    sample = build()
    assert document.format == suffix
    assert [paragraph.text for paragraph in document.paragraphs()] == sample.paragraphs()
    assert grids(document) == [grid_texts(rows) for rows in sample.tables()]
    assert document.notes == ()


@pytest.mark.parametrize("suffix", TEXTS + SHEETS)
def test_merged_cells_stand_once(suffix):
    for table, rows in zip(converted(f"report.{suffix}").tables(), build().tables(), strict=True):
        spans = [[(cell.row_span, cell.column_span) for cell in row] for row in table.rows]
        assert spans == [[(cell.row_span, cell.column_span) for cell in row] for row in rows]


@pytest.mark.parametrize("suffix", TEXTS)
def test_headings_are_declared(suffix):
    levels = [paragraph.heading for paragraph in converted(f"report.{suffix}").paragraphs()]
    kinds = [kind for kind, _ in build().flow if kind != "table"]
    assert levels == [{"h1": 1, "h2": 2, "p": None}[kind] for kind in kinds]


TRAPS = [
    "改动前新文字改动后",
    "一、山林概况",
    "隔开两个标题的正文。",
    "二、巡护情况",
    "（一）东山",
    "（二）西山",
    "1.北坡",
    "三、明年打算",
    "看得见的字。",
    "第一行",
    "第二行",
    "框外的话",
    "框里的话",
    "网址点这里查看，生僻字𠮷在此。",
    "表后一句。",
]
"""Tracked changes, automatic numbers, hidden text, a note, a line break, a text box, a link."""


@pytest.mark.parametrize("suffix", TEXTS)
def test_what_is_seen_is_read(suffix):
    document = converted(f"traps.{suffix}")
    read = [paragraph.text for paragraph in document.paragraphs()]
    if suffix == "doc":  # keeps the text of boxes apart, at its end
        read.insert(TRAPS.index("框里的话"), read.pop())
    assert read == TRAPS
    assert {note.code for note in document.notes} == {"tracked_changes", "unseen_text"}
    assert grids(document) == [[["横并", "横并", "竖并"], ["两\n段", "", "竖并"], ["1.编号格", "5", "末格"]]]
    (table,) = document.tables()
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.rows[0]] == [
        ("横并", 1, 1, 1, 2),
        ("竖并", 1, 3, 2, 1),
    ]
