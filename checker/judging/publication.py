"""What an office knows of the publication of its units' reports: a list of links, and pages that were saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urlsplit

from checker.judging.figures import Figures, figures_of
from checker.model.report import Report
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class PublishedLink:
    """A line of the list.

    Attributes:
        unit: name of the listed unit.
        url: the address as written, empty if none is given.
        title: the title, empty if none is given.
        on: the day of publication, None if none is given.
        file: the list.
        line: number of the line.
    """

    unit: str
    url: str
    title: str
    on: date | None
    file: str
    line: int

    @property
    def host(self) -> str | None:
        """The host of the address in small letters, None if the address is none of the web."""
        try:
            parts = urlsplit(self.url.strip())
            host = parts.hostname
        except ValueError:
            return None
        written = (
            parts.scheme.lower() in ("http", "https") and host and "." in host and " " not in self.url.strip()
        )
        return host.lower() if written and host else None

    @property
    def file_name(self) -> str:
        """The last part of the address as people read it."""
        try:
            return unquote(urlsplit(self.url.strip()).path.rpartition("/")[2])
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A document among the reports that is none, such as the office's notice to all units, or a page that lists them.

    Attributes:
        path: the file.
        lines: its first and last lines, shortened.
    """

    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page that was saved.

    Attributes:
        path: the file.
        figures: its report, None if there is none that could be read.
        problem: why there is no report, empty if there is one.
        lacking: names of the tables of the form that it does not have.
        lines: of a page without a report its lines, shortened.
    """

    path: str
    figures: Figures | None
    problem: str = ""
    lacking: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Publication:
    """Links and pages, in the order of the list and of the folder."""

    links: Sequence[PublishedLink] = ()
    pages: Sequence[PublishedPage] = ()

    @cached_property
    def by_unit(self) -> dict[str, list[PublishedLink]]:
        """The links of every unit in the list."""
        found: dict[str, list[PublishedLink]] = {}
        for link in self.links:
            found.setdefault(link.unit, []).append(link)
        return found

    def notices(self) -> Iterator[Notice]:
        """The pages without a report."""
        return (Notice(page.path, page.lines) for page in self.pages if page.lines)

    def reports(self) -> Iterator[tuple[PublishedPage, Figures]]:
        """The pages with a report."""
        for page in self.pages:
            if page.figures is not None:
                yield page, page.figures


_TITLE_ALONE: Final = "只有标题，没有正文，可能放在附件里"


def is_title_alone(report: Report) -> bool:
    """Whether a page has the title of a report and nothing of it: its text is attached."""
    return not report.tables and all(section.number is None for section in report.sections)


def page_of(path: str, report: Report | None, problem: str, lines: tuple[str, ...] = ()) -> PublishedPage:
    """A page that was saved.

    Args:
        path: the file.
        report: the report on it, None if there is none that could be read.
        problem: why there is none.
        lines: of a page without a report its lines, shortened.
    """
    if report is None or is_title_alone(report):
        return PublishedPage(path, None, problem or _TITLE_ALONE, lines=lines)
    lacking = tuple(table.name for key, table in report.form.tables.items() if key not in report.tables)
    return PublishedPage(path, figures_of(report, path), lacking=lacking)
