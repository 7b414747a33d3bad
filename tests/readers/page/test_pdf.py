"""PDF files: sentences, tables and what is refused."""

from __future__ import annotations

import json

import pytest
from pdf_pages import (
    DATA,
    FULL,
    HEAD,
    OPENING,
    SECOND,
    XS,
    grids,
    read_pages,
    squeezed,
    texts,
)
from pdf_writer import Page

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.page.pdf import read


@pytest.mark.parametrize("name", ["chrome", "chrome_rows_cut"])
def test_printed_report(name):
    expected = json.loads((DATA / "sample_report.json").read_text(encoding="utf-8"))
    document = read((DATA / f"{name}.pdf").read_bytes(), f"{name}.pdf", DEFAULT_LIMITS)
    assert list(map(squeezed, texts(document))) == expected["paragraphs"]
    assert grids(document) == expected["tables"]
    assert document.notes == ()


@pytest.mark.parametrize(
    "foot",
    [
        "- {} -",
        "—{}—",
        "－ {} －",
        "第{}页",
        "第 {} 页 共 2 页",
        "第{}页/共2页",
        "{}",
        "{}/2",
        "Page {} of 2",
        "·{}·",
    ],
)
def test_page_numbers_do_not_part_a_sentence(foot):
    first, second = Page(), Page()
    first.paragraph(102, FULL[:38], width=40)
    first.text(60, 84, FULL[:40])
    second.text(60, 780, FULL[40:])
    for number, page in enumerate((first, second), 1):
        page.text(280, 40, foot.format(number))
    assert texts(read_pages(first, second)) == [FULL[:38] + FULL]


def test_running_heads_are_left_out():
    pages = []
    for number in range(1, 4):
        page = (
            Page()
            .text(200, 810, "青禾县林草局公报")
            .text(60, 30, f"2025/1/{number} 打印")
            .text(480, 30, f"{number}/3")
        )
        page.paragraph(700, OPENING + str(number) + "。")
        pages.append(page)
    assert texts(read_pages(*pages)) == [f"{OPENING}{number}。" for number in (1, 2, 3)]


def test_a_number_that_does_not_count_pages_is_text():
    first, second = Page(), Page()
    for page, number in ((first, "426"), (second, "132")):
        page.paragraph(700, FULL)
        page.text(80, 600, number)
    assert texts(read_pages(first, second)) == [FULL, "426", FULL, "132"]


ADDRESS = "lincao.gongkai.yijian@mail.qinghe-sample.gov.cn.example/zhuye"


PARAGRAPHS = {
    "first line indented": ([(80, FULL[:38]), (60, FULL[38:]), (80, SECOND), (80, OPENING[:38]), (60, OPENING[38:])],
                            [FULL, SECOND, OPENING]),
    "line ends early before a long word": (
        [(80, FULL[:38]), (60, FULL[:20] + "来信请寄"), (60, f"{ADDRESS}。"), (80, SECOND)],
        [f"{FULL[:38]}{FULL[:20]}来信请寄{ADDRESS}。", SECOND]),
    "hyphen at a line end": (
        [(80, FULL[:38]), (60, FULL[:33] + "电话：0999-"), (60, "7654321。"), (80, SECOND)],
        [FULL[:38] + FULL[:33] + "电话：0999-7654321。", SECOND]),
    "words of another language": (
        [(80, FULL[:38]), (60, FULL[:31] + " open government"), (60, "data portal。"), (80, SECOND)],
        [FULL[:38] + FULL[:31] + "open government data portal。", SECOND]),
    "signature": ([(80, FULL[:38]), (60, FULL[38:]), (320, "青禾县林草局"), (330, "2025年1月20日")],
                  [FULL, "青禾县林草局", "2025年1月20日"]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(lines, expected):
    page = Page()
    for number, (x, text) in enumerate(lines):
        page.text(x, 700 - 18 * number, text)
    assert texts(read_pages(page)) == expected


def test_title_over_two_lines():
    page = Page().text(194, 780, "青禾县林草局", 22).text(128, 748, "2024年政务公开工作情况", 22)
    page.paragraph(700, FULL)
    assert texts(read_pages(page)) == ["青禾县林草局2024年政务公开工作情况", FULL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("316|3", "3163"),
        ("其他结|果", "其他结果"),
        ("１２", "１２"),
        ("open|data", "open data"),
        ("2024|年", "2024年"),
        ("本|年|度", "本年度"),
        ("316| |3", "3163"),
        (" |316", "316"),
    ],
)
def test_lines_in_a_cell(text, expected):
    page = Page().table([60, 200, 320], [700, 660, 600], [["项目", "件数"], ["苗木", text]])
    assert grids(read_pages(page)) == [[["项目", "件数"], ["苗木", expected]]]


def test_digits_set_apart_are_one_number_but_numbers_stay_apart():
    page = Page().table([60, 200, 320], [700, 660, 620, 580], [["项目", "件数"], ["苗木", ""], ["草籽", ""]])
    page.text(210, 636, "3").text(250, 636, "1").text(290, 636, "6").text(210, 596, "31").text(270, 596, "60")
    assert grids(read_pages(page)) == [[["项目", "件数"], ["苗木", "316"], ["草籽", "31 60"]]]


@pytest.mark.parametrize("size", [5, 6, 8, 16])
def test_a_stroke_that_is_declared_to_be_an_ideograph(size):
    """Its box is that of the ink: in small print as low as text that nobody sees."""
    page = Page().text(60, 700, "县直部门上", size).declared(60 + 5 * size, 700, "一", "-", size)
    page.text(60 + 6 * size, 700, "年度情况", size)
    assert texts(read_pages(page)) == ["县直部门上一年度情况"]


def test_text_turned_upwards_and_columns_of_upright_text():
    page = Page().table([60, 120, 320], [700, 560, 420], [["", "甲"], ["", "乙"]])
    page.text(95, 600, "年度结果", turn="0 1 -1 0")
    for number, char in enumerate("处理"):
        page.text(100, 520 - 12 * number, char)
    for number, char in enumerate("结果"):
        page.text(70, 520 - 12 * number, char)
    assert grids(read_pages(page)) == [[["年度结果", "甲"], ["处理结果", "乙"]]]


def joined(first_rows, second_rows, *, between=(), xs=XS, next_xs=XS):
    """Two tables at a page end, each row 30 points high."""
    first, second = Page(), Page()
    ys = [100 + 30 * number for number in range(len(first_rows), -1, -1)]
    first.table(xs, ys, first_rows)
    second.table(next_xs, [790 - 30 * number for number in range(len(second_rows) + 1)], second_rows)
    for y, text in between:
        first.text(60, y, text)
    first.text(290, 40, "- 1 -")
    second.text(290, 40, "- 2 -")
    return read_pages(first, second)


JOINED = {
    "rows go on": ([HEAD, ["苗木", "3", ""]], [["草籽", "4", ""]], [HEAD, ["苗木", "3", ""], ["草籽", "4", ""]]),
    "header repeats": ([HEAD, ["苗木", "3", ""]], [HEAD, ["草籽", "4", ""]],
                       [HEAD, ["苗木", "3", ""], ["草籽", "4", ""]]),
    "row is cut in its text": (
        [HEAD, ["从年初到年末换过的公开栏|和在村口立起的木头做的小", "3", ""]],
        [["公告牌", "", ""], ["草籽", "4", ""]],
        [HEAD, ["从年初到年末换过的公开栏和在村口立起的木头做的小公告牌", "3", ""], ["草籽", "4", ""]]),
    "row is cut above its text": ([HEAD, ["", "", ""]], [["苗木", "3", ""]], [HEAD, ["苗木", "3", ""]]),
    "items that count are rows": ([HEAD, ["1.从年初到年末换过的公开", "", ""]], [["2.公告牌", "", ""]],
                                  [HEAD, ["1.从年初到年末换过的公开", "", ""], ["2.公告牌", "", ""]]),
    "blank rows stay": ([HEAD, ["苗木", "", ""]], [["草籽", "", ""]], [HEAD, ["苗木", "", ""], ["草籽", "", ""]]),
    "numbers are never put together": ([HEAD, ["从年初到年末换过的公开栏", "3", ""]], [["公告牌", "4", ""]],
                                       [HEAD, ["从年初到年末换过的公开栏", "3", ""], ["公告牌", "4", ""]]),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected"), JOINED.values(), ids=JOINED)
def test_tables_over_a_page_end(first, second, expected):
    document = joined(first, second)
    assert grids(document) == [expected]
    assert texts(document) == []


@pytest.mark.parametrize(
    "changes",
    [{"between": [(80, "以下是草籽。")]}, {"next_xs": [60, 180, 300, 400]}],
    ids=["text between", "another width"],
)
def test_tables_that_stay_two(changes):
    document = joined([HEAD, ["苗木", "3", ""]], [["名称", "数量", "说明"], ["草籽", "4", ""]], **changes)
    assert len(grids(document)) == 2


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("（四）无", "法提供", "（四）无法提供"),
        ("（四）无|法提供", "", "（四）无法提供"),
        ("", "（四）无|法提供", "（四）无法提供"),
    ],
)
def test_merged_cell_cut_by_a_page_end(above, below, expected):
    xs = [60, 106, 200, 300]
    first, second = Page(), Page()
    for page, top, text, rows in (
        (first, 160, above, ["1.甲", "2.乙"]),
        (second, 790, below, ["3.丙", "4.丁"]),
    ):
        ys = [top, top - 30, top - 60]
        page.line(60, ys[0], 300, ys[0]).line(106, ys[1], 300, ys[1]).line(60, ys[2], 300, ys[2])
        for x in xs:
            page.line(x, ys[0], x, ys[2])
        page.cell((60, ys[2], 106, ys[0]), text)
        for number, row in enumerate(rows):
            page.cell((106, ys[number + 1], 200, ys[number]), row)
            page.cell((200, ys[number + 1], 300, ys[number]), str(number))
    (table,) = read_pages(first, second).tables()
    (label, *_), *_ = table.rows
    assert (label.text, label.row_span, len(table.rows)) == (expected, 4, 4)
