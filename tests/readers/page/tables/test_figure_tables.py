"""Tables of numbers without lines: their columns are where numbers stand below each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_writer import Page, write

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read
from checker.readers.page.pdf_ink import Tally, read_ink
from checker.readers.page.pdfium import open_pdf
from checker.readers.page.printed.lines import rows_of, runs_of
from checker.readers.page.tables.number_tables import find_number_tables

XS = [60, 110, 250, 310, 370, 430]
HEAD = [("项目", 0, 2), ("一队", 2, 3), ("二队", 3, 4), ("总计", 4, 5)]
ROWS = [
    (("", "上年余下"), "4", "0", "4"),
    (("", "杨树（两年|以上的）"), "12", "130", "142"),
    (("树苗", "柳树"), "0", "5", "5"),
    (("", "槐树"), "7", "0", "7"),
    (("", "早熟禾"), "1", "1", "2"),
    (("", "合计"), "24", "136", "160"),
]
"""Words before the label, the label with its lines, and the numbers."""
TOP, ROW, LINE = 780, 30, 12
ALIGNMENTS = ["middle", "left", "top", "right"]


def put(page, text, row_top, cell, alignment):
    """Text in its cell: in its middle, at its left, at its left and top, or numbers at its right."""
    lines, (left, right) = text.split("|"), cell
    first = row_top - 15 if alignment == "top" else row_top - ROW / 2 + (len(lines) - 1) * LINE / 2
    for number, line in enumerate(lines):
        width = sum(0.5 if char.isascii() else 1 for char in line) * 10
        at_right = alignment == "right" and line.isascii()
        x = (
            (left + right - width) / 2
            if alignment == "middle"
            else right - width - 4
            if at_right
            else left + 4
        )
        if line:
            page.text(x, first - number * LINE, line)


def draw(page, rows=ROWS, head=HEAD, alignment="middle", top=TOP):
    """A head if there is one and rows of a table without lines; returns where it ends."""
    if head:
        for text, first, last in head:
            put(page, text, top, (XS[first], XS[last]), alignment)
        top -= ROW
    for (group, label), *numbers in rows:
        put(page, group, top, (XS[0], XS[1]), alignment)
        put(page, label, top, (XS[1], XS[2]), alignment)
        for text, cell in zip(numbers, pairwise(XS[2:]), strict=True):
            put(page, text, top, cell, alignment)
        top -= ROW
    return top


def expected(rows=ROWS):
    return [[text.replace("|", "") for text in (*before, *numbers) if text] for before, *numbers in rows]


def document(*pages):
    return read(write(list(pages)), "台账.pdf", DEFAULT_LIMITS)


def tables(*pages):
    return [[[c.text for c in row if c.text] for row in table.rows] for table in document(*pages).tables()]


def without_head(table):
    return [row for row in table if row[0] not in ("项目", "一队")]


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_rows_and_columns(alignment):
    page = Page()
    page.paragraph(draw(page, alignment=alignment) - 40, "上表由仓库逐月登记，年底由两人核对，没有出入。")
    (table,) = tables(page)
    assert table[0] == ["项目", "一队", "二队", "总计"]
    assert table[1:] == expected()


@pytest.mark.parametrize("alignment", ALIGNMENTS)
@pytest.mark.parametrize("row", range(len(ROWS)))
def test_a_page_ends_between_rows(row, alignment):
    first, second = Page(), Page()
    first.paragraph(800, "一、领用")
    draw(first, ROWS[:row], alignment=alignment, top=780 if row else 100)
    draw(second, ROWS[row:], head=None, alignment=alignment)
    (table,) = tables(first, second)
    assert without_head(table) == expected()


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_an_empty_cell_keeps_its_place(alignment):
    page = Page()
    rows = [(ROWS[0][0], "", "0", "4"), *ROWS[1:3], (ROWS[3][0], "7", "", "7"), *ROWS[4:]]
    draw(page, rows, alignment=alignment)
    (table,) = document(page).tables()
    first = next(cell.column for cell in table.rows[1] if cell.text == "0")
    assert first == next(cell.column for cell in table.rows[2] if cell.text == "130")
    last = next(cell.column for cell in table.rows[4] if cell.text == "7" and cell.column > first)
    assert last == next(cell.column for cell in table.rows[2] if cell.text == "142")


@pytest.mark.parametrize("alignment", ["middle", "left", "right"])
def test_fewer_columns_below_a_new_head(alignment):
    page = Page()
    end = draw(page, alignment=alignment)
    for text, left, right in (("项目", XS[0], XS[2]), ("金额", XS[2], XS[5])):
        put(page, text, end, (left, right), alignment)
    for text, left, right in (("运费", XS[1], XS[2]), ("418.07", XS[2], XS[5])):
        put(page, text, end - ROW, (left, right), alignment)
    (table,) = document(page).tables()
    *_, head, row = table.rows
    assert [cell.text for cell in row if cell.text] == ["运费", "418.07"]
    assert head[-1].text == "金额"
    assert (head[-1].column, head[-1].column_span) == (row[-1].column, row[-1].column_span)


def test_a_heading_parts_two_tables():
    page = Page()
    end = draw(page, ROWS[:3])
    page.text(80, end - 20, "二、草籽", 14)
    draw(page, ROWS[3:], top=end - 40)
    found = document(page)
    assert [without_head(table) for table in tables(page)] == [expected(ROWS[:3]), expected(ROWS[3:])]
    assert [paragraph.text for paragraph in found.paragraphs()] == ["二、草籽"]


@pytest.mark.parametrize("text", ["领用情况如下。", "领用情况如下："])
def test_a_sentence_above_a_table_is_text(text):
    page = Page()
    page.text(64, 786, text)
    draw(page, alignment="left", top=786)
    assert [paragraph.text for paragraph in document(page).paragraphs()] == [text]
    assert tables(page)[0][1:] == expected()


def test_columns_without_a_rule_are_noted():
    page = Page()
    draw(page)
    assert [note.code for note in document(page).notes] == ["unruled_table"]


ROW_OF_MANY = [str(number) for number in range(12)]


def many(page, y=700):
    for number, text in enumerate(ROW_OF_MANY):
        page.text(70 + 38 * number, y, text)
    return page


def test_one_row_of_many_numbers_below_its_head():
    page = many(Page())
    for number in range(12):
        page.text(62 + 38 * number, 720, "数量")
    (table,) = tables(page)
    assert table == [["数量"] * 12, ROW_OF_MANY]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [(3, ("7", "0")), (2, ("0", "5", "5", "9"))],
    ids=["a number is missing that may stand anywhere", "one too many"],
)
def test_doubt_leaves_text(row, numbers):
    page = Page()
    end = draw(page, ROWS[:row])
    put(page, "某树", end, (XS[1], XS[2]), "left")
    for number, text in enumerate(numbers):
        page.text(262 + 43 * number, end - 15, text)
    draw(page, ROWS[row + 1 :], head=None, top=end - ROW)
    assert not any("某树" in row for table in tables(page) for row in table)
    assert any("某树" in paragraph.text for paragraph in document(page).paragraphs())


@pytest.mark.parametrize(
    "lines",
    [
        [("一、总体情况", "1"), ("二、主动公开", "3"), ("三、依申请公开", "4"), ("四、复议诉讼", "6")],
        [("电话", "0575-123"), ("邮编", "312000"), ("编号", "20241")],
        [("经办", "甲", "乙"), ("核对", "丙", "丁"), ("日期", "一月", "二月")],
    ],
    ids=["contents", "one number a line", "words"],
)
def test_what_is_no_table_of_numbers(lines):
    page = Page()
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            page.text(80 + 150 * place, 700 - 20 * number, text)
    with open_pdf(write([page])) as opened, opened.page(0) as drawn:
        ink = read_ink(drawn, 1, Tally())
    assert find_number_tables(rows_of(runs_of(ink.glyphs)), None, ()) == []


def test_a_row_of_one_cell_above_a_grid_without_a_frame():
    page = Page()
    for y in (700, 676, 652, 628):
        page.line(60, y, 430, y)
    for x in (180, 300):
        page.line(x, 676, x, 628)
    page.text(64, 684, "各队领用")
    for y, texts in ((660, ("项目", "一队", "二队")), (636, ("杨树", "12", "130"))):
        for x, text in zip((64, 184, 304), texts, strict=True):
            page.text(x, y, text)
    assert tables(page) == [[["各队领用"], ["项目", "一队", "二队"], ["杨树", "12", "130"]]]


@st.composite
def scattered(draw):
    """Words and numbers anywhere, some of them below each other."""
    glyphs = []
    for y in draw(st.lists(st.integers(200, 600), min_size=1, max_size=14, unique=True)):
        for x in draw(st.lists(st.sampled_from([*range(60, 440, 30)]), min_size=1, max_size=6, unique=True)):
            text = draw(st.sampled_from(["0", "12", "418.07", "甲", "项目", "第1号", "/", "（一）某项"]))
            shift = draw(st.integers(0, 6))
            for number, char in enumerate(text):
                left = x + shift + 6.0 * number
                glyphs.append((char, left, y - 5.0, left + 5.5, y + 5.0))
    return glyphs


@given(scattered())
def test_whatever_is_found_is_a_grid(glyphs):
    lines = rows_of(runs_of(glyphs))
    end = 0
    for table in find_number_tables(lines, None, ()):
        assert end <= table.first < table.last <= len(lines)
        end = table.last
        assert list(table.filling.grid.xs) == sorted(table.filling.grid.xs)
        assert list(table.filling.grid.ys) == sorted(table.filling.grid.ys, reverse=True)
        places = [
            (cell.row + down, cell.column + across)
            for cell, _ in table.filling.contents()
            for down in range(cell.row_span)
            for across in range(cell.column_span)
        ]
        columns, rows = len(table.filling.grid.xs) - 1, len(table.filling.grid.ys) - 1
        assert sorted(places) == [(row, column) for row in range(rows) for column in range(columns)]
        read_back = "".join(sorted("".join(text.text for _, text in table.filling.contents())))
        drawn = "".join(sorted(run.text for line in lines[table.first : table.last] for run in line))
        assert sorted(read_back.replace(" ", "")) == sorted(drawn.replace(" ", ""))
