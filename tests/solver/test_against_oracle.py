from __future__ import annotations

import pytest
from choice import THOROUGH
from grids import broken, completed, grid, names, repairs, smallest_repairs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.solver.explain import explain


@st.composite
def damaged_tables(draw, *, most_value=4, blanks=False, most_rows=3, most_columns=4):
    rows, columns = draw(st.integers(2, most_rows)), draw(st.integers(2, most_columns))
    line = st.lists(st.integers(0, most_value), min_size=columns, max_size=columns)
    right = completed(draw(st.lists(line, min_size=rows, max_size=rows)))
    identities, layout = grid(rows + 1, columns + 1)
    values = dict(right)
    wrong = st.none() | st.integers(0, 2 * most_value) if blanks else st.integers(0, 2 * most_value)
    for cell in draw(st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=4, unique=True)):
        values[cell] = draw(wrong)
    return identities, layout, values


def assert_same_repairs(case, most):
    identities, _, values = case
    expected = smallest_repairs(identities, values, most)
    found = explain(identities, values)
    if not broken(identities, values):
        assert found == ()
    elif expected:
        assert repairs(found) == expected
    else:
        cells = sum(len(explanation.answers[0].changes) for explanation in found if explanation.answers)
        assert cells > most or any(explanation.gave_up for explanation in found)


@settings(max_examples=80 if THOROUGH else 40, deadline=None)
@given(damaged_tables())
def test_all_smallest_repairs_of_up_to_three_cells_and_no_others(case):
    assert_same_repairs(case, most=3)


@settings(max_examples=60 if THOROUGH else 20, deadline=None)
@given(damaged_tables(most_value=9, most_rows=2, most_columns=3))
def test_all_smallest_repairs_of_up_to_four_cells_and_no_others(case):
    assert_same_repairs(case, most=4)


@settings(max_examples=300, deadline=None)
@given(damaged_tables(most_value=30, blanks=True), st.booleans())
def test_every_answer_repairs_what_it_explains_and_breaks_nothing(case, with_layout):
    identities, layout, values = case
    violated = broken(identities, values)
    found = explain(identities, values, [layout] if with_layout else [])
    assert sorted(name for e in found for name in e.identities) == sorted(violated)
    for explanation in found:
        assert explanation.answers or explanation.gave_up
        for answer in explanation.answers:
            mended = {**values, **{change.cell: change.proposed for change in answer.changes}}
            assert broken(identities, mended) == violated - set(explanation.identities)
            assert all(change.proposed >= 0 for change in answer.changes)
            assert all(change.proposed != (change.current or 0) for change in answer.changes)
            assert all(change.current == values[change.cell] for change in answer.changes)


@settings(max_examples=100, deadline=None)
@given(damaged_tables(most_value=30, blanks=True))
def test_costs_order_the_answers_and_flags_agree(case):
    identities, layout, values = case
    for explanation in explain(identities, values, [layout]):
        costs = [answer.cost for answer in explanation.answers]
        assert costs == sorted(costs)
        assert len({answer.changes for answer in explanation.answers}) == len(costs)
        if explanation.unique and len(costs) > 1:
            assert costs[0] // 100 < costs[1] // 100
        if explanation.assertable:
            assert explanation.unique
            assert not explanation.gave_up


@settings(max_examples=60, deadline=None)
@given(damaged_tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_identities_changes_nothing_but_the_order_of_the_answers(case, shuffler):
    identities, layout, values = case
    shuffled = list(identities)
    shuffler.shuffle(shuffled)
    found = explain(identities, values, [layout])
    other = explain(shuffled, values, [layout])
    assume(not any(e.gave_up for e in (*found, *other)))
    assert {frozenset(e.identities): e.unique for e in found} == {
        frozenset(e.identities): e.unique for e in other
    }
    assert repairs(found) == repairs(other)


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 4), (6, 3)])
def test_every_single_wrong_cell_is_named_with_its_value(rows, columns):
    identities, layout = grid(rows + 1, columns + 1)
    right = completed([[7 * r + 3 * c + 10 for c in range(columns)] for r in range(rows)])
    for cell in right:
        for wrong in (0, right[cell] + 1, right[cell] * 10, None):
            (found,) = explain(identities, {**right, cell: wrong}, [layout])
            assert found.assertable
            (change,) = found.answers[0].changes
            assert (change.cell, change.current, change.proposed) == (cell, wrong, right[cell])


def test_the_oracle_finds_what_was_put_in():
    identities, _ = grid(3, 3)
    right = completed([[3, 4], [5, 6]])
    cell = ("T", names(3, "r")[0], "c2")
    assert smallest_repairs(identities, {**right, cell: 9}, 1) == {frozenset([(cell, 4)])}
    assert smallest_repairs(identities, right, 2) == set()
