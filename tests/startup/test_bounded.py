from __future__ import annotations

from checker.startup.bounded import Bounded


def test_the_oldest_entry_goes_where_there_is_no_room():
    kept = Bounded(2)
    for key in "甲乙":
        kept[key] = 1
    kept["甲"] = 2

    assert kept == {"甲": 2, "乙": 1}

    kept["丙"] = 3

    assert kept == {"乙": 1, "丙": 3}
