"""A page as lines of text and ruled tables in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.aligned_grid import FEWEST_ROWS, align, find_aligned
from checker.readers.figure_grid import Contents, find_figure_tables, open_head_of
from checker.readers.figure_lines import TextLine
from checker.readers.grid_filling import GridFilling, filled
from checker.readers.page_halves import gutter
from checker.readers.page_ink import Box, PageInk
from checker.readers.page_text import Line, Run, line_of, rows_of, runs_of
from checker.readers.plain_tables import begins_section
from checker.readers.ruled_grid import Grid, find_grids, horizontal_rules, rows_above, widened
from checker.readers.striped_grid import find_striped
from checker.records import dataclass

_FURNITURE: Final = 2
"""Lines below a table that may still be page numbers and running feet."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that stands on this page.

    Attributes:
        grid: its skeleton.
        contents: each cell with its text, in reading order.
        page: page number.
        shift: where on the sheet its page begins.
    """

    grid: Grid
    contents: Contents
    page: int
    shift: float

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
    def last_grid(self) -> Grid | None:
        """The last table, when at most furniture of the page stands below it."""
        for item in self.items[: -_FURNITURE - 1 : -1]:
            if isinstance(item, PageTable):
                return item.grid
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
        before = _content(part, own_runs, most_cells, before)
        contents.append(before)
    return contents


def _content(ink: PageInk, runs: list[Run], most_cells: int, page_before: PageContent | None) -> PageContent:
    before = page_before.last_grid if page_before else None
    grids = find_grids(ink.rulings, most_cells) if ink.rulings else []
    if grids and before:
        grids[0] = widened(grids[0], before)
    # The smallest grid around a character holds it: a table may stand in a cell of another.
    grids.sort(key=lambda grid: _area(grid.box))
    holders = [GridFilling(grid) for grid in grids if _is_table(grid, ink.width)]
    free: list[Run] = []
    for run in runs:
        x, y = (run.left + run.right) / 2, (run.bottom + run.top) / 2
        for holder in holders:
            left, bottom, right, top = holder.box
            if bottom <= y <= top and left <= x <= right:
                holder.take(run, y, ink.glyphs)
                break
        else:
            free.append(run)
    items: list[tuple[float, PageItem]] = []
    rows = rows_of(free)
    if grids and rows:
        rows = _take_rows_above(ink, rows, grids, holders)
    for holder in holders:
        rows = holder.take_overflow(rows)
        if any(holder.runs):
            striped = len(holder.grid.xs) == 2 and len(holder.grid.cells) > 1  # noqa: PLR2004  # one column
            table = _with_columns(holder, ink, runs, before) if striped else holder
            items.append((holder.grid.ys[0], _table(table.grid, table.contents(), ink)))
    if any(len(row) > 1 for row in rows):
        rows = _take_striped(ink, rows, items, [grid.box for grid in grids], before)
        rows = _take_figures(ink, rows, items, page_before)
        if sum(len(row) > 1 for row in rows) >= FEWEST_ROWS:
            rows = _take_aligned(ink, rows, items)
    lowest = min((item.box[1] for _, item in items if isinstance(item, PageTable)), default=ink.height)
    head = open_head_of([row for row in rows if row[0].top < lowest], ink.glyphs)
    for row in rows:
        line = line_of(row, ink.number, ink.shift)
        items.append((line.middle, line))
    items.sort(key=lambda item: -item[0])
    return PageContent(ink.number, ink.shift, ink.height, tuple(item for _, item in items), head)


def _take_rows_above(
    ink: PageInk, rows: list[list[Run]], grids: Sequence[Grid], holders: list[GridFilling]
) -> list[list[Run]]:
    """Put lines that are rows of one cell above grids into `holders`; returns the other lines."""
    for grid in rows_above(grids, ink.rulings):
        _, bottom, _, top = grid.box
        inside = [row for row in rows if bottom < (row[0].bottom + row[0].top) / 2 < top]
        if len(inside) == 1 and not begins_section(inside[0][0].text):
            holders.append(filled(grid, inside, ink.glyphs))
            rows = [row for row in rows if row is not inside[0]]
    return rows


def _take_figures(
    ink: PageInk, rows: list[list[Run]], items: list[tuple[float, PageItem]], before: PageContent | None
) -> list[list[Run]]:
    """Put tables whose numbers show the columns into `items`; returns the other lines."""
    grid, head = (before.last_grid, before.head[0]) if before else (None, ())
    for table in reversed(find_figure_tables(rows, ink.glyphs, grid, head)):
        rows = rows[: table.first] + rows[table.last :]
        items.append((table.grid.ys[0], _table(table.grid, table.contents, ink)))
        if table.head and before:
            before.take_head(PageTable(*table.head, before.number, before.shift))
    return rows


def _table(grid: Grid, contents: Contents, ink: PageInk) -> PageTable:
    return PageTable(grid, contents, ink.number, ink.shift)


def _take_striped(
    ink: PageInk,
    rows: list[list[Run]],
    items: list[tuple[float, PageItem]],
    taken: list[Box],
    before: Grid | None,
) -> list[list[Run]]:
    """Put tables whose horizontal rules show the columns into `items`; returns the other lines."""
    for first, last, grid in reversed(find_striped(rows, ink.glyphs, ink.rulings, taken, before)):
        holder = filled(grid, rows[first:last], ink.glyphs)
        rows = rows[:first] + holder.take_overflow(rows[last:])
        items.append((grid.ys[0], _table(grid, holder.contents(), ink)))
    return rows


def _take_aligned(
    ink: PageInk, rows: list[list[Run]], items: list[tuple[float, PageItem]]
) -> list[list[Run]]:
    """Put tables without vertical lines into `items`; returns the lines that belong to none."""
    rules = horizontal_rules(ink.rulings) if ink.rulings else []
    others: list[list[Run]] = []
    position = 0
    for first, last, grid in find_aligned(rows, rules):
        contents = filled(grid, rows[first:last], ink.glyphs).contents()
        items.append((grid.ys[0], _table(grid, contents, ink)))
        others += rows[position:first]
        position = last
    return others + rows[position:]


def _with_columns(holder: GridFilling, ink: PageInk, runs: list[Run], before: Grid | None) -> GridFilling:
    """A frame with lines between its rows only, its columns found by these or by the text if certain."""
    left, bottom, right, top = holder.box
    inside = [line for line in ink.rulings if left - 1 <= line.left and line.right <= right + 1]
    inside = [line for line in inside if bottom - 1 <= line.bottom and line.top <= top + 1]
    own = [run for run in runs if bottom <= (run.bottom + run.top) / 2 <= top and left <= run.left <= right]
    lines = rows_of(own)
    found = find_striped(lines, ink.glyphs, inside, [], before)
    if len(found) == 1 and found[0][:2] == (0, len(lines)):
        return filled(found[0][2], lines, ink.glyphs)
    rows = rows_of(run for runs in holder.runs for run in runs)
    grid = align(rows, holder.grid)
    return holder if grid is None else filled(grid, rows, ink.glyphs)


def _is_table(grid: Grid, width: float) -> bool:
    """Whether a grid may be a table; a single cell only when it looks like a row cut off by the page end."""
    left, bottom, right, top = grid.box
    return len(grid.cells) > 1 or (right - left > width / 2 and top - bottom < _ROW_HEIGHT)


_ROW_HEIGHT: Final = 72.0


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
