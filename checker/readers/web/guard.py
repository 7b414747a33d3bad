"""Pages that would be slow to parse, or take much memory, are refused before they are parsed.

The parser's work grows with the square of the nesting and of the attributes of one element, its memory
with the number of tags. Small pages cannot do harm and are let through unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from checker.readers.limits import Limits, too_large

_HARMLESS_CHARACTERS: Final = 100_000
_TAGS_PER_CELL: Final = 5
_NESTING_SLACK: Final = 4
"""Counting tags gives the nesting only roughly; the walk over the parsed page is exact."""
_MOST_ATTRIBUTES: Final = 5000
_SHORTEST_ATTRIBUTE: Final = 2
"""Characters, with what parts it from the next one."""
_PIECE: Final = 100_000
"""Characters whose tags are found in one go."""

_PLAIN_TAG: Final = re.compile(
    r"""<(/?)([A-Za-z][^\s/<>"']*)"""
    r"""((?:[^<>"'=]*[^<>"'=\s/]=(?:"[^<>"]*"|'[^<>']*'|[^\s<>"'=]+(?=[\s>])))*[^<>"'=]*>)?"""
)
"""A tag whose end can be told without reading its attributes one by one; of any other its name alone."""
_REST: Final = itemgetter(2)
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
    deepest = limits.depth * _NESTING_SLACK
    open_tags: dict[str, int] = {}
    names = _NestingTags()
    depth = 0
    for found in tags(text, most_tags):
        for ends, name, _ in found:
            tag = names[name]
            if not tag:
                continue
            if not ends:
                open_tags[tag] = open_tags.get(tag, 0) + 1
                depth += 1
                if depth > deepest:
                    raise too_large(f"嵌套超过 {limits.depth} 层")
            elif count := open_tags.get(tag):
                open_tags[tag] = count - 1
                depth -= 1


class _NestingTags(dict[str, str]):
    """Names of tags in lower case by how they are written; empty for `_UNNESTED` ones."""

    def __missing__(self, written: str) -> str:
        name = self[written] = "" if (lower := written.lower()) in _UNNESTED else lower
        return name


def tags(text: str, most: int) -> Iterator[Sequence[tuple[str, str, str]]]:
    """Slash, name and rest of every tag, many at a time.

    Args:
        text: the page.
        most: attributes that all tags may have together.

    Raises:
        UnreadableError: too many attributes.
    """
    position = 0
    if len(text) <= most * _SHORTEST_ATTRIBUTE:
        while position < len(text):
            # In front of a `<` no plain tag is open.
            end = text.find("<", position + _PIECE)
            end = len(text) if end < 0 else end
            found = _PLAIN_TAG.findall(text, position, end)
            lengths = list(map(len, map(_REST, found)))
            if lengths and not 0 < min(lengths) <= max(lengths) <= _MOST_ATTRIBUTES * _SHORTEST_ATTRIBUTE:
                break
            yield found
            position = end
    yield from tags_with_attributes(text, position, most)


def tags_with_attributes(text: str, position: int, most: int) -> Iterator[Sequence[tuple[str, str, str]]]:
    """The tags from a position on, found attribute by attribute."""
    attributes = 0
    while match := _TAG.search(text, position):
        own, position = _attributes(text, match.end())
        attributes += own
        if own > _MOST_ATTRIBUTES or attributes > most:
            raise too_large("里的标签属性过多")
        yield ((match[1], match[2], ""),)


def _attributes(text: str, position: int) -> tuple[int, int]:
    """Number of attributes of the tag whose name ends at `position`, and where they end."""
    count = 0
    while count <= _MOST_ATTRIBUTES and (match := _ATTRIBUTE.match(text, position)):
        count += 1
        position = match.end()
    return count, position
