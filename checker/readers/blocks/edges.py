"""Grids from rows whose cells are known by their left and right edges (DOC, RTF).

Word lets every row have its own cell borders; a table has no columns of its own. Borders that are seen
as one line often differ slightly, so they are snapped before columns are counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from checker.readers.blocks.collector import BlockCollector, Placed
from checker.readers.blocks.drafts import DraftCell, DraftParagraph, DraftTable, flatten, pour
from checker.readers.limits import Limits
from checker.startup.records import dataclass, field

SNAP_TWIPS: Final = 57
"""One millimetre: narrower than any cell that can hold a character, wider than rounding and stray drags."""

_UNKNOWN_WIDTH: Final = 1000


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


@dataclass(slots=True)
class EdgeTable:
    """The rows of a table from top to bottom, each from left to right.

    Attributes:
        rows: the cells of each row.
        aligned: whether the edges of all rows are known.
    """

    rows: list[list[EdgeCell]] = field(default_factory=list)
    aligned: bool = True

    def row_without_edges(self, texts: Sequence[str]) -> None:
        """Add a row of which only the order of its cells is known."""
        self.aligned = False
        self.rows.append([EdgeCell(text, 0, _UNKNOWN_WIDTH) for text in texts])

    def pour(self, blocks: BlockCollector, limits: Limits) -> None:
        """Add the table to `blocks`; without known columns, cells stand by their order in the row.

        Rows of one cell each need no edges.
        """
        aligned = self.aligned or all(len(row) == 1 for row in self.rows)
        placed = _grid(self.rows) if aligned else None
        if placed is None:
            blocks.table(_by_ordinal(self.rows), aligned=False)
            return
        cells = [
            DraftCell(
                [DraftParagraph(line) for line in cell.text.split("\n")],
                cell.row - 1, cell.column - 1, cell.row_span, cell.column_span,
            )
            for row in placed
            for cell in row
        ]  # fmt: skip
        pour(flatten([DraftTable(cells)]), blocks, limits)


def _grid(rows: Sequence[Sequence[EdgeCell]]) -> list[list[Placed]] | None:
    """The cells that begin in each row, in grid columns; None if a cell with text has no width."""
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
                    return None
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
    return placed


def _snapped(edges: set[int]) -> list[int]:
    """The first edge of every group of edges that lie within one millimetre."""
    columns: list[int] = []
    for edge in sorted(edges):
        if not columns or edge - columns[-1] > SNAP_TWIPS:
            columns.append(edge)
    return columns


def _by_ordinal(rows: Sequence[Sequence[EdgeCell]]) -> list[list[Placed]]:
    return [
        [Placed(cell.text, number, ordinal) for ordinal, cell in enumerate(row, 1)]
        for number, row in enumerate(rows, 1)
    ]
