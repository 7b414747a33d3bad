"""Pages that would be slow to parse, or take much memory, are refused before they are parsed.

The parser's work grows with the square of the nesting and of the attributes of one element, its memory
with the number of tags. Small pages cannot do harm and are let through unread.
"""

from __future__ import annotations

import re
from typing import Final

from checker.readers.limits import Limits, too_large

_HARMLESS_CHARACTERS: Final = 100_000
_TAGS_PER_CELL: Final = 5
_NESTING_SLACK: Final = 4
"""Counting tags gives the nesting only roughly; the walk over the parsed page is exact."""
_MOST_ATTRIBUTES: Final = 5000

_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"'][^\s>]*)?)?"""
)
_UNNESTED: Final = frozenset((
    "area", "base", "body", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody",
    "td", "tfoot", "th", "thead", "tr", "track", "wbr",
))  # fmt: skip
"""Tags that often stand without an end although nothing nests in them."""


def guard(text: str, limits: Limits) -> None:
    """Refuse a page that would cost too much to parse.

    Args:
        text: the page.
        limits: bounds for depth and cells, from which the others follow.

    Raises:
        UnreadableError: `too_large`.
    """
    if len(text) <= _HARMLESS_CHARACTERS:
        return
    most_tags = limits.cells * _TAGS_PER_CELL
    if text.count("<") > most_tags:
        raise too_large(f"里的标签多于 {most_tags} 个")
    open_tags: dict[str, int] = {}
    depth = attributes = position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        tag = match[2].lower()
        count = open_tags.get(tag, 0)
        if tag in _UNNESTED:
            pass
        elif not match[1]:
            open_tags[tag] = count + 1
            depth += 1
        elif count:
            open_tags[tag] = count - 1
            depth -= 1
        own, position = _attributes(text, position)
        attributes += own
        if depth > limits.depth * _NESTING_SLACK:
            raise too_large(f"嵌套超过 {limits.depth} 层")
        if own > _MOST_ATTRIBUTES or attributes > most_tags:
            raise too_large("里的标签属性过多")


def _attributes(text: str, position: int) -> tuple[int, int]:
    """Number of attributes of the tag whose name ends at `position`, and where they end."""
    count = 0
    while count <= _MOST_ATTRIBUTES and (match := _ATTRIBUTE.match(text, position)):
        count += 1
        position = match.end()
    return count, position
