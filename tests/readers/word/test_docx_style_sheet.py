"""Only the styles in use are parsed, and whoever wrote the part, they are those that a parser finds."""

import io
import zipfile
from pathlib import Path

import pytest
from samples import COUNTY_2023, write
from variants import kept
from word_files import WORD

from checker.model.errors import UnreadableError
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.safe_xml import read_tree
from checker.readers.word import docx_style_sheet
from checker.readers.word.docx_style_sheet import StyleSheet
from checker.readers.word.docx_styles import DocxStyles

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
HEADING = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="标题"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="a"/></w:style>'
)
TABLE = '<w:style w:type="table" w:default="1" w:styleId="t"><w:name w:val="Table"/></w:style>'
SELF_CLOSED = '<w:style w:type="paragraph" w:styleId="e"/>'
LATENT = '<w:latentStyles w:count="1"><w:lsdException w:name="Normal"/></w:latentStyles>'


def part(inner, declaration=DECLARATION):
    return f'{declaration}<w:styles xmlns:w="{WORD}" xmlns:x="x">{inner}</w:styles>'


USUAL = part(LATENT + TABLE + NORMAL + HEADING)
UNUSUAL = {
    "comment": part(f"{NORMAL}<!--{HEADING}-->{TABLE}"),
    "characters": part(f"{NORMAL}<w:style w:styleId='c'><w:name w:val='b'/><![CDATA[</w:style>]]></w:style>"),
    "instruction": part(f"{NORMAL}<?x {TABLE}?>{HEADING}"),
    "other namespace": part(NORMAL + '<x:style w:styleId="x"><w:name w:val="heading 2"/></x:style>' + TABLE),
    "other namespace first": part('<x:style w:styleId="x"/>' + NORMAL),
    "self-closed": part(NORMAL + SELF_CLOSED + HEADING),
    "spaced end": part(NORMAL.replace("</w:style>", "</w:style >") + HEADING),
    "spaced start": part(NORMAL.replace("<w:style ", "<w:style\n") + HEADING),
    "nested": part(NORMAL.replace("<w:name", TABLE + "<w:name") + HEADING),
    "wrapped": part(f"<x:a>{NORMAL}{HEADING}</x:a>"),
    "entity": part(NORMAL.replace('"a"', '"a&amp;b"') + HEADING),
    "apostrophes": part(NORMAL.replace('"', "'") + HEADING),
    "twice": part(NORMAL + HEADING + NORMAL.replace("Normal", "Other").replace("paragraph", "character")),
    "no namespace": f"<styles>{NORMAL}</styles>".replace("w:", ""),
    "another prefix": part(NORMAL + HEADING).replace("w:", "ns0:").replace(":w=", ":ns0="),
    "angle in a value": part(NORMAL.replace('w:styleId="a"', 'w:next=">b" w:styleId="a"') + HEADING),
    "spaced attribute": part(NORMAL + HEADING.replace("w:styleId=", "w:styleId = ")),
    "line in a tag": part(NORMAL + HEADING.replace(" w:styleId=", "\n  w:styleId=")),
    "text between": part(NORMAL + "x" + HEADING),
    "indented": part("\n  " + NORMAL + "\n  " + HEADING + "\n") + "\n",
    "two defaults": part(NORMAL.replace('"a"', '"b2"') + HEADING + NORMAL),
    "default replaced": part(NORMAL + HEADING.replace('"标题"', '"a"')),
    "without id": part(NORMAL + HEADING.replace(' w:styleId="标题"', "")),
    "nothing": part(""),
}


def found_by_parser(data):
    styles = list(read_tree(data, DEFAULT_LIMITS).all("style"))
    return {style.attributes.get("styleId", ""): style for style in styles}


def told(element):
    return element.name, element.attributes, element.text, [told(child) for child in element.children]


@pytest.mark.parametrize("data", [USUAL.encode(), *(text.encode() for text in UNUSUAL.values())])
def test_each_style_is_what_a_parser_finds(data):
    expected, sheet = found_by_parser(data), StyleSheet(data, DEFAULT_LIMITS)
    assert {name: told(sheet[name]) for name in expected} == {n: told(s) for n, s in expected.items()}
    assert "x" in sheet or "x" not in expected
    assert "b" not in sheet
    assert 'a" w:x="' not in sheet
    default = [
        name
        for name, s in expected.items()
        if s.attributes.get("default") and s.attributes["type"] == "paragraph"
    ]
    assert sheet.default == (default[0] if default else "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings(encoding):
    text = USUAL.replace("UTF-8", "utf-16") if encoding == "utf-16" else USUAL
    sheet = StyleSheet(text.encode(encoding), DEFAULT_LIMITS)
    assert sheet["标题"].value("name") == "heading 1"
    assert sheet.default == "a"


def test_a_fault_is_noticed_where_it_matters():
    data = part(NORMAL + HEADING.replace("<w:basedOn", "<w:basedOn w:val")).encode()
    sheet = StyleSheet(data, DEFAULT_LIMITS)
    assert sheet["a"].value("name") == "Normal"
    with pytest.raises(UnreadableError):
        sheet["标题"]


@pytest.mark.parametrize("fault", [USUAL[:-9], USUAL + "<a/>", "<!DOCTYPE d>" + part(NORMAL, "")])
def test_what_is_cut_off_or_refused_stays_so(fault):
    with pytest.raises(UnreadableError):
        StyleSheet(fault.encode(), DEFAULT_LIMITS)


ROOT = Path(__file__).parents[3]
DOCUMENTS = {
    "written": write(COUNTY_2023, "docx"),
    **{path.name: path.read_bytes() for path in sorted(ROOT.glob("**/*.docx"))},
    **{name: data for name, data in kept().items() if name.endswith(".docx")},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_styles_of_documents_are_those_of_the_whole_part(name, monkeypatch):
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS[name])) as archive:
        names = [part for part in archive.namelist() if part.endswith("styles.xml")]
        data = archive.read(names[0]) if names else None
    ids = [*(found_by_parser(data) if data else ()), None, "", "no such style"]
    by_piece = DocxStyles(data, DEFAULT_LIMITS)
    monkeypatch.setattr(docx_style_sheet, "_cut", lambda _: None)
    whole = DocxStyles(data, DEFAULT_LIMITS)
    for style in ids:
        assert by_piece.paragraph(style) == whole.paragraph(style)
        assert by_piece.named(style) == whole.named(style)
