"""Rich text format (.rtf, and many files that are called .doc)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Final

from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.readers.blocks.collector import TRACKED_CHANGES, UNSEEN_TEXT, BlockCollector
from checker.readers.blocks.colours import UNKNOWN, WHITE
from checker.readers.blocks.drafts import DraftParagraph, flatten, pour
from checker.readers.blocks.edges import EdgeTable
from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE, parted, shifted
from checker.readers.blocks.numbering import labelled
from checker.readers.limits import Limits, too_large
from checker.readers.raw.surrogates import join_halves
from checker.readers.word.rtf_state import DEFAULT_FALLBACK, GroupState, RtfColours, RtfRow
from checker.readers.word.rtf_tokens import (
    BOX,
    CHARACTERS,
    CODE_PAGES,
    FORMULA_PARTS,
    LABELS,
    PROPERTY_NAME,
    PROPERTY_VALUE,
    SHOWN_IF_MARKED,
    SYMBOLS,
    UNSHOWN,
    RtfToken,
    code_page,
    decode,
    tokens,
)

_TOO_SMALL, _TOO_NARROW = 2, 9
"""Half points of letters that nobody sees, and percents of their width."""
_HIDDEN_SHAPE: Final = "fHidden"
_LEVELS_OF_A_SHAPE: Final = 2
"""The groups of a property, and of the description of the shape that has it."""
_HIGHEST_HEADING: Final = 9
_MOST_COLUMNS: Final = 1000
_TOKENS: Final = 3_000_000
"""Control words, characters and pieces of text; a report has some ten thousand."""


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - the interface of readers
    """Read an RTF document.

    Args:
        data: the file.
        name: its name, not used.
        limits: how much reading may cost.

    Raises:
        UnreadableError: `damaged` or `too_large`.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("damaged", "文件不是完整的 RTF 文档。请用 WPS 或 Word 打开后另存为 .docx。")
    reading = _RtfReader(limits)
    for count, token in enumerate(tokens(data)):
        if count > _TOKENS:
            raise too_large("的内容过多")
        reading.take(token)
        if reading.finished:
            break
    return reading.document()


class _RtfReader:
    """Processes the tokens and collects blocks."""

    def __init__(self, limits: Limits) -> None:
        self.finished = False
        self._limits = limits
        self._blocks = BlockCollector(limits)
        self._boxes: list[str] = []
        self._state = GroupState()
        self._stack: list[GroupState] = []
        self._encoding = "cp1252"
        self._charsets: dict[int, int] = {}
        self._font = 0
        self._colours = RtfColours()
        self._marked = False
        self._skip = 0
        self._bytes = bytearray()
        self._text: list[str] = []
        self._label = ""
        self._property = ""
        self._apart = False
        self._held: list[list[str]] = []
        self._box_depth = 0
        self._row = RtfRow()
        self._table: EdgeTable | None = None
        self._cells = 0
        self._actions: dict[bytes, Callable[[int | None], None]] = {
            b"ansicpg": self._use_code_page,
            b"f": self._use_font,
            b"u": self._character,
            b"uc": self._set_fallback,
            b"v": partial(self._switch, "hidden"),
            b"fs": lambda number: self._size(number, _TOO_SMALL),
            b"charscalex": lambda number: self._size(number, _TOO_NARROW),
            b"cf": self._use_ink,
            b"cb": self._use_shade,
            b"chcbpat": self._use_shade,
            b"highlight": self._use_shade,
            b"cbpat": self._use_ground,
            b"clcbpat": self._use_cell_ground,
            **dict.fromkeys((b"strike", b"striked"), partial(self._switch, "struck")),
            **dict.fromkeys((b"super", b"up"), partial(self._shift, ABOVE)),
            **dict.fromkeys((b"sub", b"dn"), partial(self._shift, BELOW)),
            b"nosupersub": lambda _: self._shift(ON_LINE, None),
            **dict.fromkeys((b"deleted", b"mvf"), self._delete),
            b"revised": self._tracked,
            b"plain": self._plain,
            b"pard": self._reset_paragraph,
            **dict.fromkeys((b"intbl", b"itap"), partial(self._switch, "in_table")),
            b"outlinelevel": self._outline,
            b"par": self._end_paragraph,
            b"sect": self._end_paragraph,
            b"nestcell": self._end_paragraph,
            b"cell": self._end_cell,
            b"row": self._end_row,
            b"trowd": self._begin_row,
            b"trleft": self._set_left,
            b"clmrg": lambda _: setattr(self._row, "across", True),
            b"clvmrg": lambda _: setattr(self._row, "down", True),
            b"cellx": self._add_border,
        }

    def take(self, token: RtfToken) -> None:
        """Process one token."""
        kind = token.kind
        if kind in ("text", "byte"):
            self._take_bytes(token.value)
            return
        if kind == "symbol":
            self._take_symbol(token.value)
            return
        self._flush()
        self._skip = 0
        if kind == "{":
            self._open()
        elif kind == "}":
            self._close()
        else:
            self._take_word(token.value, token.number)

    def document(self) -> Document:
        """What was collected."""
        self._flush()
        if self._stack:
            self._blocks.note(
                "truncated", "文件末尾不完整，可能缺少后面的内容。请核对原文件，或重新保存后再检查。"
            )
        self._end_paragraph()
        self._close_table()
        self._pour("\n".join(self._boxes))
        return self._blocks.document("rtf")

    def _take_bytes(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if self._state.shown:
            self._bytes += data
        elif self._state.in_colours:
            self._colours.end(data.count(b";"))

    def _take_symbol(self, symbol: bytes) -> None:
        if self._skip:
            self._skip -= 1
        elif symbol == b"*":
            self._marked = True
        elif symbol in b"\r\n":
            self._flush()
            self._take_word(b"par", None)
        elif symbol in SYMBOLS:
            self._flush()
            self._add(SYMBOLS[symbol])

    def _flush(self) -> None:
        """Bytes gathered so far become text; a character of two bytes may be written in two tokens."""
        if self._bytes:
            self._add(decode(bytes(self._bytes), self._state.encoding or self._encoding))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        state = self._state
        if not state.shown or state.deleted:
            return
        if state.hides(UNKNOWN if self._box_depth else self._row.behind() if state.in_table else WHITE):
            if not text.isspace():
                self._blocks.note(*UNSEEN_TEXT)
        else:
            before = self._text[-1] if self._apart and self._text else ""
            self._text.append(parted(before, shifted(text, state.place)))
            self._apart = False

    def _open(self) -> None:
        if len(self._stack) >= self._limits.depth:
            raise too_large(f"嵌套超过 {self._limits.depth} 层")
        self._stack.append(self._state)
        self._state = copy.copy(self._state)
        self._state.role = b""
        self._marked = False

    def _close(self) -> None:
        role = self._state.role
        if role in LABELS:
            # A bullet is a character of a symbol font; it says nothing.
            label = join_halves("".join(self._text)).strip()
            self._label = label if any(character.isalnum() for character in label) else ""
            self._text = self._held.pop()
        elif role in (PROPERTY_NAME, PROPERTY_VALUE):
            self._take_property(role, "".join(self._text).strip())
            self._text = self._held.pop()
        elif role in FORMULA_PARTS:
            self._apart = True
        elif role == BOX:
            self._end_paragraph()
            self._text = self._held.pop()
            self._box_depth -= 1
        self._marked = False
        if self._stack:
            self._state = self._stack.pop()
        self.finished = not self._stack

    def _take_property(self, role: bytes, text: str) -> None:
        """The name or the value of a property of the shape around it."""
        if role == PROPERTY_NAME:
            self._property = text
        elif self._property == _HIDDEN_SHAPE and text not in ("", "0"):
            for state in self._stack[-_LEVELS_OF_A_SHAPE:]:
                state.in_unseen_shape = True

    def _enter(self, word: bytes, *, marked: bool) -> None:
        """The word that opens a group may say what the group is for."""
        state = self._state
        if not state.shown:
            return
        if word in FORMULA_PARTS:
            state.role, state.place = word, FORMULA_PARTS[word] or state.place
            self._apart = True
        elif word in LABELS or word in (BOX, PROPERTY_NAME, PROPERTY_VALUE):
            state.role = word
            self._held.append(self._text)
            self._text = []
            self._box_depth += word == BOX
        elif word in UNSHOWN or (marked and word not in SHOWN_IF_MARKED):
            state.shown = False

    def _take_word(self, word: bytes, number: int | None) -> None:
        marked, self._marked = self._marked, False
        action = self._actions.get(word)
        if word in (b"fonttbl", b"colortbl"):
            self._state.shown = False
            self._state.in_fonts, self._state.in_colours = word == b"fonttbl", word == b"colortbl"
        elif self._state.in_colours:
            self._colours.take(word, number)
        elif self._state.in_fonts:
            self._take_font(word, number)
        elif action is not None:
            if self._state.shown:
                action(number)
        elif word in CHARACTERS:
            self._add(CHARACTERS[word])
        else:
            self._enter(word, marked=marked)

    def _take_font(self, word: bytes, number: int | None) -> None:
        if word == b"f":
            self._font = number or 0
        elif word == b"fcharset":
            self._charsets[self._font] = number or 0

    def _use_font(self, number: int | None) -> None:
        self._state.encoding = CODE_PAGES.get(self._charsets.get(number or 0, 0), "")

    def _use_code_page(self, number: int | None) -> None:
        self._encoding = code_page(number or 0)

    def _character(self, number: int | None) -> None:
        self._add(chr((number or 0) & 0xFFFF))
        self._skip = self._state.fallback

    def _set_fallback(self, number: int | None) -> None:
        self._state.fallback = max(0, number if number is not None else DEFAULT_FALLBACK)

    def _switch(self, name: str, number: int | None) -> None:
        setattr(self._state, name, number != 0)

    def _size(self, number: int | None, least: int) -> None:
        self._state.sizeless = number is not None and number <= least

    def _use_ink(self, number: int | None) -> None:
        self._state.ink = self._colours.ink(number)

    def _use_shade(self, number: int | None) -> None:
        self._state.shade = self._colours.ground(number)

    def _use_ground(self, number: int | None) -> None:
        self._state.ground = self._colours.ground(number)

    def _use_cell_ground(self, number: int | None) -> None:
        self._row.ground = self._colours.ground(number) or WHITE

    def _shift(self, place: int, number: int | None) -> None:
        self._state.place = ON_LINE if number == 0 else place

    def _delete(self, number: int | None) -> None:
        self._state.deleted = number != 0
        self._tracked(number)

    def _tracked(self, _: int | None) -> None:
        self._blocks.note(*TRACKED_CHANGES)

    def _plain(self, _: int | None) -> None:
        self._state.plain()

    def _reset_paragraph(self, _: int | None) -> None:
        self._state.in_table = False
        self._state.heading = self._state.ground = None

    def _outline(self, number: int | None) -> None:
        level = number or 0
        self._state.heading = level + 1 if 0 <= level < _HIGHEST_HEADING else None

    def _end_paragraph(self, _: int | None = None) -> None:
        text = join_halves("".join(self._text))
        in_table = self._state.in_table or bool(self._row.texts)
        # The number of an empty item is only looked at in a table.
        text = labelled(self._label, text) if in_table or text.strip() else text
        self._text, self._label = [], ""
        if self._box_depth:
            self._boxes.append(text)
        elif in_table:
            self._row.lines.append(text)
        elif text.strip() or self._boxes:
            self._close_table()
            self._pour(text, self._state.heading)
            self._pour("\n".join(self._boxes))
            self._boxes.clear()

    def _pour(self, text: str, heading: int | None = None) -> None:
        pour(flatten([DraftParagraph(text, heading)]), self._blocks, self._limits)

    def _end_cell(self, _: int | None) -> None:
        if self._box_depth:
            self._end_paragraph()
            return
        row = self._row
        row.lines.append(labelled(self._label, join_halves("".join(self._text))))
        self._text, self._label = [], ""
        self._cells += 1
        if self._cells > self._limits.cells:
            raise too_large(f"的表格多于 {self._limits.cells} 格")
        row.texts.append("\n".join(line for line in row.lines if line.strip()))
        row.lines = []

    def _end_row(self, _: int | None) -> None:
        row = self._row
        if self._box_depth or not row.texts:
            return
        table = self._table = self._table or EdgeTable()
        if len(row.borders) >= len(row.texts):
            table.rows.append(row.cells())
        else:
            table.row_without_edges(row.texts)
        row.texts = []

    def _begin_row(self, _: int | None) -> None:
        if not self._box_depth:
            self._row.left, self._row.borders = 0, []
            self._row.across = self._row.down = False
            self._row.ground = WHITE

    def _set_left(self, number: int | None) -> None:
        if not self._box_depth:
            self._row.left = number or 0

    def _add_border(self, number: int | None) -> None:
        row = self._row
        if self._box_depth:
            return
        if len(row.borders) >= _MOST_COLUMNS:
            raise too_large(f"的表格多于 {_MOST_COLUMNS} 列")
        row.end_cell(number or 0)

    def _close_table(self) -> None:
        if self._row.texts:
            self._end_row(None)
        table, self._table = self._table, None
        if table is not None:
            table.pour(self._blocks, self._limits)
