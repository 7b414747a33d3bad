"""The same report gives the same findings, whatever program it was written with; only the places differ."""

from __future__ import annotations

import pytest
from faults import BASES
from faults.changes import Change, both, cell, cells, drop_line, say, sign
from samples import WATER_2023, WRITERS, SampleReport, write

from checker.api import check
from checker.model.findings import ReportResult

OTHERS = [suffix for suffix in WRITERS if suffix != "txt"]

HANDFULS: dict[str, tuple[str, Change]] = {
    "sums and dates": ("department", both(
        cell("T3[S, natural]", "7"),
        cell("T2[licensing, decisions]", "316件"),
        say(0, "至2024年12月31日", "至2024年11月30日"),
        sign("沅平县自然资源局", "2025年2月20日"),
    )),
    "gaps": ("county", both(
        drop_line("T2[coercion]"),
        cells({"T3[C1, natural]": "", "T3[C2, legal]": "/", "T4[review, total]": "9"}),
        say(0, "557312", "55731"),
    )),
    "empty tables": ("township", both(cell("T2", ""), cell("T4", "（文字描述）"), say(1, "174条", "条"))),
    "old form": ("old form", both(
        cells({"T3[F, natural]": "2", "T2[normative_documents, total_disclosed]": "1"}), say(5, "张贴，", "张贴，，"),
    )),
}  # fmt: skip


def essence(result: ReportResult) -> list[tuple[object, ...]]:
    """What a person is told, places aside."""
    return sorted(
        (
            finding.rule,
            finding.severity.value,
            finding.message,
            sorted((name, str(value)) for name, value in finding.evidence.items()),
            finding.explains,
            finding.place.section,
            finding.place.table,
            finding.place.row,
            finding.place.column,
            finding.suggestion.text if finding.suggestion else None,
        )
        for finding in result.findings
    )


def reading(result: ReportResult) -> dict[str, object]:
    """What was understood, places aside."""
    report = result.report
    assert report
    return {
        "identity": report.identity,
        "form": report.form_id,
        "sections": [(section.number, section.ordinal, section.title) for section in report.sections],
        "figures": {
            key: {address: (cell.raw, cell.value) for address, cell in table.cells.items()}
            for key, table in report.tables.items()
        },
        # Only web pages show a day of publication.
        "fields": {
            name: [f.value for f in found] for name, found in report.fields.items() if name != "published"
        },
        "verdicts": {outcome.rule: outcome.verdict for outcome in result.outcomes},
    }


def assert_same(report: SampleReport) -> ReportResult:
    text = check(write(report, "txt"), name="报告.txt")
    for suffix in OTHERS:
        other = check(write(report, suffix), name=f"报告.{suffix}")
        assert essence(other) == essence(text), suffix
        assert reading(other) == reading(text), suffix
    return text


@pytest.mark.parametrize("base", BASES)
def test_a_clean_report_reads_the_same_everywhere(base):
    result = assert_same(BASES[base])
    assert len(result.report.sections) == 6
    assert result.verdict == "pass"


@pytest.mark.parametrize("handful", HANDFULS)
def test_faults_are_found_the_same_everywhere(handful):
    base, change = HANDFULS[handful]
    assert len(assert_same(change(BASES[base])).findings) >= 3


def test_a_report_on_an_old_form_reads_the_same_everywhere():
    assert assert_same(WATER_2023).verdict == "fail"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_changes_nothing(encoding):
    base, change = HANDFULS["sums and dates"]
    data = write(change(BASES[base]), "txt")
    encoded = check(data.decode().encode(encoding), name="报告.txt")
    assert essence(encoded) == essence(check(data, name="报告.txt"))
