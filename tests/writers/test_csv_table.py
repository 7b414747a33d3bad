"""CSV: what a spreadsheet makes of it, above all that it never runs anything."""

from __future__ import annotations

import csv
import io

import pytest
import writer_samples as samples
from formats import ATTACKS, RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given

from checker.writers.csv_table import COLUMNS


def rows(run):
    text = written("csv", run)
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    head, *body = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert tuple(head) == COLUMNS
    assert {len(row) for row in body} <= {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in body]


@pytest.mark.parametrize("name", ["failing", "many", "excepted"])
def test_output_is_the_one_looked_at(name):
    assert_golden("csv", name)


def test_one_row_a_finding_then_what_was_not_judged():
    told = rows(RUNS["failing"]())

    assert [row["规则"] for row in told if row["级别"] in ("错误", "警告", "提示")] == [
        finding.rule for finding in samples.failing().findings
    ]
    assert [row["级别"] for row in told[5:]] == ["程序出错", *["未能判断"] * 5]
    assert told[1]["位置"] == "第三部分 表三「（七）总计」行「自然人」列，第4页"
    assert (told[1]["表"], told[1]["行"], told[1]["列"], told[1]["页"]) == (
        "表三",
        "（七）总计",
        "自然人",
        "4",
    )
    assert (told[1]["原文"], told[1]["修改"]) == ("2932", "把 2932 改为 2930，三个等式就都成立。")
    assert {row["单位"] for row in told} == {"临河市水务局"}


def test_accepted_findings_say_why():
    row = next(row for row in rows(RUNS["excepted"]()) if row["级别"] == "已列为例外")

    assert row["例外"] == "合计按上级口径填报；王某；2025-12-31；例外.yaml:3"


@pytest.mark.parametrize("attack", ATTACKS)
def test_known_attacks_are_neutral(attack):
    for row in rows(hostile_run(attack)):
        assert not any(cell[:1] in "=+-@＝＋－＠\t\r" and cell for cell in row.values())


def test_what_looks_like_a_formula_is_kept_as_text():
    row = rows(hostile_run("=1+1"))[0]

    assert (row["问题"], row["原文"]) == ("'=1+1", "'=1+1")


@given(hostile_words)
def test_hostile_text_stays_in_its_cell(words):
    for row in rows(hostile_run(words)):
        assert not any(cell[:1] in "=+-@＝＋－＠\t\r" and cell for cell in row.values())
    written("csv", hostile_run(words)).encode("utf-8")
