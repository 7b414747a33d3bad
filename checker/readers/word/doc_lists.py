"""Automatic numbering in the binary Word format: list schemes and how paragraphs use them."""

from __future__ import annotations

import struct
from typing import Final

from checker.readers.blocks.numbering import Level, ListCounter
from checker.readers.word.doc_binary import LIST_OVERRIDES, LISTS, WordFile

_SCHEME_BYTES: Final = 28
_LEVEL_BYTES: Final = 28
_USE_BYTES: Final = 16
_MOST_LISTS: Final = 2047
"""The largest number a paragraph can refer to."""
_STYLES: Final = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
    33: "taiwaneseCounting", 34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
"""Number format codes by the names they have in OOXML."""


class WordLists:
    """Hands out the automatic numbers of a document, paragraph by paragraph."""

    def __init__(self, word: WordFile) -> None:
        self._schemes = _read_schemes(word.part_bytes(LISTS), word.part_bytes(LISTS, beyond=True))
        self._uses, self._starts = _read_uses(word.part_bytes(LIST_OVERRIDES))
        self._counters: dict[int, ListCounter] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, use: int, level: int) -> str:
        """What stands before the text of the next paragraph.

        Args:
            use: number of the list the paragraph belongs to, counted from 1.
            level: its level, counted from 0.

        Returns:
            The number with its punctuation; empty for bullets and unknown lists.
        """
        if not 1 <= use <= len(self._uses):
            return ""
        scheme = self._uses[use - 1]
        levels = self._schemes.get(scheme)
        if levels is None:
            return ""
        counter = self._counters.setdefault(scheme, ListCounter(levels))
        if (use, level) not in self._begun:
            # A changed start counts for the first item of its own list and level only.
            self._begun.add((use, level))
            start = self._starts[use - 1].get(level)
            if start is not None:
                counter.restart(level, start)
        return counter.next_label(level)


def _read_schemes(table: bytes, beyond: bytes) -> dict[int, list[Level]]:
    """Schemes by their identifier; the levels of all follow the table, one scheme after another."""
    count = min(int.from_bytes(table[:2], "little"), (len(table) - 2) // _SCHEME_BYTES, _MOST_LISTS)
    schemes: dict[int, list[Level]] = {}
    place = len(table)
    for index in range(count):
        head = 2 + index * _SCHEME_BYTES
        identifier = int.from_bytes(table[head : head + 4], "little")
        levels: list[Level] = []
        for _ in range(1 if table[head + 26] & 1 else 9):
            level, place = _read_level(beyond, place)
            if level is None:
                return schemes
            levels.append(level)
        schemes[identifier] = levels
    return schemes


def _read_level(data: bytes, place: int) -> tuple[Level | None, int]:
    """One level and the position after it."""
    if place + _LEVEL_BYTES > len(data):
        return None, place
    start, style, flags = struct.unpack_from("<iBB", data, place)
    shown_at = data[place + 6 : place + 15]
    character_bytes, paragraph_bytes = data[place + 24], data[place + 25]
    place += _LEVEL_BYTES + character_bytes + paragraph_bytes
    length = int.from_bytes(data[place : place + 2], "little")
    text = data[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    pattern: list[str | int] = list(text)
    for position in shown_at:
        if 1 <= position <= len(text) and ord(text[position - 1]) < 9:  # noqa: PLR2004 - nine levels
            pattern[position - 1] = ord(text[position - 1])
    level = Level(_STYLES.get(style, "decimal"), tuple(pattern), start, not flags & 8, bool(flags & 4))
    return level, place + 2 + 2 * length


def _read_uses(table: bytes) -> tuple[list[int], list[dict[int, int]]]:
    """For every use its scheme, and the first number of each level that begins with another one there."""
    count = min(int.from_bytes(table[:4], "little"), (len(table) - 4) // _USE_BYTES, _MOST_LISTS)
    uses: list[int] = []
    starts: list[dict[int, int]] = []
    place = 4 + max(count, 0) * _USE_BYTES
    for index in range(count):
        head = 4 + index * _USE_BYTES
        uses.append(int.from_bytes(table[head : head + 4], "little"))
        place += 4
        changed: dict[int, int] = {}
        for _ in range(table[head + 12]):
            if place + 8 > len(table):
                break
            value, flags = struct.unpack_from("<iI", table, place)
            place += 8
            if flags & 0x20:
                _, place = _read_level(table, place)
            if flags & 0x10:
                changed[flags & 0xF] = value
        starts.append(changed)
    return uses, starts
