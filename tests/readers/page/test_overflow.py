"""Text that a page pushes out of a cell at its lower end stands below the table, and belongs to the cell."""

import pytest
from pdf_writer import Page, write

from checker.model.document import Table
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read

XS = [60, 260, 380, 500]
CORNER = ("（本表各队领用数量由仓库", "逐月登记得出）")
"""Two lines of one cell, each centred in the first column."""


def page_with_table(texts=("", "各队领用", "总计"), *, is_open=False):
    """A head of one row at the end of the page, its first cell empty; without a line below it if open."""
    page = Page().line(XS[0], 120, XS[-1], 120)
    if not is_open:
        page.line(XS[0], 90, XS[-1], 90)
    for x in XS:
        page.line(x, 90, x, 120)
    for text, left, right in zip(texts, XS, XS[1:], strict=False):
        page.cell((left, 90, right, 120), text)
    return page


def centred(page, y, left, right, text):
    page.text((left + right - 10 * len(text)) / 2, y, text)
    return page


def blocks(page):
    found = read(write([page]), "台账.pdf", DEFAULT_LIMITS).blocks
    tables = [[[c.text for c in row] for row in block.rows] for block in found if isinstance(block, Table)]
    return tables, [block.text for block in found if not isinstance(block, Table)]


def test_out_of_an_empty_cell_that_is_wide():
    page = centred(page_with_table(is_open=True), 80, XS[0], XS[1], CORNER[0])
    centred(page, 68, XS[0], XS[1], CORNER[1])
    assert blocks(page) == ([[["".join(CORNER), "各队领用", "总计"]]], [])


def test_out_of_several_cells_at_once():
    page = page_with_table(("", "", "总计"), is_open=True)
    for text, left, right in ((CORNER[0], XS[0], XS[1]), ("甲乙丙", XS[1], XS[2])):
        centred(page, 80, left, right, text)
    assert blocks(page) == ([[[CORNER[0], "甲乙丙", "总计"]]], [])


@pytest.mark.parametrize(
    "lines",
    [
        [(80, 80, "注：数量以仓库登记为准。", 10)],
        [(60, 76, "本表由仓库逐月登记，年底由两人核对", 10)],
        [(110, 74, "二、草籽领用", 14)],
        [(120, 50, "草籽另行登记", 10)],
        [(125, 80, "草籽另行登记", 10)],
    ],
    ids=[
        "a note",
        "a paragraph",
        "a heading in larger type",
        "a centred line farther below",
        "a centred line",
    ],
)
def test_what_follows_a_table_is_text(lines):
    page = page_with_table()
    for x, y, text, size in lines:
        page.text(x, y, text, size)
    assert blocks(page) == ([[["", "各队领用", "总计"]]], [text for _, _, text, _ in lines])


def test_paragraphs_below_a_table_are_text():
    page = Page()
    page.table(XS, [720, 690], [["", "各队领用", "总计"]])
    centred(page, 680, XS[0], XS[1], CORNER[0])
    page.paragraph(640, "上表由仓库逐月登记，年底由两人核对。" * 12)
    tables, texts = blocks(page)
    assert tables == [[["", "各队领用", "总计"]]]
    assert texts[0].startswith(CORNER[0])
