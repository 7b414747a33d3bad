"""Grids from rows whose cells are known by their left and right edges (DOC, RTF).

Word lets every row have its own cell borders; columns exist only in the eye. Borders that a person sees
as one line often differ by a hair, so they are snapped before columns are counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from checker.readers.blocks import Placed

_SNAP_TWIPS: Final = 57
"""One millimetre: narrower than any cell that can hold a character, wider than rounding and stray drags."""


@dataclass(slots=True)
class EdgeCell:
    """A cell between two vertical edges, in twips from any common origin.

    Attributes:
        text: what it holds.
        left: position of its left edge.
        right: position of its right edge.
        continues: it is the lower part of a cell that begins in a row above.
    """

    text: str
    left: int
    right: int
    continues: bool = False


def grid_from_edges(rows: Sequence[Sequence[EdgeCell]]) -> tuple[list[list[Placed]], bool]:
    """Place cells in grid columns.

    Args:
        rows: the table's rows from top to bottom, each from left to right.

    Returns:
        The placed cells that begin in each row, and whether columns are known. They are not when a cell
        with text has no width; `column` is then the ordinal of the cell in its row.
    """
    columns = _snapped({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    placed: list[list[Placed]] = []
    begun: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(rows, 1):
        placed.append([])
        still: dict[tuple[int, int], tuple[int, int]] = {}
        for cell in row:
            left, right = bisect_right(columns, cell.left), bisect_right(columns, cell.right)
            if right <= left:
                if cell.text.strip():
                    return grid_by_ordinal(rows), False
                continue
            key = (left, right)
            if cell.continues and key in begun:
                above_row, above_index = still[key] = begun[key]
                above = placed[above_row][above_index]
                placed[above_row][above_index] = Placed(
                    above.text, above.row, above.column, number - above.row + 1, above.column_span
                )
                continue
            still[key] = (number - 1, len(placed[-1]))
            placed[-1].append(Placed(cell.text, number, left, 1, right - left))
        begun = still
    return placed, True


def _snapped(edges: set[int]) -> list[int]:
    """The first edge of every group of edges that lie within one millimetre."""
    columns: list[int] = []
    for edge in sorted(edges):
        if not columns or edge - columns[-1] > _SNAP_TWIPS:
            columns.append(edge)
    return columns


def grid_by_ordinal(rows: Sequence[Sequence[EdgeCell]]) -> list[list[Placed]]:
    """Place cells by their order in the row, for rows whose edges are not known."""
    return [
        [Placed(cell.text, number, ordinal) for ordinal, cell in enumerate(row, 1)]
        for number, row in enumerate(rows, 1)
    ]
