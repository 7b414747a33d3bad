"""`recognised`: 认出了年度和单位."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, options_schema
from checker.model.place import Place
from checker.model.report import Report
from checker.patterns.pattern import compile_pattern


def compile_recognised(options: Options, _language: Language) -> Judge:
    """Year, body and level of the report were recognised; each that was not is a breach with a count of rules.

    Variants: `year`; `agency`; `short` for a body whose name fits the pattern `short`, which is no full name;
    `level` for a body of which nothing shows what it is.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        identity, unjudged = subject.report.identity, subject.unjudged
        place = _top(subject.report)
        yield Breach(place, {"count": unjudged["year"]}, "year") if identity.year is None else None
        of_body = unjudged["agency"] + unjudged["level"]
        if identity.agency is None:
            yield Breach(place, {"count": of_body}, "agency")
        elif "short" in options and compile_pattern(options["short"]).search(identity.agency):
            yield Breach(place, {"count": of_body + unjudged["tier"], "found": identity.agency}, "short")
        elif identity.level is None:
            yield Breach(place, {"count": of_body, "found": identity.agency}, "level")
        else:
            yield None

    return judge


def _top(report: Report) -> Place:
    """The title, else the first line."""
    if report.title is not None:
        return report.title.place()
    return next((text.place() for text in report.texts), Place())


KIND: Final = Kind(
    title="认出了年度和单位",
    about="认出了报告的年度、单位和机关类别。",
    compile=compile_recognised,
    options=options_schema((), short={**PATTERN, "description": "不是全称的单位名称"}),
    evidence=("count", "found"),
    variants=("year", "agency", "short", "level"),
    looks_at=LooksAt.UNJUDGED,
    words={"short": "不是全称的名称"},
    skeleton=r"""
title: 认得出年度和单位
check: {}
message: {year: "没有认出年度，{count} 条规则没有判断", default: "没有认出单位，{count} 条规则没有判断"}
examples:
  - {name: 标题写全了, expect: pass, given: {}}
  - {name: 没有标题, expect: fail, given: {title: null, text: {1: 做好公开工作。, 5: 加强培训。, 6: 无。}}, findings: [{message: 没有认出年度}, {message: 没有认出单位}]}
""",
)
