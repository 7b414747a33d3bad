"""What a person has changed in a report on the page, put into the document before it is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.model.document import Cell, Document, Location, Paragraph, Table, Untidied
from checker.model.errors import UsageError
from checker.model.place import Place
from checker.model.report import Report
from checker.startup.records import dataclass, replace
from checker.writers.shared.places import place_words
from checker.writers.shared.text_cells import harmless

_LONGEST_VALUE = 200
_Key = tuple[str | int | None, ...]


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
    def key(self) -> _Key:
        """What tells one cell of a file from another."""
        return _key(self.location)


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What some characters of a paragraph shall say.

    Attributes:
        location: these characters: `paragraph`, `start` and `end`, in a package `path` too.
        value: the new ones.
    """

    location: Location
    value: str

    @property
    def key(self) -> _Key:
        """What tells these characters of a file from others."""
        location = self.location
        return location.path, "p", location.paragraph, location.start, location.end


Edit = CellEdit | TextEdit


def _key(location: Location) -> _Key:
    return location.path, location.table_index, location.grid_row, location.grid_column


def edits_from_data(data: Sequence[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits that a page sends.

    `{"path": …, "table": 2, "row": 27, "column": 4, "value": "5"}` is one of a cell, `{"path": …, "paragraph": 3,
    "start": 8, "end": 12, "value": "2024"}` one of characters of a paragraph, as places in results count them.

    Raises:
        UsageError: something else stands there.
    """
    try:
        return tuple(map(_edit, data))
    except (KeyError, TypeError, ValueError):
        raise UsageError("页面送来的修改不完整，没有应用。请重新打开文件。") from None


def _edit(entry: Mapping[str, Any]) -> Edit:
    path = None if entry.get("path") is None else str(entry["path"])
    value = harmless(str(entry["value"]))[:_LONGEST_VALUE]
    if "paragraph" in entry:
        start, end = int(entry["start"]), int(entry["end"])
        if not 0 <= start < end:
            raise ValueError(entry)
        return TextEdit(Location(path, paragraph=int(entry["paragraph"]), start=start, end=end), value)
    place = Location(
        path, table_index=int(entry["table"]), grid_row=int(entry["row"]), grid_column=int(entry["column"])
    )
    return CellEdit(place, value)


class Amendments:
    """Edits that are put into documents.

    Args:
        edits: the edits; of two at one place the later one counts.

    Attributes:
        before: what the cells and characters said that were found, by what tells them apart.
        sources: where those stand in what the file is made of, as far as the reader says it.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = {edit.key: edit for edit in edits}
        self.before: dict[_Key, str] = {}
        self.sources: dict[_Key, int | None] = {}

    def cells(self) -> Iterator[tuple[int | None, str]]:
        """Where the changed cells stand in the file, with their new texts."""
        for key, source in self.sources.items():
            edit = self._edits[key]
            if isinstance(edit, CellEdit):
                yield source, edit.value

    def texts(self) -> Iterator[tuple[int | None, TextEdit, str]]:
        """In which paragraphs of the file characters are changed, how, and what they said."""
        for key, source in self.sources.items():
            edit = self._edits[key]
            if isinstance(edit, TextEdit):
                yield source, edit, self.before[key]

    def __call__(self, document: Document) -> Document:
        """The document with what its cells and paragraphs shall say."""
        if not self._edits:
            return document
        blocks = (
            self._table(block) if isinstance(block, Table) else self._paragraph(block)
            for block in document.blocks
        )
        return replace(document, blocks=tuple(block for block in blocks if block is not None))

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

    def _paragraph(self, paragraph: Paragraph) -> Paragraph | None:
        """The paragraph with its changes, the last ones first; None if nothing is left of it."""
        here = (paragraph.location.path, "p", paragraph.location.paragraph)
        edits = [edit for key, edit in self._edits.items() if key[:3] == here]
        text = paragraph.text
        known = paragraph.untidied
        spans = list(known.spans) if known else [(place, place + 1) for place in range(len(text))]
        behind = len(text)
        for edit in sorted(edits, key=lambda one: one.location.start or 0, reverse=True):
            span = paragraph.text_span(edit.location)
            if span is None or not span[0] < span[1] <= behind:
                continue
            behind, end = span
            self.before[edit.key] = text[behind:end]
            self.sources[edit.key] = paragraph.location.source
            spans[behind:end] = [(spans[behind][0], spans[end - 1][1])] * len(edit.value)
            text = text[:behind] + edit.value + text[end:]
        if text == paragraph.text:
            return paragraph
        return (
            replace(paragraph, text=text, untidied=Untidied(text, known=tuple(spans)))
            if text.strip()
            else None
        )

    def corrections(self, reports: Sequence[Report]) -> Iterator[Correction]:
        """What has been changed, in words, in the order in which it was asked for."""
        places = {
            _key(cell.location): (report, table.place(*address))
            for report in reports
            for table in report.tables.values()
            for address, cell in table.cells.items()
        }
        texts: dict[_Key, tuple[Report, Place]] = {
            (text.paragraph.location.path, "p", text.paragraph.location.paragraph): (report, text.place())
            for report in reports
            for text in report.texts
        }
        for key, edit in self._edits.items():
            if key in self.before:
                known = places.get(key) or texts.get(key[:3])
                report, place = known or (None, Place(edit.location))
                yield Correction(edit, harmless(place_words(place, report)), self.before[key])


@dataclass(frozen=True, slots=True)
class Correction:
    """An edit, where it is in words, and what stood there."""

    edit: Edit
    place: str
    before: str

    @property
    def after(self) -> str:
        """What shall stand there, in words where that is nothing."""
        return self.edit.value or ("删去" if isinstance(self.edit, TextEdit) else "空白")
