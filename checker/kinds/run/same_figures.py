"""`same_figures`: 各单位的表不相同."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.figures import Figures
from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.reported import OWN_FIGURES
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, choice, options_schema
from checker.model.bodies import Bodies, Unit
from checker.model.place import OneOrMany, Place, Related, Scalar

_Values = tuple[tuple[str, tuple[Scalar, ...]], ...]


def compile_same_figures(options: Options, _language: Language) -> Judge:
    """No units have the same figures in all of the tables, unless these say next to nothing.

    `among: strangers` looks at units that have nothing to do with each other, `among: government_and_office` at
    a government and its office, whose reports cover different bodies unless the government's gives only its own
    figures.
    """

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None:
            return
        for year in subject.reported.years:
            alike: dict[_Values, list[tuple[Unit, Figures]]] = {}
            for unit, report in subject.reported.of_year(year):
                values = _values(report, options)
                if values is not None:
                    alike.setdefault(values, []).append((unit, report))
            if not alike:
                continue
            found = [group for same in alike.values() for group in _groups(subject, same, options)]
            yield from (_breach(year, group, options) for group in found)
            if not found:
                yield None

    return judge


def _values(report: Figures, options: Options) -> _Values | None:
    """The figures of the tables, None if one is not there or they say too little to be compared."""
    if any(table not in report.tables for table in options["tables"]):
        return None
    said = 0
    for key in options["tables"]:
        table = report.tables[key]
        totals = {one.total for one in table.form.sums}
        said += sum(
            int(value)
            for (row, column), value in zip(table.form.order, table.values, strict=True)
            if value and row not in totals and column not in totals
        )
    if said < options["at_least"]:
        return None
    return tuple((key, report.tables[key].values) for key in options["tables"])


def _groups(
    subject: RunSubject, same: list[tuple[Unit, Figures]], options: Options
) -> Iterator[list[tuple[Unit, Figures]]]:
    """The units among some with equal figures that should not have them."""
    bodies = subject.bodies or Bodies()
    if options["among"] == "government_and_office":
        for whole in same:
            for office in same if whole[1].coverage != OWN_FIGURES else ():
                if _are_government_and_office(subject, whole[0], office[0]):
                    yield [whole, office]
        return
    own = [
        one
        for one in same
        if any(not bodies.are_related(one[0], other[0]) for other in same if other is not one)
    ]
    if own:
        yield own


def _are_government_and_office(subject: RunSubject, whole: Unit, office: Unit) -> bool:
    """Whether two units are a government and its own office, which do not report together."""
    bodies = subject.bodies or Bodies()
    return (
        subject.level(whole) == "government"
        and subject.level(office) == "office"
        and not (whole.joint or office.joint)
        and any(child.name == office.name for child in bodies.children(whole))
    )


def _breach(year: int, group: list[tuple[Unit, Figures]], options: Options) -> Breach:
    names = tuple(unit.name for unit, _ in group)
    first = group[0][1].tables[options["tables"][0]]
    evidence: dict[str, OneOrMany] = {
        "year": year,
        "count": len(group),
        "alike": names,
        "tables": tuple(
            report.form.name for report in (group[0][1].tables[key] for key in options["tables"])
        ),
    }
    places = [report.place(first.form.key, None, None) for _, report in group]
    related = tuple(Related(place, name) for place, name in zip(places, names, strict=True))
    return Breach(places[0] if places else Place(), evidence, related=related[1:], units=names)


KIND: Final = Kind(
    title="各单位的表不相同",
    about="没有两家单位的这几张表填得完全相同。",
    compile=compile_same_figures,
    options=options_schema(
        ("tables", "among", "at_least"),
        tables={"type": "array", "minItems": 1, "items": TABLE, "description": "比哪几张表，全部相同才算"},
        among=choice(
            "比哪些单位", {"strangers": "互不相干的单位", "government_and_office": "政府和它的办公室"}
        ),
        at_least={
            "type": "integer",
            "minimum": 1,
            "description": "表里的数（合计不计）加起来少于这个数就不比",
        },
    ),
    evidence=("year", "count", "alike", "tables"),
    looks_at=LooksAt.RUN,
    words={"among": "比哪些单位"},
    skeleton=r"""
title: 表三不与别的单位相同
check: {tables: [T3], among: strangers, at_least: 5}
message: "{year} 年度 {count} 家的{tables}完全相同：{alike}"
examples:
  - {name: 不同, expect: pass, given: {agency: 某县财政局, cells: {"T3[A, natural]": 7}, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局, cells: {"T3[A, natural]": 6}}]}}
  - {name: 相同, expect: fail, given: {agency: 某县财政局, cells: {"T3[A, natural]": 7}, units: [{unit: 某县财政局}, {unit: 某县民政局}], others: [{agency: 某县民政局, cells: {"T3[A, natural]": 7}}]}, findings: [{evidence: {count: 2}}]}
""",
)
