"""A page as lines of text and ruled tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.aside import parted
from checker.readers.page.halves import gutter
from checker.readers.page.ink import Box, PageInk
from checker.readers.page.lines import Line, Run, line_of, rows_of, runs_of
from checker.readers.page.tables.aligned_grid import FEWEST_ROWS, align, find_aligned
from checker.readers.page.tables.figure_blocks import FURNITURE
from checker.readers.page.tables.figure_grid import Contents, find_figure_tables, head_above, open_head_of
from checker.readers.page.tables.figure_lines import TextLine
from checker.readers.page.tables.grid_filling import GridFilling, filled
from checker.readers.page.tables.ruled_grid import Grid, find_grids, horizontal_rules, rows_above, widened
from checker.readers.page.tables.striped_grid import find_striped
from checker.readers.plain.character_tables import begins_section
from checker.startup.records import dataclass

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
    contents: Contents
    page: int
    shift: float
    columns_by: str

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return self.grid.box


PageItem = Line | PageTable
"""What stands on a page, whole lines and whole tables."""


@dataclass(slots=True)
class PageContent:
    """What stands on a page or, where two pages are printed side by side, on one of them.

    Attributes:
        number: page number in the file, from 1.
        shift: where on the sheet the page begins.
        height: of the sheet in points.
        items: from top to bottom.
        head: the words above a table with which the page ends, and how many lines stand below them.
    """

    number: int
    shift: float
    height: float
    items: tuple[PageItem, ...]
    head: tuple[Sequence[TextLine], int] = ((), 0)

    def take_head(self, table: PageTable) -> None:
        """Put a table in the place of the words above it."""
        lines, below = self.head
        end = len(self.items) - below
        self.items = (*self.items[: end - len(lines)], table, *self.items[end:])

    @property
    def last_table(self) -> PageTable | None:
        """The last table, when at most furniture of the page stands below it."""
        for item in self.items[: -FURNITURE - 1 : -1]:
            if isinstance(item, PageTable):
                return item
        return None


def lay_out(ink: PageInk, most_cells: int, before: PageContent | None = None) -> list[PageContent]:
    """Recover lines and tables; pages printed side by side come out one after the other.

    Args:
        ink: the page.
        most_cells: grid places that its tables together may have.
        before: the page before, None for the first.

    Raises:
        UnreadableError: more grid places than that.
    """
    runs = runs_of(ink.glyphs)
    middle = gutter(ink, runs, before.shift if before else 0.0)
    parts = [ink] if middle is None else [ink.part(0.0, middle), ink.part(middle, ink.width)]
    contents: list[PageContent] = []
    for part in parts:
        own_runs = runs if part is ink else runs_of(part.glyphs)
        before = _Page(part, own_runs, before).content(most_cells)
        contents.append(before)
    return contents


class _Page:
    """Sorts what is printed on a page into tables and lines."""

    def __init__(self, ink: PageInk, runs: list[Run], before: PageContent | None) -> None:
        self._ink = ink
        self._runs = runs
        self._before = before
        last = before.last_table if before else None
        self._grid_before = last.grid if last else None
        self._ruled_before = last.grid if last and last.columns_by != NUMBERS else None
        self._tables: list[PageTable] = []
        self._rows: list[list[Run]] = []

    def content(self, most_cells: int) -> PageContent:
        """What stands on the page; for the arguments and errors see `lay_out`."""
        ink = self._ink
        grids = find_grids(ink.rulings, most_cells) if ink.rulings else []
        self._take_ruled(grids)
        self._rows, aside = parted(self._rows)
        if any(len(row) > 1 for row in self._rows):
            self._take_striped([grid.box for grid in grids])
            self._take_figures()
            if sum(len(row) > 1 for row in self._rows) >= FEWEST_ROWS:
                self._take_aligned()
        lowest = min((table.box[1] for table in self._tables), default=ink.height)
        head = open_head_of([row for row in self._rows if row[0].top < lowest], ink.glyphs)
        items: list[tuple[float, PageItem]] = [(table.box[3], table) for table in self._tables]
        for row in self._rows:
            line = line_of(row, ink.number, ink.shift)
            items.append((line.middle, line))
        items.sort(key=lambda item: -item[0])
        items[:0] = [(0.0, line_of(row, ink.number, ink.shift, aside=True)) for row in aside]
        return PageContent(ink.number, ink.shift, ink.height, tuple(item for _, item in items), head)

    def _add(self, grid: Grid, contents: Contents, columns_by: str) -> None:
        self._tables.append(PageTable(grid, contents, self._ink.number, self._ink.shift, columns_by))

    def _take_ruled(self, grids: list[Grid]) -> None:
        """Take the tables with rules around their cells; what stands outside them becomes rows."""
        if grids and self._grid_before:
            grids[0] = widened(grids[0], self._grid_before)
        # The smallest grid around a character holds it: a table may stand in a cell of another.
        grids.sort(key=lambda grid: _area(grid.box))
        holders = [GridFilling(grid) for grid in grids if _is_table(grid, self._ink.width)]
        free: list[Run] = []
        for run in self._runs:
            x, y = (run.left + run.right) / 2, (run.bottom + run.top) / 2
            for holder in holders:
                left, bottom, right, top = holder.box
                if bottom <= y <= top and left <= x <= right:
                    holder.take(run, y, self._ink.glyphs)
                    break
            else:
                free.append(run)
        self._rows = rows_of(free)
        holders += self._rows_above(grids)
        for holder in holders:
            self._rows = holder.take_overflow(self._rows)
            if any(holder.runs):
                self._take_grid(holder)

    def _rows_above(self, grids: Sequence[Grid]) -> list[GridFilling]:
        """Lines that are rows of one cell above grids without a frame."""
        above: list[GridFilling] = []
        for grid in rows_above(grids, self._ink.rulings) if grids and self._rows else ():
            _, bottom, _, top = grid.box
            inside = [row for row in self._rows if bottom < (row[0].bottom + row[0].top) / 2 < top]
            if len(inside) == 1 and not begins_section(inside[0][0].text):
                above.append(filled(grid, inside, self._ink.glyphs))
                self._rows = [row for row in self._rows if row is not inside[0]]
        return above

    def _take_grid(self, holder: GridFilling) -> None:
        """Take a ruled table; in a frame with lines between rows only, columns are found by these or by text."""
        if len(holder.grid.xs) > 2 or len(holder.grid.cells) == 1:  # noqa: PLR2004  # two edges are one column
            self._add(holder.grid, holder.contents(), WALLS)
            return
        left, bottom, right, top = holder.box
        inside = [line for line in self._ink.rulings if left - 1 <= line.left and line.right <= right + 1]
        inside = [line for line in inside if bottom - 1 <= line.bottom and line.top <= top + 1]
        lines = rows_of(run for runs in holder.runs for run in runs)
        whole = (0, len(lines))
        striped = find_striped(lines, self._ink.glyphs, inside, [], self._ruled_before)
        if len(striped) == 1 and striped[0][:2] == whole:
            contents = filled(striped[0][2], lines, self._ink.glyphs).contents()
            self._add(striped[0][2], contents, RULES)
            return
        figured = find_figure_tables(lines, self._ink.glyphs, self._grid_before, ())
        if len(figured) == 1 and (figured[0].first, figured[0].last) == whole:
            self._add(figured[0].grid, figured[0].contents, NUMBERS)
            return
        grid = align(lines, holder.grid)
        table = holder if grid is None else filled(grid, lines, self._ink.glyphs)
        self._add(table.grid, table.contents(), WALLS)

    def _take_striped(self, taken: list[Box]) -> None:
        """Take tables whose horizontal rules show the columns."""
        ink, before = self._ink, self._before
        for first, last, grid in reversed(
            find_striped(self._rows, ink.glyphs, ink.rulings, taken, self._ruled_before)
        ):
            if before and first <= FURNITURE and (above := head_above(before.head[0], grid)):
                before.take_head(PageTable(*above, before.number, before.shift, RULES))
            holder = filled(grid, self._rows[first:last], ink.glyphs)
            self._rows = self._rows[:first] + holder.take_overflow(self._rows[last:])
            self._add(grid, holder.contents(), RULES)

    def _take_figures(self) -> None:
        """Take tables whose numbers show the columns."""
        before = self._before
        head = before.head[0] if before else ()
        for table in reversed(find_figure_tables(self._rows, self._ink.glyphs, self._grid_before, head)):
            self._rows = self._rows[: table.first] + self._rows[table.last :]
            self._add(table.grid, table.contents, NUMBERS)
            if table.head and before:
                before.take_head(PageTable(*table.head, before.number, before.shift, NUMBERS))

    def _take_aligned(self) -> None:
        """Take other tables without vertical lines."""
        rules = horizontal_rules(self._ink.rulings) if self._ink.rulings else []
        others: list[list[Run]] = []
        position = 0
        for first, last, grid in find_aligned(self._rows, rules):
            self._add(grid, filled(grid, self._rows[first:last], self._ink.glyphs).contents(), NUMBERS)
            others += self._rows[position:first]
            position = last
        self._rows = others + self._rows[position:]


def _is_table(grid: Grid, width: float) -> bool:
    """Whether a grid may be a table; a single cell only when it looks like a row cut off by the page end."""
    left, bottom, right, top = grid.box
    return len(grid.cells) > 1 or (right - left > width / 2 and top - bottom < _ROW_HEIGHT)


_ROW_HEIGHT: Final = 72.0


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
