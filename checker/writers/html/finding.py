"""One finding in the HTML result: what is wrong, where, what to write instead, and the cells it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.findings import Finding, Suggestion
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.html.markup import EMPTY, Markup, joined, tag
from checker.writers.shared.places import WHOLE_REPORT, changes_words, place_words, says_every_value
from checker.writers.shared.table_excerpt import CellRole, Excerpt, ExcerptCell, table_excerpt

_ROWS: Final = 40
_CLASSES: Final = {CellRole.MARKED: "marked", CellRole.INVOLVED: "involved", CellRole.CONTEXT: "context"}


def finding_html(finding: Finding, report: Report | None, rule: Markup, vocabulary: Vocabulary) -> Markup:
    """The block of one finding.

    Args:
        finding: what was found.
        report: the report it stands in, None for a finding about more than one report.
        rule: its rule id, as a link to the rule's basis.
        vocabulary: what severities are called.
    """
    head = tag(
        "h4",
        tag("span", vocabulary.severities.name(finding.severity.value), class_="grade"),
        " ",
        tag("span", rule, class_="rule"),
        " ",
        finding.title,
    )
    excerpt = table_excerpt(finding, report, _ROWS) if report else None
    entries = joined(*_entries(finding, report, drawn=excerpt is not None))
    drawing = _excerpt(excerpt) if excerpt else EMPTY
    return tag("article", head, tag("dl", entries), drawing, class_=f"finding {finding.severity.value}")


def _entries(finding: Finding, report: Report | None, *, drawn: bool) -> Iterator[Markup]:
    place = place_words(finding.place, report)
    if report is not None or place != WHOLE_REPORT:
        yield _entry("位置", place)
    if finding.message != finding.title:
        yield _entry("问题", finding.message)
    formula = finding.evidence.get("formula")
    if isinstance(formula, str) and formula not in finding.message:
        yield _entry("算式", formula)
    if finding.place.excerpt and not drawn:
        yield _entry("原文", tag("q", finding.place.excerpt))
    if finding.suggestion:
        yield from _suggestion(finding.suggestion, report, drawn=drawn)
    also = finding.evidence.get("also")
    if isinstance(also, str):
        yield _entry("同因", f"{also}。")
    elif finding.explains:
        yield _entry("说明", f"同时解释 {'、'.join(finding.explains)}。")
    if finding.basis:
        yield _entry("依据", finding.basis, class_="basis")


def _suggestion(suggestion: Suggestion, report: Report | None, *, drawn: bool) -> Iterator[Markup]:
    if suggestion.text:
        yield _entry("修改", suggestion.text, class_="advice")
    if says_every_value(suggestion):
        return
    if suggestion.cells and not (drawn and not suggestion.rivals):
        label = "改动" if suggestion.unique else "可改"
        yield _entry(label, f"{changes_words(suggestion.cells, report)}。")
    for rival in suggestion.rivals:
        yield _entry("或者", f"{changes_words(rival.cells, report)}。")


def _entry(label: str, words: object, class_: str | None = None) -> Markup:
    return tag("div", tag("dt", label), tag("dd", words), class_=class_)


def _excerpt(excerpt: Excerpt) -> Markup:
    """The cut of the table; marked cells carry what they should say."""
    head = tag("tr", tag("td"), *(tag("th", column.label, scope="col") for column in excerpt.columns))
    rows = (
        tag(
            "tr",
            tag("th", row.label, scope="row"),
            *(_cell(cell, certain=excerpt.certain) for cell in row.cells),
        )
        for row in excerpt.rows
    )
    notes = [
        f"{excerpt.idle_rows} 行为 0 或空白" if excerpt.idle_rows else "",
        f"另外 {excerpt.hidden_rows} 行" if excerpt.hidden_rows else "",
    ]
    note = "，".join(note for note in notes if note)
    left_out = tag("p", f"未列出：{note}", class_="left-out") if note else EMPTY
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    return joined(tag("div", table, class_="excerpt", tabindex="0"), left_out)


def _cell(cell: ExcerptCell, *, certain: bool) -> Markup:
    if cell.role is not CellRole.MARKED:
        return tag("td", cell.text, class_=_CLASSES[cell.role])
    word = "应改为" if certain else "可改为"
    proposed = tag("ins", f"{word} {cell.proposed}") if cell.proposed is not None else EMPTY
    return tag("td", tag("mark", cell.text), proposed, class_="marked")
