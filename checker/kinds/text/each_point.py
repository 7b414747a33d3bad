"""`each_point`: 逐条."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import AT_LEAST, PATTERN, PATTERNS, SCOPE, choice, options_schema
from checker.kinds.text.sentences import SENTENCE_STOPS, shortened
from checker.model.forms import Form
from checker.model.place import Scalar
from checker.model.text import spans_between
from checker.patterns.pattern import Match, compile_pattern

_Span = tuple[int, int]
_STOPS: Final[Mapping[str, str]] = {"sentence": SENTENCE_STOPS, "paragraph": "\n"}


def compile_each_point(options: Options, _language: Language) -> Judge:
    """Each point holds one of `contains` and none of `lacks`; there are at least `at_least` points.

    Points begin where `point` matches, or are the sentences or paragraphs; those before `after` and behind `until`
    are left out. Variants: `missing`, `found`, `few`.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        points = _points(view, options)
        if len(points) < options.get("at_least", 0):
            yield Breach(view.lacking(), {"count": len(points)}, "few")
            return
        if not points:
            raise CannotJudge(f"{options['where']}没有分条写")
        for number, span in enumerate(points, 1):
            yield _judge_point(view, span, options, {"number": number, "count": len(points)})

    return judge


def _points(view: TextView, options: Options) -> list[_Span]:
    first, last = _bounds(view, options)
    if "each" in options:
        spans = (
            (first + start, first + end)
            for start, end in spans_between(view.text[first:last], _STOPS[options["each"]])
        )
        return [span for span in spans if view.text[span[0] : span[1]].strip()]
    starts = [
        match.start()
        for match in compile_pattern(options["point"]).finditer(view.text)
        if first <= match.start() < last
    ]
    return list(pairwise([*starts, last]))


def _bounds(view: TextView, options: Options) -> _Span:
    """Where the points are looked for.

    Raises:
        CannotJudge: the text has nothing of what they stand behind.
    """
    first, last = 0, len(view.text)
    if "after" in options:
        turn = compile_pattern(options["after"]).search(view.text)
        if turn is None:
            raise CannotJudge(f"{options['where']}分不出从哪里起")
        first = turn.start()
    if "until" in options:
        ends = (match.start() for match in compile_pattern(options["until"]).finditer(view.text))
        last = next((end for end in ends if end > first), last)
    return first, last


def _judge_point(view: TextView, span: _Span, options: Options, evidence: dict[str, Scalar]) -> Judgement:
    start, end = span
    words = view.text[start:end]
    evidence["point"] = shortened(words.strip())
    wrong = _first(words, options.get("lacks", ()))
    if wrong is not None:
        place = view.place(start + wrong.start(), start + wrong.end())
        return Breach(place, {**evidence, "found": shortened(wrong.group() or "")}, "found")
    if "contains" in options and _first(words, options["contains"]) is None:
        return Breach(view.place(start, start + len(words.rstrip())), evidence, "missing")
    return None


def _first(words: str, patterns: tuple[str, ...] | list[str]) -> Match | None:
    matches = (compile_pattern(source).search(words) for source in patterns)
    return next((match for match in matches if match), None)


def _check_each_point(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if ("point" in options) == ("each" in options):
        yield "point（每一条的开头）与 each（逐句、逐段）要写一个，也只写一个"
    if not {"contains", "lacks", "at_least"} & set(options):
        yield "contains（每条应有）、lacks（每条不应有）、at_least（至少几条）至少写一个，否则什么也查不出"


KIND: Final = Kind(
    title="逐条",
    about="逐条、逐句、逐段看：每一条都写到应有的，没有不应有的。",
    compile=compile_each_point,
    options=options_schema(
        ("where",),
        where=SCOPE,
        point={**PATTERN, "description": "每一条的开头，如 [一二三四五]是；到下一条的开头为止"},
        each=choice(
            "不按开头分条的，逐句还是逐段看", {"sentence": "每一句是一条", "paragraph": "每一段是一条"}
        ),
        after={**PATTERN, "description": "从这里起才看，如 下一步；没有找到的未能判断"},
        until={**PATTERN, "description": "看到这里为止，如 下一步；没有找到的看到末尾"},
        contains={**PATTERNS, "description": "每一条都应有其中一种写法（正则表达式）"},
        lacks={**PATTERNS, "description": "每一条都不应有的写法（正则表达式）"},
        at_least={**AT_LEAST, "description": "至少几条"},
    ),
    evidence=("point", "number", "count", "found"),
    variants=("missing", "found", "few"),
    check=_check_each_point,
    words={
        "point": "每一条的开头",
        "after": "从这里起",
        "until": "到这里止",
        "contains": "每条应有",
        "lacks": "每条不应有",
    },
    skeleton=r"""
title: 每条措施写明期限
check: {where: 第五部分, after: 下一步, point: '[一二三四五]是', contains: ['[0-9]+月底?前']}
message: 第 {number} 条措施没有写期限：{point}
examples:
  - {name: 都写了, expect: pass, given: {text: {5: 一是更新慢；二是培训少。下一步一是6月底前整改；二是8月前培训。}}}
  - {name: 有一条没有写, expect: fail, given: {text: {5: 一是更新慢；二是培训少。下一步一是6月底前整改；二是加强培训。}}, findings: [{place: 第五部分, evidence: {number: 2}}]}
""",
)
