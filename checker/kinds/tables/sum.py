"""`sum`: 合计."""

from __future__ import annotations

from typing import Final

from checker.judging.language.language import Language
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, choice, options_schema
from checker.kinds.tables.lines import SUM_EVIDENCE, judge_sums


def compile_sum(options: Options, _language: Language) -> Judge:
    """Every line that the form marks as a total equals the sum of its parts; see `judge_sums`."""
    table, axis = options["table"], "columns" if options["direction"] == "across" else "rows"
    return lambda subject: judge_sums(subject, table, axis)


KIND: Final = Kind(
    title="合计",
    about="格式里标明是合计的格子等于各项之和。",
    compile=compile_sum,
    options=options_schema(
        ("table", "direction"),
        table=TABLE,
        direction=choice("哪个方向的合计", {"across": "每行的合计列", "down": "每列的合计行"}),
    ),
    evidence=SUM_EVIDENCE,
    about_sums=True,
    skeleton=r"""
title: 表四每组总计等于各项之和
check: {table: T4, direction: across}
message: 表四{line}加起来不等于总计：{formula}
examples:
  - {name: 相等, expect: pass, given: {cells: {"T4[review, upheld]": 1, "T4[review, total]": 1}}}
  - {name: 多一件, expect: fail, given: {cells: {"T4[review, upheld]": 1, "T4[review, total]": 2}}, findings: [{place: "T4[review, total]", evidence: {left: 1, right: 2, difference: -1}}]}
""",
)
