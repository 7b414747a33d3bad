"""A page as lines of text and tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.aside import parted
from checker.readers.page.halves import gutter
from checker.readers.page.printed.geometry import Box, lies_in
from checker.readers.page.printed.ink import PageInk
from checker.readers.page.printed.lines import PageLine, Run, line_of, rows_of, runs_of
from checker.readers.page.printed.marks import mark_shifted
from checker.readers.page.printed.measures import FURNITURE
from checker.readers.page.tables.aligned import FEWEST_ROWS, align, find_aligned
from checker.readers.page.tables.filling import NUMBERS, RULES, WALLS, Filling, Found, PageTable, filled
from checker.readers.page.tables.grid import Grid
from checker.readers.page.tables.number_heads import open_head
from checker.readers.page.tables.number_tables import find_number_tables
from checker.readers.page.tables.ruled import find_ruled, horizontal_rules, rows_above, widened
from checker.readers.page.tables.striped import find_striped
from checker.readers.page.tables.words import TextLine
from checker.readers.plain.character_tables import begins_section
from checker.startup.records import dataclass

_ROW_HEIGHT: Final = 72.0
"""Points up to which a frame around one cell may be a row that a page cut off, not a frame around text."""

PageItem = PageLine | PageTable
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

    def take_head(self, table: Filling, columns_by: str) -> None:
        """Put a table in the place of the words above it."""
        lines, below = self.head
        end = len(self.items) - below
        part = PageTable(table.grid, table.contents(), self.number, self.shift, columns_by)
        self.items = (*self.items[: end - len(lines)], part, *self.items[end:])

    @property
    def cells(self) -> int:
        """How many cells its tables have."""
        return sum(len(item.contents) for item in self.items if isinstance(item, PageTable))

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
    mark_shifted(ink.glyphs)
    runs = runs_of(ink.glyphs)
    middle = gutter(ink, runs, before.shift if before else 0.0)
    if middle is None:
        return [_Page(ink, runs, before).content(most_cells)]
    contents: list[PageContent] = []
    for part in (ink.part(0.0, middle), ink.part(middle, ink.width)):
        before = _Page(part, runs_of(part.glyphs), before).content(most_cells)
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
        self._columns_before = last.grid if last and last.columns_by != NUMBERS else None
        self._head_before = before.head[0] if before else ()
        self._tables: list[PageTable] = []
        self._rows: list[list[Run]] = []

    def content(self, most_cells: int) -> PageContent:
        """What stands on the page; for the arguments and errors see `lay_out`."""
        ink = self._ink
        grids = find_ruled(ink.rulings, most_cells) if ink.rulings else []
        self._take_ruled(grids)
        self._rows, aside = parted(self._rows)
        if any(len(row) > 1 for row in self._rows):
            boxes = [grid.box for grid in grids]
            self._take(
                find_striped(self._rows, ink.rulings, boxes, self._columns_before, self._head_before), RULES
            )
            self._take(find_number_tables(self._rows, self._grid_before, self._head_before), NUMBERS)
            if sum(len(row) > 1 for row in self._rows) >= FEWEST_ROWS:
                self._take(find_aligned(self._rows, horizontal_rules(ink.rulings)), NUMBERS)
        lowest = min((table.box[1] for table in self._tables), default=ink.height)
        head = open_head([row for row in self._rows if row[0].top < lowest])
        items: list[tuple[float, PageItem]] = [(table.box[3], table) for table in self._tables]
        for row in self._rows:
            line = line_of(row, ink.number, ink.shift)
            items.append((line.middle, line))
        items.sort(key=lambda item: -item[0])
        items[:0] = [(0.0, line_of(row, ink.number, ink.shift, aside=True)) for row in aside]
        return PageContent(ink.number, ink.shift, ink.height, tuple(item for _, item in items), head)

    def _add(self, filling: Filling, columns_by: str) -> None:
        contents = filling.contents()
        self._tables.append(PageTable(filling.grid, contents, self._ink.number, self._ink.shift, columns_by))

    def _take(self, tables: Sequence[Found], columns_by: str) -> None:
        """Take tables among the rows."""
        for first, last, filling, head in reversed(tables):
            rest = self._rows[last:]
            if columns_by == RULES:
                rest = filling.take_overflow(rest)
            self._rows = self._rows[:first] + rest
            self._add(filling, columns_by)
            if head and self._before:
                self._before.take_head(head, columns_by)

    def _take_ruled(self, grids: list[Grid]) -> None:
        """Take the tables with rules around their cells; what stands outside them becomes rows."""
        if grids and self._grid_before:
            grids[0] = widened(grids[0], self._grid_before)
        # The smallest grid around a character holds it: a table may stand in a cell of another.
        grids.sort(key=lambda grid: _area(grid.box))
        fillings = [Filling(grid) for grid in grids if _is_table(grid, self._ink.width)]
        free: list[Run] = []
        for run in self._runs:
            x, y = (run.left + run.right) / 2, (run.bottom + run.top) / 2
            for filling in fillings:
                left, bottom, right, top = filling.box
                if bottom <= y <= top and left <= x <= right:
                    filling.take(run)
                    break
            else:
                free.append(run)
        self._rows = rows_of(free)
        fillings += self._rows_above(grids)
        for filling in fillings:
            self._rows = filling.take_overflow(self._rows)
            if any(filling.runs):
                self._take_grid(filling)

    def _rows_above(self, grids: Sequence[Grid]) -> list[Filling]:
        """Lines that are rows of one cell above grids without a frame."""
        above: list[Filling] = []
        for grid in rows_above(grids, self._ink.rulings) if grids and self._rows else ():
            _, bottom, _, top = grid.box
            inside = [row for row in self._rows if bottom < row[0].middle < top]
            if len(inside) == 1 and not begins_section(inside[0][0].text):
                above.append(filled(grid, inside))
                self._rows = [row for row in self._rows if row is not inside[0]]
        return above

    def _take_grid(self, filling: Filling) -> None:
        """Take a ruled table; in a frame with lines between rows only, columns are found by these or by text."""
        columns_by = WALLS
        if len(filling.grid.xs) == 2 and len(filling.grid.cells) > 1:  # noqa: PLR2004  # two edges are one column
            lines = rows_of(run for runs in filling.runs for run in runs)
            inside = [line for line in self._ink.rulings if lies_in(line, filling.box)]
            whole = (0, len(lines))
            for tables, by in (
                (find_striped(lines, inside, [], self._columns_before), RULES),
                (find_number_tables(lines, self._grid_before, ()), NUMBERS),
            ):
                if len(tables) == 1 and tables[0][:2] == whole:
                    self._add(tables[0].filling, by)
                    return
            filling = align(lines, filling.grid) or filling
        self._add(filling, columns_by)


def _is_table(grid: Grid, width: float) -> bool:
    """Whether a grid may be a table; a single cell only when it looks like a row cut off by the page end."""
    left, bottom, right, top = grid.box
    return len(grid.cells) > 1 or (right - left > width / 2 and top - bottom < _ROW_HEIGHT)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
