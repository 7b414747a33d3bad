"""Who a report is from and what it was recognised as, in words; the order of reports and findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.findings import CheckRun, Finding, ReportResult, Severity, Status
from checker.model.report import Report
from checker.model.vocabulary import Vocabulary
from checker.startup.records import dataclass

_LAST: Final = 1_000
_ANY_REPORT: Final = "报告"


def reports_word(run: CheckRun, *, short: bool = False) -> str:
    """What the reports of a run are: the name of their kind, or just 报告 if there are several kinds or none."""
    kinds = {outline.kind for outline in run.outlines if outline.kind}
    vocabulary = run.rulebook.vocabulary
    names = vocabulary.short_kinds if short else vocabulary.kinds
    return names.names.get(kinds.pop(), _ANY_REPORT) if len(kinds) == 1 else _ANY_REPORT


def name_of(report: Report) -> str:
    """Agency and year, as far as they were recognised."""
    agency = report.identity.agency or "（没有认出单位）"
    return f"{agency} {report.identity.year}年度" if report.identity.year else f"{agency}（没有认出年度）"


def recognised(report: Report, vocabulary: Vocabulary) -> str:
    """What it was taken for: kind of report, level, tier, form."""
    identity = report.identity
    level = vocabulary.levels.name(identity.level) if identity.level else "机关类别不明"
    tier = vocabulary.tiers.name(identity.tier) if identity.tier else "级别不明"
    if report.form_id is None:
        form = "没有找到表格"
    elif report.form_id == report.form.id:
        form = report.form.title
    elif report.form_id == "mixed":
        form = "各张表认出的格式不是同一年的"
    else:
        form = f"{report.form.title}，表是另一版格式的"
    kind = vocabulary.short_kinds.names.get(report.form.kind)
    return "，".join(filter(None, (kind, f"{level}（{tier}）", form)))


def by_section(findings: Sequence[Finding]) -> dict[int | None, list[Finding]]:
    """Findings under the section they stand in, in the order of the report, those about all of it last."""
    sections: dict[int | None, list[Finding]] = {}
    for finding in sorted(
        findings, key=lambda one: _LAST if one.place.section is None else one.place.section
    ):
        sections.setdefault(finding.place.section, []).append(finding)
    return sections


def run_groups(run: CheckRun) -> dict[str, list[Finding]]:
    """Findings about the run as a whole: those in a file of its own under the name of their rules."""
    groups: dict[str, list[Finding]] = {}
    for finding in run.findings:
        info = run.rulebook.rules.get(finding.rule)
        in_a_file = info is not None and finding.place.location.path is not None
        of_run = run.rulebook.vocabulary.results.name("run")
        groups.setdefault(info.group if info and in_a_file else of_run, []).append(finding)
    return groups


def reports_named(run: CheckRun) -> dict[str, Report]:
    """The reports into whose tables findings about the run point, by path."""
    wanted = {finding.place.location.path for finding in run.findings if finding.place.table}
    if not wanted:
        return {}
    return {result.path: result.report for result in run.results if result.report and result.path in wanted}


@dataclass(frozen=True, slots=True, order=True)
class _Rank:
    """Sort key, worst first, of equals the first on the command line."""

    kind: int
    errors: int
    warnings: int
    infos: int
    index: int


def worst_first(run: CheckRun) -> list[int]:
    """Indexes of the results: failed, without a verdict, passed, skipped; of equals those with more findings."""
    return [rank.index for rank in sorted(_rank(index, result) for index, result in enumerate(run.results))]


def _rank(index: int, result: ReportResult) -> _Rank:
    kind = {"fail": 0, None: 1, "pass": 2}[result.verdict]
    if result.status is Status.SKIPPED:
        kind = 3
    counts = [-result.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    return _Rank(kind, counts[0], counts[1], counts[2], index)
