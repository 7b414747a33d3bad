"""Tables of the form in every layout and with every damage that real files show."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from drawn_tables import T3_2021, WAYS, as_read
from understanding import (
    COLUMNS,
    GROUPS,
    RESULTS,
    ROWS_2019,
    ROWS_2021,
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

from checker.model.numerals import CellState

T4_FIGURES = counted(GROUPS, RESULTS)


T2_2021_FIGURES = {
    ("regulations", "made"): 1,
    ("regulations", "repealed"): 2,
    ("regulations", "valid"): 3,
    ("normative_documents", "made"): 4,
    ("normative_documents", "repealed"): 5,
    ("normative_documents", "valid"): 6,
    ("licensing", "decisions"): 7,
    ("penalties", "decisions"): 8,
    ("coercion", "decisions"): 9,
    ("fees", "amount"): Decimal("10.50"),
}


T2_2019_FIGURES = {
    ("regulations", "produced"): 1,
    ("regulations", "disclosed"): 2,
    ("regulations", "total_disclosed"): 3,
    ("normative_documents", "produced"): 4,
    ("normative_documents", "disclosed"): 5,
    ("normative_documents", "total_disclosed"): 6,
    ("licensing", "last_year_items"): 7,
    ("licensing", "change"): -8,
    ("licensing", "decisions"): 9,
    ("other_services", "last_year_items"): 10,
    ("other_services", "change"): 11,
    ("other_services", "decisions"): 12,
    ("penalties", "last_year_items"): 13,
    ("penalties", "change"): 14,
    ("penalties", "decisions"): 15,
    ("coercion", "last_year_items"): 16,
    ("coercion", "change"): 17,
    ("coercion", "decisions"): 18,
    ("fees", "last_year_items"): 19,
    ("fees", "change"): 20,
    ("procurement", "items"): 21,
    ("procurement", "amount"): Decimal("22.5"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("drawing", "key", "form", "expected"),
    [
        (T2_2021, "T2", "2021", T2_2021_FIGURES),
        (T2_2019, "T2", "2019", T2_2019_FIGURES),
        (drawn_t3("2021"), "T3", "2021", T3_2021),
        (drawn_t3("2019"), "T3", "2019", counted(ROWS_2019, COLUMNS)),
        (T4, "T4", "2021", T4_FIGURES),
    ],
    ids=["T2 of 2021", "T2 of 2019", "T3 of 2021", "T3 of 2019", "T4"],
)
def test_every_figure_is_read(way, drawing, key, form, expected):
    found = in_section(int(key[1]), as_read(drawing, way))
    assert figures(found, key) == expected
    assert found.tables[key].form_id == form
    assert found.tables[key].state == "filled"
    assert found.tables[key].unknown_rows == ()


DAMAGES = {
    "numbering lost": lambda t: re.sub(r"\d\.(?=[^\d|])|（[一二三四五六七]）|(?<=\n)[一二三四]、", "", t),
    "numbering with 、": lambda t: re.sub(r"(\d)\.(?=[^\d|])", r"\1、", t),
    "numbering in brackets": lambda t: re.sub(r"(\d)\.(?=[^\d|])", r"（\1）", t),
    "full width": lambda t: re.sub(r"(\d)\.(?=[^\d|])", lambda m: chr(ord(m[1]) + 0xFEE0) + "．", t),
    "spaces in labels": lambda t: (
        t.replace("总计", "总 计").replace("其他", "其　他").replace("科研机构", "科研 机构")
    ),
    "labels broken": lambda t: t.replace("商业企业", "商业/n企业").replace("不掌握相关", "不掌握/n相关"),
    "straight quotes": lambda t: t.replace("“", '"').replace("”", '"'),
    "no quotes": lambda t: t.replace("“", "").replace("”", ""),
    "合计": lambda t: t.replace("总计", "合计"),
    "remark dropped": lambda t: t.replace("（区分处理的，只计这一情形，不计其他情形）", ""),
    "next year": lambda t: t.replace("结转下年度继续", "结转下一年度继续"),
    "slip": lambda t: t.replace("过程性信息", "过程信息").replace("另行制作", "另制作"),
    "doubled word": lambda t: t.replace("过程性信息", "过程性性信息"),
    "label cut short": lambda t: t.replace("行政机关不再处理其政府信息公开申请", ""),
    "thousands": lambda t: re.sub(r"\| (\d+)(?= \||\n|$)", lambda m: f"| {int(m[1]) + 1000:,}", t),
    "unit": lambda t: re.sub(r"\| (\d+)(?= \||\n|$)", r"| \1件", t),
    "full-width figures": lambda t: re.sub(
        r"\| (\d+)(?= \||\n|$)", lambda m: "| " + "".join(chr(ord(c) + 0xFEE0) for c in m[1]), t
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_labels_read_the_same(damage, way):
    drawing = DAMAGES[damage](drawn_t3("2021"))
    assert drawing != drawn_t3("2021")
    found = in_section(3, as_read(drawing, way))
    more = 1000 if damage == "thousands" else 0
    assert figures(found, "T3") == {address: number + more for address, number in T3_2021.items()}
    assert found.form_id == "2021"


@pytest.mark.parametrize(
    ("label", "replacement"),
    [
        ("本年制发件数", "本年(2024)制发件数"),
        ("本年制发件数", "本年度制发数"),
        ("本年废止件数", "本年废止数"),
        ("现行有效件数", "现行有效件"),
        ("现行有效件数", "现行有效件数（历史累计）"),
        ("本年处理决定数量", "处理决定数量（2024年办件量）"),
        ("行政规范性文件", "规范性文件"),
        ("规章 ", "规 章 "),
        ("（单位：万元）", "（万元）"),
        ("（单位：万元）", ""),
        ("第二十条第（一）项", "第二十条  第(一)项"),
        ("第二十条第（一）项", "第二十条第一项"),
    ],
)
def test_variants_of_table_two(label, replacement):
    assert label in T2_2021
    found = in_section(2, table(T2_2021.replace(label, replacement)))
    assert figures(found, "T2") == T2_2021_FIGURES
    assert found.tables["T2"].form_id == "2021"


def test_labels_are_kept_as_written():
    drawing = drawn_t3("2021").replace("自然人", "自然 人").replace("1.属于国家秘密", "1、属于国家机密")
    found = in_section(3, table(drawing)).tables["T3"]
    assert found.column_labels["natural"] == "自然 人"
    assert found.row_labels["C1"] == "1、属于国家机密"
    blocks = in_section(2, table(T2_2021.replace("本年废止件数", "废止件数"))).tables["T2"]
    assert blocks.column_labels["1.repealed"] == "废止件数"
    assert blocks.column_labels["3.decisions"] == "本年处理决定数量"


HEADER_IN_TWO_ROWS = """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|<|<|申请人情况|<|<|<|<|<|<
^ | ^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计
^ | ^ | ^ | ^ | 商业 | 科研 | 社会公益 | 法律服务 | 其他 | ^
^ | ^ | ^ | ^ | 企业 | 机构 | 组织 | 机构 | ^ | ^
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_header_broken_over_two_rows(way):
    body = drawn_t3("2021").splitlines()[3:]
    found = in_section(3, as_read("\n".join([HEADER_IN_TWO_ROWS.strip("\n"), *body]), way))
    assert figures(found, "T3") == T3_2021


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("cuts", [(7,), (12, 20), (4, 9, 14, 19, 24)])
def test_table_three_cut_by_pages(way, repeated, cuts):
    lines = [line.replace("^", "") if way != "merged" else line for line in drawn_t3("2021").splitlines()]
    header, body = drawn_t3("2021").splitlines()[:3], lines[3:]
    pieces = []
    for first, last in zip((0, *cuts), (*cuts, len(body)), strict=True):
        piece = [line.replace("^", " ") for line in body[first:last]]
        pieces.append("\n".join([*(header if repeated or first == 0 else []), *piece]))
    blocks = [block for piece in pieces for block in (as_read(piece, way), "- 3 -")]
    found = in_section(3, *blocks)
    assert figures(found, "T3") == T3_2021
    assert len(found.tables["T3"].sources) == len(pieces)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("captions", [True, False])
def test_table_two_as_separate_tables(way, captions):
    pieces = re.split(r"(?=第二十条)", T2_2021.strip("\n"))[1:]
    blocks = []
    for piece in pieces:
        heading, rest = piece.strip("\n").split("\n", 1)
        if captions:
            blocks += [heading.replace("|", "").replace("<", "").strip(), as_read(rest, way)]
        else:
            blocks.append(as_read(piece.strip("\n"), way))
    found = in_section(2, *blocks)
    assert len(blocks) == (8 if captions else 4)
    assert figures(found, "T2") == T2_2021_FIGURES


def test_table_four_with_groups_as_rows():
    found = in_section(
        4,
        table(
            """
            类别 | < | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计
            行政复议 | < | 1 | 2 | 3 | 4 | 5
            行政诉讼 | 未经复议直接起诉 | 6 | 7 | 8 | 9 | 10
            ^ | 复议后起诉 | 11 | 12 | 13 | 14 | 15
            """
        ),
    )
    assert figures(found, "T4") == T4_FIGURES


@pytest.mark.parametrize("way", WAYS)
def test_table_four_as_two_tables(way):
    review = "\n".join(" | ".join(line.split("|")[:5]) for line in T4.strip("\n").splitlines())
    suits = "\n".join(" | ".join(line.split("|")[5:]) for line in T4.strip("\n").splitlines())
    found = in_section(4, as_read(review.replace("^", ""), way), as_read(suits, way))
    assert figures(found, "T4") == T4_FIGURES


@pytest.mark.parametrize("way", WAYS)
def test_table_four_cut_between_header_and_figures(way):
    lines = T4.strip("\n").splitlines()
    found = in_section(4, as_read("\n".join(lines[:3]), way), as_read(lines[3], way))
    assert figures(found, "T4") == T4_FIGURES


def test_a_line_too_short_to_align_stays_unread():
    drawing = dumped(drawn_t3("2021")).splitlines()
    row = next(i for i, line in enumerate(drawing) if "重复申请" in line)
    drawing[row] = " | 2.重复申请 | 9 | 9 | 9"
    found = in_section(3, table("\n".join(drawing), aligned=False))
    assert {found.tables["T3"].cell("E2", column).state for column in COLUMNS} == {CellState.MISSING}
    assert figures(found, "T3")["E3", "natural"] == T3_2021["E3", "natural"]


def test_surplus_blanks_of_a_dump_do_not_shift_figures():
    drawing = "\n".join(
        line + " | " if i > 3 else line for i, line in enumerate(dumped(drawn_t3()).splitlines())
    )
    assert figures(in_section(3, table(drawing, aligned=False)), "T3") == T3_2021


def test_the_total_column_may_be_absent():
    drawing = "\n".join(line.rsplit("|", 1)[0] for line in drawn_t3().splitlines())
    for way in WAYS:
        found = in_section(3, as_read(drawing, way))
        assert {found.tables["T3"].cell(row, "total").state for row in ROWS_2021} == {CellState.MISSING}
        assert figures(found, "T3")["B", "other"] == T3_2021["B", "other"]


def test_columns_in_another_order_follow_their_headers():
    lines = []
    for line in T2_2021.strip("\n").splitlines():
        cells = line.split("|")
        lines.append("|".join([cells[0], cells[3], cells[2], cells[1]]) if "<" not in line else line)
    for way in ("merged", "dump"):
        assert figures(in_section(2, as_read("\n".join(lines), way)), "T2") == T2_2021_FIGURES


def test_a_row_the_form_does_not_have_is_reported():
    drawing = drawn_t3().splitlines()
    drawing.insert(-2, "^ | （八）转送其他机关 | < | 1 | 0 | 0 | 0 | 0 | 0 | 1")
    found = in_section(3, table("\n".join(drawing))).tables["T3"]
    assert [label for label, _ in found.unknown_rows] == ["（八）转送其他机关"]
    assert found.unknown_rows[0][1].grid_row == len(drawing) - 2


def test_a_missing_row_is_missing_not_zero():
    drawing = "\n".join(line for line in drawn_t3().splitlines() if "公开出版物" not in line)
    found = in_section(3, table(drawing)).tables["T3"]
    assert {found.cell("E3", column).state for column in COLUMNS} == {CellState.MISSING}
    assert "E3" not in found.row_labels


@pytest.mark.parametrize("way", WAYS)
def test_blanks_stay_blanks(way):
    marks = iter(["0", "", "/", "-", "无", "3件", "约3"] * 40)
    found = in_section(3, as_read(drawn_t3(fill=lambda _: next(marks)), way)).tables["T3"]
    assert [found.cell("R1", column).state.value for column in COLUMNS] == [
        "number",
        "blank",
        "slash",
        "dash",
        "none_word",
        "number",
        "unreadable",
    ]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("drawing", "number", "key"),
    [
        (T2_2021, 2, "T2"),
        (T2_2019, 2, "T2"),
        (drawn_t3(), 3, "T3"),
        (drawn_t3("2019"), 3, "T3"),
        (T4, 4, "T4"),
    ],
)
def test_an_unfilled_table_is_empty(way, drawing, number, key):
    blank = re.sub(r"\| *-?[\d.]+(?= *(\||$))", "| ", drawing, flags=re.MULTILINE)
    blank = re.sub(r"^1 \|", " |", blank, flags=re.MULTILINE)
    found = in_section(number, as_read(blank, way))
    assert found.tables[key].state == "empty"
    assert {cell.state for cell in found.tables[key].cells.values()} <= {CellState.BLANK, CellState.MISSING}


def test_a_table_of_template_text_is_a_placeholder():
    found = in_section(3, table(drawn_t3(fill=lambda _: "（在此填写）")))
    assert found.tables["T3"].state == "placeholder"
    slashes = in_section(3, table(drawn_t3(fill=lambda _: "/")))
    assert slashes.tables["T3"].state == "filled"


OTHER_TABLES = {
    "channels": "渠道 | 自然人 | 法人 | 总计\n网站 | 3 | 1 | 4\n信函 | 1 | 0 | 1",
    "kinds": "类别 | 数量\n行政许可 | 12\n行政处罚 | 3\n规范性文件 | 1",
    "documents": "信息内容 | 本年制发件数 | 现行有效件数\n规范性文件 | 9 | 9",
    "results": "事项 | 予以公开 | 部分公开 | 总计\n教育 | 1 | 2 | 3",
    "months": "月份 | 1月 | 2月\n发布 | 3 | 4",
}


@pytest.mark.parametrize("name", OTHER_TABLES)
def test_a_table_of_another_kind_is_not_taken(name):
    found = in_section(1, table(OTHER_TABLES[name]))
    assert found.tables == {}
    assert found.form_id is None
    assert found.form.id == "2021"


@pytest.mark.parametrize("name", OTHER_TABLES)
def test_a_table_of_another_kind_beside_the_real_ones(name):
    other = table(OTHER_TABLES[name])
    for number, drawing, key, expected in (
        (2, T2_2021, "T2", T2_2021_FIGURES),
        (3, drawn_t3(), "T3", T3_2021),
    ):
        assert figures(in_section(number, other, "说明如下。", table(drawing)), key) == expected
        assert figures(in_section(number, table(drawing), "说明如下。", other), key) == expected
