"""Tokens of RTF: control words, symbols and text in many code pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\0]+)"
)


class RtfToken(NamedTuple):
    """One unit of RTF.

    Attributes:
        kind: `word`, `byte` (one hexadecimal byte), `symbol`, `{`, `}` or `text`.
        value: the control word without its backslash, the bytes, or the symbol.
        number: the number behind a control word, None if it has none.
    """

    kind: str
    value: bytes
    number: int | None = None


def tokens(data: bytes) -> Iterator[RtfToken]:
    """Everything in `data`, raw binary blocks left out."""
    place = 0
    while (match := _TOKEN.search(data, place)) is not None:
        place = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield RtfToken("text", match.group())
        elif kind == "hex":
            yield RtfToken("byte", bytes((int(match["hex"], 16),)))
        elif kind == "symbol":
            yield RtfToken("symbol", match["symbol"])
        elif kind == "brace":
            yield RtfToken(match["brace"].decode("ascii"), b"")
        else:
            number = int(match["number"]) if match["number"] else None
            if match["word"] == b"bin":
                place += max(0, number or 0)
                continue
            yield RtfToken("word", match["word"], number)


CHARACTERS: Final = {
    b"tab": "\t",
    b"line": "\n",
    b"page": "\n",
    b"column": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
}
"""Control words that stand for a character."""

SYMBOLS: Final = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
"""Control symbols that stand for a character."""

CODE_PAGES: Final = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950"}
"""Font character sets whose characters take two bytes; other fonts are read in the document's code page."""


def code_page(number: int) -> str:
    """The Python name of a Windows code page; an unknown one counts as Western European."""
    if number in (936, 54936):
        return "gb18030"
    name = "utf-8" if number == 65001 else f"cp{number}"  # noqa: PLR2004 - the number of UTF-8
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def decode(data: bytes, encoding: str) -> str:
    """Bytes as text; what does not fit the encoding is read as Western European."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
