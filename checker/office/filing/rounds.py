"""What became of the findings of each unit since the last round.

A finding is never counted as mended because its report is absent: only a new readable version can mend it.
"""

from __future__ import annotations

from collections.abc import Collection

from checker.model.findings import Finding, Severity
from checker.model.season import Role, RoundChange, State, UnitStanding

Keys = Collection[tuple[str, str]]
"""Rule and fingerprint of errors and warnings."""


def keys_of(findings: Collection[Finding]) -> set[tuple[str, str]]:
    """Rule and fingerprint of the errors and warnings among findings."""
    return {(one.rule, one.fingerprint) for one in findings if one.severity is not Severity.INFO}


def changes(standing: UnitStanding, round_number: int, before: Keys, now: Keys) -> RoundChange:
    """What became of the findings of a unit.

    Args:
        standing: how it stands.
        round_number: the present round.
        before: its findings after the last round.
        now: those of its version in force.
    """
    came = [
        one.role
        for one in standing.submissions
        if one.round == round_number and one.role is not Role.DUPLICATE
    ]
    if not came and round_number > 1:
        return RoundChange(not_resubmitted=len(now or before))
    if came and all(role is Role.UNREADABLE for role in came):
        return RoundChange(unreadable=len(now or before))
    if standing.state is State.UNDECIDED:
        return RoundChange(remaining=len(before))
    old, new = set(before), set(now)
    return RoundChange(mended=len(old - new), remaining=len(old & new), new=len(new - old))
