"""`text_number`: 文字中的数字."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, Judgement, UnrecognisedError
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, UNLESS_OVERLAPPING, bound, options_schema
from checker.kinds.text.sentences import shortened
from checker.model.forms import Form
from checker.model.place import Scalar
from checker.patterns.pattern import compile_pattern


def compile_text_number(options: Options, _language: Language) -> Judge:
    """Every number that a pattern finds (its group `number`) lies within the bounds.

    A bound is a number, or 年度 with an optional offset such as 年度+1, the year the report is about. With
    `optional`, a scope without any such number is in order too.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        bounds = {
            name: _bound(subject, options[name])
            for name in ("at_least", "at_most", "multiple_of")
            if name in options
        }
        found = list(view.matches(options["patterns"], options.get("unless", ())))
        if not found and options.get("optional"):
            yield None
        for match in found:
            number = Decimal((match.group("number") or "").replace(",", "") or "0")
            if (
                ("at_least" in bounds and number < bounds["at_least"])
                or ("at_most" in bounds and number > bounds["at_most"])
                or ("multiple_of" in bounds and number % bounds["multiple_of"])
            ):
                evidence: dict[str, Scalar] = {
                    "found": shortened(match.group() or ""),
                    "value": match.group("number"),
                }
                yield Breach(view.place(match.start("number"), match.end("number")), evidence)
            else:
                yield None

    return judge


_YEAR: Final = "年度"


def _bound(subject: Subject, bound: int | str) -> Decimal:
    if isinstance(bound, str) and bound.startswith(_YEAR):
        year = subject.report.identity.year
        if year is None:
            raise UnrecognisedError("year")
        return Decimal(year + int(bound.removeprefix(_YEAR) or 0))
    return Decimal(str(bound))


def _check_text_number(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if not {"at_least", "at_most", "multiple_of"} & set(options):
        yield "at_least、at_most、multiple_of 至少写一个，否则什么也查不出"
    for source in options["patterns"]:
        if "number" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<number>…) 标出数字"


_NUMBER_BOUND: Final = {
    "type": ["integer", "string"],
    "pattern": r"^(-?[0-9]+(\.[0-9]+)?|年度([+-][0-9]{1,2})?)$",
}


KIND: Final = Kind(
    title="文字中的数字",
    about="文字里找到的数不少于 at_least、不多于 at_most。",
    compile=compile_text_number,
    options=options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns={**PATTERNS, "description": "用 (?P<number>…) 标出数字"},
        unless=UNLESS_OVERLAPPING,
        optional={"type": "boolean", "description": "没有这样的数字也算合格"},
        at_least={**_NUMBER_BOUND, "description": "不少于（含）；可以写 年度、年度-1"},
        at_most={**_NUMBER_BOUND, "description": "不多于（含）；可以写 年度、年度+1"},
        multiple_of=bound("应是这个数的倍数", 1),
    ),
    evidence=("found", "value"),
    check=_check_text_number,
    skeleton=r"""
title: 满意度不超过百分之百
check: {where: 正文, patterns: ['满意度(?P<number>[0-9]+)%'], at_most: 100, optional: true}
message: “{found}”超过了 100%
examples:
  - {name: 九成, expect: pass, given: {text: {1: 群众满意度90%。}}}
  - {name: 超过了, expect: fail, given: {text: {1: 群众满意度120%。}}, findings: [{place: 第一部分, evidence: {value: "120"}}]}
""",
)
