"""One report on a terminal: the verdict, what was recognised, the findings, what could not be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.model.findings import (
    NOT_COMPARABLE,
    CheckRun,
    Outcome,
    ReportResult,
    Severity,
    Status,
    Verdict,
    nothing_to_compare,
)
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import not_judged
from checker.writers.shared.places import place_words, section_heading
from checker.writers.shared.reports import by_section, name_of, recognised
from checker.writers.shared.text_cells import column_text
from checker.writers.shared.words import result_name
from checker.writers.terminal.finding import finding_lines
from checker.writers.terminal.lines import EMPTY_LINE, SEVERITY_STYLES, Line, Piece, TextStyle, wrapped

_REASONS: Final = 3
_WIDEST_HANG: Final = 10
_RULES: Final = 8
_RULE_CELLS: Final = 24


def verdict_piece(result: ReportResult, vocabulary: Vocabulary) -> Piece:
    """The verdict in a word; for a file without one what became of it."""
    style = TextStyle.GOOD if result.verdict == "pass" else TextStyle.ERROR
    if result.verdict is None and result.status is not Status.UNREADABLE:
        style = TextStyle.QUIET
    return result_name(result, vocabulary), style


def count_pieces(counts: Mapping[Severity, int], vocabulary: Vocabulary) -> list[Piece]:
    """`错误 2  警告 0  提示 1`; what is zero steps back."""
    pieces: list[Piece] = []
    for severity in Severity:
        count = counts[severity]
        word = vocabulary.severities.name(severity.value)
        pieces.append((f"  {word} {count}", SEVERITY_STYLES[severity] if count else TextStyle.QUIET))
    return pieces


def report_lines(result: ReportResult, run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    """The block of one file."""
    vocabulary = run.rulebook.vocabulary
    word, style = verdict_piece(result, vocabulary)
    lead = ((word, style), ("  ", TextStyle.PLAIN))
    hang = min(2 * len(word) + 2, _WIDEST_HANG)
    report = result.report
    if report is None:
        problem = result.problem.text if result.problem else ""
        yield from wrapped([(result.path, TextStyle.STRONG)], options.width, lead=lead, hang=hang)
        yield from wrapped([(problem, TextStyle.PLAIN)], options.width, hang=hang)
        return
    pieces: list[Piece] = [(result.path, TextStyle.QUIET)]
    if result.findings:
        pieces += count_pieces({severity: result.count(severity) for severity in Severity}, vocabulary)
    yield from wrapped([(name_of(report), TextStyle.STRONG)], options.width, lead=lead, hang=hang)
    yield from wrapped(pieces, options.width, hang=hang)
    yield from wrapped(
        [(f"识别为：{recognised(report, vocabulary)}", TextStyle.QUIET)], options.width, hang=hang
    )
    yield from _findings(result, options, vocabulary)
    yield from _suppressed(result, options, vocabulary)
    yield from _broken(result.outcomes, options)
    yield from _not_judged(result.outcomes, run, options)


def _findings(result: ReportResult, options: WritingOptions, vocabulary: Vocabulary) -> Iterator[Line]:
    """Findings under the section they stand in, those about the whole report last."""
    for section, findings in by_section(result.findings).items():
        heading = f"{section_heading(section, result.report)}（{len(findings)} 处）"
        yield EMPTY_LINE
        yield from wrapped(
            [(heading, TextStyle.STRONG)], options.width, lead=(("■ ", TextStyle.STRONG),), hang=2
        )
        for finding in findings:
            yield EMPTY_LINE
            yield from finding_lines(finding, result.report, options, vocabulary)


def _suppressed(result: ReportResult, options: WritingOptions, vocabulary: Vocabulary) -> Iterator[Line]:
    """How many findings are set aside; in full which ones, why and by whom."""
    if not result.suppressed:
        return
    heading = f"另有 {len(result.suppressed)} 处{vocabulary.results.name('suppressed')}" + (
        "" if options.verbose else "，加 --verbose 列出"
    )
    yield EMPTY_LINE
    yield from wrapped([(heading, TextStyle.STRONG)], options.width, hang=0)
    for one in result.suppressed if options.verbose else ():
        finding = one.finding
        lead: list[Piece] = [(f"    {column_text(finding.rule, _RULE_CELLS)}  ", TextStyle.PLAIN)]
        place = place_words(finding.place, result.report)
        yield from wrapped(
            [(f"{place}：{finding.message}", TextStyle.PLAIN)], options.width, lead=lead, hang=8
        )
        terms = [f"负责人 {one.owner}"] if one.owner else []
        terms += [f"有效至 {one.until.isoformat()}"] if one.until else []
        words = f"理由：{one.reason}（{'，'.join([*terms, one.source])}）"
        yield from wrapped([(" " * 8 + words, TextStyle.QUIET)], options.width, hang=8)


def set_lines(run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    """What the rules about the set of reports could not judge, or not in full."""
    said = [*_broken(run.outcomes, options), *_not_judged(run.outcomes, run, options)]
    if said:
        heading = run.rulebook.vocabulary.results.name("run")
        yield from wrapped([(heading, TextStyle.STRONG)], options.width, hang=0)
        yield from said


def _broken(outcomes: tuple[Outcome, ...], options: WritingOptions) -> Iterator[Line]:
    broken = [outcome for outcome in outcomes if outcome.verdict is Verdict.BROKEN]
    if not broken:
        return
    heading = f"检查程序自身出错 {len(broken)} 条（不是报告的问题，请反馈给规则或程序的维护者）"
    yield EMPTY_LINE
    yield from wrapped([(heading, TextStyle.ERROR)], options.width, hang=0)
    for outcome in broken:
        yield from wrapped(
            [(f"{outcome.rule}：{outcome.reason or '原因不明'}", TextStyle.PLAIN)], options.width, hang=4
        )


_UNSTATED: Final = "报告没有写要比的内容"
"""In place of what is not stated: that it is lacking, the rule that asks for it has told already."""


def _not_judged(outcomes: tuple[Outcome, ...], run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    """Rules without a judgement by reason, the reason that holds back most rules first.

    Where there is nothing to compare, such as no report of last year, one quiet sentence says so; in full all
    reasons are alike.
    """
    reasons = not_judged(outcomes)
    idle = {} if options.verbose else {why: ids for why, ids in reasons.items() if nothing_to_compare(why)}
    telling = {why: ids for why, ids in reasons.items() if why not in idle}
    if telling:
        yield from _reasons(telling, run, options)
    if idle:
        told: dict[str, int] = {}
        for why, ids in idle.items():
            words = _UNSTATED if why.endswith(NOT_COMPARABLE) else why
            told[words] = told.get(words, 0) + len(ids)
        counts = "，".join(f"{why} {count} 条" for why, count in told.items())
        words = f"没有可比的，未判断 {sum(map(len, idle.values()))} 条规则：{counts}。加 --verbose 列出。"
        yield EMPTY_LINE
        yield from wrapped([(words, TextStyle.QUIET)], options.width, hang=0)


def _reasons(reasons: Mapping[str, list[str]], run: CheckRun, options: WritingOptions) -> Iterator[Line]:
    ordered = list(reasons)
    shown = ordered if options.verbose else ordered[:_REASONS]
    word = run.rulebook.vocabulary.verdicts.name("not_checked")
    heading = f"{word} {sum(map(len, reasons.values()))} 条规则（既不算合格，也不算问题）"
    yield EMPTY_LINE
    yield from wrapped([(heading, TextStyle.STRONG)], options.width, hang=0)
    for reason in shown:
        rules = reasons[reason]
        ids = rules if options.verbose else rules[:_RULES]
        more = f" 等{len(rules)}条" if len(ids) < len(rules) else ""
        cause = reason.rstrip("。")
        if options.verbose:
            yield from wrapped([(f"{cause}：", TextStyle.PLAIN)], options.width, hang=4)
            for rule in ids:
                yield from wrapped([(_titled(rule, run), TextStyle.QUIET)], options.width, hang=8)
        else:
            yield from wrapped([(f"{cause}：{'、'.join(ids)}{more}", TextStyle.PLAIN)], options.width, hang=4)
    if len(shown) < len(ordered):
        more = f"另有 {len(ordered) - len(shown)} 种原因，加 --verbose 全部列出。"
        yield from wrapped([(more, TextStyle.QUIET)], options.width, hang=4)


def _titled(rule: str, run: CheckRun) -> str:
    info = run.rulebook.rules.get(rule)
    return f"{rule} {info.title}" if info else rule
