"""Kinds about tables, at their boundaries, and the property of sums: exactly the sums of a wrong cell break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import first_evidence, judgements, told

from checker.judging.judgement import Breach, Held
from checker.judging.language.equation import parse_equation

ACROSS, DOWN = {"table": "T3", "direction": "across"}, {"table": "T3", "direction": "down"}
BALANCE = {"table": "T3", "equation": "R1 + R2 = S + R4", "each": "column"}
VALID = {"table": "T2", "equation": "valid + repealed >= made", "each": "row"}
GROUP = {"table": "T3", "each": "column", "expr": "合计(不予公开) <= 总计"}
PARTS = {"table": "T3", "each": "row", "rows": ["R1"], "expr": "合计(法人或其他组织) <= 总计"}
SMALL = {"table": "T3", "each": "cell", "rows": ["A"], "columns": ["natural", "total"], "expr": "本格 < 5"}
BLANK, NO_T3 = {"rest": None}, {"without": ["T3"]}


def cells(**figures):
    return {"cells": {f"T3[{key.replace('_', ', ', 1)}]": value for key, value in figures.items()}}


ROW = cells(A_natural=2, A_other=1, A_total=3)
CASES = {
    "sum": [
        (ACROSS, {}, []),
        (ACROSS, ROW, []),
        (ACROSS, cells(A_natural=2, A_other=1, A_total=4), ["T3[A, total]"]),
        (ACROSS, cells(A_natural=2, A_other=None, A_total=2), []),
        (ACROSS, cells(A_natural=2, A_other="／", A_total=2), []),
        (ACROSS, cells(A_natural=2, A_other="多", A_total=2), ["? 表三“（一）予以公开”行“其他”列读不出数字：多"]),
        (ACROSS, cells(A_natural="2.5", A_total="2.5"), ["? 表三“（一）予以公开”行“自然人”列不是有效的数字：2.5"]),
        (ACROSS, {"without": ["T3[, legal]"]}, ["? 缺少"]),
        (ACROSS, BLANK, ["? 表三没有填写"]),
        (ACROSS, NO_T3, ["? 未找到表三"]),
        (DOWN, cells(A_natural=2, C1_natural=1, F3_natural=1, S_natural=4), []),
        (DOWN, cells(A_natural=2, C1_natural=1, F3_natural=1, S_natural=5), ["T3[S, natural]"]),
        (DOWN, cells(R1_natural=9, R2_natural=9, R4_natural=9), []),
        ({"table": "T4", "direction": "across"}, {"cells": {"T4[review, upheld]": 1}}, ["T4[review, total]"]),
    ],
    "equation": [
        (BALANCE, {}, []),
        (BALANCE, cells(R1_natural=3, R2_natural=1, S_natural=2, R4_natural=2), []),
        (BALANCE, cells(R1_natural=3, S_natural=2), ["T3[S, natural]"]),
        (BALANCE, cells(R1_natural=3, S_natural=3, R4_natural=None), []),
        ({**BALANCE, "only": ["total"]}, cells(R1_natural=3), []),
        ({**BALANCE, "only": ["natural"]}, cells(R1_natural=3), ["T3[S, natural]"]),
        (BALANCE, NO_T3, ["? 未找到表三"]),
        (VALID, {"cells": {"T2[regulations, made]": 3, "T2[regulations, valid]": 2, "T2[regulations, repealed]": 1}}, []),
        (VALID, {"cells": {"T2[regulations, made]": 3, "T2[regulations, valid]": 2}}, ["T2[regulations, made]"]),
    ],
    "allowed_values": [
        ({"table": "T3", "rows": ["R1"], "columns": ["total"], "at_most": 5}, cells(R1_total=5), []),
        ({"table": "T3", "rows": ["R1"], "columns": ["total"], "at_most": 5}, cells(R1_total=6), ["T3[R1, total]"]),
        ({"table": "T3", "rows": ["R1"], "at_least": 1}, cells(R1_total=None), ["T3[R1, natural]", "T3[R1, commercial]", "T3[R1, research]", "T3[R1, public_welfare]", "T3[R1, legal]", "T3[R1, other]"]),
        ({"table": "T2", "rows": ["fees"], "at_most": "0.5"}, {"cells": {"T2[fees, amount]": "0.51"}}, ["T2[fees, amount]"]),
        ({"table": "T3", "rows": ["R1"], "columns": ["total"], "at_most": 5}, cells(R1_total="许多"), ["? 表三“一、新收”行“总计”列读不出数字"]),
        ({"table": "T3", "rows": ["R1"], "at_most": 5}, NO_T3, ["? 未找到表三"]),
        ({"table": "T3", "rows": ["R1"], "at_most": 5}, BLANK, ["? 表三没有填写"]),
    ],
    "for_each": [
        (GROUP, {}, []),
        (GROUP, cells(C1_natural=1, C8_natural=2, S_natural=3), []),
        (GROUP, cells(C1_natural=1, C8_natural=2, S_natural=2, C1_total=3), ["T3[C1, natural]", "T3[C1, total]"]),
        (GROUP, cells(C1_natural=3, C8_natural=None, S_natural=2), ["T3[C1, natural]"]),
        (GROUP, cells(C1_natural="多"), ["? 表三“1.属于国家秘密”行“自然人”列读不出数字"]),
        (GROUP, {"form": "2019", "year": 2020}, []),
        (PARTS, cells(R1_commercial=1, R1_other=2, R1_total=3), []),
        (PARTS, cells(R1_commercial=1, R1_other=2, R1_total=2), ["T3[R1, commercial]"]),
        ({**PARTS, "expr": "natural <= total 且 自然人 <= 总计"}, cells(R1_natural=1), ["T3[R1, natural]"]),
        (SMALL, cells(A_natural=5, A_total=4, B_natural=9), ["T3[A, natural]"]),
        (SMALL, cells(A_natural=None), ["? 表三“（一）予以公开”行“自然人”列没有数字"]),
        ({**SMALL, "expr": "值(本格, 0) < 5"}, cells(A_natural=None), []),
        ({**SMALL, "expr": "值(本格, 0) < 5"}, cells(A_natural="多"), ["? 表三“（一）予以公开”行“自然人”列读不出数字"]),
        ({**SMALL, "expr": "本格 >= 上年.本格 / 2"}, {}, ["? 没有上一年的报告"] * 2),
        (GROUP, BLANK, ["? 表三没有填写"]),
        (GROUP, NO_T3, ["? 未找到表三"]),
    ],
    "number_type": [
        ({"table": "T3"}, cells(A_natural=2, B_natural="２", C1_natural="1,024"), []),
        ({"table": "T3"}, cells(A_natural=-1), ["T3[A, natural]:negative"]),
        ({"table": "T3"}, cells(A_natural="1.5"), ["T3[A, natural]:fraction"]),
        ({"table": "T3"}, cells(A_natural="1.0"), []),
        ({"table": "T3"}, cells(A_natural="3件"), ["T3[A, natural]:unit"]),
        ({"table": "T3"}, cells(A_natural="约三"), ["T3[A, natural]:unreadable"]),
        ({"table": "T3"}, cells(A_natural="/", B_natural="—", C1_natural=None, D1_natural="无"), []),
        ({"table": "T2"}, {"cells": {"T2[fees, amount]": "12.50"}}, []),
        ({"table": "T2"}, {"cells": {"T2[fees, amount]": "-12.50"}}, ["T2[fees, amount]:negative"]),
        ({"table": "T2"}, {"form": "2019", "year": 2020, "cells": {"T2[licensing, change]": "-4", "T2[penalties, change]": "+4"}}, []),
        ({"table": "T3"}, BLANK, ["? 表三没有填写"]),
        ({"table": "T3"}, NO_T3, ["? 未找到表三"]),
    ],
    "blanks": [
        ({"table": "T3"}, {}, []),
        ({"table": "T3"}, cells(A_natural=None), ["T3[A, natural]:blank"]),
        ({"table": "T3"}, cells(A_natural=None, A_total=1, S_natural=1, S_total=1, R1_natural=1, R1_total=1), []),
        ({"table": "T3"}, cells(A_natural="/"), []),
        ({"table": "T4"}, {"cells": {f"T4[{row}, total]": None for row in ("review", "litigation_direct", "litigation_after_review")}}, ["T4[review, total]:totals_blank"]),
        ({"table": "T3"}, BLANK, ["? 表三没有填写"]),
        ({"table": "T3"}, NO_T3, ["? 未找到表三"]),
    ],
    "filled": [
        ({"table": "T3"}, {}, []),
        ({"table": "T3"}, BLANK, ["T3:empty"]),
        ({"table": "T3"}, {"rest": "此处填写"}, ["T3:placeholder"]),
        ({"table": "T3"}, NO_T3, ["? 未找到表三"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, number) for kind, those in CASES.items() for number in range(len(those))]
)
def test_said(kind, number):
    options, given_, expected = CASES[kind][number]
    said = told(kind, options, given_)
    if expected == ["? 缺少"]:
        assert said
        assert all(one.startswith("? ") and one.endswith("缺少") for one in said)
    else:
        assert said == expected


EVIDENCE = {
    "sum": ("sum", ACROSS, cells(A_natural=2, A_other=1, A_total=4), {"left": 3, "right": 4, "difference": -1, "line": "“（一）予以公开”行", "blanks": ""}),
    "a blank is counted as nothing, and that is said": ("sum", ACROSS, cells(A_natural=2, A_other=None, A_total=4), {"left": 2, "blanks": "（空白按 0 计）"}),
    "both sides": ("equation", BALANCE, cells(R1_natural=3, S_natural=2), {"left": 3, "right": 2, "formula": "3＋0 ＝ 3，2＋0 ＝ 2，差 1", "line": "“自然人”列"}),
    "one part alone": ("sum", {"table": "T3", "direction": "down"}, cells(A_natural=1, A_total=1, R1_natural=1, R1_total=1, S_total=1), {"formula": "应为 1，表中 0，差 1"}),
    "inequality": ("equation", VALID, {"cells": {"T2[regulations, made]": 3, "T2[regulations, valid]": 2}}, {"formula": "2＋0 ＝ 2，小于制发 3"}),
    "inequality of two rows names the row": ("equation", {"table": "T3", "equation": "S <= R1", "each": "column"}, cells(S_natural=2), {"formula": "2，大于新收 0", "line": "“自然人”列"}),
    "each column": ("for_each", GROUP, cells(C1_natural=1), {"line": "“自然人”列", "values": "不予公开合计是 1，总计是 0"}),
    "each row": ("for_each", PARTS, cells(R1_other=1), {"line": "“一、新收”行", "values": "法人或其他组织合计是 1，总计是 0"}),
    "keys are not told": ("for_each", {**GROUP, "expr": "S <= R1"}, cells(S_natural=1), {"values": "总计是 1，新收是 0"}),
    "each cell": ("for_each", SMALL, cells(A_natural=5), {"line": "“（一）予以公开”行“自然人”列", "values": "这一格是 5"}),
    "money keeps its digits": ("number_type", {"table": "T2"}, {"cells": {"T2[fees, amount]": "-12.50"}}, {"raw": "-12.50"}),
}  # fmt: skip


@pytest.mark.parametrize("case", EVIDENCE)
def test_evidence(case):
    kind, options, given_, expected = EVIDENCE[case]
    found = first_evidence(kind, options, given_)
    assert {name: found[name] for name in expected} == expected


EQUATIONS = {
    "R1 + R2 = S + R4": ([(1, "R1"), (1, "R2")], "=", [(1, "S"), (1, "R4")]),
    "R1＋R2＝S－R4": ([(1, "R1"), (1, "R2")], "=", [(1, "S"), (-1, "R4")]),
    "a - b >= c": ([(1, "a"), (-1, "b")], ">=", [(1, "c")]),
    "a ≤ b": ([(1, "a")], "<=", [(1, "b")]),
    "-a = b": ([(-1, "a")], "=", [(1, "b")]),
    "a b = c": None,
    "a = b = c": None,
    "a + = b": None,
    "= b": None,
    "a": None,
    "a > b": None,
    "1 = a": None,
    "": None,
}


@pytest.mark.parametrize("text", EQUATIONS)
def test_equations(text):
    assert parse_equation(text) == EQUATIONS[text]


COLUMNS = ("natural", "commercial", "research", "public_welfare", "legal", "other")
LEAVES = (
    "A",
    "B",
    *(f"C{i}" for i in range(1, 9)),
    "D1",
    "D2",
    "D3",
    *(f"E{i}" for i in range(1, 6)),
    "F1",
    "F2",
    "F3",
)
PARTS = [(row, column) for row in ("R1", "R2", *LEAVES, "R4") for column in COLUMNS]


def whole_table(parts):
    """Table three with every total right."""
    table = {(row, column): parts.get((row, column), 0) for row, column in PARTS}
    for column in COLUMNS:
        table["S", column] = sum(table[row, column] for row in LEAVES)
    for row in ("R1", "R2", *LEAVES, "S", "R4"):
        table[row, "total"] = sum(table[row, column] for column in COLUMNS)
    return table


def sums_of(address):
    """The sums that a cell takes part in, by the cell under which they are reported; independent of the form."""
    row, column = address
    named = {f"T3[{row}, total]"}
    if row in (*LEAVES, "S"):
        named.add(f"T3[S, {column}]")
    return named


@given(
    st.dictionaries(st.sampled_from(PARTS), st.integers(0, 10**6), max_size=12),
    st.data(),
    st.integers(-999, 999).filter(bool),
)
@settings(max_examples=60, deadline=None)
def test_exactly_the_sums_of_a_wrong_cell_break(parts, data, change):
    table = whole_table(parts)
    every = [*judged(ACROSS, table), *judged(DOWN, table)]
    assert len(every) == 25 + 7
    assert all(isinstance(said, Held) for said in every)
    address = data.draw(st.sampled_from(sorted(table)))
    table[address] = abs(table[address] + change)
    if table[address] != whole_table(parts)[address]:
        broken = [*told("sum", ACROSS, sample(table)), *told("sum", DOWN, sample(table))]
        assert set(broken) == sums_of(address)
        assert len(broken) == (2 if address[0] in (*LEAVES, "S") else 1)


def sample(table):
    return {"cells": {f"T3[{row}, {column}]": figure for (row, column), figure in table.items()}}


def judged(options, table):
    return judgements("sum", options, sample(table))


@given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_an_equation_breaks_if_and_only_if_its_sides_differ(figures):
    names = ("R1_natural", "R2_natural", "S_natural", "R4_natural")
    said = judgements(
        "equation", {**BALANCE, "only": ["natural"]}, cells(**dict(zip(names, figures, strict=True)))
    )
    assert [isinstance(one, Breach) for one in said] == [figures[0] + figures[1] != figures[2] + figures[3]]
