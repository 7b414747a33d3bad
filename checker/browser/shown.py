"""What the page shows of one report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.browser.edits import Edit
from checker.browser.totals import Total, following_totals
from checker.model.findings import ReportResult, RulebookInfo
from checker.writers.html.document import document_html
from checker.writers.html.finding import FindingWords, findings_html
from checker.writers.shared.outcomes import omissions
from checker.writers.shared.places import cell_words
from checker.writers.shared.reports import name_of, recognised
from checker.writers.shared.text_cells import harmless


def shown_report(result: ReportResult, rulebook: RulebookInfo, edits: Sequence[Edit]) -> dict[str, Any]:
    """A report as JSON for the page.

    Args:
        result: the result, with the whole text of its report.
        rulebook: the rules that were used.
        edits: what a person has changed.

    Returns:
        `document` and `findings` (HTML), `title`, `recognised`, `verdict`, `omissions` (what was not judged, by
        reason) and `totals` (that follow from the edits).
    """
    report, vocabulary = result.report, rulebook.vocabulary
    return {
        "title": harmless(name_of(report)) if report else "",
        "recognised": harmless(recognised(report, vocabulary)) if report else "",
        "verdict": vocabulary.results.name(result.verdict or result.status.value),
        "document": document_html(result, vocabulary),
        "findings": findings_html(result, FindingWords(vocabulary)),
        "omissions": [
            {"title": one.name(vocabulary), "reason": one.reason, "rules": list(one.rules)}
            for one in omissions(result)
        ],
        "totals": [_total(result, one) for one in following_totals(report, edits)] if report else [],
    }


def _total(result: ReportResult, total: Total) -> dict[str, Any]:
    report = result.report
    words = cell_words(report.tables[total.table].place(*total.address), report) if report else ""
    return {
        "place": harmless(words),
        "table": total.location.table_index,
        "row": total.location.grid_row,
        "column": total.location.grid_column,
        "path": total.location.path,
        "current": harmless(total.current),
        "value": str(total.value),
    }
