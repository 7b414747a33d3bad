"""A page as lines of text and ruled tables in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from checker.readers.aligned_grid import FEWEST_ROWS, align, find_aligned
from checker.readers.figure_grid import find_figure_tables
from checker.readers.page_ink import Box, Glyph, PageInk
from checker.readers.page_text import EMPTY, CellText, Line, Run, cell_text, line_of, rows_of, runs_of
from checker.readers.plain_tables import begins_section
from checker.readers.ruled_grid import (
    Grid,
    GridCell,
    find_grids,
    horizontal_rules,
    rows_above,
    widened,
)
from checker.readers.striped_grid import find_striped
from checker.records import dataclass

_GUTTER: Final = (0.35, 0.65)
"""Where, as parts of the page width, the empty strip between two pages printed side by side may lie."""
_GUTTER_WIDTH: Final = 12.0
_FURNITURE: Final = 2
"""Lines below a table that may still be page numbers and running feet."""
_FEWEST_LINES: Final = 5
"""A half page with fewer lines is no page of its own."""


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
    contents: tuple[tuple[GridCell, CellText], ...]
    page: int
    shift: float

    @property
    def box(self) -> Box:
        """Its place on the page."""
        return self.grid.box


PageItem = Line | PageTable
"""What stands on a page, whole lines and whole tables."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page or, where two pages are printed side by side, on one of them."""

    number: int
    shift: float
    height: float
    items: tuple[PageItem, ...]

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
    middle = _gutter(ink, runs, before.shift if before else 0.0)
    parts = [ink] if middle is None else [ink.part(0.0, middle), ink.part(middle, ink.width)]
    contents: list[PageContent] = []
    for part in parts:
        own_runs = runs if part is ink else runs_of(part.glyphs)
        items = _items(part, own_runs, most_cells, before.last_grid if before else None)
        before = PageContent(part.number, part.shift, part.height, tuple(items))
        contents.append(before)
    return contents


def _items(ink: PageInk, runs: list[Run], most_cells: int, before: Grid | None) -> list[PageItem]:
    grids = find_grids(ink.rulings, most_cells) if ink.rulings else []
    if grids and before:
        grids[0] = widened(grids[0], before)
    # The smallest grid around a character holds it: a table may stand in a cell of another.
    grids.sort(key=lambda grid: _area(grid.box))
    holders = [_Holder(grid) for grid in grids if _is_table(grid, ink.width)]
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
            items.append((holder.grid.ys[0], table.table(ink)))
    if any(len(row) > 1 for row in rows):
        rows = _take_figures(ink, rows, items, before)
        rows = _take_striped(ink, rows, items, [grid.box for grid in grids], before)
        if sum(len(row) > 1 for row in rows) >= FEWEST_ROWS:
            rows = _take_aligned(ink, rows, items)
    for row in rows:
        line = line_of(row, ink.number, ink.shift)
        items.append((line.middle, line))
    items.sort(key=lambda item: -item[0])
    return [item for _, item in items]


def _take_rows_above(
    ink: PageInk, rows: list[list[Run]], grids: Sequence[Grid], holders: list[_Holder]
) -> list[list[Run]]:
    """Put lines that are rows of one cell above grids into `holders`; returns the other lines."""
    for grid in rows_above(grids, ink.rulings):
        _, bottom, _, top = grid.box
        inside = [row for row in rows if bottom < (row[0].bottom + row[0].top) / 2 < top]
        if len(inside) == 1 and not begins_section(inside[0][0].text):
            holders.append(_filled(grid, inside, ink))
            rows = [row for row in rows if row is not inside[0]]
    return rows


def _take_figures(
    ink: PageInk, rows: list[list[Run]], items: list[tuple[float, PageItem]], before: Grid | None
) -> list[list[Run]]:
    """Put tables whose numbers show the columns into `items`; returns the other lines."""
    for table in reversed(find_figure_tables(rows, ink.glyphs, before)):
        rows = rows[: table.first] + rows[table.last :]
        items.append((table.grid.ys[0], PageTable(table.grid, table.contents, ink.number, ink.shift)))
    return rows


def _take_striped(
    ink: PageInk,
    rows: list[list[Run]],
    items: list[tuple[float, PageItem]],
    taken: list[Box],
    before: Grid | None,
) -> list[list[Run]]:
    """Put tables whose horizontal rules show the columns into `items`; returns the other lines."""
    for first, last, grid in reversed(find_striped(rows, ink.glyphs, ink.rulings, taken, before)):
        holder = _filled(grid, rows[first:last], ink)
        rows = rows[:first] + holder.take_overflow(rows[last:])
        items.append((grid.ys[0], holder.table(ink)))
    return rows


def _take_aligned(
    ink: PageInk, rows: list[list[Run]], items: list[tuple[float, PageItem]]
) -> list[list[Run]]:
    """Put tables without vertical lines into `items`; returns the lines that belong to none."""
    rules = horizontal_rules(ink.rulings) if ink.rulings else []
    others: list[list[Run]] = []
    position = 0
    for first, last, grid in find_aligned(rows, rules):
        items.append((grid.ys[0], _filled(grid, rows[first:last], ink).table(ink)))
        others += rows[position:first]
        position = last
    return others + rows[position:]


def _filled(grid: Grid, rows: list[list[Run]], ink: PageInk) -> _Holder:
    holder = _Holder(grid)
    for row in rows:
        for run in row:
            holder.take(run, (run.bottom + run.top) / 2, ink.glyphs)
    return holder


def _with_columns(holder: _Holder, ink: PageInk, runs: list[Run], before: Grid | None) -> _Holder:
    """A frame with lines between its rows only, its columns found by these or by the text if certain."""
    left, bottom, right, top = holder.box
    inside = [line for line in ink.rulings if left - 1 <= line.left and line.right <= right + 1]
    inside = [line for line in inside if bottom - 1 <= line.bottom and line.top <= top + 1]
    own = [run for run in runs if bottom <= (run.bottom + run.top) / 2 <= top and left <= run.left <= right]
    lines = rows_of(own)
    found = find_striped(lines, ink.glyphs, inside, [], before)
    if len(found) == 1 and found[0][:2] == (0, len(lines)):
        return _filled(found[0][2], lines, ink)
    rows = rows_of(run for runs in holder.runs for run in runs)
    grid = align(rows, holder.grid)
    return holder if grid is None else _filled(grid, rows, ink)


def _is_table(grid: Grid, width: float) -> bool:
    """Whether a grid may be a table; a single cell only when it looks like a row cut off by the page end."""
    left, bottom, right, top = grid.box
    return len(grid.cells) > 1 or (right - left > width / 2 and top - bottom < _ROW_HEIGHT)


_ROW_HEIGHT: Final = 72.0


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


class _Holder:
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

    def table(self, ink: PageInk) -> PageTable:
        """The filled grid."""
        texts = (cell_text(runs) if runs else EMPTY for runs in self.runs)
        return PageTable(self.grid, tuple(zip(self.grid.cells, texts, strict=True)), ink.number, ink.shift)


_SLACK: Final = 6.0
"""Points by which the first overflowing line may still reach into its table."""


_TALL: Final = 40.0
"""Higher runs are turned text, which may reach over several rows."""


def _gutter(ink: PageInk, runs: Sequence[Run], expected: float) -> float | None:
    """Where the empty strip between two pages printed side by side lies, None when there is none.

    Args:
        ink: the sheet.
        runs: its text.
        expected: where it lay on the sheet before, 0 when there was none. A last page may be nearly empty.
    """
    low, high = ink.width * _GUTTER[0], ink.width * _GUTTER[1]
    inked = [(run.left, run.right) for run in runs if run.right > low and run.left < high]
    inked += [(line.left, line.right) for line in ink.rulings if line.right > low and line.left < high]
    if expected and not any(left < expected < right for left, right in inked):
        return expected
    covered, best, width = low, None, _GUTTER_WIDTH
    for left, right in sorted([*inked, (high, high)]):
        if left - covered > width:
            # Mostly the sheet is halved; then equal places on both pages have equal coordinates.
            half = ink.width / 2
            best, width = (half if covered < half < left else (left + covered) / 2), left - covered
        covered = max(covered, right)
    if best is None:
        return None
    return best if all(_is_page(ink, runs, side, best) for side in (True, False)) else None


def _is_page(ink: PageInk, runs: Sequence[Run], on_left: bool, middle: float) -> bool:  # noqa: FBT001  # private
    """Whether one half is filled like a page: lines that reach its right edge, or a table."""
    rows = rows_of(run for run in runs if (run.right <= middle) == on_left)
    if len(rows) < _FEWEST_LINES or not any(run.em for row in rows for run in row):
        # A half with nothing but figures is a part of a table.
        return False
    if any((line.right <= middle) == on_left for line in ink.rulings):
        return ink.width > ink.height
    edge = max(row[-1].right for row in rows)
    full = sum(row[-1].right > edge - 2 * (row[0].top - row[0].bottom) for row in rows)
    return full * 2 >= len(rows) or (ink.width > ink.height and full * 4 >= len(rows))
