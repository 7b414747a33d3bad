"""`whole_of_parts`: 汇总等于各单位之和."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.figures import Figures
from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import RunSubject
from checker.judging.table_words import Amount, line_words, listing, plain
from checker.kinds.cells import tables_named
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema
from checker.kinds.run.reported import OWN_FIGURES, Reported, reported_units
from checker.model.bodies import Unit
from checker.model.forms import Address, Form, FormTable
from checker.model.place import Place, Related, Scalar
from checker.startup.records import dataclass

_MOST_NAMED: Final = 3
_MOST_RELATED: Final = 12


def compile_whole_of_parts(options: Options, _language: Language) -> Judge:
    """The figures of a report that covers several units are the sum of theirs, or at least not less.

    While reports of units are missing the sum is a lower bound. A report that gives only the body's own
    figures is passed over.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None:
            return
        reported = reported_units(subject.reports, subject.bodies)
        for unit in subject.bodies.units:
            if not subject.bodies.children(unit):
                continue
            for year in reported.years(unit):
                whole = reported.reports[unit.name, year]
                if whole.coverage != OWN_FIGURES and options["table"] in whole.tables:
                    comparison = _compared(reported, unit, year, options)
                    if comparison is not None:
                        yield _judged(comparison)

    return judge


@dataclass(frozen=True)
class _Comparison:
    """A whole beside the sum of its parts.

    Attributes:
        table: key of the table.
        parts: name and report of each part that has reported.
        missing: how many have not.
        gaps: whole minus the sum of its parts, by cell, where that is known.
        wrong: the cells in which that cannot be.
    """

    table: str
    year: int
    whole: Figures
    parts: Sequence[tuple[str, Figures]]
    missing: int
    gaps: Mapping[Address, Amount]
    wrong: Sequence[Address]

    @property
    def form(self) -> FormTable:
        return self.whole.tables[self.table].form

    def sum_of(self, address: Address) -> Amount:
        """What the parts add up to in a cell."""
        return (self.whole.value(self.table, address) or 0) - self.gaps[address]


def _compared(reported: Reported, unit: Unit, year: int, options: Options) -> _Comparison | None:
    """A unit's table beside those of the units below it, None if none of them has it."""
    key = options["table"]
    whole = reported.reports[unit.name, year]
    parts = reported.bodies.children(unit)
    known = [
        (part, report)
        for part in parts
        if (report := reported.reports.get((part.name, year))) and key in report.tables
    ]
    if not known:
        return None
    gaps: dict[Address, Amount] = {}
    for address in whole.tables[key].form.addresses():
        if address[0] not in options.get("rows", (address[0],)):
            continue
        value = whole.value(key, address)
        values = [report.value(key, address) for _, report in known]
        if value is not None and None not in values:
            gaps[address] = value - sum((v for v in values if v is not None), start=0)
    complete = len(known) == len(parts) and not any(reported.is_partial(*one) for one in known)
    exact = complete and options["relation"] == "equal"
    wrong = [address for address, gap in gaps.items() if gap < 0 or (gap > 0 and exact)]
    named = [(part.name, report) for part, report in known]
    return _Comparison(key, year, whole, named, len(parts) - len(known), gaps, wrong)


def _judged(found: _Comparison) -> Judgement:
    if not found.wrong:
        return None
    cells = _details(found)
    source, cause, unit = _cause(found, cells)
    first = cells[0]
    evidence: dict[str, Scalar] = {
        "agency": found.whole.identity.agency,
        "year": found.year,
        "table": found.form.name,
        "count": len(found.parts),
        "missing": found.missing,
        "value": found.whole.value(found.table, first) if len(cells) == 1 else None,
        "sum": found.sum_of(first) if len(cells) == 1 else None,
        "difference": found.gaps[first] if len(cells) == 1 else None,
        "cells": listing([_gap_words(found, address) for address in cells]),
        "unit": unit,
        "cause": cause,
    }
    variant = "unclear" if found.whole.coverage is None else "short" if found.gaps[first] < 0 else "more"
    related = tuple(
        Related(report.place(found.table, *first), value)
        for _, report in found.parts
        if (value := report.value(found.table, first))
    )
    return Breach(_place(source, found.table, cells), evidence, variant, related[:_MOST_RELATED])


def _details(found: _Comparison) -> list[Address]:
    """The cells that differ without the totals that differ because of them; the totals if they alone do."""
    rows = {one.total for one in found.form.sums if one.axis == "rows"}
    columns = {one.total for one in found.form.sums if one.axis == "columns"}
    details = [address for address in found.wrong if address[0] not in rows and address[1] not in columns]
    return details or list(found.wrong)


def _gap_words(found: _Comparison, address: Address) -> str:
    """`“（一）予以公开”行“自然人”列汇总 5、各单位合计 7、差 2`."""
    gap = found.gaps[address]
    whole = found.whole.value(found.table, address) or 0
    return (
        f"{_cell(found.form, address)}汇总 {plain(whole)}、各单位合计 {plain(found.sum_of(address))}、"
        f"差 {plain(max(gap, -gap))}"
    )


def _cell(form: FormTable, address: Address) -> str:
    return line_words(form, *address, down=False) + line_words(form, *address, down=True)


def _place(source: Figures, table: str, cells: Sequence[Address]) -> Place:
    """The cell, row, column or table in which the difference lies."""
    rows = {row for row, _ in cells}
    columns = {column for _, column in cells}
    return source.place(
        table, cells[0][0] if len(rows) == 1 else None, cells[0][1] if len(columns) == 1 else None
    )


def _cause(found: _Comparison, cells: Sequence[Address]) -> tuple[Figures, str, str | None]:
    """In which report the mistake is likelier, why (a clause to append), and which unit it is about."""
    broken = [
        (name, report, value)
        for name, report, value in _own_mistakes(found, cells)
        if all(report.is_repaired_by((found.table, *address), value[address]) for address in cells)
    ]
    if len(broken) == 1:
        name, report, value = broken[0]
        meant = f"，这一格应为 {plain(value[cells[0]])}" if len(cells) == 1 else ""
        clause = f"；{name or found.whole.identity.agency}的表自身也不相符{meant}"
        return report, clause, name
    for sign, words in ((-1, "漏计"), (1, "重复计入")):
        for wanted, what in ((list(found.gaps), "整张表"), (list(found.wrong), "这些格")):
            names = [name for name, report in found.parts if _explains(found, report, wanted, sign)]
            if len(names) == 1:
                return found.whole, f"；差额正好是{names[0]}{what}的数，像是{words}了这个单位", names[0]
            if names and what == "这些格":
                named = "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
                return found.whole, f"；差额与{named}的数相等，可能{words}了其中一个", None
    suspects = [
        (name, report)
        for name, report in ((None, found.whole), *found.parts)
        if all(any(report.broken_sums((found.table, *address))) for address in cells)
    ]
    if len(suspects) == 1:
        name, report = suspects[0]
        return report, f"；{name or found.whole.identity.agency}的表在这一行或列自身也不相符", name
    return found.whole, "", None


def _own_mistakes(
    found: _Comparison, cells: Sequence[Address]
) -> Iterator[tuple[str | None, Figures, dict[Address, Amount]]]:
    """For the whole (without a name) and each part: what it would have to say in the cells."""
    yield None, found.whole, {address: found.sum_of(address) for address in cells}
    for name, report in found.parts:
        values = {a: (report.value(found.table, a) or 0) + found.gaps[a] for a in cells}
        if all(value >= 0 for value in values.values()):
            yield name, report, values


def _explains(found: _Comparison, report: Figures, cells: Sequence[Address], sign: int) -> bool:
    """Whether the whole differs in these cells by exactly the figures of one report."""
    return all(found.gaps[address] == sign * (report.value(found.table, address) or 0) for address in cells)


def _check_whole_of_parts(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Row keys that no form's table has."""
    known = {key for table in tables_named(options["table"], forms) for key in table.rows}
    for key in options.get("rows", ()):
        if key not in known:
            yield f"{options['table']} 没有代号为“{key}”的行；可用：{'、'.join(sorted(known))}"


KIND: Final = Kind(
    title="汇总等于各单位之和",
    compile=compile_whole_of_parts,
    options=options_schema(
        ("table", "relation"),
        table=TABLE,
        rows={"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "只看这些行"},
        relation={
            "enum": ["equal", "at_least"],
            "description": "equal：单位齐全时应相等，不齐时不少于；at_least：只要求不少于",
        },
    ),
    evidence=(
        "agency",
        "year",
        "table",
        "count",
        "missing",
        "value",
        "sum",
        "difference",
        "cells",
        "unit",
        "cause",
    ),
    variants=("short", "more", "unclear"),
    check=_check_whole_of_parts,
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 汇总的规范性文件不少于各单位之和
check: {table: T2, rows: [normative_documents], relation: at_least}
message: "{year} 年度{agency}的{table}少于 {count} 个所属单位之和：{cells}{cause}"
examples:
  - {name: 不少, expect: pass, given: {agency: 某县人民政府, cells: {"T2[normative_documents, valid]": 7}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局, cells: {"T2[normative_documents, valid]": 5}}]}}
  - {name: 少两件, expect: fail, given: {agency: 某县人民政府, cells: {"T2[normative_documents, valid]": 3}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局, cells: {"T2[normative_documents, valid]": 5}}]}, findings: [{place: "T2[normative_documents, valid]", evidence: {sum: 5}}]}
""",
)
