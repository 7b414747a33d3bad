"""Run one kind on a report described as in the examples of rules."""

from __future__ import annotations

from functools import lru_cache

from checker.judging.judgement import Breach, CannotJudge, Unjudged
from checker.judging.rules import Rule
from checker.judging.subject import Subject
from checker.kinds import KINDS
from checker.model.findings import Verdict
from checker.rulebook.build import check_of_kind
from checker.rulebook.load.given import form_of_given
from checker.rulebook.places import place_key
from checker.rulebook.store import load_rulebook
from checker.understand import understand
from checker.workbench.sample import sample_document


@lru_cache(maxsize=1)
def rulebook():
    return load_rulebook()


def report(given):
    form = form_of_given(rulebook().forms, given)
    document = sample_document(form, given, rulebook().forms)
    return understand(document, rulebook().library, level=given.get("level"), tier=given.get("tier"))


def subject(given):
    return Subject(report(given), rulebook().language)


def judgements(kind, options, given):
    """All that the kind says; a refusal to judge stands last, as a text."""
    said = []
    try:
        said.extend(KINDS[kind].compile(options, rulebook().language)(subject(given)))
    except CannotJudge as answer:
        said.append(Unjudged(str(answer)))
    return said


def told(kind, options, given):
    """What the kind says in short: `place[:variant]` for breaches, `? reason` for what it cannot judge."""
    words = []
    for said in judgements(kind, options, given):
        if isinstance(said, Unjudged):
            words.append(f"? {said.reason}")
        elif isinstance(said, Breach):
            words.append(place_key(said.place) + (f":{said.variant}" if said.variant else ""))
    return words


def first_evidence(kind, options, given):
    """Evidence of the first breach."""
    return next(said.evidence for said in judgements(kind, options, given) if isinstance(said, Breach))


def rule(kind, options, **more):
    """A rule with one check."""
    severities = more.pop("severities", {"default": "error"})
    return Rule(
        id="LOC-01", title="要求", group="本地", basis="通知", checks=(check_of_kind(kind, options, rulebook().language, KINDS[kind].looks_at),), severities=severities,
        messages={"default": "不对"}, suggestions={}, **more,
    )  # fmt: skip


__all__ = ["Verdict", "first_evidence", "judgements", "report", "rule", "rulebook", "subject", "told"]
