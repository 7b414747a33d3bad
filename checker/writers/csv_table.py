"""`--format csv`: one row a finding, for Excel and WPS; one row for a file without findings.

It begins with a byte order mark, without which Excel takes UTF-8 for the local encoding. A spreadsheet runs
what looks like a formula, so text that begins like one gets an apostrophe in front. What could not be judged
is counted in the row of a file without findings; with `unjudged` every rule of it has a row behind its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.model.findings import CheckRun, Finding, ReportResult, Suppressed, nothing_to_compare
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.writers.shared.configuration import configuration_lines
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.outcomes import (
    LocatedFinding,
    Omission,
    advice,
    findings_of,
    findings_of_run,
    omissions,
    omissions_of_run,
    value_at_place,
)
from checker.writers.shared.places import section_words
from checker.writers.shared.spreadsheets import unformulaic
from checker.writers.shared.text_cells import harmless
from checker.writers.shared.words import result_name

COLUMNS: Final = (
    "文件", "单位", "年度", "到期日", "状态", "级别", "规则", "规则名称", "问题", "位置", "部分", "表", "行", "列",
    "页", "行号", "原文", "修改", "依据", "同时解释", "例外", "指纹",
)  # fmt: skip
_MARK: Final = "\ufeff"
_LINE_END: Final = "\r\n"


def write(run: CheckRun, options: WritingOptions) -> Iterator[str]:
    """Yield the table, a row at a time, with the line ends that spreadsheets write themselves."""
    vocabulary = run.rulebook.vocabulary
    yield _MARK + ",".join(map(_cell, COLUMNS)) + _LINE_END
    for line in configuration_lines(run):
        yield _row({"级别": "设置", "问题": line})
    for result in run.results:
        about = _about(result, vocabulary)
        found = list(findings_of(result))
        for located in found:
            yield _row(about | _finding(located, vocabulary))
        unjudged = omissions(result)
        if options.unjudged:
            for omission in unjudged:
                yield from _omission(omission, about, run)
        if not found and not (options.unjudged and result.problem):
            yield _row(about | {"问题": _nothing_found(result, unjudged, vocabulary)})
    of_run = vocabulary.results.name("run")
    for located in findings_of_run(run):
        about = {"文件": located.path or of_run, "单位": "、".join(located.finding.units)}
        yield _row(about | _finding(located, vocabulary))
    for omission in omissions_of_run(run) if options.unjudged else ():
        yield from _omission(omission, {"文件": of_run}, run)


def _about(result: ReportResult, vocabulary: Vocabulary) -> dict[str, str]:
    """What every row of a file says of it."""
    identity = result.report.identity if result.report else None
    return {
        "文件": result.path,
        "单位": identity.agency or "" if identity else "",
        "年度": str(identity.year or "") if identity else "",
        "到期日": result.due.isoformat() if result.due else "",
        "状态": result_name(result, vocabulary),
    }


def _nothing_found(result: ReportResult, unjudged: Sequence[Omission], vocabulary: Vocabulary) -> str:
    """The words for a file without findings: why it was not checked, or how much of it was not."""
    if result.problem:
        return result.problem.text
    counts = Counter[str]()
    for omission in sorted(unjudged, key=_is_idle):
        name = "没有可比的" if _is_idle(omission) else omission.name(vocabulary)
        counts[name] += len(omission.rules)
    return "；".join(("没有发现问题", *(f"{count} 条规则{name}" for name, count in counts.items())))


def _is_idle(omission: Omission) -> bool:
    return omission.kind == "not_checked" and nothing_to_compare(omission.reason)


def _omission(omission: Omission, about: Mapping[str, str], run: CheckRun) -> Iterator[str]:
    """A row for every rule that was not judged."""
    for rule in omission.rules or ("",):
        info = run.rulebook.rules.get(rule)
        yield _row(
            {
                **about,
                "级别": omission.name(run.rulebook.vocabulary),
                "规则": rule,
                "规则名称": info.title if info else "",
                "问题": omission.reason,
                "依据": info.basis if info else "",
            }
        )


def _finding(located: LocatedFinding, vocabulary: Vocabulary) -> dict[str, str]:
    finding = located.finding
    place = finding.place
    location = place.location
    severity = vocabulary.severities.name(finding.severity.value)
    return {
        "级别": vocabulary.results.name("suppressed") if located.accepted else severity,
        "规则": finding.rule,
        "规则名称": finding.title,
        "问题": finding.message,
        "位置": located.place,
        "部分": section_words(place.section) if place.section is not None else "",
        "表": _table_name(finding, located.report),
        "行": place.row_label or place.row or "",
        "列": place.column_label or place.column or "",
        "页": str(location.page or ""),
        "行号": str(located.line or ""),
        "原文": value_at_place(finding),
        "修改": advice(finding),
        "依据": finding.basis,
        "同时解释": "、".join(finding.explains),
        "例外": _acceptance(located.accepted) if located.accepted else "",
        "指纹": finding.fingerprint,
    }


def _table_name(finding: Finding, report: Report | None) -> str:
    key = finding.place.table or ""
    table = report.form.tables.get(key) if report else None
    return table.name if table else key


def _acceptance(accepted: Suppressed) -> str:
    until = accepted.until.isoformat() if accepted.until else ""
    return "；".join(part for part in (accepted.reason, accepted.owner or "", until, accepted.source) if part)


def _row(cells: Mapping[str, str]) -> str:
    return ",".join(_cell(cells.get(column, "")) for column in COLUMNS) + _LINE_END


def _cell(text: str) -> str:
    return '"' + unformulaic(harmless(text)).replace('"', '""') + '"'
