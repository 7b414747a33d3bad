"""Where in the shown document each finding stands: ids of elements, and findings by element.

Ids say what the Document says: `p12` is its twelfth paragraph, `t3` its third table, `t3r27c4` a cell of it by
grid row and column, `f1` the first finding as shown; all behind the prefix that keeps several reports on one
page apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from checker.model.document import Document, Location, Paragraph, Table
from checker.model.findings import Finding, ReportResult
from checker.model.place import Place
from checker.model.report import Report
from checker.startup.records import dataclass
from checker.writers.shared.words import value_words

_LAST: Final = 1_000
"""Stands behind every section: findings about the whole report."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with the number under which it is shown; `index` is its place in `ReportResult.findings`."""

    number: int
    index: int
    finding: Finding


def numbered(findings: Sequence[Finding]) -> list[Numbered]:
    """The findings as they are shown: errors first, of equals in the order of the report."""

    def rank(index: int) -> tuple[int, int]:
        section = findings[index].place.section
        return findings[index].severity.rank, _LAST if section is None else section

    order = sorted(range(len(findings)), key=rank)
    return [Numbered(number, index, findings[index]) for number, index in enumerate(order, 1)]


def cell_address(table: str, row: str, column: str) -> str:
    """A cell of a form table as everybody writes it: `T3[R1, natural]`."""
    return f"{table}[{row}, {column}]"


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding at an element.

    Attributes:
        shown: the finding.
        span: first offset and the one after the last in a paragraph, None for all of the element.
        proposed: what the cell should say, None unless that is certain.
    """

    shown: Numbered
    span: tuple[int, int] | None = None
    proposed: str | None = None


class Places:
    """The elements of a document at which the findings of a result stand.

    Args:
        result: with the whole text of its report.

    Attributes:
        addresses: form address by id of the cell's element.
        marks: findings by id of their element, in the order of their numbers.
        homes: id of the element by number of the finding; none for one that stands nowhere in the document.
    """

    def __init__(self, result: ReportResult) -> None:
        self.addresses: dict[str, str] = {}
        self.marks: dict[str, list[Mark]] = {}
        self.homes: dict[int, str] = {}
        self._report = result.report
        self._cells: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        if self._report is None:
            return
        self._texts = _texts(self._report.document)
        self._cells = dict(self._form_cells(self._report))
        self._headings = {
            text.section: text.paragraph.location for text in self._report.texts if text.role == "heading"
        }
        for shown in numbered(result.findings):
            self._settle(shown)

    def related(self, finding: Finding) -> list[str]:
        """Ids of the cells and paragraphs that take part in a finding besides its own place."""
        found = (self._element(related.place) for related in finding.related)
        return list(dict.fromkeys(element for element in found if element))

    def _form_cells(self, report: Report) -> Iterable[tuple[str, str]]:
        """Form addresses with the ids of their cells; of two addresses at one cell the first is its name."""
        for key, table in report.tables.items():
            for (row, column), cell in table.cells.items():
                element = element_id(cell.location)
                if element in self._texts:
                    address = cell_address(key, row, column)
                    self.addresses.setdefault(element, address)
                    yield address, element

    def _settle(self, shown: Numbered) -> None:
        finding = shown.finding
        proposed = self._certain_changes(finding)
        home = self._element(finding.place) or self._stand_in(finding.place)
        if home is not None:
            span = self._span(home, finding.place.location)
            self._put(home, Mark(shown, span, proposed.pop(home, None)))
        for element, value in proposed.items():
            self._put(element, Mark(shown, None, value))

    def _put(self, element: str, mark: Mark) -> None:
        self.marks.setdefault(element, []).append(mark)
        home = element if mark.span is None else span_id(element, mark.span[0])
        self.homes.setdefault(mark.shown.number, home)

    def _certain_changes(self, finding: Finding) -> dict[str, str]:
        """What cells should say, by their ids, where there is only one good explanation."""
        suggestion = finding.suggestion
        if suggestion is None or not suggestion.unique:
            return {}
        return {
            self._cells[address]: value_words(change.proposed)
            for change in suggestion.cells
            if (address := cell_address(change.table, change.row, change.column)) in self._cells
        }

    def _element(self, place: Place) -> str | None:
        if place.table and place.row and place.column:
            address = cell_address(place.table, place.row, place.column)
            if address in self._cells:
                return self._cells[address]
        element = element_id(place.location)
        return element if element in self._texts else None

    def _stand_in(self, place: Place) -> str | None:
        """Where what is missing is told of: at the heading of its section, else at the title."""
        title = self._report.title if self._report else None
        for location in (self._headings.get(place.section), title.paragraph.location if title else None):
            element = element_id(location) if location else ""
            if element in self._texts:
                return element
        return None

    def _span(self, element: str, location: Location) -> tuple[int, int] | None:
        """The characters that a place names in its paragraph; None for all of it and for a cell."""
        if location.paragraph is None or location.start is None or location.end is None:
            return None
        start, end = max(0, location.start), min(location.end, len(self._texts[element]))
        return (start, end) if start < end else None


def span_id(element: str, start: int) -> str:
    """Id of the part of a paragraph that begins at an offset."""
    return f"{element}s{start}"


def element_id(location: Location) -> str:
    """Id of the paragraph, cell or table that a location names; empty if it names none."""
    if location.table_index is None:
        return "" if location.paragraph is None else f"p{location.paragraph}"
    if location.grid_row is None or location.grid_column is None:
        return f"t{location.table_index}"
    return f"t{location.table_index}r{location.grid_row}c{location.grid_column}"


def _texts(document: Document) -> dict[str, str]:
    """Every element of a document that has an id, with its text; a table has none."""
    found: dict[str, str] = {}
    for block in document.blocks:
        found[element_id(block.location)] = block.text if isinstance(block, Paragraph) else ""
        if isinstance(block, Table):
            found.update((element_id(cell.location), cell.text) for cell in block.cells())
    return found
