"""`silent_rows`: 汇总里有数的行，所属单位也有."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema
from checker.kinds.run.parts import Comparison, comparisons
from checker.model.place import OneOrMany


def compile_silent_rows(options: Options, _language: Language) -> Judge:
    """No row of a report that covers several units has figures where all of them have none."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for found in comparisons(subject, {"table": options["table"], "relation": "at_least"}):
            yield _judged(found)

    return judge


def _judged(found: Comparison) -> Judgement:
    if found.is_bound:
        return Unjudged("还有单位没有数，不知道是不是都为 0")
    totals = {one.total for one in found.form.sums if one.axis == "rows"}
    silent = [
        row
        for row in dict.fromkeys(row for row, _ in found.gaps)
        if row not in totals
        and any(found.whole.value(found.table, cell) for cell in found.gaps if cell[0] == row)
        and not any(found.sum_of(cell) for cell in found.gaps if cell[0] == row)
    ]
    if not silent:
        return None
    evidence: dict[str, OneOrMany] = {
        "agency": found.whole.identity.agency,
        "year": found.year,
        "table": found.form.name,
        "count": len(found.parts),
        "rows": tuple(silent),
    }
    labels = "、".join(f"“{found.form.short_row_label(row)}”" for row in silent)
    place = found.whole.place(found.table, silent[0] if len(silent) == 1 else None, None)
    return Breach(place, evidence, units=(found.unit,), words={"labels": labels})


KIND: Final = Kind(
    title="汇总里有数的行所属单位也有",
    about="汇总报告里有数的行，所属单位中至少有一家也有数。",
    compile=compile_silent_rows,
    options=options_schema(("table",), table=TABLE),
    evidence=("agency", "year", "table", "count", "rows", "labels"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 汇总的表四有数的行，所属单位也有
check: {table: T4}
message: "{year} 年度{agency}的{table}里{labels}有数，{count} 个所属单位都是 0"
examples:
  - {name: 单位也有, expect: pass, given: {agency: 某县人民政府, cells: {"T4[review, upheld]": 1}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局, cells: {"T4[review, upheld]": 1}}]}}
  - {name: 单位都是零, expect: fail, given: {agency: 某县人民政府, cells: {"T4[review, upheld]": 1}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}], others: [{agency: 某县财政局}]}, findings: [{evidence: {rows: [review]}}]}
""",
)
