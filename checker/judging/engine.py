"""Every rule against one report: exactly one outcome a rule, and the findings.

An exception inside a rule breaks that rule for that report and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from checker.judging.judgement import (
    UNRECOGNISED,
    Agreed,
    Breach,
    CannotJudge,
    Held,
    Unjudged,
    UnrecognisedError,
    Witness,
)
from checker.judging.messages import fill, standard_words
from checker.judging.rules import OFF, Check, LooksAt, Rule, Rulebook, applicability
from checker.judging.run_subject import RunSubject
from checker.judging.subject import KnownYears, Subject
from checker.model.errors import OutOfTimeError
from checker.model.findings import Finding, Outcome, Severity, Suggestion, Verdict
from checker.model.report import Report
from checker.model.text import label_key
from checker.solver import SumIdentity
from checker.startup.digests import sha256_of
from checker.startup.records import dataclass, field, replace

_REASONS_LISTED: Final = 3
MOST_BREACHES: Final = 1000
"""Of one check and variant that are listed; who has so many mends them by the kind, and not one by one."""
_MORE: Final = f"（同样的问题还有，只列出前 {MOST_BREACHES:,} 处）"
_OUT_OF_TIME: Final = "检查这份报告用的时间太长，停在这条规则上，请反馈给开发者"
_NO_TURN: Final = "检查这份报告用的时间太长，没有轮到这条规则"


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rule said about one report.

    Attributes:
        held: the sums that hold.
        agreed: figures known from elsewhere that agree with their cells.
        unrecognised: what was not recognised of the report, so that the rule could not judge it.
    """

    outcome: Outcome
    breaches: tuple[Breach, ...] = ()
    held: tuple[SumIdentity, ...] = ()
    agreed: tuple[Witness, ...] = ()
    unrecognised: str | None = None


def run(
    rulebook: Rulebook, report: Report, today: date | None = None, years: KnownYears = None
) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """Apply every rule.

    Args:
        rulebook: the rules.
        report: the report.
        today: the day that counts for deadlines of undated reports.
        years: the report's neighbours in time, None if last year's report is not known.

    Returns:
        One outcome for each rule in table order, and the findings in reading order.
    """
    subject = rulebook.subject(report, today, years)
    # Whether a table was read rightly has to be known before anything is said about it.
    doubting = [rule for rule in rulebook.rules.values() if rule.reports_misreading]
    others = sorted(rulebook.rules.values(), key=lambda rule: rule.tells_unjudged)
    known: dict[str, Judged] = {}
    try:
        for rule in (*doubting, *others):
            if rule.id not in known:
                known[rule.id] = judge(rulebook, rule, subject)
                if known[rule.id].unrecognised and not rule.reports_misreading:
                    subject.unjudged[known[rule.id].unrecognised or ""] += 1
    except OutOfTimeError:
        known = _stopped(known, (*doubting, *others))
    judged = [(rule, known[rule.id]) for rule in rulebook.rules.values()]
    findings = _fold(rulebook, _findings(judged, report))
    ranks = {rule: rank for rank, rule in enumerate(rulebook.rules)}
    findings.sort(key=lambda finding: _reading_order(report, finding, ranks[finding.rule]))
    return tuple(one.outcome for _, one in judged), _fingerprinted(report, findings)


def _stopped(known: Mapping[str, Judged], rules: Sequence[Rule]) -> dict[str, Judged]:
    """What has been judged, the rule that the time ran out at, and those that had no turn."""
    left = [rule.id for rule in rules if rule.id not in known]
    by = {rule: Judged(Outcome(rule, Verdict.NOT_CHECKED, 0, _NO_TURN)) for rule in left[1:]}
    return {**known, **by, left[0]: Judged(Outcome(left[0], Verdict.BROKEN, 0, _OUT_OF_TIME))}


def findings_of(rule: Rule, judged: Judged, report: Report) -> tuple[Finding, ...]:
    """The findings of one rule taken alone, in reading order; for examples in rules."""
    findings = _findings([(rule, judged)], report)
    findings.sort(key=lambda finding: _reading_order(report, finding, 0))
    return tuple(findings)


def sums_of(rulebook: Rulebook, report: Report) -> Iterator[SumIdentity]:
    """The sums of a report's tables that rules could judge, whether they hold or not."""
    subject = rulebook.subject(report)
    for rule in rulebook.rules.values():
        if any(check.about_sums for check in rule.checks):
            judged = judge(rulebook, rule, subject)
            yield from judged.held
            yield from (breach.identity for breach in judged.breaches if breach.identity)


def broken_reason(error: Exception) -> str:
    """What is said of a rule that failed itself."""
    return f"程序内部错误（{type(error).__name__}: {error}），请反馈给开发者"


def _findings(judged: Sequence[tuple[Rule, Judged]], report: Report) -> list[Finding]:
    """Breaches as findings, broken sums merged by cause."""
    findings: list[Finding] = []
    misread: list[Finding] = []
    figures: list[tuple[int, Breach, Finding]] = []
    for order, (rule, one) in enumerate(judged):
        for breach in one.breaches:
            finding = finding_of(rule, breach, report)
            if finding is None:
                continue
            if rule.reports_misreading:
                misread.append(finding)
            elif breach.identity or breach.witness:
                figures.append((order, breach, finding))
            else:
                findings.append(finding)
    findings.extend(_with_sums(finding, figures) for finding in misread)
    if figures:
        findings.extend(
            _by_cause(judged, report, figures, {misreading.place.table for misreading in misread})
        )
    return findings


def _by_cause(
    judged: Sequence[tuple[Rule, Judged]],
    report: Report,
    figures: Sequence[tuple[int, Breach, Finding]],
    doubted: Collection[str | None],
) -> list[Finding]:
    """The findings about figures, merged by cause; sums of doubted tables are left out."""
    from checker.judging.root_causes import BrokenSum, Contradiction, Evidence, merge_sums  # noqa: PLC0415  # figures are mostly right

    known = Evidence(
        held=[identity for _, one in judged for identity in one.held],
        agreed=[witness for _, one in judged for witness in one.agreed],
        contradictions=[
            Contradiction(breach.witness, finding)
            for _, breach, finding in figures
            if breach.witness and not breach.identity
        ],
    )
    broken = [BrokenSum(order, one, one.identity, finding) for order, one, finding in figures if one.identity]
    return merge_sums(report, [one for one in broken if one.table not in doubted], known)


def _with_sums(misreading: Finding, figures: Sequence[tuple[int, Breach, Finding]]) -> Finding:
    """The finding that a table seems to have been misread stands for its broken sums."""
    rules = dict.fromkeys(
        finding.rule
        for _, breach, finding in figures
        if breach.identity and breach.identity.terms[0][0][0] == misreading.place.table
    )
    return replace(misreading, explains=(*misreading.explains, *rules)) if rules else misreading


def judge(rulebook: Rulebook, rule: Rule, subject: Subject) -> Judged:
    """The verdict of one rule; its breaches are not yet findings."""
    idle = rulebook.no_verdict_reason(rule)
    if idle:
        return Judged(Outcome(rule.id, Verdict.NOT_APPLICABLE, 0, idle))
    applies, reason = applicability(rule.condition, subject.report)
    if applies is None:
        why_not = UNRECOGNISED[reason or ""]
        return Judged(Outcome(rule.id, Verdict.NOT_CHECKED, 0, why_not), unrecognised=reason)
    if not applies:
        return Judged(Outcome(rule.id, Verdict.NOT_APPLICABLE, 0, reason))
    answers = Answers()
    try:
        for check in rule.checks:
            answers.listen(check, subject)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is this rule's fault and not the report's
        return Judged(Outcome(rule.id, Verdict.BROKEN, answers.examined, broken_reason(error)))
    for witness in (*answers.agreed, *(breach.witness for breach in answers.breaches if breach.witness)):
        subject.witnessed.setdefault(witness.cell, set()).add(witness.value)
    if rule.reports_misreading:
        subject.doubted.update(
            breach.place.table
            for breach in answers.breaches
            if breach.place.table and _grade(rule, breach.variant, subject.report) != OFF
        )
    reported = [breach for breach in answers.breaches if _grade(rule, breach.variant, subject.report) != OFF]
    outcome = outcome_of(rule, reported, answers.unjudged, answers.examined)
    unknown = answers.unrecognised if outcome.verdict is Verdict.NOT_CHECKED else None
    return Judged(outcome, tuple(answers.breaches), tuple(answers.held), tuple(answers.agreed), unknown)


@dataclass
class Answers:
    """What the checks of one rule have said so far."""

    breaches: list[Breach] = field(default_factory=list)
    held: list[SumIdentity] = field(default_factory=list)
    agreed: list[Witness] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)
    examined: int = 0
    unrecognised: str | None = None

    def listen(self, check: Check, subject: Subject) -> None:
        """Take down every judgement of one check about a report; one that needs last year's must have it."""
        if subject.years is None and check.looks_at is LooksAt.LAST_YEAR:
            self.unjudged.append(subject.no_last_year)
            return
        subject.left_out.clear()
        self.take_down(check, subject, MOST_BREACHES)
        self.unjudged.extend(sorted(subject.left_out))

    def take_down(self, check: Check, subject: Subject | RunSubject, most: int | None = None) -> None:
        """Take down every judgement of one check; with `most` so many breaches of each variant at the most."""
        told: Counter[str | None] = Counter()
        try:
            for judgement in check.judge(subject):
                if isinstance(judgement, Unjudged):
                    self.unjudged.append(judgement.reason)
                    continue
                self.examined += 1
                if isinstance(judgement, Held):
                    self.held.append(judgement.identity)
                elif isinstance(judgement, Agreed):
                    self.agreed.append(judgement.witness)
                elif judgement is not None:
                    breach = replace(judgement, variant=check.variant) if check.variant else judgement
                    self._list(breach, told, most)
                    if most and told[check.variant] > most:
                        return  # the kind tells none apart, so that no graver one can follow
        except CannotJudge as answer:
            self.unjudged.append(str(answer))
            if isinstance(answer, UnrecognisedError):
                self.unrecognised = answer.what
        except TimeoutError:
            self.unjudged.append("正则表达式在这份文本上要走的步数太多")

    def _list(self, breach: Breach, told: Counter[str | None], most: int | None) -> None:
        """Take down a breach, unless there are many of its variant; the last one says that there are more."""
        if most and not (breach.identity or breach.witness):
            told[breach.variant] += 1
            if told[breach.variant] == most + 1:
                last = max(index for index, one in enumerate(self.breaches) if one.variant == breach.variant)
                self.breaches[last] = replace(self.breaches[last], more=True)
            if told[breach.variant] > most:
                return
        self.breaches.append(breach)


def outcome_of(rule: Rule, breaches: list[Breach], unjudged: list[str], examined: int) -> Outcome:
    """Fail if anything is reported; not checked if something could not be judged; else pass."""
    if any(_for_variant(rule.severities, breach.variant) != OFF for breach in breaches):
        return Outcome(rule.id, Verdict.FAIL, examined, None)
    if unjudged or not examined:
        reasons = list(dict.fromkeys(unjudged))
        why_not = "；".join(reasons[:_REASONS_LISTED]) + (
            f"等 {len(reasons)} 处" if len(reasons) > _REASONS_LISTED else ""
        )
        return Outcome(rule.id, Verdict.NOT_CHECKED, examined, why_not or "没有可以检查的内容")
    return Outcome(rule.id, Verdict.PASS, examined, None)


def finding_of(rule: Rule, breach: Breach, report: Report | None) -> Finding | None:
    """The finding of a breach, None if its variant is not reported; no `report` for a rule about the run."""
    grade = _grade(rule, breach.variant, report)
    if grade == OFF:
        return None
    title = rule.title_for(report.form.id if report else None)
    words = {**breach.evidence, **breach.words, **(standard_words(report, breach.place) if report else {})}
    template = _for_variant(rule.suggestions, breach.variant)
    advice = Suggestion(fill(template or "", words), texts=breach.texts) if template or breach.texts else None
    return Finding(
        rule=rule.id,
        title=title,
        severity=Severity(grade),
        message=fill(_for_variant(rule.messages, breach.variant) or title, words)
        + (_MORE if breach.more else ""),
        basis=rule.basis_for(breach.form or (report.form_id_of(breach.place.table) if report else None)),
        place=breach.place,
        related=breach.related,
        evidence=breach.evidence,
        suggestion=breach.suggestion or advice,
        units=breach.units,
    )


def _grade(rule: Rule, variant: str | None, report: Report | None) -> str:
    own = _for_variant(rule.severities, variant) or Severity.WARNING.value
    for case in rule.severity_cases:
        if own != OFF and report and applicability(case.condition, report)[0]:
            return case.severity
    return own


def _for_variant(values: Mapping[str, str], variant: str | None) -> str | None:
    return values.get(variant or "default", values.get("default"))


def _fold(rulebook: Rulebook, findings: list[Finding]) -> list[Finding]:
    """Findings that another finding stands for, by the rules' `explains`, are named there and left out.

    A finding is never folded into a milder one.
    """
    standing: dict[str, dict[tuple[int, int | None], list[int]]] = {}
    for index, finding in enumerate(findings):
        alike = standing.setdefault(finding.rule, {})
        alike.setdefault((finding.severity.rank, finding.place.section), []).append(index)
    explained: dict[int, list[int]] = {}
    gone: set[int] = set()
    for index, finding in enumerate(findings):
        rule = rulebook.rules[finding.rule]
        if index in gone:
            continue
        for other in dict.fromkeys((*rule.explains, *rule.explains_in_section)):
            for (rank, section), indexes in standing.get(other, {}).items():
                if finding.severity.rank <= rank and (
                    other in rule.explains or section == finding.place.section
                ):
                    explained.setdefault(index, []).extend(i for i in indexes if i not in gone)
                    gone.update(indexes)
                    indexes.clear()
        for other in rule.explains_in_cell:
            for (rank, _), indexes in standing.get(other, {}).items():
                same = [i for i in indexes if i not in gone and _share_a_cell(finding, findings[i])]
                if same and finding.severity.rank <= rank:
                    explained.setdefault(index, []).extend(same)
                    gone.update(same)
    names = {index: [findings[i].rule for i in sorted(others)] for index, others in explained.items()}
    return [
        replace(finding, explains=tuple(dict.fromkeys((*finding.explains, *names.get(index, ())))))
        for index, finding in enumerate(findings)
        if index not in gone
    ]


def _share_a_cell(one: Finding, other: Finding) -> bool:
    cells, others = (
        {
            (place.table, place.row, place.column)
            for place in (finding.place, *(related.place for related in finding.related))
            if place.table and place.row
        }
        for finding in (one, other)
    )
    return not cells.isdisjoint(others)


_END: Final = 10**9


def _reading_order(report: Report, finding: Finding, rank: int) -> tuple[int, ...]:
    """Section, then text before tables, then place, then rule."""
    place = finding.place
    section = _END if place.section is None else place.section
    if place.table and place.table in report.tables:
        table = report.tables[place.table]
        cell = table.form.order.get((place.row or "", place.column or ""), -1)
        return (section, 1, cell, rank, 0)
    return (section, 0, place.location.paragraph or 0, rank, place.location.start or 0)


def _fingerprinted(report: Report, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with fingerprints: rule, agency, year, and the cell or sentence; never the value."""
    seen: dict[str, int] = {}
    result: list[Finding] = []
    for finding in findings:
        place = finding.place
        spot = f"{place.table}/{place.row}/{place.column}" if place.table else label_key(place.excerpt or "")
        identity = report.identity
        key = "\0".join(
            (
                finding.rule,
                identity.written or identity.agency or "",
                str(identity.year),
                str(place.section),
                spot,
            )
        )
        seen[key] = seen.get(key, 0) + 1
        digest = sha256_of(f"{key}\0{seen[key]}".encode())[:16]
        result.append(replace(finding, fingerprint=digest))
    return tuple(result)
