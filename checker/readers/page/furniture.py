"""What belongs to the sheet and not to the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from checker.readers.page.layout import PageContent, PageItem
from checker.readers.page.printed.lines import PageLine
from checker.readers.web.furniture import is_furniture_line, published_in
from checker.startup.records import replace

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
_SITE_LINES: Final = 15
"""Lines at the top of a printed web page in which the site speaks."""
_SAME_HEIGHT: Final = 5.0
"""Running heads stand at the same height on their pages, give or take this many points."""
_MARGIN_PART: Final = 0.16
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


def without_site(pages: Sequence[PageContent]) -> list[PageContent]:
    """The pages without what a web site puts above and below a text that was printed from it."""
    if not pages:
        return []
    kept = list(pages)
    top = [item for item in kept[0].items[:_SITE_LINES] if not _is_of_site(item)]
    kept[0] = replace(kept[0], items=(*top, *kept[0].items[_SITE_LINES:]))
    items = list(kept[-1].items)
    while items and _is_of_site(items[-1]):
        del items[-1]
    kept[-1] = replace(kept[-1], items=tuple(items))
    return kept


def published_on(pages: Sequence[PageContent]) -> str:
    """The day of publication that the head of a printed page names, as an ISO date; empty if it names none."""
    lines = [item for page in pages[:1] for item in page.items[:_SITE_LINES] if isinstance(item, PageLine)]
    return next(filter(None, (published_in(line.text) for line in lines)), "")


def _is_of_site(item: PageItem) -> bool:
    return isinstance(item, PageLine) and is_furniture_line(item.text)


def _ends(page: PageContent) -> list[PageLine]:
    """The outermost lines, those of tables not counted."""
    ends = [*page.items[:_DEPTH], *page.items[-_DEPTH:]]
    return [item for item in ends if isinstance(item, PageLine)]


def _plain_number(line: PageLine) -> int | None:
    match = _PLAIN.fullmatch(line.text)
    return int(match[1]) if match else None


def _key(line: PageLine) -> str:
    """A running head's text; its numbers count pages or minutes."""
    return _DIGITS.sub("#", line.text)


def _repeated(pages: Sequence[PageContent]) -> dict[str, list[float]]:
    """Texts in the margins of several pages, with the heights at which they recur."""
    seen: dict[str, list[tuple[float, int]]] = {}
    for index, page in enumerate(pages):
        for line in _ends(page):
            if min(line.middle, page.height - line.middle) < page.height * _MARGIN_PART:
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
    if not isinstance(item, PageLine):
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
