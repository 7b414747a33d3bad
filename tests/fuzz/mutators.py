"""A mutant of a whole report in each format."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from random import Random
from typing import Final

from hostile.case import FORMATS
from hostile.drawing import draw, kept, mail, packed
from hostile.ole_writer import compound_file
from hostile.pdf_text import assembled
from package_files import message

from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ole import CompoundFile

from .markup import TEXTS, mutated_markup, mutated_rtf

_HALF: Final = 0.5
_WORD_PARTS: Final = (
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>', "<w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r>", "<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r>", "<w:br/>", "<w:tab/>",
    '<w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>', '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tc><w:p/></w:tc>", "<w:p/>", "<w:tr/>",
)  # fmt: skip
_PAGE_PARTS: Final = (
    "<sup>1</sup>", '<span style="display:none">1</span>', "<del>9</del>", "<br>", "<td></td>", "<td>", "</td>", "<tr>", "</table>", "<!-- x -->", "<ruby>", "<rt>1</rt>", "<p>", "<td rowspan=3>1</td>", "<script>", "&nbsp;", "<table>",
)  # fmt: skip
_ODT_PARTS: Final = (
    "<text:s/>", "<text:tab/>", "<text:line-break/>", "<text:note><text:note-citation>1</text:note-citation></text:note>", "<table:covered-table-cell/>", "<table:table-cell/>", "<text:p/>",
    '<table:table-cell table:number-columns-repeated="2"/>', "<text:span>1</text:span>",
)  # fmt: skip
_SHEET_PARTS: Final = (
    "<c/>",
    '<c r="B3"><v>1</v></c>',
    "<row/>",
    "<v>3</v>",
    "<is><t>1</t></is>",
    '<mergeCell ref="A1:B9"/>',
    "<r><rPr><strike/></rPr><t>9</t></r>",
)
_INSERTED: Final[Mapping[str, tuple[str, ...]]] = {
    "docx": _WORD_PARTS,
    "odt": _ODT_PARTS,
    "xlsx": _SHEET_PARTS,
    "ofd": (),
}
_MAIN: Final[Mapping[str, str]] = {
    "docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/worksheets/sheet1.xml", "ofd": "Doc_0/Pages/0.xml",
}  # fmt: skip


@cache
def _whole(name: str) -> bytes:
    return kept("county.doc") if name in ("doc", "wps") else draw(name)


@cache
def _parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_whole(name))) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def mutant(name: str, seed: int) -> bytes:
    """The mutant of that number of a format; the same number gives the same bytes."""
    return MUTATORS[name](Random(f"{name}:{seed}"))  # noqa: S311 - no secrets


def _package(name: str, chance: Random) -> bytes:
    parts = dict(_parts(name))
    part = _MAIN[name] if chance.random() < 0.85 else chance.choice([*parts])
    if chance.random() < 0.03:
        del parts[part]
    else:
        parts[part] = mutated_markup(parts[part].decode(), chance, _INSERTED[name]).encode("utf-8", "replace")
    return packed(parts, zipfile.ZIP_STORED)


def _page(chance: Random) -> bytes:
    return mutated_markup(_whole("html").decode(), chance, _PAGE_PARTS).encode("utf-8", "replace")


def _archive_of_page(chance: Random) -> bytes:
    head = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    made = message((head, _page(chance)), kind="multipart/related", head="From: <a@b.cn>\r\n")
    return _headers(made, chance) if chance.random() < 0.2 else made


def _headers(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\r\n")
    place = chance.randrange(min(12, len(lines)))
    lines[place] = chance.choice(
        (b"", lines[place] * 2, lines[place][: len(lines[place]) // 2], lines[place] + b"; x=y")
    )
    return b"\r\n".join(lines)


def _rtf(chance: Random) -> bytes:
    return mutated_rtf(_whole("rtf").decode("ascii"), chance).encode("ascii", "ignore")


def _lines(name: str, chance: Random) -> bytes:
    lines = _whole(name).decode().split("\n")
    for _ in range(chance.choice((1, 1, 2, 3))):
        place = chance.randrange(len(lines))
        line = lines[place]
        what = chance.randrange(6)
        at = chance.randrange(len(line) + 1)
        if what == 0:
            del lines[place]
        elif what == 1:
            lines.insert(place, line)
        elif what == 2 and place + 1 < len(lines):
            lines[place : place + 2] = [line + lines[place + 1]]
        elif what == 3 and place + 1 < len(lines):
            lines[place], lines[place + 1] = lines[place + 1], line
        elif what == 4:
            lines[place : place + 1] = [line[:at], line[at:]]
        else:
            lines[place] = (
                line[:at]
                + chance.choice((*TEXTS, "|", "~~9~~", "<sup>1</sup>", "\t1"))
                + line[at + chance.choice((0, 0, 1)) :]
            )
    return "\n".join(lines).encode("utf-8", "replace")


_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)


def _pdf(chance: Random) -> bytes:
    objects = {int(number): body for number, body in _OBJECT.findall(_whole("pdf"))}
    if chance.random() < 0.1:
        number = chance.choice([*objects])
        body = re.sub(
            rb"\d+",
            lambda one: chance.choice((one.group(), one.group(), b"0", b"-1", b"99999")),
            objects[number],
            count=6,
        )
        objects[number] = body
        return assembled(objects)
    streams = [number for number, body in objects.items() if b" Tj ET" in body]
    number = chance.choice(streams)
    _, _, rest = objects[number].partition(b"stream\n")
    lines = rest.removesuffix(b"\nendstream").split(b"\n")
    for _ in range(chance.choice((1, 2, 4))):
        place = chance.randrange(len(lines))
        line = lines[place]
        what = chance.randrange(5)
        if what == 0:
            del lines[place]
        elif what == 1:
            lines.insert(chance.randrange(len(lines)), line)
        elif what == 2:
            words = line.split(b" ")
            index = chance.randrange(len(words))
            words[index] = chance.choice((b"0", b"-1", b"1e9", b"5", b"300", b"", words[index] * 2))
            lines[place] = b" ".join(words)
        elif what == 3:
            lines[place] = chance.choice(
                (b"q", b"Q", b"BT", b"ET", b"3 Tr", b"0 0 9 9 re f", b"W n", b"2 0 0 2 0 0 cm")
            )
        else:
            lines[place] = re.sub(rb"<(....)", rb"<", line) if b"<" in line else line
    data = b"\n".join(lines)
    objects[number] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
    return assembled(objects)


def _sectors(data: bytes, chance: Random) -> bytes:
    """Changes of sectors, of numbers of four bytes, and of characters of two."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 6))):
        place = chance.randrange(512, len(made) - 8) & ~1
        what = chance.randrange(6)
        if what == 0:
            made[place] ^= 1 << chance.randrange(8)
        elif what == 1:
            struct.pack_into(
                "<I",
                made,
                place & ~3,
                chance.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0xFFFFFFFE, place // 512)),
            )
        elif what == 2:
            struct.pack_into("<H", made, place, ord(chance.choice("0189七件\r\a\t\x13\x14\x15\u200b")))
        elif what == 3:
            other = chance.randrange(1, len(made) // 512) * 512
            sector = place // 512 * 512
            if chance.random() < 0.2:
                made[sector : sector + 512] = made[other : other + 512]
        elif what == 4 and chance.random() < 0.2:
            del made[-chance.randrange(1, 2000) :]
        else:
            made[place] = chance.randrange(256)
    return bytes(made)


def _records(chance: Random) -> bytes:
    """Changes of the records of a workbook."""
    stream = CompoundFile(_whole("xls"), DEFAULT_LIMITS).stream("Workbook") or b""
    records: list[bytes] = []
    place = 0
    while place + 4 <= len(stream):
        size = 4 + int.from_bytes(stream[place + 2 : place + 4], "little")
        records.append(stream[place : place + size])
        place += size
        if records[-1][:2] == b"\0\0":
            break
    for _ in range(chance.choice((1, 1, 2, 3))):
        index = chance.randrange(len(records))
        one = bytearray(records[index])
        what = chance.randrange(5)
        if what == 0 and index > 12:
            del records[index]
        elif what == 1 and index > 12:
            records.insert(index, records[index])
        elif what == 2 and len(one) > 5:
            one[chance.randrange(4, len(one))] = chance.choice((0, 1, 255, 48, 57))
            records[index] = bytes(one)
        elif what == 3 and index + 1 < len(records):
            records[index], records[index + 1] = records[index + 1], records[index]
        elif len(one) > 9:
            struct.pack_into("<H", one, chance.choice((4, 6, 8)), chance.choice((0, 1, 3, 7, 200)))
            records[index] = bytes(one)
    return compound_file({"Workbook": b"".join(records)})


def _xls(chance: Random) -> bytes:
    return _records(chance) if chance.random() < 0.8 else _sectors(_whole("xls"), chance)


def _zip(chance: Random) -> bytes:
    data = packed({"报告.txt": _lines("txt", chance), "二.docx": _package("docx", chance)})
    if chance.random() < _HALF:
        return data
    made = bytearray(data)
    place = chance.choice([found.start() for found in re.finditer(rb"PK[\1\3\5]", data)]) + chance.randrange(
        4, 40
    )
    if place < len(made):
        made[place] = chance.randrange(256)
    return bytes(made)


def _eml(chance: Random) -> bytes:
    made = mail("report.txt", _lines("txt", chance))
    return _headers(made, chance) if chance.random() < 0.3 else made


MUTATORS: Final[Mapping[str, Callable[[Random], bytes]]] = {
    "txt": partial(_lines, "txt"), "md": partial(_lines, "md"), "docx": partial(_package, "docx"), "odt": partial(_package, "odt"), "xlsx": partial(_package, "xlsx"), "ofd": partial(_package, "ofd"),
    "html": _page, "mhtml": _archive_of_page, "rtf": _rtf, "pdf": _pdf, "doc": lambda chance: _sectors(_whole("doc"), chance), "wps": lambda chance: _sectors(_whole("wps"), chance), "xls": _xls, "zip": _zip, "eml": _eml,
}  # fmt: skip
assert set(MUTATORS) == set(FORMATS)
