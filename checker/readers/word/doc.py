"""Word 97-2003 documents (.doc) and WPS documents of the same kind (.wps)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Final

from checker.model.document import Document
from checker.readers.blocks.collector import TRACKED_CHANGES, UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.drafts import DraftParagraph, flatten, pour
from checker.readers.blocks.edges import EdgeCell, EdgeTable
from checker.readers.blocks.marks import ABOVE, BELOW, shifted
from checker.readers.blocks.numbering import labelled
from checker.readers.limits import Limits
from checker.readers.raw.ole import CompoundFile, damaged
from checker.readers.raw.surrogates import join_halves
from checker.readers.word.doc_binary import (
    STYLES,
    DocStyle,
    Properties,
    WordFile,
    is_old_word,
    read_styles,
    split_modifiers,
)
from checker.readers.word.doc_lists import WordLists
from checker.startup.records import dataclass, field

_PARAGRAPH_END: Final = re.compile("[\r\x07\x0c]")
_CELL_MARK, _PAGE_BREAK = "\x07", "\x0c"
_FIELD_MARK: Final = re.compile("[\x13\x14\x15]")
_FIELD_BEGIN, _FIELD_END = "\x13", "\x15"
_PLAIN: Final = {
    **dict.fromkeys(range(0x20), None),
    0x09: "\t",
    0x0A: "\n",
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
    0xAD: None,
}
"""Control characters: line breaks and hyphens as they look, marks of pictures and notes dropped."""
_ON: Final = (b"\x01", b"\x81")
"""Operands that mark a change: by themselves, or against the style, which never has them."""
_SYMBOL_BYTES: Final = 4
_TELLING: Final = re.compile(rb"[\x08\x2a\x6a]|\x70\x68[\xe7-\xff]{3}\0|\x43\x4a[\0-\3]\0")
"""One of these is in every modifier that says something here."""
_NOT_CELL_MARK: Final = re.compile("[^\x07]")
_CELL_BYTES: Final = 20

# Codes of property modifiers, by what they do.
_DELETED, _INSERTED, _SYMBOL, _PLACE = 0x0800, 0x0801, 0x6A09, 0x2A48
_HIDING: Final = (0x083C, 0x0837, 0x2A53)
"""Hidden, struck through once, struck through twice."""
_INK_NUMBER, _INK, _SIZE = 0x2A42, 0x6870, 0x4A43
_LEGIBLE: Final = 4
"""Half points: what is smaller nobody sees."""
_WHITE: Final = b"\x08"
_PALE: Final = re.compile(rb"[\xe7-\xff]{3}\0")
"""White among the sixteen colours, and what is as good as white: red, green, blue, and that it is not automatic."""
_SHADES: Final = (0xCA71, 0x4866, 0x2A0C)
"""Shading of letters, old and new, and their marking."""
_SHADES_BEHIND: Final = re.compile(rb"[\x12\x4d][\xd6\xc6](.)", re.DOTALL)
"""Modifiers that shade cells and paragraphs, with the length of what they say ([MS-DOC] 2.9.248, SHDOperand)."""
_SHADE: Final = re.compile(rb".{4}(?:...\xff|\xff\xff\xff\0)..", re.DOTALL)
"""A shade that is automatic or white."""
_PLACES: Final = {b"\x01": ABOVE, b"\x02": BELOW}
_IN_TABLE, _ROW_END, _TABLE_DEPTH = 0x2416, 0x2417, 0x6649
_LIST_USE, _LIST_LEVEL, _OUTLINE_LEVEL = 0x460B, 0x260A, 0x2640
_ROW_DEFINITION, _MERGE_DOWN, _MERGE_ACROSS, _SPLIT_ACROSS = 0xD608, 0xD62B, 0x5624, 0x5625
_STYLE_DEPTH: Final = 12
_HIGHEST_HEADING: Final = 9


def read(data: bytes, name: str, limits: Limits) -> Document:
    """Read a binary Word document.

    Args:
        data: the file.
        name: its name, a hint only.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `encrypted`, `damaged`, `too_large`, or `needs_converter` for Word 95 and older
            without LibreOffice.
    """
    container = CompoundFile(data, limits)
    main = container.stream("WordDocument")
    if main is None:
        raise damaged()
    if is_old_word(main):
        converter = import_module("checker.readers.converter")  # rarely needed, slow to import
        converted: Document = converter.read_converted(data, "doc", name, limits)
        return converted
    tables = (container.stream("0Table"), container.stream("1Table"))
    word = WordFile(main, tables, container.stream("Data") or b"", limits)
    return _Assembly(word, limits, on_white=not _shades(main)).document()


@dataclass(slots=True)
class _ParagraphProperties:
    """Properties of one paragraph."""

    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    list_use: int = 0
    list_level: int = 0
    heading: int | None = None
    row: _DocRow | None = None


@dataclass(slots=True)
class _DocRow:
    """Edges of a table row in twips, and for each cell its merge state."""

    edges: list[int]
    across: list[int]
    continues: list[bool]

    def cells(self, texts: list[str]) -> list[EdgeCell]:
        """The row's cells; those merged with their left neighbour are part of it.

        In a run of merged cells the first has another mark than the rest. Writers disagree which of
        1 and 2 is the first, so the mark that begins the run decides.
        """
        cells: list[EdgeCell] = []
        first = 0
        for index, text in enumerate(texts):
            mark = self.across[index]
            if mark and index and self.across[index - 1] and mark != first:
                cells[-1].right = self.edges[index + 1]
                continue
            first = mark
            cells.append(EdgeCell(text, self.edges[index], self.edges[index + 1], self.continues[index]))
        return cells


@dataclass(slots=True)
class _DocTable:
    table: EdgeTable = field(default_factory=EdgeTable)
    texts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def end_cell(self) -> None:
        self.texts.append("\n".join(line for line in self.lines if line.strip()))
        self.lines = []

    def end_row(self, row: _DocRow | None) -> None:
        if row is not None and len(row.across) >= len(self.texts):
            self.table.rows.append(row.cells(self.texts))
        elif self.texts:
            self.table.row_without_edges(self.texts)
        self.texts = []


class _Assembly:
    """Turns paragraphs with properties into blocks."""

    def __init__(self, word: WordFile, limits: Limits, *, on_white: bool) -> None:
        self._word = word
        self._on_white = on_white
        self._styles = read_styles(word.part_bytes(STYLES))
        self._style_formats: dict[int, _ParagraphProperties] = {}
        self._lists = WordLists(word)
        self._limits = limits
        self._blocks = BlockCollector(limits)
        self._table: _DocTable | None = None

    def document(self) -> Document:
        text = self._visible_text()
        main = text[: self._word.main_length]
        start = 0
        previous: Properties | None = None
        for mark in _PARAGRAPH_END.finditer(main):
            properties = self._word.paragraph_at(mark.start())
            piece = _clean(main[start : mark.start()])
            # A page break inside a paragraph ends a line here, yet the paragraph has one number.
            again = properties is not None and properties is previous
            self._paragraph(piece, mark.group(), properties, numbered=not again)
            broken = mark.group() == _PAGE_BREAK and piece.strip()
            previous = properties if broken else None
            start = mark.end()
        self._close_table()
        self._pour(_clean(main[start:]))
        first, last = self._word.text_boxes
        for line in _PARAGRAPH_END.split(text[first:last]):
            self._pour(_clean(line))
        return self._blocks.document("doc")

    def _visible_text(self) -> str:
        """All text with deletions, hidden text and field codes blanked out; positions stay."""
        text = self._word.text
        unseen: list[tuple[int, int, str]] = [(start, end, "") for start, end in _field_codes(text)]
        tracked = False
        for start, end, modifiers in self._word.character_runs():
            if not _TELLING.search(modifiers):
                continue
            found = dict(split_modifiers(modifiers))
            deleted, inserted = found.get(_DELETED) in _ON, found.get(_INSERTED) in _ON
            # Against the style, which would have to be known, nothing is taken to be hidden.
            hidden = any(found.get(code) == b"\x01" for code in _HIDING) or _is_unseen(
                found, on_white=self._on_white
            )
            place = _PLACES.get(found.get(_PLACE, b""))
            tracked = tracked or deleted or inserted
            symbol = found.get(_SYMBOL, b"")
            if hidden and not deleted and not text[start:end].isspace():
                self._blocks.note(*UNSEEN_TEXT)
            if deleted or hidden:
                unseen.append((start, end, ""))
            elif len(symbol) == _SYMBOL_BYTES and end - start == 1:
                unseen.append((start, end, chr(int.from_bytes(symbol[2:], "little"))))
            elif place is not None:
                unseen.append((start, end, shifted(text[start:end], place)))
        if tracked:
            self._blocks.note(*TRACKED_CHANGES)
        return _blanked(text, unseen)

    def _paragraph(self, text: str, mark: str, properties: Properties | None, *, numbered: bool) -> None:
        form = self._format(properties)
        in_table = form.in_table or mark == _CELL_MARK
        if numbered and form.list_use and not form.row_end and (text or mark != _PAGE_BREAK):
            label = self._lists.label(form.list_use, form.list_level)
            # An empty item is counted; its number is only looked at in a table.
            text = labelled(label, text) if in_table or text.strip() else text
        if not in_table:
            self._close_table()
            self._pour(text, form.heading)
            return
        table = self._table = self._table or _DocTable()
        if mark == _CELL_MARK and form.row_end and form.depth <= 1:
            table.end_row(form.row)
        else:
            table.lines.append(text)
            if mark == _CELL_MARK:
                table.end_cell()

    def _pour(self, text: str, heading: int | None = None) -> None:
        pour(flatten([DraftParagraph(text, heading)]), self._blocks, self._limits)

    def _close_table(self) -> None:
        table, self._table = self._table, None
        if table is None:
            return
        if table.lines:
            table.end_cell()
        table.end_row(None)
        table.table.pour(self._blocks, self._limits)

    def _format(self, properties: Properties | None) -> _ParagraphProperties:
        if properties is None:
            return _ParagraphProperties()
        base = self._style_format(properties.style)
        form = _ParagraphProperties(list_use=base.list_use, list_level=base.list_level, heading=base.heading)
        _apply(form, self._word.modifiers(properties.modifiers))
        return form

    def _style_format(self, number: int) -> _ParagraphProperties:
        """Properties of a style, inherited ones included; computed once for each style."""
        known = self._style_formats.get(number)
        if known is not None:
            return known
        ancestors: list[DocStyle] = []
        current = number
        while current < len(self._styles) and len(ancestors) < _STYLE_DEPTH:
            style = self._styles[current]
            if style is None:
                break
            ancestors.append(style)
            current = style.parent
        form = _ParagraphProperties()
        for style in reversed(ancestors):
            if 1 <= style.built_in <= _HIGHEST_HEADING:
                form.heading = style.built_in
            _apply(form, split_modifiers(style.modifiers))
        self._style_formats[number] = form
        return form


def _shades(main: bytes) -> bool:
    """Whether a cell or a paragraph of the document may have a colour behind it; white text may then be seen."""
    return any(
        not _SHADE.fullmatch(main[at : at + 10])
        for found in _SHADES_BEHIND.finditer(main)
        for at in range(found.end(), found.end() + found[1][0] // 10 * 10, 10)
    )


def _is_unseen(modifiers: dict[int, bytes], *, on_white: bool) -> bool:
    """Whether letters are too small to be seen, or white without a shade of their own."""
    if int.from_bytes(modifiers.get(_SIZE, b"\xff"), "little") < _LEGIBLE:
        return True
    ink = modifiers.get(_INK)
    pale = _PALE.fullmatch(ink) if ink else modifiers.get(_INK_NUMBER) == _WHITE
    return bool(pale) and on_white and not any(code in modifiers for code in _SHADES)


def _apply(form: _ParagraphProperties, modifiers: Iterable[tuple[int, bytes]]) -> None:
    """Let property modifiers act on `form`, in their order."""
    for code, operand in modifiers:
        value = int.from_bytes(operand[:4], "little")
        if code == _IN_TABLE:
            form.in_table = value != 0
        elif code == _ROW_END:
            form.row_end = value != 0
        elif code == _TABLE_DEPTH:
            form.depth = value
            form.in_table = form.in_table or value > 0
        elif code == _LIST_USE:
            form.list_use = value
        elif code == _LIST_LEVEL:
            form.list_level = value
        elif code == _OUTLINE_LEVEL:
            form.heading = value + 1 if value < _HIGHEST_HEADING else None
        elif code == _ROW_DEFINITION:
            form.row = _row(operand)
        elif form.row is not None:
            _change_row(form.row, code, operand)


def _row(operand: bytes) -> _DocRow | None:
    """A row definition: a count, one edge more than cells, then twenty bytes for each cell (or fewer)."""
    count = operand[0] if operand else 0
    first = 1 + 2 * (count + 1)
    if not count or len(operand) < first:
        return None
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
    row = _DocRow(edges, [0] * count, [False] * count)
    for index in range(min(count, (len(operand) - first) // _CELL_BYTES)):
        flags = int.from_bytes(operand[first + index * _CELL_BYTES :][:2], "little")
        row.across[index] = flags & 3
        row.continues[index] = flags >> 5 & 3 == 1
    return row


def _change_row(row: _DocRow, code: int, operand: bytes) -> None:
    if len(operand) < 2:  # noqa: PLR2004 - all of these have two operands
        return
    first, second = operand[0], operand[1]
    if code == _MERGE_DOWN and first < len(row.continues):
        row.continues[first] = second == 1
    elif code == _MERGE_ACROSS:
        for index in range(first, min(second, len(row.across))):
            row.across[index] = 1 if index == first else 2
    elif code == _SPLIT_ACROSS:
        for index in range(first, min(second, len(row.across))):
            row.across[index] = 0


def _field_codes(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the instructions of fields; what a field shows stands after them."""
    begun: list[int | None] = []
    for mark in _FIELD_MARK.finditer(text):
        if mark.group() == _FIELD_BEGIN:
            begun.append(mark.start())
        elif begun:
            start = begun.pop()
            if start is not None:
                yield start, mark.start()
            if mark.group() != _FIELD_END:
                begun.append(None)


def _blanked(text: str, ranges: list[tuple[int, int, str]]) -> str:
    """`text` with the ranges replaced, or turned to NUL except for cell marks, which hold tables together."""
    parts: list[str] = []
    place = 0
    for start, end, instead in sorted(ranges):
        if end <= place:
            continue
        parts.append(text[place : max(start, place)])
        parts.append(
            instead[max(place - start, 0) :] or _NOT_CELL_MARK.sub("\0", text[max(start, place) : end])
        )
        place = end
    parts.append(text[place:])
    return "".join(parts)


def _clean(text: str) -> str:
    """Text without control characters, halves of surrogate pairs joined again."""
    return join_halves(text.translate(_PLAIN))
