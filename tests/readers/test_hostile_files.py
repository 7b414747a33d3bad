"""Files that are damaged or made to do harm: each ends with one sentence or a Document, and soon."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from package_files import inline, message, odt, ofd, ofd_path, ofd_text, pack, rows, xlsx

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers import converter, read_document
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.packages.unpack import members

SMALL = Limits(
    part_bytes=4_000_000, total_bytes=8_000_000, entries=200, depth=200, cells=2000, paragraphs=1000, pages=20
)

with zipfile.ZipFile(Path(__file__).parent / "data" / "converted" / "converted.zip") as archive:
    CONVERTED = {name: archive.read(name) for name in archive.namelist()}
SAMPLES = {
    **{name: data for name, data in CONVERTED.items() if len(data) < 60_000},
    "a.ofd": ofd(ofd_text("年度报告", 20, 30) + ofd_path("M 20 50 L 120 50 M 20 50 L 20 90")),
    "a.mht": message(("Content-Type: text/html", "<p>年度报告</p>".encode()), kind="multipart/related"),
    "a.eml": message(('Content-Type: text/plain; name="=?gbk?B?xOo=?=.txt"', b"x")),
    "a.zip": pack([("甲.txt", b"x"), ("乙/丙.txt", b"y")]),
}


@pytest.fixture(autouse=True)
def _no_converter(monkeypatch):
    monkeypatch.setattr(converter, "find_converter", lambda: None)


def outcome(data, name, limits=SMALL):
    """The code of the refusal, or `read`; nothing else may happen."""
    try:
        found = members(data, name, limits)
        refusals = [member.content for member in found if isinstance(member.content, UnreadableError)]
        if refusals:
            raise refusals[0]
        if not found:
            assert isinstance(read_document(data, name, limits), Document)
    except UnreadableError as refusal:
        return refusal.code if refusal.text.endswith("。") else refusal.text
    return "read"


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_anywhere(name):
    data = SAMPLES[name]
    step = max(1, len(data) // 60)
    for end in range(1, len(data), step):
        outcome(data[:end], name)


@pytest.mark.parametrize("name", SAMPLES)
def test_damaged_anywhere(name):
    chance = random.Random(name)  # noqa: S311 - damage, no secrets
    for _ in range(150):
        damaged = bytearray(SAMPLES[name])
        for _ in range(chance.choice((1, 3, 20))):
            place = chance.randrange(len(damaged))
            if chance.random() < 0.5:
                damaged[place] ^= 1 << chance.randrange(8)
            else:
                damaged[place : place + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f")
                )
        outcome(bytes(damaged), name)


VALUES = ("", "-1", "0", "99999999", "1e99", "A1:XFD1048576", "文", "nan", "g 99999 1", "0 0 0 0")


@pytest.mark.parametrize("name", [name for name, data in SAMPLES.items() if data.startswith(b"PK")])
def test_odd_values_in_parts(name):
    """Archives protect their parts with checksums, so the parts are changed before packing."""
    chance = random.Random(name)  # noqa: S311 - damage, no secrets
    parts = _parts(SAMPLES[name])
    changeable = [part for part, content in parts.items() if part.endswith(".xml") and b'="' in content]
    for _ in range(80 if changeable else 0):
        part = chance.choice(changeable)
        pieces = parts[part].split(b'="')
        for _ in range(chance.choice((1, 5))):
            index = chance.randrange(1, len(pieces))
            pieces[index] = chance.choice(VALUES).encode() + pieces[index][pieces[index].find(b'"') :]
        outcome(pack({**parts, part: b'="'.join(pieces)}), name)


def _parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {entry: opened.read(entry) for entry in opened.namelist()}


def odt_parts(content):
    return pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def tables(depth):
    begin, end = (
        "<table:table><table:table-row><table:table-cell>",
        "</table:table-cell></table:table-row></table:table>",
    )
    return begin * depth + "<text:p>x</text:p>" + end * depth


def unit(number, inside):
    return f'<ofd:U ID="{number}"><ofd:Content>{inside}</ofd:Content></ofd:U>'


def drawn(number):
    return f'<ofd:CompositeObject ResourceID="{number}"/>'


def one_cell(attributes):
    cell = f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"
    return odt(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")


def sized(box):
    return ofd((ofd_text("字", 1, 9), f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"))


RING = '<text:list xml:id="a" text:continue-list="a"><text:list-item><text:p>x</text:p></text:list-item></text:list>'
FORMAT = f'<numFmts><numFmt numFmtId="200" formatCode="{"0" * 9999}.{"0" * 9999}"/></numFmts>'
FORMAT_STYLES = f'<a>{FORMAT}<cellXfs><xf numFmtId="200"/></cellXfs></a>'
STAIR = b"\\trowd\\cellx%d\\cellx%d\\intbl x\\cell x\\cell\\row"
STAIRS = b"".join(STAIR % (70 * n, 70 * n + 30) for n in range(1, 400))
FINE = "".join(ofd_path(f"M 0 {n / 9} L 210 {n / 9} M {n / 9} 0 L {n / 9} 297") for n in range(900))
FAR = ofd_text("字字", 1, 9, code='DeltaX="9e99 9e99"', attributes='CTM="9e99 0 0 9e99 0 0"')
MULTIPLYING = "".join(unit(n, drawn(n + 1) * 10) for n in range(12))
MIXED = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"
OUT = "<DocRoot>../../../etc/passwd</DocRoot>"
LAUGHS = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"
OUTSIDE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
WIDE_ROW = b"\\trowd" + b"".join(b"\\clvmrg\\cellx%d" % (100 * n) for n in range(1, 60))

HOSTILE = {
    "odt: deep spans": (odt("<text:p>" + "<text:span>" * 500 + "</text:span>" * 500 + "</text:p>"), "too_large"),
    "odt: deep tables": (odt(tables(90)), "too_large"),
    "odt: a cell repeated": (one_cell('table:number-columns-repeated="99999999"'), "too_large"),
    "odt: a cell spanned": (one_cell('table:number-columns-spanned="99999999"'), "too_large"),
    "odt: many paragraphs": (odt("<text:p>x</text:p>" * 1001), "too_large"),
    "odt: many spaces": (odt("<text:p>x" + '<text:s text:c="99999999"/>' * 2000 + "</text:p>"), "read"),
    "odt: boxes in boxes": (odt("<text:p><draw:text-box>" * 60 + "x" + "</draw:text-box></text:p>" * 60), "read"),
    "odt: entities": (odt_parts(LAUGHS), "damaged"),
    "odt: a file named from inside": (odt_parts(OUTSIDE), "damaged"),
    "odt: styles without end": (odt("", extra={"styles.xml": "<a>" + "x<b/>" * 450_000 + "</a>"}), "too_large"),
    "odt: a ring of lists": (odt(RING), "read"),
    "xlsx: far corners": (xlsx(rows([inline("A1", "x")]) + rows([inline("XFD1048576", "y")], first=1048576)), "read"),
    "xlsx: a wide table": (xlsx(rows([inline("A1", "x"), inline("XFD1", "y")], [inline("A2", "x")])), "too_large"),
    "xlsx: many cells": (xlsx("<sheetData>" + "<c/>" * 2001 + "</sheetData>"), "too_large"),
    "xlsx: everything merged": (xlsx(rows(["a", "b"], merges=["A1:XFD1048576"] * 1500)), "read"),
    "xlsx: many texts": (xlsx(rows(["a"]), strings="<si/>" * 9000), "too_large"),
    "xlsx: a format without end": (xlsx(rows(["<c s='0'><v>1</v></c>"]), styles=FORMAT_STYLES), "read"),
    "xlsx: a sheet of itself": (xlsx("").replace(b"worksheets/sheet1.xml", b"../xl/workbook.xml\0\0\0"), "damaged"),
    "xlsx: entities": (xlsx("", styles=LAUGHS), "damaged"),
    "ofd: composite in itself": (ofd(drawn(1), resources=unit(1, drawn(1))), "too_large"),
    "ofd: composites that multiply": (ofd(drawn(0), resources=MULTIPLYING), "too_large"),
    "ofd: a path without end": (ofd(ofd_path("M 0 0 L 9 9 " * 210_000)), "too_large"),
    "ofd: a huge page": (sized("0 0 9e9 9e9"), "too_large"),
    "ofd: no page": (sized("0 0 0 -1"), "read"),
    "ofd: many pages": (ofd(*[""] * 21), "too_large"),
    "ofd: a repeat without end": (ofd(ofd_text("字字", 1, 9, code='DeltaX="g 999999999999 1"')), "read"),
    "ofd: numbers beyond measure": (ofd(FAR), "read"),
    "ofd: a finely ruled page": (ofd(ofd_text("字", 1, 9) + FINE), None),
    "ofd: a path out of the archive": (pack({"OFD.xml": f"<OFD><DocBody>{OUT}</DocBody></OFD>"}), "damaged"),
    "rtf: deep": (b"{\\rtf1" + b"{" * 5000, "too_large"),
    "rtf: many cells": (b"{\\rtf1\\trowd" + b"\\cell" * 3000, "too_large"),
    "rtf: many edges": (b"{\\rtf1\\trowd" + b"\\cellx1" * 1001, "too_large"),
    "rtf: merged without beginning": (b"{\\rtf1" + (WIDE_ROW + b"\\intbl x" + b"\\cell" * 59 + b"\\row") * 20, "read"),
    "rtf: edges like stairs": (b"{\\rtf1" + STAIRS, None),
    "rtf: binary without end": (b"{\\rtf1 x\\bin9999999999 y", "read"),
    "rtf: numbers without end": (b"{\\rtf1 " + b"\\u" + b"9" * 5000 + b" x", "read"),
    "rtf: groups that end too early": (b"{\\rtf1 {\\listtext a}}}}} x", "read"),
    "mail: parts in parts": (b"Subject: a\nTo: b\n" + MIXED * 500, "too_large"),
    "mail: many parts": (message(*[("A: b", b"x")] * 201), "too_large"),
    "mail: a boundary of nothing": (b"Subject: a\nContent-Type: multipart/mixed; boundary=\n\nx", "empty_package"),
    "mail: a head without end": (b"Subject: a\nX-A: b\n" + b" c\n" * 200_000, "empty_package"),
    "zip: a path outside": (pack([("../../x.txt", b"x")]), "unsafe_path"),
    "zip: many members": (pack([(f"{n}.txt", b"") for n in range(201)]), "too_large"),
    "zip: members that are too large": (pack([("a.txt", bytes(4_000_001))]), "too_large"),
    "zip: of zips": (pack([(f"{n}.zip", pack([("a.txt", bytes(3_000_000))])) for n in range(3)]), "too_large"),
}  # fmt: skip
"""What is in the file, the file, and how it must end; None where either is right."""


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile(case):
    data, expected = HOSTILE[case]
    found = outcome(data, {"mail": "a.eml"}.get(case[:4], "a"))
    assert expected is None or found == expected


def test_limits_are_those_of_the_caller():
    assert outcome(odt("<text:p>x</text:p>" * 1001), "a.odt", DEFAULT_LIMITS) == "read"
