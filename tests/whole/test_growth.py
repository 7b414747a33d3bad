"""Fourfold input makes at most 4.5 times the calls, in every step; `python -m scaling` measures larger ones."""

from __future__ import annotations

import pytest
from scaling.counting import MOST, READERS, reading, understanding

SIZES = (4000, 16_000)
FLOOR = 1.0
"""Less than this is no growth at all: the step did not look at what was added."""


@pytest.mark.parametrize("shape", ["commas", "sentences", "titles"])
def test_steps_of_understanding_and_judging(shape):
    steps = list(understanding(shape, SIZES))
    assert len(steps) > 50
    assert [(one.step, one.calls) for one in steps if one.ratio > MOST] == []
    assert steps[0].calls[1] > FLOOR * steps[0].calls[0]


@pytest.mark.parametrize("name", READERS)
def test_readers(name):
    grown = reading(name, "sentences", SIZES)
    assert 0 < grown.ratio <= MOST
