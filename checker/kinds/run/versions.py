"""`versions`: 一家单位只有一种说法."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.figures import Figures
from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.reported import same_text
from checker.judging.rules import LooksAt
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.judging.table_words import LISTED, form_cell_words
from checker.kinds.kind import Gather, Judge, Kind, Options, gathering_key
from checker.kinds.options import PATTERNS, options_schema
from checker.model.document import Location
from checker.model.forms import Address, FormTable
from checker.model.place import OneOrMany, Place, Related

_MOST_CELLS: Final = 50
_CORRECTED: Final = "corrected"
_NAME: Final = "versions"
_Cell = tuple[str, Address, FormTable]
"""A cell of a table: the key of the table, the address, and the table's definition."""


def compile_versions(options: Options, _language: Language) -> Judge:
    """Reports of one unit about one year say the same; one that says that it corrects another may differ.

    Copies in other formats, and files that say the same, are one report.
    """
    key = gathering_key(_NAME, options)

    def judge(subject: RunSubject) -> Iterator[Judgement]:
        if subject.bodies is None:
            return
        yield from _published(subject)
        for (name, year), versions in subject.reported.versions.items():
            if len(versions) == 1:
                yield None
                continue
            corrected = any(one.gathered.get(key) == _CORRECTED for one in versions)
            yield _breach(subject, name, year, versions, corrected=corrected)

    return judge


def gather_versions(options: Options, _language: Language) -> Gather:
    """Whether the report says that it corrects an earlier one."""

    def gather(subject: Subject) -> str:
        found = next(subject.view("全文").matches(options["correction"]), None)
        return "" if found is None else _CORRECTED

    return gather


def _breach(
    subject: RunSubject, name: str, year: int, versions: Sequence[Figures], *, corrected: bool
) -> Breach:
    first, *others = versions
    cells = _differing(versions)
    counts = subject.reported.reports.get((name, year))
    standing = subject.season.standing(name) if subject.season else None
    named = bool(counts and standing and standing.chosen)
    evidence: dict[str, OneOrMany] = {
        "agency": name,
        "year": year,
        "count": len(versions),
        "files": tuple(one.path for one in versions),
        "in_force": counts.path if counts else None,
        "cells": tuple(f"{key}[{', '.join(address)}]" for key, address, _ in cells),
        "text_differs": not all(same_text(first, one) for one in others),
    }
    chosen = "按落款较晚的一份计" if counts else "不知道以哪一份为准，汇总时不计这一家"
    if named:
        chosen = "台账里已写明采用其中一份"
    variant = "decided" if named else "differing"
    related = tuple(Related(Place(Location(path=one.path)), one.path) for one in others)
    return Breach(
        Place(Location(path=first.path)),
        evidence,
        "corrected" if corrected else variant,
        related,
        units=(name,),
        words={"difference": _listed(cells), "chosen": chosen},
    )


def _published(subject: RunSubject) -> Iterator[Judgement]:
    """The report on a page that was saved says the same as the one that was sent in."""
    for page, report in subject.publication.reports() if subject.publication else ():
        year = report.identity.year
        unit = subject.bodies.unit(report.identity.agency, year) if subject.bodies else None
        sent = subject.reported.reports.get((unit.name, year)) if unit and year else None
        if unit is None or year is None or sent is None:
            continue
        cells = _differing((sent, report), both=True)
        text_differs = not same_text(sent, report)
        if not (cells or text_differs):
            yield None
            continue
        evidence: dict[str, OneOrMany] = {
            "agency": unit.name,
            "year": year,
            "files": (sent.path, page.path),
            "in_force": sent.path,
            "cells": tuple(f"{key}[{', '.join(address)}]" for key, address, _ in cells),
            "text_differs": text_differs,
        }
        yield Breach(
            Place(Location(path=page.path)),
            evidence,
            "published",
            (Related(Place(Location(path=sent.path)), sent.path),),
            units=(unit.name,),
            words={"difference": _listed(cells)},
        )


def _listed(cells: Sequence[_Cell]) -> str:
    if not cells:
        return "表格相同，文字不同"
    words = [form.name + form_cell_words(form, address) for _, address, form in cells[:LISTED]]
    return f"有 {len(cells)} 格不同：{'、'.join(words)}{'等' if len(cells) > LISTED else ''}"


def _differing(versions: Sequence[Figures], *, both: bool = False) -> list[_Cell]:
    """The cells in which versions differ, in the order of the tables.

    With `both`, of tables that all of them have.
    """
    found: dict[tuple[str, Address], FormTable] = {}
    for key in dict.fromkeys(key for one in versions for key in one.tables):
        if both and any(key not in one.tables for one in versions):
            continue
        tables = [one.tables.get(key) for one in versions]
        for table in tables:
            for address in table.form.order if table else ():
                values = {other.value(address) if other else None for other in tables}
                if len(values) > 1 and table:
                    found.setdefault((key, address), table.form)
    return [(key, address, form) for (key, address), form in found.items()][:_MOST_CELLS]


KIND: Final = Kind(
    title="一家单位只有一种说法",
    about="一家单位同一年度的几份报告说得一样；写明是更正的除外。",
    compile=compile_versions,
    options=options_schema(
        ("correction",), correction={**PATTERNS, "description": "文中有这些写法之一，就是更正后的报告"}
    ),
    evidence=(
        "agency", "year", "count", "files", "in_force", "cells", "text_differs", "difference", "chosen",
    ),
    variants=("differing", "decided", "corrected", "published"),
    looks_at=LooksAt.RUN,
    gather=gather_versions,
    words={"correction": "更正的写法"},
    skeleton=r"""
title: 一家单位的几份报告说法相同
check: {correction: [更正说明]}
message: "{agency} {year} 年度有 {count} 份不同的报告：{difference}；{chosen}"
examples:
  - {name: 一份, expect: pass, given: {agency: 某县财政局, units: [{unit: 某县财政局}]}}
  - {name: 两份不同, expect: fail, given: {agency: 某县财政局, units: [{unit: 某县财政局}], others: [{agency: 某县财政局, cells: {"T3[A, natural]": 1}}]}, findings: [{evidence: {cells: ["T3[A, natural]"]}}]}
""",
)  # fmt: skip
