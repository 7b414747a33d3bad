"""What an example says of its report: the names in it must be those of a form.

Building the report is the workbench's business (`checker.workbench.sample`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from checker.judging.language.proposals import cell_proposal, line_proposal
from checker.model.forms import Form, FormTable
from checker.rulebook.load.sentences import did_you_mean
from checker.startup.records import dataclass, replace

DEFAULT_YEAR: Final = 2024
_WITHOUT: Final = re.compile(r"^(?P<table>\w+)(?:\[\s*(?P<row>\w*)\s*(?:,\s*(?P<column>\w*)\s*)?\])?$")
_ADDRESS: Final = re.compile(r"^(?P<table>\w+)\[\s*(?P<row>\w+)\s*,\s*(?P<column>\w+)\s*\]$")


class SampleError(ValueError):
    """A sample that cannot be built; the text is a Chinese sentence."""


def form_of_given(forms: Mapping[str, Form], given: Mapping[str, Any]) -> Form:
    """The form that a sample follows: the one named, else that of its kind in force for its year, else the newest.

    A sample that names no kind is of the kind of the first form.

    Raises:
        SampleError: no form has the name.
    """
    if "form" in given:
        if given["form"] not in forms:
            raise SampleError(f"没有格式“{given['form']}”；可用：{'、'.join(forms)}")
        return forms[given["form"]]
    year = given.get("year") or DEFAULT_YEAR
    kind = given.get("kind", next(iter(forms.values())).kind)
    own = [form for form in forms.values() if form.kind == kind]
    if not own:
        raise SampleError(f"没有“{kind}”这种报告的格式")
    in_force = [form for form in own if form.in_force(year)]
    return max(in_force or own, key=lambda form: form.first_year or 0)


def written_text(value: str | Mapping[str, Any] | None) -> str | None:
    """A text of a sample, which may be written as `{repeat: 字, times: 801}`."""
    if isinstance(value, Mapping):
        return str(value["repeat"]) * int(value["times"])
    return value


def check_given(form: Form, given: Mapping[str, Any], forms: Mapping[str, Form]) -> None:
    """Check the names in `given`, much faster than building the sample.

    Raises:
        SampleError: it names a cell, table, section or form that there is not.
    """
    for number in map(int, (*given.get("text", ()), *given.get("headings", ()), *given.get("order", ()))):
        if not 0 <= number <= len(form.sections):
            raise SampleError(f"格式只有 {len(form.sections)} 个部分，没有第 {number} 部分")
    whole = with_tables_from(form, given.get("tables_from", {}), forms)
    for address in given.get("cells", ()):
        cell_address(whole, address)
    for text in given.get("without", ()):
        left_out_by(whole, text)


def with_tables_from(form: Form, wanted: Mapping[str, str], forms: Mapping[str, Form]) -> Form:
    """The form with some of its tables replaced by those of other forms."""
    if not wanted:
        return form
    tables = dict(form.tables)
    for key, other in wanted.items():
        if other not in forms or key not in forms[other].tables:
            raise SampleError(f"没有格式“{other}”的表“{key}”")
        tables[key] = forms[other].tables[key]
    return replace(form, tables=tables)


def cell_address(form: Form, address: str) -> tuple[str, str, str]:
    """Table, row and column key of `T3[R1, total]`."""
    match = _ADDRESS.match(address)
    if match is None:
        told = cell_proposal(address, list(form.tables.values()), coded=True)
        if told:
            raise SampleError(f"没有格子“{address}”{told}")
        raise SampleError(f"看不懂格子“{address}”；应写成 表三.新收.总计 或 T3[R1, total] 这样")
    table = form.tables.get(match["table"])
    if table is None:
        raise SampleError(
            f"格式 {form.id} 没有表“{match['table']}”{did_you_mean(match['table'], form.tables)}"
        )
    row, column = match["row"], match["column"]
    _check_lines(form, table, row, column)
    if (row, column) not in table.order:
        raise SampleError(f"格式 {form.id} 的 {table.key} 里，“{row}”行没有“{column}”列")
    return table.key, row, column


def _check_lines(form: Form, table: FormTable, row: str | None, column: str | None) -> None:
    """Check that the table has the row and the column that are named."""
    for word, key, lines in (("行", row, table.rows), ("列", column, table.columns)):
        if key and key not in lines:
            known = {line_key: line.name for line_key, line in lines.items()}
            raise SampleError(f"格式 {form.id} 的 {table.key} 没有{word}“{key}”{line_proposal(key, known)}")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A table, row or column that a sample lacks."""

    table: str
    row: str | None
    column: str | None


def left_out_by(form: Form, text: str) -> LeftOut:
    """What an entry of `without` leaves out, such as `T4`, `T3[R2]` or `T3[, legal]`."""
    match = _WITHOUT.match(text)
    if match is None or match["table"] not in form.tables:
        raise SampleError(f"看不懂 without 的“{text}”；应写成 T4、T3[R2] 或 T3[, legal] 这样")
    table = form.tables[match["table"]]
    _check_lines(form, table, match["row"], match["column"])
    return LeftOut(match["table"], match["row"] or None, match["column"] or None)
