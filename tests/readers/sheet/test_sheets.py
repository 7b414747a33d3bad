"""What is seen on the sheets of a spreadsheet, and what is a table there."""

import pytest
from package_files import inline, number, rows, xlsx

from checker.model.document import Paragraph
from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.sheet.biff import TextReader, packed_number
from checker.readers.sheet.numbers import shown_number
from checker.readers.sheet.xlsx import read


def parse(*sheets, **parts):
    return read(xlsx(*sheets, **parts), "a.xlsx", DEFAULT_LIMITS)


def shape(document):
    """Paragraphs as texts, tables as rows of texts with merged cells repeated."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text if cell else None for cell in row] for row in block.grid()]
        for block in document.blocks
    ]


def framed(place, text=""):
    return inline(place, text, 1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (rows(["标题"], None, ["甲", "1"], ["乙", "2"]), ["标题", [["甲", "1"], ["乙", "2"]]]),
        (rows(["甲", "1"], None, ["乙", "2"]), [[["甲", "1"]], [["乙", "2"]]]),
        (rows(["标题"], ["甲", "1"], ["备注"]), ["标题", [["甲", "1"]], "备注"]),
        (rows(["甲", "1"], [None, None, "丙"]), [[["甲", "1"]], "丙"]),
        (rows([None, "甲", "1"], [None, "乙", None, "3"]), [[["甲", "1", ""], ["乙", "", "3"]]]),
        (
            rows(["甲", "1"], ["合"], ["乙", "2"], merges=["A2:B2"]),
            [[["甲", "1"], ["合", "合"], ["乙", "2"]]],
        ),
        (
            rows(
                ["一、标题"],
                ["组"],
                ["甲", "1"],
                ["二、标题"],
                ["乙", "2"],
                merges=["A1:B1", "A2:B2", "A4:B4"],
            ),
            ["一、标题", [["组", "组"], ["甲", "1"]], "二、标题", [["乙", "2"]]],
        ),
        (rows(["竖", "1"], [None, "2"], merges=["A1:A2"]), [[["竖", "1"], ["竖", "2"]]]),
        (rows(["竖", "1"], None, ["丙", "3"], merges=["A1:A2"]), [[["竖", "1"], ["竖", ""], ["丙", "3"]]]),
        (rows(["甲", None, "1"], ["乙", None, "2"], merges=["A1:B1", "A2:B2"]), [[["甲", "1"], ["乙", "2"]]]),
        (rows([framed("A1", "组")], [framed("A2", "甲")]), [[["组"], ["甲"]]]),
        (
            rows(["头", "尾"], [framed("A2"), framed("B2")], [framed("A3"), framed("B3")]),
            [[["头", "尾"], ["", ""]]],
        ),
        (rows([framed("A1"), framed("B1")]), []),
        (rows(["甲", "1"], merges=["A1:XFD1048576"]), [[["甲"]]]),
    ],
)
def test_what_is_a_table(content, expected):
    assert shape(parse(content)) == expected


def test_places_name_sheet_and_row():
    document = parse(rows(["标题"], ["甲", "1"], first=5), rows(["乙"]))
    title, table, other = document.blocks
    assert (title.location.path, title.location.line) == ("表1", 5)
    assert [(c.location.line, c.location.grid_row, c.location.grid_column) for c in table.cells()] == [
        (6, 1, 1),
        (6, 1, 2),
    ]
    assert other.location.path == "表2"
    assert parse(rows(["乙"])).blocks[0].location.path is None


def test_kinds_of_cells():
    cells = [
        number("A1", "12"),
        number("B1", "12.5", 2),
        '<c r="C1" t="b"><v>1</v></c>',
        '<c r="D1" t="e"><v>#DIV/0!</v></c>',
        '<c r="E1" t="str"><f>A1</f><v>文</v></c>',
        '<c r="F1" t="s"><v>1</v></c>',
        '<c r="G1" t="s"><v>99</v></c>',
        '<c t="n"><v>8</v></c>',
    ]
    strings = "<si><t>无</t></si><si><r><t>共</t></r><r><t>享</t></r><rPh><t>ㄍ</t></rPh></si>"
    expected = ["12", "12.50", "TRUE", "#DIV/0!", "文", "共享", "", "8"]
    assert shape(parse(rows(cells), strings=strings)) == [[expected]]


def test_a_formula_without_a_result_is_blank_and_noted():
    document = parse(rows(["合计", "<c r='B1'><f>1+1</f></c>"], ["甲", "2"]))
    assert shape(document) == [[["合计", ""], ["甲", "2"]]]
    assert [note.code for note in document.notes] == ["uncalculated_formula"]


def test_hidden_sheets_are_noted_and_left_out():
    document = parse(rows(["看得见"]), (rows(["看不见"]), "hidden"), (rows(["看不见"]), "veryHidden"))
    assert shape(document) == ["看得见"]
    assert [note.code for note in document.notes] == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("raw", "code", "expected"),
    [
        ("12", "", "12"),
        ("12.0", "General", "12"),
        ("1.2E1", "", "12"),
        ("12.299999999999999", "", "12.3"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("12.5", "0", "13"),
        ("12.5", "0.00_ ", "12.50"),
        ("12.5", "0.0#", "12.5"),
        ("12.5", '0.00"万元"', "12.50万元"),
        ("0.125", "0.0%", "12.5%"),
        ("-3", "0;[Red]-0", "-3"),
        ("45677", "yyyy/m/d", "2025年1月20日"),
        ("45677", '[$-804]yyyy"年"m"月"d"日";@', "2025年1月20日"),
        ("0.5", "h:mm", "0.5"),
        ("12", "@", "12"),
        ("文", "0.00", "文"),
        ("nan", "0.00", "nan"),
        ("1E400", "0.00", "1E400"),
        ("99999999999", "yyyy/m/d", "99999999999"),
    ],
)
def test_numbers_as_shown(raw, code, expected):
    assert shown_number(raw, code) == expected


def test_days_since_1904():
    assert shown_number("44215", "yyyy/m/d", since_1904=True) == "2025年1月20日"


@pytest.mark.parametrize(
    ("bits", "expected"),
    [
        (12 << 2 | 2, "12.0"),
        (1250 << 2 | 3, "12.5"),
        (0xFFFFFFF6 | 2, "-3.0"),
        (0x3FF00000, "1.0"),
        (0x40590001, "1.0"),
    ],
)
def test_packed_numbers(bits, expected):
    assert packed_number(bits) == expected


def test_a_text_that_runs_over_into_the_next_record_may_change_its_width():
    parts = [b"\x04\x00\x00ab", b"\x01" + "文字".encode("utf-16-le") + b"\x01\x00\x00c"]
    reader = TextReader(parts)
    assert [reader.text(2), reader.text(2), reader.ended] == ["ab文字", "c", True]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx(rows(["a"]))[:-30], "damaged"),
        (xlsx("<sheetData><row>"), "damaged"),
        (xlsx(rows(["a"]), styles="<!DOCTYPE a><styleSheet/>"), "damaged"),
        (xlsx("<sheetData>" + "<c/>" * (DEFAULT_LIMITS.cells + 1) + "</sheetData>"), "too_large"),
        (xlsx(rows(*[[number(f"A{n}", "1"), number(f"XFD{n}", "1")] for n in range(1, 20)])), "too_large"),
    ],
)
def test_refusals(data, code):
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.xlsx", DEFAULT_LIMITS)
    assert caught.value.code == code


def test_styles_are_optional():
    assert shape(parse(rows([number("A1", "1.5", 7)]), styles="<styleSheet/>")) == ["1.5"]


@pytest.mark.parametrize(
    ("stray", "expected"),
    [
        (number("C1", "7"), [["甲", "1", "7"], ["乙", "4", ""]]),
        (number("B1", "5"), [["甲", "1、5"], ["乙", "4"]]),  # which of the two it is, nobody can tell
        (number("B2", "4"), [["甲", "1"], ["乙", "4"]]),
    ],
)
def test_a_cell_stands_where_its_reference_says(stray, expected):
    lines = "".join(
        f'<row r="{row}">{inline(f"A{row}", name)}{number(f"B{row}", value)}</row>'
        for row, name, value in ((1, "甲", "1"), (2, "乙", "4"))
    )
    assert shape(parse(f"<sheetData>{lines}{stray}</sheetData>")) == [expected]
