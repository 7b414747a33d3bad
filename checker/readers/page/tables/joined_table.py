"""One table from its parts on several pages: repeated headers dropped, cut rows and cut cells mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from checker.model.document import Location
from checker.readers.blocks.collector import Placed
from checker.readers.page.printed.geometry import Box, edges_of, is_same_edge, rounded
from checker.readers.page.printed.lines import NUMBERED, joint
from checker.readers.page.tables.filling import NUMBERS, WALLS, PageTable
from checker.readers.raw.ideographs import usual_characters
from checker.startup.records import dataclass

_FREE_WIDTH: Final = 12.0
"""Largest free width on both sides of a full line in a cell."""
_NUMBER: Final = re.compile(r"[\s\d０-９.,，．/／—-]+")


@dataclass(slots=True)
class _PartCell:
    """A cell of the joined table; rows count from 0, edges are points.

    Attributes:
        full: whether its last line has no room for a further character, so that the text may go on.
        open_above: whether no line closes it at the upper end of its page.
        open_below: whether no line closes it at the lower end of its page.
    """

    text: str
    row: int
    row_span: int
    left: float
    right: float
    page: int
    box: Box
    full: bool
    open_above: bool
    open_below: bool

    @property
    def end(self) -> int:
        """The row after its last."""
        return self.row + self.row_span

    @property
    def is_figure(self) -> bool:
        """Whether it holds nothing but a number."""
        return _NUMBER.fullmatch(self.text) is not None

    def is_above(self, other: _PartCell) -> bool:
        """Whether it has the same left and right edge."""
        return is_same_edge(self.left, other.left) and is_same_edge(self.right, other.right)


_Pair = tuple[_PartCell, _PartCell]
"""A cell with which a page ends and the one below it with which the next page begins."""


class JoinedTable:
    """A table that grows by parts.

    Attributes:
        ruled: whether lines part the columns of all parts.
    """

    def __init__(self, part: PageTable) -> None:
        self._cells: list[_PartCell] = _cells_of(part)
        self._rows = len(part.grid.ys) - 1
        self._last = part
        self.ruled = part.columns_by == WALLS
        left, bottom, right, top = part.box
        box = rounded((left + part.shift, bottom, right + part.shift, top))
        self._place = Location(page=part.page, box=box)

    def accepts(self, part: PageTable) -> bool:
        """Whether `part` has the same outer edges. Whether nothing stands between, the caller knows.

        Where words tell the edges, these differ from page to page: then parts have to stand below each other.
        """
        left, _, right, _ = self._last.box
        if self._last.columns_by == part.columns_by == NUMBERS:
            common = min(right, part.box[2]) - max(left, part.box[0])
            return 2 * common > max(right - left, part.box[2] - part.box[0])
        return is_same_edge(part.box[0], left) and is_same_edge(part.box[2], right)

    def add(self, part: PageTable) -> None:
        """Continue the table with the part on the next page."""
        cells = _cells_of(part)
        rows = len(part.grid.ys) - 1
        header = self._repeated_header(cells, rows)
        cells = [cell for cell in cells if cell.row >= header]
        upper = [cell for cell in self._cells if cell.end == self._rows]
        lower = [cell for cell in cells if cell.row == header]
        pairs = [(above, below) for above in upper for below in lower if above.is_above(below)]
        same_rows = len(pairs) == len(upper) == len(lower)
        whole = same_rows and _is_cut_row(pairs)
        shift = self._rows - header - whole
        for cell in cells:
            cell.row += shift
        # Each half of a header's row that the page parts spans one row there: only the texts tell.
        mixed = not same_rows and _go_on(pairs)
        first_text = min((cell.left for cell in lower if cell.text), default=0.0)
        cut = [pair for pair in pairs if whole or mixed or _is_cut_cell(*pair, first_text)]
        if any(above.row_span == below.row_span == 1 for above, below in cut):
            # What the page cuts is a row: its other cells are cut too, even where a line closes them.
            cut += [pair for pair in pairs if pair not in cut and _may_be_halves(*pair)]
        for above, below in cut:
            above.text += joint(above.text, below.text) + below.text
            above.row_span = below.end - above.row
            above.full, above.open_below = below.full, below.open_below
        mended = {id(below) for _, below in cut}
        self._cells += [cell for cell in cells if id(cell) not in mended]
        self._rows += rows - header - whole
        self._last = part
        self.ruled = self.ruled and part.columns_by == WALLS

    def _repeated_header(self, cells: Sequence[_PartCell], rows: int) -> int:
        """How many rows at the top of a part repeat those at the top of the table."""
        header = 0
        for row in range(min(rows - 1, self._rows)):
            mine = [cell for cell in self._cells if cell.row == row]
            other = [cell for cell in cells if cell.row == row]
            same = len(mine) == len(other) and all(
                one.text == two.text and one.row_span == two.row_span and one.is_above(two)
                for one, two in zip(mine, other, strict=True)
            )
            if not same or not any(cell.text for cell in mine):
                break
            header = row + 1
        # Only rows that no cell crosses are dropped.
        while header and any(cell.row < header < cell.end for cell in cells):
            header -= 1
        return header

    def single(self) -> tuple[str, Location] | None:
        """Text and place of the only cell: a frame around text is no table. None for real tables."""
        if len(self._cells) != 1:
            return None
        only = self._cells[0]
        return usual_characters(only.text), Location(page=only.page, box=only.box)

    def placed(self) -> tuple[list[list[Placed]], Location]:
        """The rows of the joined grid, and where the table begins."""
        edges = edges_of({edge for cell in self._cells for edge in (cell.left, cell.right)})
        columns = {at: number for number, edge in enumerate(edges, 1) for at in edge}
        rows: list[list[Placed]] = [[] for _ in range(self._rows)]
        for cell in sorted(self._cells, key=attrgetter("row", "left")):
            first, span = columns[cell.left], columns[cell.right] - columns[cell.left] or 1
            place = (cell.row + 1, first, cell.row_span, span)
            rows[cell.row].append(Placed(usual_characters(cell.text), *place, None, cell.page, cell.box))
        return rows, self._place


def _cells_of(part: PageTable) -> list[_PartCell]:
    cells: list[_PartCell] = []
    grid, xs = part.grid, part.grid.xs
    rows = len(grid.ys) - 1
    # Cells share their edges: each is rounded once.
    across = [round(x + part.shift, 1) for x in xs]
    along = [round(y, 1) for y in grid.ys]
    for cell, (text, last_width, size, stacked) in part.contents:
        first, top = cell.column, cell.row
        last, bottom = first + cell.column_span, top + cell.row_span
        left, right = xs[first], xs[last]
        cells.append(
            _PartCell(
                text,
                top,
                cell.row_span,
                left,
                right,
                part.page,
                (across[first], along[bottom], across[last], along[top]),
                bool(text) and (stacked or right - left - last_width < size + _FREE_WIDTH),
                top == 0 and all(grid.open_top[first:last]),
                bottom == rows and all(grid.open_bottom[first:last]),
            )
        )
    return cells


def _goes_on(above: _PartCell, below: _PartCell) -> bool:
    """Whether the text of `below` can be the rest of that of `above`."""
    return above.full and not (NUMBERED.match(below.text) or above.is_figure or below.is_figure)


def _is_open(above: _PartCell, below: _PartCell) -> bool:
    """Whether no line parts two cells at the page end and their texts may belong together."""
    is_open = above.open_below or below.open_above
    return is_open and not NUMBERED.match(below.text) and not (above.is_figure and below.is_figure)


def _go_on(pairs: Sequence[_Pair]) -> bool:
    """Whether the texts of all cells that have one on both pages can be cut in two."""
    both = [(above, below) for above, below in pairs if above.text and below.text]
    return bool(both) and all(_goes_on(above, below) for above, below in both)


def _is_cut_row(pairs: Sequence[_Pair]) -> bool:
    """Whether the last row of one page and the first of the next are one row."""
    if all(_is_open(above, below) for above, below in pairs):
        return True
    # An empty slice of a row is left where its text begins on the next page.
    return not (any(above.text for above, _ in pairs) and any(below.text for _, below in pairs)) or _go_on(
        pairs
    )


def _is_cut_cell(above: _PartCell, below: _PartCell, first_text: float) -> bool:
    """Whether a cell that is merged over several rows was cut; `first_text` is where the row below begins."""
    if _is_open(above, below):
        return _may_be_halves(above, below) or not above.row_span == below.row_span == 1
    if above.row_span == below.row_span == 1:
        return False
    if not above.text or not below.text:
        return below.left <= first_text
    return _goes_on(above, below)


def _may_be_halves(above: _PartCell, below: _PartCell) -> bool:
    """Whether two cells may be the halves of one in a row that the page cuts."""
    return above.row_span == below.row_span == 1 and not (above.text and below.text)
