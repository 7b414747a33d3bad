"""The sheet 问题: a row for everything to mend, where the office writes what it thinks of it."""

from __future__ import annotations

from typing import Final

from checker.model.findings import Finding, ReportResult, Suppressed
from checker.model.season import Season, UnitStanding
from checker.model.vocabulary import Vocabulary
from checker.office.finding_values import values_of
from checker.office.workbook.book import Book, CellValue, Column, WorkbookSheet
from checker.writers.shared.outcomes import LocatedFinding, advice, findings_of

NAME: Final = "问题"
OPINION: Final = "处理意见"
FINGERPRINT: Final = "指纹"
COLUMNS: Final = (
    Column("单位", 24, "wrap"),
    Column("级别", 8),
    Column("位置", 28, "wrap"),
    Column("问题", 44, "wrap"),
    Column("查到", 24, "wrap"),
    Column("应为", 18, "wrap"),
    Column("相差", 8, "number"),
    Column("怎样改", 36, "wrap"),
    Column(OPINION, 24, "input"),
    Column("规则", 9),
    Column("规则名称", 26, "wrap"),
    Column("依据", 26, "wrap"),
    Column("文件", 36, "wrap"),
    Column(FINGERPRINT, 18),
)
_STYLES: Final = [column.style for column in COLUMNS]


class FindingsSheet:
    """The sheet, written unit by unit."""

    def __init__(self, season: Season, book: Book) -> None:
        self._season = season
        self._words: Vocabulary = season.rulebook.vocabulary
        self._sheet: WorkbookSheet = book.sheet(NAME)
        self._sheet.head(COLUMNS)

    def add(self, standing: UnitStanding, result: ReportResult) -> None:
        """The findings of one report of a unit, worst first."""
        for located in sorted(
            findings_of(result), key=lambda one: (one.accepted is not None, one.finding.severity.rank)
        ):
            self._row(standing.unit.name, located)

    def finish(self) -> None:
        """The findings about several reports, and the filter."""
        for finding in self._season.findings:
            report = self._season.report_at(finding.place)
            located = LocatedFinding(finding, finding.place.location.path, report)
            self._row("、".join(finding.units), located)
        self._sheet.filter(len(COLUMNS))
        paper = [column.heading for column in COLUMNS].index(OPINION)
        self._sheet.worksheet.print_area(0, 0, max(1, self._sheet.next_row - 1), paper)

    def _row(self, unit: str, located: LocatedFinding) -> None:
        finding = located.finding
        own_values = values_of(finding)
        values: tuple[CellValue, ...] = (
            unit,
            self._grade(finding, located.accepted),
            located.place,
            finding.message,
            own_values.found,
            own_values.expected,
            own_values.difference,
            advice(finding),
            self._season.opinions.get(finding.fingerprint),
            finding.rule,
            finding.title,
            finding.basis,
            located.path,
            finding.fingerprint,
        )
        self._sheet.row(values, _STYLES)

    def _grade(self, finding: Finding, accepted: Suppressed | None) -> str:
        if accepted:
            return self._words.results.name("suppressed")
        return self._words.severities.name(finding.severity.value)
