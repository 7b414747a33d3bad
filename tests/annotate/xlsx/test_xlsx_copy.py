"""Notes in spreadsheets stand at the very cells; everything else in the workbook keeps its bytes."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from package_files import inline, xlsx
from package_files import rows as sheet_rows
from variants import kept

from checker.annotate import AnnotateOptions, annotate
from checker.annotate.xlsx.copy import annotate as annotate_sheet
from checker.api import check, load_rulebook
from checker.model.document import Document, Location, Paragraph
from checker.model.errors import UnreadableError
from checker.model.findings import Finding, Severity
from checker.model.place import Place
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.safe_xml import read_tree
from checker.readers.sheet.xlsx import read
from checker.startup.digests import sha256_of
from checker.startup.records import replace

OPTIONS = AnnotateOptions(rulebook=load_rulebook().info, author="年报检查")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FILES = ("county.xlsx", "health.xlsx")


@cache
def kept_file(name=FILES[0]):
    data = kept()[name]
    return data, check(data, name=name)


def finding(place, message="说明。", severity=Severity.ERROR):
    return Finding("T3-02", "标题", severity, message, "依据", place)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data, part):
    return read_tree(parts(data)[part], DEFAULT_LIMITS)


def words(element):
    """All text in an element that holds either text or elements."""
    return element.text + "".join(map(words, element.children))


def notes_of(data, part="xl/comments1.xml"):
    """Author and text of each note by its cell."""
    authors, notes = tree(data, part).children
    names = [author.text for author in authors.children]
    return {
        note.attributes["ref"]: (names[int(note.attributes["authorId"])], words(note))
        for note in notes.children
    }


def boxes_of(data, part="xl/drawings/vmlDrawing1.vml"):
    """Row and column of each box, from 0."""
    clients = [shape.find("ClientData") for shape in tree(data, part).all("shape")]
    return [(int(client.find("Row").text), int(client.find("Column").text)) for client in clients]


def shown(data):
    """The text of every cell that holds a shared string or a number."""
    strings = [words(one) for one in tree(data, "xl/sharedStrings.xml").children]
    found = {}
    for row in tree(data, "xl/worksheets/sheet1.xml").find("sheetData").children:
        for cell in row.children:
            value = words(cell)
            is_shared = cell.attributes.get("t") == "s"
            found[cell.attributes["r"]] = strings[int(value)] if is_shared else value
    return found


@pytest.mark.parametrize("name", FILES)
def test_each_note_is_at_the_cell_of_its_figure(name):
    data, result = kept_file(name)
    findings = tuple(
        finding(table.place(*address), cell.raw)
        for table in result.report.tables.values()
        for address, cell in table.cells.items()
    )
    copy = annotate(data, [replace(result, findings=findings)], OPTIONS)
    notes = notes_of(copy.data)

    assert len(notes) == len(findings) > 190
    cells = shown(data)
    for cell, (author, text) in notes.items():
        assert (author, text.split("\n")[0]) == ("年报检查", f"【错误】{cells[cell]}")
    assert sorted(boxes_of(copy.data)) == sorted(map(place_of, notes))
    assert copy.suffix == "xlsx"


def place_of(cell):
    letters, digits = re.fullmatch("([A-Z]+)([0-9]+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def test_nothing_changes_but_what_notes_need():
    data, result = kept_file()
    place = result.report.tables["T3"].place("S", "natural")
    copy = parts(annotate(data, [replace(result, findings=(finding(place),))], OPTIONS).data)
    before = parts(data)

    assert {name for name in copy if copy[name] != before.get(name)} == {
        "[Content_Types].xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/sheet1.xml",
    }
    sheet = copy["xl/worksheets/sheet1.xml"]
    assert re.sub(rb"<legacyDrawing [^>]*/>", b"", sheet) == before["xl/worksheets/sheet1.xml"]


def test_findings_at_one_cell_share_its_note_in_their_order():
    data, result = kept_file()
    place = result.report.tables["T3"].place("S", "natural")
    findings = (finding(place, "甲。"), finding(place, "乙。", Severity.INFO), finding(Place(), "丙。"))
    notes = notes_of(annotate(data, [replace(result, findings=findings)], OPTIONS).data)

    (title,) = [text for cell, (_, text) in notes.items() if cell == "A1"]
    (both,) = [text for cell, (_, text) in notes.items() if cell != "A1"]
    assert title.startswith("【错误】丙。")
    assert re.findall("【(..)】(.)。", both) == [("错误", "甲"), ("提示", "乙")]


def test_a_second_copy_is_the_first_and_without_findings_the_notes_are_gone():
    data, result = kept_file()
    place = result.report.tables["T3"].place("S", "natural")
    result = replace(result, findings=(finding(place), finding(Place())))
    first = annotate(data, [result], OPTIONS).data
    again = replace(result, sha256=sha256_of(first))

    assert annotate(first, [again], OPTIONS).data == first
    bare = annotate(first, [replace(again, findings=())], OPTIONS).data
    assert notes_of(bare) == {}
    assert boxes_of(bare) == []


SHEETS = ([inline("A1", "甲"), inline("B1", "乙")], [inline("A1", "丙"), inline("C2", "丁")])


def small(*, others=False, head="", tail=""):
    """A workbook of two sheets; with `others`, the second one has a note of somebody else."""
    second = sheet_rows(SHEETS[1][:1], SHEETS[1][1:])
    second = f"{head}{second}" + ('<legacyDrawing r:id="rId7"/>' if others else "") + tail
    data = xlsx(sheet_rows(SHEETS[0]), second)
    sheets = {name: part for name, part in parts(data).items() if "worksheets/" in name}
    start = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'.encode()
    data = with_parts(data, {name: part.replace(b"<worksheet>", start) for name, part in sheets.items()})
    if not others:
        return data
    return with_parts(
        data,
        {
            "xl/worksheets/_rels/sheet2.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package'
            f'/2006/relationships"><Relationship Id="rId7" Type="{RELATIONS}/vmlDrawing" Target="../drawings/d.vml"/>'
            f'<Relationship Id="rId8" Type="{RELATIONS}/comments" Target="/xl/c.xml"/></Relationships>',
            "xl/c.xml": f"<x:comments xmlns:x='{MAIN}'><x:authors><x:author>张某</x:author></x:authors>"
            '<x:commentList><x:comment ref="C2" authorId="0"><x:text><x:t>别人的</x:t></x:text></x:comment>'
            "</x:commentList></x:comments>",
            "xl/drawings/d.vml": '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
            'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025">'
            '<x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>2</x:Column></x:ClientData></v:shape></xml>',
        },
    )


def with_parts(data, more):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (parts(data) | more).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def annotated(data, *words):
    """A copy with a note at each cell of these words."""
    blocks = read(data, "a.xlsx", DEFAULT_LIMITS).blocks
    known = {}
    for block in blocks:
        cells = [block] if isinstance(block, Paragraph) else block.cells()
        known |= {cell.text: cell.location for cell in cells}
    result = kept_file()[1]
    report = replace(result.report, document=Document(blocks, "xlsx"), tables={}, texts=(), title=None)
    findings = tuple(finding(Place(known[word] if word else Location())) for word in words)
    return annotate_sheet(data, [replace(result, report=report, findings=findings)], OPTIONS).data


def test_each_sheet_has_its_own_notes():
    copy = annotated(small(), "乙", "丙", "丁")

    assert notes_of(copy).keys() == {"B1"}
    assert notes_of(copy, "xl/comments2.xml").keys() == {"A1", "C2"}
    assert boxes_of(copy, "xl/drawings/vmlDrawing2.vml") == [(0, 0), (1, 2)]


def test_notes_of_others_stay_and_ours_stands_behind_theirs():
    data = small(others=True)
    copy = annotated(data, "丙", "丁")
    notes = notes_of(copy, "xl/c.xml")

    assert notes["A1"][0] == "年报检查"
    assert notes["C2"] == ("张某", "别人的\n【年报检查】\n【错误】说明。\n依据：依据\n规则：T3-02 标题")
    assert boxes_of(copy, "xl/drawings/d.vml") == [(1, 2), (0, 0)]
    assert annotated(copy, "丙", "丁") == copy
    assert notes_of(annotated(copy), "xl/c.xml") == {"C2": ("张某", "别人的")}
    assert annotated(data) == data


def test_the_reference_stands_where_the_schema_wants_it():
    tail = '<legacyDrawingHF r:id="rId1"/><tableParts count="0"/>'
    sheet = parts(annotated(small(tail=tail), "丁"))["xl/worksheets/sheet2.xml"]

    assert re.search(rb'<legacyDrawing [^>]*r:id="rId2"/><legacyDrawingHF', sheet)


def test_a_finding_without_a_place_stands_at_the_first_cell():
    assert notes_of(annotated(small(), "")).keys() == {"A1"}


def test_letters_of_far_columns():
    data = xlsx(sheet_rows([inline("A1", "甲"), inline("AZ1", "乙"), inline("XFD1", "丙")]))

    assert notes_of(annotated(data, "乙", "丙")).keys() == {"AZ1", "XFD1"}


def test_a_signed_workbook_is_told():
    data, result = kept_file()
    signed = with_parts(data, {"_xmlsignatures/sig1.xml": "<a/>"})
    result = replace(result, sha256=sha256_of(signed), findings=(finding(Place()),))

    assert "签名已失效" in annotate(signed, [result], OPTIONS).notices[0]


@pytest.mark.parametrize(
    "more",
    [
        {"xl/c.xml": "<comments/>"},
        {"xl/c.xml": "<comments"},
        {"xl/c.xml": "<!DOCTYPE a><comments/>"},
        {"xl/drawings/d.vml": "<xml>"},
    ],
)
def test_damaged_notes_are_told(more):
    with pytest.raises(UnreadableError) as refusal:
        annotated(with_parts(small(others=True), more), "丙")

    assert refusal.value.code == "damaged"
