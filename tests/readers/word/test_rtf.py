"""What is seen in an RTF document must be seen here, and nothing else."""

import pytest

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.word.rtf import read

FONTS = rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}"


def parse(body, head=rb"\ansi\ansicpg936"):
    return read(b"{\\rtf1" + head + FONTS + body + b"}", "a.rtf", DEFAULT_LIMITS)


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"\pard \'b1\'a8\'b8\'e6\par second\par", ["报告", "second"]),
        (rb"\pard \u25253?\u21578?\par", ["报告"]),
        (rb"\pard \u-28654?\par", [chr(65536 - 28654)]),
        (rb"\uc2\u25253\'b1\'a8\u21578\'b8\'e6 x\par", ["报告 x"]),
        (rb"\uc0\u25253\u21578 x\par", ["报告x"]),
        (rb"\u-10174?\u-8265?\par", ["𠮷"]),
        (rb"\'b1\'a8{\b\'b8\'e6}\par", ["报告"]),
        (rb"{\f0 caf\'e9}\par", ["café"]),
        (b"\\'81@\\par a\r\nb\\par", ["丂", "ab"]),
        (rb"a\line b\tab c\~d\_e\-f\emdash g\par", ["a", "b c d-ef—g"]),
        (rb"a\page b\par", ["a", "b"]),
        (b"a\\\nb\\par", ["a", "b"]),
        (rb"\{x\}\\\par", ["{x}\\"]),
        (rb"seen{\v unseen} too\par", ["seen too"]),
        (rb"seen\v unseen\v0  too\par", ["seen too"]),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par", ["link"]),
        (rb"{\header head\par}{\footer foot\par}body{\footnote note}\par", ["body"]),
        (rb"a{\*\unknown b}{\pict 00ff}{\*\bkmkstart c}d\par", ["ad"]),
        (rb"a\bin3 }}}b\par", ["ab"]),
        (rb"{\listtext\'d2\'bb\'a1\'a2\tab}\'d7\'dc\par", ["一、总"]),
        (rb"{\listtext\f0 \'b7\tab}x\par", ["x"]),
        (rb"{\listtext 1.\tab}\par x\par", ["x"]),
        (rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt box\par}}{\shprslt{old}}}out\par", ["out", "box"]),
        (rb"no end of paragraph", ["no end of paragraph"]),
    ],
)
def test_text(body, expected):
    assert texts(parse(body)) == expected


def test_the_code_page_of_the_document_counts_where_the_font_says_nothing():
    assert texts(parse(rb"\'b3\'f8\par", rb"\ansi\ansicpg950")) == [b"\xb3\xf8".decode("cp950")]
    assert texts(parse(rb"\f1\'b3\'f8\par", rb"\ansi\ansicpg950")) == [b"\xb3\xf8".decode("gbk")]
    assert texts(parse(rb"\'c0\'c1\par", rb"\ansi\ansicpg99999")) == ["ÀÁ"]


def test_outline_levels_and_tracked_changes():
    document = parse(rb"\pard\outlinelevel0 one\par\pard two{\deleted gone}{\revised new}\par")
    assert [(p.text, p.heading) for p in document.paragraphs()] == [("one", 1), ("twonew", None)]
    assert [note.code for note in document.notes] == ["tracked_changes"]


def test_merged_cells_and_edges_that_miss_by_a_hair():
    first = rb"\trowd\trleft0\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\intbl a\cell b\cell\cell\row"
    second = rb"\trowd\trleft4\clvmrg\cellx1004\cellx1996\cellx3001\intbl\cell 1\cell 2\par 3\cell\row"
    (table,) = parse(first + second + rb"\pard after\par").tables()
    assert [[(c.text, c.row, c.column, c.row_span, c.column_span) for c in row] for row in table.rows] == [
        [("a", 1, 1, 2, 1), ("b", 1, 2, 1, 2)],
        [("1", 2, 2, 1, 1), ("2\n3", 2, 3, 1, 1)],
    ]
    assert table.aligned


def test_a_row_without_edges_keeps_the_order_of_its_cells():
    (table,) = parse(
        rb"\trowd\intbl a\cell b\cell\row\trowd\cellx500\cellx900\intbl c\cell d\cell\row"
    ).tables()
    assert not table.aligned
    assert [[c.text for c in row] for row in table.rows] == [["a", "b"], ["c", "d"]]


def test_paragraphs_end_a_table():
    row = rb"\trowd\cellx500\cellx900\intbl a\cell b\cell\row"
    blocks = parse(row + rb"\pard between\par" + row).blocks
    assert [type(block).__name__ for block in blocks] == ["Table", "Paragraph", "Table"]
    assert [table.location.table_index for table in parse(row + rb"\pard x\par" + row).tables()] == [1, 2]


def test_a_file_that_stops_short_is_read_with_a_note():
    document = read(b"{\\rtf1 begun {and", "a.rtf", DEFAULT_LIMITS)
    assert texts(document) == ["begun and"]
    assert [note.code for note in document.notes] == ["truncated"]


def test_text_after_the_end_is_not_read():
    assert texts(read(b"{\\rtf1 in\\par}{\\rtf1 out\\par}", "a.rtf", DEFAULT_LIMITS)) == ["in"]


def test_no_rtf():
    with pytest.raises(UnreadableError) as caught:
        read(b"rtf", "a.rtf", DEFAULT_LIMITS)
    assert caught.value.code == "damaged"
