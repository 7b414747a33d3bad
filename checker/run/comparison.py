"""Compares two results of the same reports: which findings are mended, remaining or new, and which nobody can tell of.

Two findings are the same if their fingerprints are, that is rule, body, year and place, whatever the messages say.
Two reports are the same if their paths are, else if they are of the same body and year. A finding is mended only if
its report is there again and its rule was judged: an absent report mends nothing, nor does one that cannot be read.
A finding about several reports is mended only if all of them are there.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any, Final

from checker.startup.records import dataclass, replace

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


STATES: Final = ("mended", "remaining", "new", "not_resubmitted", "unreadable")
"""What may have become of a finding: `not_resubmitted` where its report is absent, `unreadable` where that is."""
_UNREADABLE: Final = "unreadable"
_JUDGED: Final = ("pass", "fail", "not_applicable")


class ResultComparison:
    """What differs between two results; the reports are loaded as they are asked for, and not kept.

    Args:
        old: the earlier result.
        new: the later one.

    Attributes:
        reports_new, reports_gone: reports that only one result has.
        by_rule: how many findings of each rule are in which state; rules without a difference are left out.
        differs: whether anything at all is different.
    """

    def __init__(self, old: Json, new: Json) -> None:
        self._old, self._new = old, new
        before, after = _by_path(old), _by_path(new)
        partners = _partners(before, after)
        self._pairs = [
            (before[partners[path]].number if path in partners else None, one.number)
            for path, one in after.items()
        ]
        matched = set(partners.values())
        self.reports_new = [path for path in after if path not in partners]
        self.reports_gone = [path for path in before if path not in matched]
        self._gone = [before[path].number for path in self.reports_gone]
        self._spoilt = {old for path, old in partners.items() if not after[path].readable}
        self._paths_of: dict[str, list[str]] = {}
        for path, placed in before.items():
            if placed.unit_and_year:
                self._paths_of.setdefault(placed.unit_and_year[0], []).append(path)
        self._here = {
            placed.unit_and_year for placed in after.values() if placed.unit_and_year and placed.readable
        }
        counts: dict[str, Counter[str]] = {}
        differing: set[str] = set()
        for one in self.findings:
            rule = one.finding["rule"]
            counts.setdefault(rule, Counter())[one.state] += 1
            if one.differs:
                differing.add(rule)
        self.by_rule = {rule: counts[rule] for rule in sorted(differing)}
        self._count: Counter[str] = sum(counts.values(), Counter())
        changed = bool(differing or self.reports_new or self.reports_gone)
        self.differs = changed or any(True for _ in self.verdict_changes)

    def count(self, state: str) -> int:
        """Number of findings in that state."""
        return self._count[state]

    @property
    def findings(self) -> Iterator[ComparedFinding]:
        """Every finding of either, report by report."""
        old, new = self._old["reports"], self._new["reports"]
        for earlier, later in self._pairs:
            report = new[later]
            yield from _findings(report["path"], () if earlier is None else old[earlier]["findings"], report)
        for number in self._gone:
            report = old[number]
            for finding in report["findings"]:
                yield ComparedFinding("not_resubmitted", report["path"], finding)
        about_the_run = {"findings": self._new["findings"], "outcomes": self._new.get("outcomes", ())}
        for one in _findings(RUN, self._old["findings"], about_the_run):
            lost = self._lost(one.finding) if one.state == "mended" else None
            yield replace(one, state=lost) if lost else one

    def _lost(self, finding: Json) -> str | None:
        """Why nobody can tell what became of a finding about several reports: one is absent or unreadable."""
        places = (finding["location"], *(one["location"] for one in finding.get("related", ())))
        paths = {place["path"] for place in places}
        year = finding["evidence"].get("year")
        for unit in finding.get("units", ()):
            if (
                not isinstance(year, int) or (unit, year) not in self._here
            ):  # who had sent last year's file need not send that again
                paths.update(self._paths_of.get(unit, ()))
        if not paths.isdisjoint(self.reports_gone):
            return "not_resubmitted"
        return None if paths.isdisjoint(self._spoilt) else _UNREADABLE

    @property
    def verdict_changes(self) -> Iterator[VerdictChange]:
        """Rules whose verdict on a report has changed without a finding that shows it."""
        old, new = self._old["reports"], self._new["reports"]
        for earlier, later in self._pairs:
            if earlier is not None:
                report = new[later]
                yield from _verdict_changes(report["path"], old[earlier]["outcomes"], report["outcomes"])


@dataclass(frozen=True, slots=True)
class _PlacedReport:
    """A report of a result: its number, body and year if they are known, and whether it could be read."""

    number: int
    unit_and_year: tuple[str, int] | None
    readable: bool


def _by_path(result: Json) -> dict[str, _PlacedReport]:
    reports = enumerate(result["reports"])
    return {
        intern(report["path"]): _PlacedReport(
            number, _unit_and_year(report), report.get("status") != _UNREADABLE
        )
        for number, report in reports
    }


def _partners(before: Mapping[str, _PlacedReport], after: Mapping[str, _PlacedReport]) -> dict[str, str]:
    """From the path in the newer result to that in the older one."""
    partners = {path: path for path in after if path in before}
    free: dict[tuple[str, int], deque[str]] = {}
    for path, report in before.items():
        if path not in partners and report.unit_and_year:
            free.setdefault(report.unit_and_year, deque()).append(path)
    for path, report in after.items():
        if path not in partners and report.unit_and_year and free.get(report.unit_and_year):
            partners[path] = free[report.unit_and_year].popleft()
    return partners


def _unit_and_year(report: Json) -> tuple[str, int] | None:
    agency, year = report["identity"]["agency"], report["identity"]["year"]
    return (intern(agency), year) if agency and year else None


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
