"""Places on a page, and the measures by which text and rulings belong together.

A measure stands here when more than one module needs it; each stands once. Lengths are points, the origin is
the lower left corner of the page; shares are parts of a font height unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Span = tuple[float, float]
"""Left and right end."""

THIN: Final = 3.0
"""Thickest ruling; anything thicker is a filled area."""
SAME_EDGE: Final = 4.0
"""Edges nearer than this are one (double rules, cells drawn one by one, two pages); no character fits between."""
NARROWEST: Final = 8.0
"""No cell is narrower; a line in shorter pieces is dotted or dashed."""
MARGIN: Final = 2.0
"""Between the outermost text and the edges of a table whose sides nobody drew."""
ALIGNED: Final = 2.0
"""By how much texts that begin at one place may differ there."""
OFF_CENTRE: Final = 1.5
"""By how much centred text may miss the middle of its cell."""
TALL: Final = 40.0
"""Higher runs are turned text."""

LEVEL: Final = 0.25
"""Share by which texts beside each other may differ in height."""
LINE_GAP: Final = 0.4
"""Largest share between the bottom of a line and the top of the next in one cell."""
SINGLE_SPACED: Final = 1.35
"""Share from line to line up to which they surely are lines of one text."""
NEXT_LINE: Final = 1.6
"""Share from line to line up to which they may be lines of one text, where nothing else tells."""
LOOSE_LEADING: Final = 2.2
"""Share from line to line beyond which they are no lines of one cell."""
FARTHEST_ROWS: Final = 4.0
"""Share from line to line beyond which they are no rows of one table."""

CLEAR: Final = 0.25
"""Smallest share between the texts of two cells."""
SEAM: Final = 0.05
"""Smallest share between the texts of two columns that nearly touch."""
TWICE: Final = 2.0
"""How much wider than the usual gap of a line one is that parts it: letters set apart have the same gaps everywhere."""
SAME_TYPE: Final = 0.15
"""Part by which sizes of one type may differ."""
LARGER_TYPE: Final = 1.2
"""Sizes that differ by this factor are different type."""
FULL_LINE: Final = 2.2
"""Widths of an ideograph by which a full line may end early: punctuation takes a character along to the next."""

MOST_LINES: Final = 300
"""No page of tables has more lines of text, more rules, or more rows."""
FURNITURE: Final = 2
"""Lines at either end of a page that may be its running head or its number."""


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have more in common than an end."""
    return one[0] < other[1] and other[0] < one[1]


def met_by(span: Span, others: Iterable[Span]) -> list[int]:
    """Which of `others` a span overlaps, counted from 0."""
    return [number for number, other in enumerate(others) if overlap(span, other)]


def is_same_edge(one: float, other: float) -> bool:
    """Whether two positions are one edge."""
    return abs(one - other) <= SAME_EDGE


def are_apart(spans: Iterable[Span]) -> bool:
    """Whether each span ends before the next one begins."""
    return all(before[1] < after[0] for before, after in pairwise(spans))


def walls_between(spans: Iterable[Span]) -> list[float]:
    """The middles of the gaps between neighbouring spans."""
    return [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]


def edges_of(positions: Iterable[float]) -> list[list[float]]:
    """Positions, rising, those of one edge together."""
    edges: list[list[float]] = []
    for at in sorted(positions):
        if edges and at - edges[-1][0] <= SAME_EDGE:
            edges[-1].append(at)
        else:
            edges.append([at])
    return edges


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
