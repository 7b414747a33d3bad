"""`page_tables`: 网页上的表格是真表格."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.model.document import Location
from checker.model.place import OneOrMany, Place


def compile_page_tables(_options: Options, _language: Language) -> Judge:
    """The report on a page that was saved has its tables, as tables and not as pictures."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for page, report in subject.publication.reports() if subject.publication else ():
            if not page.lacking:
                yield None
                continue
            agency = report.identity.agency
            unit = subject.bodies.unit(agency, report.identity.year) if subject.bodies else None
            evidence: dict[str, OneOrMany] = {"agency": agency, "lacking": page.lacking}
            yield Breach(Place(Location(path=page.path)), evidence, units=(unit.name,) if unit else ())

    return judge


KIND: Final = Kind(
    title="网页上的表格是真表格",
    about="保存下来的网页上各张表齐全，是真正的表格，不是图片。",
    compile=compile_page_tables,
    options=options_schema(),
    evidence=("agency", "lacking"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 网页上的表格是真表格
check: {}
message: "{agency}的网页上没有读到{lacking}"
examples:
  - {name: 有表, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{agency: 某县财政局}]}}
  - {name: 没有表三, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{agency: 某县财政局, without: [T3]}]}, findings: [{evidence: {lacking: [表三]}}]}
""",
)
