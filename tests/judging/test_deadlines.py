"""By which day a report is due: the first day that a rule which is in force sets for the body."""

from __future__ import annotations

from datetime import date

import pytest

from checker.api import load_rulebook, select_rules
from checker.judging.deadlines import due_day

JANUARY, MARCH = date(2025, 1, 31), date(2025, 3, 31)
ANNUAL = "annual_report"


@pytest.mark.parametrize(
    ("profile", "year", "level", "tier", "expected"),
    [
        ("national", 2024, "department", "county", JANUARY),
        ("national", 2024, "office", None, JANUARY),
        ("national", 2024, "township", "township", JANUARY),
        ("national", 2024, "government", "county", MARCH),
        ("national", 2023, "government", "prefecture", date(2024, 3, 31)),
        ("national", 2024, "other", "county", None),
        ("national", 2024, None, None, None),
        ("national", None, "department", "county", None),
        ("huaihua", 2021, "department", "prefecture", date(2022, 1, 28)),
        ("huaihua", 2021, "department", "county", date(2022, 1, 31)),
        ("yueyang", 2024, "government", "county", date(2025, 2, 20)),
        ("yueyang", 2024, "department", "county", date(2025, 1, 31)),
        ("huaihua", 2022, "department", "prefecture", date(2023, 1, 31)),
    ],
)
def test_first_day_of_the_rules_that_hold(profile, year, level, tier, expected):
    assert due_day(load_rulebook(profile=profile), year, level, tier, ANNUAL) == expected


def test_rules_that_are_off_set_no_day():
    rulebook = load_rulebook()

    assert (
        due_day(rulebook.with_severities({"DATE-01": "off"}, "试"), 2024, "department", "county", ANNUAL)
        is None
    )


def test_rules_that_are_not_asked_for_set_their_day_all_the_same():
    """Who checks the tables alone is told the same last day."""
    rulebook = select_rules(load_rulebook(), (), ("DATE-02",))

    assert due_day(rulebook, 2024, "government", "county", ANNUAL) == MARCH
