"""What the season needs of the versions in force: their figures, and what became of their findings."""

from __future__ import annotations

from collections.abc import Iterator

from checker.judging.engine import sums_of
from checker.judging.figures import Figures, figures_of
from checker.judging.rules import Rulebook
from checker.model.findings import ReportResult
from checker.model.season import UnitStanding
from checker.office.filing.deadlines import is_later_version, lateness_rules, without_lateness
from checker.office.filing.intake import Intake
from checker.office.filing.rounds import changes
from checker.office.filing.standings import counts_of
from checker.office.ledger.store import LedgerSeason
from checker.startup.records import replace


class CountedVersions:
    """The versions in force, each of which is looked at once.

    Args:
        rulebook: the rules.
        year: the report year.
        intake: everything that has come in.
        pages: the season's pages of the ledger.

    Attributes:
        figures: those of the versions in force, under the names of the list.
    """

    def __init__(self, rulebook: Rulebook, year: int, intake: Intake, pages: LedgerSeason) -> None:
        self.figures: list[Figures] = []
        self._rulebook = rulebook
        self._year = year
        self._intake = intake
        self._pages = pages
        self._before = pages.findings(intake.round - 1)
        self._late = lateness_rules(rulebook)

    def finished(self, standing: UnitStanding, result: ReportResult | None) -> UnitStanding:
        """How a unit stands, with what has changed since the last round; its findings go into the ledger."""
        name, round_number = standing.unit.name, self._intake.round
        in_force = standing.in_force
        if in_force and result and is_later_version(standing):
            # What the date of a later version says of lateness is nothing.
            result = without_lateness(result, self._late)
            self._intake.results.put(in_force.result, result)
            standing = replace(standing, counts=counts_of(result), late_errors=0)
        if result:
            self._pages.keep_findings(round_number, name, result.findings)
            self.figures.extend(self._figures(name, result))
        changed = changes(standing, round_number, self._before.get(name, set()), result)
        return replace(standing, since_last_round=changed)

    def _figures(self, unit: str, result: ReportResult) -> Iterator[Figures]:
        report = result.report
        if report is not None:
            identity = replace(report.identity, agency=unit, year=self._year)
            figures = figures_of(report, result.path, sums_of(self._rulebook, report), result.gathered)
            yield replace(figures, identity=identity)
