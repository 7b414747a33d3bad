"""What leads through a page: controls for severities, and of many reports the list, with search and filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.findings import CheckRun, ReportResult, Severity, Verdict
from checker.model.vocabulary import Vocabulary
from checker.writers.html.markup import Markup, lines, tag
from checker.writers.html.report import verdict_html
from checker.writers.shared.reports import name_of
from checker.writers.shared.tally import RunTally
from checker.writers.shared.words import result_name

_EVERY_VERDICT: Final = "全部结论"


def controls(counts: RunTally, vocabulary: Vocabulary) -> Markup:
    """Which severities to show, and steps from finding to finding; the script makes it visible."""
    labelled = counts.labelled(vocabulary)
    boxes = []
    for severity in Severity:
        word, count = labelled[severity.value]
        box = Markup(f'<input type="checkbox" checked data-grade="{severity.value}"> ')
        boxes.append(
            tag("label", box, f"{word} {count}", class_=f"chip {severity.value if count else 'none'}")
        )
    steps = (
        tag("button", word, type="button", data_step=by) for by, word in (("-1", "上一处"), ("1", "下一处"))
    )
    return tag(
        "div",
        tag("div", *boxes, role="group", aria_label="显示哪些问题", class_="grades"),
        tag("div", *steps, class_="steps"),
        class_="controls",
        hidden="",
    )


def overview(run: CheckRun, order: Sequence[int]) -> Iterator[str]:
    """A line a report, each with a link to its block.

    Args:
        run: all reports.
        order: indexes of the results in the order in which they are shown.
    """
    vocabulary = run.rulebook.vocabulary
    grades = (vocabulary.severities.name(severity.value) for severity in Severity)
    heads = ("结论", "单位和年度", *grades, "未判", "文件")
    rows: list[Markup] = []
    kinds: dict[str, str] = {}
    for index in order:
        result = run.results[index]
        kinds.setdefault(_kind(result), result_name(result, vocabulary))
        rows.append(_row(result, f"r{index + 1}", vocabulary))
    yield lines(Markup('<section id="overview">'), tag("h2", "一览"), _search(kinds))
    yield lines(
        Markup('<table class="overview">'),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        Markup("<tbody>"),
        *rows,
        Markup("</tbody></table></section>"),
    )


def _search(kinds: dict[str, str]) -> Markup:
    field = Markup('<input type="search" id="search" autocomplete="off">')
    options = [tag("option", _EVERY_VERDICT, value="")]
    options += [tag("option", name, value=kind) for kind, name in kinds.items()]
    folds = (
        tag("button", word, type="button", data_fold=what)
        for what, word in (("open", "全部展开"), ("close", "全部收起"))
    )
    return tag(
        "div",
        tag("label", "查找单位、文件或规则 ", field),
        tag("label", "结论 ", tag("select", *options, id="verdicts")),
        tag("span", *folds, class_="steps"),
        tag("span", id="matches", role="status"),
        class_="controls search",
        hidden="",
    )


def _kind(result: ReportResult) -> str:
    return result.verdict or result.status.value


def _row(result: ReportResult, anchor: str, vocabulary: Vocabulary) -> Markup:
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
        data_verdict=_kind(result),
    )
