"""The rules about a set of reports: what they must know of each, and what they say of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from functools import partial

from checker.judging.deadlines import due_day
from checker.judging.engine import Answers, broken_reason, finding_of, outcome_of
from checker.judging.rules import Rulebook
from checker.judging.run_subject import RunSubject
from checker.model.errors import CheckerError
from checker.model.findings import Finding, Outcome, Verdict
from checker.model.report import Report
from checker.startup.digests import sha256_of
from checker.startup.records import replace


def gather(rulebook: Rulebook, report: Report) -> dict[str, str]:
    """What the rules about a set of reports must know of one report later, by `gathering_key`.

    A rule that fails at it finds nothing there later, and says that it could not judge the report.
    """
    subject = rulebook.subject(report)
    gathered: dict[str, str] = {}
    for rule in rulebook.rules.values():
        if not rule.of_run or report.form.kind not in rule.kinds or rulebook.idle_reason(rule):
            continue
        for key, gathers in (check.gather for check in rule.checks if check.gather):
            with suppress(ArithmeticError, CheckerError, LookupError, TypeError, ValueError, TimeoutError):
                gathered[key] = gathers(subject)
    return gathered


def judge_run(rulebook: Rulebook, subject: RunSubject) -> tuple[tuple[Outcome, ...], tuple[Finding, ...]]:
    """Apply the rules that look at a run as a whole.

    Returns:
        An outcome for each of them that there was something to hold to, and the findings, in table order.
    """
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    if not subject.accepted and subject.bodies is None:  # nothing was declared that a run could be held to
        return (), ()
    subject = replace(
        subject,
        deadline=partial(due_day, rulebook, kind=_kind_of(subject)),
        names=rulebook.library.bodies,
        own_names=rulebook.language.own_name_rules,
    )
    of_kinds: dict[
        frozenset[str], RunSubject
    ] = {}  # what was reported is put in order once for all rules of them
    for rule in rulebook.rules.values():
        if not rule.of_run or rulebook.idle_reason(rule):
            continue
        answers = Answers()
        kinds = frozenset(rule.kinds)
        if kinds not in of_kinds:
            of_kinds[kinds] = _of_kinds(subject, kinds)
        try:
            for check in rule.checks:
                answers.take_down(check, of_kinds[kinds])
        except Exception as error:  # noqa: BLE001  # whatever it is, it is this rule's fault and not the reports'
            outcomes.append(Outcome(rule.id, Verdict.BROKEN, answers.examined, broken_reason(error)))
            continue
        if answers.examined or answers.unjudged:
            outcomes.append(outcome_of(rule, answers.breaches, answers.unjudged, answers.examined))
        found = [finding_of(rule, breach, None) for breach in answers.breaches]
        findings.extend(
            replace(one, fingerprint=_fingerprint(one), explains=rule.explains) for one in found if one
        )
    return tuple(outcomes), tuple(findings)


def _of_kinds(subject: RunSubject, kinds: Collection[str]) -> RunSubject:
    """The run with none but the reports of some kinds."""
    return replace(subject, reports=[one for one in subject.reports if one.form.kind in kinds])


def _kind_of(subject: RunSubject) -> str | None:
    """The kind of report that a run is about: that of the season, else that most of its reports are of."""
    if subject.season is not None:
        return subject.season.kind
    kinds = Counter(report.form.kind for report in subject.reports)
    return kinds.most_common(1)[0][0] if kinds else None


def _fingerprint(finding: Finding) -> str:
    """Rule, agency, year and cell; for a finding about no cell its units, or else its message, which names them."""
    place, evidence = finding.place, finding.evidence
    spot = f"{place.table}/{place.row}/{place.column}" if place.table else finding.message
    if finding.units:
        spot = "\0".join((spot if place.table else "", *finding.units))
    key = "\0".join((finding.rule, str(evidence.get("agency")), str(evidence.get("year")), spot))
    return sha256_of(key.encode())[:16]
