"""`vanished`: 未了事项有下文."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.cells import filled_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import COLUMN, TABLE, options_schema
from checker.kinds.years.last_year import last_years_cell, years_of
from checker.model.place import Scalar


def compile_vanished(options: Options, _language: Language) -> Judge:
    """What last year's column says is still open has not vanished: the table of this year is not all zero."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        table = filled_table(subject, options["table"])
        key, column = table.form.key, options["column"]
        if key not in years.previous.tables:
            raise CannotJudge(f"上一年的报告没有可用的{table.form.name}")
        addresses = list(table.form.addresses())
        values = [years.own.value(key, address) for address in addresses]
        if None in values:
            raise CannotJudge(f"{table.form.name}有读不出的数")
        open_cells = [
            (address, value)
            for address in addresses
            if address[1] == column and (value := years.previous.value(key, address))
        ]
        if open_cells and not any(values):
            evidence: dict[str, Scalar] = {
                "count": sum(value for _, value in open_cells),
                "last_year": years.previous.identity.year,
            }
            related = tuple(last_years_cell(years, key, address, value) for address, value in open_cells)
            yield Breach(table.place(open_cells[0][0][0], column), evidence, related=related)
        else:
            yield None

    return judge


KIND: Final = Kind(
    title="未了事项有下文",
    about="上年还没有了结的事项，本年的表里有下文。",
    compile=compile_vanished,
    options=options_schema(
        ("table", "column"), table=TABLE, column={**COLUMN, "description": "写未了事项的列（名称或代号）"}
    ),
    evidence=("count", "last_year"),
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 上年尚未审结的案件有下文
check: {table: T4, column: pending}
message: "{last_year} 年度报告有 {count} 件尚未审结，本年表四全部为 0"
examples:
  - {name: 有下文, expect: pass, given: {cells: {"T4[review, upheld]": 1}, previous: {cells: {"T4[review, pending]": 1}}}}
  - {name: 没有下文, expect: fail, given: {previous: {cells: {"T4[review, pending]": 1}}}, findings: [{evidence: {count: 1}}]}
""",
)
