"""Reading the cells of one form table, whatever its layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.forms import PAIRS, FormLine
from checker.understand.labels import label_words
from checker.understand.library import ColumnTarget, RowTarget, TableIndex
from checker.understand.tables.cells import Reading, fit, labels_of
from checker.understand.tables.pairs import PairsReader
from checker.understand.tables.rows import RowsReader
from checker.understand.tables.sheet import CellItem, CellKind, Line, Sheet, distinct, has_figure


def read_sheets(index: TableIndex, sheets: Sequence[Sheet]) -> Reading:
    """Read one table of the form from the document tables it is spread over."""
    reading = Reading(index)
    if index.table.layout == PAIRS:
        pairs = PairsReader(reading)
        for sheet in sheets:
            pairs.read(sheet)
        return reading
    rows = RowsReader(reading)
    if index.table.layout == "across" and not any(_groups_are_rows(index, sheet) for sheet in sheets):
        _read_across(reading, sheets)
    else:
        for sheet in sheets:
            rows.read(sheet)
    return reading


def _groups_are_rows(index: TableIndex, sheet: Sheet) -> bool:
    """Whether the groups of an `across` table stand at the left, one a line, under one row of headers."""
    header: int | None = None
    for number, line in enumerate(sheet.lines):
        labels = [item.cell.text for _, item in labels_of(line)]
        names = [label for label in labels if index.columns.exact(label)]
        if len(names) > len({label_words(name) for name in names}):
            return False
        if names:
            header = number
        elif header is not None and any(index.rows.exact(label) for label in labels):
            return True
    return False


def _read_across(reading: Reading, sheets: Sequence[Sheet]) -> None:
    """Read figures that stand in one line under groups of columns; header and figures may be cut apart."""
    header: list[Line] = []
    for sheet in sheets:
        for line in sheet.lines:
            known = any(_is_across_label(reading.index, item) for _, item in labels_of(line))
            if known and not has_figure(line):
                header.append(line)
            elif header:  # without a figure it may hold blanks, or words instead of figures
                _take_across(reading, header, line, aligned=sheet.aligned)
                if has_figure(line):
                    header = []
    if not reading.row_labels:
        _across_in_order(reading, header)  # nothing is filled in, yet its rows are there


def _is_across_label(index: TableIndex, item: CellItem) -> bool:
    text = item.cell.text
    return bool(index.columns.exact(text) or index.rows.exact(text) or index.groups.exact(text))


def _take_across(reading: Reading, header: Sequence[Line], line: Line, *, aligned: bool) -> None:
    addresses = list(_across_by_position(reading, header, len(line))) if aligned else []
    expected = _across_in_order(reading, header)
    if aligned and len({(row.key, column.key) for row, column, _ in addresses}) >= len(expected):
        for row, column, position in addresses:
            item = line[position]
            # Of a cell that reaches a little into the next group only its beginning counts.
            before = line[position - 1] if position else None
            if item is not None and (before is None or item.cell is not before.cell):
                reading.put(row, column, item)
        return
    everything = list(distinct(line))
    # A label may stand in front of the figures, or be what somebody wrote instead of one.
    unlabelled = [item for item in everything if item.kind is not CellKind.LABEL]
    fitting = fit(unlabelled, len(expected)) or fit(everything, len(expected))
    if fitting is None:
        reading.leave_out(everything)
        return
    for (row, column), item in zip(expected, fitting, strict=True):
        reading.put(row, column, item)


def _across_in_order(reading: Reading, header: Sequence[Line]) -> list[tuple[FormLine, FormLine]]:
    """Every cell of the groups that the header names, in the order of reading."""
    index = reading.index
    block = index.table.blocks[0]
    named: dict[str, FormLine] = {}
    slips: list[tuple[ColumnTarget, str]] = []
    for line in header:
        for _, item in labels_of(line):
            for target in _group_named(index, item.cell.text):
                named.setdefault(target.line.key, target.line)
                reading.name_row(target.line, item)
            for column in index.columns.exact(item.cell.text)[:1]:
                reading.name_column(column, item.cell.text)
            if not _is_across_label(index, item):
                slips.extend((column, item.cell.text) for column in index.columns.near(item.cell.text)[:1])
    # Each column has a head in every group; what is kept is the one that is written wrongly.
    for column, text in slips:
        reading.name_column(column, text)
    return [(row, column) for row in (named.values() or block.rows) for column in block.columns]


def _group_named(index: TableIndex, text: str) -> tuple[RowTarget, ...]:
    """The group of columns that a label names, with a slip too, where it names nothing else."""
    exact = index.rows.exact(text)[:1]
    if exact or index.columns.exact(text) or index.groups.exact(text):
        return exact
    return index.rows.near(text)[:1]


def _across_by_position(
    reading: Reading, header: Sequence[Line], width: int
) -> Iterator[tuple[FormLine, FormLine, int]]:
    """Cells by grid position; a group that lost its merge reaches up to the next one."""
    index = reading.index
    current: FormLine | None = None
    for position in range(width):
        column: FormLine | None = None
        for line in header:
            item = line[position] if position < len(line) else None
            if item is None or item.kind is not CellKind.LABEL:
                continue
            for target in _group_named(index, item.cell.text):
                current = target.line
            for found in index.columns.exact(item.cell.text)[:1]:
                column = found.line
        if current and column:
            yield current, column, position
