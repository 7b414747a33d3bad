"""`--format html`: one file for a person, readable on a phone, on a desk and on paper.

No script, nothing from outside, and a policy in its head that forbids both. Every word of a report goes
through `html_text`, which escapes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity, Verdict
from checker.model.vocabulary import Vocabulary
from checker.writers.html.finding import FindingWords, RuleLink, finding_html
from checker.writers.html.markup import EMPTY, Markup, joined, lines, tag
from checker.writers.html.report import report_html, verdict_html
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import TerminalOptions
from checker.writers.shared.reports import name_of, reports_named, run_groups, worst_first
from checker.writers.shared.tally import RunTally, tally
from checker.writers.shared.words import TOOL_NAME

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_TITLE: Final = "政府信息公开工作年度报告检查结果"
_VERDICTS: Final = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.NOT_CHECKED,
    Verdict.NOT_APPLICABLE,
    Verdict.BROKEN,
)
"""In the order in which they are listed."""
_OTHER_COUNTS: Final = ("not_checked", "suppressed", "broken", "unreadable", "skipped")
"""Counts that are shown only where there are any."""


def write(run: CheckRun, _options: TerminalOptions) -> Iterator[str]:
    """Yield the page: summary, one report after the other, then every rule with its basis."""
    counts = tally(run)
    vocabulary = run.rulebook.vocabulary
    yield _head()
    yield lines(Markup("<body>"), _summary(run, counts))
    link = _links(run)
    order = worst_first(run) if counts.reports > 1 else list(range(counts.reports))
    if counts.reports > 1:
        yield lines(Markup('<section id="overview">'), tag("h2", "一览"), Markup('<table class="overview">'))
        yield lines(_overview_head(vocabulary), Markup("<tbody>"))
        for index in order:
            yield lines(_overview_row(run.results[index], f"r{index + 1}", vocabulary))
        yield lines(Markup("</tbody></table></section>"))
    reports = reports_named(run)
    for heading, findings in run_groups(run).items():
        blocks = (
            finding_html(one, reports.get(one.place.location.path or ""), FindingWords(vocabulary, link))
            for one in findings
        )
        yield lines(tag("section", tag("h2", heading), *blocks, class_="report"))
    verdicts: Counter[tuple[str, Verdict]] = Counter()
    for index in order:
        result = run.results[index]
        verdicts.update((outcome.rule, outcome.verdict) for outcome in result.outcomes)
        yield lines(*report_html(result, f"r{index + 1}", link, vocabulary))
    yield from _rules(run, verdicts)
    yield lines(_footer(run), Markup("</body>"), Markup("</html>"))


def _head() -> str:
    from importlib.resources import files  # noqa: PLC0415  # only this format reads a file

    style = files("checker.writers.html").joinpath("result.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_TITLE}</title>\n<style>\n{style}</style>\n</head>\n"
    )


def _summary(run: CheckRun, counts: RunTally) -> Markup:
    vocabulary = run.rulebook.vocabulary
    only = run.results[0] if counts.reports == 1 else None
    if only is not None:
        verdict = verdict_html(only, vocabulary)
    else:
        word = vocabulary.results.name(counts.verdict)
        verdict = tag("span", word, class_=f"verdict {counts.verdict}")
    labelled = counts.labelled(vocabulary)
    chips = [_chip(*labelled[severity.value], severity.value) for severity in Severity]
    chips += [_chip(*labelled[name], "other") for name in _OTHER_COUNTS if labelled[name][1]]
    fates = "，".join(f"{word} {count}" for word, count in (labelled["passed"], labelled["failed"]))
    files = f"共 {counts.reports} 个文件，{fates}。"
    return tag(
        "header",
        tag("h1", _TITLE),
        tag("p", verdict, " ", files),
        tag("p", *chips, class_="chips"),
        *(tag("p", line, class_="configuration") for line in configuration_lines(run)),
    )


def _chip(word: str, count: int, kind: str) -> Markup:
    return tag("span", word, " ", tag("b", count), class_=f"chip {kind if count else 'none'}")


def _overview_head(vocabulary: Vocabulary) -> Markup:
    grades = (vocabulary.severities.name(severity.value) for severity in Severity)
    heads = ("结论", "单位和年度", *grades, "未判", "文件")
    return tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads)))


def _overview_row(result: ReportResult, anchor: str, vocabulary: Vocabulary) -> Markup:
    report = result.report
    name = name_of(report) if report else "—"
    silent = sum(outcome.verdict is Verdict.NOT_CHECKED for outcome in result.outcomes)
    grades = vocabulary.severities
    counts = [*((result.count(one), grades.name(one.value)) for one in Severity), (silent, "未判")]
    figures = (
        tag("td", count if report else "—", class_="figure" if count else "figure none", data_label=label)
        for count, label in counts
    )
    return tag(
        "tr",
        tag("td", verdict_html(result, vocabulary)),
        tag("td", tag("a", name if report else result.path, href=f"#{anchor}"), class_="name"),
        *figures,
        tag("td", result.path, class_="path"),
    )


def _links(run: CheckRun) -> RuleLink:
    numbers = {rule: number for number, rule in enumerate(run.rulebook.rules, 1)}
    return lambda rule: tag("a", rule, href=f"#rule{numbers[rule]}") if rule in numbers else tag("span", rule)


def _rules(run: CheckRun, verdicts: Counter[tuple[str, Verdict]]) -> Iterator[str]:
    """Every rule with its basis and how often it came out how."""
    yield lines(Markup('<section class="rules" id="rules">'), tag("h2", "规则和依据"))
    yield lines(tag("p", f"规则集 {run.rulebook.profile}，共 {len(run.rulebook.rules)} 条。", class_="file"))
    group = None
    for number, rule in enumerate(run.rulebook.rules.values(), 1):
        if rule.group != group:
            group = rule.group
            yield lines(tag("h3", group))
        counts = [
            f"{run.rulebook.vocabulary.verdicts.name(verdict.value)} {verdicts[rule.id, verdict]}"
            for verdict in _VERDICTS
            if verdicts[rule.id, verdict]
        ]
        failed = "rule-entry failed" if verdicts[rule.id, Verdict.FAIL] else "rule-entry"
        yield lines(
            tag(
                "div",
                tag(
                    "p", tag("b", rule.id), " ", rule.title, tag("span", "，".join(counts), class_="outcomes")
                ),
                tag("p", rule.why, class_="why") if rule.why else EMPTY,
                tag("p", f"依据：{rule.basis}", class_="basis") if rule.basis else EMPTY,
                class_=failed,
                id=f"rule{number}",
            )
        )
    yield lines(Markup("</section>"))


def _footer(run: CheckRun) -> Markup:
    return tag("footer", joined(TOOL_NAME, run.tool_version, run.rulebook.digest, by=" "))
