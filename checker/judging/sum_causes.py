"""Which cells must be wrong for broken sums of a table not to add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.model.numerals import CellState
from checker.model.report import ReportTable
from checker.solver import CellKey, Explanation, Number, SumIdentity, TableLayout


def explain_sums(
    table: ReportTable, identities: Sequence[SumIdentity], witnesses: Mapping[CellKey, Number] | None = None
) -> Sequence[Explanation]:
    """What must be wrong for the broken ones among a table's sums to be broken.

    Args:
        table: the table.
        identities: all its sums, those that hold too.
        witnesses: figures known from elsewhere.
    """
    from checker.solver.explain import explain  # noqa: PLC0415  # in most reports all sums hold

    keys = {cell for identity in identities for cell, _ in identity.terms}
    values: dict[CellKey, Number | None] = {}
    for key in keys:
        cell = table.cell(key[1], key[2])
        values[key] = cell.value if cell.state is not CellState.BLANK else None
    own = {cell: value for cell, value in (witnesses or {}).items() if cell in keys}
    return explain(identities, values, [_layout(table)], witnesses=own)


def _layout(table: ReportTable) -> TableLayout:
    form = table.form
    return TableLayout(
        table=form.key,
        rows=tuple(form.rows),
        columns=tuple(form.columns),
        total_rows=frozenset(s.total for s in form.sums if s.axis == "rows"),
        total_columns=frozenset(s.total for s in form.sums if s.axis == "columns"),
    )
