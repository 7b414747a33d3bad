"""Whether a variant says the same as the report it was made from."""

from __future__ import annotations

from samples import SampleReport, write

from checker.api import check
from checker.model.findings import ReportResult


def told(result: ReportResult) -> list[tuple[str, str, str]]:
    """The findings, places aside."""
    return [(finding.rule, finding.severity.value, finding.message) for finding in result.findings]


def figures(result: ReportResult) -> dict[str, dict[str, object]]:
    """Every figure of every table by its address."""
    assert result.report, result.problem
    return {
        key: {f"{row}, {column}": cell.value for (row, column), cell in table.cells.items()}
        for key, table in result.report.tables.items()
    }


def texts(result: ReportResult) -> dict[tuple[int | None, str], str]:
    """The text of each section by role; where its paragraphs end is for the eye."""
    assert result.report
    joined: dict[tuple[int | None, str], str] = {}
    for text in result.report.texts:
        if text.role != "stray":  # page numbers and the like
            key = (text.section, text.role)
            joined[key] = joined.get(key, "") + text.squeezed.text
    return joined


def differences(report: SampleReport, data: bytes, name: str) -> list[str]:
    """What a variant says otherwise than the text of the report; empty if it is the same.

    Where a table is cut by force, Chromium draws the words of a merged cell below the table; they are read as
    what they look like, so the text beside the tables is not compared for these.
    """
    expected, found = check(write(report, "txt"), name="年报.txt"), check(data, name=name)
    if found.report is None:
        return [f"{name}: {found.problem}"]
    pairs = {
        "identity": (expected.report and expected.report.identity, found.report.identity),
        "figures": (figures(expected), figures(found)),
        "findings": (told(expected), told(found)),
        "texts": ({}, {}) if "_break_" in name else (texts(expected), texts(found)),
        "verdicts": (
            {outcome.rule: outcome.verdict.value for outcome in expected.outcomes},
            {outcome.rule: outcome.verdict.value for outcome in found.outcomes},
        ),
    }
    return [f"{name}: {what}: {one!r} != {other!r}" for what, (one, other) in pairs.items() if one != other]
