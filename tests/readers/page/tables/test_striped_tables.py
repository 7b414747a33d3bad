"""Tables without vertical lines: their columns are where the pieces of the rules meet."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_writer import Page, write

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read
from checker.readers.page.pdf_ink import Tally, read_ink
from checker.readers.page.pdfium import open_pdf
from checker.readers.page.printed.ink import Ruling
from checker.readers.page.printed.lines import rows_of, runs_of
from checker.readers.page.tables.grid import Grid
from checker.readers.page.tables.striped import find_striped

XS = [60, 110, 250, 310, 370, 430]
ROW = 24
HEAD = 2
CELLS = [
    ("项目", 0, 0, 2, 2), ("各队领用", 0, 2, 1, 3),
    ("一队", 1, 2, 1, 1), ("二队", 1, 3, 1, 1), ("总计", 1, 4, 1, 1),
    ("上年余下", 2, 0, 1, 2), ("4", 2, 2, 1, 1), ("0", 2, 3, 1, 1), ("4", 2, 4, 1, 1),
    ("树苗", 3, 0, 3, 1),
    ("杨树（两年|以上的）", 3, 1, 1, 1), ("12", 3, 2, 1, 1), ("130", 3, 3, 1, 1), ("142", 3, 4, 1, 1),
    ("柳树", 4, 1, 1, 1), ("0", 4, 2, 1, 1), ("5", 4, 3, 1, 1), ("5", 4, 4, 1, 1),
    ("槐树", 5, 1, 1, 1), ("7", 5, 2, 1, 1), ("0", 5, 3, 1, 1), ("7", 5, 4, 1, 1),
    ("草籽", 6, 0, 2, 1),
    ("早熟禾", 6, 1, 1, 1), ("1", 6, 2, 1, 1), ("1", 6, 3, 1, 1), ("2", 6, 4, 1, 1),
    ("狗牙根", 7, 1, 1, 1), ("0", 7, 2, 1, 1), ("0", 7, 3, 1, 1), ("0", 7, 4, 1, 1),
    ("合计", 8, 0, 1, 2), ("24", 8, 2, 1, 1), ("136", 8, 3, 1, 1), ("160", 8, 4, 1, 1),
]  # fmt: skip
"""Text, row, column, rows and columns of each cell."""
EXPECTED = [(text.replace("|", ""), *place) for text, *place in CELLS]


def heights(first, last, top):
    """The edges of rows; the one whose label takes two lines is higher."""
    edges = [top]
    for row in range(first, last):
        edges.append(edges[-1] - (ROW + 12 if row == 3 else ROW))
    return edges


def draw(page, cells, rules, *, first=0, last=9, top=780):
    """The rows of a table from `first` up to `last`; a cell that the page cuts has its text on the first."""
    ys = heights(first, last, top)
    for text, row, column, row_span, column_span in cells:
        begin, end = max(row, first), min(row + row_span, last)
        if begin >= end:
            continue
        left, right = XS[column], XS[column + column_span]
        upper, lower = ys[begin - first], ys[end - first]
        if row >= first:
            page.cell((left, lower, right, upper), text)
        if rules == "rows":
            if row >= first:
                page.line(left, upper, right, upper)
            if row + row_span <= last:
                page.line(left, lower, right, lower)
    if rules == "three":
        for at in [0] * (first == 0) + [HEAD] * (first < HEAD) + [9] * (last == 9):
            for left, right in pairwise(XS):
                page.line(left, ys[at - first], right, ys[at - first])
    return page


def tables(*pages):
    return [
        [(c.text, c.row - 1, c.column - 1, c.row_span, c.column_span) for c in table.cells()]
        for table in read(write(list(pages)), "台账.pdf", DEFAULT_LIMITS).tables()
    ]


@pytest.mark.parametrize("rules", ["rows", "three"])
def test_a_table_without_vertical_lines(rules):
    page = draw(Page(), CELLS, rules)
    page.paragraph(500, "上表由仓库逐月登记，年底由两人核对，没有出入。")
    assert tables(page) == [EXPECTED]


@pytest.mark.parametrize("row", [3, 6, 8])
@pytest.mark.parametrize("rules", ["rows", "three"])
def test_a_page_parts_it_between_two_rows(rules, row):
    first, second = draw(Page(), CELLS, rules, last=row), draw(Page(), CELLS, rules, first=row)
    assert tables(first, second) == [EXPECTED]


@pytest.mark.parametrize("rules", ["rows", "three"])
def test_a_page_parts_a_merged_cell(rules):
    first, second = draw(Page(), CELLS, rules, last=5), draw(Page(), CELLS, rules, first=5)
    assert tables(first, second) == [EXPECTED]


def test_a_page_without_any_rule_goes_on():
    parts = [draw(Page(), CELLS, "three", first=a, last=b) for a, b in ((0, 3), (3, 6), (6, 9))]
    assert tables(*parts) == [EXPECTED]


def test_a_number_over_two_columns_is_not_cut():
    cells = [("数量", 0, 0, 1, 2), ("金额", 0, 2, 1, 2), ("件", 0, 4, 1, 1)]
    cells += [
        ("12", 1, 0, 1, 2),
        ("418.07", 1, 2, 1, 2),
        ("3", 1, 4, 1, 1),
        ("1", 2, 2, 1, 1),
        ("2", 2, 3, 1, 1),
    ]
    (table,) = tables(draw(Page(), cells, "rows", last=3))
    assert "418.07" in [text for text, *_ in table]


def found(page):
    """What is found on a page by the pieces of rules."""
    with open_pdf(write([page])) as document, document.page(0) as drawn:
        ink = read_ink(drawn, 1, Tally())
    return find_striped(rows_of(runs_of(ink.glyphs)), ink.rulings, [], None)


def without(text, place):
    return [cell for cell in CELLS if cell[:3] != (text, *place)]


def moved(by):
    """The table of three rules with one number beside its place."""
    page = draw(Page(), without("5", (4, 3)), "three")
    edges = heights(0, 9, 780)
    page.cell((XS[3] + by, edges[5], XS[4] + by, edges[4]), "5")
    return page


@pytest.mark.parametrize(
    "page",
    [
        draw(Page(), without("5", (4, 3)), "three"),
        moved(30),
        draw(Page(), [*CELLS, ("9|9", 4, 3, 1, 1)], "rows"),
        draw(Page(), [*without("4", (2, 4)), ("123456789012345", 2, 4, 1, 1)], "rows"),
        draw(Page(), [*without("草籽", (6, 0)), ("草籽", 6, 0, 1, 1)], "three"),
        draw(
            Page(),
            [*without("4", (2, 2)), *without("0", (2, 3)), ("12345678901234567890", 2, 2, 1, 2)],
            "rows",
        ),
    ],
    ids=[
        "a number is missing",
        "a number stands over an edge",
        "two numbers in a cell",
        "a number sticks out",
        "a merged label is not in the middle",
        "a number stands where there are others",
    ],
)
def test_doubt_leaves_text(page):
    assert found(page) == []


def test_rules_that_show_no_columns():
    dashed = Page().text(80, 710, "甲").text(200, 710, "1").text(300, 710, "2")
    for y in (700, 730):
        for x in range(60, 420, 6):
            dashed.line(x, y, x + 4, y)
    ornament = Page().text(80, 710, "甲").text(200, 710, "1").line(60, 700, 200, 700).line(200, 700, 400, 700)
    assert found(dashed) == found(ornament) == []


def test_a_page_full_of_rules_and_words_is_left_alone():
    page = Page()
    for number in range(400):
        page.line(60, 40 + 2.5 * number, 200, 40 + 2.5 * number).line(
            200, 40 + 2.5 * number, 400, 40 + 2.5 * number
        )
        page.text(70, 40 + 2.5 * number, "1", 1).text(300, 40 + 2.5 * number, "2", 1)
    assert found(page) == []


@pytest.mark.parametrize(("columns", "tables"), [(40, 1), (400, 0)])
def test_no_table_has_hundreds_of_columns(columns, tables):
    glyphs = [("1", 20.0 * number + 2, 95.0, 20.0 * number + 7, 105.0) for number in range(20)]
    rulings = [Ruling(10 * n, y, 10 * n + 9.5, y + 0.5) for y in (90, 110) for n in range(columns)]
    assert len(find_striped(rows_of(runs_of(glyphs)), rulings, [], None)) == tables


@st.composite
def scattered(draw):
    """Rules in pieces at a few places, and words and numbers anywhere between them."""
    ends = st.lists(st.sampled_from(XS), min_size=2, max_size=6, unique=True).map(sorted)
    rulings = []
    for y in draw(st.lists(st.integers(20, 60), max_size=6, unique=True)):
        rulings += [Ruling(a, 10 * y, b, 10 * y + 0.5) for a, b in pairwise(draw(ends))]
    glyphs = []
    for y in draw(st.lists(st.integers(200, 600), min_size=1, max_size=12, unique=True)):
        for x in draw(st.lists(st.integers(50, 440), min_size=1, max_size=6, unique=True)):
            text = draw(st.sampled_from(["0", "12", "418.07", "甲", "项目内容", "第1号"]))
            for number, char in enumerate(text):
                glyphs.append((char, x + 6.0 * number, y - 5.0, x + 6.0 * number + 5.5, y + 5.0))
    return glyphs, rulings


@given(scattered(), st.booleans())
def test_whatever_is_found_is_a_grid(page, continued):
    glyphs, rulings = page
    edges = tuple(float(x) for x in XS)
    before = Grid(edges, (100.0, 50.0), (), (False,) * 5, (True,) * 5) if continued else None
    lines = rows_of(runs_of(glyphs))
    taken = 0
    for first, last, filling, _ in find_striped(lines, rulings, [], before):
        grid = filling.grid
        assert taken <= first < last <= len(lines)
        taken = last
        assert list(grid.ys) == sorted(grid.ys, reverse=True)
        places = [
            (cell.row + down, cell.column + across)
            for cell in grid.cells
            for down in range(cell.row_span)
            for across in range(cell.column_span)
        ]
        assert sorted(places) == [(r, c) for r in range(len(grid.ys) - 1) for c in range(len(grid.xs) - 1)]
