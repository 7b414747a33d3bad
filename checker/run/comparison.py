"""Compares two results of the same reports: which findings are mended, remaining or new, and which nobody can tell of.

Two findings are the same if their fingerprints are, that is rule, body, year and place, whatever the messages say.
Two reports are the same if their paths are, else if they are of the same body and year. A finding is mended only if
its report is there again and its rule was judged: an absent report mends nothing, nor does one that cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.startup.records import dataclass, field

RUN: Final = ""
"""Stands for the findings about a run as a whole where others have the path of their report."""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """One finding of either result.

    Attributes:
        state: one of `STATES`.
        report: path of its report, `RUN` for one about the run.
        finding: the finding as the contract has it, the newer one where both results have it.
        before: the older one, where both have it.
    """

    state: str
    report: str
    finding: Json
    before: Json | None = None

    @property
    def differs(self) -> bool:
        """Whether it is not simply still there, as it was."""
        return self.state != "remaining" or self.is_changed

    @property
    def is_changed(self) -> bool:
        """Whether both results have it, with another severity or message."""
        before = self.before
        return before is not None and any(
            before[name] != self.finding[name] for name in ("severity", "message")
        )


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
        found = any(one.differs for one in self.findings)
        return found or bool(self.verdict_changes or self.reports_new or self.reports_gone)


STATES: Final = ("mended", "remaining", "new", "not_resubmitted", "unreadable")
"""What may have become of a finding: `not_resubmitted` where its report is absent, `unreadable` where that is."""
_UNREADABLE: Final = "unreadable"
_JUDGED: Final = ("pass", "fail", "not_applicable")


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
        comparison.findings += _findings(path, earlier["findings"] if earlier else (), report)
        if earlier is not None:
            comparison.verdict_changes += _verdict_changes(path, earlier["outcomes"], report["outcomes"])
    matched = set(partners.values())
    for path, report in before.items():
        if path not in matched:
            comparison.reports_gone.append(path)
            comparison.findings += (
                ComparedFinding("not_resubmitted", path, finding) for finding in report["findings"]
            )
    about_the_run = {"findings": new["findings"], "outcomes": ()}
    comparison.findings += _findings(RUN, old["findings"], about_the_run)
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


def _findings(path: str, old: Sequence[Json], report: Json) -> Iterator[ComparedFinding]:
    """What became of the findings of a report that is there again."""
    waiting: dict[str, list[Json]] = {}
    for finding in old:
        waiting.setdefault(_key(finding), []).append(finding)
    for finding in report["findings"]:
        same = waiting.get(_key(finding))
        if same:
            yield ComparedFinding("remaining", path, finding, same.pop(0))
        else:
            yield ComparedFinding("new", path, finding)
    state = _state_of_the_rest(report)
    for left in waiting.values():
        for finding in left:
            yield ComparedFinding(state(finding["rule"]), path, finding)


def _state_of_the_rest(report: Json) -> Callable[[str], str]:
    """What became of the findings of a rule that a report no longer has."""
    if report.get("status") == _UNREADABLE:
        return lambda _rule: _UNREADABLE
    not_judged = {one["rule"] for one in report["outcomes"] if one["verdict"] not in _JUDGED}
    not_judged.update(rule for finding in report["findings"] for rule in finding.get("explains", ()))
    return lambda rule: "remaining" if rule in not_judged else "mended"


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
    differing: set[str] = set()
    for one in comparison.findings:
        rule = one.finding["rule"]
        counts.setdefault(rule, Counter())[one.state] += 1
        if one.differs:
            differing.add(rule)
    return {rule: counts[rule] for rule in sorted(differing)}
