"""What every output says of a run: each finding with its file, and what was not judged, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.findings import CheckRun, Finding, Outcome, ReportResult, Status, Suppressed, Verdict
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass
from checker.writers.shared.places import place_words
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import value_words


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """One finding with what surrounds it.

    Attributes:
        path: the file to mend, None where it is about more than one report.
        report: the report it stands in, None for findings about the run and about unreadable files.
        accepted: the exception that sets it aside, None for one that stands.
    """

    finding: Finding
    path: str | None
    report: Report | None = None
    accepted: Suppressed | None = None

    @property
    def line(self) -> int | None:
        """The line in `path`, None where that file has no lines or the place is in a part of an archive."""
        location = self.finding.place.location
        return location.line if location.path in (None, self.path) else None

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return harmless(place_words(self.finding.place, self.report))


def findings_of(result: ReportResult) -> Iterator[LocatedFinding]:
    """The findings of one file, first those that stand, then the accepted ones."""
    for finding in result.findings:
        yield LocatedFinding(finding, result.path, result.report)
    for accepted in result.suppressed:
        yield LocatedFinding(accepted.finding, result.path, result.report, accepted)


def findings_of_run(run: CheckRun) -> Iterator[LocatedFinding]:
    """The findings about the run as a whole; those about a file that is no report, such as the exceptions, name it."""
    for finding in run.findings:
        yield LocatedFinding(finding, finding.place.location.path)


@dataclass(frozen=True, slots=True)
class Omission:
    """What could not be judged in one file, for one reason.

    Attributes:
        kind: `unreadable`, `skipped`, `broken` or `not_checked`.
        reason: a Chinese sentence.
        rules: the rules it concerns, none for a file as a whole.
    """

    kind: str
    reason: str
    rules: tuple[str, ...] = ()

    def name(self, vocabulary: Vocabulary) -> str:
        """Its kind in words."""
        return vocabulary.results.names.get(self.kind) or vocabulary.verdicts.name(self.kind)


def omissions(result: ReportResult) -> tuple[Omission, ...]:
    """What is neither a finding nor a pass: an unreadable file, broken rules, rules without a judgement by reason."""
    found: list[Omission] = []
    if result.problem is not None:
        found.append(Omission(result.status.value, harmless(result.problem.text)))
    if result.status is Status.UNREADABLE:
        return tuple(found)  # that says it for every rule
    found += [
        Omission("broken", _reason(o), (o.rule,)) for o in result.outcomes if o.verdict is Verdict.BROKEN
    ]
    found += [
        Omission("not_checked", reason, tuple(rules)) for reason, rules in not_judged(result.outcomes).items()
    ]
    return tuple(found)


def omissions_of_run(run: CheckRun) -> tuple[Omission, ...]:
    """What rules about the set of reports left unjudged, or judged only in part, by reason."""
    broken = [Omission("broken", _reason(o), (o.rule,)) for o in run.outcomes if o.verdict is Verdict.BROKEN]
    left = not_judged(run.outcomes)
    return (*broken, *(Omission("not_checked", reason, tuple(rules)) for reason, rules in left.items()))


def not_judged(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """Rules without a judgement by reason, the reason that holds back most rules first."""
    reasons: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.verdict is Verdict.NOT_CHECKED:
            reasons.setdefault(_reason(outcome), []).append(outcome.rule)
    return {reason: reasons[reason] for reason in sorted(reasons, key=lambda reason: -len(reasons[reason]))}


def _reason(outcome: Outcome) -> str:
    return harmless(outcome.reason or "原因不明")


def advice(finding: Finding) -> str:
    """What to change, as one text; empty where nothing is proposed."""
    return harmless(finding.suggestion.text) if finding.suggestion else ""


def value_at_place(finding: Finding) -> str:
    """The text or figure that stands at the place of a finding, empty where it has none."""
    excerpt = finding.place.excerpt
    if excerpt is not None and not finding.place.lacking:
        return harmless(value_words(excerpt))
    return ""


def plain_message(located: LocatedFinding) -> str:
    """A finding in a few lines of plain text: what is wrong, where, what to change, on what basis."""
    finding = located.finding
    lines = [harmless(finding.message), f"位置：{located.place}"]
    text = advice(finding)
    if text:
        lines.append(f"修改：{text}")
    if finding.explains:
        lines.append(f"同时解释：{'、'.join(map(harmless, finding.explains))}")
    if finding.basis:
        lines.append(f"依据：{harmless(finding.basis)}")
    return "\n".join(lines)
