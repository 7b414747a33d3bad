"""CSV: what a spreadsheet makes of it, above all that it never runs anything."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import writer_samples as samples
from formats import ATTACKS, RUNS, assert_golden, hostile_run, hostile_words, written
from hypothesis import given

from checker.model.findings import NO_LAST_YEAR, Outcome, Verdict
from checker.startup.records import replace
from checker.writers import output_named
from checker.writers.csv_table import COLUMNS
from checker.writers.shared.options import WritingOptions


def rows(run, *, unjudged=False):
    text = "".join(output_named("csv").write(run, WritingOptions(unjudged=unjudged)))
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    head, *body = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert tuple(head) == COLUMNS
    assert {len(row) for row in body} <= {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in body]


@pytest.mark.parametrize("name", ["failing", "clean", "many", "excepted", "unreadable", "nothing"])
def test_output_is_the_one_looked_at(name):
    assert_golden("csv", name)


def test_one_row_a_finding_and_nothing_else():
    told = rows(RUNS["failing"]())

    assert [row["规则"] for row in told] == [finding.rule for finding in samples.failing().findings]
    assert told[1]["位置"] == "第三部分 表三「（七）总计」行「自然人」列，第4页"
    assert (told[1]["表"], told[1]["行"], told[1]["列"], told[1]["页"]) == (
        "表三",
        "（七）总计",
        "自然人",
        "4",
    )
    assert (told[1]["原文"], told[1]["修改"]) == ("2932", "把 2932 改为 2930，三个等式就都成立。")
    assert {(row["单位"], row["状态"]) for row in told} == {("临河市水务局", "不通过")}


def test_the_due_day_stands_in_every_row_of_its_report():
    due = replace(samples.failing(), due=date(2025, 1, 31))

    assert {row["到期日"] for row in rows(samples.run(due))} == {"2025-01-31"}


def test_what_was_not_judged_follows_on_request():
    told = rows(RUNS["failing"](), unjudged=True)

    assert [row["级别"] for row in told[5:]] == ["程序出错", *["未能判断"] * 5]
    assert len(told) == 11


CLEAN = samples.checked(outcomes=[Outcome("T4-01", Verdict.PASS, 1)])
HALF_JUDGED = samples.checked(
    outcomes=[
        Outcome("T3-02", Verdict.NOT_CHECKED, 0, "没有表三"),
        Outcome("T3-03", Verdict.NOT_CHECKED, 0, "没有表三"),
        Outcome("T4-01", Verdict.BROKEN, 0, "内部出错"),
    ]
)


IDLE = samples.checked(
    outcomes=[
        Outcome("T3-02", Verdict.NOT_CHECKED, 0, "没有表三"),
        Outcome("YOY-01", Verdict.NOT_CHECKED, 0, NO_LAST_YEAR),
        Outcome("YOY-02", Verdict.NOT_CHECKED, 0, NO_LAST_YEAR),
    ]
)


@pytest.mark.parametrize(
    ("result", "verdict", "words"),
    [
        (CLEAN, "通过", "没有发现问题"),
        (HALF_JUDGED, "通过", "没有发现问题；1 条规则程序出错；2 条规则未能判断"),
        (IDLE, "通过", "没有发现问题；1 条规则未能判断；2 条规则没有可比的"),
        (samples.SKIPPED, "已跳过", samples.SKIPPED.problem.text),
        (replace(samples.UNREADABLE, findings=()), "无法读取", samples.UNREADABLE.problem.text),
    ],
)
def test_a_file_without_findings_has_one_row(result, verdict, words):
    (row,) = rows(samples.run(result))

    assert (row["文件"], row["状态"], row["级别"], row["问题"]) == (result.path, verdict, "", words)


@pytest.mark.parametrize(
    ("result", "grades"),
    [(CLEAN, [""]), (HALF_JUDGED, ["程序出错", "未能判断", "未能判断", ""]), (samples.SKIPPED, ["已跳过"])],
)
def test_with_what_was_not_judged_it_has_its_row_as_well(result, grades):
    assert [row["级别"] for row in rows(samples.run(result), unjudged=True)] == grades


def test_accepted_findings_say_why():
    row = next(row for row in rows(RUNS["excepted"]()) if row["级别"] == "已列为例外")

    assert row["例外"] == "合计按上级口径填报；王某；2025-12-31；例外.yaml:3"


@pytest.mark.parametrize("attack", ATTACKS)
def test_known_attacks_are_neutral(attack):
    for row in rows(hostile_run(attack), unjudged=True):
        assert not any(cell[:1] in "=+-@＝＋－＠\t\r" and cell for cell in row.values())


def test_what_looks_like_a_formula_is_kept_as_text():
    row = rows(hostile_run("=1+1"))[0]

    assert (row["问题"], row["原文"]) == ("'=1+1", "'=1+1")


@given(hostile_words)
def test_hostile_text_stays_in_its_cell(words):
    for row in rows(hostile_run(words), unjudged=True):
        assert not any(cell[:1] in "=+-@＝＋－＠\t\r" and cell for cell in row.values())
    written("csv", hostile_run(words)).encode("utf-8")
