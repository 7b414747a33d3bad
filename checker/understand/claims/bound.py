"""What tells the quantity of a figure, and how sure that is."""

from __future__ import annotations

from checker.startup.records import dataclass
from checker.understand.claims.scan import Mark
from checker.understand.claims.vocabulary import CERTAIN, CONFIDENCES, Topic


@dataclass(frozen=True, slots=True)
class Bound:
    """A word or topic that tells what a figure counts."""

    mark: Mark
    quantity: str
    topic: Topic
    confidence: str


def worse(left: str, right: str) -> str:
    """The lower of two confidences."""
    return max(left, right, key=CONFIDENCES.index)


@dataclass
class Uncertainty:
    """The confidence of a reading under construction, with the gravest reason."""

    confidence: str = CERTAIN
    reason: str | None = None

    def add(self, confidence: str, reason: str | None) -> None:
        """Lower the confidence to this one, if it was higher."""
        if CONFIDENCES.index(confidence) > CONFIDENCES.index(self.confidence):
            self.confidence, self.reason = confidence, reason
