"""What tells the quantity of a figure."""

from __future__ import annotations

from checker.startup.records import dataclass
from checker.understand.claims.scan import Mark
from checker.understand.claims.vocabulary import Topic


@dataclass(frozen=True, slots=True)
class Bound:
    """A word or topic that tells what a figure counts."""

    mark: Mark
    quantity: str
    topic: Topic
    confidence: str
