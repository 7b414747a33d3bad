"""`length`: 篇幅."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import AT_LEAST, AT_MOST, SCOPE, options_schema
from checker.model.forms import Form
from checker.model.place import Scalar


def compile_length(options: Options, _language: Language) -> Judge:
    """Characters in the scope, white space not counted, lie within the bounds."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        length = view.length
        at_most, at_least = options.get("at_most"), options.get("at_least")
        evidence: dict[str, Scalar] = {"length": length, "at_most": at_most, "at_least": at_least}
        if at_most is not None and length > at_most:
            yield Breach(view.whole(), evidence, "too_long")
        elif at_least is not None and length < at_least:
            yield Breach(view.whole(), evidence, "too_short")
        else:
            yield None

    return judge


def _check_length(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "at_most" not in options and "at_least" not in options:
        yield "at_most（最多字数）与 at_least（最少字数）至少写一个，否则什么也查不出"


KIND: Final = Kind(
    title="篇幅",
    about="范围里的字数（空白不计）不多于 at_most、不少于 at_least。",
    compile=compile_length,
    options=options_schema(
        ("where",),
        where=SCOPE,
        at_most={**AT_MOST, "description": "最多几个字"},
        at_least={**AT_LEAST, "description": "最少几个字"},
    ),
    evidence=("length", "at_most", "at_least"),
    variants=("too_long", "too_short"),
    check=_check_length,
    skeleton=r"""
title: 总体情况不超过二十字
check: {where: 第一部分, at_most: 20}
message: 总体情况有 {length} 字，超过 {at_most} 字
examples:
  - {name: 几个字, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 太长, expect: fail, given: {text: {1: 公开信息120条，回复来信来电48件，组织业务培训2次。}}, findings: [{place: 第一部分, evidence: {length: 28, at_most: 20}}]}
""",
)
