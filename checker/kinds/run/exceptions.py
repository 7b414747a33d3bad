"""The kind about the exceptions file itself: entries that no longer say anything true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.kinds.base import Breach, Judgement, Kind, Options, RunSubject, options_schema


def judge_exceptions(subject: RunSubject, options: Options) -> Iterator[Judgement]:
    """Each entry of the exceptions file is not in the state that `of` names."""
    for entry in subject.exceptions:
        yield Breach(entry.place, entry.evidence, entry.variant) if entry.state == options["of"] else None


EXCEPTIONS: Final = Kind(
    judge_exceptions,
    "例外清单",
    options_schema(("of",), of={"enum": ["expired", "unused", "malformed"], "description": "查哪一种条目"}),
    ("rule", "report", "spot", "reason", "owner", "until", "count", "fault"),
    ("no_report",),
)
