"""`repeated`: 重复的句子."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, bound, options_schema
from checker.kinds.text.sentences import SENTENCE_STOPS, shortened
from checker.model.place import Related, Scalar
from checker.model.text import spans_between
from checker.patterns.pattern import compile_pattern

_MOST_OTHERS: Final = 5


def compile_repeated(options: Options, _language: Language) -> Judge:
    """No sentence of at least `at_least` characters stands twice in the scope.

    One that follows itself in its paragraph is a slip also when it is short: `next_to` characters are enough.
    A text that is repeated makes one breach, be it several sentences long and however often it comes again.
    """
    shortest = min(options["at_least"], options.get("next_to", options["at_least"]))

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        unless = [compile_pattern(source) for source in options.get("unless", ())]
        numbers: dict[str, int] = {}
        copies: dict[int, list[tuple[int, int]]] = {}
        last = block = -2
        before = ""
        for start, end in spans_between(view.text, SENTENCE_STOPS):
            sentence = view.text[start:end].strip("，、：:,")
            follows_itself = sentence == before and view.text[start - 1] != "\n"
            before = sentence
            if len(sentence) < (shortest if follows_itself else options["at_least"]):
                continue
            if any(pattern.search(sentence) for pattern in unless):
                continue
            if sentence not in numbers and follows_itself:
                numbers[sentence] = len(numbers)
                copies[numbers[sentence]] = []
            if sentence not in numbers:
                copies[len(numbers)], numbers[sentence], last = [], len(numbers), -2
                yield None
                continue
            number = numbers[sentence]
            block = (
                block if number == last + 1 else number
            )  # goes on where the sentence before was copied from
            last = number
            if block == number:
                copies[number].append((start, end))
        for number, sentence in enumerate(numbers):
            if copies[number]:
                (start, end), *others = copies[number]
                evidence: dict[str, Scalar] = {
                    "found": shortened(sentence),
                    "length": len(sentence),
                    "count": len(others) + 2,
                }
                related = tuple(Related(view.place(*one)) for one in others[:_MOST_OTHERS])
                yield Breach(view.place(start, end), evidence, related=related)

    return judge


KIND: Final = Kind(
    title="重复的句子",
    about="范围里没有整句重复的话。",
    compile=compile_repeated,
    options=options_schema(
        ("where", "at_least"),
        where=SCOPE,
        at_least=bound("至少几个字的句子才看", 5),
        next_to=bound("一段里紧接着又写一遍的，至少几个字就算；不写与 at_least 相同", 2),
        unless={**PATTERNS, "description": "有这些写法的句子不算"},
    ),
    words={"next_to": "紧接着又写一遍的，至少几个字"},
    evidence=("found", "length", "count"),
    skeleton=r"""
title: 没有整句重复
check: {where: 第一部分, at_least: 10}
message: 这句话写了两遍：“{found}”
examples:
  - {name: 没有重复, expect: pass, given: {text: {1: 各股室按月检查栏目更新情况。}}}
  - {name: 写了两遍, expect: fail, given: {text: {1: 各股室按月检查栏目更新情况。各股室按月检查栏目更新情况。}}, findings: [{place: 第一部分}]}
""",
)
