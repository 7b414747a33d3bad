"""`link_titles`: 发布的标题和日期齐全."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.publication import PublishedLink
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import options_schema
from checker.kinds.publication.places import link_place
from checker.kinds.run.due import due_day
from checker.model.bodies import Unit
from checker.model.place import OneOrMany
from checker.startup.lazy_re import compile_later

_YEAR: Final = compile_later(r"(?<![0-9])(20[0-9]{2})(?=年|度|[^0-9]|$)")


def compile_link_titles(_options: Options, _language: Language) -> Judge:
    """The title of a link names the unit and the year; its day is neither before the signature nor after the last day."""

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        publication = subject.publication
        if publication is None or subject.bodies is None:
            return
        for link in publication.links:
            unit = subject.bodies.unit(link.unit)
            if unit is not None and (link.title or link.on or link.url):
                found: list[Judgement] = list(_faults(subject, unit, link))
                yield from found or [None]

    return judge


def _faults(subject: RunSubject, unit: Unit, link: PublishedLink) -> Iterator[Breach]:
    years = [int(match[0]) for match in _YEAR.finditer(link.title)]
    collected = subject.reported.years[-1] if subject.reported.years else None
    if not link.title:
        yield _breach(link, "untitled")
    elif not years:
        yield _breach(link, "no_year", title=link.title)
    elif collected and link is _newest(subject, link) and collected not in years:
        yield _breach(link, "other_year", title=link.title, year=collected)
    year = _year_of(subject, link, years, collected)
    if link.on is None:
        yield _breach(link, "undated", title=link.title)
    elif year is not None:
        report = subject.reported.texts.get((unit.name, year))
        due = due_day(subject, unit, year)
        if report and report.signed_on and link.on < report.signed_on:
            yield _breach(link, "before_signature", on=link.on, signed=report.signed_on)
        elif due and link.on > due:
            yield _breach(link, "late", on=link.on, due=due, days=(link.on - due).days)


def _year_of(
    subject: RunSubject, link: PublishedLink, titled: Sequence[int], collected: int | None
) -> int | None:
    """The report year by whose dates a link is judged.

    That which is collected, unless the title has another one: a link below the first is that of an earlier year, and
    so is the first one where it was published before the year that is collected was over. A title that is mistyped
    must not hide that its report is late.
    """
    if collected is None or not titled or collected in titled:
        return collected
    if link is _newest(subject, link) and link.on is not None and link.on.year > collected:
        return collected
    return max(titled)


def _newest(subject: RunSubject, link: PublishedLink) -> PublishedLink | None:
    """The first link of the unit; others are of earlier years."""
    own = subject.publication.by_unit.get(link.unit, []) if subject.publication else []
    return own[0] if own else None


def _breach(link: PublishedLink, variant: str, **details: str | int | date) -> Breach:
    evidence: dict[str, OneOrMany] = {"agency": link.unit}
    for name, value in details.items():
        evidence[name] = value.isoformat() if isinstance(value, date) else value
    return Breach(link_place(link), evidence, variant, units=(link.unit,))


KIND: Final = Kind(
    title="发布的标题和日期齐全",
    about="链接的标题写明单位和年份，发布日期不早于落款、不晚于期限。",
    compile=compile_link_titles,
    options=options_schema(),
    evidence=("agency", "title", "year", "on", "signed", "due", "days"),
    variants=("untitled", "no_year", "other_year", "undated", "before_signature", "late"),
    looks_at=LooksAt.RUN,
    skeleton=r"""
title: 发布的标题和日期齐全
check: {}
message: "{agency}发布的标题“{title}”或日期（{on}）不对"
examples:
  - {name: 齐全, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, title: 某县财政局2024年政府信息公开工作年度报告, on: "2025-01-20"}]}}
  - {name: 没有日期, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], published_links: [{unit: 某县财政局, title: 某县财政局2024年政府信息公开工作年度报告}]}, findings: [{units: [某县财政局]}]}
""",
)
