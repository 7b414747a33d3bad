"""The promises about faults in the official tables, on a sample of what the benchmark measures in full."""

from __future__ import annotations

from random import Random

import pytest
from localise import measure
from table_faults import IN_TABLE_FOUR, IN_TABLE_THREE, WITNESSED, board

CASES = 12


def seeded(seed):
    """Faults that are the same in every run."""
    return Random(seed)  # noqa: S311 - faults, not secrets


PROMISES = {"一格错": 100, "两格错": 95, "三格错": 88}
"""Least share of cases, in percent, with the truth as the only answer; the sample is small."""


@pytest.fixture(scope="module")
def boards():
    return [board("2021", "T3"), board("2019", "T3")]


def total(tallies, what):
    return sum(getattr(tally, what) for tally in tallies.values())


def test_the_official_tables_have_the_sums_they_should(boards):
    assert [len(of.identities) for of in boards] == [39, 37]
    assert [len(of.layout.rows) * len(of.layout.columns) for of in boards] == [175, 161]


@pytest.mark.parametrize("kind", PROMISES)
def test_independent_wrong_cells_are_named(boards, kind):
    tallies = measure(boards, {kind: IN_TABLE_THREE[kind]}, CASES, seeded(11))
    assert total(tallies, "cases") == total(tallies, "detected") == total(tallies, "among")
    assert total(tallies, "unique_right") * 100 >= PROMISES[kind] * total(tallies, "cases")
    assert total(tallies, "false") == 0


@pytest.mark.parametrize("kind", sorted(IN_TABLE_THREE.keys() - PROMISES.keys() - {"五格错", "十格错"}))
def test_the_truth_is_always_among_the_candidates(boards, kind):
    tallies = measure(boards, {kind: IN_TABLE_THREE[kind]}, CASES, seeded(12))
    assert total(tallies, "detected") > 0
    assert total(tallies, "among") == total(tallies, "detected")
    assert total(tallies, "false") == 0


def test_ten_wrong_cells_are_a_matter_of_reading(boards):
    tallies = measure(boards, {"十格错": IN_TABLE_THREE["十格错"]}, CASES, seeded(13))
    assert total(tallies, "silent") == total(tallies, "detected") > 0
    assert total(tallies, "assertions") == 0


def test_table_four_needs_a_witness():
    table_four = [board("2021", "T4")]
    alone = measure(table_four, IN_TABLE_FOUR, CASES, seeded(14))
    assert total(alone, "among") == total(alone, "cases") > 0
    assert total(alone, "assertions") == 0
    witnessed = measure(table_four, WITNESSED, CASES, seeded(14))
    assert total(witnessed, "unique_right") == total(witnessed, "assertions") == total(witnessed, "cases") > 0
