"""A table of a form as the official form draws it, with merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.model.document import Cell, Location, Table
from checker.model.forms import CHOICE, PAIRS, TEXT, FormBlock, FormLine, FormTable


def drawn_table(
    table: FormTable,
    figures: Mapping[tuple[str, str], str],
    filler: str = "",
    labels: Mapping[str, str] | None = None,
) -> Table:
    """A form table with figures in its cells.

    Args:
        table: the form's table.
        figures: texts of cells by row and column key.
        filler: text of all other cells.
        labels: other labels for rows, columns and groups, by the form's label.
    """
    sheet = _DrawnForm(labels or {})
    if table.layout == "across":
        _draw_across(sheet, table.blocks[0], figures, filler)
    elif table.layout == "stacked":
        width = 1 + max(len(block.columns) for block in table.blocks)
        for block in table.blocks:
            _draw_stacked(sheet, block, width, figures, filler)
    elif table.layout == PAIRS:
        _draw_pairs(sheet, table.blocks[0], figures, filler)
    else:
        _draw_grid(sheet, table.blocks[0], figures, filler)
    return sheet.table()


class _DrawnForm:
    """Cells as they are drawn; row and column count from 0 while drawing."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._cells: dict[tuple[int, int], Cell] = {}
        self.height = 0

    def put(self, text: str, row: int, column: int, row_span: int = 1, column_span: int = 1) -> None:
        cell = Cell(self._labels.get(text, text), row + 1, column + 1, row_span, column_span)
        self._cells[row, column] = cell
        self.height = max(self.height, row + row_span)

    def table(self) -> Table:
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for (row, _), cell in sorted(self._cells.items()):
            rows[row].append(cell)
        return Table(tuple(tuple(row) for row in rows), Location(table_index=1))


def _tree_cells(lines: Sequence[FormLine], depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Label, level, first line, levels spanned and lines spanned of every label cell of an axis."""
    for index, line in enumerate(lines):
        yield line.label, len(line.path), index, depth - len(line.path), 1
        for level in range(len(line.path)):
            prefix = line.path[: level + 1]
            if index and lines[index - 1].path[: level + 1] == prefix:
                continue
            span = 1
            while index + span < len(lines) and lines[index + span].path[: level + 1] == prefix:
                span += 1
            yield line.path[level], level, index, 1, span


def _draw_grid(
    sheet: _DrawnForm, block: FormBlock, figures: Mapping[tuple[str, str], str], filler: str
) -> None:
    header = 1 + max(len(line.path) for line in block.columns)
    stub = 1 + max(len(line.path) for line in block.rows)
    sheet.put(block.corner, 0, 0, header, stub)
    for label, level, index, levels, span in _tree_cells(block.columns, header):
        sheet.put(label, level, stub + index, levels, span)
    for label, level, index, levels, span in _tree_cells(block.rows, stub):
        sheet.put(label, header + index, level, span, levels)
    for row_index, row in enumerate(block.rows):
        for column_index, column in enumerate(block.columns):
            sheet.put(figures.get((row.key, column.key), filler), header + row_index, stub + column_index)


def _draw_pairs(
    sheet: _DrawnForm, block: FormBlock, figures: Mapping[tuple[str, str], str], filler: str
) -> None:
    """Labels with what belongs to each beside it; with a filler texts name their row and first options are ticked."""
    stub = 1 + max(len(line.path) for line in block.rows)
    for label, level, index, levels, span in _tree_cells(block.rows, stub):
        sheet.put(label, index, level, span, levels)
    for index, row in enumerate(block.rows):
        sheet.put(figures.get((row.key, block.columns[0].key), filler and _usual(row, filler)), index, stub)


def _usual(row: FormLine, filler: str) -> str:
    if row.number == CHOICE:
        return " ".join(f"{'□' if number else '☑'}{option}" for number, option in enumerate(row.options))
    return f"某{row.name}" if row.number == TEXT else filler


def _draw_stacked(
    sheet: _DrawnForm, block: FormBlock, width: int, figures: Mapping[tuple[str, str], str], filler: str
) -> None:
    top = sheet.height
    if block.heading:
        sheet.put(block.heading, top, 0, 1, width)
        top += 1
    lines: list[list[str]] = [[block.corner, *(column.label for column in block.columns)]]
    lines += [
        [row.label, *(figures.get((row.key, column.key), filler) for column in block.columns)]
        for row in block.rows
    ]
    for offset, line in enumerate(lines):
        for column, text in enumerate(line):
            last = column == len(line) - 1
            sheet.put(text, top + offset, column, 1, width - column if last else 1)


def _draw_across(
    sheet: _DrawnForm, block: FormBlock, figures: Mapping[tuple[str, str], str], filler: str
) -> None:
    header = 1 + max(len(line.path) for line in block.rows)
    size = len(block.columns)
    for label, level, index, levels, span in _tree_cells(block.rows, header):
        sheet.put(label, level, index * size, levels, span * size)
    for row_index, row in enumerate(block.rows):
        for column_index, column in enumerate(block.columns):
            at = row_index * size + column_index
            sheet.put(column.label, header, at)
            sheet.put(figures.get((row.key, column.key), filler), header + 1, at)
