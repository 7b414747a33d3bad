"""Two versions of a report: which findings are gone or new, and which figures differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker import api
from checker.browser.checked import Checked, Request, check
from checker.model.errors import UsageError
from checker.model.report import Report
from checker.run.comparison import ResultComparison
from checker.writers.shared.places import cell_words
from checker.writers.shared.text_cells import harmless


def differences(request: Request, files: Sequence[bytes]) -> dict[str, Any]:
    """How a report, with what was changed in it, differs from another version.

    Args:
        request: as for checking, and `other`, the name of the other version.
        files: the report, and the other version.

    Returns:
        `findings` (each with `state`: `mended`, `new` or `changed`, `rule`, `severity`, `message`; those that
        simply stand in both are left out), and
        `figures` (each with `place`, `before`, `after`).

    Raises:
        UsageError: one of them is no single report.
    """
    plain = {key: value for key, value in request.items() if key != "previous"}
    new = check(plain, files[:1])
    old = check({**plain, "name": str(request["other"]), "edits": ()}, files[1:2])
    compared = ResultComparison(_contract(old), _contract(new))
    return {
        "findings": [
            {
                "state": "changed" if one.is_changed else one.state,
                **{key: one.finding[key] for key in ("rule", "severity", "message")},
            }
            for one in compared.findings
            if one.differs
        ],
        "figures": list(_figures(_report(old), _report(new))),
    }


def _contract(checked: Checked) -> Mapping[str, Any]:
    contract: dict[str, Any] = json.loads("".join(api.render(checked.run, "json")))
    for report in contract["reports"]:
        report["path"] = ""  # two files are compared, whatever they are called
    return contract


def _report(checked: Checked) -> Report:
    reports = [result.report for result in checked.results]
    if len(reports) != 1 or reports[0] is None:
        raise UsageError(f"“{checked.name}”里不是一份报告，不能比较。")
    return reports[0]


def _figures(old: Report, new: Report) -> Iterator[dict[str, str]]:
    for key, table in new.tables.items():
        before = old.tables.get(key)
        for address, cell in table.cells.items() if before else ():
            earlier = before.cell(*address) if before else cell
            if (earlier.value, earlier.state) != (cell.value, cell.state):
                yield {
                    "place": harmless(cell_words(table.place(*address), new)),
                    "before": harmless(earlier.raw) or "空白",
                    "after": harmless(cell.raw) or "空白",
                }
