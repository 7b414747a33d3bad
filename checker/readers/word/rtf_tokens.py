"""Tokens of RTF: control words, symbols and text in many code pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.readers.blocks.marks import ABOVE, BELOW, ON_LINE

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

UNSHOWN: Final = frozenset(
    (
        b"annotation", b"atnauthor", b"atnid", b"bkmkend", b"bkmkstart", b"datafield", b"do",
        b"docvar", b"fldinst", b"footer", b"footerf", b"footerl", b"footerr", b"footnote", b"formfield",
        b"ftncn", b"ftnsep", b"ftnsepc", b"generator", b"header", b"headerf", b"headerl", b"headerr",
        b"info", b"listoverridetable", b"listpicture", b"listtable", b"nonesttables", b"nonshppict",
        b"objdata", b"pict", b"pntxta", b"pntxtb", b"private", b"revtbl", b"rsidtbl", b"shprslt",
        b"stylesheet", b"tc", b"upr", b"xe",
    )
)  # fmt: skip
"""Groups whose text is not part of the page's text."""
SHOWN_IF_MARKED: Final = frozenset((b"shpinst", b"shpgrp", b"moMath", b"moMathPara"))
"""Groups marked as skippable that hold text a person sees."""
LABELS: Final = frozenset((b"listtext", b"pntext"))
"""Groups with the automatic number of the paragraph that follows."""
BOX: Final = b"shptxt"
PROPERTY_NAME, PROPERTY_VALUE = b"sn", b"sv"
"""Groups with the name and the value of a property of a shape."""
FORMULA_PARTS: Final = {
    b"msup": ABOVE, b"msub": BELOW,
    **dict.fromkeys((b"mdeg", b"mden", b"me", b"mfName", b"mlim", b"mnum", b"moMath"), ON_LINE),
}  # fmt: skip
"""Groups with parts of a formula that stand beside, above or below one another."""

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
