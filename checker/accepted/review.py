"""Applies accepted findings to the results of a run, one result at a time, and records which entries were used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.accepted.entries import AcceptedEntry, AcceptedFindings, absolute, line_place
from checker.accepted.values import agrees, shown
from checker.judging.run_subject import EntryOutcome
from checker.model.findings import Finding, Outcome, ReportResult, Suppressed, Verdict
from checker.model.place import Scalar
from checker.model.text import label_key
from checker.rulebook.places import place_key
from checker.startup.records import replace


class Review:
    """Sets accepted findings aside in one result after the other; its memory grows with the file, not the run.

    Args:
        accepted: the accepted findings.
    """

    def __init__(self, accepted: AcceptedFindings) -> None:
        self._accepted = accepted
        self._by_agency: dict[tuple[str, int | None], list[int]] = {}
        self._by_path: dict[str, list[int]] = {}
        for number, entry in enumerate(accepted.entries):
            if entry.agency is not None:
                key = (label_key(entry.agency), entry.year)
                self._by_agency.setdefault(key, []).append(number)
            elif entry.path is not None:
                self._by_path.setdefault(entry.path, []).append(number)
        self._states: dict[int, str] = {}

    def apply(self, result: ReportResult) -> ReportResult:
        """The result with accepted findings set aside, and what was accepted for another value marked so."""
        numbers = self._about(result)
        if not numbers:
            return result
        at_place: dict[tuple[str, str], list[int]] = {}
        for number in numbers:
            entry = self._accepted.entries[number]
            at_place.setdefault((entry.rule, entry.place), []).append(number)
        standing: list[tuple[Finding, list[int]]] = []
        suppressed: list[Suppressed] = []
        used: set[int] = set()
        for finding in result.findings:
            place = place_key(finding.place).replace(" ", "")
            candidates = [
                n for spot in (place, finding.fingerprint) for n in at_place.get((finding.rule, spot), ())
            ]
            exact = next((n for n in candidates if agrees(self._accepted.entries[n].value, finding)), None)
            if exact is None:
                standing.append((finding, candidates))
                continue
            used.add(exact)
            obstacle = self._obstacle(self._accepted.entries[exact], finding)
            if obstacle:
                standing.append((_noted(finding, obstacle), []))
            else:
                suppressed.append(self._suppressed(finding, exact))
        findings = tuple(self._reopened(finding, candidates, used) for finding, candidates in standing)
        self._note_states(result, numbers, used)
        if not used:
            return result
        reason = "问题基线里都有" if self._accepted.earlier else "问题均已列为例外"
        outcomes = _outcomes(result.outcomes, findings, suppressed, reason)
        set_aside = (*result.suppressed, *suppressed)
        return replace(result, findings=findings, suppressed=set_aside, outcomes=outcomes)

    def _about(self, result: ReportResult) -> list[int]:
        """Numbers of the entries about a report."""
        path = absolute(result.path)
        identity = result.report.identity if result.report else None
        numbers = list(self._by_path.get(path, ()))
        year = identity.year if identity else None
        for name in (identity.agency, identity.written) if identity else ():
            if name is not None:
                numbers += self._by_agency.get((label_key(name), year), ())
                numbers += self._by_agency.get((label_key(name), None), ()) if year else ()
        entries = self._accepted.entries
        return [n for n in numbers if entries[n].path in (None, path) and entries[n].year in (None, year)]

    def _obstacle(self, entry: AcceptedEntry, finding: Finding) -> str | None:
        """Why an entry that fits does not set the finding aside."""
        if entry.until and entry.expired(self._accepted.today):
            return f"原已列为例外，{entry.until.isoformat()} 到期"
        fixed = [rule for rule in finding.explains if rule in self._accepted.fixed]
        return f"已列为例外，但同一处还违反不允许例外的 {'、'.join(fixed)}" if fixed else None

    def _suppressed(self, finding: Finding, number: int) -> Suppressed:
        entry = self._accepted.entries[number]
        source = f"{self._accepted.file}:{entry.line}" if entry.line else self._accepted.file
        return Suppressed(finding, entry.reason, entry.owner, entry.until, source)

    def _reopened(self, finding: Finding, candidates: Sequence[int], used: set[int]) -> Finding:
        """The finding, marked if an entry at its place was written for a value that is not there any more."""
        number = next((n for n in candidates if n not in used), None)
        if number is None:
            return finding
        used.add(number)
        old = shown(self._accepted.entries[number].value)
        if self._accepted.earlier:
            return _noted(finding, f"基线里是“{old}”，值已改变")
        return _noted(finding, f"例外是按旧值“{old}”列的，值已改变，请重新核对")

    def _note_states(self, result: ReportResult, numbers: Sequence[int], used: set[int]) -> None:
        silent = {o.rule for o in result.outcomes if o.verdict in (Verdict.NOT_CHECKED, Verdict.BROKEN)}
        judged = {o.rule for o in result.outcomes} - silent
        judged -= {rule for finding in result.findings for rule in finding.explains}
        for number in numbers:
            state = self._states.get(number)
            if number in used:
                self._states[number] = "used"
            elif state != "used":
                undecided = self._accepted.entries[number].rule not in judged or state == "undecided"
                self._states[number] = "undecided" if undecided else "unused"

    def entries(self) -> tuple[EntryOutcome, ...]:
        """What became of every entry; those about reports that were not in the run are reported as one."""
        outcomes = list(self._accepted.malformed)
        absent: list[AcceptedEntry] = []
        for number, entry in enumerate(self._accepted.entries):
            state = "expired" if entry.expired(self._accepted.today) else self._states.get(number)
            if state is None:
                absent.append(entry)
            else:
                outcomes.append(self._outcome(entry, state, 1, None))
        if absent:
            outcomes.append(self._outcome(absent[0], "unused", len(absent), "no_report"))
        return tuple(outcomes)

    def _outcome(self, entry: AcceptedEntry, state: str, count: int, variant: str | None) -> EntryOutcome:
        report = f"{entry.agency} {entry.year} 年度" if entry.agency else Path(entry.path or "").name
        evidence: dict[str, Scalar] = {
            "rule": entry.rule,
            "report": report,
            "spot": entry.place.replace(",", ", "),
            "reason": entry.reason,
            "owner": entry.owner,
            "until": entry.until.isoformat() if entry.until else None,
            "count": count,
        }
        return EntryOutcome(state, line_place(self._accepted.file, entry.line), evidence, variant)


def _noted(finding: Finding, note: str) -> Finding:
    return replace(finding, message=f"{finding.message}（{note}）")


def _outcomes(
    outcomes: Sequence[Outcome], findings: Sequence[Finding], suppressed: Sequence[Suppressed], reason: str
) -> tuple[Outcome, ...]:
    """The outcomes; a rule that fails only by what was accepted says so."""
    accepted = {one.finding.rule for one in suppressed} - {finding.rule for finding in findings}
    return tuple(
        replace(outcome, reason=reason) if outcome.rule in accepted else outcome for outcome in outcomes
    )
