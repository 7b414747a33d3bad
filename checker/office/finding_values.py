"""What a finding found, what should have been there, and by how much they differ: a table has a column for each."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from checker.model.findings import Finding
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class FindingValues:
    """What a finding is about; None where it says nothing of the sort.

    Attributes:
        found: what stands in the report.
        expected: what should.
    """

    found: int | Decimal | str | None
    expected: int | Decimal | str | None

    @property
    def difference(self) -> int | Decimal | None:
        """How much more was found than should be there, None if they are no numbers."""
        if isinstance(self.found, (int, Decimal)) and isinstance(self.expected, (int, Decimal)):
            return self.found - self.expected
        return None


def values_of(finding: Finding) -> FindingValues:
    """Read them from the only good repair, else from the evidence, else from the place.

    A repair that is only one of several is no expectation: then the two sides of the broken sum are told.
    """
    suggestion = finding.suggestion
    if suggestion and suggestion.unique and len(suggestion.cells) == 1:
        change = suggestion.cells[0]
        return FindingValues(_plain(change.current), _plain(change.proposed))
    evidence = finding.evidence
    for found, expected in _PAIRS:
        if found in evidence and expected in evidence:
            return FindingValues(_plain(evidence[found]), _plain(evidence[expected]))
    return FindingValues(_plain(evidence.get("found", finding.place.excerpt)), None)


_PAIRS: Final = (
    ("left", "right"),
    ("value", "expected"),
    ("told", "expected"),
    ("found", "expected"),
    ("found", "limit"),
)
"""Names in the evidence of what was found and of what should be there, the best first."""


def _plain(value: object) -> int | Decimal | str | None:
    """A value of the evidence, of which some are lists."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, (str, int, Decimal)):
        return value
    return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
