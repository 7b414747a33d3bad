"""What is seen in an OpenDocument text must be seen here, and nothing else."""

import pytest
from package_files import odt, odt_cell, odt_table, pack

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.word.odt import read

NUMBERED = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." />'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="）" '
    'style:num-prefix="（" text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/>'
    "</text:list-style>"
)


def parse(body, **parts):
    return read(odt(body, **parts), "a.odt", DEFAULT_LIMITS)


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs()]


def item(text, more="", attributes=""):
    return f"<text:list-item {attributes}><text:p>{text}</text:p>{more}</text:list-item>"


def listed(items, attributes='text:style-name="L"'):
    return f"<text:list {attributes}>{items}</text:list>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>甲<text:span>乙</text:span>\n  丙</text:p>", ["甲乙 丙"]),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>', ["a b c"]),
        ("<text:p>甲<text:line-break/>乙</text:p>", ["甲", "乙"]),
        ("<text:p/><text:p> </text:p>", []),
        ("<text:p>甲<office:annotation><text:p>批注</text:p></office:annotation></text:p>", ["甲"]),
        (
            "<text:p>甲<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note></text:p>",
            ["甲"],
        ),
        ("<text:p><text:title>文档标题</text:title></text:p>", ["文档标题"]),
        ("<text:section><text:p>节里</text:p></text:section>", ["节里"]),
        (
            listed(item("甲") + item("乙", listed(item("丙") + item("丁")))),
            ["1.甲", "2.乙", "（2.1）丙", "（2.2）丁"],
        ),
        (listed(item("甲")) + listed(item("乙")), ["1.甲", "1.乙"]),
        (
            listed(item("甲"), 'text:style-name="L" xml:id="x"')
            + listed(item("别"))
            + listed(item("乙"), 'text:style-name="L" text:continue-list="x"'),
            ["1.甲", "1.别", "2.乙"],
        ),
        (listed(item("甲", attributes='text:start-value="7"') + item("乙")), ["7.甲", "8.乙"]),
        (listed(item("甲", "<text:p>续</text:p>")), ["1.甲", "续"]),
        (listed(item("甲"), 'text:style-name="unknown"'), ["甲"]),
        (listed(item("甲") + item("") + item("乙")), ["1.甲", "3.乙"]),
    ],
)
def test_text(body, expected):
    assert texts(parse(body, styles=NUMBERED)) == expected


def test_headings_and_numbered_outlines():
    outline = (
        '<office:document-styles xmlns:office="o" xmlns:text="t" xmlns:style="s"><office:styles>'
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-suffix="、"/></text:outline-style></office:styles></office:document-styles>'
    )
    heading = '<text:h text:outline-level="{}">{}</text:h>'
    document = parse(
        heading.format(1, "甲") + heading.format(1, "乙") + heading.format(2, "丙"),
        extra={"styles.xml": outline},
    )
    assert [(p.text, p.heading) for p in document.paragraphs()] == [("一、甲", 1), ("二、乙", 1), ("丙", 2)]


def test_merged_and_repeated_cells():
    body = odt_table(
        odt_cell("甲", 'table:number-rows-spanned="2"')
        + odt_cell("乙", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>",
        "<table:covered-table-cell/>" + odt_cell("3", 'table:number-columns-repeated="2"'),
    )
    (table,) = parse(body).tables()
    assert [[(c.text, c.row, c.column, c.row_span, c.column_span) for c in row] for row in table.rows] == [
        [("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 2)],
        [("3", 2, 2, 1, 1), ("3", 2, 3, 1, 1)],
    ]


def test_an_empty_numbered_cell_shows_its_number():
    cell = f"<table:table-cell>{listed(item(''))}</table:table-cell>"
    (table,) = parse(odt_table(cell + odt_cell("甲")), styles=NUMBERED).tables()
    assert [c.text for c in table.cells()] == ["1.", "甲"]


def test_the_title_of_the_document():
    meta = '<a xmlns:dc="d"><meta><dc:title> 年度报告 </dc:title></meta></a>'
    assert parse("<text:p>甲</text:p>", extra={"meta.xml": meta}).properties == {"title": "年度报告"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt("", extra={"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "encrypted"),
        (pack({"mimetype": "x"}), "damaged"),
        (pack({"content.xml": "<a>"}), "damaged"),
        (pack({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "damaged"),
        (pack({"content.xml": "<body><spreadsheet/></body>"}), "unsupported"),
    ],
)
def test_refusals(data, code):
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.odt", DEFAULT_LIMITS)
    assert caught.value.code == code
