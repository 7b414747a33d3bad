from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from grids import broken, completed, grid, key

import checker.solver
from checker.solver import Change, SearchLimits, SlipKind, SumIdentity
from checker.solver.explain import explain

IDENTITIES, LAYOUT = grid(5, 5)
RIGHT = completed([[120, 31, 0, 7], [58, 0, 46, 13], [17, 5, 29, 260], [9, 84, 3, 2]])


def changed(**figures):
    """RIGHT with cells such as r1_c2 or total_c1 rewritten."""
    return {**RIGHT, **{key(*name.split("_")): figure for name, figure in figures.items()}}


def whole_line(row, figures):
    return {f"{row}_{column}": figure for column, figure in zip(LAYOUT.columns, figures, strict=True)}


def told(explanation):
    """The first answer as `{row_column: proposed}`."""
    return {"_".join(change.cell[1:]): change.proposed for change in explanation.answers[0].changes}


def test_the_worked_example():
    outcome = doctest.testmod(checker.solver)
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_sums_that_hold_need_no_explanation():
    assert explain(IDENTITIES, RIGHT, [LAYOUT]) == ()


def mended(*cells):
    """What an answer that puts these cells right proposes."""
    return {cell: RIGHT[key(*cell.split("_"))] for cell in cells}


TOTAL_COLUMN = [f"{row}_total" for row in LAYOUT.rows]
TOTAL_ROW = [f"total_{column}" for column in LAYOUT.columns]


@pytest.mark.parametrize(
    ("wrong", "cells", "slip"),
    [
        ({"r1_c1": 210}, ["r1_c1"], SlipKind.TRANSPOSED),
        ({"r1_c1": 12}, ["r1_c1"], SlipKind.DIGIT_DROPPED),
        ({"r3_c4": 2260}, ["r3_c4"], SlipKind.DIGIT_DOUBLED),
        ({"r4_c2": 8417}, ["r4_c2"], SlipKind.SWALLOWED),
        ({"r1_c1": 121}, ["r1_c1"], SlipKind.DIGIT_REPLACED),
        ({"r2_c3": None}, ["r2_c3"], SlipKind.BLANK),
        (dict.fromkeys(["r2_c1", "r2_c3", "r3_c3"]), ["r2_c1", "r2_c3", "r3_c3"], SlipKind.BLANK),
        ({"total_total": 684 + 311}, ["total_total"], SlipKind.COUNTED_TWICE),
        ({"r3_total": 311 - 29}, ["r3_total"], SlipKind.LEFT_OUT),
        (whole_line("r2", [0, 58, 0, 46, 13]), whole_line("r2", [0] * 5), SlipKind.SHIFTED),
        (whole_line("r3", [5, 29, 260, 311, 0]), whole_line("r3", [0] * 5), SlipKind.SHIFTED),
        (dict.fromkeys(TOTAL_ROW, 0), TOTAL_ROW, SlipKind.TOTAL_FORGOTTEN),
        (dict.fromkeys(TOTAL_ROW), TOTAL_ROW, SlipKind.TOTAL_FORGOTTEN),
        (dict.fromkeys(TOTAL_COLUMN, 0), TOTAL_COLUMN, SlipKind.TOTAL_FORGOTTEN),
        (dict.fromkeys(TOTAL_COLUMN), TOTAL_COLUMN, SlipKind.TOTAL_FORGOTTEN),
        (
            whole_line("total", [204 + 58, 120, 78 + 46, 282 + 13, 684 + 117]),
            ["total_c1", "total_c3", "total_c4", "total_total"],
            SlipKind.COUNTED_TWICE,
        ),
        (
            whole_line("total", [204 - 58, 120, 78 - 46, 282 - 13, 684 - 117]),
            ["total_c1", "total_c3", "total_c4", "total_total"],
            SlipKind.LEFT_OUT,
        ),
    ],
)
def test_one_cause_is_asserted_with_its_name(wrong, cells, slip):
    (found,) = explain(IDENTITIES, changed(**wrong), [LAYOUT])
    assert told(found) == mended(*cells)
    assert found.answers[0].slip is slip
    assert (found.unique, found.assertable, found.gave_up) == (True, True, False)
    assert set(found.identities) == broken(IDENTITIES, changed(**wrong))


@pytest.mark.parametrize(
    ("wrong", "slip"),
    [
        ({"r1_c1": 31, "r1_c2": 120}, SlipKind.SWAPPED),
        ({"r2_c4": 260, "r3_c4": 13}, SlipKind.SWAPPED),
        ({"r4_c2": 44, "r4_c3": 43}, SlipKind.MOVED),
        ({"r3_c1": 7, "r4_c1": 19}, SlipKind.MOVED),
    ],
)
def test_pairs_of_neighbours_are_named_among_the_candidates(wrong, slip):
    (found,) = explain(IDENTITIES, changed(**wrong), [LAYOUT])
    truth = {key(*name.split("_")): RIGHT[key(*name.split("_"))] for name in wrong}
    slips = {
        answer.slip
        for answer in found.answers
        if {change.cell: change.proposed for change in answer.changes} == truth
    }
    assert slips == {slip}


def test_a_pair_with_rivals_is_not_asserted():
    (found,) = explain(IDENTITIES, changed(r1_c1=119, r1_c2=32), [LAYOUT])
    assert len(found.answers) > 1
    assert (found.unique, found.assertable) == (False, False)


def test_independent_faults_are_explained_apart():
    found = explain(IDENTITIES, changed(r1_c1=112, r3_c4=26), [LAYOUT])
    assert [set(e.identities) for e in found] == [{"row r1", "column c1"}, {"row r3", "column c4"}]
    assert [told(e) for e in found] == [{"r1_c1": 120}, {"r3_c4": 260}]
    assert all(e.assertable for e in found)


def test_faults_with_the_same_difference_cannot_be_told_apart():
    (found,) = explain(IDENTITIES, changed(r1_c1=126, r3_c4=266), [LAYOUT])
    assert {tuple(sorted(told_by(answer).items())) for answer in found.answers} == {
        (("r1_c1", 120), ("r3_c4", 260)),
        (("r1_c4", 1), ("r3_c1", 11)),
    }
    assert not found.unique


def told_by(answer):
    return {"_".join(change.cell[1:]): change.proposed for change in answer.changes}


def test_no_count_may_become_negative_unless_it_is_signed():
    identities = [SumIdentity("only", ((key("r", "a"), 1), (key("r", "b"), 1), (key("r", "c"), -1)))]
    values = {key("r", "a"): 1, key("r", "b"): 9, key("r", "c"): 4}
    (found,) = explain(identities, values)
    assert {told_by(answer).popitem() for answer in found.answers} == {("r_b", 3), ("r_c", 10)}
    (found,) = explain(identities, values, signed=[key("r", "a")])
    assert {told_by(answer).popitem() for answer in found.answers} == {("r_a", -5), ("r_b", 3), ("r_c", 10)}


def test_whole_tables_moved_by_a_column_are_a_matter_of_reading():
    order = (LAYOUT.columns[-1], *LAYOUT.columns[:-1])
    values = {
        key(row, column): RIGHT[key(row, source)]
        for row in LAYOUT.rows
        for column, source in zip(LAYOUT.columns, order, strict=True)
    }
    (found,) = explain(IDENTITIES, values, [LAYOUT])
    assert found.answers[0].slip is SlipKind.TABLE_SHIFTED
    assert (found.gave_up, found.assertable) == (True, False)


def test_whole_rows_exchanged_are_named_but_not_asserted():
    figures = {column: (RIGHT[key("r4", column)], RIGHT[key("total", column)]) for column in LAYOUT.columns}
    wrong = {f"{row}_{c}": figures[c][row == "r4"] for row in ("r4", "total") for c in LAYOUT.columns}
    (found,) = explain(IDENTITIES, changed(**wrong), [LAYOUT])
    assert found.answers[0].slip is SlipKind.SWAPPED
    assert len(found.answers[0].changes) == 2 * len(LAYOUT.columns)
    assert not found.assertable


def test_a_mechanism_and_a_single_cell_come_apart():
    identities, layout = grid(6, 7)
    right = completed(
        [[0] * 6, [23, 0, 0, 0, 0, 0], [0, 0, 4, 9, 0, 31], [8, 8, 8, 8, 8, 8], [5, 1, 0, 3, 2, 7]]
    )
    wrong = {key("r2", "c1"): 0, key("r2", "c2"): 23, key("r2", "total"): 0, key("r3", "c6"): 13}
    found = explain(identities, {**right, **wrong}, [layout])
    shifted, transposed = sorted(found, key=lambda e: len(e.identities), reverse=True)
    assert told(shifted) == {"r2_c1": 23, "r2_c2": 0, "r2_total": 23}
    assert shifted.answers[0].slip is SlipKind.SHIFTED
    assert told(transposed) == {"r3_c6": 31}
    assert shifted.assertable
    assert transposed.assertable


# --- sums without redundancy: one sum, five figures ---

LINE = ("a", "b", "c", "d", "total")
GROUP = [SumIdentity("group", tuple((key("g", c), -1 if c == "total" else 1) for c in LINE))]


def group(*figures):
    return {key("g", column): figure for column, figure in zip(LINE, figures, strict=True)}


def test_a_single_sum_has_as_many_answers_as_cells_that_can_give_way():
    (found,) = explain(GROUP, group(1, 3, 0, 0, 9))
    assert [told_by(answer) for answer in found.answers[:1]] == [{"g_a": 6}]
    assert {name for answer in found.answers for name in told_by(answer)} == {
        "g_a",
        "g_b",
        "g_c",
        "g_d",
        "g_total",
    }
    assert (found.unique, found.assertable) == (False, False)


@pytest.mark.parametrize(
    ("figures", "witness", "right", "assertable"),
    [
        ((1, 3, 0, 2, 9), {"total": 6}, {"g_total": 6}, True),
        ((1, 3, 0, 2, 9), {"b": 6}, {"g_b": 6}, True),
        ((1, 3, 0, 2, 9), {"total": 9}, None, False),
        ((1, 3, 0, 2, 9), {"total": 7}, None, False),
        ((1, 3, 0, 2, 6), {"total": 9}, "holds", False),
    ],
)
def test_witnesses(figures, witness, right, assertable):
    found = explain(GROUP, group(*figures), witnesses={key("g", c): value for c, value in witness.items()})
    if right == "holds":
        assert found == ()
        return
    (explanation,) = found
    assert explanation.identities == ("group",)
    assert explanation.assertable is assertable
    if right:
        assert told(explanation) == right
    else:
        assert len(explanation.answers) > 1


def test_a_confirmed_cell_is_no_candidate():
    (found,) = explain(GROUP, group(1, 3, 0, 2, 9), witnesses={key("g", "total"): 9})
    assert {name for answer in found.answers for name in told_by(answer)} == {"g_a", "g_b", "g_c", "g_d"}


def test_a_wrong_witness_elsewhere_is_not_shown_as_a_fault_of_the_table():
    found = explain(IDENTITIES, changed(r1_c1=210), [LAYOUT], witnesses={key("r4", "total"): 77})
    assert [told(e) for e in found] == [{"r1_c1": 120}]
    assert found[0].assertable


@pytest.mark.parametrize(
    ("figures", "first", "assertable"),
    [
        ((1, 3, 0, 2, None), {"g_total": 6}, True),
        ((1, 3, None, 0, 6), {"g_c": 2}, False),
        ((1, None, None, 0, 6), {"g_b": 5}, False),
    ],
)
def test_blanks_of_a_single_sum(figures, first, assertable):
    (found,) = explain(GROUP, group(*figures))
    assert told(found) == first
    assert found.answers[0].slip is SlipKind.BLANK
    assert found.assertable is assertable


def test_blanks_that_mean_zero_stay_blank():
    values = {cell: figure or None for cell, figure in RIGHT.items()}
    assert explain(IDENTITIES, values, [LAYOUT]) == ()
    (found,) = explain(IDENTITIES, {**values, key("r1", "c1"): 102}, [LAYOUT])
    assert told(found) == {"r1_c1": 120}


def test_decimals_stay_exact():
    figures = [Decimal("0.10"), Decimal("12345678901234567890123456789.7"), 2, None]
    (found,) = explain(GROUP, group(*figures, Decimal("12345678901234567890123456792.01")))
    assert found.answers[0].changes == (Change(key("g", "d"), None, Decimal("0.21")),)


def test_whole_proposals_are_integers():
    (found,) = explain(GROUP, group(Decimal("0.5"), Decimal("0.5"), 1, 0, 3))
    proposals = {name: value for answer in found.answers for name, value in told_by(answer).items()}
    assert proposals["g_c"] == 2
    assert isinstance(proposals["g_c"], int)
    assert proposals["g_a"] == Decimal("1.5")


def test_not_a_finite_number_is_refused():
    with pytest.raises(ValueError, match="NaN"):
        explain(GROUP, group(1, 2, Decimal("NaN"), 0, 3))


def test_coefficients_need_not_be_one():
    identities = [
        SumIdentity("double", ((key("g", "a"), 2), (key("g", "b"), -1))),
        SumIdentity("same", ((key("g", "a"), 1), (key("g", "c"), -1))),
    ]
    values = {key("g", "a"): 4, key("g", "b"): 9, key("g", "c"): 4}
    (found,) = explain(identities, values)
    assert [told_by(answer) for answer in found.answers] == [{"g_b": 8}]


def test_absent_cells_count_as_blank():
    (found,) = explain(GROUP, {key("g", "a"): 3})
    assert found.answers[0].changes[0].current is None


def test_nonsense_is_given_up_with_all_its_identities():
    values = {cell: (7 * place * place + 3) % 41 for place, cell in enumerate(RIGHT)}
    found = explain(IDENTITIES, values, [LAYOUT])
    assert [e.gave_up for e in found] == [True]
    assert set(found[0].identities) == broken(IDENTITIES, values)
    assert not found[0].assertable


def test_limits_end_the_search_without_an_assertion():
    values = changed(r1_c1=119, r1_c2=32, r3_c1=20, r3_c3=26)
    (found,) = explain(IDENTITIES, values, limits=SearchLimits(steps=3))
    assert found.gave_up
    assert not found.assertable
    few = explain(IDENTITIES, changed(r1_c1=119, r1_c2=32), limits=SearchLimits(answers=2))
    assert [len(e.answers) for e in few] == [2]
    assert not any(e.unique for e in few)


def test_tables_do_not_mix():
    other = [SumIdentity("other", ((("U", "g", "a"), 1), (("U", "g", "b"), -1)))]
    values = {**changed(r1_c1=210), ("U", "g", "a"): 3, ("U", "g", "b"): 5}
    found = explain([*IDENTITIES, *other], values, [LAYOUT])
    assert [e.identities for e in found] == [("row r1", "column c1"), ("other",)]
    assert [len(e.answers) for e in found] == [1, 2]


def test_slips_have_a_family():
    assert SlipKind.DIGIT_DOUBLED.family == "digit_slip"
    assert SlipKind.TABLE_SHIFTED.family == "shifted"
    assert {slip.family for slip in SlipKind} == {
        "digit_slip",
        "transposed",
        "shifted",
        "swapped",
        "total_forgotten",
        "blank",
        "other",
    }
