"""Spreadsheets."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from package_files import STYLES

from .bombs import in_parts
from .case import TARGET, Case, one_file, reads_as_doubtful
from .drawing import FIGURE, draw, repacked, replaced
from .ole_writer import compound_file

_DOUBTFUL: Final = reads_as_doubtful()


def _rich(*runs: tuple[str, str]) -> str:
    made = "".join(f"<r><rPr>{look}</rPr><t>{text}</t></r>" for text, look in runs)
    return f"<is>{made}</is>"


XLSX: Final = {
    "superscript": _rich((FIGURE, ""), ("1", '<vertAlign val="superscript"/>')), "superscript_bracket": _rich((FIGURE, ""), ("[1]", '<vertAlign val="superscript"/>')),
    "superscript_before": _rich(("1", '<vertAlign val="superscript"/>'), (FIGURE, "")), "subscript": _rich((FIGURE, ""), ("2", '<vertAlign val="subscript"/>')), "struck": _rich(("9", "<strike/>"), (FIGURE, "")),
    "struck_valued": _rich(("9", '<strike val="1"/>'), (FIGURE, "")), "struck_after": _rich((FIGURE, ""), ("0", "<strike/>")), "phonetic": f'<is><t>{FIGURE}</t><rPh sb="0" eb="1"><t>1</t></rPh></is>', "split": _rich(("18", ""), ("234", "<b/>")),
    "white_run": _rich((FIGURE, ""), ("1", '<color rgb="FFFFFFFF"/>')), "white_run_of_theme": _rich((FIGURE, ""), ("1", '<color theme="0"/>')), "white_run_by_number": _rich((FIGURE, ""), ("1", '<color indexed="9"/>')),
    "not_struck": _rich((FIGURE, '<strike val="0"/>')), "tiny": _rich((FIGURE, ""), ("1", '<sz val="1"/>')), "small_not_tiny": _rich(("18", ""), ("234", '<sz val="9"/>')),
}  # fmt: skip
XLS: Final = {
    "superscript": ("182341", "5:1"), "subscript": ("182342", "5:2"), "struck": ("918234", "0:3,1:0"), "struck_after": ("182340", "5:3"),
    "superscript_bracket": ("18234[1]", "5:1"), "superscript_before": ("118234", "0:1,1:0"), "split": ("18234", "2:0"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """All of this module."""
    for name, cell in XLSX.items():
        yield one_file(f"glued/{name}", "xlsx", draw("xlsx", cell), quick=name == "superscript", **_DOUBTFUL)
    for name, (text, runs) in XLS.items():
        yield one_file(
            f"glued/{name}", "xls", draw("xls", text, runs=runs), quick=name == "superscript", **_DOUBTFUL
        )
    for name, font in (("raised_cell", "1"), ("struck_cell", "3")):
        seen = (
            {"status": ["checked"], "never": [("T2", "licensing", "decisions", "18234")]}
            if font == "3"
            else _DOUBTFUL
        )
        yield one_file(f"glued/{name}", "xls", draw("xls", FIGURE, font=font), **seen)
    yield from _unseen()
    yield from in_parts(
        "xlsx", "xl/worksheets/sheet1.xml", "<sheetData>", "</sheetData>", ("<row>", "</row>")
    )
    yield from _odd_sheets()
    yield from _odd_records()


def _unseen() -> Iterator[Case]:
    """The target cell is not seen: it is not read; or is white on colour: it is."""
    sheet = "xl/worksheets/sheet1.xml"
    unread = {
        "status": ["checked"],
        "never": [(*TARGET[:3], "18234"), (*TARGET[:3], "18234.0")],
        "verdict": ["fail"],
    }
    seen = {"status": ["checked"], "verdict": ["pass"], "values": [TARGET]}
    place = re.search(r'<c r="([A-Z]+)(\d+)"( s="0"[^>]*)><is><t>18234<', _part(draw("xlsx"), sheet))
    assert place
    column, row, kind = place.groups()
    fonts = '<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font></fonts>'
    fills = '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill></fill></fills>'
    styles = STYLES.replace("<borders>", fonts + fills + "<borders>").replace(
        "</cellXfs>",
        '<xf fontId="1"/><xf fontId="2"/><xf fontId="1" fillId="1"/><xf numFmtId="165"/></cellXfs>',
    )
    styles = styles.replace("</numFmts>", '<numFmt numFmtId="165" formatCode=";;;"/></numFmts>')
    cell, line = f'<c r="{column}{row}"{kind}', f'<row r="{row}"'
    for name, old, new, expect in (
        ("white_cell", cell, cell.replace('s="0"', 's="3"'), unread), ("white_cell_of_theme", cell, cell.replace('s="0"', 's="4"'), unread), ("white_on_fill", cell, cell.replace('s="0"', 's="5"'), seen), ("format_of_nothing", cell, cell.replace('s="0"', 's="6"'), unread),
        ("hidden_row", line, f'{line} hidden="1"', unread), ("no_height", line, f'{line} ht="0" customHeight="1"', unread), ("hidden_column", "<sheetData>", f'<cols><col min="{_number(column)}" max="{_number(column) + 9}" hidden="1"/></cols><sheetData>', unread),
        ("hidden_column_beside", "<sheetData>", '<cols><col min="60" max="99" hidden="1"/></cols><sheetData>', seen),
    ):  # fmt: skip
        data = repacked(draw("xlsx"), lambda parts, old=old, new=new: (replaced(parts, sheet, old, new), parts.update({"xl/styles.xml": styles.encode()})))  # type: ignore[misc]  # fmt: skip
        yield one_file(f"glued/{name}", "xlsx", data, **expect)


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def _number(letters: str) -> int:
    return sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters)))


def _odd_sheets() -> Iterator[Case]:
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    sheet = "xl/worksheets/sheet1.xml"
    for name, old, new in (
        ("far_corner", "<sheetData>", '<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        ("no_such_place", "<sheetData>", '<sheetData><row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>'), ("merge_all", "<mergeCells>", '<mergeCells><mergeCell ref="A1:XFD1048576"/>'),
        ("merge_many", "<mergeCells>", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 50_000), ("merge_odd", "<mergeCells>", '<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A-1:B"/>'),
        ("string_number", "<sheetData>", '<sheetData><row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row>'), ("number_long", "<sheetData>", f'<sheetData><row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>'),
        ("exponent", "<sheetData>", '<sheetData><row r="1"><c r="A1"><v>1e999999999</v></c></row>'), ("style_number", "<sheetData>", '<sheetData><row r="1"><c r="A1" s="999999999"><v>1</v></c></row>'), ("rows_twice", "<sheetData>", '<sheetData><row r="1"/><row r="1"/>'),
    ):  # fmt: skip
        data = repacked(draw("xlsx"), lambda parts, old=old, new=new: replaced(parts, sheet, old, new))  # type: ignore[misc]
        yield one_file(f"bomb/{name}", "xlsx", data, **ends)
    long_code = f'<numFmts><numFmt numFmtId="164" formatCode="{"0" * 30_000}.{"0" * 30_000}"/></numFmts>'
    styles = STYLES.replace('<numFmts><numFmt numFmtId="164" formatCode="0.00"/></numFmts>', long_code)
    coded = repacked(draw("xlsx"), lambda parts: parts.update({"xl/styles.xml": styles.encode()}))
    yield one_file("bomb/number_format", "xlsx", coded, **ends)
    for name, relation in (
        ("sheet_outside", "../../../../etc/passwd"),
        ("sheet_url", "http://127.0.0.1:9/"),
        ("sheet_itself", "../workbook.xml"),
    ):
        moved = repacked(
            draw("xlsx"),
            lambda parts, relation=relation: replaced(
                parts, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", relation
            ),
        )  # type: ignore[misc]
        yield one_file(f"bomb/{name}", "xlsx", moved, **ends)


def _odd_records() -> Iterator[Case]:
    ends = {"status": ["checked", "unreadable", "skipped"], "whole": True}
    data = draw("xls")
    begin = data.index(struct.pack("<HHH", 0x809, 16, 0x600))
    stream = data[begin : data.rindex(struct.pack("<HH", 0x0A, 0)) + 4]
    first = stream.index(struct.pack("<HH", 0x85, 10))
    second = stream.index(struct.pack("<HHH", 0x809, 16, 0x600), 1)
    label = stream.index(struct.pack("<H", 0x204), second)

    def file(made: bytes) -> bytes:
        return compound_file({"Workbook": made})

    for name, made in {
        "sheet_far": file(stream[: first + 4] + b"\xff\xff\xff\x7f" + stream[first + 8 :]), "sheet_at_itself": file(stream[: first + 4] + bytes(4) + stream[first + 8 :]),
        "record_long": file(stream[: label + 2] + b"\xff\xff" + stream[label + 4 :]), "text_long": file(stream[: label + 10] + b"\xff\xff" + stream[label + 12 :]),
        "no_end": file(stream[:-4]), "many_begins": file(stream[:second] + stream[second : second + 20] * 9000 + stream[second:]), "merges_many": file(stream[:-4] + struct.pack("<HHH", 0xE5, 8002, 1000) + struct.pack("<4H", 0, 65535, 0, 255) * 1000 + stream[-4:]),
        "row_far": file(stream[: label + 4] + b"\xff\xff\xff\xff" + stream[label + 8 :]), "password": file(stream[:20] + struct.pack("<HHH", 0x2F, 2, 1) + stream[20:]),
        "strings_lie": file(stream[:20] + struct.pack("<HHII", 0xFC, 8, 0xFFFFFFFF, 0xFFFFFFFF) + stream[20:]), "ring": data[:512] + data[512:].replace(struct.pack("<4I", 1, 2, 3, 4), struct.pack("<4I", 1, 0, 0, 0), 1),
        "no_table": data[:76] + b"\xfe\xff\xff\xff" * 109 + data[512:], "sector_size": data[:30] + b"\x1f\0" + data[32:], "tables_many": data[:44] + b"\xff\xff\xff\x7f" + data[48:],
    }.items():  # fmt: skip
        yield one_file(f"bomb/{name}", "xls", made, **ends)
