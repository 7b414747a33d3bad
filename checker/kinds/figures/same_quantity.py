"""`same_quantity`: 同一个数两处一致."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.figures.readings import AGREES, CONTRADICTS, QUANTITIES, compare, in_unit
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERN, options_schema
from checker.model.findings import NO_FIGURES
from checker.model.place import Related, Scalar
from checker.model.report import Claim
from checker.patterns.pattern import compile_pattern
from checker.understand.claims.vocabulary import UNSURE


def compile_same_quantity(options: Options, _language: Language) -> Judge:
    """The same quantity told in two places has the same number; what the tables decide is left to them.

    What stands in a point whose title `apart` matches, such as one on the website, may be a part of it.
    """
    point, apart = str(options.get("point", "")), str(options.get("apart", ""))

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
            first, second = _unlike(subject, claims, unit)
            if point and apart and second is not first:  # rarely, so that points are looked for only then
                whole = [claim for claim in claims if not _stands_apart(subject, claim, point, apart)]
                first, second = _unlike(subject, whole, unit)
            if first is None or second is None or second is first:
                yield None
                continue
            evidence: dict[str, Scalar] = {
                "title": first.title,
                "first": f"{first.number} {first.unit}".strip(),
                "second": f"{second.number} {second.unit}".strip(),
            }
            yield Breach(second.place(), evidence, related=(Related(first.place(), first.number),))

    return judge


def _unlike(subject: Subject, claims: Sequence[Claim], unit: str) -> tuple[Claim | None, Claim | None]:
    """The first claim and one that has another number, the first one again where none has."""
    if not claims:
        return None, None
    values = [in_unit(subject, claim, unit) for claim in claims]
    return claims[0], next(
        (claim for claim, value in zip(claims, values, strict=True) if value != values[0]), claims[0]
    )


def _stands_apart(subject: Subject, claim: Claim, point: str, apart: str) -> bool:
    """Whether the nearest numbered title above a claim, in its paragraph or one before, matches."""
    section = [text for text in subject.report.body() if text.section == claim.text.section]
    own = next((index for index, text in enumerate(section) if text is claim.text), 0)
    before = [claim.text.squeezed.text[: claim.start], *(text.squeezed.text for text in section[:own][::-1])]
    for words in before:
        points = list(compile_pattern(point).finditer(words))
        if points:
            return compile_pattern(apart).search(points[-1].group() or "") is not None
    return False


KIND: Final = Kind(
    title="同一个数两处一致",
    about="同一个数在两处写得一致。",
    compile=compile_same_quantity,
    options=options_schema(
        ("quantities",),
        quantities=QUANTITIES,
        point={**PATTERN, "description": "带编号的小标题，如 （四）平台建设。；写在正文里的也算"},
        apart={
            **PATTERN,
            "description": "小标题里有这种写法的，下面的数可能只是一部分，不与别处的比；要写明 point",
        },
    ),
    evidence=("title", "first", "second"),
    words={"point": "带编号的小标题", "apart": "小标题里有这种写法的不比"},
    skeleton=r"""
title: 主动公开的条数两处一致
check: {quantities: [disclosed]}
message: "{title}一处写 {first}，另一处写 {second}"
examples:
  - {name: 一致, expect: pass, given: {text: {1: 主动公开信息20条。, 5: 主动公开信息20条，仍有不足。}}}
  - {name: 不一致, expect: fail, given: {text: {1: 主动公开信息20条。, 5: 主动公开信息16条，仍有不足。}}, findings: [{place: 第五部分}]}
""",
)
