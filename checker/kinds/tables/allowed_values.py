"""`allowed_values`: 允许的数值."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words
from checker.kinds.cells import filled_table, line_faults
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import COLUMNS, ROWS, TABLE, options_schema
from checker.model.forms import Form
from checker.model.numerals import CellState
from checker.model.place import Scalar


def compile_allowed_values(options: Options, _language: Language) -> Judge:
    """The figures of the named rows (all columns, or the named ones) lie within the bounds."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        columns = options.get("columns")
        for address in table.form.addresses():
            row, column = address
            if row not in options.get("rows", (row,)) or (columns and column not in columns):
                continue
            cell = table.cell(row, column)
            if cell.state in (CellState.MISSING, CellState.UNREADABLE):
                yield Unjudged(f"{table.form.name}{cell_words(table, address)}读不出数字")
                continue
            value = cell.value
            too_much = value is not None and "at_most" in options and value > Decimal(str(options["at_most"]))
            too_little = (
                value is not None and "at_least" in options and value < Decimal(str(options["at_least"]))
            )
            if too_much or too_little:
                evidence: dict[str, Scalar] = {
                    "cell": cell_words(table, address),
                    "value": value,
                    "raw": cell.raw,
                }
                yield Breach(table.place(row, column), evidence)
            else:
                yield None

    return judge


def _check_allowed_cells(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Row and column keys that no form's table has, and bounds that are missing."""
    rows, columns = options.get("rows", ()), options.get("columns", ())
    yield from line_faults(options["table"], forms, rows=rows, columns=columns)
    if "at_most" not in options and "at_least" not in options:
        yield "at_most 与 at_least 至少写一个，否则什么也查不出"


_BOUND: Final = {"type": ["integer", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
KIND: Final = Kind(
    title="允许的数值",
    about="指定的行、列里的数不少于 at_least、不多于 at_most。",
    compile=compile_allowed_values,
    options=options_schema(
        ("table",),
        table=TABLE,
        rows=ROWS,
        columns=COLUMNS,
        at_most={**_BOUND, "description": "不多于（含），可以是小数（加引号）"},
        at_least={**_BOUND, "description": "不少于（含），可以是小数（加引号）"},
    ),
    evidence=("cell", "raw", "value"),
    check=_check_allowed_cells,
    skeleton=r"""
title: 总计不超过一万件
check: {table: T3, rows: [R1], columns: [total], at_most: 10000}
message: 表三{cell}填了 {raw}，多得少见
examples:
  - {name: 三件, expect: pass, given: {cells: {"T3[R1, total]": 3}}}
  - {name: 两万件, expect: fail, given: {cells: {"T3[R1, total]": 20000}}, findings: [{place: "T3[R1, total]", evidence: {value: 20000}}]}
""",
)
