"""One report in the HTML result: the verdict, what it was taken for, the findings, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.findings import ReportResult, Severity, Suppressed, nothing_to_compare
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass, replace
from checker.writers.html.document import document_html
from checker.writers.html.finding import FindingWords, findings_html
from checker.writers.html.markup import EMPTY, Markup, joined, tag
from checker.writers.shared.outcomes import Omission, omissions
from checker.writers.shared.places import place_words
from checker.writers.shared.reports import name_of, recognised
from checker.writers.shared.words import result_name


def verdict_html(result: ReportResult, vocabulary: Vocabulary) -> Markup:
    """The verdict in a word; for a file without one what became of it."""
    kind = result.verdict or result.status.value
    return tag("span", result_name(result, vocabulary), class_=f"verdict {kind}")


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """Where on the page the block of a report stands.

    Attributes:
        anchor: id of the block, for links to it.
        prefix: stands before the ids inside it; none where it is the only one, so that they are stable.
        whole: whether the text of the report is shown, as far as it is there.
        folded: whether the block is closed until somebody opens it, None if it cannot be closed.
    """

    anchor: str
    prefix: str = ""
    whole: bool = True
    folded: bool | None = None


def report_html(result: ReportResult, frame: ReportFrame, words: FindingWords) -> Iterator[Markup]:
    """The block of one file, a part at a time.

    Args:
        result: the file with all that was found.
        frame: where it stands.
        words: how findings are told.
    """
    report = result.report
    name = name_of(report) if report else result.path
    heading = tag("h2", verdict_html(result, words.vocabulary), " ", name)
    yield Markup(f'<section class="report" id="{frame.anchor}">')
    if frame.folded is None:
        yield heading
    else:
        yield Markup("<details>" if frame.folded else "<details open>")
        yield tag("summary", heading)
    if report is not None:
        grades = words.vocabulary.severities
        counts = "，".join(f"{grades.name(severity.value)} {result.count(severity)}" for severity in Severity)
        yield tag("p", f"{result.path}　{counts}", class_="file")
        yield tag("p", f"识别为：{recognised(report, words.vocabulary)}", class_="file")
    elif result.problem is not None:
        yield tag("p", result.problem.text)
    document = document_html(result, words.vocabulary, frame.prefix) if frame.whole else EMPTY
    yield Markup('<div class="beside">' if document else "<div>")
    yield from _beside(result, frame, words)
    if document:
        yield tag(
            "section",
            tag("h3", "报告原文"),
            tag("div", document, id=f"{frame.prefix}document"),
            class_="document",
        )
    yield Markup("</div>")
    if frame.folded is not None:
        yield Markup("</details>")
    yield Markup("</section>")


def _beside(result: ReportResult, frame: ReportFrame, words: FindingWords) -> Iterator[Markup]:
    """What stands beside the document: findings, those accepted, rules without a judgement."""
    yield Markup('<section class="list">')
    if result.findings:
        yield tag("h3", "问题", tag("span", f"（{len(result.findings)} 处）", class_="count"))
        shown = result if frame.whole else _without_text(result)
        yield tag(
            "ol", findings_html(shown, words, frame.prefix), id=f"{frame.prefix}findings", class_="findings"
        )
    elif result.report is not None:
        yield tag("p", "没有发现问题。")
    if result.suppressed:
        accepted = f"{words.vocabulary.results.name('suppressed')}的 {len(result.suppressed)} 处"
        yield tag("h3", accepted)
        yield tag(
            "ul", *(_accepted(one, result.report, words) for one in result.suppressed), class_="accepted"
        )
    yield not_judged_html(omissions(result), f"{frame.prefix}not-judged", words)
    yield Markup("</section>")


def _without_text(result: ReportResult) -> ReportResult:
    """The result as it is where the text of its report has been left away."""
    if result.report is None:
        return result
    document = replace(result.report.document, blocks=())
    return replace(result, report=replace(result.report, document=document))


def _accepted(one: Suppressed, report: Report | None, words: FindingWords) -> Markup:
    terms = [f"负责人 {one.owner}"] if one.owner else []
    terms += [f"有效至 {one.until.isoformat()}"] if one.until else []
    where = place_words(one.finding.place, report)
    return tag(
        "li",
        words.rule(one.finding.rule),
        f" {where}：{one.finding.message}",
        tag("div", f"理由：{one.reason}（{'，'.join([*terms, one.source])}）", class_="reason"),
    )


def not_judged_html(found: Sequence[Omission], anchor: str, words: FindingWords) -> Markup:
    """Broken rules, and the rules without a judgement by reason; those with nothing to compare are folded away."""
    broken = [omission for omission in found if omission.kind == "broken"]
    silent = [omission for omission in found if omission.kind == "not_checked"]
    parts: list[Markup] = []
    if broken:
        items = (tag("li", words.rule(one.rules[0]), f"：{one.reason}") for one in broken)
        parts.append(tag("h3", f"检查程序自身出错 {len(broken)} 条"))
        parts.append(tag("p", "不是报告的问题，请反馈给规则或程序的维护者。"))
        parts.append(tag("ul", *items, class_="broken"))
    idle = [omission for omission in silent if nothing_to_compare(omission.reason)]
    telling = [omission for omission in silent if omission not in idle]
    if telling:
        heading = f"{words.vocabulary.verdicts.name('not_checked')}的 {_rule_count(telling)} 条规则"
        parts.append(tag("h3", heading, id=anchor))
        parts.append(tag("p", "既不算合格，也不算问题。", class_="file"))
        parts.append(_by_reason(telling, words))
    if idle:
        counts = "，".join(f"{one.reason.rstrip('。')} {len(one.rules)} 条" for one in idle)
        summary = tag("summary", f"没有可比的，未判断 {_rule_count(idle)} 条规则：{counts}")
        place = {} if telling else {"id": anchor}
        parts.append(tag("details", summary, _by_reason(idle, words), class_="idle", **place))
    return joined(*parts) if parts else EMPTY


def _rule_count(found: Sequence[Omission]) -> int:
    return sum(len(one.rules) for one in found)


def _by_reason(found: Sequence[Omission], words: FindingWords) -> Markup:
    items = (
        tag(
            "li",
            f"{one.reason.rstrip('。')}：",
            joined(*(words.rule(rule) for rule in one.rules), by="、"),
        )
        for one in found
    )
    return tag("ul", *items, class_="silent")
