"""`one_link_each`: 各家的链接通到各家的报告."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.publication import PublishedLink
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.publication.places import link_place
from checker.model.bodies import Bodies
from checker.model.place import OneOrMany


def compile_one_link_each(_options: Options, _language: Language) -> Judge:
    """No two units have the same address, unless they report together or are of one staff."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        publication = subject.publication
        if publication is None or subject.bodies is None:
            return
        by_address: dict[str, list[PublishedLink]] = {}
        for link in publication.links:
            if link.host is not None:
                by_address.setdefault(_address(link), []).append(link)
        for links in by_address.values():
            names = tuple(dict.fromkeys(link.unit for link in links))
            if len(names) == 1 or _may_share(names, subject.bodies):
                yield None
                continue
            evidence: dict[str, OneOrMany] = {"url": links[0].url, "count": len(names), "sharing": names}
            yield Breach(link_place(links[-1]), evidence, units=names)

    return judge


def _address(link: PublishedLink) -> str:
    """The address without what does not tell pages apart."""
    bare = link.url.strip().partition("#")[0]
    return bare.partition("://")[2].rstrip("/")


def _may_share(names: tuple[str, ...], bodies: Bodies) -> bool:
    units = [unit for name in names if (unit := bodies.unit(name))]
    return all(
        one is units[0]
        or bodies.are_one_staff(one, units[0])
        or ((one.joint or units[0].joint) and bodies.are_related(one, units[0]))
        for one in units
    )


KIND: Final = Kind(
    title="各家的链接各不相同",
    about="各家单位的链接互不相同。",
    compile=compile_one_link_each,
    options=options_schema(),
    evidence=("url", "count", "sharing"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 各家的链接各不相同
check: {}
message: "{count} 家的链接相同（{url}）：{sharing}"
examples:
  - {name: 不同, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}], published_links: [{unit: 某县财政局, url: "https://www.mouxian.gov.cn/1.html"}, {unit: 某县民政局, url: "https://www.mouxian.gov.cn/2.html"}]}}
  - {name: 相同, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}, {unit: 某县民政局}], published_links: [{unit: 某县财政局, url: "https://www.mouxian.gov.cn/1.html"}, {unit: 某县民政局, url: "http://www.mouxian.gov.cn/1.html"}]}, findings: [{units: [某县财政局, 某县民政局]}]}
""",
)
