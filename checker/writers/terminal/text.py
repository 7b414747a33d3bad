"""`--format text`: for the person who has to mend the report.

Written with plain ANSI codes and own measures of width: line breaks follow the rules of Chinese
punctuation, nothing in a report can be taken for markup, and the same run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity, Verdict
from checker.model.vocabulary import Vocabulary
from checker.startup.records import replace
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.reports import name_of, reports_named, run_groups, worst_first
from checker.writers.shared.tally import RunTally, tally
from checker.writers.shared.text_cells import column_text, cut_front, cut_middle, harmless, pad, width
from checker.writers.terminal.finding import finding_lines
from checker.writers.terminal.lines import (
    EMPTY_LINE,
    SEVERITY_STYLES,
    Line,
    Piece,
    TextStyle,
    plain_line,
    rendered,
    wrapped,
)
from checker.writers.terminal.report import count_pieces, report_lines, set_lines, verdict_piece

_HANDFUL: Final = 5
_LEAST_WIDTH: Final = 60
_VERDICT_CELLS: Final = 8
_INDENT: Final = _VERDICT_CELLS + 2
_LEAST_PATH: Final = 10


def write(run: CheckRun, options: WritingOptions) -> Iterator[str]:
    """Yield the lines for a person; see `WritingOptions` for what is shown."""
    options = replace(options, width=max(options.width, _LEAST_WIDTH))
    lines = _verdicts(run, options) if options.quiet else _everything(run, options)
    for line in chain(_configuration(run, options), lines):
        yield rendered(line, colour=options.colour)


def _configuration(run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    """What was done differently, before anything else."""
    lines = configuration_lines(run)
    for text in lines:
        yield from wrapped(
            [(text, TextStyle.STRONG)], options.width, lead=(("注意  ", TextStyle.ERROR),), hang=6
        )
    if lines and not options.quiet:
        yield EMPTY_LINE


def _verdicts(run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    """One line a file, never broken: where it would be too long, the path is shortened."""
    vocabulary = run.rulebook.vocabulary
    for result in run.results:
        word, style = verdict_piece(result, vocabulary)
        lead: Piece = (f"{pad(word, _VERDICT_CELLS)}  ", style)
        if result.report is not None:
            counts = {severity: result.count(severity) for severity in Severity}
            pieces = count_pieces(counts, vocabulary)
            pieces += _suppressed_pieces(len(result.suppressed), vocabulary)
            yield _counted(lead, (result.path, TextStyle.PLAIN), pieces, options)
        else:
            yield from _unread(lead, result, options)
    for heading, findings in run_groups(run).items():
        counts = {s: sum(finding.severity is s for finding in findings) for s in Severity}
        pieces = count_pieces(counts, vocabulary)
        yield _counted((" " * _INDENT, TextStyle.PLAIN), (heading, TextStyle.STRONG), pieces, options)


def _counted(lead: Piece, named: Piece, counts: list[Piece], options: WritingOptions) -> Line:
    room = options.width - _INDENT - sum(width(text) for text, _ in counts)
    return (lead, (_shortened(named[0], room, options), named[1]), *counts)


def _unread(lead: Piece, result: ReportResult, options: WritingOptions) -> Iterator[Line]:
    """A file without a report and why; a sentence may go on in the next line."""
    path = _shortened(result.path, options.width - _INDENT, options)
    problem = f"：{result.problem.text}" if result.problem else ""
    if options.whole_paths:
        yield (lead, (f"{path}{harmless(problem)}", TextStyle.PLAIN))
    else:
        yield from wrapped(
            [(path, TextStyle.PLAIN), (problem, TextStyle.PLAIN)], options.width, lead=(lead,), hang=_INDENT
        )


def _shortened(text: str, room: int, options: WritingOptions) -> str:
    whole = harmless(text)
    return whole if options.whole_paths else cut_middle(whole, max(room, _LEAST_PATH))


def _everything(run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    counts = tally(run)
    many = counts.reports > _HANDFUL
    order = worst_first(run)
    if many:
        yield from _overview(run, order, options)
    for index in order if many else range(counts.reports):
        result = run.results[index]
        if many and not options.verbose and result.verdict == "pass":
            continue
        if counts.reports > 1:
            yield _rule(options)
        yield from report_lines(result, run, options)
    reports = reports_named(run)
    for heading, findings in run_groups(run).items():
        yield _rule(options)
        yield from wrapped([(heading, TextStyle.STRONG)], options.width, hang=0)
        for finding in findings:
            yield EMPTY_LINE
            report = reports.get(finding.place.location.path or "")
            yield from finding_lines(finding, report, options, run.rulebook.vocabulary)
    unjudged = list(set_lines(run, options))
    if unjudged:
        yield _rule(options)
        yield from unjudged
    yield from _summary(counts, options, run.rulebook.vocabulary)


def _suppressed_pieces(count: int, vocabulary: Vocabulary) -> list[Piece]:
    return [(f"  {vocabulary.results.name('suppressed')} {count}", TextStyle.QUIET)] if count else []


def _overview(run: CheckRun, order: list[int], options: WritingOptions) -> Iterator[Line]:
    """One line a file: verdict, counts, who, where."""
    room = options.width - 36
    name_cells = room // 2
    vocabulary = run.rulebook.vocabulary
    grades = "  ".join(vocabulary.severities.name(severity.value) for severity in Severity)
    cells = max(8, *(width(verdict_piece(run.results[index], vocabulary)[0]) for index in order))
    head = f"{pad('结论', cells)}  {grades}  未判  {pad('单位和年度', name_cells)}  文件"
    yield plain_line(head, TextStyle.STRONG)
    for index in order:
        result = run.results[index]
        word, style = verdict_piece(result, vocabulary)
        name = column_text(name_of(result.report), name_cells) if result.report else ""
        path = cut_front(harmless(result.path), room - name_cells)
        yield (
            (pad(word, cells), style),
            *_overview_counts(result),
            (f"  {pad(name, name_cells)}  ", TextStyle.PLAIN),
            (path, TextStyle.QUIET),
        )


def _overview_counts(result: ReportResult) -> Iterator[Piece]:
    for severity in Severity:
        count = result.count(severity)
        yield (
            f"  {count if result.report else '-':>4}",
            SEVERITY_STYLES[severity] if count else TextStyle.QUIET,
        )
    not_judged = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in result.outcomes)
    yield f"  {not_judged if result.report else '-':>4}", TextStyle.QUIET


def _rule(options: WritingOptions) -> Line:
    return plain_line("-" * options.width, TextStyle.QUIET)


def _summary(counts: RunTally, options: WritingOptions, vocabulary: Vocabulary) -> Iterator[Line]:
    """The last lines, where the eye is when the output has scrolled by; one quiet report needs none."""
    found = counts.error + counts.warning + counts.info
    if counts.reports == 1 and not found:
        return  # the block of the report says all there is
    yield _rule(options)
    labelled = counts.labelled(vocabulary)
    files = _files(counts, labelled) if counts.reports else f"{vocabulary.results.name(counts.verdict)}。"
    pieces: list[Piece] = [(files, TextStyle.STRONG)]
    if found:
        pieces += count_pieces({severity: labelled[severity.value][1] for severity in Severity}, vocabulary)
    pieces += _suppressed_pieces(counts.suppressed, vocabulary)
    for name, style in (("not_checked", TextStyle.STRONG), ("broken", TextStyle.ERROR)):
        word, count = labelled[name]
        if count:
            pieces.append((f"  {word} {count}", style))
    yield from wrapped(pieces, options.width, hang=0)
    if found:
        hint = "运行 checker explain 加规则编号，可以看这条规则的依据、判法和例子。"
        yield from wrapped([(hint, TextStyle.QUIET)], options.width, hang=0)


def _files(counts: RunTally, labelled: Mapping[str, tuple[str, int]]) -> str:
    fates = (labelled[name] for name in ("passed", "failed", "unreadable", "skipped"))
    return f"共 {counts.reports} 个文件，{'，'.join(f'{word} {count}' for word, count in fates if count)}。"
