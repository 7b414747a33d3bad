"""`stated_count`: 写明的家数与清单一致."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.figures import Figures
from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.kinds.kind import Gather, Judge, Kind, Options, gathering_key
from checker.kinds.options import PATTERNS, options_schema
from checker.model.bodies import Bodies, Unit
from checker.model.document import Location
from checker.model.numerals import parse_whole
from checker.model.place import OneOrMany, Place

_NAME: Final = "stated_count"
_MOST_COUNTS: Final = 8


def compile_stated_count(options: Options, _language: Language) -> Judge:
    """Where a report says how many bodies must publish theirs, it is as many as the list has.

    A government and its office count as two; bodies with one staff, and those that report together, may count
    as one or as two.
    """
    key = gathering_key(_NAME, options)

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None:
            return
        for year in subject.reported.years:
            for unit, report in subject.reported.of_year(year):
                for stated in report.gathered.get(key, "").split():
                    yield _judged(subject.bodies, unit, report, year, int(stated))

    return judge


def gather_stated_counts(options: Options, _language: Language) -> Gather:
    """The counts that the report states, with a space between them."""

    def gather(subject: Subject) -> str:
        try:
            found = [
                parse_whole(match.group("count") or "")
                for match in subject.view("全文").matches(options["patterns"])
            ]
        except CannotJudge:
            return ""
        counts = dict.fromkeys(str(count) for count in found if count is not None)
        return " ".join(list(counts)[:_MOST_COUNTS])

    return gather


def _judged(bodies: Bodies, unit: Unit, report: Figures, year: int, stated: int) -> Judgement:
    above = next(iter(bodies.ancestors(unit)), unit)
    whole = unit if bodies.children(unit) else above
    units = [whole, *bodies.descendants(whole)]
    expected = [one for one in units if one.exempt is None]
    merged = sum(1 for one in expected if one.joint or one.same_as)
    fewest = len(expected) - merged - 1  # the body itself may not be counted among its units
    if fewest <= stated <= len(expected):
        return None
    evidence: dict[str, OneOrMany] = {
        "agency": unit.name,
        "year": year,
        "stated": stated,
        "listed": len(expected),
        "difference": stated - len(expected),
    }
    return Breach(Place(Location(path=report.path)), evidence, units=(unit.name,))


KIND: Final = Kind(
    title="写明的家数与清单一致",
    compile=compile_stated_count,
    options=options_schema(
        ("patterns",), patterns={**PATTERNS, "description": "写明家数的说法，分组 count 是家数"}
    ),
    evidence=("agency", "year", "stated", "listed", "difference"),
    looks_at=LooksAt.RUN,
    gather=gather_stated_counts,
    skeleton=r"""
title: 写明的家数与清单一致
check: {patterns: ['应公布(?:年度报告)?的?单位(?P<count>[0-9]+)家']}
message: "{agency}写明应公布 {stated} 家，清单上是 {listed} 家"
examples:
  - {name: 一致, expect: pass, given: {agency: 某县人民政府, text: {1: 全县应公布年度报告的单位2家。}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}]}}
  - {name: 不一致, expect: fail, given: {agency: 某县人民政府, text: {1: 全县应公布年度报告的单位7家。}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}]}, findings: [{evidence: {stated: 7, listed: 2}}]}
""",
)
