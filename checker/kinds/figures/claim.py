"""`claim`: 正文的数与表格."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.judgement import Agreed, Breach, CannotJudge, Judgement, Unjudged, Witness
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.figures.readings import (
    AGREES,
    CONTRADICTS,
    QUANTITIES,
    TOLERATED,
    UNKNOWN,
    ClaimComparison,
    compare,
    reading_words,
)
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.findings import NO_FIGURES
from checker.model.forms import Form
from checker.model.place import Related, Scalar
from checker.model.report import Claim
from checker.understand.claims.vocabulary import CERTAIN, LIKELY, UNSURE


def compile_claim(options: Options, _language: Language) -> Judge:
    """Every figure of these quantities that the text tells agrees with the tables.

    A sum of several quantities is judged with the first of them. Figures that contradict the same cells make
    one breach. Variants: `certain`; `likely`, where scope or
    wording leave a doubt; `other_reading`, where the number fits cells that the wording does not mean.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        wanted = set(options["quantities"])
        claims = [
            claim
            for claim in subject.claims
            if claim.quantities[0] in wanted and _in_sections(claim, options)
        ]
        if not claims:
            raise CannotJudge(NO_FIGURES)
        compared = [(claim, compare(subject, claim)) for claim in claims]
        agreed = {claim.quantities for claim, comparison in compared if comparison.state == AGREES}
        groups: dict[tuple[str, ...], list[tuple[Claim, ClaimComparison]]] = {}
        for claim, comparison in compared:
            if comparison.state == AGREES:
                yield _agreement(claim, comparison)
            elif comparison.state == UNKNOWN:
                yield Unjudged(comparison.reason or "格式里没有对应的格子")
            elif comparison.state == CONTRADICTS and claim.confidence == UNSURE:
                yield Unjudged(f"“{_short(claim)}”{claim.reason}，没有拿来比对")
            else:
                groups.setdefault(claim.quantities, []).append((claim, comparison))
        for quantities, group in groups.items():
            yield _breach(subject, group, doubtful=quantities in agreed)

    return judge


def _in_sections(claim: Claim, options: Options) -> bool:
    section = claim.text.section
    return section in options.get("sections", (section,)) and section not in options.get(
        "except_sections", ()
    )


def _agreement(claim: Claim, comparison: ClaimComparison) -> Judgement:
    """One cell that a certain figure agrees with bears witness to it."""
    only = comparison.readings[0] if len(comparison.readings) == 1 else None
    if only and len(only.cells) == 1 and claim.confidence == CERTAIN and claim.number == only.value:
        return Agreed(Witness(only.cells[0], claim.number))
    return None


def _breach(subject: Subject, group: Sequence[tuple[Claim, ClaimComparison]], *, doubtful: bool) -> Breach:
    group = sorted(group, key=lambda one: one[1].state != CONTRADICTS)
    claim, comparison = group[0]
    if comparison.state == TOLERATED:
        variant = "other_reading"
    elif doubtful or comparison.weak or claim.confidence != CERTAIN:
        variant = LIKELY
    else:
        variant = CERTAIN
    cells = dict.fromkeys(cell for reading in comparison.readings for cell in reading.cells)
    related = [
        Related(table.place(row, column), table.cell(row, column).value)
        for key, row, column in cells
        if (table := subject.report.tables.get(key))
    ]
    related += [Related(other.place(), other.number) for other, _ in group[1:]]
    only = comparison.readings[0] if len(comparison.readings) == 1 else None
    witness = Witness(only.cells[0], claim.number) if only and len(only.cells) == 1 else None
    evidence: dict[str, Scalar] = {
        "title": claim.title,
        "told": f"“{_short(claim)}”" if claim.denied else f"{claim.number} {claim.unit}".strip(),
        "number": claim.number,
        "expected": comparison.readings[0].value,
        "cells": "，".join(reading_words(subject, reading) for reading in comparison.readings),
        "doubt": claim.reason or "",
        "count": len(group),
    }
    said = f"为 0（{evidence['told']}）" if claim.denied else f" {evidence['told']}"
    return Breach(claim.place(), evidence, variant, tuple(related), witness=witness, words={"said": said})


def _short(claim: Claim, length: int = 30) -> str:
    first, last = claim.sentence
    if claim.denied:
        words = claim.text.squeezed.text[claim.start : claim.end]
    else:
        words = claim.text.squeezed.text[
            max(first, claim.start - 14) : min(last, claim.end + len(claim.unit))
        ]
    return words if len(words) <= length else words[: length - 1] + "…"


def _check_claim(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "sections" in options and "except_sections" in options:
        yield "sections 与 except_sections 只能写一个"


SECTIONS: Final = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "integer", "minimum": 0},
    "description": "只看这些部分，0 为开头",
}


KIND: Final = Kind(
    title="正文的数与表格",
    about="正文写的数与表格里的数一致。",
    compile=compile_claim,
    options=options_schema(
        ("quantities",),
        quantities=QUANTITIES,
        sections=SECTIONS,
        except_sections={**SECTIONS, "description": "不看这些部分"},
    ),
    evidence=("title", "told", "number", "expected", "cells", "doubt", "count", "said"),
    variants=("certain", "likely", "other_reading"),
    check=_check_claim,
    words={"sections": "只看的部分", "except_sections": "除外的部分"},
    skeleton=r"""
title: 正文的新收数与表三一致
check: {quantities: [received]}
message: 正文写{title}{said}，与表格不符：{cells}
examples:
  - {name: 一致, expect: pass, given: {text: {1: 本年新收政府信息公开申请3件。}, cells: {"T3[R1, total]": 3}}}
  - {name: 不一致, expect: fail, given: {text: {1: 本年新收政府信息公开申请3件。}, cells: {"T3[R1, total]": 4}}, findings: [{place: 第一部分, evidence: {number: 3, expected: 4}}]}
""",
)
