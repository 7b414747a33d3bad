"""`mixed_forms`: 一组报告用同一种格式."""

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


def compile_mixed_forms(_options: Options, language: Language) -> Judge:
    """The reports of one year follow the form in force for it, if any of them does."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None:
            return
        for year in subject.reported.years:
            in_force = {key for key, form in language.forms.items() if form.in_force(year)}
            reports = [one for one in subject.reported.of_year(year) if one[1].form_id is not None]
            other = tuple(unit.name for unit, report in reports if report.form_id not in in_force)
            if not reports:
                continue
            if not other or len(other) == len(reports):  # a set that is wrong throughout is not mixed
                yield None
                continue
            evidence: dict[str, OneOrMany] = {
                "year": year,
                "count": len(other),
                "reported": len(reports),
                "old": other,
            }
            yield Breach(Place(), evidence, units=other)

    return judge


KIND: Final = Kind(
    title="一组报告用同一种格式",
    about="同一年度的报告用同一版格式：有一份用了应当用的格式，其余的也要用。",
    compile=compile_mixed_forms,
    options=options_schema(),
    evidence=("year", "count", "reported", "old"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 各单位用同一种格式
check: {}
message: "{year} 年度 {reported} 家中有 {count} 家用的不是现行格式：{old}"
examples:
  - {name: 都用现行格式, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局}]}}
  - {name: 一家用旧格式, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局, form: "2019"}]}, findings: [{evidence: {old: [某县民政局]}}]}
""",
)
