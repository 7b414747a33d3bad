"""The mutation score: how many faults put into clean reports does some rule catch, and which rule alone?

A mutant is caught by a rule whose verdict on it is `fail` while it was not on the clean sample. What a
finding is folded into makes no difference: a rule that is only named in another's `explains` has caught
the mutant too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from checker.engine import judge
from checker.errors import NotAReportError
from checker.findings import Verdict
from checker.records import dataclass
from checker.rulebook.examples import Neighbours, apply_rule, sample_subject
from checker.rulebook.model import Rulebook
from checker.rulebook.mutants import OPERATORS
from checker.rulebook.samples import Given, Sample, Slip

DEFAULT_SEED: Final = 20240131
DEFAULT_DRAWN: Final = 4
SLIPS: Final = "slips"
_SLIPS_TITLE: Final = "常见差错"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A spoilt report.

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
        together: why some rules are never alone, as the sample file says.
    """

    rules: tuple[str, ...]
    results: tuple[MutantResult, ...]
    unclean: Mapping[str, tuple[str, ...]]
    together: Mapping[str, str]

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
        titles = {operator.key: operator.title for operator in OPERATORS} | {SLIPS: _SLIPS_TITLE}
        for key, title in titles.items():
            own = [result for result in self.results if result.mutant.operator == key]
            if own:
                yield key, Score(title, len(own), sum(bool(result.caught_by) for result in own))


def measure(
    rulebook: Rulebook,
    samples: Sequence[Sample],
    slips: Sequence[Slip],
    together: Mapping[str, str],
    *,
    seed: int = DEFAULT_SEED,
    drawn: int = DEFAULT_DRAWN,
) -> Coverage:
    """Make mutants and let every rule judge them.

    Args:
        rulebook: the rules.
        samples: clean reports.
        slips: mistakes to make besides those of the operators.
        together: why some rules are never alone.
        seed: which mutants are drawn; the same seed draws the same ones.
        drawn: at most so many mutants of each operator and sample.
    """
    neighbours: Neighbours = {}
    clean = {sample.key: _verdicts(rulebook, sample.given, neighbours) for sample in samples}
    results: list[MutantResult] = []
    for mutant in draw_mutants(samples, slips, seed, drawn):
        before, after = clean[mutant.sample], _verdicts(rulebook, mutant.given, neighbours)
        results.append(
            MutantResult(
                mutant,
                _changed(before, after, Verdict.FAIL),
                tuple(
                    rule
                    for rule in _changed(before, after, Verdict.NOT_CHECKED)
                    if before[rule] is Verdict.PASS
                ),
            )
        )
    running = tuple(rule.id for rule in rulebook.rules.values() if rulebook.idle_reason(rule) is None)
    unclean = {
        key: tuple(r for r, v in verdicts.items() if v is Verdict.FAIL) for key, verdicts in clean.items()
    }
    return Coverage(running, tuple(results), {k: v for k, v in unclean.items() if v}, together)


def _changed(
    before: Mapping[str, Verdict], after: Mapping[str, Verdict], verdict: Verdict
) -> tuple[str, ...]:
    return tuple(rule for rule, now in after.items() if now is verdict and before[rule] is not verdict)


def draw_mutants(samples: Sequence[Sample], slips: Sequence[Slip], seed: int, drawn: int) -> Iterator[Mutant]:
    """Mutants in a fixed order: for each operator and sample a draw of its changes, then the slips."""
    for operator in OPERATORS:
        for sample in samples:
            changes = [change for change in operator.apply(sample) if change[1] != sample.given]
            chooser = random.Random(f"{seed}/{operator.key}/{sample.key}")  # noqa: S311  # a draw, not a secret
            for place in sorted(chooser.sample(range(len(changes)), min(drawn, len(changes)))):
                yield Mutant(operator.key, sample.key, *changes[place])
    for slip in slips:
        for sample in samples:
            given = slip.given(sample)
            if given is not None:
                yield Mutant(SLIPS, sample.key, slip.name, given)


def _verdicts(rulebook: Rulebook, given: Given, neighbours: Neighbours) -> dict[str, Verdict]:
    """What every rule says about the report; a file that cannot be read fails the rules about reading."""
    if given.get("damaged"):
        return {rule.id: _unread(rule.checks) for rule in rulebook.rules.values()}
    try:
        subject = sample_subject(rulebook, given, neighbours)
    except NotAReportError:
        return dict.fromkeys(rulebook.rules, Verdict.NOT_CHECKED)
    verdicts: dict[str, Verdict] = {}
    for rule in rulebook.rules.values():
        if not rule.of_run:
            verdicts[rule.id] = judge(rulebook, rule, subject).outcome.verdict
        elif "exceptions" in given or "units" in given:
            verdicts[rule.id] = apply_rule(rulebook, rule, given)[0]
        else:
            verdicts[rule.id] = Verdict.NOT_APPLICABLE
    return verdicts


def _unread(checks: Sequence[Any]) -> Verdict:
    return Verdict.FAIL if any(check.kind == "readable" for check in checks) else Verdict.NOT_CHECKED
