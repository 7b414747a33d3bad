"""Web pages: their text and tables as a browser shows them, without the site around them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Location, Table
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.web.html import read, read_fragment


def parse(page, limits=DEFAULT_LIMITS):
    return read(page if isinstance(page, bytes) else page.encode(), "a.html", limits)


def outline(blocks):
    """Paragraphs as strings, headings as (level, text), tables as lists of rows of cell texts."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Table)
        else (block.heading, block.text)
        if block.heading
        else block.text
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>一<span>二</span><b>三</b></p>", ["一二三"]),
        ("<p>&nbsp;&nbsp;　　缩进&nbsp; 两空格</p>", ["缩进 两空格"]),
        ("<p>一行<br>二行<br/><br>三行", ["一行", "二行", "三行"]),
        ("<p>总体\n    情况</p>", ["总体情况"]),
        ("<p>总体，\n<span>\n情况</span></p>", ["总体，情况"]),
        ("<p>in\ntwo words</p>", ["in two words"]),
        ("<div>外<div>内</div>尾</div>", ["外", "内", "尾"]),
        ("<h1>题</h1><h3>一、概述</h3>文", [(1, "题"), (3, "一、概述"), "文"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>见<span style='display: none'>不见</span></p><div hidden>不见</div>", ["见"]),
        ("<p>改<del>旧</del><ins>新</ins></p>", ["改新"]),
        ("<script>var a='<p>脚本</p>'</script><style>p{}</style><noscript><p>无</p></noscript>文", ["文"]),
        ("<select><option>选</select><button>按钮</button><textarea>填</textarea><p>文", ["文"]),
        ("<form><p>表单里的文", ["表单里的文"]),
        ("<!-- 注释 --><p>零\u200b宽\ufeff", ["零宽"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol><li>甲<li value=5>乙<li>丙</ol>", ["1.甲", "5.乙", "6.丙"]),
        ("<ol type=A start=3><li><p>甲</p><p>续</p></ol>", ["C.甲", "续"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</ol>", ["一、甲"]),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<ol><li>一、甲<li>（二）乙<li>3.丙</ol>", ["一、甲", "（二）乙", "3.丙"]),
        ("<table><caption>表一</caption><tr><td>1<td>2</table>", ["表一", [["1", "2"]]]),
        ("<table><tr><td>商业<br>企业<td><p>1</p></table>", [[["商业\n企业", "1"]]]),
    ],
)
def test_text(body, expected):
    assert outline(parse(f"<body>{body}").blocks) == expected


def places(body):
    (table,) = parse(body).tables()
    return [
        (cell.text, cell.row, cell.column, cell.row_span, cell.column_span)
        for row in table.rows
        for cell in row
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            "<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2",
            [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 2), ("1", 2, 2, 1, 1), ("2", 2, 3, 1, 1)],
            id="spans, tags left open",
        ),
        pytest.param(
            "<tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3",
            [("甲", 1, 1, 2, 1), ("1", 1, 2, 1, 1), ("2", 2, 2, 1, 1), ("乙", 3, 1, 1, 1), ("3", 3, 2, 1, 1)],
            id="to the end of its group",
        ),
        pytest.param(
            "<tfoot><tr><td>计<td>3</tfoot><tr><td>1<td>2<thead><tr><th>甲<th>乙",
            [
                ("甲", 1, 1, 1, 1),
                ("乙", 1, 2, 1, 1),
                ("1", 2, 1, 1, 1),
                ("2", 2, 2, 1, 1),
                ("计", 3, 1, 1, 1),
                ("3", 3, 2, 1, 1),
            ],
            id="groups in order of sight",
        ),
        pytest.param(
            "<tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=2>跨",
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 2, 1), ("丙", 1, 3, 1, 1), ("跨", 2, 1, 1, 2)],
            id="overlap",
        ),
        pytest.param(
            "<tr><td colspan=1000000>题<tr><td>1<td>2",
            [("题", 1, 1, 1, 2), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1)],
            id="wider than the table",
        ),
        pytest.param(
            "<tr><td rowspan=99>甲<td colspan=x>1<tr><tr><td colspan=-2>2",
            [("甲", 1, 1, 2, 1), ("1", 1, 2, 1, 1), ("2", 2, 2, 1, 1)],
            id="taller than the table, empty row",
        ),
    ],
)
def test_grid(rows, expected):
    assert places(f"<table>{rows}</table>") == expected


def test_locations():
    first, table, last = parse("<p>甲<table><tr><td>1<td>2</table><p>乙").blocks
    assert (first.location, last.location) == (Location(paragraph=1), Location(paragraph=2))
    assert table.rows[0][1].location == Location(table_index=1, grid_row=1, grid_column=2)


DATA = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
GRID = [["1", "2"], ["3", "4"]]
PROSE = "<p>" + "这一段说明情况。" * 12


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<table><tr><td>标题<tr><td>{DATA}尾</table>", ["标题", GRID, "尾"]),
        (f"<table><tr><td>栏<td>{PROSE * 3}</table>", ["栏", *["这一段说明情况。" * 12] * 3]),
        ("<table><tr><td>栏<td><h2>题</h2><p>一<p>二</table>", ["栏", (2, "题"), "一", "二"]),
        ("<table><tr><td>只有一格</table>", ["只有一格"]),
        (
            "<table><tr><td>甲<td>乙<tr><td>丙<td><table><tr><td>9</table></table>",
            [[["甲", "乙"], ["丙", ""]], "9"],
        ),
    ],
    ids=["holder of tables", "running text", "heading in a cell", "frame", "frame in a data cell"],
)
def test_tables_that_only_place_text_are_opened(body, expected):
    assert outline(parse(body).blocks) == expected


LINKS = "<a href=/1>通知公告</a><a href=/2>政策文件</a><a href=/3>机构职能</a>"


@pytest.mark.parametrize(
    ("around", "kept"),
    [
        (f"<ul>{LINKS}</ul>", []),
        (f"<div>相关链接<div>{LINKS}</div></div>", []),
        (f"<table><tr><td>{LINKS}<td><a href=/4>更多</a></table>", []),
        ("<div class='crumb'>首页 <a href=/>年报</a></div>", []),
        ("<footer><a href=/>关于我们</a> 清溪县人民政府办公室主办</footer>", []),
        ("<div id='foot-box'><a href=/>帮助</a>电话</div>", []),
        ("<p>当前位置：首页 &gt; 年报</p><p>【打印】【关闭窗口】</p><p>字体：大 中 小</p>", []),
        ("<p>上一篇：<a href=/x>通知</a></p><p>川ICP备00000000号</p><p>来源：县林草局</p>", []),
        # What might be text stays.
        ("<footer>清溪县林草局 2025年1月20日</footer>", ["清溪县林草局 2025年1月20日"]),
        ("<div class=header><h2>年度报告</h2><a href=/>返回</a></div>", [(2, "年度报告"), "返回"]),
        ("<div class=print><a href=/>全文</a>" + "字" * 301 + "</div>", ["全文" + "字" * 301]),
        (f"<div class=nav><a href=/>看</a>{DATA}</div>", ["看", GRID]),
        ("<p>网址：<a href=/>qingxi.example</a></p>", ["网址：qingxi.example"]),
        ("<div class=top>邮箱：<a href=mailto:a@b>a@b</a></div>", ["邮箱：a@b"]),
        ("<p>打印了报告</p>", ["打印了报告"]),
        ("<p>来源：" + "长" * 120, ["来源：" + "长" * 120]),
    ],
)
def test_what_the_site_puts_around_a_text(around, kept):
    assert outline(parse(f"{around}<div><p>正文一句。</p></div>").blocks) == [*kept, "正文一句。"]


def head(title="", **metas):
    names = "".join(f"<meta name='{name}' content='{content}'>" for name, content in metas.items())
    return f"<title>{title}</title>{names}"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (head(ArticleTitle="某局2024年年报") + "<p>正文。", [(1, "某局2024年年报"), "正文。"]),
        (
            head(ArticleTitle="某局2024年年报") + "<p>某局<p>2024年 年报<p>正文。",
            ["某局", "2024年 年报", "正文。"],
        ),
        (
            head(ArticleTitle="某局2024年年报") + "<p>网站名<h2>某局2024年年报</h2>文。",
            [(2, "某局2024年年报"), "文。"],
        ),
        (
            head("某局2024年年报-某市政府") + f"<p>网站名{DATA}<p>整句留下。<p>某局2024年年报",
            [GRID, "整句留下。", "某局2024年年报"],
        ),
        (head("年报") + "<p>甲<p>年报", ["甲", "年报"]),
    ],
    ids=["absent", "on two lines", "after the site's name", "from the page title", "too short to be sure"],
)
def test_the_text_begins_with_its_title(page, expected):
    assert outline(parse(page).blocks) == expected


@pytest.mark.parametrize(
    ("page", "published"),
    [
        (head(PubDate="2024-01-24 10:00"), "2024-01-24"),
        (head(publishdate="2024/1/4"), "2024-01-04"),
        ("<meta property='article:published_time' content='2024-01-24T10:00'>", "2024-01-24"),
        ("<p>发布时间：2024年1月24日", "2024-01-24"),
        ("<span>发布日期：</span>&nbsp;<b>2024-1-24</b>", "2024-01-24"),
        ("<table><tr><td>发文日期</td>\n<td>2024-01-24</td></table>", "2024-01-24"),
        (head(PubDate="2024-13-40") + "发布时间：2024-02-01", "2024-02-01"),
        ("<div>信息时间：2024-01-24</div>", "2024-01-24"),
        ("<div>更新时间：2024-01-24</div>", None),
        ("<p>截至2024-01-24，来源于网站的申请12件", None),
        ("<p>2024-01-24", None),
        ("发布时间：2024-02-30", None),
    ],
)
def test_day_of_publication(page, published):
    assert parse(page).properties.get("published") == published


def test_title_and_encoding_are_properties():
    assert parse(head(" 页面\n标题 ") + "文").properties == {"title": "页面 标题", "encoding": "utf-8"}
    assert parse(head("页", ArticleTitle="文章标题")).properties["title"] == "文章标题"
    page = "<meta charset='gb2312'><p>朱镕基".encode("gb18030")
    assert outline(parse(page).blocks) == ["朱镕基"]
    assert parse("<meta charset=big5><p>臺灣繁體字".encode("big5")).properties["encoding"].startswith("big5")


def test_attachments_and_pictures_are_told():
    body = (
        "<img src=/logo.png><p>正文。<img src='/a/%E5%9B%BE1.png'><img alt=说明 src=x>"
        "<img width=16 src=icon.gif>"
        "<p>附件：<a href='/f/P01.docx?x=1'>某局年报.docx</a> <a href='/f/%E5%B9%B4%E6%8A%A5.pdf'></a><p>尾。"
    )
    document = parse(body)
    told = [
        (note.code, name) for note in document.notes for name in (note.text.split("「")[1].split("」")[0],)
    ]
    assert told == [
        ("image", "图1.png"),
        ("image", "说明"),
        ("attachment", "某局年报.docx"),
        ("attachment", "年报.pdf"),
    ]
    assert outline(document.blocks) == ["正文。", "附件：某局年报.docx", "尾。"]


def test_damaged_characters_are_told():
    page = b"<p>" + "字".encode() * 100 + b"\xff" + "字".encode() * 100
    assert [note.code for note in parse(page).notes] == ["replaced_characters"]


def test_fragments_keep_everything():
    assert outline(read_fragment(f"<ul>{LINKS}</ul><p>打印{DATA}", DEFAULT_LIMITS).blocks) == [
        "通知公告政策文件机构职能",
        "打印",
        GRID,
    ]
    assert read_fragment("\ud800", DEFAULT_LIMITS).blocks[0].text == "?"
    assert read_fragment("", DEFAULT_LIMITS).blocks == ()


@pytest.mark.parametrize(
    "page", ["", "没有标签的文字", "<frameset><frame></frameset>", "\0<p>", "</body></html>", "<td>孤立"]
)
def test_odd_pages_are_read(page):
    assert all(block.text for block in parse(page).blocks)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<x></y>" * 100_000 + "<ul><li>" * 3000,
        "<span>" * 3000,
        "<table>" + "<tr><td>1<td>2" * 6000,
        "<table>" + "<tr><td rowspan=65534 colspan=1000>1" * 300,
        "<table><tr>" + "<td rowspan=0>" * 2 + ("<tr>" + "<td>" * 100) * 150,
        "<p>段" * 6000,
        "<p " + " ".join(f"a{n}" for n in range(20_000)),
        "<p " + "".join(f"a{n}='>'" for n in range(20_000)),
        ("<p " + "a=1 " * 900 + ">") * 80,
        "<i></i>" * 30_000,
    ],
    ids=[
        "divs",
        "lists",
        "spans",
        "cells",
        "spans of cells",
        "rows",
        "paragraphs",
        "attributes",
        "quoted",
        "all attributes",
        "tags",
    ],
)
def test_costly_pages_are_refused(page):
    with pytest.raises(UnreadableError) as caught:
        parse(page, Limits(cells=10_000, paragraphs=5000))
    assert caught.value.code == "too_large"
    assert caught.value.text.endswith("。")


@pytest.mark.parametrize(
    "declaration", ["width:0;", "font:", "text-decoration:", "clip:rect(0", "overflow:hidden;"]
)
def test_a_style_without_end_costs_no_more_than_its_length(declaration):
    begun = process_time()
    parse(f'<p style="{declaration * 50_000}">甲</p><p style="font: 16pt;{declaration}">乙</p>')
    assert process_time() - begun < 2  # seconds; looked at to its end, it took minutes


def test_limits_are_counted():
    with pytest.raises(UnreadableError):
        parse("<p>甲<p>乙", Limits(paragraphs=1))
    with pytest.raises(UnreadableError):
        read_fragment(DATA, Limits(cells=3))


PIECES = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td rowspan=3>",
        "<td colspan=0>",
        "</td>",
        "<tbody>",
        "<caption>",
        "<ol>",
        "<li>",
        "</ol>",
        "<p>",
        "<h2>",
        "<a href=x.doc>",
        "<a href=y>",
        "</a>",
        "<pre>",
        "</div>",
        "<div class=nav>",
        "<br>",
        "<img>",
        "文",
        " \n",
        "<svg>",
        "<template>",
        "<select>",
        "<frameset>",
        "<math>",
        "</p>",
        "<plaintext>",
        "<!--",
        "<![CDATA[",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_tags_in_any_order_do_no_harm(pieces):
    read_fragment("".join(pieces), DEFAULT_LIMITS)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes_are_read_or_refused(noise, place):
    page = f"{head('题')}<p>正文{DATA}".encode()
    try:
        parse(page[:place] + noise + page[place:])
    except UnreadableError as error:
        assert error.code == "encoding"  # noqa: PT017 - reading may as well succeed
