"""Counting the calls that a step makes for an input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from cProfile import Profile
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from hostile.drawing import draw
from hostile.growth import SHAPES, in_report, table_page

from checker.api import load_rulebook
from checker.judging.engine import judge
from checker.judging.rules import Rulebook
from checker.judging.subject import Subject
from checker.model.document import Document
from checker.model.errors import UnreadableError
from checker.model.report import Report
from checker.readers import read_document
from checker.understand import read_reports

MOST: Final = 4.5
"""How many times the calls of fourfold input may be."""
_FEW: Final = 2000
"""Calls that say nothing about growth."""
READERS: Final = ("txt", "md", "docx", "html", "mhtml", "odt", "rtf", "xlsx")
"""Formats whose reader is written in Python and takes text of any length from the writers of the tests."""


@dataclass(frozen=True)
class Growth:
    """Calls of one step for input of one, two and four parts."""

    step: str
    shape: str
    calls: tuple[int, ...]

    @property
    def ratio(self) -> float:
        """Calls for four parts as a multiple of those for one; 0 where there are too few to tell."""
        return self.calls[-1] / self.calls[0] if self.calls[-1] > _FEW else 0.0


def calls_of(action: Callable[[], Any]) -> tuple[int, Any]:
    """The number of calls, of functions in Python and in C, and the result."""
    profile = Profile()
    result = profile.runcall(action)
    return sum(entry.callcount for entry in profile.getstats()), result


@cache
def rulebook() -> Rulebook:
    """The built-in rules."""
    return load_rulebook()


def understanding(shape: str, sizes: tuple[int, ...]) -> Iterator[Growth]:
    """Understanding a text, and each rule about it, at these sizes; nothing of one that is refused at the largest."""
    reports: list[Report] = []
    counts: list[int] = []
    for size in sizes:
        document = _read(in_report(SHAPES[shape](size)), "txt")
        if document is None:
            return
        _understood(document)  # what is made once is made
        count, found = calls_of(lambda document=document: _understood(document))
        counts.append(count)
        reports.append(found)
    yield Growth("理解", shape, tuple(counts))
    # A subject keeps what a rule has asked for, as in a check: it counts for the first that asks, and what the others
    # do of their own is not hidden behind it.
    subjects = [Subject(report, rulebook().language) for report in reports]
    for rule in rulebook().rules.values():
        calls = [
            calls_of(lambda rule=rule, subject=subject: judge(rulebook(), rule, subject))[0]
            for subject in subjects
        ]
        yield Growth(f"规则 {rule.id}", shape, tuple(calls))


def _understood(document: Document) -> Report:
    return next(iter(read_reports(document, rulebook().library)))


def reading(name: str, shape: str, sizes: tuple[int, ...]) -> Growth:
    """Reading a format at these sizes; text stands in the place of one cell of a table, or in a web page's table."""
    counts = []
    for size in sizes:
        data = table_page(size // 10) if shape == "cells" else _file(name, SHAPES[shape](size))
        counts.append(calls_of(lambda data=data: _read(data, name))[0])
    return Growth(f"读取 {name}", shape, tuple(counts))


def _file(name: str, text: str) -> bytes:
    return in_report(text) if name == "txt" else draw(name, report=Longer(text))  # type: ignore[arg-type]


class Longer:
    """The report with more paragraphs in front of its first heading."""

    def __init__(self, text: str) -> None:
        from samples import COUNTY_2023  # noqa: PLC0415  # beside its use

        self._report, self._text = COUNTY_2023, text
        self.title, self.published = COUNTY_2023.title, COUNTY_2023.published

    def flow(self) -> Iterator[tuple[str, Any]]:
        """As `SampleReport.flow`."""
        for number, item in enumerate(self._report.flow()):
            if number == 1:
                yield from (("paragraph", line) for line in self._text.split("\n") if line)
            yield item


def _read(data: bytes, name: str) -> Document | None:
    try:
        return read_document(data, f"报告.{name}")
    except UnreadableError:  # beyond a limit: what it cost until then counts
        return None
