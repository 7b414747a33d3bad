"""Tables of a web page: cells into the grid as browsers place them."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.drafts import DraftCell, DraftItem, DraftTable
from checker.readers.limits import Limits, too_large
from checker.startup.records import dataclass, field

_WIDEST_SPAN: Final = 1000
_TALLEST_SPAN: Final = 65534
"""What browsers make of larger spans (HTML standard, 4.9.11)."""


def span(text: str | None, *, most: int) -> int:
    """Value of a span attribute: its leading digits, 1 where there are none; a rowspan may be 0."""
    digits = ""
    for character in (text or "").strip():
        if not (character.isascii() and character.isdigit()):
            break
        digits += character
    if not digits:
        return 1
    return most if len(digits) > len(str(most)) else min(int(digits), most)


@dataclass(slots=True)
class HtmlCell:
    """A cell as the page has it; `row_span` 0 means down to the end of its row group."""

    items: list[DraftItem]
    row_span: int
    column_span: int

    @classmethod
    def from_attributes(cls, row_span: str | None, column_span: str | None) -> HtmlCell:
        """A new empty cell with what its attributes say."""
        return cls([], span(row_span, most=_TALLEST_SPAN), span(column_span, most=_WIDEST_SPAN) or 1)


_Row = list[HtmlCell]


@dataclass(slots=True)
class HtmlTable:
    """A table being read: row groups by where they are shown, captions apart."""

    caption: list[DraftItem] = field(default_factory=list)
    _heads: list[list[_Row]] = field(default_factory=list)
    _bodies: list[list[_Row]] = field(default_factory=list)
    _feet: list[list[_Row]] = field(default_factory=list)
    _group: list[_Row] | None = None

    def begin_group(self, tag: str) -> None:
        """Rows that follow belong to a new `thead`, `tbody` or `tfoot`."""
        groups = {"thead": self._heads, "tfoot": self._feet}.get(tag, self._bodies)
        self._group = []
        groups.append(self._group)

    def begin_row(self) -> None:
        """Cells that follow belong to a new row."""
        if self._group is None:
            self.begin_group("tbody")
        if self._group is not None:
            self._group.append([])

    def add(self, cell: HtmlCell) -> None:
        """The next cell of the current row."""
        if not self._group:
            self.begin_row()
        if self._group:
            self._group[-1].append(cell)

    def draft(self, limits: Limits) -> DraftTable | None:
        """The finished table, None if it has no cell.

        Raises:
            UnreadableError: more grid places than the limit.
        """
        cells: list[DraftCell] = []
        first_row = 0
        places = 0
        for group in (*self._heads, *self._bodies, *self._feet):
            placed, area = _place(group, first_row, limits.cells - places)
            if places + area > limits.cells:
                raise too_large(f"的表格多于 {limits.cells} 格")
            places += area
            cells.extend(placed)
            first_row += len(group)
        return DraftTable(cells) if cells else None


def _place(group: list[_Row], first_row: int, most: int) -> tuple[list[DraftCell], int]:
    """Cells of a row group with their places, and the area they take; stops once that is above `most`."""
    cells: list[DraftCell] = []
    free_from: dict[int, int] = {}
    """For each column the row at which the cell that reaches down into it ends."""
    area = 0
    for row, row_cells in enumerate(group):
        column = 0
        for cell in row_cells:
            while free_from.get(column, 0) > row:
                column += 1
            left = len(group) - row
            row_span = min(cell.row_span or left, left)
            area += row_span * cell.column_span
            if area > most:
                return cells, area
            cells.append(DraftCell(cell.items, first_row + row, column, row_span, cell.column_span))
            if row_span > 1:
                for covered in range(column, column + cell.column_span):
                    free_from[covered] = row + row_span
            column += cell.column_span
    return cells, area
