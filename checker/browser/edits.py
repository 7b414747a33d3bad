"""What a person has changed in a report on the page: cells, put into the document before it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.model.document import Cell, Document, Location, Table
from checker.model.errors import UsageError
from checker.model.place import Place
from checker.model.report import Report
from checker.startup.records import dataclass, replace
from checker.writers.shared.places import place_words
from checker.writers.shared.text_cells import harmless

_LONGEST_VALUE = 200
_CellKey = tuple[str | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What a cell shall say.

    Attributes:
        location: the cell: `table_index`, `grid_row` and `grid_column`, in a package `path` too.
        value: its new text.
    """

    location: Location
    value: str

    @property
    def key(self) -> _CellKey:
        """What tells one cell of a file from another."""
        return _key(self.location)


def _key(location: Location) -> _CellKey:
    return location.path, location.table_index, location.grid_row, location.grid_column


def edits_from_data(data: Sequence[Mapping[str, Any]]) -> tuple[CellEdit, ...]:
    """The edits that a page sends: `{"path": …, "table": 2, "row": 27, "column": 4, "value": "5"}`.

    Raises:
        UsageError: something else stands there.
    """
    try:
        return tuple(_edit(entry) for entry in data)
    except (KeyError, TypeError, ValueError):
        raise UsageError("页面送来的修改不完整，没有应用。请重新打开文件。") from None


def _edit(entry: Mapping[str, Any]) -> CellEdit:
    path = entry.get("path")
    place = Location(
        path=None if path is None else str(path),
        table_index=int(entry["table"]),
        grid_row=int(entry["row"]),
        grid_column=int(entry["column"]),
    )
    return CellEdit(place, harmless(str(entry["value"]))[:_LONGEST_VALUE])


class Amendments:
    """Edits that are put into documents.

    Args:
        edits: the edits; of two at one cell the later one counts.

    Attributes:
        before: what the cells said that were found, by what tells them apart.
        sources: where those stand in what the file is made of, as far as the reader says it.
    """

    def __init__(self, edits: Sequence[CellEdit]) -> None:
        self._edits = {edit.key: edit for edit in edits}
        self.before: dict[_CellKey, str] = {}
        self.sources: dict[_CellKey, int | None] = {}

    def value(self, key: _CellKey) -> str:
        """What a cell shall say."""
        return self._edits[key].value

    def __call__(self, document: Document) -> Document:
        """The document with what the cells shall say."""
        if not self._edits:
            return document
        blocks = tuple(self._table(block) if isinstance(block, Table) else block for block in document.blocks)
        return replace(document, blocks=blocks)

    def _table(self, table: Table) -> Table:
        here = (table.location.path, table.location.table_index)
        if not any(key[:2] == here for key in self._edits):
            return table
        return replace(table, rows=tuple(tuple(map(self._cell, row)) for row in table.rows))

    def _cell(self, cell: Cell) -> Cell:
        key = _key(cell.location)
        edit = self._edits.get(key)
        if edit is None:
            return cell
        self.before[key] = cell.text
        self.sources[key] = cell.location.source
        return replace(cell, text=edit.value)

    def corrections(self, reports: Sequence[Report]) -> Iterator[Correction]:
        """What has been changed, in words, in the order in which it was asked for."""
        places = {
            _key(cell.location): (report, table.place(*address))
            for report in reports
            for table in report.tables.values()
            for address, cell in table.cells.items()
        }
        for key, edit in self._edits.items():
            if key in self.before:
                report, place = places.get(key, (None, Place(edit.location)))
                yield Correction(edit, harmless(place_words(place, report)), self.before[key])


@dataclass(frozen=True, slots=True)
class Correction:
    """An edit, where it is in words, and what stood there."""

    edit: CellEdit
    place: str
    before: str
