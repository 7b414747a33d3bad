"""`jump`: how much a figure may change from one year to the next."""

from __future__ import annotations

import pytest

from checker.kinds import KINDS
from checker.rulebook.store import load_rulebook
from checker.workbench.sample_subject import sample_subject

CELL = "T2[penalties, decisions]"
OPTIONS = {"table": "T2", "rows": ["penalties"], "columns": ["decisions"], "at_least": 5}

CHANGES = {
    # factor, whether exactly so much counts, last year's figure and this year's, the variant that is told
    "half as much again": ("1.5", True, 10, 15, "up"),
    "half as much again that is allowed": ("1.5", False, 10, 15, None),
    "more than half as much again": ("1.5", False, 10, 16, "up"),
    "two thirds": ("1.5", True, 15, 10, "down"),
    "a little more than two thirds": ("1.5", True, 15, 11, None),
    "a whole factor": (3, True, 5, 15, "up"),
    "four fifths that are allowed": ("0.8", False, 10, 8, None),
    "four fifths that count": ("0.8", True, 10, 8, "below"),
    "less than four fifths": ("0.8", False, 10, 7, "below"),
    "a rise where only falls count": ("0.8", True, 10, 1000, None),
    "nothing left": ("0.8", False, 10, 0, "gone"),
    "both small": ("0.8", False, 4, 1, None),
}


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook()


@pytest.mark.parametrize("case", CHANGES)
def test_how_much_is_too_much(rulebook, case):
    factor, exactly, last, now, variant = CHANGES[case]
    given = {"cells": {CELL: now}, "previous": {"cells": {CELL: last}}}
    judge = KINDS["jump"].compile({**OPTIONS, "factor": factor, "exactly": exactly}, rulebook.language)
    [said] = judge(sample_subject(rulebook, given))
    assert (said.variant if said else None) == variant
