"""Reading rows under column headers, as in a plain table or in blocks under one another.

Labels decide, positions help. A value whose column cannot be told is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checker.model.forms import FormLine
from checker.understand.labels import label_words
from checker.understand.library import ColumnTarget, RowTarget
from checker.understand.tables.cells import Reading, fit, labels_of
from checker.understand.tables.sheet import CellItem, CellKind, Line, Sheet, distinct, has_figure, placed


class RowsReader:
    """Reads rows under headers, one line after the other, over all pieces of a table."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.index = reading.index
        self.block: int | None = None if len(self.index.table.blocks) > 1 else 0
        self.heading: CellItem | None = None
        self.header: list[Line] = []
        self.header_width = 0
        self.header_open = True
        self.groups: list[str] = []
        self.sheet: Sheet
        self._columns: dict[int, dict[str, tuple[FormLine, list[int]]]] = {}

    def read(self, sheet: Sheet) -> None:
        """Read one piece."""
        self.sheet = sheet
        self._columns = {}
        for line in sheet.lines:
            self._read_line(line)

    def _read_line(self, line: Line) -> None:
        labels = list(labels_of(line))
        heading = next((item for _, item in labels if self.index.headings.exact(item.cell.text)), None)
        if heading:
            if heading is not self.heading:  # one merged downwards stands in every line of its block
                self.heading = heading
                self.block = self.index.headings.exact(heading.cell.text)[0]
                self._start_header()
            labels = [(position, item) for position, item in labels if item is not heading]
            if not labels:
                return
        figures = has_figure(line)
        if labels and not figures and self._is_header(labels):
            if not self.header_open:
                self._start_header()
            self._extend_header(line)
            return
        self._remember_groups(labels)
        row = self._find_row(line, labels, likely=figures)
        if row:
            position, label, target = row
            self.header_open = False
            self.block = target.block
            self.reading.name_row(target.line, label)
            self._take_values(line, position, target)
        elif figures:
            self._note_unknown(line, labels)
        elif labels and self.header_open:
            self._extend_header(line)

    def _extend_header(self, line: Line) -> None:
        self.header.append(line)
        self.header_width = self.sheet.width
        self._columns = {}

    def _start_header(self) -> None:
        self.header, self.header_open, self._columns = [], True, {}

    def _is_header(self, labels: Sequence[tuple[int, CellItem]]) -> bool:
        if any(label_words(item.cell.text) in self.index.corners for _, item in labels):
            return True
        columns = [item for _, item in labels if self.index.columns.exact(item.cell.text)]
        if not columns:
            return False
        # A label such as 总计 names a row as well as a column: alone in its line, after rows, it is a row.
        ambiguous = len(columns) == 1 and bool(self.index.rows.exact(columns[0].cell.text))
        return not (ambiguous and not self.header_open)

    def _remember_groups(self, labels: Iterable[tuple[int, CellItem]]) -> None:
        for _, item in labels:
            self.groups.extend(self.index.groups.exact(item.cell.text))

    def _find_row(
        self, line: Line, labels: Sequence[tuple[int, CellItem]], *, likely: bool
    ) -> tuple[int, CellItem, RowTarget] | None:
        """The row a line belongs to, with its label; `likely` allows slips of the label."""
        start = self._values_start(line, labels)
        in_front = [(position, item) for position, item in labels if position < start]
        if not in_front:
            return None
        position, item = in_front[-1]
        candidates = self.index.rows.exact(item.cell.text)
        if not candidates and not self.index.groups.exact(item.cell.text):
            blanks = sum(other.kind is CellKind.BLANK for other in distinct(line[position + 1 :]))
            if likely or blanks:
                candidates = self.index.rows.near(item.cell.text)
        target = self._choose(candidates)
        return (position, item, target) if target else None

    def _values_start(self, line: Line, labels: Sequence[tuple[int, CellItem]]) -> int:
        """Position at which values begin in this line."""
        block = self.block
        named = next((found for _, item in labels if (found := self.index.rows.exact(item.cell.text))), None)
        if named and (block is None or all(target.block != block for target in named)):
            block = named[0].block
        if block is None:
            return next((p for p, item in placed(line) if item.kind is CellKind.FIGURE), len(line))
        if self.sheet.aligned:
            positions = [p for _, places in self._columns_of(block).values() for p in places]
            return min(positions, default=len(line))
        start = max(1, len(line) - len(self._columns_of(block)))
        # In a row that lacks a cell the label stands where values should.
        figure = next((p for p, item in placed(line) if item.kind is CellKind.FIGURE), start)
        names = [p for p, item in labels if start <= p < figure and self.index.rows.exact(item.cell.text)]
        return names[-1] + 1 if names else start

    def _choose(self, candidates: Sequence[RowTarget]) -> RowTarget | None:
        """Of several rows with one label the one in the current block and group, else the first unread."""
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        here = [target for target in candidates if target.block == self.block] or list(candidates)
        for group in reversed(self.groups):
            inside = [target for target in here if target.line.path[-1:] == (group,)]
            if inside:
                here = inside
                break
        unread = [target for target in here if target.line.key not in self.reading.row_labels]
        return (unread or here)[0]

    def _note_unknown(self, line: Line, labels: Sequence[tuple[int, CellItem]]) -> None:
        first_figure = next(p for p, item in placed(line) if item.kind is CellKind.FIGURE)
        in_front = [item for position, item in labels if position < first_figure]
        place = in_front[-1] if in_front else next(iter(distinct(line)))
        text = in_front[-1].cell.text.strip() if in_front else ""
        self.reading.unknown_rows.append((text, place.cell.location))

    def _take_values(self, line: Line, label_position: int, target: RowTarget) -> None:
        columns = self._columns_of(target.block)
        if not columns or (self.sheet.aligned and self._take_by_position(line, label_position, target)):
            return
        values = list(distinct(line[label_position + 1 :]))
        named = [column for column, _ in columns.values()]
        everything = list(self.index.table.blocks[target.block].columns)
        if len(values) == len(everything) > len(named):
            named = everything
        for order in (named, everything):
            fitting = fit(values, len(order))
            if fitting is not None:
                for column, item in zip(order, fitting, strict=True):
                    self.reading.put(target.line, column, item)
                return
        self.reading.leave_out(values)

    def _take_by_position(self, line: Line, label_position: int, target: RowTarget) -> bool:
        """Take the value under each header; False if two headers share one value, so that order must do."""
        taken: list[tuple[FormLine, CellItem]] = []
        for column, places in self._columns_of(target.block).values():
            here = list(distinct(line[p] if label_position < p < len(line) else None for p in places))
            if here:
                ranked = sorted(here, key=lambda item: _RANK[item.kind])
                taken.append((column, ranked[0]))
        if len({id(item) for _, item in taken}) < len(taken):
            return False
        for column, item in taken:
            self.reading.put(target.line, column, item)
        return bool(taken)

    def _columns_of(self, block: int) -> dict[str, tuple[FormLine, list[int]]]:
        """Columns of a block by key: definition and grid positions (none in a table that is not aligned)."""
        if block not in self._columns:
            self._columns[block] = (
                self._aligned_columns(block) if self.sheet.aligned else self._ordered_columns(block)
            )
        return self._columns[block]

    def _ordered_columns(self, block: int) -> dict[str, tuple[FormLine, list[int]]]:
        lines = self.index.table.blocks[block].columns
        found: dict[str, FormLine] = {}
        in_one_line = False
        for header in self.header:
            here = [
                (target, item)
                for _, item in labels_of(header)
                if (target := self._column([item], block)) is not None
            ]
            for target, item in here:
                self.reading.name_column(target, item.cell.text)
            in_one_line = in_one_line or len(here) == len(lines)
            found.update({target.line.key: target.line for target, _ in here})
        if not found:
            return {} if self.header and len(lines) > 1 else {line.key: (line, []) for line in lines}
        ordered = found.values() if in_one_line else [line for line in lines if line.key in found]
        return {line.key: (line, []) for line in ordered}

    def _aligned_columns(self, block: int) -> dict[str, tuple[FormLine, list[int]]]:
        lines = self.index.table.blocks[block].columns
        columns: dict[str, tuple[FormLine, list[int]]] = {}
        if self.header and self.header_width == self.sheet.width:
            for position in range(self.sheet.width):
                target = self._column(list(self._above(position)), block)
                if target:
                    columns.setdefault(target.line.key, (target.line, []))[1].append(position)
        if not columns:
            if self.header and self.header_width == self.sheet.width and len(lines) > 1:
                return {}
            first = self.sheet.width - len(lines)
            return {line.key: (line, [first + i]) for i, line in enumerate(lines) if first + i > 0}
        return self._with_unnamed(columns, lines)

    def _above(self, position: int) -> Iterator[CellItem]:
        """Labels over a position, top down, a cell merged downwards once."""
        last: CellItem | None = None
        for header in self.header:
            item = header[position] if position < len(header) else None
            if item is not None and item is not last and item.kind is CellKind.LABEL:
                yield item
            last = item or last

    def _column(self, stack: list[CellItem], block: int) -> ColumnTarget | None:
        """The column that a stack of header cells names: the lowest label, else labels broken over rows."""
        pieces = [
            stack[first:last]
            for length in range(1, len(stack) + 1)
            for last in range(len(stack), length - 1, -1)
            for first in (last - length,)
        ]
        for look_up in (self.index.columns.exact, self.index.columns.near):
            for piece in pieces:
                label = "".join(item.cell.text for item in piece)
                if look_up is not self.index.columns.exact and self._is_known(label):
                    continue
                for target in look_up(label):
                    if target.block == block:
                        self.reading.name_column(target, label)
                        return target
        return None

    def _is_known(self, label: str) -> bool:
        """Whether a label is a group or a corner, and so no slip of a column label."""
        return bool(self.index.groups.exact(label)) or label_words(label) in self.index.corners

    def _with_unnamed(
        self, columns: dict[str, tuple[FormLine, list[int]]], lines: Sequence[FormLine]
    ) -> dict[str, tuple[FormLine, list[int]]]:
        """Give columns whose header says something else their place between those that are known."""
        order = {line.key: number for number, line in enumerate(lines)}
        offsets = {places[0] - order[key] for key, (_, places) in columns.items()}
        if len(columns) == len(lines) or len(offsets) != 1 or len(columns) * 2 < len(lines):
            return columns
        offset = offsets.pop()
        taken = {position for _, places in columns.values() for position in places}
        for line in lines:
            position = offset + order[line.key]
            if line.key not in columns and 0 < position < self.sheet.width and position not in taken:
                columns[line.key] = (line, [position])
        return columns


_RANK = {CellKind.FIGURE: 0, CellKind.MARK: 1, CellKind.LABEL: 2, CellKind.BLANK: 3}
