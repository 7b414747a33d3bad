"""`change_rate`: 同比."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.judging.table_words import plain
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, options_schema
from checker.kinds.years.last_year import years_of
from checker.kinds.years.quoted import check_groups, figure_behind, values_behind
from checker.model.findings import NO_CHANGES
from checker.model.forms import Form
from checker.model.place import Scalar
from checker.understand.claims.vocabulary import UNSURE

_HUNDRED: Final = 100


def compile_change_rate(options: Options, _language: Language) -> Judge:
    """Changes in per cent that the text computes agree with last year's report.

    `patterns` stand right behind a figure of this year: group `rate` is the percentage, `down` is there for a
    decrease. The rate may be off by `tolerance` percentage points, and by its last digit.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        compared = False
        for claim in subject.claims:
            if claim.confidence == UNSURE or claim.year not in (None, years.own.identity.year):
                continue
            values = {
                value: cells
                for value, cells in values_behind(subject, years.previous, claim).items()
                if value
            }
            for match, start, end in figure_behind(claim, options["patterns"], "rate") if values else ():
                compared = True
                rate = Decimal(match.group("rate") or "0")
                stated = -rate if match.groupdict().get("down") else rate
                slack = Decimal(str(options["tolerance"])) + _last_digit(rate)
                rates = [(Decimal(claim.number) - value) * _HUNDRED / value for value in values]
                if any(abs(expected - stated) <= slack for expected in rates):
                    yield None
                    continue
                evidence: dict[str, Scalar] = {
                    "title": claim.title,
                    "number": claim.number,
                    "rate": f"{'下降' if stated < 0 else '增长'} {plain(rate)}%",
                    "expected": f"{'下降' if rates[0] < 0 else '增长'} {plain(abs(round(rates[0], 1)))}%",
                    "last": next(iter(values)),
                    "last_year": years.previous.identity.year,
                }
                yield Breach(claim.text.place(start, end), evidence)
        if not compared:
            raise CannotJudge(NO_CHANGES)

    return judge


def _last_digit(rate: Decimal) -> Decimal:
    exponent = rate.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _check_change_rate(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    """Patterns without the percentage."""
    return check_groups("rate", options)


KIND: Final = Kind(
    title="同比",
    about="正文写的同比百分比与照上一年度的报告算出来的相符。",
    compile=compile_change_rate,
    options=options_schema(
        ("patterns", "tolerance"),
        patterns={**PATTERNS, "description": "紧跟在本年的数后面；分组 rate 是百分比，下降时有分组 down"},
        tolerance={
            "type": ["integer", "string"],
            "pattern": r"^[0-9]+(\.[0-9]+)?$",
            "description": "容许差几个百分点",
        },
    ),
    evidence=("title", "number", "rate", "expected", "last", "last_year"),
    check=_check_change_rate,
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 同比百分比与两年的数相符
check: {tolerance: "0.5", patterns: ['^件，同比(?:增长|(?P<down>下降))(?P<rate>[0-9.]+)%']}
message: 正文说{title} {number}，{rate}；{last_year} 年度报告是 {last}，应为{expected}
examples:
  - {name: 算对了, expect: pass, given: {text: {1: 收到政府信息公开申请24件，同比下降20%。}, previous: {cells: {"T3[R1, total]": 30}}}}
  - {name: 算错了, expect: fail, given: {text: {1: 收到政府信息公开申请24件，同比下降40%。}, previous: {cells: {"T3[R1, total]": 30}}}, findings: [{place: 第一部分, evidence: {expected: 下降 20.0%}}]}
""",
)
