"""`unlisted`: 报告的单位都在清单里."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TEXT_LIST, options_schema
from checker.model.document import Location
from checker.model.place import OneOrMany, Place
from checker.understand.listed_names import ListedNames
from checker.understand.own_names import OwnNameRules

_MOST_UNLISTED: Final = 200
"""Each is compared with every name of the list; more of them mean that it is the wrong list."""


def compile_unlisted(options: Options, _language: Language) -> Judge:
    """Every report is of a body that the list has.

    Bodies of the levels in `elsewhere` may be on the list of another office.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None or not subject.bodies.units:
            return
        unmatched = _unmatched(subject, options)
        if not unmatched:
            yield None
            return
        names = ListedNames(subject.bodies, subject.own_names or OwnNameRules())
        known = {one.agency: one.nearest for one in subject.season.unmatched} if subject.season else {}
        for agency, files in list(unmatched.items())[:_MOST_UNLISTED]:
            near = known[agency] if agency in known else names.nearest(agency)
            evidence: dict[str, OneOrMany] = {"agency": agency, "files": tuple(files), "nearest": near}
            hint = f"，名称相近的是{'、'.join(near)}" if near else ""
            yield Breach(Place(Location(path=files[0])), evidence, words={"near": hint})

    return judge


def _unmatched(subject: RunSubject, options: Options) -> dict[str, list[str]]:
    """Paths of the reports of bodies that the list does not have, by the name in them."""
    elsewhere = options.get("elsewhere", ())
    found: dict[str, list[str]] = {}
    if subject.season is not None:
        for candidate in subject.season.unmatched:
            level = subject.names.level(candidate.agency) if subject.names and candidate.agency else None
            if candidate.agency and level not in elsewhere:
                found.setdefault(candidate.agency, []).append(candidate.path)
        return found
    for report in subject.reported.unmatched:
        if report.identity.agency and report.identity.level not in elsewhere:
            found.setdefault(report.identity.agency, []).append(report.path)
    return found


KIND: Final = Kind(
    title="报告的单位都在清单里",
    about="交来报告的单位都在单位清单里。",
    compile=compile_unlisted,
    options=options_schema(
        (), elsewhere={**TEXT_LIST, "description": "这些机关类别（代号）可能报给别处，不在清单里不提"}
    ),
    evidence=("agency", "files", "nearest", "near"),
    looks_at=LooksAt.RUN,
    words={"elsewhere": "可能报给别处的机关类别"},
    skeleton=r"""
title: 报告的单位都在清单里
check: {}
message: "清单里没有“{agency}”{near}"
examples:
  - {name: 都在, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}]}}
  - {name: 少一个字, expect: fail, given: {agency: 某县才政局, units: [{unit: 某县财政局}]}, findings: [{evidence: {nearest: [某县财政局]}}]}
""",
)
