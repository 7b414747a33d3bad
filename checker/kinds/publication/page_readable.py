"""`page_readable`: 网页正文可读."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.publication import PublishedPage
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import PATTERNS, options_schema
from checker.model.document import Location
from checker.model.place import Place
from checker.model.text import squeeze
from checker.patterns.pattern import compile_pattern

_FEWEST: Final = 3
"""A page that names so many different reports is a list of them; a page with one attached names one or two."""


def compile_page_readable(options: Options, _language: Language) -> Judge:
    """Every page that was saved has a report that can be read: no scan, no letter with the report attached.

    A page that lists reports is none of these and has none itself.
    """
    titles = [compile_pattern(source) for source in options["titles"]]

    def is_list(page: PublishedPage) -> bool:
        found = (pattern.finditer(squeeze(line).text) for line in page.lines for pattern in titles)
        names = {match.group("name") for matches in found for match in matches}
        return len(names) >= _FEWEST

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        for page in subject.publication.pages if subject.publication else ():
            if page.figures is None and is_list(page):
                continue
            if page.figures is None:
                yield Breach(Place(Location(path=page.path)), {"page": page.path, "problem": page.problem})
            else:
                yield None

    return judge


KIND: Final = Kind(
    title="网页正文可读",
    about="保存下来的网页上有能读的报告正文，不是扫描件，也不是只有附件的通知。",
    compile=compile_page_readable,
    options=options_schema(
        ("titles",),
        titles={**PATTERNS, "description": "报告的标题，分组 name 是哪一份；一页有三份以上不同的，是目录页"},
    ),
    evidence=("page", "problem"),
    looks_at=LooksAt.RUN,
    words={"titles": "报告的标题"},
    skeleton=r"""
title: 网页上有读得出的报告
check: {titles: ['(?P<name>\p{Han}{2,20}20[0-9]{2}年)度?报告']}
message: "{page}：{problem}"
examples:
  - {name: 读得出, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{agency: 某县财政局}]}}
  - {name: 读不出, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_pages: [{damaged: true}]}, findings: [{evidence: {problem: 读不出}}]}
""",
)
