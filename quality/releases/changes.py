"""What two versions say otherwise about the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from checker.run.comparison import ComparedFinding, ResultComparison
from quality.releases.running import Ran

Json = Mapping[str, Any]

RUN, READING, CONCLUSION, IDENTITY, FIELDS, TABLES = "运行", "读取", "结论", "识别", "栏目", "表格"
GROUPS: Final = (RUN, READING, CONCLUSION, IDENTITY, FIELDS, TABLES)
"""What is told before the rules, in this order."""
_TOLD_APART: Final = frozenset({"path", "sha256", "status", "problem", "verdict", "identity", "fields", "tables",
                                "cells", "outcomes", "findings"})  # fmt: skip
"""Keys of a report that are compared one by one; any other is compared as a whole."""
_STATES: Final = {"new": "新增", **dict.fromkeys(("mended", "not_resubmitted", "unreadable"), "消失")}
"""Of the same document read by two versions: whatever it is called between rounds, a finding is there or is not."""
_PARTS: Final = {"title": "标题", "basis": "依据", "location": "位置", "related": "相关位置", "evidence": "证据",
                 "explains": "一并说明的规则", "suggestion": "修改建议", "severity": "级别",
                 "message": "说法"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the newer version says otherwise.

    Attributes:
        group: the rule, or one of `GROUPS`.
        document: path of the report, of the document if no report is concerned.
        what: what it is that changed, in words.
        before, after: what the versions say; None where one says nothing.
        place: where in the report a finding stands, {} for anything else.
        title: the rule's, "" for other groups.
    """

    group: str
    document: str
    what: str
    before: Any
    after: Any
    place: Json
    title: str = ""


def changes(documents: Sequence[str], old: Sequence[Ran], new: Sequence[Ran]) -> list[Change]:
    """Everything that changed, document by document.

    Args:
        documents: paths of documents, and of folders that were checked as a whole.
        old: for each of them how it went with the older version.
        new: likewise with the newer one.

    Returns:
        Each change once, though a document was checked alone and with its folder.
    """
    found: dict[str, Change] = {}
    for document, before, after in zip(documents, old, new, strict=True):
        for change in (*_of_run(document, before, after), *of_results(document, before.result, after.result)):
            found.setdefault(repr(change), change)
    return list(found.values())


def _of_run(document: str, old: Ran, new: Ran) -> Iterator[Change]:
    yield from _differing(RUN, document, "退出码", _code(old), _code(new))
    yield from _differing(RUN, document, "错误输出", old.complaint or None, new.complaint or None)


def _code(ran: Ran) -> Any:
    return "没有结束" if ran.code is None else ran.code


def of_results(document: str, old: Json, new: Json) -> Iterator[Change]:
    """What two results of one document say otherwise.

    Args:
        document: its path.
        old: the older result in the JSON contract; what it does not have counts as None.
        new: likewise the newer one.
    """
    before, after = ({report["path"]: report for report in result["reports"]} for result in (old, new))
    for path in dict.fromkeys([*before, *after]):
        one, two = before.get(path), after.get(path)
        if one is None or two is None:
            yield Change(READING, path, "报告", one and one["status"], two and two["status"], {})
        else:
            yield from _of_reports(path, one, two)
    compared = ResultComparison(old, new)
    for finding in compared.findings:
        yield from _of_finding(finding, document)


def _of_reports(path: str, old: Json, new: Json) -> Iterator[Change]:
    yield from _differing(READING, path, "状态", old["status"], new["status"])
    yield from _differing(READING, path, "原因", old["problem"], new["problem"])
    yield from _differing(CONCLUSION, path, "结论", old["verdict"], new["verdict"])
    yield from _by_name(IDENTITY, path, old["identity"], new["identity"])
    yield from _by_name(FIELDS, path, old["fields"], new["fields"])
    yield from _by_name(TABLES, path, _numbers(old), _numbers(new))
    yield from _by_name(TABLES, path, _states(old), _states(new))
    for name in sorted((old.keys() | new.keys()) - _TOLD_APART):
        yield from _differing(READING, path, name, old.get(name), new.get(name))
    before, after = ({outcome["rule"]: outcome for outcome in report["outcomes"]} for report in (old, new))
    for rule in dict.fromkeys([*before, *after]):
        one, two = before.get(rule, {}), after.get(rule, {})
        for name, word in (("verdict", "判断"), ("reason", "原因"), ("examined", "查过的处数")):
            yield from _differing(rule, path, word, one.get(name), two.get(name))


def _numbers(report: Json) -> dict[str, Any]:
    """Value of each cell by its place, `T3[R1, natural]`."""
    return {
        f"{table}[{row}, {column}]": value
        for table, rows in report["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def _states(report: Json) -> dict[str, Any]:
    return {
        f"{cell['table']}[{cell['row']}, {cell['column']}] 原样": (cell["state"], cell["raw"])
        for cell in report["cells"]
    }


def _by_name(group: str, path: str, old: Json | None, new: Json | None) -> Iterator[Change]:
    before, after = old or {}, new or {}
    for name in dict.fromkeys([*before, *after]):
        yield from _differing(group, path, name, before.get(name), after.get(name))


def _of_finding(one: ComparedFinding, document: str) -> Iterator[Change]:
    finding, path = one.finding, one.report or document
    if one.before is None:
        told = (None, finding) if one.state == "new" else (finding, None)
        before, after = (side and f"{side['severity']}：{side['message']}" for side in told)
        yield Change(
            finding["rule"], path, _STATES[one.state], before, after, finding["location"], finding["title"]
        )
        return
    for name, word in _PARTS.items():
        for change in _differing(finding["rule"], path, word, one.before.get(name), finding.get(name)):
            yield Change(
                change.group, path, word, change.before, change.after, finding["location"], finding["title"]
            )


def _differing(group: str, path: str, what: str, old: Any, new: Any) -> Iterator[Change]:
    if old != new:
        yield Change(group, path, what, old, new, {})
