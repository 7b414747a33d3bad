"""The mutation score: how many faults put into clean reports does some rule catch, and which rule alone?

A mutant is caught by a rule whose verdict on it is `fail` while it was not on the clean sample. What a
finding is folded into makes no difference: a rule that is only named in another's `explains` has caught
the mutant too.

A sample is a report, or a run: several reports with a list of units and a list of exceptions. In a run a
rule fails if it does on any of the reports, unless all that it found there is accepted.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from checker.judging.engine import judge
from checker.judging.rules import Rulebook
from checker.judging.run_engine import judge_run
from checker.model.errors import NotAReportError
from checker.model.findings import ReportResult, Verdict
from checker.startup.records import dataclass
from checker.workbench.mutation.mutants import OPERATORS, Operator
from checker.workbench.mutation.run_mutants import RUN_OPERATORS
from checker.workbench.mutation.samples import Sample, Slip
from checker.workbench.sample_subject import Given, Neighbours, is_run, sample_run, sample_subject

DEFAULT_SEED: Final = 20240131
DEFAULT_DRAWN: Final = 4
SLIPS: Final = "slips"
_SLIPS_TITLE: Final = "常见差错"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A spoilt report or run.

    Attributes:
        operator: key of the operator, `slips` for those of the sample file.
        sample: key of the sample.
        change: what was done, in Chinese.
        given: what it is built from.
    """

    operator: str
    sample: str
    change: str
    given: Given


@dataclass(frozen=True, slots=True)
class MutantResult:
    """What the rules said about a mutant.

    Attributes:
        caught_by: rules that fail on it and did not on the clean sample.
        silenced: rules that passed the clean sample and cannot judge the mutant.
    """

    mutant: Mutant
    caught_by: tuple[str, ...]
    silenced: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """Mutants of one operator, and how many of them some rule catches."""

    title: str
    total: int
    caught: int


@dataclass(frozen=True)
class Coverage:
    """All mutants with what the rules said.

    Attributes:
        rules: ids of the rules that run, in table order.
        unclean: by sample, the rules that fail on the clean sample.
    """

    rules: tuple[str, ...]
    results: tuple[MutantResult, ...]
    unclean: Mapping[str, tuple[str, ...]]

    @cached_property
    def score(self) -> Score:
        """All operators together."""
        return Score("合计", len(self.results), sum(bool(result.caught_by) for result in self.results))

    @cached_property
    def survivors(self) -> tuple[MutantResult, ...]:
        """Mutants that no rule catches."""
        return tuple(result for result in self.results if not result.caught_by)

    @cached_property
    def alone(self) -> Mapping[str, tuple[Mutant, ...]]:
        """For each rule the mutants that it alone catches."""
        alone: dict[str, list[Mutant]] = {rule: [] for rule in self.rules}
        for result in self.results:
            if len(result.caught_by) == 1:
                alone[result.caught_by[0]].append(result.mutant)
        return {rule: tuple(mutants) for rule, mutants in alone.items()}

    @cached_property
    def caught(self) -> Mapping[str, int]:
        """For each rule how many mutants it catches."""
        return {rule: sum(rule in result.caught_by for result in self.results) for rule in self.rules}

    def companions(self, rule: str) -> tuple[str, ...]:
        """Rules that catch every mutant that this rule catches; empty if it catches none."""
        sets = [set(result.caught_by) for result in self.results if rule in result.caught_by]
        return tuple(sorted(set.intersection(*sets) - {rule})) if sets else ()

    def scores(self) -> Iterator[tuple[str, Score]]:
        """Operator key and score, in the order of the operators."""
        titles = {operator.key: operator.title for operator in _operators()} | {SLIPS: _SLIPS_TITLE}
        for key, title in titles.items():
            own = [result for result in self.results if result.mutant.operator == key]
            if own:
                yield key, Score(title, len(own), sum(bool(result.caught_by) for result in own))


def measure(
    rulebook: Rulebook,
    samples: Sequence[Sample],
    slips: Sequence[Slip],
    *,
    seed: int = DEFAULT_SEED,
    drawn: int = DEFAULT_DRAWN,
) -> Coverage:
    """Make mutants and let every rule judge them.

    Args:
        rulebook: the rules.
        samples: clean reports and runs.
        slips: mistakes to make besides those of the operators.
        seed: which mutants are drawn; the same seed draws the same ones.
        drawn: at most so many mutants of each operator and sample.
    """
    mutants = draw_mutants(samples, slips, seed, drawn)
    clean, results = judge_mutants(rulebook, samples, mutants)
    running = tuple(rule.id for rule in rulebook.rules.values() if rulebook.idle_reason(rule) is None)
    unclean = {
        key: tuple(r for r, v in verdicts.items() if v is Verdict.FAIL) for key, verdicts in clean.items()
    }
    return Coverage(running, results, {k: v for k, v in unclean.items() if v})


Verdicts = Mapping[str, Verdict]
"""What every rule says about a sample, by rule."""


def judge_mutants(
    rulebook: Rulebook, samples: Sequence[Sample], mutants: Iterable[Mutant]
) -> tuple[Mapping[str, Verdicts], tuple[MutantResult, ...]]:
    """The verdicts on the clean samples, by sample, and what the rules say about each mutant.

    Args:
        rulebook: the rules.
        samples: those that the mutants were made of.
        mutants: spoilt samples.
    """
    neighbours: Neighbours = {}
    clean = {sample.key: _verdicts(rulebook, sample.given, neighbours) for sample in samples}
    results: list[MutantResult] = []
    for mutant in mutants:
        before, after = clean[mutant.sample], _verdicts(rulebook, mutant.given, neighbours)
        silenced = _changed(before, after, Verdict.NOT_CHECKED)
        results.append(
            MutantResult(
                mutant,
                _changed(before, after, Verdict.FAIL),
                tuple(rule for rule in silenced if before[rule] is Verdict.PASS),
            )
        )
    return clean, tuple(results)


def _operators() -> Iterator[Operator]:
    yield from OPERATORS
    yield from RUN_OPERATORS


def _changed(before: Verdicts, after: Verdicts, verdict: Verdict) -> tuple[str, ...]:
    return tuple(rule for rule, now in after.items() if now is verdict and before[rule] is not verdict)


def draw_mutants(samples: Sequence[Sample], slips: Sequence[Slip], seed: int, drawn: int) -> Iterator[Mutant]:
    """Mutants in a fixed order: for each operator and sample a draw of its changes, then the slips."""
    for operator in _operators():
        for sample in samples:
            if is_run(sample.given) != operator.of_run:
                continue
            changes = [change for change in operator.apply(sample) if change[1] != sample.given]
            chooser = random.Random(f"{seed}/{operator.key}/{sample.key}")  # noqa: S311  # a draw, not a secret
            for place in sorted(chooser.sample(range(len(changes)), min(drawn, len(changes)))):
                yield Mutant(operator.key, sample.key, *changes[place])
    for slip in slips:
        for sample in samples:
            given = slip.given(sample)
            if given is not None:
                yield Mutant(SLIPS, sample.key, slip.name, given)


def _verdicts(rulebook: Rulebook, given: Given, neighbours: Neighbours) -> Verdicts:
    """What every rule says about the sample; a file that cannot be read fails the rules about reading."""
    try:
        if is_run(given):
            return _run_verdicts(rulebook, given)
        if given.get("damaged"):
            return _unread_verdicts(rulebook)
        subject = sample_subject(rulebook, given, neighbours)
    except NotAReportError:
        return dict.fromkeys(rulebook.rules, Verdict.NOT_CHECKED)
    return {rule.id: judge(rulebook, rule, subject).outcome.verdict for rule in rulebook.rules.values()}


_WORST_FIRST: Final = (
    Verdict.FAIL,
    Verdict.BROKEN,
    Verdict.NOT_CHECKED,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
)


def _run_verdicts(rulebook: Rulebook, given: Given) -> dict[str, Verdict]:
    """The worst that every rule says about a report of the run, or what it says about the run."""
    run = sample_run(rulebook, given)
    by_report = [_verdicts_on(rulebook, result) for result in run.results]
    failed = {finding.rule for finding in judge_run(rulebook, run.subject)[1]}
    verdicts: dict[str, Verdict] = {}
    for rule in rulebook.rules.values():
        if rule.of_run:
            verdicts[rule.id] = Verdict.FAIL if rule.id in failed else Verdict.PASS
        else:
            verdicts[rule.id] = min((one[rule.id] for one in by_report), key=_WORST_FIRST.index)
    return verdicts


def _verdicts_on(rulebook: Rulebook, result: ReportResult) -> dict[str, Verdict]:
    """What every rule says about a report of a run; where all that it found is accepted, it passes."""
    if result.report is None:
        return _unread_verdicts(rulebook)
    standing = {rule for one in result.findings for rule in (one.rule, *one.explains)}
    accepted = {rule for one in result.suppressed for rule in (one.finding.rule, *one.finding.explains)}
    return {
        outcome.rule: Verdict.PASS if outcome.rule in accepted - standing else outcome.verdict
        for outcome in result.outcomes
    }


def _unread_verdicts(rulebook: Rulebook) -> dict[str, Verdict]:
    return {
        rule.id: Verdict.FAIL
        if any(check.kind == "readable" for check in rule.checks)
        else Verdict.NOT_CHECKED
        for rule in rulebook.rules.values()
    }
