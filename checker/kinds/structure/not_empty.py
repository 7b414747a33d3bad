"""`not_empty`: 各部分有内容."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import bound, options_schema
from checker.kinds.structure.headings import heading_place
from checker.model.numerals import numeral
from checker.model.place import Scalar


def compile_not_empty(options: Options, _language: Language) -> Judge:
    """Every section has text of at least `at_least` characters, or a table; placeholder text does not count.

    `empty` for a section without any text or table, `short` for one with too little.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        for section in subject.report.sections:
            if section.number is None or section.number not in options.get("only", (section.number,)):
                continue
            length = sum(len(text.squeezed.text) for text in section.texts)
            form_table = subject.report.form.sections[section.number - 1].table
            if (
                section.tables
                or length >= options["at_least"]
                or (form_table and form_table in subject.report.tables)
            ):
                yield None
                continue
            if form_table:
                yield Unjudged(f"第{numeral(section.number)}部分以表为主，缺表另行报告")
                continue
            evidence: dict[str, Scalar] = {
                "number": numeral(section.number),
                "name": section.title,
                "length": length,
            }
            state = f"只有 {length} 个字" if length else "没有内容"
            variant = "short" if length else "empty"
            yield Breach(heading_place(section), evidence, variant, words={"state": state})

    return judge


KIND: Final = Kind(
    title="各部分有内容",
    about="每个部分都有文字或表格；样本里的提示语不算。",
    compile=compile_not_empty,
    options=options_schema(
        ("at_least",),
        at_least=bound("一个部分至少几个字", 1),
        only={"type": "array", "items": {"type": "integer"}, "description": "只查这些部分"},
    ),
    evidence=("number", "name", "length", "state"),
    variants=("empty", "short"),
    skeleton=r"""
title: 各部分都有内容
check: {at_least: 10, only: [1, 2, 3, 4, 5]}
message: 第{number}部分“{name}”内容太少
examples:
  - {name: 都有, expect: pass, given: {}}
  - {name: 第五部分是空的, expect: fail, given: {text: {5: null}}, findings: [{place: 第五部分, evidence: {length: 0}}]}
""",
)
