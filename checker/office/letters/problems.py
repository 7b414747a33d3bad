"""The table of problems in a letter: a row a cause, what must be mended before what should be looked into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from checker.model.findings import Finding, ReportResult, RuleInfo, Severity
from checker.model.season import Season
from checker.startup.records import dataclass
from checker.writers.shared.outcomes import LocatedFinding, advice
from checker.writers.shared.places import cell_words

MUST: Final = "必须改正"
SHOULD: Final = "请核实"
_MOST_PLACES: Final = 6
"""Places of one cause that are listed; the annotated copy has them all."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of the table.

    Attributes:
        demand: `MUST` or `SHOULD`.
        places: where it is.
        what: what is wrong.
        how: what to do.
        basis: what that rests on.
        count: how many findings it stands for.
    """

    demand: str
    places: str
    what: str
    how: str
    basis: str
    count: int


def problems_of(
    result: ReportResult, rules: Mapping[str, RuleInfo], shown: Callable[[str], str], file: str = ""
) -> list[ProblemRow]:
    """The errors and warnings of a report that can be mended, those of one cause in one row.

    Findings of one rule have one cause, and so have those of one group of rules that point at the same paragraph.

    Args:
        result: the report as checked.
        rules: what is known of the rules; what those about lateness found is left out, no new version mends it.
        shown: makes a text fit to be shown to the unit.
        file: the name of the file, where a letter speaks of several; empty if there is one.
    """
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in result.findings:
        info = rules.get(finding.rule)
        if finding.severity is not Severity.INFO and not (info and info.about_lateness):
            causes.setdefault(_cause(finding), []).append(finding)
    rows = [_row(findings, result, shown, file) for findings in causes.values()]
    return sorted(rows, key=lambda one: one.demand != MUST)


def shared_problems(season: Season, unit: str, shown: Callable[[str], str]) -> list[ProblemRow]:
    """What was found when reports were laid side by side, as far as it points into a unit's own report.

    The message of a finding about several units names them all: the letter says only that there are others. All of it
    is to be looked into: nobody but the unit knows what is right.

    Args:
        season: the season.
        unit: name of the unit.
        shown: makes a text fit to be shown to the unit.
    """
    standing = season.standing(unit)
    own = {one.path for one in standing.submissions} if standing else set()
    rows: list[ProblemRow] = []
    for finding in season.findings:
        every = [finding.place, *(one.place for one in finding.related)]
        places = [place for place in every if place.location.path in own]
        if unit not in finding.units or not places or finding.severity is Severity.INFO:
            continue
        others = len(finding.units) - 1
        together = f"与另外 {others} 家单位的报告放在一起看，不符合“{finding.title}”"
        what = together if others else finding.message
        excerpts = _joined(f"“{place.excerpt}”" for place in places if place.excerpt)
        where = excerpts or cell_words(places[0], season.report_at(places[0])) or "整篇报告"
        rows.append(
            ProblemRow(SHOULD, shown(where), shown(what), shown(advice(finding)), shown(finding.basis), 1)
        )
    return rows


def _cause(finding: Finding) -> tuple[object, ...]:
    location = finding.place.location
    if finding.place.table is None and location.paragraph is not None:
        return finding.rule.partition("-")[0], finding.severity, location.paragraph
    return finding.rule, finding.severity, finding.place.table


def _row(
    findings: Sequence[Finding], result: ReportResult, shown: Callable[[str], str], file: str
) -> ProblemRow:
    located = [LocatedFinding(one, result.path, result.report) for one in findings]
    places = _joined(one.place for one in located)
    return ProblemRow(
        MUST if findings[0].severity is Severity.ERROR else SHOULD,
        shown(f"{file}：{places}" if file else places),
        shown(_joined(one.message for one in findings)),
        shown(_joined(advice(one) for one in findings)),
        shown(_joined(one.basis for one in findings)),
        len(findings),
    )


def _joined(texts: Iterable[str]) -> str:
    """Texts one after the other, equal ones once, with the number of those left out."""
    found = [text.rstrip("。") for text in dict.fromkeys(texts) if text]
    if len(found) == 1:
        return found[0]
    left = len(found) - _MOST_PLACES
    listed = "；".join(f"（{number}）{text}" for number, text in enumerate(found[:_MOST_PLACES], 1))
    return f"{listed}；另有 {left} 处" if left > 0 else listed
