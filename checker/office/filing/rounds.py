"""What became of the findings of each unit since the last round.

Only a new readable version can mend a finding, and only if its rule was judged on it: an absent report mends nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from checker.model.findings import Finding, ReportResult, Severity, Verdict
from checker.model.season import Role, RoundChange, UnitStanding

Keys = Collection[tuple[str, str]]
"""Rule and fingerprint of errors and warnings."""


def keys_of(findings: Collection[Finding]) -> set[tuple[str, str]]:
    """Rule and fingerprint of the errors and warnings among findings."""
    return {(one.rule, one.fingerprint) for one in findings if one.severity is not Severity.INFO}


def untold_rules(result: ReportResult) -> set[str]:
    """Rules of whose findings nobody can say that they are mended where they are not found.

    They could not be judged, or another finding stands for theirs.
    """
    untold = {one.rule for one in result.outcomes if one.verdict in (Verdict.NOT_CHECKED, Verdict.BROKEN)}
    return untold.union(*(one.explains for one in result.findings))


def changes(
    standing: UnitStanding, round_number: int, before: Keys, result: ReportResult | None
) -> RoundChange:
    """What became of the findings of a unit.

    Args:
        standing: how it stands.
        round_number: the present round.
        before: its findings after the last round.
        result: its version in force, None if there is none.
    """
    old, new = set(before), keys_of(result.findings) if result else set()
    came = [
        one.role
        for one in standing.submissions
        if one.round == round_number and one.role is not Role.DUPLICATE
    ]
    if not came and round_number > 1:
        return RoundChange(not_resubmitted=len(new or old))
    if came and all(role is Role.UNREADABLE for role in came):
        return RoundChange(unreadable=len(new or old))
    if result is None:
        return RoundChange(remaining=len(old))
    untold = untold_rules(result)
    gone = old - new
    mended = sum(rule not in untold for rule, _ in gone)
    return RoundChange(mended=mended, remaining=len(old) - mended, new=len(new - old))
