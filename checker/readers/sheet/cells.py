"""From the cells of a spreadsheet to paragraphs and tables.

A sheet is one large grid; people see titles, tables and remarks on it. A row with a frame, or with more
than one filled cell, belongs to a table; a lone filled cell without a frame is a paragraph; a blank row
ends a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from checker.model.document import Location
from checker.readers.blocks.collector import BlockCollector, Placed
from checker.readers.limits import Limits, too_large
from checker.startup.records import dataclass, field, replace

_NUMBERED_HEADING: Final = re.compile(
    "\\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
HIDDEN_SHEET: Final = (
    "hidden_sheet",
    "文件里有隐藏的工作表，未检查。如其中有报告内容，请取消隐藏后再检查。",
)
"""Code and text of the note about sheets that are not read."""


@dataclass(frozen=True, slots=True)
class MergedArea:
    """Merged cells, all borders included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


COLUMNS: Final = 1 << 14
_ROWS: Final = 1 << 20
"""More than a sheet has."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a workbook; rows and columns count from 1, `sheet` from 0 over all sheets, hidden ones included."""

    sheet: int
    row: int
    column: int

    @property
    def source(self) -> int:
        """The cell as one number, for `Location.source`."""
        return (self.sheet * _ROWS + self.row - 1) * COLUMNS + self.column - 1

    @classmethod
    def of(cls, source: int) -> SheetCell:
        """The cell that `source` stands for."""
        rows, column = divmod(source, COLUMNS)
        sheet, row = divmod(rows, _ROWS)
        return cls(sheet, row + 1, column + 1)


@dataclass(slots=True)
class SheetContent:
    """What one sheet holds; rows and columns count from 1.

    Attributes:
        name: as on its tab.
        number: which sheet of the workbook it is, from 0.
        texts: shown text of the cells that hold something.
        framed: rows in which cells have borders.
        merged: merged areas.
        hidden_rows: rows that are not shown.
        hidden_columns: columns that are not shown.
        origins: where cells stand in the file, if they have been counted without what is not shown.
    """

    name: str
    number: int = 0
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    framed: set[int] = field(default_factory=set)
    merged: list[MergedArea] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    origins: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns are not shown; a sheet has no more than some thousand."""
        self.hidden_columns.update(range(first, min(last, COLUMNS) + 1))

    def put(self, row: int, column: int, text: str) -> None:
        """Store the text of a cell; blank text is nothing, and of two different texts neither counts alone."""
        if text.strip():
            cells = self.texts.setdefault(row, {})
            known = cells.get(column, text)
            cells[column] = text if known == text else f"{known}、{text}"


def pour_sheets(sheets: list[SheetContent], blocks: BlockCollector, limits: Limits) -> None:
    """Add the content of sheets to `blocks`; with more than one sheet, each location names its sheet.

    Raises:
        UnreadableError: too many paragraphs or grid places.
    """
    filled = [sheet for sheet in sheets if sheet.texts]
    for sheet in filled:
        _SheetReader(sheet, Location(path=sheet.name if len(filled) > 1 else None), blocks, limits).pour()


class _SheetReader:
    def __init__(self, sheet: SheetContent, place: Location, blocks: BlockCollector, limits: Limits) -> None:
        self._sheet = sheet
        self._place = place
        self._blocks = blocks
        self._limits = limits
        # Only areas that begin with text shape a table; the others merge nothing with nothing.
        self._areas: dict[int, dict[int, MergedArea]] = {}
        for area in sheet.merged:
            if area.left in sheet.texts.get(area.top, ()):
                self._areas.setdefault(area.top, {})[area.left] = area

    def pour(self) -> None:
        """Walk the rows that hold something, in order."""
        of_table = self._rows_of_tables()
        rows: list[int] = []
        reach = 0
        for row in sorted(self._sheet.texts.keys() | self._sheet.framed):
            if rows and (row > max(rows[-1], reach) + 1 or row not in of_table):
                self._table(rows)
                rows = []
            if row in of_table:
                rows.append(row)
                reach = max([reach, *(area.bottom for area in self._areas.get(row, {}).values())])
            else:
                for column, text in self._sheet.texts[row].items():
                    line, source = self._origin(row, column)
                    place = Location(path=self._place.path, line=line)
                    self._blocks.paragraph(text, place=place, source=source)
        self._table(rows)

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        """The row and the cell of the file that a place stands for."""
        row, column = self._sheet.origins.get((row, column), (row, column))
        return row, SheetCell(self._sheet.number, row, column).source

    def _rows_of_tables(self) -> set[int]:
        """Rows that belong to tables.

        A lone cell merged across columns is a row of the table it adjoins if a row of that table stands
        above it, or if it stands between a line of text and the table; a numbered heading never is.
        """
        texts = self._sheet.texts
        certain = set(self._sheet.framed)
        reach = 0
        for row in sorted(texts):
            if len(texts[row]) > 1 or row in certain or row <= reach:
                certain.add(row)
                reach = max([reach, *(area.bottom for area in self._areas.get(row, {}).values())])
        for row in sorted(texts.keys() - certain):
            column, text = next(iter(texts[row].items()))
            area = self._areas.get(row, {}).get(column)
            if area is None or area.right == area.left or _NUMBERED_HEADING.match(text):
                continue
            if row - 1 in certain or (row + 1 in certain and row - 1 in texts):
                certain.add(row)
        return certain

    def _table(self, rows: list[int]) -> None:
        texts = self._sheet.texts
        filled = [row for row in rows if row in texts]
        if not filled:
            return
        # A frame drawn for later use goes on for pages; one empty row may still be a row to fill in.
        last = filled[-1] + (1 if filled[-1] + 1 in rows else 0)
        first = filled[0]
        areas = {row: self._areas.get(row, {}) for row in range(first, last + 1)}
        left = min(min(texts[row]) for row in filled)
        right = max(max(texts[row]) for row in filled)
        widest = max((area.right for row in areas.values() for area in row.values()), default=right)
        right = max(right, min(widest, left + self._limits.cells // (last - first + 1) - 1))
        if (last - first + 1) * (right - left + 1) > self._limits.cells:
            raise too_large(f"的表格多于 {self._limits.cells} 格")
        covered: set[tuple[int, int]] = set()
        begins: set[int] = set()
        placed: list[list[Placed]] = []
        for row in range(first, last + 1):
            placed.append([])
            for column in range(left, right + 1):
                if (row, column) in covered:
                    continue
                area = areas[row].get(column, MergedArea(row, column, row, column))
                down = min(area.bottom, last) - row + 1
                across = min(area.right, right) - column + 1
                covered |= {(row + r, column + c) for r in range(down) for c in range(across)}
                text = texts.get(row, {}).get(column, "")
                begins.add(column)
                line, source = self._origin(row, column)
                placed[-1].append(
                    Placed(text, row - first + 1, column, down, across, line=line, source=source)
                )
        self._blocks.table(_without_unseen_columns(placed, sorted(begins)), place=self._place)


def _without_unseen_columns(rows: list[list[Placed]], begins: list[int]) -> list[list[Placed]]:
    """Columns renumbered so that only those count in which some cell begins."""
    renumbered: list[list[Placed]] = []
    for row in rows:
        renumbered.append([])
        for cell in row:
            first = bisect_left(begins, cell.column)
            across = bisect_left(begins, cell.column + cell.column_span) - first
            renumbered[-1].append(replace(cell, column=first + 1, column_span=across))
    return renumbered
