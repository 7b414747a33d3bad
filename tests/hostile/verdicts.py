"""What falls short in a run of the checker over a case."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from samples import COUNTY_2023, write

from .case import Case

EXIT_CODES: Final = range(4)
_SECONDS, _MEBIBYTES = 5, 400
_IDENTICAL: Final = 1e-9
_UNSEEN: Final = "READ-03"


@dataclass(frozen=True)
class Ran:
    """One run of the command line.

    Attributes:
        code: exit code, None if it did not end in time.
        out: standard output.
        err: standard error.
        seconds: processor time with that of all its processes.
        mebibytes: memory of the largest of them.
    """

    code: int | None
    out: str
    err: str
    seconds: float = 0.0
    mebibytes: float = 0.0


def shortcomings(case: Case, as_json: Ran | None, as_text: Ran | None) -> list[str]:
    """What falls short, a phrase each; empty if all is right.

    Args:
        case: the case.
        as_json: the run with `--format json`, None if the case asks for none.
        as_text: the run with `--format text`, likewise.
    """
    expect = case.expect
    bad: list[str] = []
    for ran in (as_json, as_text):
        if ran is not None:
            bad += of_any_run(expect, ran)
    if as_json is not None and as_json.code is not None:
        bad += _of_json(expect, as_json.out)
    if as_text is not None:
        shown = as_text.out + as_text.err
        bad += [f"no {word!r} in the text" for word in expect.get("says", ()) if not re.search(word, shown)]
        bad += [f"{word!r} in the text" for word in expect.get("hides", ()) if re.search(word, shown)]
    return list(dict.fromkeys(bad))


def of_any_run(expect: Mapping[str, Any], ran: Ran) -> list[str]:
    """What no run may do."""
    if ran.code is None:
        return [f"no end after {ran.seconds:.0f} s"]
    bad = [] if ran.code in EXIT_CODES else [f"exit {ran.code}"]
    if "exit" in expect and ran.code not in expect["exit"]:
        bad.append(f"exit {ran.code} instead of {_or(expect['exit'])}")
    if "Traceback (most" in ran.err + ran.out:
        bad.append("traceback: " + ran.err.strip().rpartition("\n")[2][:120])
    if ran.seconds > expect.get("seconds", _SECONDS):
        bad.append(f"{ran.seconds:.1f} s")
    if ran.mebibytes > expect.get("mb", _MEBIBYTES):
        bad.append(f"{ran.mebibytes:.0f} MB")
    return bad


def _of_json(expect: Mapping[str, Any], out: str) -> list[str]:
    try:
        result = json.loads(out)
    except ValueError:
        return [f"no JSON: {out.strip()[-80:]}"]
    reports = result["reports"]
    bad = ["a rule is broken"] if result["summary"]["broken"] else []
    bad += [
        f"internal error: {one['path']}"
        for one in reports
        if (one["problem"] or {}).get("code") == "internal"
    ]
    if "reports" in expect and len(reports) != expect["reports"]:
        bad.append(f"{len(reports)} reports instead of {expect['reports']}")
    for name, wanted in expect.get("of", {}).items():
        found = [one for one in reports if name in one["path"]]
        bad += (
            [f"{name}: {one}" for one in _of_report(wanted, found[0])]
            if found
            else [f"{name} is not in the result"]
        )
    if reports and "of" not in expect:
        bad += _of_report(expect, reports[0])
    return bad


def _of_report(expect: Mapping[str, Any], report: Mapping[str, Any]) -> list[str]:
    bad = _of_its_text(expect, report)
    if "told" in expect and expect["told"] != any(one["rule"] == _UNSEEN for one in report["findings"] or ()):
        bad.append("not told" if expect["told"] else "told what is not there")
    return bad


def _of_its_text(expect: Mapping[str, Any], report: Mapping[str, Any]) -> list[str]:
    bad = []
    for key in ("status", "verdict"):
        if key in expect and report[key] not in expect[key]:
            why = (report["problem"] or {}).get("code", "")
            bad.append(f"{key} {report[key]} {why}".strip() + f" instead of {_or(expect[key])}")
    if expect.get("clean"):
        loud = sorted({one["rule"] for one in report["findings"] if one["severity"] != "info"})
        bad += [f"{', '.join(loud)} reported"] if loud else []
    if report["status"] != "checked":
        return bad
    for table, row, column, wanted in expect.get("values", ()):
        read = _cell(report, table, row, column)
        told = expect.get("doubt") and read is None and _is_told(report, table, row, column)
        if not told and (read is None or abs(float(read) - wanted) > _IDENTICAL):
            bad.append(f"{table}.{row}.{column} read as {read}")
    for table, row, column, wrong in expect.get("never", ()):
        if str(_cell(report, table, row, column)) == wrong:
            bad.append(f"{table}.{row}.{column} read as {wrong[:20]}")
    if expect.get("whole") and report["verdict"] == "pass" and report["tables"] != whole_tables():
        bad.append("passes without all its figures")
    return bad


def _cell(report: Mapping[str, Any], table: str, row: str, column: str) -> float | str | None:
    found: float | str | None = (((report.get("tables") or {}).get(table) or {}).get(row) or {}).get(column)
    return found


def _is_told(report: Mapping[str, Any], table: str, row: str, column: str) -> bool:
    return any(
        (one["table"], one["row"], one["column"]) == (table, row, column)
        and one["state"] in ("unreadable", "missing")
        for one in report.get("cells") or ()
    )


def _or(values: Sequence[object]) -> str:
    return " or ".join(map(str, values))


@cache
def whole_tables() -> dict[str, Any]:
    """All figures of the report that the cases are made from, as JSON has them."""
    from checker.api import check, load_rulebook, render, run_of  # noqa: PLC0415  # only some cases need them

    run = run_of(load_rulebook(), [check(write(COUNTY_2023, "txt"), name="报告.txt")])
    tables: dict[str, Any] = json.loads("".join(render(run, "json")))["reports"][0]["tables"]
    return tables
