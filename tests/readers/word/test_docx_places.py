"""Every paragraph and cell knows where it begins in the bytes, and ranges are counted in the file's characters."""

import pytest
from word_files import NAMESPACES, cell, p, pack, parse, parts, row, run, table

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.word.docx import read

BOX = "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>"
NUMBERED = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
NUMBER = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'


def at(source, text):
    """The beginning of the element whose first text is this one."""
    place = source.index(f">{text}<")
    return max(source.rindex(tag, 0, place) for tag in ("<w:p>", "<w:tc>"))


@pytest.mark.parametrize(
    "body",
    [
        p(run("甲")) + p() + p(run("乙")),
        p(run("甲") + BOX.format(p(run("盒")) + table(row(cell("格"), cell("子"))))) + p(run("乙")),
        table(row(cell("一"), cell(""), cell("二", '<w:gridSpan w:val="2"/>')), row(cell("三"))),
        table(row(f"<w:tc>{table(row(cell('内')))}{p(run('外'))}</w:tc>", cell("旁"))),
        f"<w:sdt><w:sdtContent>{p(run('框'))}</w:sdtContent></w:sdt>" + p(f"<w:ins>{run('新')}</w:ins>"),
    ],
)  # fmt: skip
def test_paragraphs_and_cells_know_where_they_begin(body):
    document = parse(body)
    source = parts(body)["word/document.xml"]
    paragraphs = [(one.text, one.location.source) for one in document.paragraphs()]
    cells = [
        (one.text, one.location.source) for grid in document.tables() for one in grid.cells() if one.text
    ]
    assert paragraphs or cells
    for text, place in paragraphs:
        assert source.encode()[place:].startswith(b"<w:p>")
        assert source.encode().find(text.encode(), place) == source.encode().find(text.encode())
    for text, place in cells:
        assert source.encode()[place:].startswith(b"<w:tc>")
        assert source.encode().find(text.encode(), place) == source.encode().find(text.encode())


def test_a_table_begins_at_its_first_cell():
    (grid,) = parse(table(row(cell("一"), cell("二")))).tables()
    assert grid.location.source == grid.rows[0][0].location.source is not None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_places_count_the_bytes_of_the_part_as_it_is(encoding):
    text = f"<w:document {NAMESPACES}><w:body>{p(run('甲'))}{p(run('乙'))}</w:body></w:document>"
    built = parts() | {"word/document.xml": text.encode(encoding)}
    document = read(pack(built), "报告.docx", DEFAULT_LIMITS)
    starts = [one.location.source for one in document.paragraphs()]
    tag = "<w:p>".encode(encoding.replace("-sig", "") if "8" in encoding else "utf-16-le")
    data = text.encode(encoding)
    assert starts == [data.index(tag), data.rindex(tag)]


@pytest.mark.parametrize(
    ("content", "wanted", "span"),
    [
        (run("共收到12件"), "12", (3, 5)),
        (run("　　共收到12件"), "12", (5, 7)),
        (run("共收到") + run("1") + run("2件"), "12", (3, 5)),
        (NUMBER + run("收到12件"), "12", (2, 4)),
        (NUMBER + run("收到12件"), "一、", (0, 0)),
        (run("甲  乙 12"), "12", (5, 7)),
        (run("甲\u200b乙12"), "12", (3, 5)),
        (run("隐", "<w:vanish/>") + run("12"), "12", (1, 3)),
        (run("甲") + "<w:r><w:tab/><w:t>12</w:t></w:r>", "12", (2, 4)),
        (run("第一行") + "<w:r><w:br/><w:t>第二行12</w:t></w:r>", "12", (7, 9)),
        ("<w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>33</w:delText></w:r></w:del>" + run("12"), "12", (1, 3)),
        ("<m:oMath><m:r><m:t>xy</m:t></m:r></m:oMath>" + run("12"), "12", (0, 2)),
    ],
)  # fmt: skip
def test_ranges_are_counted_in_characters_of_the_file(content, wanted, span):
    body = p(content).replace(
        "<w:p>", '<w:p xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    )
    paragraphs = [one for one in parse(body, numbering=NUMBERED).paragraphs() if wanted in one.text]
    start = paragraphs[-1].text.index(wanted)
    place = paragraphs[-1].span(start, start + len(wanted))
    assert (place.start, place.end) == span
    if span[0] < span[1]:
        assert paragraphs[-1].text_span(place) == (start, start + len(wanted))


def test_a_line_of_a_paragraph_knows_its_part_of_it():
    first, second = parse(p(run("甲乙") + "<w:r><w:br/><w:t> 丙丁</w:t></w:r>")).paragraphs()
    assert first.location.source == second.location.source is not None
    assert [(one.location.start, one.location.end) for one in (first, second)] == [(0, 2), (4, 6)]


def test_text_that_goes_on_behind_a_deleted_end_is_counted_on():
    ended = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    (paragraph,) = parse(p(ended + run("甲乙")) + p(run("丙12"))).paragraphs()
    place = paragraph.span(3, 5)
    assert (paragraph.text, place.start, place.end) == ("甲乙丙12", 3, 5)
