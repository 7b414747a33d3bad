from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.solver import SlipKind
from checker.solver.slips import name_slip, typing_distance


@pytest.mark.parametrize(
    ("written", "meant", "distance"),
    [
        ("13", "13", 0),
        ("31", "13", 1),
        ("1", "13", 1),
        ("113", "13", 1),
        ("18", "13", 1),
        ("", "13", 2),
        ("321", "123", 2),
        ("2143", "1234", 2),
        ("0", "25", 2),
    ],
)
def test_typing_distance(written, meant, distance):
    assert typing_distance(written, meant) == distance


@given(st.text("0123456789.", max_size=8), st.text("0123456789.", max_size=8))
def test_typing_distance_is_symmetric_and_bounded(one, other):
    distance = typing_distance(one, other)
    assert distance == typing_distance(other, one)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert (distance == 0) == (one == other)


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        (31, 13, SlipKind.TRANSPOSED),
        (1324, 1234, SlipKind.TRANSPOSED),
        (18, 13, SlipKind.DIGIT_REPLACED),
        (0, 5, SlipKind.DIGIT_REPLACED),
        (3, 13, SlipKind.DIGIT_DROPPED),
        (12, 132, SlipKind.DIGIT_DROPPED),
        (133, 13, SlipKind.DIGIT_DOUBLED),
        (113, 13, SlipKind.DIGIT_DOUBLED),
        (33, 3, SlipKind.DIGIT_DOUBLED),
        (134, 13, SlipKind.SWALLOWED),
        (413, 13, SlipKind.SWALLOWED),
        (1312, 13, SlipKind.SWALLOWED),
        (1213, 13, SlipKind.SWALLOWED),
        (120, 0, None),
        (143, 13, None),
        (57, 13, None),
        (-13, 13, None),
        (Decimal("12.43"), Decimal("12.34"), SlipKind.TRANSPOSED),
    ],
)
def test_name_slip(written, meant, slip):
    assert name_slip(written, meant) is slip
