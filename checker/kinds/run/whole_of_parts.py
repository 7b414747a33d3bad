"""`whole_of_parts`: 汇总等于各单位之和."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.table_words import listing, plain
from checker.kinds.cells import line_faults
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import ROWS, TABLE, choice, options_schema
from checker.kinds.run.parts import Comparison, comparisons
from checker.kinds.run.sum_cause import Cause, cause_of
from checker.model.forms import Address, Form
from checker.model.place import OneOrMany, Place, Related

_MOST_RELATED: Final = 12


def compile_whole_of_parts(options: Options, _language: Language) -> Judge:
    """The figures of a report that covers several units are the sum of theirs, or at least not less.

    Where a unit has no number the sum is a lower bound. A report that gives only the body's own figures is
    passed over.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for comparison in comparisons(subject, options):
            yield from _judged(comparison)

    return judge


def _judged(found: Comparison) -> Iterator[Judgement]:
    if found.wrong:
        yield _breach(found)
    if found.is_bound:
        yield Unjudged(_why_bound(found))
    elif not found.wrong:
        yield None


def _why_bound(found: Comparison) -> str:
    """What keeps the sum from being more than a lower bound."""
    clauses = [f"缺 {len(found.missing)} 家"] if found.missing else []
    clauses += [f"{len(found.gaps_of)} 格在部分单位的报告里没有数"] if found.gaps_of else []
    clauses += ["有单位的报告只含本机关"] if found.partial else []
    agency = found.whole.identity.agency
    return f"{agency}的{found.form.name}只核对了不少于（{'，'.join(clauses)}）"


def _breach(found: Comparison) -> Breach:
    cells = found.details()
    cause = cause_of(found, cells)
    first = cells[0]
    only = len(cells) == 1
    evidence: dict[str, OneOrMany] = {
        "agency": found.whole.identity.agency,
        "year": found.year,
        "table": found.form.name,
        "count": len(found.parts),
        "missing": len(found.missing),
        "missing_units": found.missing,
        "value": found.whole.value(found.table, first) if only else None,
        "sum": found.sum_of(first) if only else None,
        "difference": found.gaps[first] if only else None,
        "cells": tuple(f"{found.table}[{row}, {column}]" for row, column in cells),
        "differences": tuple(found.gaps[cell] for cell in cells),
        "without_number": tuple(
            dict.fromkeys(name for cell in cells for name in found.gaps_of.get(cell, ()))
        ),
        "unit": cause.unit,
        "remainder": cause.remainder,
    }
    variant = "unclear" if found.whole.coverage is None else "short" if found.gaps[first] < 0 else "more"
    related = tuple(
        Related(report.place(found.table, *first), value)
        for _, report in found.parts
        if (value := report.value(found.table, first))
    )
    words = {"differing": listing([_gap_words(found, address) for address in cells]), "cause": cause.words}
    units = tuple(dict.fromkeys((found.unit, *((cause.unit,) if cause.unit else ()))))
    return Breach(
        _place(cause, found, cells), evidence, variant, related[:_MOST_RELATED], units=units, words=words
    )


def _gap_words(found: Comparison, address: Address) -> str:
    """`“（一）予以公开”行“自然人”列汇总 5、各单位合计 7、差 2`."""
    gap = found.gaps[address]
    whole = found.whole.value(found.table, address) or 0
    least = "至少 " if address in found.gaps_of else " "
    return (
        f"{found.cell_words(address)}汇总 {plain(whole)}、各单位合计{least}{plain(found.sum_of(address))}、"
        f"差 {plain(max(gap, -gap))}"
    )


def _place(cause: Cause, found: Comparison, cells: list[Address]) -> Place:
    """The cell, row, column or table in which the difference lies."""
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells}
    return cause.source.place(
        found.table, cells[0][0] if len(rows) == 1 else None, cells[0][1] if len(columns) == 1 else None
    )


def _check_whole_of_parts(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Row keys that no form's table has."""
    yield from line_faults(options["table"], forms, rows=options.get("rows", ()))


KIND: Final = Kind(
    title="汇总等于各单位之和",
    about="汇总报告的数等于所属各单位之和，或者不少于。",
    compile=compile_whole_of_parts,
    options=options_schema(
        ("table", "relation"),
        table=TABLE,
        rows=ROWS,
        relation=choice(
            "汇总与各单位之和的关系", {"equal": "单位齐全时应相等，不齐时不少于", "at_least": "只要求不少于"}
        ),
    ),
    evidence=(
        "agency",
        "year",
        "table",
        "count",
        "missing",
        "missing_units",
        "value",
        "sum",
        "difference",
        "cells",
        "differences",
        "without_number",
        "unit",
        "remainder",
        "differing",
        "cause",
    ),
    variants=("short", "more", "unclear"),
    check=_check_whole_of_parts,
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 汇总的规范性文件不少于各单位之和
check: {table: T2, rows: [normative_documents], relation: at_least}
message: "{year} 年度{agency}的{table}少于 {count} 个所属单位之和：{differing}{cause}"
examples:
  - {name: 不少, expect: pass, given: {agency: 某县人民政府, cells: {"T2[normative_documents, valid]": 7}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局, cells: {"T2[normative_documents, valid]": 5}}]}}
  - {name: 少两件, expect: fail, given: {agency: 某县人民政府, cells: {"T2[normative_documents, valid]": 3}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局, cells: {"T2[normative_documents, valid]": 5}}]}, findings: [{place: "T2[normative_documents, valid]", evidence: {sum: 5}}]}
""",
)
