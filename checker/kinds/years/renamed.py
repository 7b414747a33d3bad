"""`renamed`: 更名有说明."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, SCOPE, options_schema
from checker.kinds.years.last_year import years_of
from checker.model.place import Scalar
from checker.model.text import label_key


def compile_renamed(options: Options, _language: Language) -> Judge:
    """A body that reported under another name last year says so in its text."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        old, new = years.previous.identity.agency or "", years.own.identity.agency or ""
        if years.bodies.is_one_name(old, new):
            yield None
            return
        view = subject.view(options["where"])
        announced = (
            label_key(old) in label_key(view.text)
            or next(view.matches(options["patterns"]), None) is not None
        )
        evidence: dict[str, Scalar] = {"old": old, "new": new, "last_year": years.previous.identity.year}
        yield None if announced else Breach(view.whole(), evidence)

    return judge


KIND: Final = Kind(
    title="更名有说明",
    about="名称与上年不同的单位，文中说明了更名。",
    compile=compile_renamed,
    options=options_schema(("where", "patterns"), where=SCOPE, patterns=PATTERNS),
    evidence=("old", "new", "last_year"),
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 单位更名在文中有说明
check: {where: 全文, patterns: [更名]}
message: 上年的报告单位是“{old}”，本年是“{new}”，文中没有说明
examples:
  - {name: 没有更名, expect: pass, given: {agency: 某县林业局, previous: {agency: 某县林业局}}}
  - {name: 没有说明, expect: fail, given: {agency: 某县林业局, previous: {agency: 某县园林局}}, findings: [{evidence: {old: 某县园林局, new: 某县林业局}}]}
""",
)
