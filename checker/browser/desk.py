"""The one interface between the page and the checker: a request with files goes in, an answer with files comes out.

Inside the browser a worker hands requests to it, on this computer a server does; requests, answers and files are
the same. Requests and answers are JSON; `do` in a request says what is wanted:

- `about`: what can be chosen. Answer: `version`, `levels`, `tiers`, `profiles`, `suffixes`.
- `check`: files `[report]` or `[report, last year's report]`, with `name`, `previous` (its name), `options` (`level`,
  `tier`, `today`, `profile`) and `edits` (see `checker.browser.edits`). Answer: `run` (the result as `--format json`
  writes it), and of each report in `reports` what is shown of it.
- `write`: the same, with `what` out of `checker.browser.downloads`. Answer: `name`; files `[the file]`.

An answer with `problem` instead, one Chinese sentence, says why there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from checker import api
from checker.browser.edits import Amendments, Edit, edits_from_data
from checker.browser.shown import shown_report
from checker.judging.engine import sums_of
from checker.judging.figures import figures_of
from checker.judging.rules import Rulebook
from checker.model.errors import CheckerError, UsageError
from checker.model.findings import CheckRun, ReportResult
from checker.readers.formats import formats
from checker.rulebook.store import load_rulebook, profile_titles
from checker.run.figures_index import FiguresIndex
from checker.run.pipeline import CheckOptions, check_bytes, read_bytes
from checker.startup.records import dataclass, replace
from checker.startup.version import __version__

Request = Mapping[str, Any]
Answer = tuple[dict[str, Any], list[bytes]]

_DEFAULT_PROFILE: Final = "national"


@dataclass(frozen=True)
class Checked:
    """A file that was checked with what a person has changed.

    Attributes:
        name: its name.
        data: the file as given.
        run: all results.
        edits: what was changed.
        amendments: the same, with what the cells said before.
    """

    name: str
    data: bytes
    run: CheckRun
    edits: tuple[Edit, ...]
    amendments: Amendments

    @property
    def results(self) -> Sequence[ReportResult]:
        """The results, with the whole text of their reports."""
        return self.run.results


def answer(request: Request, files: Sequence[bytes]) -> Answer:
    """Answer one request; whatever is wrong with it or with its files stands in the answer.

    Args:
        request: see above.
        files: the files that it is about.
    """
    try:
        return _ANSWERS[request["do"]](request, files)
    except CheckerError as error:
        return {"problem": str(error)}, []
    except (IndexError, KeyError, TypeError):
        return {"problem": "页面送来的请求不完整。请刷新页面后再试。"}, []
    except MemoryError:
        return {"problem": "内存不够，没有做完。请关掉别的网页和程序后再试。"}, []


def _about(_request: Request, _files: Sequence[bytes]) -> Answer:
    vocabulary = _rulebook(_DEFAULT_PROFILE).vocabulary
    return {
        "version": __version__,
        "levels": list(vocabulary.levels.names.items()),
        "tiers": list(vocabulary.tiers.names.items()),
        "profiles": list(profile_titles().items()),
        "suffixes": sorted(suffix for known in formats() for suffix in known.suffixes),
    }, []


def _check(request: Request, files: Sequence[bytes]) -> Answer:
    checked = check(request, files)
    shown = [shown_report(result, checked.run.rulebook, checked.edits) for result in checked.results]
    return {"run": "".join(api.render(checked.run, "json")), "reports": shown}, []


def _write(request: Request, files: Sequence[bytes]) -> Answer:
    from checker.browser.downloads import DOWNLOADS  # noqa: PLC0415  # most checks end without one

    name, data = DOWNLOADS[request["what"]](check(request, files))
    return {"name": name}, [data]


_ANSWERS: Final = {"about": _about, "check": _check, "write": _write}


def check(request: Request, files: Sequence[bytes]) -> Checked:
    """Check the file of a request.

    Raises:
        UsageError: the request asks for what there is not.
    """
    wanted = request.get("options") or {}
    rulebook = _rulebook(wanted.get("profile") or _DEFAULT_PROFILE)
    options = CheckOptions(
        level=wanted.get("level") or None, tier=wanted.get("tier") or None, today=_day(wanted.get("today"))
    ).in_keys(rulebook.vocabulary)
    if len(files) > 1:
        options = replace(options, other_years=_earlier(rulebook, files[1], request["previous"]))
    edits = edits_from_data(request.get("edits") or ())
    amendments = Amendments(edits)
    name = str(request["name"])
    results = tuple(check_bytes(rulebook, files[0], name, options, amendments))
    run = CheckRun(rulebook.info, results, tool_version=__version__)
    return Checked(name, files[0], run, edits, amendments)


def _earlier(rulebook: Rulebook, data: bytes, name: str) -> FiguresIndex:
    index = FiguresIndex(CheckOptions().bodies)
    problem = ""
    for reading in read_bytes(rulebook, data, name, CheckOptions()):
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
def _rulebook(profile: str) -> Rulebook:
    return load_rulebook(profile=profile)
