"""Text on a grid of terminal cells: made harmless, measured, cut and wrapped.

Chinese takes two cells a character. Characters of ambiguous width (quotation marks, dashes, arrows) take
one cell in most terminals and two in older Chinese ones; they count as two, so that no line is ever too
long, and columns that must line up do without them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from checker.startup.lazy_re import compile_later

_PLAIN: Final = compile_later(r"[ -~\u3001-\u3020\u4e00-\u9fff\uff01-\uff5e]*")
_SPACE_RUN: Final = compile_later(r"[\s\x1c-\x1f\x85\u2028\u2029]+")


def harmless(text: str) -> str:
    """`text` as one line that a terminal can only show.

    Control characters (and with them escape sequences), invisible formatting characters such as those
    that reverse the writing direction, and combining marks go; runs of white space become one space;
    what has no glyph of its own (private use, unassigned, broken file names) becomes □.
    """
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text.strip()
    composed = unicodedata.normalize("NFC", _SPACE_RUN.sub(" ", text))
    return _SPACE_RUN.sub(" ", "".join(map(_harmless_character, composed))).strip()


def _harmless_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Mn", "Me"):
        return ""
    return "□" if category in ("Cs", "Co", "Cn") else character


def width(text: str) -> int:
    """Most cells that `text` may take: two for a Chinese character and for one of ambiguous width."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


_STEADY: Final = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..", "—": "-", "·": ".", "×": "x", "□": "?"}
)


def cut(text: str, cells: int) -> str:
    """The beginning of `text` in at most `cells` cells, with … if something was left out."""
    if width(text) <= cells:
        return text
    return text[: _fitting(text, 0, cells - width("…"))].rstrip() + "…" if cells > 1 else ""


def cut_front(text: str, cells: int) -> str:
    """The end of `text` in at most `cells` cells, with … if something was left out; for file paths."""
    return cut(text[::-1], cells)[::-1]


def cut_middle(text: str, cells: int) -> str:
    """`text` in at most `cells` cells, with … for what was left out of its middle; for paths.

    The end, with the name of the file, gets two thirds of the room.
    """
    if width(text) <= cells:
        return text
    room = max(0, cells - width("…"))
    front = text[: _fitting(text, 0, room // 3)].rstrip()
    end = text[::-1][: _fitting(text[::-1], 0, room - width(front))][::-1].lstrip()
    return f"{front}…{end}"


def column_text(text: str, cells: int) -> str:
    """`text` for a column: harmless, at most `cells` cells, the usual ambiguous characters replaced."""
    return cut(harmless(text).translate(_STEADY), cells).translate(_STEADY)


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `cells` cells; `right` puts it at the right-hand side."""
    space = " " * max(0, cells - width(text))
    return space + text if right else text + space


# A line never breaks inside these, never ends with an opening mark, never starts with a closing one. The
# sign of an operation stays with the number behind it, so that a long sum breaks in front of its signs.
_OPENING: Final = r"（［｛〔【《〈「『“‘(\[{<"
_CLOSING: Final = r"，。、；：？！）］｝〕】》〉」』”’…％‰·)\]},.;:!?%>"
_UNIT: Final = compile_later(
    rf"""
    \s+
    | [{_OPENING}]*
      (?: [A-Za-z0-9]{{1,20}} \[ [^\[\]\s]{{1,40}} (?:,[ ][^\[\]\s]{{1,40}})? \]   # a cell: T3[R1, natural]
        | [＋－＝×÷≠≤≥] [ ]? [0-9０-９][0-9０-９.,]*                    # a sign with its number
        | (?:[\u4e00-\u9fff]{{1,5}}[ ])?                               # the word in front: 程序出错 2
          [0-9０-９][0-9０-９.,:/—-]* (?![0-9０-９A-Za-z_])                # a number, a date, a telephone
          [年月日件条页行段处份]?                                         # … with its measure word
        | [!-~]+?(?=[{_OPENING}]|[^!-~]|$)                              # a Latin word, an id, an address
        | .
      )
      [{_CLOSING}]*
    """,
    re.VERBOSE | re.DOTALL,
)


def wrap(text: str, first: int, rest: int) -> list[tuple[int, int]]:
    """Break `text` into lines.

    Args:
        text: one line of harmless text.
        first: cells of the first line.
        rest: cells of each further line.

    Returns:
        Start and end offset in `text` of each line, spaces at its ends left out. A unit that is wider
        than a whole line is broken where the line ends.
    """
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    room = first
    for unit in _UNIT.finditer(text):
        cells = width(unit[0])
        if unit[0].isspace():
            if start != end:
                used += cells
            else:
                start = end = unit.end()
            continue
        if start != end and used + cells > room:
            lines.append((start, end))
            start, used, room = unit.start(), 0, rest
        elif start == end:
            start = unit.start()
        end = unit.end()
        used += cells
        while used > room:
            stop = max(_fitting(text, start, room), start + 1)
            lines.append((start, stop))
            used -= width(text[start:stop])
            start, room = stop, rest
    if start != end:
        lines.append((start, end))
    return [(first, first + len(text[first:last].rstrip())) for first, last in lines]


def _fitting(text: str, start: int, cells: int) -> int:
    """Offset behind the last character of `text[start:]` that still fits into `cells` cells."""
    used = 0
    for offset in range(start, len(text)):
        used += width(text[offset])
        if used > cells:
            return offset
    return len(text)
