"""Cells, lines and figures of a table as a person names them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from checker.model.forms import Address, FormTable
from checker.model.report import ReportTable

Amount = int | Decimal

LISTED: Final = 6
"""How many places a sentence names before it only counts them."""


def line_name(form: FormTable, axis: str, key: str) -> str:
    """Short name of a row or column."""
    line = (form.rows if axis == "rows" else form.columns).get(key)
    return line.name if line else key


def cell_words(table: ReportTable, address: Address) -> str:
    """A cell as a person names it: 「row」行「column」列."""
    return form_cell_words(table.form, address)


def form_cell_words(form: FormTable, address: Address) -> str:
    """The same of a cell of the form."""
    row, column = address
    if not form.has_columns:
        return f"“{form.short_row_label(row)}”"
    return f"“{form.short_row_label(row)}”行“{form.column_label(row, column)}”列"


def full_cell_words(table: ReportTable, address: Address) -> str:
    """A cell by its labels in full."""
    row, column = address
    label = f"“{table.form.row_label(row)}”"
    return f"{label}行“{table.form.column_label(row, column)}”列" if table.form.has_columns else label


def line_words(form: FormTable, row: str, column: str, *, down: bool) -> str:
    """The line through a cell as a person names it: its column with `down`, else its row."""
    return f"“{form.column_label(row, column)}”列" if down else f"“{form.short_row_label(row)}”行"


def plain(amount: Amount) -> str:
    """A figure as a person writes it, without exponent."""
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)


def listing(words: list[str]) -> str:
    """The first few words joined, and how many there are."""
    shown = "、".join(words[:LISTED])
    return shown if len(words) <= LISTED else f"{shown}等 {len(words)} 处"
