"""Who reports about which year: the title, and what the name in it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from checker.model.numerals import parse_whole
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.library import Bodies

_MAX_TITLE: Final = 80
_MAX_PART: Final = 45
_MAX_PARTS: Final = 3
_SENTENCE: Final = frozenset("。；;！？，,：:>》|")
_YEAR: Final = compile_later(r"(20[0-9]{2})年")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as found.

    Attributes:
        first, last: ordinals (from 0) of its first and last paragraph.
        words: the whole title, squeezed.
        agency: name of the body in it, None if there is none.
        year: year in it, None if there is none.
    """

    first: int
    last: int
    words: str
    agency: str | None
    year: int | None


def find_title(squeezed: Sequence[str], bodies: Bodies) -> Title | None:
    """The title among the paragraphs before the first section.

    Args:
        squeezed: those paragraphs, squeezed.
        bodies: how titles are written.

    Returns:
        The last of the fullest titles: a page often repeats it above, in its frame, before the report
        itself begins.
    """
    best: Title | None = None
    for last, words in enumerate(squeezed):
        if len(words) > _MAX_TITLE:
            continue
        title = read_title(words, bodies, first=last, last=last)
        if title is None or title.agency is None or title.year is None:
            title = _joined_title(squeezed, last, bodies) or title
        if title and (best is None or _fullness(title) >= _fullness(best)):
            best = title
    return best


def _fullness(title: Title) -> int:
    return (title.agency is not None) + (title.year is not None)


def _joined_title(squeezed: Sequence[str], last: int, bodies: Bodies) -> Title | None:
    """A title that is spread over two or three lines, the agency on the first of them."""
    for first in range(last - 1, max(-1, last - _MAX_PARTS), -1):
        part = squeezed[first]
        if len(part) > _MAX_PART or not _SENTENCE.isdisjoint(part):
            return None
        title = read_title("".join(squeezed[first : last + 1]), bodies, first=first, last=last)
        if title and title.agency and bodies.is_agency(title.agency):
            rest = part.removeprefix(title.agency)
            if not rest or (rest != part and _YEAR.match(rest)):
                return title
    return None


def read_title(words: str, bodies: Bodies, *, first: int = 0, last: int = 0) -> Title | None:
    """`words` as a title, None if it is none."""
    for pattern in bodies.titles:
        match = pattern.search(words)
        if match:
            groups = match.groupdict()
            year = groups.get("year")
            return Title(
                first, last, words, groups.get("agency") or None, parse_whole(year) if year else None
            )
    return None


def main_year(texts: Iterable[str]) -> int | None:
    """The year that the text names most often, the later one of a tie; None if it names none."""
    counts = Counter(int(year) for text in texts for year in _YEAR.findall(text))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None
