"""The signature: who signed, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from checker.model.text import label_key
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames

_NUMERALS: Final = frozenset("0123456789〇○零一二三四五六七八九十")
_DATE: Final = compile_later(
    r"[（(]?(?:(20\d\d|二\w{3})年(\w{1,2})月(\w{1,3})日|20\d\d[-./]\d{1,2}[-./]\d{1,2})[)）]?$"
)
_SEAL: Final = compile_later(r"[（(]\w{0,6}[)）]$")
_SENTENCE: Final = frozenset("。；;！？，,：:")
_SHORTEST_NAME: Final = 3
_MAX_NAME: Final = 45


@dataclass(frozen=True, slots=True)
class _SignatureBlock:
    """The lines after the last heading, and what counts as the name of a body in them."""

    lines: Sequence[str]
    after: int
    own: str | None
    bodies: BodyNames

    def is_own(self, line: str) -> bool:
        return self.own is not None and label_key(_SEAL.sub("", line)) == self.own

    def is_name(self, line: str) -> bool:
        bare = _SEAL.sub("", line)
        return (
            _SHORTEST_NAME <= len(bare) <= _MAX_NAME
            and _SENTENCE.isdisjoint(bare)
            and (self.is_own(bare) or self.bodies.is_agency(bare))
        )

    def around(self, index: int) -> tuple[int, ...]:
        """The signature whose date stands at the end of that line; nothing if no name goes with it."""
        date = _dated(_DATE.search(self.lines[index]))
        if date is None:
            return ()
        if date.start() > 0:
            return (index,) if self.is_name(self.lines[index][: date.start()]) else ()
        first = index
        while first > self.after and self.is_name(self.lines[first - 1]):
            first -= 1
        if first < index:
            return tuple(range(first, index + 1))
        below = index + 1 < len(self.lines) and self.is_name(self.lines[index + 1])
        return (index, index + 1) if below else ()


def _dated(match: re.Match[str] | None) -> re.Match[str] | None:
    """The match, unless it has other words than numerals where a date has numbers."""
    if match is None or any(part and not _NUMERALS.issuperset(part) for part in match.groups()):
        return None
    return match


def find_signature(
    squeezed: Sequence[str], after: int, title_end: int | None, agency: str | None, bodies: BodyNames
) -> tuple[int, ...]:
    """Ordinals (from 0) of the paragraphs that are the signature, in order.

    Args:
        squeezed: all paragraphs, squeezed.
        after: first paragraph after the last heading.
        title_end: last paragraph of the title; a date right below it counts where the end has none.
        agency: who the title names.
        bodies: how names of bodies are written.
    """
    block = _SignatureBlock(squeezed, after, label_key(agency) if agency else None, bodies)
    short = [i for i in range(len(squeezed) - 1, after - 1, -1) if len(squeezed[i]) <= 2 * _MAX_NAME]
    for index in short:
        found = block.around(index)
        if found:
            return found
    dates = [index for index in short if _dated(_DATE.match(squeezed[index]))]
    names = [index for index in short if block.is_own(squeezed[index])]
    if dates or names:
        return (dates[0],) if dates else (names[-1],)
    below = after if title_end is None else title_end + 1
    if below < min(after, len(squeezed)) and _dated(_DATE.match(squeezed[below])):
        return (below,)
    return ()
