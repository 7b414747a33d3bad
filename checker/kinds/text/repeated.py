"""`repeated`: 重复的句子."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, options_schema
from checker.kinds.text.sentences import shortened
from checker.model.text import spans_between
from checker.patterns.pattern import compile_pattern

_SENTENCE_STOPS: Final = "。！？；\n"


def compile_repeated(options: Options, _language: Language) -> Judge:
    """No sentence of at least `at_least` characters stands twice in the scope."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        unless = [compile_pattern(source) for source in options.get("unless", ())]
        seen: set[str] = set()
        for start, end in spans_between(view.text, _SENTENCE_STOPS):
            sentence = view.text[start:end].strip("，、：:,")
            if len(sentence) < options["at_least"] or any(pattern.search(sentence) for pattern in unless):
                continue
            if sentence in seen:
                yield Breach(view.place(start, end), {"found": shortened(sentence), "length": len(sentence)})
            else:
                seen.add(sentence)
                yield None

    return judge


KIND: Final = Kind(
    title="重复的句子",
    compile=compile_repeated,
    options=options_schema(
        ("where", "at_least"),
        where=SCOPE,
        at_least={"type": "integer", "minimum": 5},
        unless={**PATTERNS, "description": "有这些写法的句子不算"},
    ),
    evidence=("found", "length"),
    skeleton=r"""
title: 没有整句重复
check: {where: 第一部分, at_least: 10}
message: 这句话写了两遍：“{found}”
examples:
  - {name: 没有重复, expect: pass, given: {text: {1: 各股室按月检查栏目更新情况。}}}
  - {name: 写了两遍, expect: fail, given: {text: {1: 各股室按月检查栏目更新情况。各股室按月检查栏目更新情况。}}, findings: [{place: 第一部分}]}
""",
)
