"""What belongs to the sheet and not to the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from checker.readers.page_layout import PageContent, PageItem
from checker.readers.page_text import Line
from checker.records import replace

_DASHES: Final = r"[-‐‑‒–—―－_·•.~～|\s]*"
_NUMBER: Final = r"(?:\d{1,4}|[〇一二三四五六七八九十百]{1,5})"
_PLAIN: Final = re.compile(rf"{_DASHES}(\d{{1,4}}){_DASHES}")
"""A number with or without dashes around it."""
_NAMED: Final = re.compile(
    rf"{_DASHES}(?:第\s*{_NUMBER}\s*页[\s,，、/／|(（]*(?:共\s*{_NUMBER}\s*页)?[)）]?"
    rf"|[Pp]age\s*\d+(?:\s*of\s*\d+)?|\d{{1,4}}\s*[/／]\s*(?:共\s*)?\d{{1,4}}\s*页?){_DASHES}"
)
_DIGITS: Final = re.compile(r"\d+")
_DEPTH: Final = 3
"""Lines from either end of a page that may be furniture."""
_SAME_HEIGHT: Final = 5.0
"""Running heads stand at the same height on their pages, give or take this many points."""
_MARGIN: Final = 0.16
"""Part of the page height, above and below, within which running heads stand."""


def without_furniture(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages without page numbers, running heads and running feet."""
    heads = _repeated(pages)
    shifts = Counter(
        number - page.number
        for page in pages
        for number in {_plain_number(line) for line in _ends(page)}
        if number
    )
    return [_stripped(page, heads, shifts) for page in pages]


def _ends(page: PageContent) -> list[Line]:
    """The outermost lines, those of tables not counted."""
    ends = [*page.items[:_DEPTH], *page.items[-_DEPTH:]]
    return [item for item in ends if isinstance(item, Line)]


def _plain_number(line: Line) -> int | None:
    match = _PLAIN.fullmatch(line.text)
    return int(match[1]) if match else None


def _key(line: Line) -> str:
    """A running head's text; its numbers count pages or minutes."""
    return _DIGITS.sub("#", line.text)


def _repeated(pages: Sequence[PageContent]) -> dict[str, list[float]]:
    """Texts in the margins of several pages, with the heights at which they recur."""
    seen: dict[str, list[tuple[float, int]]] = {}
    for index, page in enumerate(pages):
        for line in _ends(page):
            if min(line.middle, page.height - line.middle) < page.height * _MARGIN:
                seen.setdefault(_key(line), []).append((line.middle, index))
    heads: dict[str, list[float]] = {}
    fewest = max(2, (len(pages) + 2) // 3)
    for text, places in seen.items():
        for height, _ in places:
            at_height = {index for other, index in places if abs(other - height) <= _SAME_HEIGHT}
            if len(at_height) >= fewest:
                heads.setdefault(text, []).append(height)
                break
    return heads


def _stripped(page: PageContent, heads: dict[str, list[float]], shifts: Counter[int]) -> PageContent:
    items = list(page.items)
    for end in (0, -1):
        for _ in range(_DEPTH):
            if not items or not _is_furniture(items[end], page, heads, shifts):
                break
            del items[end]
    return replace(page, items=tuple(items))


def _is_furniture(
    item: PageItem, page: PageContent, heads: dict[str, list[float]], shifts: Counter[int]
) -> bool:
    if not isinstance(item, Line):
        return False
    if any(abs(height - item.middle) <= _SAME_HEIGHT for height in heads.get(_key(item), ())):
        return True
    if _NAMED.fullmatch(item.text):
        return True
    number = _plain_number(item)
    if number is None:
        return False
    # A bare number is a page number only if it counts with the pages.
    dashed = not item.text.strip()[0].isdigit()
    shift = number - page.number
    return dashed or shift == 0 or shifts[shift] > 1
