"""A file checked as the page asks for it: with what a person knows and has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from checker.browser.edits import Amendments, Edit, edits_from_data
from checker.judging.engine import sums_of
from checker.judging.figures import figures_of
from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.model.findings import CheckRun, ReportResult
from checker.rulebook.store import load_rulebook
from checker.run.documents import read_named
from checker.run.figures_index import FiguresIndex
from checker.run.pipeline import CheckOptions, check_bytes, read_bytes
from checker.startup.records import dataclass, replace
from checker.startup.version import __version__

Request = Mapping[str, Any]

DEFAULT_PROFILE: Final = "national"
_MOST_DOCUMENTS: Final = 4
"""So many are kept as they were read: the open report, last year's, another version, and one to go back to."""

_read: Final = lru_cache(maxsize=_MOST_DOCUMENTS)(read_named)
"""Reads a document once, however often it is judged with other changes."""


def forget_documents() -> None:
    """Have documents read anew, because what was read of them is void."""
    _read.cache_clear()


@dataclass(frozen=True)
class Checked:
    """A file that was checked with what a person has changed.

    Attributes:
        name: its name.
        data: the file as given.
        rules: the rules.
        options: what is known about its reports.
        run: all results.
        edits: what was changed.
        amendments: the same, with what the cells said before.
    """

    name: str
    data: bytes
    rules: Rulebook
    options: CheckOptions
    run: CheckRun
    edits: tuple[Edit, ...]
    amendments: Amendments

    @property
    def results(self) -> Sequence[ReportResult]:
        """The results, with the whole text of their reports."""
        return self.run.results

    def as_given(self) -> Checked:
        """The same file without what was changed."""
        return self if not self.edits else _checked(self.name, self.data, self.rules, self.options, ())


def check(request: Request, files: Sequence[bytes]) -> Checked:
    """Check the file of a request.

    Raises:
        UsageError: the request asks for what there is not.
    """
    wanted = request.get("options") or {}
    rulebook = rulebook_of(wanted.get("profile") or DEFAULT_PROFILE)
    options = CheckOptions(
        level=wanted.get("level") or None, tier=wanted.get("tier") or None, today=_day(wanted.get("today"))
    ).in_keys(rulebook.vocabulary)
    if len(files) > 1:
        options = replace(options, other_years=_earlier(rulebook, files[1], request["previous"]))
    edits = edits_from_data(request.get("edits") or ())
    return _checked(str(request["name"]), files[0], rulebook, options, edits)


def _checked(
    name: str, data: bytes, rulebook: Rulebook, options: CheckOptions, edits: tuple[Edit, ...]
) -> Checked:
    amendments = Amendments(edits)
    results = tuple(check_bytes(rulebook, data, name, options, lambda *given: amendments(_read(*given))))
    run = CheckRun(rulebook.info, results, tool_version=__version__)
    return Checked(name, data, rulebook, options, run, edits, amendments)


def _earlier(rulebook: Rulebook, data: bytes, name: str) -> FiguresIndex:
    index = FiguresIndex(CheckOptions().bodies)
    problem = ""
    for reading in read_bytes(rulebook, data, name, CheckOptions(), _read):
        if reading.report:
            index.add(figures_of(reading.report, reading.name, sums_of(rulebook, reading.report)))
        elif reading.problem:
            problem = reading.problem.text
    if not len(index):
        raise UsageError(f"上年的文件“{name}”里没有认得出单位和年度的报告。{problem}")
    return index


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}”不是日期，应写成 2025-01-31 这样。") from None


@lru_cache(maxsize=2)
def rulebook_of(profile: str = DEFAULT_PROFILE) -> Rulebook:
    """The rules of a profile, kept for the next request."""
    return load_rulebook(profile=profile)
