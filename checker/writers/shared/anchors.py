"""At which paragraph, cell or table of its document a finding is told of.

Elements have names that say what the Document says: `p12` is its twelfth paragraph, `t3` its third table,
`t3r27c4` a cell of it by grid row and column.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.document import Document, Location, Paragraph, Table
from checker.model.findings import Finding
from checker.model.place import Place
from checker.model.report import Report
from checker.writers.shared.words import value_words


def element_name(location: Location) -> str:
    """Name of the paragraph, cell or table that a location is in; empty if it names none."""
    if location.table_index is None:
        return "" if location.paragraph is None else f"p{location.paragraph}"
    if location.grid_row is None or location.grid_column is None:
        return f"t{location.table_index}"
    return f"t{location.table_index}r{location.grid_row}c{location.grid_column}"


def cell_address(table: str, row: str, column: str) -> str:
    """A cell of a form table as everybody writes it: `T3[R1, natural]`."""
    return f"{table}[{row}, {column}]"


class Anchors:
    """The elements of a report's document, and those at which its findings stand.

    Args:
        report: with its whole text.

    Attributes:
        texts: the text of each element by its name; a table has none of its own.
        addresses: form address by the name of the cell; of two addresses at one cell the first.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self.texts = dict(_texts(report.document))
        self._paragraphs = {element_name(one.location): one for one in report.document.paragraphs()}
        self.addresses: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        for key, table in report.tables.items():
            for (row, column), cell in table.cells.items():
                element = element_name(cell.location)
                if element in self.texts:
                    address = cell_address(key, row, column)
                    self._cells[address] = element
                    self.addresses.setdefault(element, address)
        self._headings = {
            text.section: text.paragraph.location for text in report.texts if text.role == "heading"
        }

    def element(self, place: Place) -> str | None:
        """The element that a place names, None if the document has none there."""
        cell = self._cell(place)
        if cell is not None:
            return cell
        element = element_name(place.location)
        return element if element in self.texts else None

    def _cell(self, place: Place) -> str | None:
        """The cell that a place names in the form's terms; of a whole row or column its first one."""
        table = self._report.tables.get(place.table or "") if self._cells else None
        if table is None or not (place.row or place.column):
            return None
        if place.row and place.column:
            return self._cells.get(cell_address(table.form.key, place.row, place.column))
        addresses = (
            cell_address(table.form.key, row, column)
            for row, column in table.cells
            if place.row in (None, row) and place.column in (None, column)
        )
        return next((self._cells[address] for address in addresses if address in self._cells), None)

    def home(self, place: Place) -> str | None:
        """The same; what is missing stands at the heading of its section, else at the title."""
        title = self._report.title
        stand_ins = (self._headings.get(place.section), title.paragraph.location if title else None)
        names = (element_name(location) for location in stand_ins if location)
        return self.element(place) or next((name for name in names if name in self.texts), None)

    def span(self, place: Place) -> tuple[int, int] | None:
        """The characters that a place names in its paragraph; None for all of it and for a cell."""
        paragraph = self._paragraphs.get(element_name(place.location))
        span = paragraph.text_span(place.location) if paragraph else None
        if paragraph is None or span is None:
            return None
        start, end = max(0, span[0]), min(span[1], len(paragraph.text))
        return (start, end) if start < end else None

    def certain_changes(self, finding: Finding) -> dict[str, str]:
        """What cells should say, by their names, where there is only one good explanation."""
        suggestion = finding.suggestion
        if suggestion is None or not suggestion.unique:
            return {}
        return {
            self._cells[address]: value_words(change.proposed)
            for change in suggestion.cells
            if (address := cell_address(change.table, change.row, change.column)) in self._cells
        }


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        yield element_name(block.location), block.text if isinstance(block, Paragraph) else ""
        if isinstance(block, Table):
            yield from ((element_name(cell.location), cell.text) for cell in block.cells())
