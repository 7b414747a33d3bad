"""`expr`: an expression for what no other kind says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.expression import compile_expression
from checker.judging.language.language import Language
from checker.judging.language.readable import Trail
from checker.judging.language.values_read import own_places, values_read
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.values.words import as_scalar
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
        place = subject.view(at).whole() if at else next(iter(own_places(trail)), Place())
        yield Breach(
            place,
            {"values": values_read(trail, language.cell_name)},
            related=tuple(Related(p, as_scalar(v)) for v, p in trail.values() if p is not place),
        )

    return judge


KIND: Final = Kind(
    title="表达式",
    about="表达式为真；别的种类说不了的用它。",
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
