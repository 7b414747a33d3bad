"""The sheet 发布链接: where every unit has published its report, and what was found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.publication import Publication, PublishedLink
from checker.model.findings import Finding
from checker.model.season import Season, State, UnitStanding
from checker.office.workbook.book import Book, CellValue, Column

NAME: Final = "发布链接"
_COLUMNS: Final = (
    Column("单位", 26),
    Column("链接", 48, "wrap"),
    Column("标题", 36, "wrap"),
    Column("发布日期", 11),
    Column("到期日", 11),
    Column("晚几天", 7, "number"),
    Column("问题", 50, "wrap"),
    Column("怎样处理", 36, "wrap"),
    Column("在哪里", 30, "wrap"),
)
_NOTHING_GIVEN: Final = "没有给出发布清单和网页（--published），没有核对发布。"
_NO_LINK: Final = "没有给链接"


def write(season: Season, publication: Publication | None, book: Book) -> None:
    """Write the sheet.

    Args:
        season: the season, with what was found about the publication among its findings.
        publication: the links and pages, None if nothing is known.
        book: where it goes.
    """
    sheet = book.sheet(NAME)
    sheet.head(_COLUMNS)
    if publication is None:
        sheet.row([_NOTHING_GIVEN])
        return
    styles = [column.style for column in _COLUMNS]
    lists, pages = {link.file for link in publication.links}, {page.path for page in publication.pages}
    found = [one for one in season.findings if one.place.location.path in lists | pages]
    for standing in season.units:
        links = publication.by_unit.get(standing.unit.name, ())
        for link in links:
            sheet.row(
                [*_link(standing, link), *_in_words([one for one in found if _is_at(one, link)])], styles
            )
        if not links and publication.links and standing.state is not State.EXEMPT:
            sheet.row([standing.unit.name, None, None, None, standing.due, None, _NO_LINK], styles[:7])
    for finding in found:
        if finding.place.location.path in pages:
            sheet.row(["、".join(finding.units), *[None] * 5, *_in_words([finding])], styles)
    sheet.filter(len(_COLUMNS))


def _link(standing: UnitStanding, link: PublishedLink) -> Iterator[CellValue]:
    yield standing.unit.name
    yield link.url
    yield link.title
    yield link.on
    yield standing.due
    yield max(0, (link.on - standing.due).days) if link.on and standing.due else None


def _in_words(findings: Sequence[Finding]) -> Iterator[CellValue]:
    """What was found, what to do, and where."""
    yield "；".join(one.message.rstrip("。") for one in findings)
    yield "；".join(dict.fromkeys(one.suggestion.text.rstrip("。") for one in findings if one.suggestion))
    yield "；".join(dict.fromkeys(one.place.location.path or "" for one in findings))


def _is_at(finding: Finding, link: PublishedLink) -> bool:
    location = finding.place.location
    return location.path == link.file and location.line == link.line
