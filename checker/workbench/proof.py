"""Do rules prove themselves? Every example run, and rules that find nothing in any of theirs.

A rule that matches nothing in its own examples would pass every report in silence. The command line refuses
such rules of others when it compiles them (`dead_rules_in`), the build those that are built in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from checker.judging.rules import Rulebook
from checker.model.errors import Fault
from checker.model.findings import Verdict
from checker.startup.records import dataclass
from checker.workbench.catalogue import WrittenRule, written_rules
from checker.workbench.examples import ExampleResult, run_examples


@dataclass(frozen=True, slots=True)
class RuleProof:
    """The examples of one rule and what came of them.

    Attributes:
        idle: why the rule is not run at all, None if it runs; the examples of an idle rule are not run.
        results: one for each example.
        fault: Chinese sentence on what the examples fail to show, None if they show that the rule works.
    """

    rule: WrittenRule
    idle: str | None
    results: tuple[ExampleResult, ...]
    fault: str | None

    def faults(self, *, complete: bool = True) -> Iterator[Fault]:
        """Examples that came out otherwise than written, then, if they should be complete, what they fail to show."""
        for result in self.results:
            if result.fault:
                line = self.rule.example_lines[result.index]
                yield Fault(self.rule.file, line, 1, f"{self.rule.id} 例子“{result.name}”：{result.fault}")
        if self.fault and complete:
            yield Fault(self.rule.file, self.rule.line, 1, f"{self.rule.id} {self.fault}")


def prove(rulebook: Rulebook, written: Iterable[WrittenRule]) -> Iterator[RuleProof]:
    """Run the examples of rules, one rule after another.

    Args:
        rulebook: holds the rules, compiled.
        written: the rules as written; those that are not in the rulebook are passed over.
    """
    for rule in written:
        compiled = rulebook.rules.get(rule.id)
        if compiled is None:
            continue
        idle = rulebook.idle_reason(compiled)
        own = compiled.as_written or compiled
        results = () if idle else tuple(run_examples(rulebook, own, rule.data["examples"]))
        shown = {result.verdict for result in results}
        yield RuleProof(rule, idle, results, None if idle else _not_shown(shown))


def unproved(rulebook: Rulebook, written: Iterable[WrittenRule]) -> Iterator[tuple[WrittenRule, str]]:
    """Rules whose examples fail to show that they work, each with a Chinese sentence on what is lacking.

    Much quicker than `prove`: of most rules one example is run, the first that should fail.
    """
    for rule in written:
        compiled = rulebook.rules.get(rule.id)
        if compiled is None or rulebook.idle_reason(compiled):
            continue
        examples = sorted(rule.data["examples"], key=lambda example: bool(example["expect"] != "fail"))
        shown: set[Verdict | None] = set()
        for result in run_examples(rulebook, compiled.as_written or compiled, examples):
            shown.add(result.verdict)
            if result.verdict is Verdict.FAIL:
                break
        fault = _not_shown(shown)
        if fault:
            yield rule, fault


def _not_shown(verdicts: Collection[Verdict | None]) -> str | None:
    if not {*verdicts} & {Verdict.PASS, Verdict.FAIL}:
        return "的例子里，没有一个查到了内容：规则可能永远查不到东西"
    if Verdict.FAIL not in verdicts:
        return "的例子里，没有一个查得出问题：规则可能永远不会报"
    return None


def dead_rules(rulebook: Rulebook, written: Mapping[str, WrittenRule]) -> list[Fault]:
    """Rules none of whose failing examples fails; a rule without failing examples is not judged.

    Stops at the first example that fails, so that it costs one example a rule.
    """
    faults: list[Fault] = []
    for rule in written.values():
        compiled = rulebook.rules.get(rule.id)
        failing = [example for example in rule.data["examples"] if example["expect"] == "fail"]
        failing = [example for example in failing if "known_miss" not in example]
        if compiled is None or not failing or rulebook.idle_reason(compiled):
            continue
        results = run_examples(rulebook, compiled.as_written or compiled, failing)
        if not any(result.verdict is Verdict.FAIL for result in results):
            text = f"{rule.id} 的不合格例子里，没有一个查得出问题：规则可能写错了"
            faults.append(Fault(rule.file, rule.line, 1, text))
    return faults


def dead_rules_in(rulebook: Rulebook, extra: Sequence[Path]) -> list[Fault]:
    """The dead rules in some folders or files; for `load_rulebook(…, prove=dead_rules_in)`."""
    return dead_rules(rulebook, written_rules(extra, builtin=False, of=rulebook))
