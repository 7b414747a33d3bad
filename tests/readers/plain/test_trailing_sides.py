"""Tables as extractors of pages give them: a side behind each cell, or a side on a line of its own."""

from __future__ import annotations

import pytest

from checker.readers import read_document

ROWS = ["第（一）项 |", "内容 | 制发 | 废止 | 有效 |", "规章 | 0 | 1 | 12 |", "文件 | 3 | 0 | 7 |"]


@pytest.mark.parametrize("side", ["|", "｜", "│"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_side_behind_each_cell_makes_a_table(side, name):
    text = "\n".join(["一、总体情况", "", *(row.replace("|", side) for row in ROWS), "", "二、其他"])
    document = read_document(text.encode(), name)
    (table,) = document.tables()
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["第（一）项"],
        ["内容", "制发", "废止", "有效"],
        ["规章", "0", "1", "12"],
        ["文件", "3", "0", "7"],
    ]
    assert not table.aligned


@pytest.mark.parametrize("lines", [["甲 | 乙 |"], ["见附件一 |", "见附件二 |"], ["甲单位。|", "乙单位。|"]])
def test_a_few_sides_make_none(lines):
    assert not list(read_document("\n".join(lines).encode(), "a.txt").tables())


def test_sides_on_lines_of_their_own_are_told():
    text = "\n".join(f"{word}\n|" for word in ["规章", *"0123456789", "文件", *"0123456789"])
    document = read_document(text.encode(), "a.txt")
    assert [note.code for note in document.notes] == ["rows_as_text"]


def test_rows_of_unequal_length_are_a_table_if_they_have_figures():
    lines = ["内容 | 单位 | 个人", "收到 | 合计", "一、新收 | 3 | 2 | 5", "二、上年 | 0 | 0 | 0"]
    (table,) = read_document("\n".join(lines).encode(), "a.txt").tables()
    assert [len(row) for row in table.rows] == [3, 2, 4, 4]
    assert not table.aligned


def test_a_menu_with_sides_stays_text():
    lines = ["首页 | 政务公开 | 年报", "机构 | 政策 | 互动 | 服务", "2024 | 2023 | 2022"]
    assert not list(read_document("\n".join(lines).encode(), "a.txt").tables())


FILLED_UP = [
    "项目 | 数量 ||||",
    "甲 | 乙 | 丙 |||",
    "收到 | 4 | 0 | 4 ||",
    "其中 | 网上 | 3 | 0 | 3 |",
    "信函 | 1 | 0 | 1 ||",
]
OPENED = [f"| {row}" for row in FILLED_UP]
MERGED = ["| 项目 ||甲|乙|丙|", "| 收到 ||4|0|4|", "| 其中 |网上|3|0|3|", "||信函|1|0|1|"]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(("rows", "aligned"), [(FILLED_UP, False), (OPENED, False), (MERGED, True)])
def test_rows_filled_up_at_their_end_show_no_columns(name, rows, aligned):
    """Equal length proves columns only where merged cells have left their blanks in place."""
    text = "\n".join(["一、总体情况", "", *rows, "", "二、其他"])
    (table,) = read_document(text.encode(), name).tables()
    assert {len(row) for row in table.rows} == {5}
    assert table.aligned is aligned
