"""Two results of an inbox in which a unit had sent the report of another year."""

from __future__ import annotations

import pytest

from checker.run.comparison import ResultComparison

UNIT = "沅平县水利局"


def report(path, year, agency=UNIT, status="checked"):
    identity = {"agency": agency, "year": year}
    return {"path": path, "status": status, "identity": identity, "findings": [], "outcomes": []}


OTHER = report("民政.docx", 2024, "沅平县民政局")
WRONG = report("水利.docx", 2023)
FINDING = {
    "rule": "SET-12",
    "severity": "error",
    "units": [UNIT],
    "message": "收的是 2024 年度的报告",
    "evidence": {"year": 2024, "count": 1, "odd": [UNIT], "years": [2023]},
    "location": {"path": None},
    "fingerprint": "0" * 16,
}


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ([report("水利改.docx", 2024)], "mended"),  # last year's file need not be sent again
        ([WRONG, report("水利改.docx", 2024)], "mended"),
        ([report("水利改.docx", None, None, "unreadable")], "not_resubmitted"),
        ([report("水利改.docx", 2022)], "not_resubmitted"),
        ([], "not_resubmitted"),
    ],
)
def test_who_had_sent_the_wrong_year_has_to_send_the_right_one(sent, state):
    old = {"reports": [OTHER, WRONG], "findings": [FINDING], "outcomes": []}
    new = {"reports": [OTHER, *sent], "findings": [], "outcomes": []}

    assert [one.state for one in ResultComparison(old, new).findings] == [state]
