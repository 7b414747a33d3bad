"""`stated_count`: 写明的家数与清单一致."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.kinds.kind import Gather, Judge, Kind, Options, gathering_key
from checker.kinds.options import PATTERNS, options_schema
from checker.model.bodies import Bodies, Unit
from checker.model.document import Location
from checker.model.numerals import parse_whole
from checker.model.place import OneOrMany, Place
from checker.model.text import squeeze
from checker.patterns.engines import Match
from checker.patterns.pattern import compile_pattern
from checker.startup.records import dataclass

_NAME: Final = "stated_count"
_MOST_COUNTS: Final = 8


def compile_stated_count(options: Options, _language: Language) -> Judge:
    """Where a report, a notice or a page says how many bodies must publish theirs, it is as many as the list has.

    A government and its office count as two; bodies with one staff, and those that report together, may count
    as one or as two.
    """
    key = gathering_key(_NAME, options)
    patterns = [compile_pattern(source) for source in options["patterns"]]

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        bodies, years = subject.bodies, subject.reported.years
        if bodies is None:
            return
        for year in years:
            for unit, report in subject.reported.of_year(year):
                for stated in report.gathered.get(key, "").split():
                    said = _Said(unit.name, report.path, year, int(stated))
                    yield _judged(_family(bodies, unit), said, (unit.name,))
        for notice in subject.notices:
            text = squeeze("\n".join(notice.lines)).text
            for count in _counts(match for pattern in patterns for match in pattern.finditer(text)):
                said = _Said(f"“{_file_name(notice.path)}”", notice.path, max(years, default=None), count)
                yield _judged(bodies.units, said, ())

    return judge


def gather_stated_counts(options: Options, _language: Language) -> Gather:
    """The counts that the report states, with a space between them."""

    def gather(subject: Subject) -> str:
        return " ".join(map(str, _counts(subject.view("全文").matches(options["patterns"]))))

    return gather


def _counts(matches: Iterable[Match]) -> list[int]:
    """The counts that a text states, each once."""
    try:
        found = [parse_whole(match.group("count") or "") for match in matches]
    except CannotJudge:
        return []
    return list(dict.fromkeys(count for count in found if count is not None))[:_MOST_COUNTS]


def _file_name(path: str) -> str:
    return path.replace("!", "/").rpartition("/")[2]


def _family(bodies: Bodies, unit: Unit) -> Sequence[Unit]:
    """A unit with those below it; of a unit with none below it, all that are below the same one."""
    above = next(iter(bodies.ancestors(unit)), unit)
    whole = unit if bodies.children(unit) else above
    return [whole, *bodies.descendants(whole)]


@dataclass(frozen=True, slots=True)
class _Said:
    """A count with who states it, in which file, about which year."""

    agency: str
    path: str
    year: int | None
    count: int


def _judged(units: Sequence[Unit], said: _Said, concerned: tuple[str, ...]) -> Judgement:
    expected = [one for one in units if one.exempt is None]
    merged = sum(1 for one in expected if one.joint or one.same_as)
    fewest = len(expected) - merged - 1  # the body itself may not be counted among its units
    if fewest <= said.count <= len(expected):
        return None
    evidence: dict[str, OneOrMany] = {
        "agency": said.agency,
        "year": said.year,
        "stated": said.count,
        "listed": len(expected),
        "difference": said.count - len(expected),
    }
    return Breach(Place(Location(path=said.path)), evidence, units=concerned)


KIND: Final = Kind(
    title="写明的家数与清单一致",
    about="报告、通知或网页上写的家数与单位清单一致。",
    compile=compile_stated_count,
    options=options_schema(
        ("patterns",), patterns={**PATTERNS, "description": "写明家数的说法，分组 count 是家数"}
    ),
    evidence=("agency", "year", "stated", "listed", "difference"),
    looks_at=LooksAt.RUN,
    gather=gather_stated_counts,
    skeleton=r"""
title: 写明的家数与清单一致
check: {patterns: ['应公布(?:年度报告)?的?单位(?P<count>[0-9]+)家']}
message: "{agency}写明应公布 {stated} 家，清单上是 {listed} 家"
examples:
  - {name: 一致, expect: pass, given: {agency: 某县人民政府, text: {1: 全县应公布年度报告的单位2家。}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}]}}
  - {name: 不一致, expect: fail, given: {agency: 某县人民政府, text: {1: 全县应公布年度报告的单位7家。}, units: [{unit: 某县人民政府}, {unit: 某县财政局, parent: 某县人民政府}]}, findings: [{evidence: {stated: 7, listed: 2}}]}
""",
)
