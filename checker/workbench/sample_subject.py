"""Samples ready to be judged: a report with its neighbours in time, or a whole run of reports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checker.judging.engine import run, sums_of
from checker.judging.figures import Figures, Years, figures_of
from checker.judging.publication import Notice, Publication, PublishedLink, PublishedPage, page_of
from checker.judging.rules import Rulebook
from checker.judging.run_engine import gather
from checker.judging.run_subject import RunSubject
from checker.judging.subject import Subject
from checker.model.bodies import Bodies, Unit
from checker.model.findings import ReportResult, Status
from checker.model.report import Report
from checker.rulebook.load.given import DEFAULT_YEAR, form_of_given
from checker.startup.bounded import Bounded
from checker.startup.records import dataclass
from checker.understand import Library, understand
from checker.workbench.sample import sample_document

if TYPE_CHECKING:
    from checker.accepted.review import Review

Given = Mapping[str, Any]
"""What a sample is built from; see `given` in the rule schema."""

Neighbours = dict[tuple[int, str | None, int | None], Figures]
"""Figures of other years' samples, by identity of their description, body and year."""


def sample_subject(rulebook: Rulebook, given: Given, neighbours: Neighbours | None = None) -> Subject:
    """The sample that `given` describes, ready to be judged.

    Args:
        rulebook: forms and fields.
        given: see `given` in the rule schema.
        neighbours: remembers the reports of other years, for callers that build many samples from parts of
            the same description and keep it alive.

    Raises:
        SampleError: it cannot be built.
        NotAReportError: it is no report.
    """
    report = _sample_report(rulebook, given)
    return rulebook.subject(report, _today(given), _years(rulebook, report, given, neighbours))


_AROUND: Final = frozenset(
    {"exceptions", "model_text", "next", "notices", "others", "previous", "published_links"}
    | {"published_pages", "today", "units"}
)
"""What of `given` is not about the report itself."""
_kept: Final[Bounded[tuple[int, str], tuple[Library, Report]]] = Bounded(256)
"""Samples that stay understood: many examples differ in what stands around a report, not in the report.

By identity of the library and description of the report; a library that is kept keeps its identity."""


def _sample_report(rulebook: Rulebook, given: Given) -> Report:
    own = {key: value for key, value in given.items() if key not in _AROUND}
    key = (id(rulebook.library), json.dumps(own, default=str))
    if key not in _kept:
        document = sample_document(form_of_given(rulebook.forms, given), given, rulebook.forms)
        report = understand(document, rulebook.library, level=given.get("level"), tier=given.get("tier"))
        _kept[key] = (rulebook.library, report)
    return _kept[key][1]


def _years(rulebook: Rulebook, report: Report, given: Given, neighbours: Neighbours | None) -> Years | None:
    """The sample's neighbours in time, None if it has no `previous`."""
    if "previous" not in given:
        return None
    known: Neighbours = {} if neighbours is None else neighbours
    key = (id(given["previous"]), given.get("agency"), given.get("year"))
    previous = _neighbour(given, "previous", -1)
    if key not in known:
        known[key] = _figures(rulebook, _sample_report(rulebook, previous))
    earlier = _neighbour(previous, "previous", -1) if "previous" in previous else None
    following = _neighbour(given, "next", 1) if "next" in given else None
    return Years(
        own=_figures(rulebook, report),
        previous=known[key],
        earlier=_figures(rulebook, _sample_report(rulebook, earlier)) if earlier else None,
        following=_figures(rulebook, _sample_report(rulebook, following)) if following else None,
    )


def _figures(rulebook: Rulebook, report: Report) -> Figures:
    return figures_of(report, "", sums_of(rulebook, report))


def _neighbour(given: Given, key: str, distance: int) -> Given:
    """What the sample of another year is built from."""
    year = given.get("year", DEFAULT_YEAR)
    same = {name: given[name] for name in ("agency", "kind") if name in given}
    return {**same, "year": None if year is None else year + distance, **given[key]}


@dataclass(frozen=True)
class SampleRun:
    """A run on samples.

    Attributes:
        subject: what rules about a run as a whole look at.
        results: what came of each report, with what the exceptions set aside.
    """

    subject: RunSubject
    results: tuple[ReportResult, ...]


def is_run(given: Given) -> bool:
    """Whether a sample is a whole run: it comes with a list of exceptions or of units."""
    return "exceptions" in given or "units" in given


def sample_run(rulebook: Rulebook, given: Given, *, judged: bool = True) -> SampleRun:
    """The run that `given` describes: its own report and `others`, with its exceptions and units.

    Args:
        rulebook: forms, fields and rules.
        given: see `given` in the rule schema.
        judged: whether each report is judged by all rules; only what became of exceptions depends on it.

    Raises:
        SampleError: a report cannot be built.
        NotAReportError: the run's own report is none.
    """
    today = _today(given)
    review = _review(rulebook, given, today)
    kind = {"kind": given["kind"]} if "kind" in given else {}
    every = (given, *({**kind, **one} for one in given.get("others", ())))
    results = [
        review.apply(_result(rulebook, one, today, f"{n}.docx" if n > 1 else "", judged=judged))
        for n, one in enumerate(every, 1)
    ]
    reports = [(result.path, result.report) for result in results if result.report]
    subject = RunSubject(
        accepted=review.entries(),
        reports=[_in_a_set(rulebook, report, path) for path, report in reports],
        bodies=Bodies(units=tuple(_units(given))) if "units" in given else None,
        unmatched=len(results) - len(reports),
        today=today,
        publication=_publication(rulebook, given),
        model_texts=tuple(str(given.get("model_text", "")).splitlines()),
        notices=[Notice(f"通知{n}.txt", (text,)) for n, text in enumerate(given.get("notices", ()), 1)],
    )
    return SampleRun(subject, tuple(results))


def _review(rulebook: Rulebook, given: Given, today: date | None) -> Review:
    from checker.accepted.entries import accepted_from_yaml  # noqa: PLC0415  # only for runs
    from checker.accepted.review import Review  # noqa: PLC0415  # likewise
    from checker.rulebook.load.strict_yaml import load_yaml  # noqa: PLC0415  # likewise

    entries = {"exceptions": given.get("exceptions", [])}
    file, faults = load_yaml(json.dumps(entries, ensure_ascii=False, indent=1), "exceptions.yaml")
    return Review(accepted_from_yaml(file, faults, Path(), rulebook, today))


def _result(rulebook: Rulebook, given: Given, today: date | None, path: str, *, judged: bool) -> ReportResult:
    """What comes of one report; a damaged file is unreadable."""
    if given.get("damaged"):
        return ReportResult(path, None, Status.UNREADABLE)
    subject = sample_subject(rulebook, given)
    outcomes, findings = run(rulebook, subject.report, today, subject.years) if judged else ((), ())
    return ReportResult(path, None, Status.CHECKED, None, subject.report, outcomes, findings)


def _publication(rulebook: Rulebook, given: Given) -> Publication | None:
    if not ("published_links" in given or "published_pages" in given):
        return None
    links = [
        PublishedLink(
            one["unit"],
            one.get("url", ""),
            one.get("title", ""),
            date.fromisoformat(one["on"]) if "on" in one else None,
            "发布清单.csv",
            line,
        )
        for line, one in enumerate(given.get("published_links", ()), 2)
    ]
    pages: list[PublishedPage] = []
    for number, one in enumerate(given.get("published_pages", ()), 1):
        report = None if one.get("damaged") else _sample_report(rulebook, one)
        lines = (
            [] if report else [line for text in one.get("text", {}).values() for line in text.splitlines()]
        )
        pages.append(page_of(f"{number}.html", report, "读不出", tuple(lines)))
    return Publication(links, pages)


def _in_a_set(rulebook: Rulebook, report: Report, path: str) -> Figures:
    return figures_of(report, path, sums_of(rulebook, report), gather(rulebook, report))


def _units(given: Given) -> Iterator[Unit]:
    for one in given["units"]:
        yield Unit(
            one["unit"],
            one.get("parent"),
            one.get("level"),
            aliases=tuple(one.get("aliases", ())),
            due=date.fromisoformat(one["due"]) if "due" in one else None,
            exempt=one.get("exempt"),
            joint=one.get("joint", False),
            same_as=one.get("same_as"),
            more=one.get("more", {}),
        )


def _today(given: Given) -> date | None:
    return date.fromisoformat(given["today"]) if "today" in given else None
