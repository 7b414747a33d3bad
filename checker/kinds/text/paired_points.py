"""`paired_points`: 问题与措施的条数."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.language.scope import TextView
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, WHOLE, options_schema
from checker.model.place import Scalar
from checker.patterns.pattern import Match, compile_pattern


def compile_paired_points(options: Options, _language: Language) -> Judge:
    """Problems and measures, listed point by point, are about as many, or with `each` none is without a measure.

    Variants: `short` for too little text or too few problems, `count` for too few measures.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        length = sum(len(text.squeezed.text) for text in view.texts)
        if length < options.get("at_least", 0):
            yield Breach(view.whole(), {"length": length, "problems": 0, "measures": 0}, "short")
            return
        compare = _each_with_a_measure if options.get("each") else _about_as_many
        yield compare(options, view, length)

    return judge


def _about_as_many(options: Options, view: TextView, length: int) -> Judgement:
    """What stands before the turn against what stands behind it."""
    turn = compile_pattern(options["turn"]).search(view.text)
    if turn is None:
        raise CannotJudge(f"{options['where']}分不出问题和措施")
    point = compile_pattern(options["point"])
    problems = sum(1 for _ in point.finditer(view.text[: turn.start()]))
    measures = sum(1 for _ in point.finditer(view.text[turn.start() :]))
    evidence: dict[str, Scalar] = {"length": length, "problems": problems, "measures": measures}
    if problems < options.get("problems", 0):
        return Breach(view.whole(), evidence, "short")
    if min(problems, measures) > 1 and problems - measures >= options.get("difference", 1):
        return Breach(view.place(turn.start(), turn.end()), evidence, "count")
    return None


def _each_with_a_measure(options: Options, view: TextView, length: int) -> Judgement:
    """Each problem tells its measure itself, or a list of as many measures follows.

    Points are numbered; where a number comes again, as 一是 does, another list has begun. The first list is that
    of the problems.
    """
    points = list(compile_pattern(options["point"]).finditer(view.text))
    count = _first_list(points)
    starts = [point.start() for point in points[:count]]
    end = points[count].start() if count < len(points) else len(view.text)
    turn = compile_pattern(options["turn"])
    bare = [
        (first, last) for first, last in pairwise([*starts, end]) if not turn.search(view.text[first:last])
    ]
    turned = turn.search(view.text[starts[-1] :]) if starts else None
    measures = max(count - len(bare), len(points) - count if turned else 0)
    evidence: dict[str, Scalar] = {"length": length, "problems": count, "measures": measures}
    if count < max(1, options.get("problems", 0)):
        return Breach(view.whole(), evidence, "short")
    return Breach(view.place(*bare[0]), evidence, "count") if measures < count else None


def _first_list(points: list[Match]) -> int:
    """How many points there are before a number comes again."""
    seen: set[str] = set()
    for index, point in enumerate(points):
        number = str(point.group())
        if number in seen:
            return index
        seen.add(number)
    return len(points)


KIND: Final = Kind(
    title="问题与措施的条数",
    about="逐条列出的问题和措施条数相当；写了 each 的，每个问题都有措施。",
    compile=compile_paired_points,
    options=options_schema(
        ("where", "turn", "point"),
        where=SCOPE,
        turn={**PATTERN, "description": "从问题转到措施的写法"},
        point={**PATTERN, "description": "每一条的开头，如 [一二三四五]是"},
        each={
            "type": "boolean",
            "description": "每个问题都要有措施：问题自己那一条里写了，或者后面另列了同样多的措施",
        },
        problems={"type": "integer", "minimum": 1, "description": "至少几个问题"},
        difference={
            "type": "integer",
            "minimum": 1,
            "description": "措施比问题少几条才算（没有写 each 时），默认 1",
        },
        at_least={**WHOLE, "description": "最少字数"},
    ),
    evidence=("length", "problems", "measures"),
    variants=("count", "short"),
    words={
        "turn": "转到措施的写法",
        "point": "每一条的开头",
        "problems": "最少几个问题",
        "difference": "少几条才算",
    },
    skeleton=r"""
title: 至少三个问题，每个有措施
check: {where: 第五部分, turn: 下一步|措施, point: '[一二三四五]是', each: true, problems: 3}
message: {short: "只写了 {problems} 个问题", count: "写了 {problems} 个问题、{measures} 条措施，每个问题都要有措施"}
examples:
  - {name: 问题和措施分开写, expect: pass, given: {text: {5: 一是更新慢；二是解读少；三是培训少。下一步一是按月检查；二是增加图解；三是加强培训。}}}
  - {name: 措施写在每个问题后面, expect: pass, given: {text: {5: 一是更新慢，下一步按月检查；二是解读少，下一步增加图解；三是培训少，下一步加强培训。}}}
  - {name: 有一个问题没有措施, expect: fail, given: {text: {5: 一是更新慢，下一步按月检查；二是解读少；三是培训少，下一步加强培训。}}, findings: [{place: 第五部分, evidence: {problems: 3, measures: 2}}]}
""",
)
