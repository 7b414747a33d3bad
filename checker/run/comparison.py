"""Compares two results of the same reports: which findings are new, gone, changed or unchanged.

Two findings are the same if their fingerprints are, that is rule, body, year and place, whatever the messages say.
Two reports are the same if their paths are, else if they are of the same body and year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from checker.startup.records import dataclass, field

RUN: Final = ""
"""Stands for the findings about a run as a whole where others have the path of their report."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """One finding of either result.

    Attributes:
        state: `new`, `gone`, `changed` (another severity or message) or `unchanged`.
        report: path of its report, `RUN` for one about the run.
        finding: the finding as the contract has it, the newer one where both results have it.
        before: the older one, where both have it.
    """

    state: str
    report: str
    finding: Json
    before: Json | None = None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule whose verdict on a report has changed.

    Attributes:
        before, after: verdicts; None where one result does not have the rule.
    """

    report: str
    rule: str
    before: str | None
    after: str | None


@dataclass(slots=True)
class ResultComparison:
    """What differs between two results.

    Attributes:
        findings: every finding of either, report by report.
        verdict_changes: rules whose verdict on a report has changed without a finding that shows it.
        reports_new, reports_gone: reports that only one result has.
    """

    findings: list[ComparedFinding] = field(default_factory=list)
    verdict_changes: list[VerdictChange] = field(default_factory=list)
    reports_new: list[str] = field(default_factory=list)
    reports_gone: list[str] = field(default_factory=list)

    def count(self, state: str) -> int:
        """Number of findings in that state."""
        return sum(one.state == state for one in self.findings)

    @property
    def differs(self) -> bool:
        """Whether anything at all is different."""
        found = any(one.state != "unchanged" for one in self.findings)
        return found or bool(self.verdict_changes or self.reports_new or self.reports_gone)


STATES: Final = ("new", "gone", "changed", "unchanged")


def compare(old: Json, new: Json) -> ResultComparison:
    """Compare two results in the JSON contract.

    Args:
        old: the earlier result.
        new: the later one.
    """
    comparison = ResultComparison()
    before, after = _by_path(old), _by_path(new)
    partners = _partners(before, after)
    for path, report in after.items():
        earlier = before.get(partners[path]) if path in partners else None
        if earlier is None:
            comparison.reports_new.append(path)
        comparison.findings += _findings(path, earlier["findings"] if earlier else (), report["findings"])
        if earlier is not None:
            comparison.verdict_changes += _verdict_changes(path, earlier["outcomes"], report["outcomes"])
    matched = set(partners.values())
    for path, report in before.items():
        if path not in matched:
            comparison.reports_gone.append(path)
            comparison.findings += _findings(path, report["findings"], ())
    comparison.findings += _findings(RUN, old["findings"], new["findings"])
    return comparison


def _by_path(result: Json) -> dict[str, Json]:
    return {report["path"]: report for report in result["reports"]}


def _partners(before: Mapping[str, Json], after: Mapping[str, Json]) -> dict[str, str]:
    """From the path in the newer result to that in the older one."""
    partners = {path: path for path in after if path in before}
    free: dict[tuple[str, int], list[str]] = {}
    for path, report in before.items():
        who = _who(report)
        if path not in partners and who:
            free.setdefault(who, []).append(path)
    for path, report in after.items():
        who = _who(report)
        if path not in partners and who and free.get(who):
            partners[path] = free[who].pop(0)
    return partners


def _who(report: Json) -> tuple[str, int] | None:
    agency, year = report["identity"]["agency"], report["identity"]["year"]
    return (agency, year) if agency and year else None


def _findings(path: str, old: Sequence[Json], new: Sequence[Json]) -> Iterator[ComparedFinding]:
    waiting: dict[str, list[Json]] = {}
    for finding in old:
        waiting.setdefault(_key(finding), []).append(finding)
    for finding in new:
        same = waiting.get(_key(finding))
        if not same:
            yield ComparedFinding("new", path, finding)
            continue
        before = same.pop(0)
        changed = any(before[name] != finding[name] for name in ("severity", "message"))
        yield ComparedFinding("changed" if changed else "unchanged", path, finding, before)
    for left in waiting.values():
        for finding in left:
            yield ComparedFinding("gone", path, finding)


def _key(finding: Json) -> str:
    return f"{finding['rule']}\0{finding['fingerprint']}"


def _verdict_changes(path: str, old: Sequence[Json], new: Sequence[Json]) -> Iterator[VerdictChange]:
    """Changed verdicts, except between pass and fail: findings show those."""
    before = {outcome["rule"]: outcome["verdict"] for outcome in old}
    after = {outcome["rule"]: outcome["verdict"] for outcome in new}
    for rule in {**before, **after}:
        verdicts = before.get(rule), after.get(rule)
        if verdicts[0] != verdicts[1] and set(verdicts) != {"pass", "fail"}:
            yield VerdictChange(path, rule, *verdicts)


def by_rule(comparison: ResultComparison) -> dict[str, Counter[str]]:
    """How many findings of each rule are in which state; rules without a difference are left out."""
    counts: dict[str, Counter[str]] = {}
    for one in comparison.findings:
        counts.setdefault(one.finding["rule"], Counter())[one.state] += 1
    return {rule: counts[rule] for rule in sorted(counts) if set(counts[rule]) != {"unchanged"}}
