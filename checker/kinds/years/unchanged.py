"""`unchanged`: 不照抄上年."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.cells import filled_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema
from checker.kinds.years.last_year import years_of
from checker.model.place import Scalar


def compile_unchanged(options: Options, _language: Language) -> Judge:
    """The figures of the named tables, taken together, are not all the same as last year's."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        tables = [filled_table(subject, key) for key in options["tables"]]
        for table in tables:
            if table.form.key not in years.previous.tables:
                raise CannotJudge(f"上一年的报告没有可用的{table.form.name}")
        same, figures = True, 0
        for table in tables:
            key = table.form.key
            for address in table.form.addresses():
                value, last = years.own.value(key, address), years.previous.value(key, address)
                if years.previous.has_cell(key, address):
                    same = same and value is not None and value == last
                    figures += bool(value)
        if same and figures:
            names = "、".join(table.form.name for table in tables)
            evidence: dict[str, Scalar] = {
                "tables": names,
                "count": figures,
                "last_year": years.previous.identity.year,
            }
            yield Breach(tables[0].place(), evidence)
        else:
            yield None

    return judge


KIND: Final = Kind(
    title="不照抄上年",
    about="这几张表的数没有与上年完全相同。",
    compile=compile_unchanged,
    options=options_schema(
        ("tables",),
        tables={
            "type": "array",
            "minItems": 1,
            "items": TABLE,
            "description": "哪几张表，合起来都与上年相同才报",
        },
    ),
    evidence=("tables", "count", "last_year"),
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 表三不是照抄上年的数字
check: {tables: [T3]}
message: "{tables}的数字与 {last_year} 年度报告完全相同"
examples:
  - {name: 多了一件, expect: pass, given: {cells: {"T3[R1, natural]": 4}, previous: {cells: {"T3[R1, natural]": 3}}}}
  - {name: 一格不差, expect: fail, given: {cells: {"T3[R1, natural]": 3}, previous: {cells: {"T3[R1, natural]": 3}}}, findings: [{place: T3, evidence: {count: 1}}]}
""",
)
