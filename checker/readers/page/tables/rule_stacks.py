"""Horizontal rules that were drawn cell by cell, sorted by the tables to which they belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from checker.readers.page.ink import Box, Ruling
from checker.readers.page.lines import Run
from checker.readers.page.tables.ruled_grid import THIN
from checker.startup.records import dataclass

SAME_EDGE: Final = 2.0
"""Ends of rules that differ by no more points mark the same edge, rules as near are one."""
_NARROWEST: Final = 8.0
"""A rule with shorter pieces is dotted or dashed."""
_DOT: Final = 1.5
"""Pieces no longer than this are the corners between the pieces of a rule."""
_LARGER: Final = 1.3
"""A line of text higher than the line before by this factor is a heading between two tables."""
ONE_PIECE: Final = 2
"""Ends of a rule that consists of one piece."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule: its height and, rising, where its pieces begin and end."""

    at: float
    ends: tuple[float, ...]
    pieces: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Stack:
    """The rules of one table from top to bottom, and all column edges they show."""

    rules: list[Rule]
    ends: tuple[float, ...]

    def takes(self, rule: Rule) -> bool:
        """Take the next rule if its pieces end where those of the others do."""
        if _within(rule.ends, self.ends):
            whole = _within((self.ends[0], self.ends[-1]), rule.ends)
            if whole and len(rule.ends) == ONE_PIECE < len(self.ends):
                return False
        elif _within(self.ends, rule.ends):
            self.ends = rule.ends
        elif _within((rule.ends[0], rule.ends[-1]), self.ends) and not _within(
            (self.ends[0], self.ends[-1]), rule.ends
        ):
            # A rule below some cells of a row shows further edges between these.
            further = [end for end in rule.ends if not _within((end,), self.ends)]
            self.ends = tuple(sorted([*self.ends, *further]))
        else:
            return False
        self.rules.append(rule)
        return True


def height_of(run: Run) -> float:
    """Height of its centre on the page."""
    return (run.bottom + run.top) / 2


def rules_of(rulings: Iterable[Ruling], taken: Sequence[Box]) -> list[Rule]:
    """Horizontal rules outside other tables, from top to bottom."""
    thin = sorted(
        ((line.bottom + line.top) / 2, line.left, line.right)
        for line in rulings
        if line.top - line.bottom <= THIN < line.right - line.left and not _lies_in(line, taken)
    )
    rules: list[Rule] = []
    position = 0
    while position < len(thin):
        after = position + 1
        while after < len(thin) and thin[after][0] - thin[position][0] <= SAME_EDGE:
            after += 1
        pieces = sorted({(left, right) for _, left, right in thin[position:after] if right - left > _DOT})
        if pieces and min(right - left for left, right in pieces) >= _NARROWEST:
            rules.append(_rule(thin[position][0], pieces))
        position = after
    return rules[::-1]


def _lies_in(line: Ruling, boxes: Sequence[Box]) -> bool:
    return any(
        box[0] - THIN <= line.left <= box[2] and box[1] - THIN <= line.bottom <= box[3] + THIN
        for box in boxes
    )


def _rule(at: float, pieces: Sequence[tuple[float, float]]) -> Rule:
    ends: list[float] = []
    for end in sorted(end for piece in pieces for end in piece):
        if not ends or end - ends[-1] > SAME_EDGE:
            ends.append(end)
    return Rule(at, tuple(ends), tuple(pieces))


def _within(ends: Sequence[float], others: Sequence[float]) -> bool:
    """Whether each of `ends` is one of `others`."""
    return all(any(abs(end - other) <= SAME_EDGE for other in others) for end in ends)


def stacks_of(rules: Sequence[Rule]) -> list[Stack]:
    """Rules whose pieces end at the same places, from top to bottom; those without column edges left out."""
    stacks: list[Stack] = []
    for rule in rules:
        if not stacks or not stacks[-1].takes(rule):
            stacks.append(Stack([rule], rule.ends))
    return [stack for stack in stacks if len(stack.ends) > ONE_PIECE]


def parts_of(rules: Sequence[Rule], lines: Sequence[Sequence[Run]]) -> list[Sequence[Rule]]:
    """The rules of a stack, parted where a heading in larger type stands between two of them."""
    parts: list[Sequence[Rule]] = []
    start, size = 0, 0.0
    for number, (upper, lower) in enumerate(pairwise(rules), 1):
        heights = [
            run.top - run.bottom for line in lines for run in line if lower.at < height_of(run) < upper.at
        ]
        if size and len(heights) == 1 and heights[0] > size * _LARGER:
            parts.append(rules[start:number])
            start = number
        elif heights:
            size = max(heights)
    parts.append(rules[start:])
    return parts
