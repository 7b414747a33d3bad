"""What the formats for machines tell of a run: every finding with its file, and what was not judged, with why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.findings import CheckRun, Finding, Outcome, ReportResult, Status, Suppressed, Verdict
from checker.model.report import Report
from checker.startup.records import dataclass
from checker.writers.shared.places import place_words
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import value_words

SET_WORDS = "几份报告放在一起看"
"""Name of what is found in several reports together."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding with what surrounds it.

    Attributes:
        path: the file to mend, None where it is about several reports.
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


def findings_of(result: ReportResult) -> Iterator[Told]:
    """The findings of one file, first those that stand, then the accepted ones."""
    for finding in result.findings:
        yield Told(finding, result.path, result.report)
    for accepted in result.suppressed:
        yield Told(accepted.finding, result.path, result.report, accepted)


def findings_of_run(run: CheckRun) -> Iterator[Told]:
    """The findings about the run as a whole; those about a file of its own, such as the exceptions, name it."""
    for finding in run.findings:
        yield Told(finding, finding.place.location.path)


@dataclass(frozen=True, slots=True)
class Silence:
    """What could not be judged in one file, for one reason.

    Attributes:
        kind: `unreadable`, `skipped`, `broken` or `not_checked`.
        reason: a Chinese sentence.
        rules: the rules it concerns, none for a file as a whole.
    """

    kind: str
    reason: str
    rules: tuple[str, ...] = ()


SILENCE_WORDS = {
    "unreadable": "无法读取",
    "skipped": "已跳过",
    "broken": "程序出错",
    "not_checked": "未能判断",
}


def silences(result: ReportResult) -> tuple[Silence, ...]:
    """What is no finding and no pass: the file's own fate, broken rules, rules without a judgement by reason."""
    told: list[Silence] = []
    if result.problem is not None:
        told.append(Silence(result.status.value, harmless(result.problem.text)))
    if result.status is Status.UNREADABLE:
        return tuple(told)  # that says it for every rule
    told += [Silence("broken", _reason(o), (o.rule,)) for o in result.outcomes if o.verdict is Verdict.BROKEN]
    told += [
        Silence("not_checked", reason, tuple(rules)) for reason, rules in not_judged(result.outcomes).items()
    ]
    return tuple(told)


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


def told_value(finding: Finding) -> str:
    """The text or figure that stands at the place of a finding, empty where it has none."""
    excerpt = finding.place.excerpt
    if excerpt is not None:
        return harmless(value_words(excerpt))
    return ""


def plain_message(told: Told, *, with_place: bool) -> str:
    """A finding in a few lines of plain text: what is wrong, where, what to change, on what basis."""
    finding = told.finding
    lines = [harmless(finding.message)]
    if with_place:
        lines.append(f"位置：{told.place}")
    text = advice(finding)
    if text:
        lines.append(f"修改：{text}")
    if finding.explains:
        lines.append(f"同时解释：{'、'.join(map(harmless, finding.explains))}")
    if finding.basis:
        lines.append(f"依据：{harmless(finding.basis)}")
    return "\n".join(lines)
