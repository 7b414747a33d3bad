"""Fourfold input makes at most 4.5 times the calls, in every step; `python -m scaling` measures larger ones."""

from __future__ import annotations

import pytest
from scaling.counting import MOST, READERS, reading, understanding

SIZES = (1500, 6000)


@pytest.mark.parametrize("shape", ["sentences"])
def test_steps_of_understanding_and_judging(shape):
    steps = list(understanding(shape, SIZES))
    assert len(steps) > 50
    assert [(one.step, one.calls) for one in steps if one.ratio > MOST] == []


@pytest.mark.parametrize("name", READERS)
def test_readers(name):
    grown = reading(name, "sentences", SIZES)
    assert 0 < grown.ratio <= MOST
