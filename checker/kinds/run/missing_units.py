"""`missing_units`: 单位齐全."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.reported import Reported
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.run.due import is_due
from checker.model.bodies import Unit
from checker.model.place import OneOrMany, Place


def compile_missing_units(_options: Options, _language: Language) -> Judge:
    """Every unit of the list has a report for each year that is being collected, once that is due.

    Units that are exempt, or report together with the body above them, need none. A unit that has sent in something
    else, or in a season something unreadable, is told apart from one that has sent in nothing.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None or not subject.bodies.units:
            return
        reported = subject.reported
        for year in reported.years:
            expected = [unit for unit in subject.bodies.units if not _is_excused(unit, reported, year)]
            lacking = [unit for unit in expected if (unit.name, year) not in reported.versions]
            waiting = [unit for unit in lacking if not is_due(subject, unit, year)]
            others = [unit.name for unit in lacking if _has_sent_something(subject, unit)]
            missing = [unit.name for unit in lacking if unit not in waiting and unit.name not in others]
            if missing:
                yield _breach(subject, year, expected, missing, others)
            elif waiting or others:
                yield Unjudged(_why_not(year, waiting, others))
            else:
                yield None

    return judge


def _is_excused(unit: Unit, reported: Reported, year: int) -> bool:
    """Whether a unit need not report: it is exempt, or it reports together with its other half, which is asked for it."""
    if unit.exempt is not None:
        return True
    if not unit.joint:
        return False
    partners = [*reported.bodies.ancestors(unit), *reported.bodies.children(unit)]
    return any(not partner.joint or (partner.name, year) in reported.versions for partner in partners)


def _has_sent_something(subject: RunSubject, unit: Unit) -> bool:
    """Whether something of a unit is there that is no report for the year."""
    if subject.season is None:
        return unit.name in subject.reported.other_years
    standing = subject.season.standing(unit.name)
    return standing is not None and bool(standing.submissions)


def _breach(
    subject: RunSubject, year: int, expected: list[Unit], missing: list[str], others: list[str]
) -> Breach:
    unmatched = (
        f"；另有 {subject.unmatched} 个文件读不出来，或认不出单位和年度"
        if subject.unmatched and subject.season is None
        else ""
    )
    if others:
        unmatched += f"；另有 {len(others)} 家交来的读不出，或不是这一年度的报告"
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "missing": tuple(missing),
        "count": len(missing),
        "expected": len(expected),
        "unusable": tuple(others),
    }
    return Breach(Place(), evidence, units=tuple(missing), words={"unmatched": unmatched})


def _why_not(year: int, waiting: list[Unit], others: list[str]) -> str:
    clauses = [f"{len(waiting)} 家还没有到期"] if waiting else []
    clauses += [f"{len(others)} 家交来的读不出，或不是这一年度的报告"] if others else []
    return f"{year} 年度还有" + "，".join(clauses)


KIND: Final = Kind(
    title="单位齐全",
    about="单位清单里的每一家都交来了报告。",
    compile=compile_missing_units,
    options=options_schema(),
    evidence=("year", "missing", "count", "expected", "unusable", "unmatched"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 清单里的单位都有报告
check: {}
message: "{year} 年度应有 {expected} 份报告，缺 {count} 份：{missing}{unmatched}"
examples:
  - {name: 齐全, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}]}}
  - {name: 缺一家, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}]}, findings: [{evidence: {missing: [某县民政局]}}]}
""",
)
