"""Styled lines: pieces of text with a role, wrapped with a hanging indent, coloured at the very end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from checker.model.findings import Severity
from checker.writers.shared.text_cells import harmless, width, wrap


class TextStyle(str, Enum):
    """What a piece of text is; the value is the ANSI code, of the sixteen colours every terminal has.

    Colour only repeats what the words say: nothing is lost without it.
    """

    PLAIN = ""
    STRONG = "1"
    QUIET = "2"
    ERROR = "1;31"
    WARNING = "1;33"
    INFO = "1;36"
    GOOD = "1;32"
    ERROR_MARK = "1;7;31"
    WARNING_MARK = "1;7;33"
    INFO_MARK = "1;7;36"


SEVERITY_STYLES: Final = {
    Severity.ERROR: TextStyle.ERROR,
    Severity.WARNING: TextStyle.WARNING,
    Severity.INFO: TextStyle.INFO,
}
SEVERITY_MARKS: Final = {
    Severity.ERROR: TextStyle.ERROR_MARK,
    Severity.WARNING: TextStyle.WARNING_MARK,
    Severity.INFO: TextStyle.INFO_MARK,
}

Piece = tuple[str, TextStyle]
Line = tuple[Piece, ...]
"""Pieces of one terminal line, left to right."""

EMPTY_LINE: Final[Line] = ()


def plain_line(text: str, style: TextStyle = TextStyle.PLAIN) -> Line:
    """A line of one piece; `text` must be harmless already and fit."""
    return ((text, style),)


def wrapped(
    pieces: Sequence[Piece], cells: int, *, lead: Sequence[Piece] = (), hang: int = 0
) -> Iterator[Line]:
    """Lay out a paragraph.

    Args:
        pieces: the text; made harmless here, up to two spaces at the edges of a piece are kept.
        cells: cells of a line.
        lead: pieces in front of the first line, already harmless; they are never wrapped.
        hang: cells of indent of the first line if there is no lead, and of all others.
    """
    pieces = [(_harmless_inside(text), style) for text, style in pieces]
    text = "".join(piece for piece, _ in pieces)
    lead = tuple(lead) or ((" " * hang, TextStyle.PLAIN),)
    used = sum(width(piece) for piece, _ in lead)
    spans = wrap(text, max(2, cells - used), max(2, cells - hang))
    for number, (start, end) in enumerate(spans or [(0, 0)]):
        front = lead if number == 0 else ((" " * hang, TextStyle.PLAIN),)
        yield (*front, *_slice(pieces, start, end))


def _harmless_inside(text: str) -> str:
    """Harmless text that keeps up to two spaces at its edges, which part it from its neighbours."""
    left = min(2, len(text) - len(text.lstrip(" ")))
    right = min(2, len(text) - len(text.rstrip(" "))) if text.strip(" ") else 0
    return " " * left + harmless(text) + " " * right


def _slice(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """The characters `start:end` of the joined pieces, with their styles."""
    offset = 0
    for text, style in pieces:
        part = text[max(0, start - offset) : max(0, end - offset)]
        if part:
            yield part, style
        offset += len(text)


def rendered(line: Line, *, colour: bool) -> str:
    """The line as text with its line end; without colour no spaces are left at its end."""
    if not colour:
        return "".join(text for text, _ in line).rstrip() + "\n"
    return "".join(_coloured(text, style) for text, style in line) + "\n"


def _coloured(text: str, style: TextStyle) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m" if style.value else text
