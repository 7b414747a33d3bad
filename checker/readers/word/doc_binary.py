"""The binary Word format ([MS-DOC]): text pieces, paragraph and character properties, styles.

A .doc file keeps its text in pieces and says which bytes are which paragraph in pages of properties
("FKPs") addressed by byte position. This module brings both together; `doc.py` builds the Document.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from checker.model.errors import UnreadableError
from checker.readers.limits import Limits, too_large
from checker.readers.raw.ole import damaged
from checker.startup.records import dataclass

_WORD, _OLD_WORD = 0xA5EC, (0xA5DC, 0xA699, 0xA697, 0xA59C, 0xA59B)
"""Magic numbers of Word since 95 and before."""
_WORD_97: Final = 0xC0
"""Lowest version number of the format that began with Word 97."""
_HEADER_BYTES: Final = 0x200
_PAIRS: Final = 0x9A
"""Where the table of (position, length) pairs begins; each part of a document has its fixed number in it."""
STYLES, CHARACTERS, PARAGRAPHS, PIECES, LISTS, LIST_OVERRIDES = 1, 12, 13, 33, 73, 74
_PAGE: Final = 512
_HUGE_PROPERTIES: Final = frozenset((0x6645, 0x6646, 0x646B))
"""Properties too long for an FKP; the operand is their position in the stream `Data`."""
_TABLE_DEFINITION: Final = 0xD608
_CHANGED_TABS: Final = 0xC615
_RUNS_PER_PARAGRAPH: Final = 20
_OPERAND_BYTES: Final = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def is_old_word(main: bytes) -> bool:
    """Whether the stream `WordDocument` is of Word 95 or older, where everything is laid out differently."""
    identifier, version = struct.unpack_from("<HH", main.ljust(4, b"\0"))
    return identifier in _OLD_WORD or (identifier == _WORD and version < _WORD_97)


@dataclass(frozen=True, slots=True)
class Properties:
    """A run of bytes in the stream `WordDocument` with its style number and property modifiers."""

    start: int
    end: int
    style: int
    modifiers: bytes


@dataclass(frozen=True, slots=True)
class _TextPiece:
    first: int
    count: int
    position: int
    width: int


class WordFile:
    """Text and properties of one .doc file.

    Args:
        main: the stream `WordDocument`.
        tables: the streams `0Table` and `1Table`, None where absent.
        data: the stream `Data`, empty where absent.
        limits: bounds for the size.

    Raises:
        UnreadableError: encrypted or broken.

    Attributes:
        text: main text followed by notes, headers and text boxes; one character for each UTF-16 unit.
        main_length: length of the main text.
        text_boxes: start and end of the text of text boxes.
    """

    def __init__(
        self, main: bytes, tables: tuple[bytes | None, bytes | None], data: bytes, limits: Limits
    ) -> None:
        if len(main) < _HEADER_BYTES:
            raise damaged()
        flags = struct.unpack_from("<H", main, 10)[0]
        if flags & 0x0100:
            raise UnreadableError("encrypted", "文档设有打开密码，未读取。请取消密码后重新保存。")
        table = tables[1 if flags & 0x0200 else 0]
        if table is None:
            raise damaged()
        self._main, self._table, self._data, self._limits = main, table, data, limits
        lengths = struct.unpack_from("<8i", main, 76)
        if min(lengths) < 0 or sum(lengths) > limits.part_bytes:
            raise damaged()
        self.main_length = lengths[0]
        before_boxes = sum(lengths[:6])
        self.text_boxes = (before_boxes, before_boxes + lengths[6])
        self._pieces = self._read_pieces()
        self.text = self._read_text()
        self.paragraphs = self._read_pages(PARAGRAPHS, is_paragraphs=True)
        self._starts = [entry.start for entry in self.paragraphs]
        self._firsts = [piece.first for piece in self._pieces]

    def part(self, number: int) -> tuple[int, int]:
        """Position in the table stream and length of part `number`; length 0 if the file lacks it."""
        place = _PAIRS + number * 8
        if place + 8 > len(self._main):
            return 0, 0
        position, length = struct.unpack_from("<II", self._main, place)
        return position, length

    def part_bytes(self, number: int, *, beyond: bool = False) -> bytes:
        """Content of part `number`; with `beyond`, also what follows it in the table stream."""
        position, length = self.part(number)
        if length == 0:
            return b""
        return self._table[position:] if beyond else self._table[position : position + length]

    def paragraph_at(self, offset: int) -> Properties | None:
        """Properties of the paragraph whose character number `offset` is given (its mark, as a rule)."""
        piece = self._pieces[max(0, bisect_right(self._firsts, offset) - 1)]
        byte = piece.position + (offset - piece.first) * piece.width
        index = bisect_right(self._starts, byte) - 1
        if index < 0 or byte >= self.paragraphs[index].end:
            return None
        return self.paragraphs[index]

    def modifiers(self, properties: bytes) -> Iterator[tuple[int, bytes]]:
        """Every (property code, operand) of a list of modifiers, those kept in `Data` included."""
        for code, operand in split_modifiers(properties):
            if code in _HUGE_PROPERTIES and len(operand) == 4:  # noqa: PLR2004 - a position
                position = int.from_bytes(operand, "little")
                length = int.from_bytes(self._data[position : position + 2], "little")
                yield from split_modifiers(self._data[position + 2 : position + 2 + length])
            else:
                yield code, operand

    def character_runs(self) -> Iterator[tuple[int, int, bytes]]:
        """Start, end (as character numbers) and modifiers of every run with properties of its own."""
        runs = [run for run in self._read_pages(CHARACTERS, is_paragraphs=False) if run.modifiers]
        starts = [run.start for run in runs]
        for piece in self._pieces:
            last = piece.position + piece.count * piece.width
            index = max(0, bisect_right(starts, piece.position) - 1)
            while index < len(runs) and (run := runs[index]).start < last:
                index += 1
                first = max(0, run.start - piece.position) // piece.width
                end = (min(run.end, last) - piece.position) // piece.width
                if end > first:
                    yield piece.first + first, piece.first + end, run.modifiers

    def _read_pieces(self) -> list[_TextPiece]:
        table = self.part_bytes(PIECES)
        place = 0
        while place < len(table) and table[place] == 1:
            place += 3 + int.from_bytes(table[place + 1 : place + 3], "little")
        if place + 5 > len(table) or table[place] != 2:  # noqa: PLR2004 - the mark of the piece table
            raise damaged()
        size = int.from_bytes(table[place + 1 : place + 5], "little")
        body = table[place + 5 : place + 5 + size]
        count = (len(body) - 4) // 12
        if count < 1:
            raise damaged()
        bounds = struct.unpack_from(f"<{count + 1}I", body)
        pieces: list[_TextPiece] = []
        for index in range(count):
            position = int.from_bytes(body[4 * (count + 1) + 8 * index + 2 :][:4], "little")
            width = 1 if position & 0x40000000 else 2
            position = (position & 0x3FFFFFFF) // (2 if width == 1 else 1)
            length = bounds[index + 1] - bounds[index]
            if length < 0 or position + length * width > len(self._main):
                raise damaged()
            pieces.append(_TextPiece(bounds[index], length, position, width))
        return pieces

    def _read_text(self) -> str:
        parts: list[str] = []
        total = 0
        for piece in self._pieces:
            total += piece.count
            if total * 2 > self._limits.part_bytes:
                raise too_large("的文字过多")
            raw = self._main[piece.position : piece.position + piece.count * piece.width]
            if piece.width == 1:
                parts.append(raw.decode("cp1252", "replace"))
                continue
            text = raw.decode("utf-16-le", "replace")
            if len(text) != piece.count:
                # A character beyond the basic plane takes two units; positions count units.
                units = array("H")
                units.frombytes(raw)
                text = "".join(map(chr, units))
            parts.append(text)
        return "".join(parts)

    def _read_pages(self, part: int, *, is_paragraphs: bool) -> list[Properties]:
        """All runs of the property pages, in order of their bytes."""
        table = self.part_bytes(part)
        count = max(0, (len(table) - 4) // 8)
        runs: list[Properties] = []
        seen: set[int] = set()
        for index in range(count):
            page = int.from_bytes(table[4 * (count + 1) + 4 * index :][:4], "little") & 0x3FFFFF
            content = self._main[page * _PAGE : (page + 1) * _PAGE]
            if len(content) == _PAGE and page not in seen:
                seen.add(page)
                runs.extend(_paragraph_page(content) if is_paragraphs else _character_page(content))
            if len(runs) > _RUNS_PER_PARAGRAPH * self._limits.paragraphs:
                raise too_large("的段落过多")
        runs.sort(key=lambda run: run.start)
        return _apart(runs)


def _apart(runs: list[Properties]) -> list[Properties]:
    """Runs that do not overlap; in sound files none does, and overlaps would make reading quadratic."""
    kept: list[Properties] = []
    last = 0
    for run in runs:
        if last <= run.start < run.end:
            kept.append(run)
            last = run.end
    return kept


def _paragraph_page(page: bytes) -> Iterator[Properties]:
    count = page[_PAGE - 1]
    if 4 * (count + 1) + 13 * count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        place = page[4 * (count + 1) + 13 * index] * 2
        body = b""
        if 0 < place < _PAGE - 1:
            size = page[place] * 2 - 1 if page[place] else page[place + 1] * 2
            begin = place + (1 if page[place] else 2)
            body = page[begin : min(begin + size, _PAGE - 1)]
        yield Properties(bounds[index], bounds[index + 1], int.from_bytes(body[:2], "little"), body[2:])


def _character_page(page: bytes) -> Iterator[Properties]:
    count = page[_PAGE - 1]
    if 4 * (count + 1) + count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        place = page[4 * (count + 1) + index] * 2
        body = page[place + 1 : place + 1 + page[place]] if 0 < place < _PAGE - 1 else b""
        yield Properties(bounds[index], bounds[index + 1], 0, body)


def split_modifiers(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Every (property code, operand) of a list of modifiers; a broken rest is left out."""
    place = 0
    while place + 2 < len(properties):
        code = properties[place] | properties[place + 1] << 8
        place += 2
        kind = code >> 13
        if kind != 6:  # noqa: PLR2004 - the kind of variable length
            size = _OPERAND_BYTES[kind]
        elif code == _TABLE_DEFINITION:
            size = int.from_bytes(properties[place : place + 2], "little") - 1
            place += 2
        else:
            size = properties[place]
            place += 1
            if code == _CHANGED_TABS and size == 0xFF:  # noqa: PLR2004 - too long for its length byte
                return
        if size < 0 or place + size > len(properties):
            return
        yield code, properties[place : place + size]
        place += size


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style: its built-in number (1 to 9 are the headings), its parent and its paragraph modifiers."""

    built_in: int
    parent: int
    modifiers: bytes


def read_styles(sheet: bytes) -> list[DocStyle | None]:
    """The styles of a document by number; None for a gap or what cannot be understood."""
    header = int.from_bytes(sheet[:2], "little")
    if len(sheet) < header + 2 or header < 4:  # noqa: PLR2004 - two counts stand in the header
        return []
    count, base = struct.unpack_from("<HH", sheet, 2)
    styles: list[DocStyle | None] = []
    place = 2 + header
    for _ in range(count):
        if place + 2 > len(sheet):
            break
        size = int.from_bytes(sheet[place : place + 2], "little")
        styles.append(_style(sheet[place + 2 : place + 2 + size], base))
        place += 2 + size
    return styles


def _style(body: bytes, base: int) -> DocStyle | None:
    if len(body) < base + 2 or base < 10:  # noqa: PLR2004 - the fixed part has ten bytes
        return None
    first, second = struct.unpack_from("<HH", body)
    modifiers = b""
    if second & 0xF == 1:  # a paragraph style
        name_length = int.from_bytes(body[base : base + 2], "little")
        place = base + 2 + 2 * name_length + 2
        size = int.from_bytes(body[place : place + 2], "little")
        modifiers = body[place + 4 : place + 2 + size]
    return DocStyle(first & 0x0FFF, second >> 4, modifiers)
