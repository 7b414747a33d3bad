"""Rows in the head of a table whose columns are known, where no rule parts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.tables.cell_pieces import LINE_GAP, OFF_CENTRE, Piece, middle_of, tiles
from checker.readers.page.tables.rule_stacks import SAME_EDGE, Rule
from checker.startup.records import dataclass

_LEVEL: Final = 0.3
"""Part of a font height that two texts beside each other have in common at least."""
_ABOVE_TEXT: Final = 1.0
"""Points between a text and the edge of its row above it."""
_MOST_TEXTS: Final = 200
"""No head has more texts."""


@dataclass(slots=True)
class _Heading:
    """The text of a cell in a head, and the columns it covers."""

    block: list[Piece]
    first: int
    last: int
    floor: float = float("-inf")
    """Height where the texts below begin."""


def head_rules(lines: Sequence[Sequence[Piece]], xs: Sequence[float]) -> list[Rule] | None:
    """The rules that are missing in a head: below each text that covers columns with further texts.

    Args:
        lines: its lines of text from top to bottom.
        xs: column edges.

    Returns:
        The rules from top to bottom, None where it is not certain what a text covers.
    """
    blocks = _centred_blocks(lines)
    if len(blocks) > _MOST_TEXTS:
        return None
    headings = [_Heading([], 0, len(xs) - 2)]
    free = [(headings[0], 0, len(xs) - 2)]
    for block in blocks:
        left, right = _columns(block)
        place = next((part for part in free if part[1] <= left and right <= part[2]), None)
        if place is None:
            return None
        above, first, last = place
        level = [
            other
            for other in blocks
            if _are_level(block, other) and first <= _columns(other)[0] and _columns(other)[1] <= last
        ]
        reach = _reach(block, level, xs, first, last)
        top = max(piece.top for piece in block)
        if reach is None or (above.block and top > middle_of(above.block)):
            return None
        above.floor = max(above.floor, top)
        headings.append(_Heading(block, *reach))
        free.remove(place)
        free += [(above, first, reach[0] - 1), (headings[-1], *reach), (above, reach[1] + 1, last)]
    return _floors([heading for heading in headings[1:] if heading.floor > 0], xs)


def _centred_blocks(lines: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The texts of cells, lines below each other with a common middle; the highest first."""
    blocks: list[list[Piece]] = []
    for line in lines:
        for piece in line:
            for block in reversed(blocks):
                last = block[-1]
                near = last.bottom - piece.top < LINE_GAP * (piece.top - piece.bottom)
                if near and abs(last.left + last.right - piece.left - piece.right) < 2 * OFF_CENTRE:
                    block.append(piece)
                    break
            else:
                blocks.append([piece])
    return sorted(blocks, key=lambda block: -max(piece.top for piece in block))


def _floors(headings: Sequence[_Heading], xs: Sequence[float]) -> list[Rule]:
    """The rules below headings, those of one height as one."""
    rules: list[Rule] = []
    for heading in sorted(headings, key=lambda heading: (-heading.floor, heading.first)):
        at = heading.floor + _ABOVE_TEXT
        pieces = [(xs[heading.first], xs[heading.last + 1])]
        if rules and rules[-1].at - at <= SAME_EDGE:
            pieces = [*rules[-1].pieces, *pieces]
            at = rules.pop().at
        rules.append(Rule(at, tuple(sorted({end for one in pieces for end in one})), tuple(pieces)))
    return rules


def _columns(block: Sequence[Piece]) -> tuple[int, int]:
    return min(piece.first for piece in block), max(piece.last for piece in block)


def _are_level(one: Sequence[Piece], other: Sequence[Piece]) -> bool:
    """Whether two texts stand beside each other."""
    top = min(max(piece.top for piece in block) for block in (one, other))
    bottom = max(min(piece.bottom for piece in block) for block in (one, other))
    return top - bottom > _LEVEL * (one[0].top - one[0].bottom)


def _reach(
    block: Sequence[Piece], level: Sequence[Sequence[Piece]], xs: Sequence[float], first: int, last: int
) -> tuple[int, int] | None:
    """The columns of which a text in a head stands in the middle; `level` are it and those beside it."""
    ordered = sorted(level, key=lambda other: min(piece.left for piece in other))
    extents = [(min(piece.left for piece in other), max(piece.right for piece in other)) for other in ordered]
    tiled = tiles(extents, xs, first, last)
    if tiled is not None:
        found = (span for span, other in zip(tiled, ordered, strict=True) if other is block)
        return next(found, None)
    left, right = _columns(block)
    if len(level) > 1:
        return (left, right) if left == right else None
    own = min(piece.left for piece in block) + max(piece.right for piece in block)
    for start in range(first, left + 1):
        for end in range(last, right - 1, -1):
            if abs(own - xs[start] - xs[end + 1]) <= 2 * OFF_CENTRE:
                return start, end
    return None
