"""Tables whose cells run on as lines: each way in which extractors leave them gives the table they were."""

from __future__ import annotations

import pytest
from drawn_tables import T3_2021
from understanding import (
    GROUPS,
    RESULTS,
    T2_2019,
    T2_2021,
    T4,
    counted,
    drawn_t3,
    dumped,
    figures,
    in_section,
    table,
)

from checker.model.document import Table

T4_FIGURES = counted(GROUPS, RESULTS)


def texts(drawn: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in drawn.rows]


def plain(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for text in row for line in text.split("\n") if text]


def closed(rows: list[list[str]]) -> list[str]:
    return [f"{text} |".strip() for row in rows for text in row]


def closed_and_filled_up(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for line in (*(f"{text} |".strip() for text in row), "||")]


def parted(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for text in row for line in ((text, "|") if text else ("|",))]


def opened_and_parted(rows: list[list[str]]) -> list[str]:
    return [line for row in rows for line in parted([[f"| {row[0]}", *row[1:]]])]


WAYS = [plain, closed, closed_and_filled_up, parted, opened_and_parted]


@pytest.mark.parametrize("way", WAYS)
def test_table_three(way):
    found = in_section(3, *way(texts(table(drawn_t3()))))
    assert figures(found, "T3") == T3_2021
    assert found.form_id == "2021"
    assert not found.section(3).texts


@pytest.mark.parametrize("way", WAYS)
def test_table_four(way):
    assert figures(in_section(4, *way(texts(table(T4)))), "T4") == T4_FIGURES


@pytest.mark.parametrize("way", WAYS)
def test_table_two_of_the_form_before(way):
    found = in_section(2, *way(texts(table(T2_2019))))
    assert found.form_id == "2019"
    assert found.tables["T2"].cell("other_services", "change").value == 11
    assert found.tables["T2"].cell("procurement", "items").value is not None


@pytest.mark.parametrize("way", [closed, parted])
def test_sides_keep_blank_cells(way):
    rows = [
        [cell if not cell.isdigit() or cell == row[-1] else "" for cell in row]
        for row in texts(table(drawn_t3()))
    ]
    found = figures(in_section(3, *way(rows)), "T3")
    assert found["R1", "natural"] is None
    assert found["R1", "total"] == T3_2021["R1", "total"]


def test_without_sides_a_row_with_blank_cells_is_not_guessed():
    rows = texts(table(drawn_t3()))
    short = [row if "重复申请" not in row[0] else [row[0], row[-1]] for row in rows]
    found = in_section(3, *plain(short)).tables["T3"]
    assert found.cell("E2", "total").value is None
    assert found.cell("E3", "total").value == T3_2021["E3", "total"]


def test_labels_alone_are_a_table_nobody_filled_in():
    rows = [[cell for cell in row if not cell.isdigit()] for row in texts(table(T4))]
    assert in_section(4, *plain(rows)).tables["T4"].state == "empty"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [1, 5, 14, 17])
def test_figures_that_are_not_as_many_as_the_cells(way, count):
    rows = [[cell for cell in row if not cell.isdigit()] for row in texts(table(T4))]
    found = in_section(4, *way([*rows[:-1], ["3"] * count])).tables["T4"]
    assert (found.state, found.unplaced) == ("unplaced", count)


def test_rows_of_which_none_has_all_its_figures():
    whole = texts(table(drawn_t3()))
    labels = [([cell for cell in row if not cell.isdigit()], any(map(str.isdigit, row))) for row in whole]
    rows = [[*row, "1", "2"] if filled else row for row, filled in labels]
    found = in_section(3, table("\n".join(" | ".join(row) for row in rows), aligned=False)).tables["T3"]
    assert (found.state, found.unplaced > 0) == ("unplaced", True)


@pytest.mark.parametrize("way", WAYS)
def test_tables_with_nothing_between_them(way):
    drawn = (table(T2_2021), table(drawn_t3()), table(T4))
    found = in_section(2, *(line for one in drawn for line in way(texts(one))))
    assert set(found.tables) == {"T2", "T3", "T4"}
    assert figures(found, "T3") == T3_2021
    assert figures(found, "T4") == T4_FIGURES
    assert not any(one.unknown_rows or one.unplaced for one in found.tables.values())


def test_a_label_with_a_slip_keeps_its_row():
    lines = [
        "5.属三类内部事务信息" if "三类内部" in line else line for line in plain(texts(table(drawn_t3())))
    ]
    assert figures(in_section(3, *lines), "T3") == T3_2021


@pytest.mark.parametrize(
    "lines",
    [
        ["行政许可", "行政处罚", "其他"],
        ["规章", "3", "行政许可", "2"],
        ["全年公开信息如下：", "机构职能", "12", "政策文件", "7", "规划计划", "3", "其他", "5", "总计", "27"],
    ],
)
def test_a_few_short_lines_stay_text(lines):
    assert not in_section(1, *lines).tables


def test_rows_filled_up_to_one_length():
    rows = [[text for text in row if text] for row in texts(table(dumped(drawn_t3())))]
    longest = max(map(len, rows))
    drawn = "\n".join(" | ".join([*row, *[""] * (longest - len(row))]) for row in rows)
    assert figures(in_section(3, table(drawn, aligned=False)), "T3") == T3_2021
