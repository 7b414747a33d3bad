"""`link_addresses`: 链接写得对."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.publication.places import link_place
from checker.model.place import Place


def compile_link_addresses(_options: Options, _language: Language) -> Judge:
    """Every unit that has reported has a link, which is an address of the web, on the site that most links are on."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        publication = subject.publication
        if publication is None or subject.bodies is None or not publication.links:
            return
        without = tuple(
            unit.name
            for unit in subject.bodies.units
            if unit.exempt is None
            and not unit.joint
            and not any(link.url.strip() for link in publication.by_unit.get(unit.name, ()))
        )
        if without:
            yield Breach(Place(), {"count": len(without), "without": without}, "missing", units=without)
        hosts = Counter(link.host for link in publication.links if link.host)
        (usual, count), *_ = hosts.most_common(1) or [("", 0)]
        for link in publication.links:
            if not link.url.strip():
                continue
            if link.host is None:
                yield Breach(
                    link_place(link), {"agency": link.unit, "url": link.url}, "malformed", units=(link.unit,)
                )
            elif link.host != usual and 2 * count > len(publication.links):
                evidence = {"agency": link.unit, "url": link.url, "usual": usual}
                yield Breach(link_place(link), evidence, "elsewhere", units=(link.unit,))
            else:
                yield None

    return judge


KIND: Final = Kind(
    title="链接写得对",
    about="交了报告的单位都有链接，链接是网址，与多数单位的链接在同一个网站。",
    compile=compile_link_addresses,
    options=options_schema(),
    evidence=("count", "without", "agency", "url", "usual"),
    variants=("missing", "malformed", "elsewhere"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 每家都有写得对的链接
check: {}
message: "{agency}的链接不对：{url}{without}"
examples:
  - {name: 对, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, url: "https://www.mouxian.gov.cn/a.html"}]}}
  - {name: 不是网址, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, url: 见附件}]}, findings: [{units: [某县财政局]}]}
""",
)
