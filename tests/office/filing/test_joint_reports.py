"""A unit whose report is in that of the body above it: it stands as that one does, and nobody asks it for its own."""

from __future__ import annotations

import pytest
from collecting import collect
from county import GOVERNMENT, UNITS, report
from inbox import put
from samples import write

OFFICE, FINANCE = f"{GOVERNMENT}办公室", "云溪县财政局"
LIST = (
    "单位,上级,类别,层级,合并公布\n"
    f"{GOVERNMENT},,政府,县级,\n{OFFICE},{GOVERNMENT},政府办公室,县级,是\n{FINANCE},{GOVERNMENT},部门,县级,\n"
)


@pytest.fixture
def office(tmp_path):
    put(tmp_path, {"单位.csv": LIST.encode("utf-8-sig")})
    put(tmp_path / "收件箱", {"财政.txt": write(report(UNITS[FINANCE]), "txt")})
    return tmp_path


@pytest.mark.parametrize(
    ("today", "state", "late"), [("2025-02-10", "not_due", 0), ("2025-04-02", "overdue", 2)]
)
def test_the_day_and_the_state_are_those_of_the_body_above(office, today, state, late):
    came = collect(office, "收件箱", "--units", "单位.csv", "--today", today)

    for name in (GOVERNMENT, OFFICE):
        unit = came.unit(name)
        assert (unit["state"], unit["due"], unit["days_late"]) == (state, "2025-03-31", late)
    missing = [one["units"] for one in came.told["findings"] if one["rule"] == "SET-01"]
    assert missing == ([[GOVERNMENT]] if state == "overdue" else [])
    assert came.unit(OFFICE)["notice"] is None  # the body above is written to


def test_what_is_its_own_nobody_knows(office):
    """Its figures are in the report of the body above, and not to be told apart: sums without them are bounds."""
    came = collect(office, "收件箱", "--units", "单位.csv", "--today", "2025-02-10")

    cell = came.told["aggregate"]["tables"]["T3"]["R1"]["total"]
    assert (cell["units"], cell["missing"]) == (1, [OFFICE])
