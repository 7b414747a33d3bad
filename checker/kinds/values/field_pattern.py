"""`field_pattern`: 要素的写法."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import FIELD, PATTERNS, options_schema
from checker.model.findings import NOT_COMPARABLE
from checker.patterns.pattern import compile_pattern


def compile_field_pattern(options: Options, _language: Language) -> Judge:
    """Every value of the field matches one of the patterns."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        found = subject.report.fields.get(options["field"], ())
        if not found:
            raise CannotJudge(f"没有读到{subject.field_title(options['field'])}，{NOT_COMPARABLE}")
        patterns = [compile_pattern(source) for source in options["patterns"]]
        for field in found:
            for value in field.value if isinstance(field.value, tuple) else (field.value,):
                text = str(value)
                if any(pattern.search(text) for pattern in patterns):
                    yield None
                else:
                    yield Breach(field.place, {"found": text})

    return judge


KIND: Final = Kind(
    title="要素的写法",
    about="要素的每一处写法都符合其中一个正则表达式。",
    compile=compile_field_pattern,
    options=options_schema(("field", "patterns"), field=FIELD, patterns=PATTERNS),
    evidence=("found",),
    skeleton=r"""
title: 电话带区号
check: {field: phone, patterns: ['^0[0-9]{2,3}-']}
message: 电话“{found}”没有区号
examples:
  - {name: 带区号, expect: pass, given: {text: {0: 联系电话：0595-12345678。}}}
  - {name: 没有区号, expect: fail, given: {text: {0: 联系电话：12345678。}}, findings: [{place: 开头, evidence: {found: "12345678"}}]}
""",
)
