import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Paragraph, Table
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.plain.text import read
from checker.startup.records import replace

LABELS = ["项目", "本年新\n收数", "办结数", "结转数"]
DUMP = """报告

一、概述
\t第二十条第（一）项

\t项目
\t本年新
收数
\t办结数
\t结转数

\t甲类
\t12
\t3
\t

\t
\t（一）乙类
\t0
\t/



二、情况
\t项目
\t数量

\t丙类
\t5
三、结语
没有其他事项。
"""
DUMP_TABLES = [
    [["第二十条第（一）项"], LABELS, ["甲类", "12", "3", ""], ["", "（一）乙类", "0", "/"]],
    [["项目", "数量"], ["丙类", "5"]],
]
DUMP_PARAGRAPHS = ["报告", "一、概述", "二、情况", "三、结语", "没有其他事项。"]


def parse(text, limits=DEFAULT_LIMITS):
    return read(text if isinstance(text, bytes) else text.encode(), "a.txt", limits)


def outline(text):
    """Paragraphs as strings, tables as lists of rows of cell texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in parse(text).blocks
    ]


def paragraphs(text):
    document = parse(text)
    assert not list(document.tables())
    return [paragraph.text for paragraph in document.paragraphs()]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_dump_reads_alike_in_every_encoding(mark, encoding, line_end):
    document = parse(mark + DUMP.replace("\n", line_end).encode(encoding))
    assert document == replace(parse(DUMP), properties={"encoding": encoding})
    tables = list(document.tables())
    assert [[[cell.text for cell in row] for row in table.rows] for table in tables] == DUMP_TABLES
    assert [paragraph.text for paragraph in document.paragraphs()] == DUMP_PARAGRAPHS


def test_places_in_a_dump():
    document = parse(DUMP)
    first, second = document.tables()
    assert not first.aligned
    assert not second.aligned
    cell = first.rows[3][1]
    place = cell.location
    assert (cell.row, cell.column, cell.text) == (4, 2, "（一）乙类")
    assert (place.table_index, place.grid_row, place.grid_column, place.line) == (1, 4, 2, 18)
    assert (second.location.table_index, second.location.line) == (2, 25)
    assert [(p.location.paragraph, p.location.line) for p in document.paragraphs()] == [
        (1, 1),
        (2, 3),
        (3, 24),
        (4, 30),
        (5, 31),
    ]


def test_tab_grid():
    text = "一、概述\n\t甲\t乙\t合计\n新收\t1\t2\t3\n办结\t\t2\t2\n二、情况\n"
    assert outline(text) == [
        "一、概述",
        [["", "甲", "乙", "合计"], ["新收", "1", "2", "3"], ["办结", "", "2", "2"]],
        "二、情况",
    ]
    assert next(parse(text).tables()).aligned


@pytest.mark.parametrize(
    ("text", "rows", "aligned"),
    [
        ("\t甲\t乙\n\t1\t2\n", [["甲", "乙"], ["1", "2"]], True),
        ("甲\t乙\n\n1\t2\n\n3\t4\n", [["甲", "乙"], ["1", "2"], ["3", "4"]], True),
        ("甲\t乙\t丙\n1\t2\n", [["甲", "乙", "丙"], ["1", "2"]], False),
        (
            "第一项\n甲\t乙\n规\t1\n第二项\n丙\t丁\n许\t2\n",
            [["第一项"], ["甲", "乙"], ["规", "1"], ["第二项"], ["丙", "丁"], ["许", "2"]],
            False,
        ),
        ("甲\t乙\n\t\n", [["甲", "乙"], ["", ""]], None),
        ("\t甲\n\t乙\t丙\n\t丁\t1\n", [["甲"], ["乙", "丙"], ["丁", "1"]], False),
    ],
)
def test_rows_of_tabs(text, rows, aligned):
    if aligned is None:  # a row of blanks alone makes no table of the line above it
        assert not list(parse(text).tables())
        return
    assert outline(text) == [rows]
    assert next(parse(text).tables()).aligned is aligned


def test_a_heading_between_tab_tables_is_no_row():
    text = "甲\t1\n乙\t2\n二、下一部分\n丙\t3\n丁\t4\n"
    assert outline(text) == [[["甲", "1"], ["乙", "2"]], "二、下一部分", [["丙", "3"], ["丁", "4"]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\t单独一段。\n", ["单独一段。"]),
        (
            "\t第一段。\n\t第二段。\n\n\t第三段。\n\t第四段。\n",
            ["第一段。", "第二段。", "第三段。", "第四段。"],
        ),
        ("\t一、标题\n\t正文如下，\n\n\t其余。\n", ["一、标题", "正文如下，", "其余。"]),
        ("\t\t\t\t甲市乙局\n\t\t\t\t2025年1月2日\n", ["甲市乙局", "2025年1月2日"]),
        ("地址：\t某路1号\n邮编：\t100000\n电话：\t01012345678\n", None),
        ("1.\t推进工作\n2.\t加强培训\n（三）\t完善制度\n", None),
        ("其一\t推进工作，成效明显。\n其二\t加强培训，水平提高。\n", None),
        ("甲\t乙\n丙\n", None),
        ("首页|公开\n", None),
        ("甲|乙|丙\n丁|戊\n", None),
        ("──────\n标题\n══════\n", ["──────", "标题", "══════"]),
    ],
)
def test_what_is_no_table(text, expected):
    found = paragraphs(text)
    assert found == (expected or text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "| 项目 | 数量 |\n|---|:-:|\n| 甲 | 1 |\n| 乙 |  |\n",
        "|项目|数量|\n|甲|1|\n|乙||\n",
        "｜项目｜数量｜\n｜甲｜1｜\n｜乙｜｜\n",
        "项目 | 数量\n--- | ---\n甲 | 1\n乙 |\n",
        "项目｜数量\n甲｜1\n｜乙｜｜\n",
        "┌──┬──┐\n│项目│数量│\n├──┼──┤\n│甲│1│\n│乙│  │\n└──┴──┘\n",
        "┏━━┳━━┓\n┃项目┃数量┃\n┣━━╋━━┫\n┃甲┃1┃\n┣━━╋━━┫\n┃乙┃  ┃\n┗━━┻━━┛\n",
        "+----+----+\n| 项目 | 数量 |\n+====+====+\n| 甲 | 1 |\n+----+----+\n| 乙 | |\n+----+----+\n",
    ],
)
def test_ruled_tables(text):
    expected = [["项目", "数量"], ["甲", "1"], ["乙", ""]]
    document = parse("前文\n" + text + "后文\n")
    assert outline("前文\n" + text + "后文\n") == ["前文", expected, "后文"]
    table = next(document.tables())
    assert table.aligned
    assert table.rows[0][0].location.line in (2, 3)


def test_cells_broken_over_lines_in_a_box():
    text = "┌──┬──┐\n│本年新│数量│\n│收数│    │\n├──┼──┤\n│甲│1│\n├──┼──┤\n│乙│2│\n└──┴──┘\n"
    assert outline(text) == [[["本年新\n收数", "数量"], ["甲", "1"], ["乙", "2"]]]


def test_rows_between_two_rules_stay_apart():
    text = "+--+--+\n|甲|乙|\n+--+--+\n|1|2|\n|3|4|\n+--+--+\n|4|6|\n+--+--+\n"
    assert outline(text) == [[["甲", "乙"], ["1", "2"], ["3", "4"], ["4", "6"]]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| 一项 |\n| 甲 | 乙 |\n| 1 | 2 |\n", [["一项"], ["甲", "乙"], ["1", "2"]]),
        ("|甲|乙|\n|-|-|\n|-|-|\n", [["甲", "乙"], ["-", "-"]]),
        ("|甲\\|乙|丙|\n|1|2|\n", [["甲|乙", "丙"], ["1", "2"]]),
        ("|甲｜乙|丙|\n|1|2|\n", [["甲｜乙", "丙"], ["1", "2"]]),
        ("|甲\\\\|丙|\n|1|2|\n", [["甲\\\\", "丙"], ["1", "2"]]),
        ("|\t甲\t|\t乙\t|\n|\t1\t|\t2\t|\n", [["甲", "乙"], ["1", "2"]]),
    ],
)
def test_rows_of_pipes(text, rows):
    assert outline(text) == [rows]


def test_form_feeds_part_pages():
    text = "第一页\f第二页\n\f第三页\n\t甲\n\t1\n\f\t乙\n\t2\n"
    document = parse(text)
    assert outline(text) == ["第一页", "第二页", "第三页", [["甲", "1"], ["乙", "2"]]]
    assert [p.location.line for p in document.paragraphs()] == [1, 1, 2]
    assert next(document.tables()).rows[1][0].location.line == 5


def test_stray_marks_and_spaces_around_a_paragraph():
    assert paragraphs("　　甲 乙\u3000\n\ufeff丙\ufeff丁\n\u3000\n") == ["甲 乙", "丙丁"]


def test_damage_is_noted():
    document = parse(("完整的一段文字。\n" * 9).encode() + b"\xff")
    assert [note.code for note in document.notes] == ["replaced_characters"]


@pytest.mark.parametrize("text", ["", "\n\n", " \t \n\f"])
def test_nothing(text):
    assert parse(text).blocks == ()


@pytest.mark.parametrize("text", ["甲\n" * 20, "\n" * 100, "\t" * 100, "|" * 100, "甲\t乙\n" * 20])
def test_limits(text):
    tight = replace(DEFAULT_LIMITS, paragraphs=10, cells=20)
    with pytest.raises(UnreadableError) as caught:
        parse(text, tight)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "text",
    [
        "\t段落。\n" * 40_000,
        "1.\t段落\n" * 40_000,
        "\t段\n\n" * 40_000,
        "甲|乙\n丙|丁|戊\n" * 20_000,
        "├──┤\n|甲|\n" * 40_000,
        "甲\n乙\t丙。\n" * 20_000,
        "|\\" * 200_000,
        "─ " * 200_000 + "甲",
    ],
)
def test_large_files_stay_linear(text):
    try:
        document = parse(text)
    except UnreadableError as error:
        assert error.code == "too_large"  # noqa: PT017 - either outcome is right, waiting is not
    else:
        assert document.blocks


@given(st.text(alphabet="\t\n |｜│─+-1甲。：一、\f\\", max_size=80))
def test_any_layout(text):
    document = parse(text)
    cells = [cell.text for table in document.tables() for cell in table.cells()]
    kept = "".join(cells) + "".join(p.text for p in document.paragraphs())
    # Marks of tables may go, words may not.
    assert sorted(c for c in kept if c in "1甲。：一、") == sorted(c for c in text if c in "1甲。：一、")
    for table in document.tables():
        assert isinstance(table, Table)
        for number, row in enumerate(table.rows, 1):
            assert [(cell.row, cell.column) for cell in row] == [(number, c) for c in range(1, len(row) + 1)]


@given(st.binary(max_size=300))
def test_any_bytes(data):
    try:
        parse(data)
    except UnreadableError as error:
        assert error.code in ("encoding", "too_large")  # noqa: PT017 - either outcome is right
