"""The text of a page sorted into the cells of a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from checker.readers.page_ink import Glyph
from checker.readers.page_text import EMPTY, CellText, Run, cell_text, runs_of
from checker.readers.ruled_grid import Grid, GridCell

_SLACK: Final = 6.0
"""Points by which the first overflowing line may still reach into its table."""
_TALL: Final = 40.0
"""Higher runs are turned text, which may reach over several rows."""


class GridFilling:
    """Sorts the runs of a page into the cells of one grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.box = grid.box
        self.runs: list[list[Run]] = [[] for _ in grid.cells]
        # The edges between rows and between columns, both rising.
        self._floors = [-y for y in grid.ys[1:-1]]
        self._walls = grid.xs[1:-1]
        self._owner = [[0] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
        for index, (first, column, row_span, column_span) in enumerate(grid.cells):
            for row in self._owner[first : first + row_span]:
                row[column : column + column_span] = [index] * column_span

    def take(self, run: Run, middle: float, glyphs: Sequence[Glyph]) -> None:
        """Put `run` into its cell, or its characters into theirs where it reaches over a wall."""
        floors, walls, owners = self._floors, self._walls, self._owner
        row = owners[bisect_right(floors, -middle)]
        height = run.top - run.bottom
        first = row[bisect_right(walls, run.left + height / 3)]
        if first == row[bisect_right(walls, run.right - height / 3)] and height < _TALL:
            self.runs[first].append(run)
            return
        parts: dict[int, list[Glyph]] = {}
        for glyph in glyphs[run.first : run.last]:
            _, left, bottom, right, top = glyph
            owner = owners[bisect_right(floors, -(bottom + top) / 2)][bisect_right(walls, (left + right) / 2)]
            parts.setdefault(owner, []).append(glyph)
        for owner, part in parts.items():
            self.runs[owner].extend([run] if len(parts) == 1 else runs_of(part))

    def take_overflow(self, rows: list[list[Run]]) -> list[list[Run]]:
        """Take lines from `rows` that run on below the table out of a cell that the page end cut off.

        Returns:
            The other lines.
        """
        left, bottom, right, _ = self.grid.box
        if not rows or rows[-1][0].top >= bottom + _SLACK:
            return rows
        last_lines: dict[int, Run] = {}
        xs = self.grid.xs
        for index in sorted(set(self._owner[-1])):
            cell = self.grid.cells[index]
            width = xs[cell.column + cell.column_span] - xs[cell.column]
            # Below a wide cell, a line of its type may as well be a paragraph.
            if self.runs[index] and width < (right - left) / 2:
                last_lines[index] = min(self.runs[index], key=lambda run: run.bottom)
        others: list[list[Run]] = []
        for row in rows:
            owners = [
                self._owner_above(run, last_lines) if run.top < bottom + _SLACK else None for run in row
            ]
            if (others and others[-1][0].top < bottom) or None in owners:
                others.append(row)
                continue
            for owner, run in zip(owners, row, strict=True):
                if owner is not None:
                    self.runs[owner].append(run)
                    last_lines[owner] = run
        return others

    def _owner_above(self, run: Run, last_lines: dict[int, Run]) -> int | None:
        """The cell out of which `run` flows: as wide, its last line right above, in the same type."""
        for index, last in last_lines.items():
            left, _, right, _ = self.grid.cell_box(self.grid.cells[index])
            height = last.top - last.bottom
            alike = abs(run.top - run.bottom - height) < height * 0.2
            if (
                alike
                and left <= run.left
                and run.right <= right
                and 0 <= last.bottom - run.bottom < 1.6 * height
            ):
                return index
        return None

    def contents(self) -> tuple[tuple[GridCell, CellText], ...]:
        """Each cell with its text, in reading order."""
        texts = (cell_text(runs) if runs else EMPTY for runs in self.runs)
        return tuple(zip(self.grid.cells, texts, strict=True))


def filled(grid: Grid, lines: Sequence[Sequence[Run]], glyphs: Sequence[Glyph]) -> GridFilling:
    """A grid with all text of some lines in it."""
    filling = GridFilling(grid)
    for line in lines:
        for run in line:
            filling.take(run, (run.bottom + run.top) / 2, glyphs)
    return filling
