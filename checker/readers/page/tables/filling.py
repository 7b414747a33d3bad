"""The filler: the text of a page sorted into the cells of a grid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from checker.readers.page.printed.geometry import Box, Span, met_by
from checker.readers.page.printed.ink import Glyph
from checker.readers.page.printed.lines import EMPTY, PageCellText, Run, cell_text, runs_of
from checker.readers.page.printed.measures import NEXT_LINE, OFF_CENTRE, TALL
from checker.readers.page.tables.grid import Grid, GridCell
from checker.startup.records import dataclass

_AT_END: Final = 6
"""Lines below a table, page number and all, with which its page ends."""
_SLACK: Final = 6.0
"""Points by which the first overflowing line may still reach into its table."""
_ALIKE: Final = 0.2
"""Share by which the fonts of two lines of one text may differ in height."""

WALLS: Final = "walls"
RULES: Final = "rules"
NUMBERS: Final = "numbers"
"""What may tell the columns of a table: see `PageTable`."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that stands on this page.

    Attributes:
        grid: its skeleton.
        contents: each cell with its text, in reading order.
        page: page number.
        shift: where on the sheet its page begins.
        columns_by: what tells its columns: `WALLS` between them, `RULES` in pieces above and below, or `NUMBERS`.
    """

    grid: Grid
    contents: tuple[tuple[GridCell, PageCellText], ...]
    page: int
    shift: float
    columns_by: str

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return self.grid.box


class Filling:
    """Sorts runs into the cells of one grid."""

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

    def put(self, row: int, column: int, runs: Iterable[Run]) -> None:
        """Put runs into the cell at a place."""
        self.runs[self._owner[row][column]] += runs

    def take(self, run: Run) -> None:
        """Put `run` into the cell in which it stands, or its characters into theirs where it reaches over a wall."""
        floors, walls, owners = self._floors, self._walls, self._owner
        row = owners[bisect_right(floors, -run.middle)]
        height = run.top - run.bottom
        first = row[bisect_right(walls, run.left + height / 3)]
        if first == row[bisect_right(walls, run.right - height / 3)] and height < TALL:
            self.runs[first].append(run)
            return
        parts: dict[int, list[Glyph]] = {}
        for glyph in run.glyphs:
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
        bottom = self.box[1]
        if not rows or rows[-1][0].top >= bottom + _SLACK:
            return rows
        bottoms = {
            index: min(self.runs[index], key=lambda run: run.bottom, default=None)
            for index in sorted(set(self._owner[-1]))
        }
        # Where the page ends right below, more is certain than where paragraphs follow.
        at_end = sum(row[0].top < bottom + _SLACK for row in rows) <= _AT_END
        others: list[list[Run]] = []
        for row in rows:
            owners: list[int] = []
            if max(run.top for run in row) < bottom + _SLACK and not (others and others[-1][0].top < bottom):
                found = [self._owner_above(run, bottoms, at_end=at_end, alone=len(row) == 1) for run in row]
                owners = [owner for owner in found if owner is not None]
            if len(owners) < len(row):
                others.append(row)
                continue
            for owner, run in zip(owners, row, strict=True):
                self.runs[owner].append(run)
                bottoms[owner] = run
        return others

    def _owner_above(
        self, run: Run, bottoms: Mapping[int, Run | None], *, at_end: bool, alone: bool
    ) -> int | None:
        """The cell out of which `run` flows: as wide, its last line right above, in the same type.

        Args:
            run: a line below the table.
            bottoms: the last line of each cell at its lower end.
            at_end: whether the page ends right below; else it flows out of none but narrow cells with text.
            alone: whether nothing stands beside it: then it may be a paragraph.
        """
        height = run.height
        above, (left, right) = self._cells_above(run, list(bottoms))
        middles = [(left + right) / 2, *(last.centre for last in bottoms.values() if last)]
        certain = at_end and (not alone or any(abs(run.centre - middle) <= OFF_CENTRE for middle in middles))
        for index, last in bottoms.items():
            if last is None or not 0 <= last.bottom - run.bottom < NEXT_LINE * height:
                continue
            narrow = above == [index] and right - left < (self.box[2] - self.box[0]) / 2
            below = above == [index] or abs(last.centre - run.centre) <= OFF_CENTRE
            if abs(last.height - height) < height * _ALIKE and (narrow or (certain and below)):
                return index
        usual = next((other.height for runs in self.runs for other in runs), 0.0)
        empty = certain and above and not any(bottoms[index] for index in above)
        empty = empty and abs(usual - height) < height * _ALIKE and all(map(self._is_open, above))
        return above[0] if empty and self.box[1] - run.bottom < NEXT_LINE * height else None

    def _cells_above(self, run: Run, bottoms: Sequence[int]) -> tuple[list[int], Span]:
        """The cells at the lower end of the grid below which `run` stands, and their left and right edge."""
        spans = [self.grid.cell_box(self.grid.cells[index])[::2] for index in bottoms]
        met = met_by(run.span, spans)
        left = min((spans[number][0] for number in met), default=0.0)
        right = max((spans[number][1] for number in met), default=0.0)
        if left <= run.left and run.right <= right:
            return [bottoms[number] for number in met], (left, right)
        return [], (0.0, 0.0)

    def _is_open(self, index: int) -> bool:
        """Whether no line closes a cell at the lower end of the grid."""
        cell = self.grid.cells[index]
        return all(self.grid.open_bottom[cell.column : cell.column + cell.column_span])

    def contents(self) -> tuple[tuple[GridCell, PageCellText], ...]:
        """Each cell with its text, in reading order."""
        texts = (cell_text(runs) if runs else EMPTY for runs in self.runs)
        return tuple(zip(self.grid.cells, texts, strict=True))


class Found(NamedTuple):
    """A table that a recogniser found among lines of text.

    Attributes:
        first: index of its first line.
        last: index after its last line.
        filling: its cells with their text.
        head: likewise of its first rows, where these stand on the page before.
    """

    first: int
    last: int
    filling: Filling
    head: Filling | None = None


def filled(grid: Grid, lines: Iterable[Iterable[Run]]) -> Filling:
    """A grid with all text of some lines in it."""
    filling = Filling(grid)
    for line in lines:
        for run in line:
            filling.take(run)
    return filling
