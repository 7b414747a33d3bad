"""What a sample report consists of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from checker.model.document import Cell, Table
from checker.model.forms import Address, Form, FormTable, form_from_data
from checker.rulebook.load.given import LeftOut
from checker.workbench.sample import form_table

FORMS: Final = Path(__file__).parents[2] / "rules" / "forms"


@cache
def load_form(form: str) -> Form:
    """An official form by its id."""
    return form_from_data(yaml.safe_load((FORMS / f"{form}.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class SampleTable:
    """A table of a form with its figures.

    Attributes:
        key: key of the table in the form, such as `T3`.
        form: id of the form.
        figures: the text of each cell by row and column key.
        labels: other labels than those of the form, by the form's label.
        left_out: rows and columns that are missing, as (row key or None, column key or None).
        extra_rows: rows below, a label and figures each.
    """

    key: str
    form: str
    figures: Mapping[Address, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[tuple[str | None, str | None], ...] = ()
    extra_rows: tuple[tuple[str, ...], ...] = ()

    def drawn(self) -> Table:
        """The table with merged cells, as the official form draws it."""
        table = form_table(
            load_form(self.form).tables[self.key],
            self.figures,
            labels=self.labels,
            left_out=frozenset(LeftOut(self.key, row, column) for row, column in self.left_out),
        )
        rows = list(table.rows)
        width = len(table.grid()[0])
        for label, *figures in self.extra_rows:
            number, stub = len(rows) + 1, width - len(figures)
            cells = [Cell(label, number, 1, column_span=stub)]
            cells += [Cell(text, number, stub + place) for place, text in enumerate(figures, 1)]
            rows.append(tuple(cells))
        return Table(tuple(rows), table.location)


@dataclass(frozen=True)
class SampleSection:
    """A section: its heading with numeral, its paragraphs, and its table if it has one."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: SampleTable | None = None


@dataclass(frozen=True)
class SampleReport:
    """A report.

    Attributes:
        title: title line.
        opening: paragraphs before the first section.
        sections: the sections in order.
        signature: the lines at the end, set to the right.
        published: day of publication as ISO date; only web pages show it.
    """

    title: str
    opening: tuple[str, ...]
    sections: tuple[SampleSection, ...]
    signature: tuple[str, ...] = ()
    published: str | None = None

    def flow(self) -> Iterator[tuple[str, str | Table]]:
        """Everything in order: (`title` | `paragraph` | `heading` | `signature`, text) or (`table`, Table)."""
        yield "title", self.title
        for text in self.opening:
            yield "paragraph", text
        for section in self.sections:
            yield "heading", section.heading
            for text in section.paragraphs:
                yield "paragraph", text
            if section.table:
                yield "table", section.table.drawn()
        for text in self.signature:
            yield "signature", text


def filled_table(form: str, key: str, rows: Mapping[str, str]) -> SampleTable:
    """A table whose sums are right: totals are computed, what is not given is 0.

    Args:
        form: id of the form.
        key: key of the table.
        rows: for each row key the figures by column key, such as `natural=3 commercial=1`.
    """
    table = load_form(form).tables[key]
    figures = dict.fromkeys(table.addresses(), "0")
    for row, given in rows.items():
        for assignment in given.split():
            column, _, text = assignment.partition("=")
            if (row, column) not in figures:
                raise KeyError(f"{key}[{row}, {column}]")
            figures[row, column] = text
    _add_up(table, figures)
    return SampleTable(key, form, figures)


def _add_up(table: FormTable, figures: dict[Address, str]) -> None:
    for one in sorted(table.sums, key=lambda one: one.axis):
        if one.axis == "columns":
            for row in table.rows:
                figures[row, one.total] = _total(figures[row, part] for part in one.parts)
        else:
            for column in table.columns:
                figures[one.total, column] = _total(figures[part, column] for part in one.parts)


def _total(texts: Iterator[str]) -> str:
    return str(sum(int(text) for text in texts))
