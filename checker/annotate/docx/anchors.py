"""Where findings belong in the bytes of the main part, and what they would change there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.annotate.options import AnnotateOptions
from checker.annotate.words import comment_lines
from checker.model.document import Location
from checker.model.findings import Finding, ReportResult
from checker.model.report import Report
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph or cell by its offset as it was read, and characters of it, None for the whole."""

    source: int
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CellProposal:
    """What a cell, by its offset as it was read, should hold."""

    source: int
    text: str


@dataclass(frozen=True, slots=True)
class TextProposal:
    """What some characters of a paragraph, by its offset as it was read, should read."""

    source: int
    span: tuple[int, int]
    current: str
    text: str


Proposal = CellProposal | TextProposal


@dataclass(frozen=True, slots=True)
class Anchored:
    """A finding with its place.

    Attributes:
        places: where it belongs; the first that can be marked is.
        lines: what its comment says, by paragraphs.
        changes: what it would certainly mend, empty if that is not certain.
    """

    finding: Finding
    lines: Sequence[str]
    places: tuple[Anchor, ...]
    changes: tuple[Proposal, ...] = ()

    def sources(self) -> Iterator[int]:
        """Offsets of all that it speaks of."""
        yield from (place.source for place in self.places)
        yield from (change.source for change in self.changes)


def anchored(results: Sequence[ReportResult], options: AnnotateOptions) -> list[Anchored]:
    """The findings that are written, each with its place; what names none stands at the title."""
    found: list[Anchored] = []
    for result in results:
        if result.report is None:
            continue
        title = _title(result.report)
        for finding in options.written_findings(result):
            places = [place for place in (_anchor(finding.place.location), title) if place]
            changes = _changes(finding, result.report) if options.propose else ()
            lines = comment_lines(finding, result.report, options)
            if places:
                found.append(Anchored(finding, lines, tuple(places), changes))
    return found


def _anchor(location: Location) -> Anchor | None:
    if location.source is None:
        return None
    if location.start is None or location.end is None:
        return Anchor(location.source)
    return Anchor(location.source, (location.start, location.end))


def _title(report: Report) -> Anchor | None:
    """The title of a report, or what the document begins with."""
    places = [report.title.paragraph.location] if report.title else []
    places += [block.location for block in report.document.blocks]
    return next((anchor for place in places if (anchor := _anchor(place))), None)


def _changes(finding: Finding, report: Report) -> tuple[Proposal, ...]:
    """What a finding would change; nothing if it is not certain, or if a part of it is not there."""
    suggestion = finding.suggestion
    if suggestion is None:
        return ()
    changes: list[Proposal] = []
    for cell in suggestion.cells if suggestion.unique else ():
        table = report.tables.get(cell.table)
        source = table.cell(cell.row, cell.column).location.source if table else None
        if source is None or cell.proposed is None:
            return ()
        changes.append(CellProposal(source, str(cell.proposed)))
    for text in suggestion.texts:
        location = text.place.location
        if location.source is None or location.start is None or location.end is None:
            return ()
        span = (location.start, location.end)
        changes.append(TextProposal(location.source, span, text.current, text.proposed))
    return tuple(changes)


def agreed(findings: Sequence[Anchored]) -> list[tuple[Proposal, ...]]:
    """What findings would change, without those that would put different things into one place."""
    proposed: dict[int, set[Proposal]] = {}
    for one in findings:
        for change in one.changes:
            proposed.setdefault(change.source, set()).add(change)
    return [
        one.changes
        for one in findings
        if one.changes
        and not any(_contradict(change, other) for change in one.changes for other in proposed[change.source])
    ]


def _contradict(one: Proposal, other: Proposal) -> bool:
    if isinstance(one, TextProposal) and isinstance(other, TextProposal):
        return one != other and one.span[0] < other.span[1] and other.span[0] < one.span[1]
    return one != other
