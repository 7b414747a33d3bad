"""`announced_count`: 声明的部分数."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, options_schema
from checker.model.forms import Form
from checker.model.numerals import parse_whole
from checker.model.place import Scalar
from checker.model.report import Report
from checker.model.text import label_key
from checker.patterns.pattern import compile_pattern


def compile_announced_count(options: Options, _language: Language) -> Judge:
    """The number of sections announced in the scope is the number of sections found.

    A pattern's group `number` holds the announced number, its group `list`, if it has one, the
    enumeration: as many of the form's section titles as it names must be there too.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        found = sum(section.number is not None for section in subject.report.sections)
        for source in options["patterns"]:
            for match in compile_pattern(source).finditer(view.text):
                announced = parse_whole(match.group("number") or "")
                if announced is None:
                    continue
                listed = (
                    _listed_sections(subject.report, match.group("list"))
                    if "list" in match.groupdict()
                    else 0
                )
                evidence: dict[str, Scalar] = {"announced": announced, "found": found, "listed": listed}
                place = view.place(match.start("number"), match.end("number"))
                if announced != found:
                    yield Breach(place, evidence, "sections")
                elif listed > 1 and listed != announced:
                    yield Breach(place, evidence, "listed")
                else:
                    yield None
                return
        raise CannotJudge(f"{options['where']}没有写明由几个部分组成")

    return judge


def _listed_sections(report: Report, enumeration: str | None) -> int:
    """How many of the form's sections an enumeration names."""
    text = label_key(enumeration or "")
    return sum(
        any(label_key(title) in text for title in (section.title, *section.accepted, *section.odd))
        for section in report.form.sections
    )


def _check_announced_count(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    for source in options["patterns"]:
        if "number" not in compile_pattern(source).groups:
            yield f"正则表达式“{source}”里要用 (?P<number>…) 标出部分数"


KIND: Final = Kind(
    title="声明的部分数",
    compile=compile_announced_count,
    options=options_schema(("where", "patterns"), where=SCOPE, patterns=PATTERNS),
    evidence=("announced", "found", "listed"),
    variants=("sections", "listed"),
    check=_check_announced_count,
    skeleton=r"""
title: 开头说的部分数与实际相符
check: {where: 开头, patterns: ['共(?P<number>[一二三四五六七八九])个部分']}
message: {sections: "开头说有 {announced} 个部分，实际有 {found} 个", listed: "开头说有 {announced} 个部分，列出了 {listed} 个"}
examples:
  - {name: 说六个有六个, expect: pass, given: {text: {0: 本报告共六个部分。}}}
  - {name: 说五个有六个, expect: fail, given: {text: {0: 本报告共五个部分。}}, findings: [{place: 开头, evidence: {announced: 5, found: 6}}]}
""",
)
