"""`exceptions`: 例外清单."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import choice, options_schema


def compile_exceptions(options: Options, _language: Language) -> Judge:
    """Each entry of the exceptions file is not in the state that `of` names."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for entry in subject.accepted:
            yield Breach(entry.place, entry.evidence, entry.variant) if entry.state == options["of"] else None

    return judge


KIND: Final = Kind(
    title="例外清单",
    about="例外清单里没有过期、用不上或写错的条目。",
    compile=compile_exceptions,
    options=options_schema(
        ("of",),
        of=choice(
            "查哪一种条目",
            {"expired": "过了期限的", "unused": "没有对上任何问题的", "malformed": "写法不对的"},
        ),
    ),
    evidence=("rule", "report", "spot", "reason", "owner", "until", "count", "fault"),
    variants=("no_report",),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 例外没有过期
check: {of: expired}
message: "{report} {rule}（{spot}）的例外已于 {until} 到期"
examples:
  - {name: 没有到期, expect: pass, given: {today: "2025-03-01", cells: {"T3[R1, total]": 2}, exceptions: [{rule: T3-02, agency: 某县某局, year: 2024, place: "T3[R1, total]", value: 2, reason: 口径不同, until: "2025-03-31"}]}}
  - {name: 到期了, expect: fail, given: {today: "2025-04-01", cells: {"T3[R1, total]": 2}, exceptions: [{rule: T3-02, agency: 某县某局, year: 2024, place: "T3[R1, total]", value: 2, reason: 口径不同, until: "2025-03-31"}]}, findings: [{message: 到期}]}
""",
)
