"""`paired_points`: 问题与措施的条数."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, SCOPE, WHOLE, options_schema
from checker.model.place import Scalar
from checker.patterns.pattern import compile_pattern


def compile_paired_points(options: Options, _language: Language) -> Judge:
    """Problems and measures, both listed point by point, are about as many; variants `count` and `short`."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        view = subject.view(options["where"])
        length = sum(len(text.squeezed.text) for text in view.texts)
        if length < options["at_least"]:
            yield Breach(view.whole(), {"length": length, "problems": 0, "measures": 0}, "short")
            return
        turn = compile_pattern(options["turn"]).search(view.text)
        if turn is None:
            raise CannotJudge(f"{options['where']}分不出问题和措施")
        point = compile_pattern(options["point"])
        problems = sum(1 for _ in point.finditer(view.text[: turn.start()]))
        measures = sum(1 for _ in point.finditer(view.text[turn.start() :]))
        evidence: dict[str, Scalar] = {"length": length, "problems": problems, "measures": measures}
        if min(problems, measures) > 1 and problems - measures >= options["difference"]:
            yield Breach(view.place(turn.start(), turn.end()), evidence, "count")
        else:
            yield None

    return judge


KIND: Final = Kind(
    title="问题与措施的条数",
    compile=compile_paired_points,
    options=options_schema(
        ("where", "turn", "point", "difference", "at_least"),
        where=SCOPE,
        turn={**PATTERN, "description": "从问题转到措施的写法"},
        point={**PATTERN, "description": "每一条的开头"},
        difference={"type": "integer", "minimum": 1},
        at_least={**WHOLE, "description": "最少字数"},
    ),
    evidence=("length", "problems", "measures"),
    variants=("count", "short"),
    skeleton=r"""
title: 问题与措施的条数大致对应
check: {where: 第五部分, turn: 下一步, point: '[一二三四五]是', difference: 2, at_least: 5}
message: "{problems} 条问题，{measures} 条措施，共 {length} 字"
examples:
  - {name: 对应, expect: pass, given: {text: {5: 一是更新慢；二是解读少。下一步一是按月检查；二是增加图解。}}}
  - {name: 少两条, expect: fail, given: {text: {5: 一是更新慢；二是解读少；三是培训少；四是互动少。下一步一是按月检查；二是增加图解。}}, findings: [{place: 第五部分, evidence: {problems: 4, measures: 2}}]}
""",
)
