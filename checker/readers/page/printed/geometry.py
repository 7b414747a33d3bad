"""Places on a page, in points from its lower left corner, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from checker.readers.page.printed.measures import SAME_EDGE, THIN

T = TypeVar("T")
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Span = tuple[float, float]
"""Left and right end."""


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have more in common than an end."""
    return one[0] < other[1] and other[0] < one[1]


def met_by(span: Span, others: Iterable[Span]) -> list[int]:
    """Which of `others` a span overlaps, counted from 0."""
    start, end = span
    return [number for number, (left, right) in enumerate(others) if start < right and left < end]


def lies_in(box: Box, other: Box) -> bool:
    """Whether a ruling is inside a box or a part of its frame."""
    left, bottom, right, top = other
    inside = left - THIN <= box[0] and box[2] <= right + THIN
    return inside and bottom - THIN <= box[1] and box[3] <= top + THIN


def is_same_edge(one: float, other: float) -> bool:
    """Whether two positions are one edge."""
    return abs(one - other) <= SAME_EDGE


def are_apart(spans: Iterable[Span]) -> bool:
    """Whether each span ends before the next one begins."""
    return all(before[1] < after[0] for before, after in pairwise(spans))


def walls_between(spans: Iterable[Span]) -> list[float]:
    """The middles of the gaps between neighbouring spans."""
    return [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]


def grouped(items: Iterable[T], belongs: Callable[[list[T], T], bool]) -> list[list[T]]:
    """Items in their order, each with those before it as long as it belongs to them."""
    groups: list[list[T]] = []
    for item in items:
        if groups and belongs(groups[-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def edges_of(positions: Iterable[float]) -> list[list[float]]:
    """Positions, rising, those of one edge together."""
    return grouped(sorted(positions), lambda edge, at: at - edge[0] <= SAME_EDGE)


def middle_value(values: Iterable[float], part: int = 2) -> float:
    """The middle one of some values, or the one after a further part of them; 0 if there is none.

    The standard median costs 15 ms to import.
    """
    ordered = sorted(values)
    return ordered[len(ordered) // part] if ordered else 0.0


def rounded(box: Box) -> Box:
    """`box` to a tenth of a point: finer than the eye, and the same on every machine."""
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def frame_of(boxes: Sequence[Box]) -> Box:
    """The smallest box around some others."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))
