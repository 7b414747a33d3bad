"""`count`: 次数."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import AT_LEAST, AT_MOST, PATTERNS, SCOPE, UNLESS_OVERLAPPING, options_schema
from checker.model.forms import Form
from checker.model.place import Scalar


def compile_count(options: Options, _language: Language) -> Judge:
    """The patterns match the scope at least and at most so many times."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        hits = list(view.matches(options["patterns"], options.get("unless", ())))
        evidence: dict[str, Scalar] = {"count": len(hits)}
        if len(hits) < options.get("at_least", 0):
            yield Breach(view.lacking(), evidence, "too_few")
        elif len(hits) > options.get("at_most", len(hits)):
            first_excess = hits[options["at_most"]]
            yield Breach(view.place(first_excess.start(), first_excess.end()), evidence, "too_many")
        else:
            yield None

    return judge


def _check_count(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "at_most" not in options and "at_least" not in options:
        yield "at_most（最多次数）与 at_least（最少次数）至少写一个，否则什么也查不出"


KIND: Final = Kind(
    title="次数",
    about="这些写法在范围里出现的次数不少于 at_least、不多于 at_most。",
    compile=compile_count,
    options=options_schema(
        ("where", "patterns"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=UNLESS_OVERLAPPING,
        at_least={**AT_LEAST, "description": "至少出现几次"},
        at_most={**AT_MOST, "description": "最多出现几次"},
    ),
    evidence=("count",),
    variants=("too_few", "too_many"),
    check=_check_count,
    skeleton=r"""
title: 正文至少写一处条数
check: {where: 第一部分, patterns: ['[0-9]+条'], at_least: 1}
message: 总体情况写了 {count} 处条数
examples:
  - {name: 写了一处, expect: pass, given: {text: {1: 全年公开信息120条。}}}
  - {name: 没有写, expect: fail, given: {text: {1: 全年公开了各类信息。}}, findings: [{place: 第一部分, evidence: {count: 0}}]}
""",
)
