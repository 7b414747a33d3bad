"""Text as rules see it: digits and spaces normalised, every offset traceable to the page.

Official Chinese text has no meaningful spaces between characters, yet Word files and web pages are full
of them (`2024年1月24 日`, `商 业 企 业`). Rules match the squeezed text; findings point into the raw text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.numerals import NO_WIDTH, NO_WIDTH_SET, half_width
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_SPACE_RUN: Final = compile_later(rf"[\s{NO_WIDTH_SET}]+")
_JOINING: Final = frozenset(NO_WIDTH) - {"\u200b"}
"""Characters that part no words; the space of no width does."""
_WORD: Final = compile_later(r"[A-Za-z0-9@._/:#-]")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Normalised text with its way back.

    Attributes:
        text: half-width digits and letters, no white space except one space between two Latin words
            or numbers.
        offsets: for each character of `text` its offset in the raw text, or None where they are equal.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the raw text of `text[start:end]`; an empty span stays empty."""
        if self.offsets is None or not self.offsets:
            return start, end
        if start >= len(self.offsets):
            last = self.offsets[-1] + 1
            return last, last
        first = self.offsets[start]
        return first, (self.offsets[end - 1] + 1 if end > start else first)


def squeeze(raw: str) -> Squeezed:
    """Normalise `raw` for matching; see `Squeezed`."""
    if raw.isascii() and raw.isalnum():  # most cells of a table
        return Squeezed(raw)
    plain = half_width(raw)
    if _SPACE_RUN.search(plain) is None:
        return Squeezed(plain)
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for run in _SPACE_RUN.finditer(plain):
        pieces.append(plain[position : run.start()])
        offsets.extend(range(position, run.start()))
        position = run.end()
        between_words = (
            not _JOINING.issuperset(run[0])
            and run.start() > 0
            and position < len(plain)
            and _WORD.match(plain, run.start() - 1)
            and _WORD.match(plain, position)
        )
        if between_words:
            pieces.append(" ")
            offsets.append(run.start())
    pieces.append(plain[position:])
    offsets.extend(range(position, len(plain)))
    return Squeezed("".join(pieces), tuple(offsets))


_BOOK_TITLE: Final = compile_later(r"《[^《》\n]*》")
_BRACKET: Final = compile_later(r"[（(][^（）()\n]*[）)]")
HIDDEN: Final = "〓"


def without_book_titles(text: str) -> str:
    """Book titles made unreadable, length kept."""
    return _BOOK_TITLE.sub(lambda match: HIDDEN * len(match[0]), text)


def without_asides(text: str) -> str:
    """Book titles and what stands in brackets made unreadable, length kept."""
    return _BRACKET.sub(lambda match: HIDDEN * len(match[0]), without_book_titles(text))


def offsets_of(text: str, characters: str) -> list[int]:
    """Where any of some characters stand in a text, in order."""
    found: list[int] = []
    for character in characters:
        offset = text.find(character)
        while offset >= 0:
            found.append(offset)
            offset = text.find(character, offset + 1)
    found.sort()
    return found


def spans_between(text: str, stops: str) -> Iterator[tuple[int, int]]:
    """Where the pieces between characters are that end one, such as full stops; empty pieces are left out."""
    start = 0
    for cut in (*offsets_of(text, stops), len(text)):
        if cut > start:
            yield start, cut
        start = cut + 1


_LABEL_NOISE: Final = compile_later(r"[\W_]+")


def label_key(raw: str) -> str:
    """`raw` reduced to letters, digits and ideographs, for comparing labels and titles."""
    return _LABEL_NOISE.sub("", half_width(raw)).lower()


# Spelled out, because tables of Unicode differ by version and have so many small gaps that a pattern with a
# repeated `\p{Han}` takes milliseconds to compile.
HAN_BLOCKS: Final = (("〇", "〇"), ("㐀", "䶿"), ("一", "鿿"), ("豈", "\ufaff"), ("\U00020000", "\U000323af"))
"""The blocks of ideographs, and the sign for zero: first and last of each."""


def is_han(character: str) -> bool:
    """Whether a character is an ideograph."""
    return any(first <= character <= last for first, last in HAN_BLOCKS)
