"""`coincidence`: 不同口径的数恰好相同."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.figures.readings import AGREES, QUANTITIES, compare, reading_words
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.findings import NO_FIGURES
from checker.model.place import Scalar


def compile_coincidence(options: Options, _language: Language) -> Judge:
    """A figure in the text that counts something else is not the very number of the table."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        claims = [
            claim for claim in subject.claims if claim.quantities[0] in options["quantities"] and claim.number
        ]
        if not claims:
            raise CannotJudge(NO_FIGURES)
        for claim in claims:
            compared = compare(subject, claim)
            if compared.state == AGREES:
                reading = compared.readings[0]
                evidence: dict[str, Scalar] = {
                    "title": claim.title,
                    "told": f"{claim.number} {claim.unit}".strip(),
                    "cells": reading_words(subject, reading),
                }
                yield Breach(claim.place(), evidence)
            else:
                yield None

    return judge


KIND: Final = Kind(
    title="不同口径的数恰好相同",
    about="正文里口径不同的数，没有恰好就是表格里的那个数。",
    compile=compile_coincidence,
    options=options_schema(("quantities",), quantities=QUANTITIES),
    evidence=("title", "told", "cells"),
    skeleton=r"""
title: 公开的许可信息数不是许可决定数
check: {quantities: [published_licences]}
message: 正文写{title} {told}，与{cells} 相同
examples:
  - {name: 不相同, expect: pass, given: {text: {1: 公开行政许可信息7条。}, cells: {"T2[licensing, decisions]": 9}}}
  - {name: 相同, expect: fail, given: {text: {1: 公开行政许可信息9条。}, cells: {"T2[licensing, decisions]": 9}}, findings: [{place: 第一部分}]}
""",
)
