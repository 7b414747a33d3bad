"""One finding on a terminal: what is wrong, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.findings import CellChange, Finding, Suggestion
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.places import (
    WHOLE_REPORT,
    changes_words,
    place_words,
    rewording_words,
    says_every_value,
)
from checker.writers.shared.table_excerpt import table_excerpt
from checker.writers.shared.text_cells import column_text
from checker.writers.terminal.lines import SEVERITY_MARKS, SEVERITY_STYLES, Line, Piece, TextStyle, wrapped
from checker.writers.terminal.table import table_lines

_INDENT: Final = 4
_RULE: Final = 24
_CHANGES: Final = 4
_RIVALS: Final = 3
_ROWS: Final = 12


def finding_lines(
    finding: Finding, report: Report | None, options: WritingOptions, vocabulary: Vocabulary
) -> Iterator[Line]:
    """The block of one finding.

    Args:
        finding: what was found.
        report: the report it stands in, None for a finding about more than one report.
        options: width, and whether long lists are cut.
        vocabulary: what severities are called.
    """
    badge = f"[{vocabulary.severities.name(finding.severity.value)}]"
    rule = f" {column_text(finding.rule, _RULE)}  "
    lead = ((badge, SEVERITY_MARKS[finding.severity]), (rule, TextStyle.STRONG))
    yield from wrapped([(finding.title, TextStyle.STRONG)], options.width, lead=lead, hang=_INDENT)
    place = place_words(finding.place, report)
    if report is not None or place != WHOLE_REPORT:
        yield from _entry("位置", place, options)
    if finding.message != finding.title:
        yield from _entry("问题", finding.message, options)
    formula = finding.evidence.get("formula")
    if isinstance(formula, str) and formula not in finding.message:
        yield from _entry("算式", formula, options)
    excerpt = table_excerpt(finding, report, None if options.verbose else _ROWS) if report else None
    if finding.place.excerpt and excerpt is None and not finding.place.lacking:
        yield from _entry("原文", f"“{finding.place.excerpt}”", options)
    if finding.suggestion:
        drawn = excerpt is not None and not finding.suggestion.rivals
        yield from _suggestion(finding.suggestion, report, options, drawn=drawn)
    if excerpt:
        yield from table_lines(excerpt, options.width, _INDENT + 2, SEVERITY_STYLES[finding.severity])
    also = finding.evidence.get("also")
    if isinstance(also, str):
        yield from _entry("同因", f"{also}。", options)
    elif finding.explains:
        yield from _entry("说明", f"同时解释 {'、'.join(finding.explains)}。", options)
    if finding.basis:
        yield from _entry("依据", finding.basis, options, TextStyle.QUIET)


def _entry(
    label: str, text: str, options: WritingOptions, style: TextStyle = TextStyle.PLAIN
) -> Iterator[Line]:
    lead: list[Piece] = [(" " * _INDENT + label + "  ", TextStyle.QUIET)]
    hang = _INDENT + 2 * len(label) + 2
    yield from wrapped([(text, style)], options.width, lead=lead, hang=hang)


def _suggestion(
    suggestion: Suggestion, report: Report | None, options: WritingOptions, *, drawn: bool
) -> Iterator[Line]:
    """What to change; `drawn` says that the excerpt of the table shows it as well."""
    if suggestion.text:
        yield from _entry("修改", suggestion.text, options, TextStyle.GOOD)
    if says_every_value(suggestion):
        return
    if suggestion.cells and not drawn:
        label = "改动" if suggestion.unique else "可改"
        yield from _entry(label, _changes(suggestion.cells, report, options), options)
    if suggestion.texts:
        yield from _entry("改动", f"{rewording_words(suggestion.texts)}。", options)
    rivals = suggestion.rivals if options.verbose else suggestion.rivals[:_RIVALS]
    for rival in rivals:
        yield from _entry("或者", _changes(rival.cells, report, options), options)
    hidden = len(suggestion.rivals) - len(rivals)
    if hidden:
        yield from _entry("或者", f"另有 {hidden} 种改法，加 --verbose 全部列出。", options, TextStyle.QUIET)


def _changes(changes: Sequence[CellChange], report: Report | None, options: WritingOptions) -> str:
    shown = changes if options.verbose else changes[:_CHANGES]
    hidden = len(changes) - len(shown)
    return (
        changes_words(shown, report) + (f"；另有 {hidden} 格，加 --verbose 全部列出" if hidden else "") + "。"
    )
