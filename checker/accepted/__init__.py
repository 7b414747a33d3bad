"""Accepted findings: what somebody has looked at and accepted, each for a reason and for one value.

They stand in an exceptions file (例外清单), or in an earlier result. May import `rulebook` and what that may import.

    exceptions:
      - rule: T3-02
        agency: 临河市水务局
        year: 2024
        place: T3[R1, total]
        value: 2
        reason: 合计按上级口径填报，已书面说明
        owner: 王某
        until: 2025-12-31

An entry sets aside the findings of its rule at its place in its report as long as their value is the one it
was written for. When the value changes, or the entry has expired, the finding stands again. Entries that are
expired, unused or malformed are findings themselves, by the rules of kind `exceptions`.

    exceptions = load_exceptions(Path("exceptions.yaml"), rulebook, today=date(2025, 2, 1))
    run = check_files(paths, rulebook, options, exceptions=exceptions)
"""

from __future__ import annotations

from checker.accepted.earlier import load_baseline
from checker.accepted.entries import AcceptedEntry, AcceptedFindings, load_exceptions
from checker.accepted.review import Review

__all__ = ["AcceptedEntry", "AcceptedFindings", "Review", "load_baseline", "load_exceptions"]
