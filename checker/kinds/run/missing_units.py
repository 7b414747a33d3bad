"""`missing_units`: 单位齐全."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.run.reported import reported_units
from checker.model.place import Place, Scalar


def compile_missing_units(_options: Options, _language: Language) -> Judge:
    """Every unit of the list has a report for each year that is being collected.

    A year counts if at least half of the units have reported, or if it is the one most have.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None or not subject.bodies.units:
            return
        units = subject.bodies.units
        reports = reported_units(subject.reports, subject.bodies).reports
        counts = Counter(year for _, year in reports)
        most = max(counts.values(), default=0)
        for year in sorted(counts):
            if counts[year] < most and 2 * counts[year] < len(units):
                continue
            missing = [unit.name for unit in units if (unit.name, year) not in reports]
            if not missing:
                yield None
                continue
            unmatched = (
                f"；另有 {subject.unmatched} 个文件读不出来，或认不出单位和年度" if subject.unmatched else ""
            )
            evidence: dict[str, Scalar] = {
                "year": year,
                "missing": "、".join(missing),
                "count": len(missing),
                "expected": len(units),
                "unmatched": unmatched,
            }
            yield Breach(Place(), evidence)

    return judge


KIND: Final = Kind(
    title="单位齐全",
    compile=compile_missing_units,
    options=options_schema(),
    evidence=("year", "missing", "count", "expected", "unmatched"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 清单里的单位都有报告
check: {}
message: "{year} 年度应有 {expected} 份报告，缺 {count} 份：{missing}{unmatched}"
examples:
  - {name: 齐全, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}]}}
  - {name: 缺一家, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}]}, findings: [{evidence: {missing: 某县民政局}}]}
""",
)
