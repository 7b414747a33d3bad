"""`checker compare`: two results of the same reports, before and after a change of rules or of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path
from typing import Final

import click

from checker import api
from checker.cli.console import ANY_PATH, help_option, terminal_width
from checker.model.vocabulary import Terms, Vocabulary
from checker.rulebook.store import load_rulebook
from checker.run.comparison import STATES, ComparedFinding, ResultComparison, VerdictChange
from checker.writers.shared.text_cells import harmless, pad, wrap
from checker.writers.shared.text_cells import width as width_of

_NO_SUCH_RULE: Final = "没有这条规则"
_SHOWN: Final = 3


@click.command(
    "compare",
    options_metavar="[选项]",
    help="比较两次检查的结果（--format json 或 jsonl 写出的）：哪些问题已改、仍在、新增，哪些报告没有再报、读不出。",
)
@click.argument("old", type=ANY_PATH, metavar="旧结果")
@click.argument("new", type=ANY_PATH, metavar="新结果")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式。",
)
@click.option("--fail-on-new", is_flag=True, help="有新增的问题时退出码为 1。")
@help_option
def compare_command(*, old: Path, new: Path, format_name: str, fail_on_new: bool) -> int:
    """Compare and print; returns the exit code."""
    comparison = api.compare(old, new)
    if format_name == "json":
        from checker.cli.compare.as_json import comparison_text  # noqa: PLC0415  # one of two formats

        for piece in comparison_text(comparison):
            click.echo(piece, nl=False)
    else:
        for line in comparison_lines(comparison, load_rulebook().vocabulary, terminal_width()):
            click.echo(line)
    return api.EXIT_FINDINGS if fail_on_new and comparison.count("new") else api.EXIT_CLEAN


def comparison_lines(comparison: ResultComparison, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    """A comparison for a person: report by report, then by rule, the counts last.

    Args:
        comparison: what differs.
        vocabulary: what severities, verdicts and changes are called.
        width: cells of a line.
    """
    return dropwhile(lambda line: not line, _lines(comparison, vocabulary, width))


def _lines(comparison: ResultComparison, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    """The lines, blank ones in front of each part."""
    for words, paths in (("新增的报告", comparison.reports_new), ("不再有的报告", comparison.reports_gone)):
        for path in paths:
            yield from _wrapped(f"{words}  ", path, width)
    report = None
    for one in comparison.findings:
        if not one.differs:
            continue
        if one.report != report:
            report = one.report
            yield ""
            yield from _wrapped("■ ", report or vocabulary.results.name("run"), width)
        yield from _finding_lines(one, vocabulary, width)
    yield from _verdict_lines(comparison.verdict_changes, vocabulary.verdicts, width)
    yield from _rule_lines(comparison.by_rule, vocabulary.changes)
    yield ""
    yield (
        "，".join(f"{vocabulary.changes.name(state)} {comparison.count(state)} 处" for state in STATES) + "。"
    )


def _finding_lines(one: ComparedFinding, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    finding = one.finding
    change, grade = vocabulary.changes.name(one.state), vocabulary.severities.name(finding["severity"])
    lead = f"  [{change}] {grade} {harmless(finding['rule'])}  "
    yield from _wrapped(lead, finding["message"], width)
    if one.before is not None and one.is_changed:
        grade = vocabulary.severities.name(one.before["severity"])
        yield from _wrapped(f"    原为 {grade}  ", one.before["message"], width)


def _verdict_lines(changes: Iterator[VerdictChange], verdicts: Terms, width: int) -> Iterator[str]:
    """Other verdicts, those of a rule in one direction together."""
    groups: dict[tuple[str, str | None, str | None], list[str]] = {}
    counts: Counter[tuple[str, str | None, str | None]] = Counter()
    for change in changes:
        group = change.rule, change.before, change.after
        counts[group] += 1
        if counts[group] <= _SHOWN:
            groups.setdefault(group, []).append(change.report)
    if groups:
        yield ""
        yield "判断变了（没有问题可列）"
    for group, reports in sorted(groups.items(), key=lambda item: str(item[0])):
        rule, before, after = group
        shown = "、".join(reports) + (f" 等 {counts[group]} 份" if counts[group] > _SHOWN else "")
        names = (verdicts.name(verdict) if verdict else _NO_SUCH_RULE for verdict in (before, after))
        yield from _wrapped(f"  {harmless(rule)}  {' → '.join(names)}  ", shown, width)


def _rule_lines(counts: dict[str, Counter[str]], changes: Terms) -> Iterator[str]:
    if not counts:
        return
    yield ""
    yield pad("规则", 14) + "".join(pad(changes.name(state), 8, right=True) for state in STATES)
    for rule, states in counts.items():
        yield pad(harmless(rule), 14) + "".join(pad(str(states[state]), 8, right=True) for state in STATES)


def _wrapped(lead: str, text: str, width: int) -> Iterator[str]:
    """A paragraph behind its lead, further lines indented."""
    words = harmless(text)
    cells = width_of(lead)
    for number, (start, end) in enumerate(wrap(words, max(10, width - cells), max(10, width - 6))):
        yield (lead if number == 0 else " " * 6) + words[start:end]
