"""The tables of a form laid out in a grid: what a document and a workbook draw alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from checker.model.document import Cell, Table
from checker.model.form_drawing import drawn_table
from checker.model.forms import Address, FormTable
from checker.startup.records import dataclass
from checker.writers.shared.text_cells import width

_MARK: Final = "\ue000"
"""Stands before the ordinal of a cell that holds a figure while the table is drawn."""
_NARROWEST: Final = 5
_WIDEST: Final = 22
_WIDEST_LABEL: Final = 14


@dataclass(frozen=True)
class PlacedCell:
    """A cell of the drawing; rows and columns count from 0.

    Attributes:
        text: the label, empty for a figure.
        address: row and column key of the form, None for a label.
    """

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    address: Address | None = None


@dataclass(frozen=True)
class Layout:
    """A table drawn as the official form has it.

    Attributes:
        cells: row by row.
        rows, columns: how many there are.
    """

    cells: Sequence[PlacedCell]
    rows: int
    columns: int

    def widths(self, texts: Mapping[Address, str]) -> list[int]:
        """How wide the columns should be, in half characters, for these figures."""
        widths = [_NARROWEST] * self.columns
        for cell in self.cells:
            if cell.column_span == 1:
                text = texts.get(cell.address, "") if cell.address else cell.text
                wanted = width(text) + 2 if cell.address else min(width(text) // 2 + 3, _WIDEST_LABEL)
                widths[cell.column] = max(widths[cell.column], min(wanted, _WIDEST))
        return widths

    def lines(self, row: int, widths: Sequence[int]) -> int:
        """How many lines the labels of a row take that stand in no other row."""
        own = [cell for cell in self.cells if cell.row == row and cell.row_span == 1 and not cell.address]
        room = [sum(widths[cell.column : cell.column + cell.column_span]) for cell in own]
        return max((ceil(width(cell.text) / wide) for cell, wide in zip(own, room, strict=True)), default=1)


def layout_of(table: FormTable) -> Layout:
    """A table of a form, drawn."""
    addresses = list(table.addresses())
    marks = {address: f"{_MARK}{number}" for number, address in enumerate(addresses)}
    drawn: Table = drawn_table(table, marks)
    cells = [_placed(cell, addresses) for row in drawn.rows for cell in row]
    return Layout(
        cells,
        max(cell.row + cell.row_span for cell in cells),
        max(cell.column + cell.column_span for cell in cells),
    )


def _placed(cell: Cell, addresses: Sequence[Address]) -> PlacedCell:
    address = addresses[int(cell.text[1:])] if cell.text.startswith(_MARK) else None
    text = "" if address else cell.text
    return PlacedCell(text, cell.row - 1, cell.column - 1, cell.row_span, cell.column_span, address)
