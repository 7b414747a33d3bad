import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Location, Paragraph, Table
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.plain.markdown import read
from checker.readers.plain.markdown_inline import read_inline
from checker.readers.plain.text import read as read_text


def parse(text):
    return read(text if isinstance(text, bytes) else text.encode(), "a.md", DEFAULT_LIMITS)


def outline(text):
    """Paragraphs as strings, headings as (level, text), tables as lists of rows of cell texts."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Table)
        else (block.heading, block.text)
        if block.heading
        else block.text
        for block in parse(text).blocks
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 报告\n## 一、概述 ##\n###### 末级", [(1, "报告"), (2, "一、概述"), (6, "末级")]),
        ("#没有空格", [(1, "没有空格")]),
        ("####### 七级不是标题", ["####### 七级不是标题"]),
        ("## 一、概述 {#a .b}", [(2, "一、概述")]),
        ("## C#", [(2, "C#")]),
        ("报告\n====\n\n一、概述\n---\n正文", [(1, "报告"), (2, "一、概述"), "正文"]),
        ("上文\n\n---\n* * *\n下文", ["上文", "下文"]),
        ("一行\n接着", ["一行接着"]),
        ("全年12\n34 件 open\nsource", ["全年12 34 件 open source"]),
        ("前行  \n后行\\\n末行", ["前行", "后行", "末行"]),
        ("前行<br>后行", ["前行", "后行"]),
        ("    缩进四格的段落", ["缩进四格的段落"]),
        ("一、概述\n正文\n（一）分项。说明\n续行", ["一、概述", "正文", "（一）分项。说明续行"]),
        ("- 甲\n  续\n* 乙\n+ 丙\n- [x] 丁", ["甲续", "乙", "丙", "丁"]),
        ("1. 总体情况\n2. 其他\n3) 末项", ["1. 总体情况", "2. 其他", "3) 末项"]),
        ("> 引文\n> 续\n\n> > 深处", ["引文续", "深处"]),
        ("上<!-- 一\n二 -->下\n\n<!-- 三 -->", ["上下"]),
        ("上\n<!-- 一 -->\n下", ["上", "下"]),
        ("1 <!-- 未完", ["1 <!-- 未完"]),
        ("```text\n# 甲\n\n**乙**\n```\n后", ["# 甲", "**乙**", "后"]),
        ("~~~\n甲\n```\n乙", ["甲", "```", "乙"]),
        ("[甲]: https://example.cn\n\n见[此处][甲]", ["见此处"]),
        ("", []),
    ],
)
def test_blocks(text, expected):
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("纯文字", "纯文字"),
        ("**粗**、*斜*、__粗__、_斜_、***both***", "粗、斜、粗、斜、both"),
        ("**“甲”**乙**（丙）**丁", "“甲”乙（丙）丁"),
        ("**外 *内* 外**", "外 内 外"),
        (r"\*甲\* a\_b \\ \|", r"*甲* a_b \ |"),
        ("snake_case_name 和 5 * 3 * 2", "snake_case_name 和 5 * 3 * 2"),
        ("电话0595-****1234、0595-****5678", "电话0595-****1234、0595-****5678"),
        ("**未闭合", "**未闭合"),
        ("`a*b*` 与 ``x|y``", "a*b* 与 x|y"),
        ("[网站](https://a.cn/b_(c)_d) ![图](a.png)", "网站 图"),
        ("[![标志](a.png)](https://a.cn)", "标志"),
        ("国办〔2021〕30号[2021]30号", "国办〔2021〕30号[2021]30号"),
        ("<https://a.cn/x_y_z> <u>线</u> a<b", "https://a.cn/x_y_z 线 a<b"),
        ("甲&nbsp;乙 &lt;丙&gt; &amp;", "甲\xa0乙 <丙> &"),
    ],
)
def test_inline_marks(source, expected):
    assert read_inline(source).text == expected


@pytest.mark.parametrize(
    ("source", "shown", "told"),
    [
        ("受理~~12~~15件", "受理15件", True),
        ("~~9~~18234", "18234", True),
        ("受理~~12件~~15件，~~答复**9**件~~。", "受理15件，。", True),
        ("<del>9</del>18234<S>1</S>", "18234", True),
        ('18234<span style="display:none">1</span>', "18234", True),
        ("12<s></s>件~~<b></b>~~", "12件", False),
        ("8:00 ~~ 12:00，14:00 ~~ 18:00", "8:00 ~~ 12:00，14:00 ~~ 18:00", False),
        ("2021~~2023年", "2021~~2023年", False),
        (r"\~~甲\~~", "~~甲~~", False),
        ("`~~甲~~`", "~~甲~~", False),
        ("<ruby>12<rt>十二</rt></ruby>![1](a.png)", "12", False),
    ],
)
def test_struck_text_is_left_out_and_told(source, shown, told):
    inline = read_inline(source)
    assert (inline.text, inline.unseen) == (shown, told)
    notes = read(f"第一段{source}\n\n{source}\n".encode(), "a.md", DEFAULT_LIMITS).notes
    assert [note.code for note in notes] == ["unseen_text"] * told


def test_struck_text_in_html_of_markdown_is_told():
    text = "<p>甲<s>乙</s></p>\n\n<table><tr><td><del>9</del>3</td></tr></table>"
    notes = read(text.encode(), "a.md", DEFAULT_LIMITS).notes
    assert {note.code for note in notes} == {"unseen_text"}


PIPES = "| 项目 | **数量** |\n|:---|---:|\n| 本年新<br>收数 | 1,2 |\n| a\\|b | \\* |\n"
ROWS = [["项目", "数量"], ["本年新\n收数", "1,2"], ["a|b", "*"]]


@pytest.mark.parametrize(
    ("text", "rows", "aligned"),
    [
        (PIPES, ROWS, True),
        (PIPES.replace("\n|", "\n").replace("|\n", "\n").removeprefix("|"), ROWS, True),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |\n", [["甲", "乙"], ["1"]], False),
        ("| 甲 |\n|---|\n| 1 |\n", [["甲"], ["1"]], True),
        ("> | 甲 | 乙 |\n> |-|-|\n> | - | 2 |\n", [["甲", "乙"], ["-", "2"]], True),
        ("```\n\t甲\n\t乙\n\n\t1\n\t2\n```\n", [["甲", "乙"], ["1", "2"]], False),
    ],
)
def test_tables(text, rows, aligned):
    document = parse(f"上文\n{text}\n下文\n")
    assert outline(f"上文\n{text}\n下文\n") == ["上文", rows, "下文"]
    assert next(document.tables()).aligned is aligned


def test_a_paragraph_right_after_a_table_is_no_row():
    assert outline("|甲|乙|\n|-|-|\n|1|2|\n下文\n") == [[["甲", "乙"], ["1", "2"]], "下文"]


def test_places():
    document = parse(
        "---\ntitle: 报告\n---\n# 题\n\n<!--\n-->\n正文\n续行\n\n|甲|乙|\n|-|-|\n|1|2|\n\n```\n码\n```\n"
    )
    assert [(p.text, p.location) for p in document.paragraphs()] == [
        ("题", Location(paragraph=1, line=4)),
        ("正文续行", Location(paragraph=2, line=8)),
        ("码", Location(paragraph=3, line=16)),
    ]
    table = next(document.tables())
    assert table.location == Location(table_index=1, line=11)
    assert table.rows[1][0].location == Location(table_index=1, grid_row=2, grid_column=1, line=13)


@pytest.mark.parametrize(
    ("front", "properties"),
    [
        ("title: 年度报告\ndate: 2025-01-20", {"title": "年度报告", "published": "2025-01-20"}),
        (
            "title: \"年度报告\"\ntags:\n  - 甲\n# 注\ndate: '2025-01-20 08:00:00'",
            {"title": "年度报告", "published": "2025-01-20"},
        ),
        ("date: 2025-02-30", {}),
        ("date: 去年", {}),
        ("author: 甲", {}),
    ],
)
def test_front_matter(front, properties):
    document = parse(f"---\n{front}\n---\n正文\n")
    assert document.properties == {**properties, "encoding": "utf-8"}
    assert [p.text for p in document.paragraphs()] == ["正文"]


@pytest.mark.parametrize("text", ["---\n正文不是键\n---\n", "---\ntitle: 没有结尾\n"])
def test_what_only_looks_like_front_matter_is_text(text):
    document = parse(text)
    assert "title" not in document.properties
    assert list(document.paragraphs())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings(encoding, line_end):
    text = f"# 题\n\n{PIPES}\n正文\n"
    assert parse(text.replace("\n", line_end).encode(encoding)).blocks == parse(text).blocks


@pytest.fixture
def fragments(monkeypatch):
    """What the HTML reader was given; in its place stands one that makes a paragraph of everything."""
    given_texts = []

    def read_fragment(text, limits):
        assert limits is DEFAULT_LIMITS
        given_texts.append(text)
        return SimpleNamespace(blocks=(Paragraph("HTML", Location(paragraph=1)),), notes=())

    monkeypatch.setitem(sys.modules, "checker.readers.web.html", SimpleNamespace(read_fragment=read_fragment))
    return given_texts


@pytest.mark.parametrize(
    ("text", "handed_over", "expected"),
    [
        (
            "上\n\n<table>\n<tr><td>1</td></tr>\n\n</table>\n下",
            ["<table>\n<tr><td>1</td></tr>\n\n</table>"],
            ["上", "HTML", "下"],
        ),
        ("见表：<TABLE><tr></TABLE >后文", ["<TABLE><tr></TABLE >"], ["见表：", "HTML", "后文"]),
        (
            "<table><td><table>\n\n</table>\n\n</table>\n下",
            ["<table><td><table>\n\n</table>\n\n</table>"],
            ["HTML", "下"],
        ),
        (
            "<table></table>中<table>\n\n</table>\n下",
            ["<table></table>中<table>\n\n</table>"],
            ["HTML", "下"],
        ),
        ("<div align=center>\n<b>甲</b>\n\n# 题", ["<div align=center>\n<b>甲</b>"], ["HTML", (1, "题")]),
        ("<table>\n<tr>\n\n没有结束\n", ["<table>\n<tr>"], ["HTML", "没有结束"]),
        ("<u>行内</u>标签", [], ["行内标签"]),
    ],
)
def test_html_goes_to_its_reader(fragments, text, handed_over, expected):
    assert outline(text) == expected
    assert fragments == handed_over


def test_merged_cells_of_an_html_table():
    text = """前文

<table>
<tr><td rowspan="2">项目</td><td colspan="2">数量</td></tr>

<tr><td>甲</td><td>乙</td></tr>
</table>
"""
    (table,) = parse(text).tables()
    assert [(c.text, c.row, c.column, c.row_span, c.column_span, c.location.line) for c in table.cells()] == [
        ("项目", 1, 1, 2, 1, 3),
        ("数量", 1, 2, 1, 2, 3),
        ("甲", 2, 2, 1, 1, 3),
        ("乙", 2, 3, 1, 1, 3),
    ]


def test_blocks_from_html_are_numbered_here(fragments):
    document = parse("第一\n\n<p>二</p>\n\n第三\n")
    assert fragments == ["<p>二</p>"]
    assert [(p.location.paragraph, p.location.line) for p in document.paragraphs()] == [
        (1, 1),
        (2, 3),
        (3, 5),
    ]


ROWS_OF_REPORT = [["", "甲类", "乙类", "合计"], ["一、新收", "1", "2", "3"], ["二、结转", "0", "", "/"]]


def in_dump(rows):
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)


def in_tabs(rows):
    return "\n".join("\t".join(row) for row in rows)


def in_pipes(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def in_html(rows):
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join(["<table>", *lines, "</table>"])


@pytest.mark.parametrize(
    ("reader", "layout"),
    [(read_text, in_dump), (read_text, in_tabs), (read_text, in_pipes), (read, in_pipes), (read, in_html)],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_same_report_in_every_layout(reader, layout, encoding, line_end):
    text = f"报告\n\n二、表格\n\n{layout(ROWS_OF_REPORT)}\n\n\n三、结语\n".replace("\n", line_end)
    document = reader(text.encode(encoding), "a", DEFAULT_LIMITS)
    table = next(document.tables())
    assert [[cell.text for cell in row] for row in table.rows] == ROWS_OF_REPORT
    assert [p.text for p in document.paragraphs()] == ["报告", "二、表格", "三、结语"]


@pytest.mark.parametrize(
    "text",
    [
        "*甲 " * 60_000,
        "`" * 100_000 + "甲",
        "` `` ``` " * 30_000,
        "[甲](" * 50_000,
        "![" * 100_000,
        "<!--" * 100_000,
        "<a " * 100_000,
        "> " * 100_000,
        "\\" * 200_000,
        "_" * 100_000,
        "a_ _" * 50_000,
        "甲\n" * 40_000,
        "```\n~~~\n" * 20_000,
    ],
)
def test_long_texts_stay_linear(text):
    assert parse(text).format == "markdown"


MARKS = st.text(alphabet="# \n-=*_`~[]()<>!|\\&;甲1.>{}", max_size=80)


@given(MARKS)
def test_any_marks(text):
    document = parse(text)
    kept = "".join(
        b.text if isinstance(b, Paragraph) else "".join(c.text for c in b.cells()) for b in document.blocks
    )
    assert kept.count("甲") <= text.count("甲")


@given(st.binary(max_size=300))
def test_any_bytes(data):
    try:
        parse(data)
    except UnreadableError as error:
        assert error.code == "encoding"  # noqa: PT017 - either outcome is right
