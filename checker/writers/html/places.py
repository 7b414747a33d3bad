"""Findings in the order in which they are shown, and the elements of the shown document at which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.findings import Finding, ReportResult
from checker.startup.records import dataclass
from checker.writers.shared.anchors import Anchors

_LAST: Final = 1_000
"""Stands behind every section: findings about the whole report."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with the number under which it is shown; `index` is its place in `ReportResult.findings`."""

    number: int
    index: int
    finding: Finding


def numbered(findings: Sequence[Finding]) -> list[Numbered]:
    """The findings as they are shown: errors first, of equals in the order of the report."""

    def rank(index: int) -> tuple[int, int]:
        section = findings[index].place.section
        return findings[index].severity.rank, _LAST if section is None else section

    order = sorted(range(len(findings)), key=rank)
    return [Numbered(number, index, findings[index]) for number, index in enumerate(order, 1)]


@dataclass(frozen=True, slots=True)
class FindingMark:
    """A finding at an element.

    Attributes:
        shown: the finding.
        span: first offset and the one after the last in a paragraph, None for all of the element.
        proposed: what the cell should say, None unless that is certain.
    """

    shown: Numbered
    span: tuple[int, int] | None = None
    proposed: str | None = None


class Places:
    """The elements of a document at which the findings of a result stand; see `Anchors` for their names.

    Args:
        result: with the whole text of its report; without it there are no elements.

    Attributes:
        addresses: form address by name of the cell.
        marks: findings by name of their element, in the order of their numbers.
        homes: id of the element by number of the finding; none for one that stands nowhere in the document.
    """

    def __init__(self, result: ReportResult) -> None:
        self.marks: dict[str, list[FindingMark]] = {}
        self.homes: dict[int, str] = {}
        self._anchors = Anchors(result.report) if result.report else None
        self.addresses = self._anchors.addresses if self._anchors else {}
        if self._anchors:
            for shown in numbered(result.findings):
                self._settle(shown, self._anchors)

    def related(self, finding: Finding) -> list[str]:
        """Ids of the cells and paragraphs that take part in a finding besides its own place."""
        if self._anchors is None:
            return []
        found = map(self._anchors.element, (related.place for related in finding.related))
        return list(dict.fromkeys(element for element in found if element))

    def _settle(self, shown: Numbered, anchors: Anchors) -> None:
        finding = shown.finding
        proposed = anchors.certain_changes(finding)
        home = anchors.home(finding.place)
        if home is not None:
            self._put(home, FindingMark(shown, anchors.span(finding.place), proposed.pop(home, None)))
        for element, value in proposed.items():
            self._put(element, FindingMark(shown, None, value))

    def _put(self, element: str, mark: FindingMark) -> None:
        self.marks.setdefault(element, []).append(mark)
        home = element if mark.span is None else span_id(element, mark.span[0])
        self.homes.setdefault(mark.shown.number, home)


def span_id(element: str, start: int) -> str:
    """Id of the part of a paragraph that begins at an offset."""
    return f"{element}s{start}"
