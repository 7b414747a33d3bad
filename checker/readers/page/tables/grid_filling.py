"""The text of a page sorted into the cells of a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from checker.readers.page.ink import Glyph
from checker.readers.page.lines import EMPTY, CellText, Run, cell_text, runs_of
from checker.readers.page.tables.ruled_grid import Grid, GridCell

_AT_END: Final = 6
"""Lines below a table, page number and all, with which its page ends."""
_CENTRED: Final = 3.0
"""Twice the points by which a centred line may miss the middle of its cell."""
_NEXT_LINE: Final = 1.6
"""Distance of a line from the one above it, in its heights, at most."""
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
        bottom = self.grid.box[1]
        if not rows or rows[-1][0].top >= bottom + _SLACK:
            return rows
        bottoms = {index: self._last_line(index) for index in sorted(set(self._owner[-1]))}
        # Where the page ends right below, more is certain than where paragraphs follow.
        at_end = sum(row[0].top < bottom + _SLACK for row in rows) <= _AT_END
        others: list[list[Run]] = []
        for row in rows:
            owners = [
                self._owner_above(
                    run, bottoms, certain=at_end and (len(row) > 1 or self._is_centred(run, bottoms))
                )
                if run.top < bottom + _SLACK
                else None
                for run in row
            ]
            if (others and others[-1][0].top < bottom) or None in owners:
                others.append(row)
                continue
            for owner, run in zip(owners, row, strict=True):
                if owner is not None:
                    self.runs[owner].append(run)
                    bottoms[owner] = run
        return others

    def _last_line(self, index: int) -> Run | None:
        return min(self.runs[index], key=lambda run: run.bottom, default=None)

    def _is_open(self, index: int) -> bool:
        """Whether no line closes a cell at the lower end of the grid."""
        cell = self.grid.cells[index]
        return all(self.grid.open_bottom[cell.column : cell.column + cell.column_span])

    def _above(self, run: Run, bottoms: Iterable[int]) -> tuple[list[int], float, float]:
        """The cells at the lower end of the grid below which `run` stands, and their left and right edge."""
        boxes = {index: self.grid.cell_box(self.grid.cells[index]) for index in bottoms}
        met = [index for index, (left, _, right, _) in boxes.items() if run.left < right and left < run.right]
        left = min((boxes[index][0] for index in met), default=0.0)
        right = max((boxes[index][2] for index in met), default=0.0)
        return (met, left, right) if left <= run.left and run.right <= right else ([], 0.0, 0.0)

    def _is_centred(self, run: Run, bottoms: Mapping[int, Run | None]) -> bool:
        """Whether `run` stands in the middle of a cell above it, or of several, or of a line of one."""
        _, left, right = self._above(run, bottoms)
        middles = [left + right, *(last.left + last.right for last in bottoms.values() if last)]
        return any(abs(run.left + run.right - middle) <= _CENTRED for middle in middles)

    def _owner_above(self, run: Run, bottoms: Mapping[int, Run | None], *, certain: bool) -> int | None:
        """The cell out of which `run` flows: as wide, its last line right above, in the same type.

        Args:
            run: a line below the table.
            bottoms: the last line of each cell at its lower end.
            certain: whether the run can be no paragraph; else it flows out of none but narrow cells with text.
        """
        height = run.top - run.bottom
        above, left, right = self._above(run, bottoms)
        for index, last in bottoms.items():
            if last is None or not 0 <= last.bottom - run.bottom < _NEXT_LINE * height:
                continue
            alike = abs(last.top - last.bottom - height) < height * 0.2
            narrow = above == [index] and right - left < (self.grid.xs[-1] - self.grid.xs[0]) / 2
            below = above == [index] or abs(last.left + last.right - run.left - run.right) <= _CENTRED
            if alike and (narrow or (certain and below)):
                return index
        usual = next((other.top - other.bottom for runs in self.runs for other in runs), 0.0)
        empty = certain and above and not any(bottoms[index] for index in above)
        empty = empty and abs(usual - height) < height * 0.2 and all(map(self._is_open, above))
        return above[0] if empty and self.grid.box[1] - run.bottom < _NEXT_LINE * height else None

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
