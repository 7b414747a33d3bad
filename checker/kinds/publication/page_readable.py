"""`page_readable`: 网页正文可读."""

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
from checker.model.place import Place


def compile_page_readable(_options: Options, _language: Language) -> Judge:
    """Every page that was saved has a report that can be read: no scan, no letter with the report attached."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for page in subject.publication.pages if subject.publication else ():
            if page.figures is None:
                yield Breach(Place(Location(path=page.path)), {"page": page.path, "problem": page.problem})
            else:
                yield None

    return judge


KIND: Final = Kind(
    title="网页正文可读",
    about="保存下来的网页上有能读的报告正文，不是扫描件，也不是只有附件的通知。",
    compile=compile_page_readable,
    options=options_schema(),
    evidence=("page", "problem"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 网页上有读得出的报告
check: {}
message: "{page}：{problem}"
examples:
  - {name: 读得出, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{agency: 某县财政局}]}}
  - {name: 读不出, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{damaged: true}]}, findings: [{evidence: {problem: 读不出}}]}
""",
)
