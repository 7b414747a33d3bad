"""Sample reports from a form: what the examples in rules are run on.

A sample is built as a Document, as a reader would have delivered it, and then understood like any other,
so that an example tests the whole way from page to finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.model.document import Block, Cell, Document, Location, Note, Paragraph, Table
from checker.model.form_drawing import drawn_table
from checker.model.forms import Form, FormBlock, FormTable
from checker.model.numerals import numeral
from checker.rulebook.load.given import (
    DEFAULT_YEAR,
    LeftOut,
    cell_address,
    check_given,
    left_out_by,
    with_tables_from,
    written_text,
)
from checker.startup.bounded import Bounded
from checker.startup.records import dataclass, replace

DEFAULT_AGENCY: Final = "某县某局"
_drawn: Final[Bounded[tuple[object, ...], tuple[FormTable, Table]]] = Bounded(64)
"""Tables where they stand in a document: in most samples all but one are as the form has them, with nothing in them.

A form's table that is kept keeps its identity."""


def sample_document(form: Form, given: Mapping[str, Any], forms: Mapping[str, Form]) -> Document:
    """The document that `given` of an example describes.

    Args:
        form: the form it follows.
        forms: all forms by id, for tables taken from another form.
        given: see `given` in the rule schema; everything left out is neutral.

    Raises:
        SampleError: `given` names a cell, table or section that the form does not have.
    """
    check_given(form, given, forms)
    texts = {int(key): written_text(value) for key, value in given.get("text", {}).items()}
    headings = {int(key): value for key, value in given.get("headings", {}).items()}
    numbers = range(1, len(form.sections) + 1)
    agency = given.get("agency", DEFAULT_AGENCY)
    year = given.get("year", DEFAULT_YEAR)
    lines: list[str | _PlannedTable] = []
    title = given.get("title", f"{agency}{year}年{form.report_names[0]}")
    lines.extend(_paragraphs(title))
    lines.extend(_paragraphs(texts.get(0)))
    plan = _table_plan(with_tables_from(form, given.get("tables_from", {}), forms), given)
    for position, number in enumerate(given.get("order", numbers), 1):
        section = form.sections[number - 1]
        lines.extend(_paragraphs(headings.get(number, f"{numeral(position)}、{section.title}")))
        default = None if section.table else f"{year}年，{agency}按要求做好各项工作。"
        lines.extend(_paragraphs(texts.get(number, default)))
        if section.table and section.table in plan:
            lines.append(plan[section.table])
    lines.extend(table for key, table in plan.items() if form.tables[key].section is None)
    lines.extend(_paragraphs(str(given["signature"]).replace("/", "\n") if given.get("signature") else None))
    properties = {key: given[key] for key in ("published", "file_name") if key in given}
    notes = tuple(Note(note["code"], note["text"]) for note in given.get("notes", ()))
    return Document(tuple(_numbered(lines)), "sample", properties, notes)


def _paragraphs(text: str | None) -> list[str]:
    return [line for line in (text or "").split("\n") if line.strip()]


def _numbered(lines: Sequence[str | _PlannedTable]) -> Iterator[Block]:
    paragraphs = tables = 0
    for line in lines:
        if isinstance(line, str):
            paragraphs += 1
            yield Paragraph(line, Location(paragraph=paragraphs))
        else:
            tables += 1
            yield line.placed(tables)


def _relocated(table: Table, index: int) -> Table:
    rows = tuple(
        tuple(
            Cell(
                cell.text, cell.row, cell.column, cell.row_span, cell.column_span,
                Location(table_index=index, grid_row=cell.row, grid_column=cell.column),
            )
            for cell in row
        )
        for row in table.rows
    )  # fmt: skip
    return Table(rows, Location(table_index=index))


@dataclass(frozen=True, slots=True)
class _PlannedTable:
    """A form's table and what it holds; see `form_table`."""

    table: FormTable
    figures: Mapping[tuple[str, str], str]
    filler: str
    labels: Mapping[str, str]
    left_out: frozenset[LeftOut]

    def placed(self, index: int) -> Table:
        """The table as the `index`-th of a document."""
        figures, labels = tuple(self.figures.items()), tuple(self.labels.items())
        key = (id(self.table), index, figures, self.filler, labels, self.left_out)
        if key not in _drawn:
            drawn = form_table(self.table, self.figures, self.filler, self.labels, self.left_out)
            _drawn[key] = (self.table, _relocated(drawn, index))
        return _drawn[key][1]


def _table_plan(form: Form, given: Mapping[str, Any]) -> dict[str, _PlannedTable]:
    """The tables of a sample by key."""
    figures: dict[str, dict[tuple[str, str], str]] = {key: {} for key in form.tables}
    for address, value in given.get("cells", {}).items():
        table, row, column = cell_address(form, address)
        figures[table][row, column] = "" if value is None else str(value)
    left_out = [left_out_by(form, text) for text in given.get("without", ())]
    rest = given.get("rest", 0)
    filler = "" if rest is None else str(rest)
    labels: Mapping[str, str] = given.get("labels", {})
    return {
        key: _PlannedTable(
            table, figures[key], filler, labels, frozenset(one for one in left_out if one.table == key)
        )
        for key, table in form.tables.items()
        if LeftOut(key, None, None) not in left_out
    }


def form_table(
    table: FormTable,
    figures: Mapping[tuple[str, str], str],
    filler: str = "",
    labels: Mapping[str, str] | None = None,
    left_out: frozenset[LeftOut] = frozenset(),
) -> Table:
    """A form table with merged cells as the official form draws it.

    Args:
        table: the form's table.
        figures: texts of cells by row and column key.
        filler: text of all other cells.
        labels: other labels for rows, columns and groups, by the form's label.
        left_out: rows and columns to leave out.
    """
    rows = {one.row for one in left_out if one.row and not one.column}
    columns = {one.column for one in left_out if one.column and not one.row}
    blocks = tuple(
        FormBlock(
            block.heading,
            block.corner,
            tuple(line for line in block.rows if line.key not in rows),
            tuple(line for line in block.columns if line.key not in columns),
        )
        for block in table.blocks
    )
    return drawn_table(replace(table, blocks=blocks), figures, filler, labels)
