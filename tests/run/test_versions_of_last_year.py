"""Last year's report in several versions: the one signed last counts, and where nothing tells, none is compared."""

from __future__ import annotations

import pytest
from county import UNITS, report, with_table, with_text
from samples import write

from checker.api import CheckOptions, check_files, load_rulebook

UNIT = UNITS["云溪县林业局"]
LAST = report(UNIT, year=2023)
OTHER = with_table(LAST, "T2", lambda figures: {**figures, ("licensing", "decisions"): "7"})
LATER = with_table(
    report(UNIT, year=2023, signed="2月20日"),
    "T2",
    lambda figures: {**figures, ("licensing", "decisions"): "7"},
)
UNDECIDED = "上一年有几份不同的报告，看不出哪一份是定稿"
NONE = "没有上一年的报告"


@pytest.mark.parametrize(
    ("versions", "reason"),
    [
        ([LAST], None),
        ([LAST, with_text(LAST, "先核后发", "先审后发")], None),  # the figures are the same
        ([LAST, OTHER], UNDECIDED),
        ([OTHER, LAST], UNDECIDED),
        ([LAST, LATER], None),
        ([LATER, LAST], None),
        ([report(UNITS["云溪县体育局"], year=2023)], NONE),
    ],
)
@pytest.mark.parametrize("beside", [False, True], ids=["previous", "in the same run"])
def test_which_version_of_last_year_is_compared_with(tmp_path, versions, reason, beside):
    this_year = tmp_path / "今年.txt"
    this_year.write_bytes(write(report(UNIT), "txt"))
    previous = [tmp_path / f"{number}.txt" for number in range(len(versions))]
    for path, version in zip(previous, versions, strict=True):
        path.write_bytes(write(version, "txt"))

    files = [this_year, *previous] if beside else [this_year]
    run = check_files(files, load_rulebook(), CheckOptions(), previous=() if beside else previous)
    (verdict,) = [one for one in run.results[0].outcomes if one.rule == "YOY-01"]

    assert verdict.reason == reason
