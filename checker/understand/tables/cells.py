"""What reading a form table collects, and small helpers both layouts share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.model.document import Location
from checker.model.forms import Address, FormLine
from checker.model.report import CellValue
from checker.startup.records import dataclass, field
from checker.understand.library import ColumnTarget, TableIndex
from checker.understand.tables.sheet import CellItem, CellKind, Line, placed


@dataclass
class Reading:
    """What was read so far; see `checker.model.report.ReportTable` for the meaning of its parts."""

    index: TableIndex
    cells: dict[Address, CellValue] = field(default_factory=dict)
    row_labels: dict[str, str] = field(default_factory=dict)
    column_labels: dict[str, str] = field(default_factory=dict)
    unknown_rows: list[tuple[str, Location]] = field(default_factory=list)
    unplaced: int = 0

    def put(self, row: FormLine, column: FormLine, item: CellItem) -> None:
        """Take a value; the first one with a figure stays."""
        address = (row.key, column.key)
        if address not in self.cells or self.cells[address].value is None:
            self.cells[address] = item.value

    def leave_out(self, items: Iterable[CellItem]) -> None:
        """Count figures of a line of which nothing tells their cells."""
        self.unplaced += sum(item.kind is CellKind.FIGURE for item in items)

    def name_row(self, row: FormLine, label: CellItem) -> None:
        """Keep the row's label as written."""
        self.row_labels.setdefault(row.key, label.cell.text.strip())

    def name_column(self, target: ColumnTarget, label: str) -> None:
        """Keep the column's label as written; blocks are counted from 1 where there are several."""
        is_split = len(self.index.table.blocks) > 1
        key = f"{target.block + 1}.{target.line.key}" if is_split else target.line.key
        self.column_labels[key] = label.strip()


def labels_of(line: Line) -> Iterator[tuple[int, CellItem]]:
    """The labels of a line with their positions."""
    return ((position, item) for position, item in placed(line) if item.kind is CellKind.LABEL)


def fit(values: list[CellItem], count: int) -> list[CellItem] | None:
    """`values` without surplus blanks at the edges; None if they are not `count` even so."""
    first, last = 0, len(values)
    while last - first > count and values[first].kind is CellKind.BLANK:
        first += 1
    while last - first > count and values[last - 1].kind is CellKind.BLANK:
        last -= 1
    return values[first:last] if last - first == count else None
