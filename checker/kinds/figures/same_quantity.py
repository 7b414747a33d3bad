"""`same_quantity`: 同一个数两处一致."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.figures.readings import AGREES, CONTRADICTS, QUANTITIES, compare, in_unit
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.findings import NO_FIGURES
from checker.model.place import Related, Scalar
from checker.model.report import Claim
from checker.understand.claims.vocabulary import UNSURE


def compile_same_quantity(options: Options, _language: Language) -> Judge:
    """The same quantity told in two places has the same number; what the tables decide is left to them."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        vocabulary = subject.language.claim_vocabulary
        stated: dict[tuple[str, ...], list[Claim]] = {}
        for claim in subject.claims:
            if (
                claim.confidence != UNSURE
                and not claim.part
                and set(claim.quantities) <= set(options["quantities"])
            ):
                stated.setdefault(claim.quantities, []).append(claim)
        if not stated:
            raise CannotJudge(NO_FIGURES)
        for quantities, claims in stated.items():
            states = {compare(subject, claim).state for claim in claims}
            if states & {AGREES, CONTRADICTS}:
                yield None
                continue
            unit = vocabulary.quantities[quantities[0]].unit
            values = [in_unit(subject, claim, unit) for claim in claims]
            other = next((index for index, value in enumerate(values) if value != values[0]), None)
            if other is None:
                yield None
                continue
            first, second = claims[0], claims[other]
            evidence: dict[str, Scalar] = {
                "title": first.title,
                "first": f"{first.number} {first.unit}".strip(),
                "second": f"{second.number} {second.unit}".strip(),
            }
            yield Breach(second.place(), evidence, related=(Related(first.place(), first.number),))

    return judge


KIND: Final = Kind(
    title="同一个数两处一致",
    about="同一个数在两处写得一致。",
    compile=compile_same_quantity,
    options=options_schema(("quantities",), quantities=QUANTITIES),
    evidence=("title", "first", "second"),
    skeleton=r"""
title: 主动公开的条数两处一致
check: {quantities: [disclosed]}
message: "{title}一处写 {first}，另一处写 {second}"
examples:
  - {name: 一致, expect: pass, given: {text: {1: 主动公开信息20条。, 5: 主动公开信息20条，仍有不足。}}}
  - {name: 不一致, expect: fail, given: {text: {1: 主动公开信息20条。, 5: 主动公开信息16条，仍有不足。}}, findings: [{place: 第五部分}]}
""",
)
