"""台账.xlsx: everything about a season in one workbook that an office works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from checker.judging.publication import Publication
from checker.model.season import Role, Season, State, UnitStanding
from checker.office.outputs import OutputOptions
from checker.office.result_folder import ResultFolder
from checker.office.workbook import links, lists, overview, ranking, units
from checker.office.workbook.book import Book
from checker.office.workbook.figures import SUMS_NAME, FiguresSheet, form_of_season, write_sums
from checker.office.workbook.findings import FindingsSheet

FILE_NAME: Final = "台账.xlsx"


def write(season: Season, folder: ResultFolder, options: OutputOptions) -> Mapping[str, str]:
    """Write the workbook; see `checker.office.outputs`."""
    folder.write_bytes(FILE_NAME, workbook(season, options.publication, options.unit_done))
    return {}


def workbook(
    season: Season, publication: Publication | None = None, unit_done: Callable[[], None] = lambda: None
) -> bytes:
    """The workbook of a season.

    Args:
        season: how it stands.
        publication: links and pages that the office has given, None if it has given none.
        unit_done: told of every unit whose rows are written.

    Raises:
        ImportError: XlsxWriter is not installed.
    """
    book = Book(f"{season.year} 年度报告台账")
    overview.write(season, book)
    units.write(season, book)
    findings = FindingsSheet(season, book)
    sums = book.sheet(SUMS_NAME)
    figures = FiguresSheet(season, book, form_of_season(season))
    lists.write_shared(season, book)
    unjudged = lists.UnjudgedSheet(book)
    judged: list[ranking.RankedUnit] = []
    for standing in season.units:
        rules: int | None = None
        figured = None
        for position, role in _reports(standing):
            result = season.results[position]
            findings.add(standing, result)
            unjudged.add(standing, result)
            if role is Role.IN_FORCE:
                rules, figured = ranking.judged_rules(result), result
        # What need not be reported is no part of any sum.
        figures.add(standing, figured if standing.state is not State.EXEMPT else None)
        judged.append(ranking.RankedUnit(standing, rules))
        unit_done()
    findings.finish()
    figures.finish()
    write_sums(figures, sums)
    unjudged.finish()
    links.write(season, publication, book)
    ranking.write(season, judged, book)
    return book.finished()


def _reports(standing: UnitStanding) -> list[tuple[int, Role]]:
    """Places in the results of the reports that stand for a unit: the one in force, or those in question.

    Where there is neither, what could not be read says why.
    """
    for roles in ((Role.IN_FORCE, Role.UNDECIDED), (Role.UNREADABLE,)):
        found = standing.with_role(*roles)
        if found:
            return [(one.result, one.role) for one in found]
    return []
