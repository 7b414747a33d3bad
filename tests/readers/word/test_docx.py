"""What is seen in Word must be seen here, and nothing else."""

import pytest
from word_files import (
    BOX,
    SPAN,
    STRICT,
    WORD,
    alternatives,
    cell,
    control,
    field,
    p,
    pack,
    parse,
    parts,
    row,
    run,
    table,
    texts,
)

from checker.model.document import Location
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.word.docx import read
from checker.startup.records import replace


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("一") + run("二") + run("３"), ["一二３"]),
        (run("　　 首行缩进 "), ["首行缩进"]),
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), ["甲 乙"]),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), ["甲", "乙"]),
        (run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙"), ["甲", "乙"]),
        (run("甲\n乙"), ["甲 乙"]),
        (run("010") + "<w:r><w:noBreakHyphen/></w:r>" + run("12"), ["010-12"]),
        (run("软") + "<w:r><w:softHyphen/></w:r>" + run("连\u00ad字"), ["软连字"]),
        (run("看") + run("不见", "<w:vanish/>") + run("见", '<w:vanish w:val="0"/>'), ["看见"]),
        (run("留") + f"<w:ins>{run('增')}</w:ins><w:del>{run('删')}</w:del>", ["留增"]),
        (f"<w:moveTo>{run('来')}</w:moveTo><w:moveFrom>{run('去')}</w:moveFrom>", ["来"]),
        (f"<w:hyperlink r:id='x'>{run('链接')}</w:hyperlink>", ["链接"]),
        (
            f"<w:smartTag>{run('标')}</w:smartTag>" + control(run("控")),
            ["标控"],
        ),
        (
            field("begin")
            + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            + run("码")
            + field("separate")
            + run("5")
            + field("end")
            + run("后"),
            ["5后"],
        ),
        (field("end") + run("前") + field("begin") + run("码"), ["前"]),
        (
            f"<w:r><w:ruby><w:rt>{run('yin')}</w:rt><w:rubyBase>{run('音')}</w:rubyBase></w:ruby></w:r>",
            ["音"],
        ),
        (run("框外") + f"<w:r><w:pict>{BOX}</w:pict></w:r>" + run("之后"), ["框外之后", "框里"]),
        (
            alternatives(f"<mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"),
            ["框里"],
        ),
        (alternatives(f"<mc:Fallback>{BOX}</mc:Fallback>"), ["框里"]),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>" + run("注"), ["注"]),
    ],
)
def test_paragraph_text(inner, expected):
    assert texts(parse(p(inner))) == expected


def test_tab_stops_are_no_tabs():
    stops = '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>'
    assert texts(parse(p(run("甲"), properties=stops))) == ["甲"]


def test_a_field_left_open_costs_only_its_paragraph():
    assert texts(parse(p(run("前"), field("begin"), run("码")) + p(run("后")))) == ["前", "后"]


def test_properties_before_a_tracked_change_do_not_count():
    old = '<w:pPrChange><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:pPrChange>'
    (paragraph,) = parse(p(run("正文"), properties=old)).blocks
    assert paragraph.heading is None


def test_deleted_paragraph_end_joins_the_next_paragraph():
    deleted = "<w:rPr><w:del/></w:rPr>"
    document = parse(p(run("前半"), properties=deleted) + p(run("后半")) + p(run("末"), properties=deleted))
    assert texts(document) == ["前半后半", "末"]


def test_tracked_changes_are_told_once():
    document = parse(p(f"<w:ins>{run('甲')}</w:ins>") + p(f"<w:ins>{run('乙')}</w:ins>"))
    assert [note.code for note in document.notes] == ["tracked_changes"]
    assert parse(p(run("甲"))).notes == ()


def test_pictures_are_told():
    assert [note.code for note in parse(p("<w:r><a:blip/></w:r>")).notes] == ["image"]


def test_locations_count_visible_paragraphs_and_tables():
    document = parse(p(run("甲")) + p() + table(row(cell("一"), cell("二"))) + p(run("乙")))
    first, grid, last = document.blocks
    found = [replace(where.location, source=None) for where in (first, last, grid, grid.rows[0][1])]
    assert found == [
        Location(paragraph=1),
        Location(paragraph=2),
        Location(table_index=1),
        Location(table_index=1, grid_row=1, grid_column=2),
    ]


def places(document):
    (grid,) = document.tables()
    return [
        (cell.text, cell.row, cell.column, cell.row_span, cell.column_span)
        for row in grid.rows
        for cell in row
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            table(row(cell("甲", SPAN.format(2)), cell("乙")), row(cell("1"), cell("2"), cell("3"))),
            [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1), ("3", 2, 3, 1, 1)],
            id="across",
        ),
        pytest.param(
            table(
                row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("1")),
                row(cell("看不见", "<w:vMerge/>"), cell("2")),
                row(cell("", '<w:vMerge w:val="continue"/>'), cell("3")),
                row(cell("乙", "<w:vMerge w:val='restart'/>"), cell("4")),
            ),
            [
                ("甲", 1, 1, 3, 1),
                ("1", 1, 2, 1, 1),
                ("2", 2, 2, 1, 1),
                ("3", 3, 2, 1, 1),
                ("乙", 4, 1, 1, 1),
                ("4", 4, 2, 1, 1),
            ],
            id="down",
        ),
        pytest.param(
            table(row(cell("甲"), cell("乙")), row(cell("1", "<w:vMerge/>"), cell("2"))),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1)],
            id="continues nothing",
        ),
        pytest.param(
            table(
                row(cell("甲"), cell("乙"), cell("丙")),
                row(cell("2"), cell("3"), properties='<w:gridBefore w:val="1"/>'),
                row(cell("1"), properties='<w:gridAfter w:val="2"/>'),
            ),
            [
                ("甲", 1, 1, 1, 1),
                ("乙", 1, 2, 1, 1),
                ("丙", 1, 3, 1, 1),
                ("2", 2, 2, 1, 1),
                ("3", 2, 3, 1, 1),
                ("1", 3, 1, 1, 1),
            ],
            id="columns left out",
        ),
        pytest.param(
            table(
                row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")),
                row(cell("1"), cell("2")),
            ),
            [("甲", 1, 1, 1, 2), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1)],
            id="older merge across",
        ),
        pytest.param(
            table(row(cell("甲", SPAN.format(90)), cell("乙")), row(cell("丙", SPAN.format(90)), cell("丁"))),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 1, 1, 1), ("丁", 2, 2, 1, 1)],
            id="grid lines nobody sees",
        ),
        pytest.param(
            table(
                row(cell("甲"), cell("乙", SPAN.format(2))),
                row(cell("丙", SPAN.format(2)), cell("丁")),
                widths=(1000, 3, 1000),
            ),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1), ("丙", 2, 1, 1, 1), ("丁", 2, 2, 1, 1)],
            id="column a hair wide",
        ),
        pytest.param(
            table(row(cell("甲"), cell("乙")), widths=(0, 0)),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)],
            id="widths not to be believed",
        ),
        pytest.param(
            table(row(cell("甲"), cell("乙")), row(cell("删"), cell("删"), properties="<w:del/>")),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)],
            id="deleted row",
        ),
        pytest.param(
            control(table(control(row(cell("甲"), control(cell("乙")))))),
            [("甲", 1, 1, 1, 1), ("乙", 1, 2, 1, 1)],
            id="content controls",
        ),
    ],
)
def test_merged_cells(body, expected):
    assert places(parse(body)) == expected


def test_lines_of_a_cell_stay_lines():
    cells = row(
        f"<w:tc>{p(run('商业'))}{p()}{p(run('企'), '<w:r><w:br/></w:r>', run('业'))}</w:tc>", cell("1")
    )
    assert texts(parse(table(cells))) == [[["商业\n企\n业", "1"]]]


INNER = table(row(cell("1"), cell("2")), row(cell("3"), cell("4")))
PROSE = "".join(p(run("这一段说明情况。" * 12)) for _ in range(3))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table(row(cell("只有一格"))), ["只有一格"]),
        (
            table(row(cell("标题")), row(f"<w:tc>{INNER}{p(run('表后'))}</w:tc>")),
            ["标题", [["1", "2"], ["3", "4"]], "表后"],
        ),
        (
            table(
                row(cell("甲"), cell("乙"), cell("丙"), cell("丁")),
                row(cell("戊"), cell("己"), cell("庚"), f"<w:tc>{table(row(cell('1'), cell('2')))}</w:tc>"),
            ),
            [[["甲", "乙", "丙", "丁"], ["戊", "己", "庚", ""]], [["1", "2"]]],
        ),
        (table(row(cell("侧栏"), f"<w:tc>{PROSE}</w:tc>")), ["侧栏", *["这一段说明情况。" * 12] * 3]),
        (table(row(cell(), cell())), []),
    ],
    ids=["frame", "holder of tables", "table in a data cell", "running text", "empty"],
)
def test_tables_that_only_place_text_are_opened(body, expected):
    assert texts(parse(body)) == expected


def test_strict_files_read_the_same():
    body = table(row(cell("甲", SPAN.format(2)))) + p(run("乙"))
    built = parts(body)
    strict = {name: text.replace(WORD, STRICT) for name, text in built.items()}
    assert texts(read(pack(strict), "a.docx", DEFAULT_LIMITS)) == texts(parse(body)) == ["甲", "乙"]


def test_title_comes_from_the_properties():
    core = "<c xmlns:dc='d'><dc:title>年报</dc:title></c>"
    document = read(
        pack(parts(p(run("甲")), docProps__core__xml="") | {"docProps/core.xml": core}), "", DEFAULT_LIMITS
    )
    assert document.properties == {"title": "年报"}


def test_macros_are_not_opened():
    assert texts(read(pack(parts(p(run("甲")), word__vbaProject="\0junk")), "a.docm", DEFAULT_LIMITS)) == [
        "甲"
    ]
