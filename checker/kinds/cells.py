"""What kinds about tables share: the table that a rule names, and its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import CannotJudge
from checker.judging.language.proposals import column_names, line_proposal, row_names
from checker.judging.subject import Subject
from checker.judging.table_words import Amount
from checker.model.forms import VALUE_COLUMN, Address, Form, FormTable
from checker.model.numerals import CellState
from checker.model.report import ReportTable


def filled_table(subject: Subject, key: str, *, doubtful: bool = False) -> ReportTable:
    """The table with that key.

    Args:
        subject: the report under examination.
        key: the table's key.
        doubtful: take it even if it seems to have been read wrongly.

    Raises:
        CannotJudge: the report has no such table, it seems to have been read wrongly, nothing was filled in, or
            its figures are too few to tell which cells they are of.
    """
    table = subject.table(key, doubtful=doubtful)
    if table.state != "filled":
        why = "的数与格数对不上，分不清是哪几格的" if table.state == "unplaced" else "没有填写"
        raise CannotJudge(f"{table.form.name}{why}")
    return table


def found_table(subject: Subject, key: str) -> ReportTable:
    """The table with that key, filled in or not.

    Raises:
        CannotJudge: the report has no such table, or it seems to have been read wrongly.
    """
    return subject.table(key)


def tables_named(key: str, forms: Mapping[str, Form]) -> Iterator[FormTable]:
    """The table of that key in every form that has it."""
    for form in forms.values():
        if key in form.tables:
            yield form.tables[key]


def line_faults(
    key: str, forms: Mapping[str, Form], *, rows: Iterable[str] = (), columns: Iterable[str] = ()
) -> Iterator[str]:
    """Sentences on the rows and columns that a rule names and no form's table of that key has."""
    tables = list(tables_named(key, forms))
    for word, written, known in (("行", rows, row_names(tables)), ("列", columns, column_names(tables))):
        for line in written:
            if line not in known:
                told = f"代号为“{line}”的{word}" if line.isascii() else f"“{line}”这一{word}"
                yield f"{key} 没有{told}{line_proposal(line, known)}"


_DECIMALS: Final = ("money", "decimal")


def number_fault(value: Amount, unit: str, number: str) -> str:
    """Why a figure is not of the number type that the form asks for; empty if nothing is wrong."""
    if value < 0 and number != "change":
        return "negative"
    if number not in _DECIMALS and isinstance(value, Decimal) and value != value.to_integral_value():
        return "fraction"
    return "unit" if unit else ""


def answered_no(table: ReportTable, question: str) -> bool:
    """Whether the answer to a question with two options is the last one."""
    line = table.form.rows.get(question)
    chosen = table.cell(question, VALUE_COLUMN).chosen
    return (
        line is not None and not line.multiple and len(line.options) == _TWO and chosen == line.options[-1:]
    )


_TWO: Final = 2


def may_be_blank(table: ReportTable, address: Address) -> bool:
    """Whether the form lets a cell be blank: always, or because the question above it is answered with no."""
    line = table.form.rows[address[0]]
    return line.optional or (bool(line.under) and answered_no(table, line.under))


def all_blank(table: ReportTable, addresses: Iterable[Address]) -> bool:
    """Whether nothing stands in any of these cells."""
    return all(table.cell(*address).state is CellState.BLANK for address in addresses)
