"""`older_form`: 不退回旧格式."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.cells import found_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.years.last_year import years_of
from checker.model.place import Scalar


def compile_older_form(_options: Options, _language: Language) -> Judge:
    """The tables do not follow an older form than last year's."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        own, last = years.own, years.previous
        if own.form_id != own.form.id or last.form_id != last.form.id:
            raise CannotJudge("有一年的表格认不出格式")
        if (own.form.first_year or 0) < (last.form.first_year or 0):
            evidence: dict[str, Scalar] = {
                "form": own.form.title,
                "last_form": last.form.title,
                "last_year": last.identity.year,
            }
            table = found_table(subject, next(iter(own.tables), next(iter(subject.report.tables))))
            yield Breach(table.place(), evidence)
        else:
            yield None

    return judge


KIND: Final = Kind(
    title="不退回旧格式",
    about="表格没有退回到比上年更旧的格式。",
    compile=compile_older_form,
    options=options_schema(),
    evidence=("form", "last_form", "last_year"),
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 没有退回旧格式
check: {}
message: 本年用的是{form}，{last_year} 年度已经用了{last_form}
examples:
  - {name: 格式相同, expect: pass, given: {previous: {}}}
  - {name: 退回旧格式, expect: fail, given: {form: "2019", previous: {form: "2021"}}, findings: [{place: T2}]}
""",
)
