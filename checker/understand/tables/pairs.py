"""Reading tables of labels with what belongs to each beside it: `网站名称 | 某县人民政府`.

Several pairs may stand in one line, groups in front of them. What follows a label up to the next one is its
value, whatever it says; of rows with one label the group tells which is meant, else their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.choices import ticked
from checker.model.document import Location
from checker.model.forms import CHOICE, TEXT, FormLine
from checker.model.numerals import CellState, ParsedNumber, parse_cell
from checker.model.report import CellValue
from checker.understand.library import RowTarget
from checker.understand.tables.cells import Reading
from checker.understand.tables.sheet import CellItem, CellKind, Sheet, distinct

_MARKS: Final = frozenset((CellState.BLANK, CellState.DASH, CellState.SLASH, CellState.NONE_WORD))


class PairsReader:
    """Reads pairs, one line after the other, over all pieces of a table."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.index = reading.index
        self.groups: list[str] = []

    def read(self, sheet: Sheet) -> None:
        """Read one piece."""
        seen: set[int] = set()
        for line in sheet.lines:
            self._read_line([item for item in distinct(line) if self._is_new(item, seen)])

    def _is_new(self, item: CellItem, seen: set[int]) -> bool:
        """Whether a cell that is merged downwards is met for the first time; groups count in every line."""
        known = id(item) in seen
        seen.add(id(item))
        return not known or bool(self.index.groups.exact(item.cell.text))

    def _read_line(self, items: Sequence[CellItem]) -> None:
        label: CellItem | None = None
        target: RowTarget | None = None
        values: list[CellItem] = []
        exact = any(self._rows(item) for item in items)
        for item in items:
            rows = self._rows(item)
            groups = () if rows else self.index.groups.exact(item.cell.text)
            if not rows and not exact and not groups and target is None and len(items) > 1:
                rows = self.index.rows.near(item.cell.text)
            if groups:
                self._take(target, label, values)
                label, target, values = None, None, []
                self.groups.extend(groups)
                continue
            # A value that reads like a label is one, unless the label before still lacks its value.
            if rows and (target is None or values or self._is_next(rows)):
                self._take(target, label, values)
                label, target, values = item, self._choose(rows), []
            elif target is not None:
                values.append(item)
        self._take(target, label, values)

    def _is_next(self, rows: Sequence[RowTarget]) -> bool:
        """Whether a label right behind another one is the next row, so that the other one has no value."""
        return any(target.line.key not in self.reading.row_labels for target in rows)

    def _rows(self, item: CellItem) -> tuple[RowTarget, ...]:
        return self.index.rows.exact(item.cell.text) if item.kind is CellKind.LABEL else ()

    def _choose(self, candidates: Sequence[RowTarget]) -> RowTarget:
        """Of several rows with one label the one in the group met last, else the first that was not read yet."""
        here = list(candidates)
        for group in reversed(self.groups) if len(here) > 1 else ():
            inside = [target for target in here if target.line.path[-1:] == (group,)]
            if inside:
                here = inside
                break
        unread = [target for target in here if target.line.key not in self.reading.row_labels]
        return (unread or here)[0]

    def _take(self, target: RowTarget | None, label: CellItem | None, values: Sequence[CellItem]) -> None:
        if target is None or label is None:
            return
        self.reading.name_row(target.line, label)
        column = self.index.table.blocks[target.block].columns[0]
        address = (target.line.key, column.key)
        known = self.reading.cells.get(address)
        if known is None or known.state is CellState.BLANK:
            self.reading.cells[address] = value_of(target.line, values, label)


def value_of(line: FormLine, items: Sequence[CellItem], label: CellItem) -> CellValue:
    """What a row of the form holds, from the cells beside its label; a label with nothing beside it is blank."""
    filled = [item for item in items if item.kind is not CellKind.BLANK]
    place = (filled or list(items) or [label])[0].cell.location
    raw = (
        "".join(item.cell.text for item in filled)
        if line.number == CHOICE
        else " ".join(item.cell.text.strip() for item in filled)
    )
    if line.number == CHOICE:
        return _choice(line, raw, place)
    number = parse_cell(raw)
    if line.number == TEXT and number.state not in _MARKS:
        number = ParsedNumber(CellState.TEXT)
    return CellValue(raw, number, place)


def _choice(line: FormLine, raw: str, place: Location) -> CellValue:
    chosen = ticked(raw, line.options) if raw else ()
    if chosen is None or (len(chosen) > 1 and not line.multiple):
        return CellValue(raw, ParsedNumber(CellState.UNREADABLE), place)
    state = CellState.CHOICE if chosen else CellState.BLANK
    return CellValue(raw, ParsedNumber(state), place, chosen)
