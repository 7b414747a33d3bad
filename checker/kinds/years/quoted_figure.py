"""`quoted_figure`: 引用的上年数."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.figures import Years
from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.judging.table_words import Amount
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, options_schema
from checker.kinds.years.last_year import years_of
from checker.kinds.years.quoted import check_groups, figure_behind, values_behind
from checker.model.findings import NO_QUOTED_FIGURES
from checker.model.forms import Form
from checker.model.place import Related, Scalar
from checker.model.report import Claim
from checker.understand.claims.vocabulary import UNSURE, CellSum


def compile_quoted_figure(options: Options, _language: Language) -> Judge:
    """Figures that the text quotes from last year agree with last year's report.

    They are those of sentences that name last year, and those that `patterns` find right behind a figure of
    this year: group `then` is the figure, group `year`, if there is one, must be last year.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        last_year = years.previous.identity.year
        compared = False
        for claim in subject.claims:
            if claim.year == last_year and not claim.part:
                quoted = [(claim.number, claim.start, claim.end)]
            elif claim.confidence != UNSURE and claim.year in (None, years.own.identity.year):
                quoted = [
                    (Decimal((match.group("then") or "").replace(",", "")), start, end)
                    for match, start, end in figure_behind(claim, options["patterns"], "then")
                    if match.groupdict().get("year") in (None, str(last_year))
                ]
            else:
                continue
            values = values_behind(subject, years.previous, claim)
            for number, start, end in quoted if values else []:
                compared = True
                yield None if number in values else _misquoted(claim, number, (start, end), values, years)
        if not compared:
            raise CannotJudge(NO_QUOTED_FIGURES)

    return judge


def _misquoted(
    claim: Claim, number: Amount, span: tuple[int, int], values: Mapping[Amount, CellSum], years: Years
) -> Breach:
    value, cells = next(iter(values.items()))
    evidence: dict[str, Scalar] = {
        "title": claim.title,
        "told": number,
        "last": value,
        "last_year": years.previous.identity.year,
    }
    related = tuple(
        Related(years.previous.place(*cell), years.previous.value(cell[0], cell[1:])) for cell in cells
    )
    return Breach(claim.text.place(*span), evidence, related=related)


def _check_quoted_figure(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    """Patterns without the figure."""
    return check_groups("then", options)


KIND: Final = Kind(
    title="引用的上年数",
    about="正文引用的上年数与上年的报告相符。",
    compile=compile_quoted_figure,
    options=options_schema(
        ("patterns",), patterns={**PATTERNS, "description": "紧跟在本年的数后面；分组 then 是上年的数"}
    ),
    evidence=("title", "told", "last", "last_year"),
    check=_check_quoted_figure,
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 正文引用的上年数与上年报告一致
check: {patterns: ['^件，上年为?(?P<then>[0-9]+)件']}
message: 正文说{last_year}年度{title} {told}，{last_year} 年度报告是 {last}
examples:
  - {name: 一致, expect: pass, given: {text: {1: 新收政府信息公开申请24件，上年为30件。}, previous: {cells: {"T3[R1, total]": 30}}}}
  - {name: 不一致, expect: fail, given: {text: {1: 新收政府信息公开申请24件，上年为30件。}, previous: {cells: {"T3[R1, total]": 13}}}, findings: [{place: 第一部分, evidence: {told: 30, last: 13}}]}
""",
)
