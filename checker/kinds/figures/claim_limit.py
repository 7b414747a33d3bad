"""`claim_limit`: 正文的数不超过表格."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.figures.readings import QUANTITIES, ClaimReading, cell_sum, in_unit, reading_words
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.findings import NO_FIGURES
from checker.model.place import Related, Scalar
from checker.understand.claims.vocabulary import UNSURE


def compile_claim_limit(options: Options, _language: Language) -> Judge:
    """A figure in the text does not exceed the cells that include it."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        vocabulary = subject.language.claim_vocabulary
        claims = [
            claim
            for claim in subject.claims
            if claim.confidence != UNSURE and claim.quantities[0] in options["quantities"]
        ]
        if not claims:
            raise CannotJudge(NO_FIGURES)
        for claim in claims:
            quantity = vocabulary.quantities[claim.quantities[0]]
            if not claim.number:
                yield None
                continue
            number = in_unit(subject, claim, quantity.unit)
            for cells in quantity.at_most:
                value = cell_sum(subject, cells)
                if isinstance(value, str):
                    yield Unjudged(value)
                elif value is None:
                    yield Unjudged("格式里没有对应的格子")
                elif number > value:
                    related = [
                        Related(subject.report.tables[key].place(row, column), value)
                        for key, row, column in cells
                    ]
                    evidence: dict[str, Scalar] = {
                        "title": claim.title,
                        "told": f"{claim.number} {claim.unit}".strip(),
                        "cells": reading_words(subject, ClaimReading(cells, value)),
                    }
                    yield Breach(claim.place(), evidence, related=tuple(related))
                else:
                    yield None

    return judge


KIND: Final = Kind(
    title="正文的数不超过表格",
    about="正文写的数不大于包含它的格子。",
    compile=compile_claim_limit,
    options=options_schema(("quantities",), quantities=QUANTITIES),
    evidence=("title", "told", "cells"),
    skeleton=r"""
title: 信息处理费不超过行政事业性收费
check: {quantities: [info_fee]}
message: 正文写{title} {told}，超过了{cells}
examples:
  - {name: 包含在内, expect: pass, given: {text: {6: 收取信息处理费400元。}, cells: {"T2[fees, amount]": "0.04"}}}
  - {name: 表里是 0, expect: fail, given: {text: {6: 收取信息处理费400元。}}, findings: [{place: 第六部分}]}
""",
)
