"""A few mutants of every format, always the same; `make fuzz` runs many."""

from __future__ import annotations

import pytest
from fuzz.judging import judge
from hostile.case import FORMATS

MUTANTS = 4


@pytest.mark.parametrize("name", FORMATS)
def test_mutants(name):
    judged = [judge(name, seed) for seed in range(MUTANTS)]
    assert [fault for one in judged for fault in one.faults] == []
    assert sum(one.read for one in judged) >= MUTANTS // 2
