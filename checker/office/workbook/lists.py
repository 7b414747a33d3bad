"""The sheets 雷同 and 未能判断: what reports have in common, and what nobody has judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.findings import Finding, ReportResult
from checker.model.place import Place
from checker.model.season import Season, UnitStanding
from checker.office.workbook.book import Book, Column, WorkbookSheet
from checker.writers.shared.outcomes import advice, omissions
from checker.writers.shared.places import place_words

SHARED_NAME: Final = "雷同"
UNJUDGED_NAME: Final = "未能判断"
_LIKENESS: Final = frozenset(("copied_text", "other_units", "same_figures"))
"""Kinds of checks that find what reports have in common."""
_SHARED: Final = (
    Column("涉及单位", 34, "wrap"),
    Column("家数", 7, "number"),
    Column("级别", 8),
    Column("说明", 60, "wrap"),
    Column("在哪里", 60, "wrap"),
    Column("怎样处理", 36, "wrap"),
    Column("规则", 9),
    Column("规则名称", 26, "wrap"),
    Column("指纹", 18),
)
_UNJUDGED: Final = (
    Column("单位", 24),
    Column("原因", 60, "wrap"),
    Column("几条规则", 8, "number"),
    Column("规则", 50, "wrap"),
    Column("文件", 36, "wrap"),
)


def write_shared(season: Season, book: Book) -> None:
    """Write the sheet 雷同: what reports of several units have in common; who copied from whom is never said."""
    sheet = book.sheet(SHARED_NAME)
    sheet.head(_SHARED)
    severities = season.rulebook.vocabulary.severities
    for finding in season.findings:
        info = season.rulebook.rules.get(finding.rule)
        if info is not None and not _LIKENESS.isdisjoint(info.checks):
            places = [place for place in _places(finding) if place.location.path is not None]
            values = (
                "、".join(finding.units),
                len(finding.units),
                severities.name(finding.severity.value),
                finding.message,
                "；".join(dict.fromkeys(_said(season, places))),
                advice(finding),
                finding.rule,
                finding.title,
                finding.fingerprint,
            )
            sheet.row(values, [column.style for column in _SHARED])
    sheet.filter(len(_SHARED))


def _places(finding: Finding) -> list[Place]:
    return [finding.place, *(one.place for one in finding.related)]


def _said(season: Season, places: list[Place]) -> Iterator[str]:
    for place in places:
        excerpt = f"“{place.excerpt}”" if isinstance(place.excerpt, str) and place.excerpt else ""
        yield place_words(place, season.report_at(place)) + excerpt


class UnjudgedSheet:
    """The sheet 未能判断, written unit by unit: a row a reason."""

    def __init__(self, book: Book) -> None:
        self._sheet: WorkbookSheet = book.sheet(UNJUDGED_NAME)
        self._sheet.head(_UNJUDGED)

    def add(self, standing: UnitStanding, result: ReportResult) -> None:
        """What was not judged of one report of a unit."""
        for omission in omissions(result):
            values = (
                standing.unit.name,
                omission.reason,
                len(omission.rules) or None,
                "、".join(omission.rules),
                result.path,
            )
            self._sheet.row(values, [column.style for column in _UNJUDGED])

    def finish(self) -> None:
        """The filter."""
        self._sheet.filter(len(_UNJUDGED))
