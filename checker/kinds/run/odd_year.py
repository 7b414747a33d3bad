"""`odd_year`: 交来的是同一年度的."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.place import OneOrMany, Place


def compile_odd_year(_options: Options, _language: Language) -> Judge:
    """Whoever sends in a report of another year also sends in one of the year that is collected.

    A folder with reports of several years of each unit is no inbox, and all is well there.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None or not subject.reported.years:
            return
        years = subject.reported.years
        found = dict(_wrong_years(subject))
        if not found:
            yield None
            return
        evidence: dict[str, OneOrMany] = {
            "year": years[-1],
            "count": len(found),
            "odd": tuple(found),
            "years": tuple(found.values()),
        }
        listing = "、".join(f"{name}（{year} 年度）" for name, year in list(found.items())[:12])
        yield Breach(Place(), evidence, units=tuple(found), words={"listing": listing})

    return judge


def _wrong_years(subject: RunSubject) -> Iterator[tuple[str, int]]:
    """The units with nothing but reports of other years, each with the latest of these, in the order of the list."""
    if subject.season is not None:
        from checker.model.season import Role  # noqa: PLC0415  # only in a season

        for standing in subject.season.units:
            years = [one.year for one in standing.with_role(Role.WRONG_YEAR) if one.year is not None]
            if years and standing.in_force is None and not standing.with_role(Role.UNDECIDED):
                yield standing.unit.name, max(years)
        return
    for unit in subject.bodies.units if subject.bodies else ():
        if unit.name in subject.reported.other_years:
            yield unit.name, subject.reported.other_years[unit.name]


KIND: Final = Kind(
    title="交来的是同一年度的",
    about="交来别的年度报告的单位，也交来了本年度的。",
    compile=compile_odd_year,
    options=options_schema(),
    evidence=("year", "count", "odd", "years", "listing"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 交来的都是同一年度的
check: {}
message: "收的是 {year} 年度的报告，{count} 家交来的是别的年度的：{listing}"
examples:
  - {name: 同一年度, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}]}}
  - {name: 一家是上年的, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县水利局}, {unit: 某县民政局}], others: [{agency: 某县水利局}, {agency: 某县民政局, year: 2023}]}, findings: [{evidence: {odd: [某县民政局]}}]}
""",
)
