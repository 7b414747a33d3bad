"""Binary Word documents: refusals, merge marks, property lists, edges."""

import struct
import zipfile
from pathlib import Path

import pytest

from checker.model.errors import UnreadableError
from checker.readers import converter, read_document
from checker.readers.blocks.collector import BlockCollector
from checker.readers.blocks.edges import EdgeCell, EdgeTable
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.readers.raw.ole import CompoundFile
from checker.readers.word.doc import read
from checker.readers.word.doc_binary import split_modifiers

with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "converted" / "converted.zip") as archive:
    TRAPS = archive.read("traps.doc")
HEADER = TRAPS.index(b"\xec\xa5")
"""Where the stream with the document's header begins; it stands in one piece."""


def patched(offset, data):
    made = bytearray(TRAPS)
    made[HEADER + offset : HEADER + offset + len(data)] = data
    return bytes(made)


def renamed(name):
    """The file with its main stream under another name."""
    old, new = ("WordDocument".encode("utf-16-le"), name.ljust(12, "\0").encode("utf-16-le"))
    return TRAPS.replace(old, new[: len(old)])


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (patched(10, struct.pack("<H", 0x1300)), "encrypted", "密码"),
        (patched(0, b"\xdc\xa5"), "needs_converter", "LibreOffice"),
        (patched(2, struct.pack("<H", 0x65)), "needs_converter", ".docx"),
        (patched(76, struct.pack("<i", -1)), "damaged", "另存为"),
        (patched(0x1A2, struct.pack("<II", 0, 4)), "damaged", "另存为"),
        (renamed("Contents"), "damaged", "另存为"),
        (TRAPS[:600], "damaged", "重新下载"),
        (TRAPS[:512], "damaged", "重新下载"),
    ],
)
def test_refusals(monkeypatch, data, code, word):
    monkeypatch.setattr(converter, "find_converter", lambda: None)
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.doc", DEFAULT_LIMITS)
    assert caught.value.code == code
    assert word in caught.value.text


def test_limits_hold():
    with pytest.raises(UnreadableError) as caught:
        read(TRAPS, "a.doc", Limits(paragraphs=3))
    assert caught.value.code == "too_large"


def test_the_suffix_does_not_matter():
    assert read_document(TRAPS, "a.wps").blocks == read_document(TRAPS, "a.doc").blocks


def test_compound_file():
    container = CompoundFile(TRAPS, DEFAULT_LIMITS)
    assert {"worddocument", "1table"} <= container.names
    assert container.stream("WORDDOCUMENT") == container.stream("WordDocument")
    assert container.stream("missing") is None


def test_a_ring_of_sectors_ends():
    fat = struct.unpack_from("<I", TRAPS, 76)[0]
    made = bytearray(TRAPS)
    start = (fat + 1) * 512
    made[start : start + 512] = struct.pack("<128I", *range(128))  # every sector is followed by itself
    with pytest.raises(UnreadableError):
        read(bytes(made), "a.doc", DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\x16\x24\x01", [(0x2416, b"\x01")]),
        (b"\x0b\x46\x02\x00\x0a\x26\x01", [(0x460B, b"\x02\x00"), (0x260A, b"\x01")]),
        (b"\x2b\xd6\x02\x01\x03", [(0xD62B, b"\x01\x03")]),
        (b"\x08\xd6\x04\x00abc\x16\x24\x01", [(0xD608, b"abc"), (0x2416, b"\x01")]),
        (b"\x16\x24\x01\x49\x66\x01", [(0x2416, b"\x01")]),
        (b"\x15\xc6\xff\x01\x02", []),
        (b"\x08\xd6\x00\x00", []),
    ],
)
def test_property_modifiers(data, expected):
    assert list(split_modifiers(data)) == expected


def grid(*rows):
    """What becomes of rows of (text, left, right) and of ("^", left, right), which continues a cell above."""
    table = EdgeTable(
        [[EdgeCell(text, left, right, text == "^") for text, left, right in row] for row in rows]
    )
    blocks = BlockCollector(DEFAULT_LIMITS)
    table.pour(blocks, DEFAULT_LIMITS)
    (made,) = blocks.document("x").blocks
    return made.aligned, [[(c.text, c.column, c.row_span, c.column_span) for c in row] for row in made.rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [[("a", 0, 1000), ("b", 1000, 2000)], [("c", 7, 2013)]],
            (True, [[("a", 1, 1, 1), ("b", 2, 1, 1)], [("c", 1, 1, 2)]]),
        ),
        (
            [
                [("a", 0, 1000), ("b", 1000, 2000)],
                [("^", 3, 1003), ("c", 1003, 2000)],
                [("^", 0, 1000), ("d", 1000, 2000)],
            ],
            (True, [[("a", 1, 3, 1), ("b", 2, 1, 1)], [("c", 2, 1, 1)], [("d", 2, 1, 1)]]),
        ),
        (
            [[("a", 0, 1000), ("b", 1000, 2000)], [("c", 500, 1000), ("d", 1000, 2000)]],
            (True, [[("a", 1, 1, 2), ("b", 3, 1, 1)], [("c", 2, 1, 1), ("d", 3, 1, 1)]]),
        ),
        (
            [[("a", 0, 500), ("^", 500, 900)], [("b", 0, 500), ("c", 500, 900)]],
            (True, [[("a", 1, 1, 1), ("^", 2, 1, 1)], [("b", 1, 1, 1), ("c", 2, 1, 1)]]),
        ),
        (
            [[("a", 0, 500), ("", 500, 500), ("b", 500, 900)], [("c", 0, 900)]],
            (True, [[("a", 1, 1, 1), ("b", 2, 1, 1)], [("c", 1, 1, 2)]]),
        ),
        (
            [[("a", 0, 500), ("b", 500, 500)], [("c", 0, 500), ("d", 500, 900)]],
            (False, [[("a", 1, 1, 1), ("b", 2, 1, 1)], [("c", 1, 1, 1), ("d", 2, 1, 1)]]),
        ),
    ],
)
def test_grids_from_edges(rows, expected):
    assert grid(*rows) == expected
