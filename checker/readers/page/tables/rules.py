"""Horizontal rules that were drawn cell by cell, sorted by the tables to which they belong."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from checker.readers.page.printed.geometry import Box, Span, edges_of, grouped, lies_in
from checker.readers.page.printed.ink import Ruling
from checker.readers.page.printed.lines import Run
from checker.readers.page.printed.measures import LARGER_TYPE, MOST_LINES, NARROWEST, SAME_EDGE, THIN

_DOT: Final = 1.5
"""Pieces no longer than this are the corners between the pieces of a rule."""
_ONE_PIECE: Final = 2
"""Ends of a rule that consists of one piece."""


class DrawnRule(NamedTuple):
    """A horizontal rule: its height and, rising, where its pieces begin and end."""

    at: float
    ends: Sequence[float]
    pieces: Sequence[Span]


class Stack(NamedTuple):
    """The rules of one table from top to bottom, and all column edges they show."""

    rules: list[DrawnRule]
    ends: Sequence[float]

    @property
    def shows_columns(self) -> bool:
        """Whether two rules at least consist of several pieces: one may be an ornament."""
        return sum(len(rule.ends) > _ONE_PIECE for rule in self.rules) > 1


def rules_of(rulings: Iterable[Ruling], taken: Sequence[Box]) -> list[DrawnRule]:
    """Horizontal rules outside other tables, from top to bottom."""
    thin = sorted(
        ((line.bottom + line.top) / 2, line.left, line.right)
        for line in rulings
        if line.top - line.bottom <= THIN < line.right - line.left
        and not any(lies_in(line, box) for box in taken)
    )
    rules: list[DrawnRule] = []
    for level in grouped(thin, lambda rule, line: line[0] - rule[0][0] <= SAME_EDGE):
        pieces = sorted({(left, right) for _, left, right in level if right - left > _DOT})
        if pieces and min(right - left for left, right in pieces) >= NARROWEST:
            ends = edges_of(end for piece in pieces for end in piece)
            rules.append(DrawnRule(level[0][0], [edge[0] for edge in ends], pieces))
    return rules[::-1]


def stacks_of(rules: Iterable[DrawnRule], lines: Sequence[Sequence[Run]]) -> list[Stack]:
    """Rules whose pieces end at the same places, from top to bottom, where these show as many columns as tables have.

    Args:
        rules: the rules of a page.
        lines: its text: a heading in larger type parts two tables.
    """
    stacks: list[Stack] = []
    for rule in rules:
        ends = _common_ends(stacks[-1].ends, rule.ends) if stacks else None
        if ends is None:
            stacks.append(Stack([rule], rule.ends))
        else:
            stacks[-1] = Stack([*stacks[-1].rules, rule], ends)
    return [
        part
        for stack in stacks
        if _ONE_PIECE < len(stack.ends) <= MOST_LINES
        for part in _parted(stack, lines)
    ]


def _common_ends(ends: Sequence[float], more: Sequence[float]) -> Sequence[float] | None:
    """The column edges of a stack with those of a further rule, None where that is of another table."""
    reaches = _are_within((ends[0], ends[-1]), more)
    if _are_within(more, ends):
        return None if reaches and len(more) == _ONE_PIECE < len(ends) else ends
    if _are_within(ends, more):
        return more
    if reaches or not _are_within((more[0], more[-1]), ends):
        return None
    # A rule below some cells of a row shows further edges between these.
    return sorted([*ends, *(end for end in more if not _are_within((end,), ends))])


def _are_within(ends: Sequence[float], others: Sequence[float]) -> bool:
    """Whether all of `ends` are some of `others`; both rise."""
    places = (bisect_left(others, end - SAME_EDGE) for end in ends)
    return all(
        place < len(others) and others[place] <= end + SAME_EDGE
        for end, place in zip(ends, places, strict=True)
    )


def _parted(stack: Stack, lines: Sequence[Sequence[Run]]) -> list[Stack]:
    """A stack, parted where a heading in larger type stands between two of its rules."""
    parts: list[Stack] = []
    texts = [(run.middle, run.height) for line in lines for run in line]
    start, size = 0, 0.0
    for number, (upper, lower) in enumerate(pairwise(stack.rules), 1):
        heights = [height for middle, height in texts if lower.at < middle < upper.at]
        if size and len(heights) == 1 and heights[0] > size * LARGER_TYPE:
            parts.append(Stack(stack.rules[start:number], stack.ends))
            start = number
        elif heights:
            size = max(heights)
    return [*parts, Stack(stack.rules[start:], stack.ends)]
