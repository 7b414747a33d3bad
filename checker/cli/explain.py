"""`checker explain`: what a rule wants, why, on what basis, how it is decided, with examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from checker.cli.console import help_option, terminal_width
from checker.cli.settings import load_rules, profile_option, rule_options
from checker.judging.language.language import Language
from checker.judging.rules import Rule, Rulebook
from checker.model.errors import UsageError
from checker.model.vocabulary import Terms
from checker.rulebook.load.sources import BUILTIN
from checker.workbench.describe import describe_check, describe_condition, describe_given
from checker.writers.shared.text_cells import harmless, pad, wrap

_EXPECTATIONS: Final = ("pass", "fail", "not_applicable", "not_checked")


@click.command(
    "explain", options_metavar="[选项]", help="说明一条规则：要求什么、为什么、依据、怎么判、例子。"
)
@click.argument("rule_ids", nargs=-1, required=True, metavar="编号…")
@rule_options
@profile_option
@help_option
def explain_command(
    *, rule_ids: tuple[str, ...], rules: tuple[Path, ...], no_builtin_rules: bool, profile: str
) -> None:
    """Explain rules, one after another."""
    from checker.workbench.catalogue import written_rules  # noqa: PLC0415  # reads YAML, which checking never needs

    rulebook = load_rules(rules, profile=profile, builtin=not no_builtin_rules)
    written = written_rules(rules, builtin=not no_builtin_rules, of=rulebook)
    for number, wanted in enumerate(rule_ids):
        rule_id = wanted.upper()
        if rule_id not in rulebook.rules:
            raise UsageError(_unknown(wanted, rulebook, rules, builtin=not no_builtin_rules))
        if number:
            click.echo()
        for label, text in _explanation(rulebook, rulebook.rules[rule_id], written[rule_id].data):
            _echo(label, text)


def _unknown(wanted: str, rulebook: Rulebook, rules: Sequence[Path], *, builtin: bool) -> str:
    """That a profile has no rule of that id: which others have it, else which rules are like it."""
    from checker.workbench.catalogue import written_profiles  # noqa: PLC0415  # reads YAML, which checking never needs

    rule_id = wanted.upper()
    names = [one.name for one in written_profiles(rules, builtin=builtin) if one.name != rulebook.profile]
    having = [name for name in names if rule_id in load_rules(rules, profile=name, builtin=builtin).rules]
    if having:
        return f"规则“{wanted}”在规则集 {'、'.join(having)} 里，请加 --profile {having[0]}。"
    near = difflib.get_close_matches(rule_id, rulebook.rules, n=3, cutoff=0.5)
    hint = f"，是否为 {'、'.join(near)}？" if near else "。"
    return f"没有规则“{wanted}”{hint}用 checker rules list 可看全部规则。"


def _explanation(rulebook: Rulebook, rule: Rule, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "", f"{rule.id}  {rule.title}"
    if rule.why:
        yield "为什么", rule.why
    vocabulary = rulebook.vocabulary
    certainty = vocabulary.certainties.names.get(rule.certainty, "")
    yield "依据", rule.basis + (f"（{certainty}）" if certainty else "")
    yield "级别", _severities(rule, vocabulary.severities)
    yield "适用", describe_condition(rule.condition, vocabulary)
    for case in rule.severity_cases:
        yield (
            "其中",
            f"{describe_condition(case.condition, vocabulary)}：{vocabulary.severities.name(case.severity)}",
        )
    language = rulebook.languages[rule.kinds[0]]
    brief = rule.file.startswith(BUILTIN)  # who writes rules wants to see what the program made of them
    ways = [data["how"]] if "how" in data else [describe_check(c, language, brief=brief) for c in rule.checks]
    for way in ways:
        yield "怎么判", way
    for label, texts in (("问题写作", rule.messages), ("怎么改", rule.suggestions)):
        for text in dict.fromkeys(texts.values()):
            yield label, text
    for when, others in (
        ("同时出现时", rule.explains),
        ("同一部分里", rule.explains_in_section),
        ("用到同一格时", rule.explains_in_cell),
    ):
        if others:
            yield "合并", f"{when}，{'、'.join(others)} 的问题并入本条"
    states = (("现状", rulebook.idle_reason(rule)), ("不建议再用", rule.deprecated), ("始于", rule.since))
    yield from ((label, text) for label, text in states if text)
    yield from _examples(rulebook, language, data["examples"])
    yield "写在", f"{rule.file} 第 {rule.line} 行"


def _examples(
    rulebook: Rulebook, language: Language, examples: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """The first example of each outcome."""
    for expect in _EXPECTATIONS:
        example = next((example for example in examples if example["expect"] == expect), None)
        if example:
            given = describe_given(example["given"], language, rulebook.vocabulary)
            yield f"{rulebook.vocabulary.verdicts.name(expect)}例", f"{example['name']}（{given}）"


def _severities(rule: Rule, severities: Terms) -> str:
    names = [severities.name(grade) for grade in dict.fromkeys(rule.severities.values())]
    return names[0] if len(names) == 1 else f"{'或'.join(names)}（看查出的是什么）"


def _echo(label: str, text: str) -> None:
    """One labelled paragraph with a hanging indent."""
    width = terminal_width()
    if not label:
        click.echo(text)
        return
    head = f"  {pad(label, _LABEL_CELLS)}  "
    body = harmless(text)
    for number, (start, end) in enumerate(wrap(body, width - len(_INDENT), width - len(_INDENT))):
        click.echo((_INDENT if number else head) + body[start:end])


_LABEL_CELLS: Final = 10
_INDENT: Final = " " * (_LABEL_CELLS + 4)
