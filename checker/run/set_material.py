"""What an office gives besides its inbox: a text that all units were to write by, and what it knows of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from checker.judging.publication import Publication, PublishedLink, PublishedPage, is_title_alone, page_of
from checker.judging.rules import Rulebook
from checker.model.bodies import Bodies
from checker.model.document import Paragraph
from checker.model.errors import Fault, UnreadableError, UsageError
from checker.readers import read_document
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.encoding import decode
from checker.readers.web.html import read_fragment
from checker.run.inputs import find_inputs
from checker.run.pipeline import CheckOptions, read_file
from checker.settings.sheets import day_in, file_bytes, refuse, sheets
from checker.startup.records import dataclass

_LIST: Final = "发布清单"
_COLUMNS: Final = {
    "单位": "unit", "单位名称": "unit", "发布单位": "unit", "unit": "unit",
    "链接": "url", "网址": "url", "地址": "url", "链接地址": "url", "url": "url",
    "标题": "title", "名称": "title", "title": "title",
    "发布日期": "day", "发布时间": "day", "日期": "day", "published": "day",
}  # fmt: skip
_NEEDED: Final = ("unit", "url")
_PAGES: Final = (".html", ".htm", ".shtml", ".xhtml")
_SHEETS: Final = (".csv", ".tsv", ".xlsx", ".xls", ".et")
_MOST_NAMED: Final = 5
_MOST_LINES, _LINE = 1000, 80
"""So many lines of a page without a report are looked at, and so many characters of each."""


@dataclass(frozen=True)
class SetMaterial:
    """What rules about a set may take into account.

    Attributes:
        model_texts: paragraphs of the text that all units were given.
        publication: links and pages, None if nothing is known.
    """

    model_texts: tuple[str, ...] = ()
    publication: Publication | None = None


def load_model_text(path: Path) -> tuple[str, ...]:
    """The paragraphs of a model text.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        document = read_document(file_bytes(path, "范文"), path.name)
    except UnreadableError as error:
        raise UsageError(f"范文“{path}”读不出来：{error.text}") from None
    return tuple(paragraph.text for paragraph in document.paragraphs())


def load_publication(
    path: Path, rulebook: Rulebook, bodies: Bodies, notice: Callable[[str], None]
) -> Publication:
    """A list of links, or a folder with such a list, with pages that were saved, or with both.

    Args:
        path: the file or folder.
        rulebook: how pages are read.
        bodies: the listed units, by whose names lines are known.
        notice: called with a Chinese sentence on lines about bodies that are not in the list.

    Raises:
        UsageError: it cannot be read, or has faults; all of them are listed, with their row.
    """
    if not path.is_dir():
        return Publication(_links(path, bodies, notice, needed=True))
    links: list[PublishedLink] = []
    pages: list[PublishedPage] = []
    for file in find_inputs((str(path),), allow_none=True):
        found = _links(file, bodies, notice, needed=False) if file.suffix.lower() in _SHEETS else ()
        links += found
        if not found:
            pages += _pages(file, rulebook, bodies)
    if not (links or pages):
        raise UsageError(f"“{path}”里没有发布清单，也没有网页。请检查 --published。")
    return Publication(links, pages)


def _pages(file: Path, rulebook: Rulebook, bodies: Bodies) -> Iterator[PublishedPage]:
    for reading in read_file(rulebook, file, CheckOptions(bodies=bodies)):
        problem = reading.problem.text if reading.problem else ""
        lines = reading.lines
        report = reading.report
        if (report is None or is_title_alone(report)) and file.suffix.lower() in _PAGES:
            lines = _all_lines(file)
        yield page_of(reading.name, report, problem, lines)


def _all_lines(file: Path) -> tuple[str, ...]:
    """The lines of a web page with those of its links, which are left out where a report is looked for."""
    try:
        text, _ = decode(file_bytes(file, "网页"))
        blocks = islice(read_fragment(text, DEFAULT_LIMITS).blocks, _MOST_LINES)
    except UnreadableError:
        return ()
    return tuple(one.text.strip()[:_LINE] for one in blocks if isinstance(one, Paragraph))


def _links(
    path: Path, bodies: Bodies, notice: Callable[[str], None], *, needed: bool
) -> tuple[PublishedLink, ...]:
    """The lines of a list of links; none if the file is no such list and need not be one."""
    faults: list[Fault] = []
    unknown: dict[str, None] = {}
    for known, rows in sheets(path, _LIST, _COLUMNS):
        if not known.issuperset(_NEEDED):
            continue
        links: list[PublishedLink] = []
        for row in rows:
            name, day = row.known.get("unit", ""), row.known.get("day", "")
            unit, on = bodies.unit(name), day_in(day)
            if on is None and day:
                text = f"看不懂发布日期“{day}”，应写成 2025-01-31 这样"
                faults.append(Fault(path.as_posix(), row.line, 1, text))
            if unit is None:
                unknown[name or "（没有写单位）"] = None
            else:
                links.append(_link(unit.name, row.known, on, path, row.line))
        refuse(_LIST, faults)
        if unknown:
            shown = "、".join([*unknown][:_MOST_NAMED]) + ("等" if len(unknown) > _MOST_NAMED else "")
            notice(f"发布清单里有 {len(unknown)} 个单位不在单位清单里，没有用：{shown}。")
        return tuple(links)
    if needed:
        raise UsageError(f"{_LIST}“{path}”里没有表头为“单位、链接、标题、发布日期”的表格。")
    return ()


def _link(unit: str, known: Mapping[str, str], on: date | None, path: Path, line: int) -> PublishedLink:
    return PublishedLink(unit, known.get("url", ""), known.get("title", ""), on, path.as_posix(), line)
