"""`newest_first`: 集中展示按年倒序."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.publication.places import link_place
from checker.model.place import OneOrMany
from checker.startup.lazy_re import compile_later

_YEAR: Final = compile_later(r"(?<![0-9])20[0-9]{2}(?![0-9])")


def compile_newest_first(_options: Options, _language: Language) -> Judge:
    """The links of a unit stand by year, the newest first, with no year twice."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        publication = subject.publication
        for unit, links in publication.by_unit.items() if publication else ():
            dated = [(int(match[0]), link) for link in links if (match := _YEAR.search(link.title))]
            if len(dated) < 2:  # noqa: PLR2004  # one alone is in order
                continue
            years = [year for year, _ in dated]
            if all(one > other for one, other in itertools.pairwise(years)):
                yield None
                continue
            wrong = next(at for at in range(1, len(years)) if years[at] >= years[at - 1])
            evidence: dict[str, OneOrMany] = {"agency": unit, "years": tuple(years)}
            yield Breach(link_place(dated[wrong][1]), evidence, units=(unit,))

    return judge


KIND: Final = Kind(
    title="集中展示按年倒序",
    about="一家单位各年度的报告按年份倒着排列，没有重复的年份。",
    compile=compile_newest_first,
    options=options_schema(),
    evidence=("agency", "years"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 各年的报告按年倒序
check: {}
message: "{agency}各年的报告次序是 {years}"
examples:
  - {name: 倒序, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, title: 2024年报告}, {unit: 某县财政局, title: 2023年报告}]}}
  - {name: 正序, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, title: 2023年报告}, {unit: 某县财政局, title: 2024年报告}]}, findings: [{evidence: {years: [2023, 2024]}}]}
""",
)
