"""One report in the HTML result: the verdict, what it was taken for, the findings, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.findings import ReportResult, Severity, Suppressed
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.html.finding import FindingWords, RuleLink, finding_html
from checker.writers.html.markup import EMPTY, Markup, joined, tag
from checker.writers.shared.outcomes import omissions
from checker.writers.shared.places import place_words, section_heading
from checker.writers.shared.reports import by_section, name_of, recognised
from checker.writers.shared.words import result_name


def verdict_html(result: ReportResult, vocabulary: Vocabulary) -> Markup:
    """The verdict in a word; for a file without one what became of it."""
    kind = result.verdict or result.status.value
    return tag("span", result_name(result, vocabulary), class_=f"verdict {kind}")


def report_html(
    result: ReportResult, anchor: str, link: RuleLink, vocabulary: Vocabulary
) -> Iterator[Markup]:
    """The block of one file, a part at a time.

    Args:
        result: the file with all that was found.
        anchor: id of the block, for links to it.
        link: makes links to rules.
        vocabulary: what verdicts and severities are called.
    """
    report = result.report
    name = name_of(report) if report else result.path
    yield Markup(f'<section class="report" id="{anchor}">')
    yield tag("h2", verdict_html(result, vocabulary), " ", name)
    if report is not None:
        grades = vocabulary.severities
        counts = "，".join(f"{grades.name(severity.value)} {result.count(severity)}" for severity in Severity)
        yield tag("p", f"{result.path}　{counts}", class_="file")
        yield tag("p", f"识别为：{recognised(report, vocabulary)}", class_="file")
    elif result.problem is not None:
        yield tag("p", result.problem.text)
    for section, findings in by_section(result.findings).items():
        heading = section_heading(section, report)
        yield tag("h3", heading, tag("span", f"（{len(findings)} 处）", class_="count"))
        for finding in findings:
            yield finding_html(finding, report, FindingWords(vocabulary, link))
    if result.suppressed:
        yield tag("h3", f"{vocabulary.results.name('suppressed')}的 {len(result.suppressed)} 处")
        yield tag("ul", *(_accepted(one, report, link) for one in result.suppressed), class_="accepted")
    yield _not_judged(result, link, vocabulary)
    yield Markup("</section>")


def _accepted(one: Suppressed, report: Report | None, link: RuleLink) -> Markup:
    terms = [f"负责人 {one.owner}"] if one.owner else []
    terms += [f"有效至 {one.until.isoformat()}"] if one.until else []
    where = place_words(one.finding.place, report)
    return tag(
        "li",
        link(one.finding.rule),
        f" {where}：{one.finding.message}",
        tag("div", f"理由：{one.reason}（{'，'.join([*terms, one.source])}）", class_="reason"),
    )


def _not_judged(result: ReportResult, link: RuleLink, vocabulary: Vocabulary) -> Markup:
    """Broken rules, and the rules without a judgement by reason."""
    found = omissions(result)
    broken = [omission for omission in found if omission.kind == "broken"]
    silent = [omission for omission in found if omission.kind == "not_checked"]
    parts: list[Markup] = []
    if broken:
        items = (tag("li", link(one.rules[0]), f"：{one.reason}") for one in broken)
        parts.append(tag("h3", f"检查程序自身出错 {len(broken)} 条"))
        parts.append(tag("p", "不是报告的问题，请反馈给规则或程序的维护者。"))
        parts.append(tag("ul", *items, class_="broken"))
    if silent:
        count = sum(len(one.rules) for one in silent)
        items = (
            tag("li", f"{one.reason.rstrip('。')}：", joined(*(link(rule) for rule in one.rules), by="、"))
            for one in silent
        )
        parts.append(tag("h3", f"{vocabulary.verdicts.name('not_checked')}的 {count} 条规则"))
        parts.append(tag("p", "既不算合格，也不算问题。", class_="file"))
        parts.append(tag("ul", *items, class_="silent"))
    return joined(*parts) if parts else EMPTY
