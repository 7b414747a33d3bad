"""Findings in HTML: what is wrong, where, what to write instead, and the cells they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Final

from checker.model.findings import Finding, ReportResult, Suggestion
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass
from checker.writers.html.markup import EMPTY, Markup, joined, tag, text
from checker.writers.html.places import Numbered, Places, numbered
from checker.writers.shared.outcomes import LocatedFinding, plain_message
from checker.writers.shared.places import (
    WHOLE_REPORT,
    changes_words,
    place_words,
    rewording_words,
    says_every_value,
)
from checker.writers.shared.table_excerpt import CellRole, Excerpt, ExcerptCell, table_excerpt

RuleLink = Callable[[str], Markup]
"""From a rule id to the id as a link to what is said of the rule."""

_ROWS: Final = 40
_CLASSES: Final = {CellRole.MARKED: "marked", CellRole.INVOLVED: "involved", CellRole.CONTEXT: "context"}


@dataclass(frozen=True, slots=True)
class FindingWords:
    """How findings are told.

    Attributes:
        vocabulary: what severities are called.
        link: makes a link of a rule id; without it the id stands as it is.
    """

    vocabulary: Vocabulary
    link: RuleLink | None = None

    def rule(self, rule: str) -> Markup:
        """A rule id as it stands in a page."""
        return self.link(rule) if self.link else text(rule)


def findings_html(result: ReportResult, words: FindingWords, prefix: str = "") -> Markup:
    """The findings of one file as list items, errors first.

    Each is `li#f1[data-rule][data-severity]`, by the number under which the document shows it, with `data-index`
    (its place in `result.findings`), `data-place` and `data-related` (ids of elements of the document, without the
    prefix), a link `a.place` to its place, and a hidden `button.copy` whose `data-copy` is the finding in plain
    text; a script may show it.

    Args:
        result: the result; tables are shown in excerpts where the text of its report is not there.
        words: how findings are told.
        prefix: stands before every id; the same as for `document_html`.
    """
    places = Places(result)
    return joined(*(_item(shown, result, places, words, prefix) for shown in numbered(result.findings)))


def _item(shown: Numbered, result: ReportResult, places: Places, words: FindingWords, prefix: str) -> Markup:
    finding = shown.finding
    home = places.homes.get(shown.number)
    number = tag("span", shown.number, class_="number")
    copied = plain_message(LocatedFinding(finding, result.path, result.report))
    return tag(
        "li",
        _head(finding, words, number),
        _body(finding, result.report, f"#{prefix}{home}" if home else None),
        tag("button", "复制", type="button", class_="copy", hidden="", data_copy=Markup(escape(copied))),
        id=f"{prefix}f{shown.number}",
        class_=f"finding {finding.severity.value}",
        tabindex="-1",
        data_rule=finding.rule,
        data_severity=finding.severity.value,
        data_index=shown.index,
        data_place=home,
        data_related=" ".join(places.related(finding)) or None,
    )


def finding_html(finding: Finding, report: Report | None, words: FindingWords) -> Markup:
    """A finding on its own, such as one about the run.

    Args:
        finding: what was found.
        report: the report it stands in, None for a finding about more than one report.
        words: how findings are told.
    """
    head, body = _head(finding, words), _body(finding, report, None)
    return tag("article", head, body, class_=f"finding {finding.severity.value}")


def _head(finding: Finding, words: FindingWords, number: Markup = EMPTY) -> Markup:
    grade = tag("span", words.vocabulary.severities.name(finding.severity.value), class_="grade")
    rule = tag("span", words.rule(finding.rule), class_="rule")
    return tag("h4", number, grade, " ", rule, " ", finding.title)


def _body(finding: Finding, report: Report | None, home: str | None) -> Markup:
    """What is said of a finding; `home` is a link to its place in the document, which then shows the table."""
    excerpt = table_excerpt(finding, report, _ROWS) if report and home is None else None
    entries = joined(*_entries(finding, report, drawn=excerpt is not None, home=home))
    return joined(tag("dl", entries), _excerpt(excerpt) if excerpt else EMPTY)


def _entries(finding: Finding, report: Report | None, *, drawn: bool, home: str | None) -> Iterator[Markup]:
    place = place_words(finding.place, report)
    if report is not None or place != WHOLE_REPORT:
        yield _entry("位置", tag("a", place, href=home, class_="place") if home else place)
    if finding.message != finding.title:
        yield _entry("问题", finding.message)
    formula = finding.evidence.get("formula")
    if isinstance(formula, str) and formula not in finding.message:
        yield _entry("算式", formula)
    if finding.place.excerpt and not (drawn or finding.place.lacking):
        yield _entry("原文", tag("q", finding.place.excerpt), class_="source")
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
    if suggestion.texts:
        yield _entry("改动", f"{rewording_words(suggestion.texts)}。")
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
