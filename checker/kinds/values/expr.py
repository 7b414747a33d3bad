"""`expr`: an expression for what no other kind says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.expression import Trail, compile_expression
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.place import Place, Related


def compile_expr(options: Options, language: Language) -> Judge:
    """`expr` is true. The items that it read are the evidence."""
    expression = compile_expression(options["expr"], language.items, language.section_count)
    at = options.get("at")

    def judge(subject: Subject) -> Iterator[Judgement]:
        trail: Trail = {}
        if expression.evaluate(subject, trail):
            yield None
            return
        read = list(trail.items())
        place = subject.view(at).whole() if at else next((p for _, (_, p) in read), Place())
        values = "，".join(f"{_words(name)}是 {value}" for name, (value, _) in read)
        yield Breach(
            place,
            {"values": values},
            related=tuple(
                Related(p, v.isoformat() if isinstance(v, date) else v)
                for _, (v, p) in read
                if p is not place
            ),
        )

    return judge


def _words(name: str) -> str:
    """An item as a reader would name it: 表三“新收”“总计” for 表三.新收.总计."""
    first, *rest = name.split(".")
    return first + "".join(f"“{part}”" for part in rest)


KIND: Final = Kind(
    title="表达式",
    compile=compile_expr,
    options=options_schema(
        ("expr",),
        expr={"type": "string", "format": "expression", "description": "为真即合格，如 表三.新收.总计 >= 0"},
        at={"type": "string", "format": "scope", "description": "不合格时指向哪里"},
    ),
    evidence=("values",),
    skeleton=r"""
title: 没有新收申请就没有办理结果
check: {expr: 表三.新收.总计 > 0 或 表三.总计.总计 = 0}
message: 表三没有新收申请，却有办理结果
examples:
  - {name: 都是 0, expect: pass, given: {}}
  - {name: 只有结果, expect: fail, given: {cells: {"T3[S, total]": 2}}, findings: [{place: "T3[R1, total]"}]}
""",
)
