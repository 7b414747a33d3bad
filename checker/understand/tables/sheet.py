"""A document table prepared for reading: every cell told apart as figure, label, mark or blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property

from checker.model.document import Cell, Table
from checker.model.numerals import CellState, ParsedNumber, parse_cell
from checker.model.report import CellValue
from checker.startup.records import dataclass
from checker.understand.labels import label_forms


class CellKind(Enum):
    """What a cell is at first sight."""

    FIGURE = "figure"
    LABEL = "label"
    MARK = "mark"
    BLANK = "blank"


_MAX_FIGURE = 24
_MARKS = frozenset((CellState.SLASH, CellState.DASH, CellState.NONE_WORD))


@dataclass(frozen=True, slots=True, eq=False)
class CellItem:
    """A cell with its kind; compared by identity, because a merged cell stands in several places."""

    cell: Cell
    kind: CellKind
    number: ParsedNumber

    @property
    def value(self) -> CellValue:
        """The cell as a value of a typed table."""
        return CellValue(self.cell.text, self.number, self.cell.location)


_BLANK = ParsedNumber(CellState.BLANK)
_UNREADABLE = ParsedNumber(CellState.UNREADABLE)
Line = Sequence["CellItem | None"]


def _item(cell: Cell) -> CellItem:
    text = cell.text
    number = _UNREADABLE if len(text) > _MAX_FIGURE else parse_cell(text)
    if number.state is CellState.NUMBER:
        # 「3 其他」 is a numbered label as well as three of something: its place will tell.
        return CellItem(cell, CellKind.LABEL if len(number.unit) > 1 else CellKind.FIGURE, number)
    if number.state is CellState.BLANK:
        return CellItem(cell, CellKind.BLANK, _BLANK)
    return CellItem(cell, CellKind.MARK if number.state in _MARKS else CellKind.LABEL, number)


@dataclass(frozen=True)
class Sheet:
    """A table as lines of items.

    Attributes:
        table: the table as read.
        lines: aligned tables as rectangles, a merged cell in every place it covers; others as they are.
        width: number of grid columns, 0 for a table that is not aligned.
    """

    table: Table
    lines: tuple[Line, ...]
    width: int

    @property
    def aligned(self) -> bool:
        """Whether positions in a line are grid columns."""
        return self.table.aligned

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of all labels, with and without remarks in brackets."""
        return frozenset(
            form
            for line in self.lines
            for item in distinct(line)
            if item.kind is CellKind.LABEL
            for form in label_forms(item.cell.text)
        )

    @cached_property
    def has_figures(self) -> bool:
        """Whether any cell is a number."""
        return any(item.kind is CellKind.FIGURE for line in self.lines for item in distinct(line))


def prepare(table: Table) -> Sheet:
    """The sheet of a table."""
    if not table.aligned:
        return Sheet(table, tuple([_item(cell) for cell in row] for row in table.rows), 0)
    items = {id(cell): _item(cell) for cell in table.cells()}
    grid = table.grid()
    lines = tuple([None if cell is None else items[id(cell)] for cell in row] for row in grid)
    return Sheet(table, lines, len(grid[0]) if grid else 0)


def distinct(line: Iterable[CellItem | None]) -> Iterator[CellItem]:
    """The items of a line, a cell merged across once."""
    last: CellItem | None = None
    for item in line:
        if item is not None and item is not last:
            yield item
        last = item


def placed(line: Line) -> Iterator[tuple[int, CellItem]]:
    """The items of a line with their first position, a cell merged across once."""
    last: CellItem | None = None
    for position, item in enumerate(line):
        if item is not None and item is not last:
            yield position, item
        last = item


def has_figure(line: Line) -> bool:
    """Whether the line holds a number."""
    return any(item is not None and item.kind is CellKind.FIGURE for item in line)
