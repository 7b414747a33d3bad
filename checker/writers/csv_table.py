"""`--format csv`: one row a finding, for Excel and WPS.

It begins with a byte order mark, without which Excel takes UTF-8 for the local encoding. A spreadsheet runs
what looks like a formula, so text that begins like one gets an apostrophe in front. Rows for what could not
be judged follow the findings of each file: a filter on 级别 takes them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.findings import CheckRun, Finding, Suppressed
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import TerminalOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    advice,
    findings_of,
    findings_of_run,
    omissions,
    value_at_place,
)
from checker.writers.shared.places import section_words
from checker.writers.shared.text_cells import harmless

COLUMNS: Final = (
    "文件", "单位", "年度", "级别", "规则", "规则名称", "问题", "位置", "部分", "表", "行", "列",
    "页", "行号", "原文", "修改", "依据", "同时解释", "例外", "指纹",
)  # fmt: skip
_MARK: Final = "\ufeff"
_FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠")


def write(run: CheckRun, _options: TerminalOptions) -> Iterator[str]:
    """Yield the table, a row at a time, with the line ends that spreadsheets write themselves."""
    vocabulary = run.rulebook.vocabulary
    yield _MARK + _row(COLUMNS)
    for line in configuration_lines(run):
        yield _row(("", "", "", "设置", "", "", line, *[""] * (len(COLUMNS) - 7)))
    for result in run.results:
        for located in findings_of(result):
            yield _finding(located, vocabulary)
        for omission in omissions(result):
            for rule in omission.rules or ("",):
                info = run.rulebook.rules.get(rule)
                yield _row(
                    (*_report(result.path, result.report), omission.name(vocabulary), rule,
                     info.title if info else "", omission.reason, *[""] * 9, info.basis if info else "", "", "", "")
                )  # fmt: skip
    for located in findings_of_run(run):
        yield _finding(located, vocabulary)


def _report(path: str, report: Report | None) -> tuple[str, str, str]:
    identity = report.identity if report else None
    return (
        path,
        identity.agency or "" if identity else "",
        str(identity.year or "") if identity else "",
    )


def _finding(located: LocatedFinding, vocabulary: Vocabulary) -> str:
    finding = located.finding
    place = finding.place
    location = place.location
    results, severities = vocabulary.results, vocabulary.severities
    grade = results.name("suppressed") if located.accepted else severities.name(finding.severity.value)
    return _row(
        (
            *_report(located.path or results.name("run"), located.report),
            grade,
            finding.rule,
            finding.title,
            finding.message,
            located.place,
            section_words(place.section) if place.section is not None else "",
            _table_name(finding, located.report),
            place.row_label or place.row or "",
            place.column_label or place.column or "",
            str(location.page or ""),
            str(located.line or ""),
            value_at_place(finding),
            advice(finding),
            finding.basis,
            "、".join(finding.explains),
            _acceptance(located.accepted) if located.accepted else "",
            finding.fingerprint,
        )
    )


def _table_name(finding: Finding, report: Report | None) -> str:
    key = finding.place.table or ""
    table = report.form.tables.get(key) if report else None
    return table.name if table else key


def _acceptance(accepted: Suppressed) -> str:
    until = accepted.until.isoformat() if accepted.until else ""
    return "；".join(part for part in (accepted.reason, accepted.owner or "", until, accepted.source) if part)


def _row(cells: Sequence[str]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(text: str) -> str:
    shown = harmless(text)
    if shown[:1] in _FORMULA_STARTS and shown:
        shown = f"'{shown}"
    return '"' + shown.replace('"', '""') + '"'
