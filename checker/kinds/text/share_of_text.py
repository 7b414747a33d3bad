"""`share_of_text`: 某类内容的篇幅."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, PERCENT, SCOPE, UNLESS_IN_SENTENCE, bound, options_schema
from checker.kinds.text.sentences import SENTENCE_STOPS
from checker.model.text import spans_between
from checker.patterns.pattern import compile_pattern


def compile_share_of_text(options: Options, _language: Language) -> Judge:
    """Sentences that match one of the patterns make up at most `at_most` per cent of the scope."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        patterns = [compile_pattern(source) for source in options["patterns"]]
        unless = [compile_pattern(source) for source in options.get("unless", ())]
        whole = part = 0
        first: tuple[int, int] | None = None
        for start, end in spans_between(view.text, SENTENCE_STOPS):
            sentence = view.text[start:end]
            whole += len(sentence)
            if any(p.search(sentence) for p in patterns) and not any(p.search(sentence) for p in unless):
                part += len(sentence)
                first = first or (start, end)
        percent = part * 100 // whole if whole else 0
        if first and whole >= options.get("at_least_characters", 0) and percent > options["at_most"]:
            yield Breach(view.place(*first), {"percent": percent, "length": part})
        else:
            yield None

    return judge


KIND: Final = Kind(
    title="某类内容的篇幅",
    about="含有这些写法的句子占范围里文字的比例不超过 at_most（百分数）。",
    compile=compile_share_of_text,
    options=options_schema(
        ("where", "patterns", "at_most"),
        where=SCOPE,
        patterns=PATTERNS,
        unless=UNLESS_IN_SENTENCE,
        at_most={**PERCENT, "description": "最多占百分之几"},
        at_least_characters=bound("范围里少于几个字的不看"),
    ),
    evidence=("percent", "length"),
    skeleton=r"""
title: 第一部分不大谈宣传
check: {where: 第一部分, patterns: [宣传], at_most: 40}
message: 有 {percent}% 的篇幅写宣传
examples:
  - {name: 没有写, expect: pass, given: {text: {1: 公开信息120条。}}}
  - {name: 大半写宣传, expect: fail, given: {text: {1: 公开信息120条。各类媒体宣传报道很多，影响很大。}}, findings: [{place: 第一部分}]}
""",
)
