"""Two versions of a report beside each other."""

from __future__ import annotations

from samples import DEPARTMENT_2024, write

from checker.browser.desk import answer

REPORT = write(DEPARTMENT_2024, "txt")
OTHER = REPORT.decode().replace("2024年12月31日", "2023年12月31日").encode()
WANTED = {"do": "compare", "name": "新.txt", "other": "旧.txt", "options": {"today": "2025-03-01"}}


def test_findings_that_are_mended_and_figures_that_differ_are_told():
    table = {"table": 2, "row": 4, "column": 4, "value": "77"}
    given, _ = answer({**WANTED, "edits": [table]}, [REPORT, OTHER])

    states = {one["rule"]: one["state"] for one in given["findings"]}
    assert "mended" in states.values()
    assert "new" in states.values()
    assert [one["after"] for one in given["figures"]] == ["77"]


def test_the_same_report_does_not_differ_from_itself():
    assert answer(WANTED, [REPORT, REPORT])[0] == {"findings": [], "figures": []}


def test_what_is_no_report_is_not_compared():
    assert "旧.txt" in answer(WANTED, [REPORT, b"x"])[0]["problem"]
