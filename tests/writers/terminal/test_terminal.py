"""The text output: what must be said, what must stay quiet, and what no report can do to a terminal."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
import writer_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.document import Location
from checker.model.findings import (
    NO_FIGURES,
    NO_LAST_YEAR,
    NOT_COMPARABLE,
    CellChange,
    Finding,
    Outcome,
    Rival,
    Severity,
    Suggestion,
    Suppressed,
    Verdict,
)
from checker.model.place import Place, Related
from checker.startup.records import replace
from checker.writers import output_named
from checker.writers.shared.options import WritingOptions
from checker.writers.shared.table_excerpt import CellRole, table_excerpt


def written(run, **options):
    return "".join(output_named("text").write(run, WritingOptions(**options)))


def test_a_clean_report_takes_three_lines():
    assert written(samples.run(samples.clean())).count("\n") == 3


def test_findings_stand_under_their_sections_in_the_order_of_the_report():
    output = written(samples.run(samples.failing()))
    headings = [line for line in output.splitlines() if line.startswith("■")]

    assert headings == [
        "■ 开头（1 处）",
        "■ 第三部分 收到和处理政府信息公开申请情况（2 处）",
        "■ 第四部分 政府信息公开行政复议、行政诉讼情况（1 处）",
        "■ 整篇报告（1 处）",
    ]


def test_up_to_five_files_keep_their_order_and_more_are_listed_worst_first():
    few = written(samples.run(samples.clean(), samples.failing()))
    many = written(samples.many())

    assert few.index("林业局") < few.index("水务局")
    assert [line.split()[0] for line in many.splitlines()[1:7]] == [
        "不通过",
        "无法读取",
        "通过",
        "通过",
        "通过",
        "已跳过",
    ]
    assert "INT-07" not in many.split("SET-01")[0].split("无法读取  年报")[1]


def test_one_reason_is_said_once_and_verbose_says_them_all():
    outcomes = [Outcome(f"T3-{n:02}", Verdict.NOT_CHECKED, 0, "没有找到表三。") for n in range(1, 12)]
    outcomes += [Outcome(f"X-{n}", Verdict.NOT_CHECKED, 0, f"原因{n}") for n in range(5)]
    run = samples.run(samples.checked(outcomes=outcomes))
    short, full = written(run), written(run, verbose=True)

    assert "T3-08 等11条" in short
    assert "T3-09" not in short
    assert "另有 3 种原因" in short
    assert all(outcome.rule in full for outcome in outcomes)
    assert full.count("没有找到表三") == 1
    assert "T3-02 新收加上年结转等于总计加结转下年" in full


def test_nothing_to_compare_is_one_quiet_sentence():
    outcomes = [Outcome(f"YOY-{n:02}", Verdict.NOT_CHECKED, 0, NO_LAST_YEAR) for n in range(1, 4)]
    outcomes += [Outcome("TXT-01", Verdict.NOT_CHECKED, 0, NO_FIGURES)]
    quiet = samples.run(samples.checked(outcomes=outcomes))
    said = "没有可比的，未判断 4 条规则：没有上一年的报告 3 条，正文没有写这些数 1 条。"

    assert said in written(quiet).replace("\n", "")
    assert "YOY-01" not in written(quiet)
    assert "既不算合格" not in written(quiet)
    assert "YOY-01" in written(quiet, verbose=True)

    doubtful = Outcome("T3-02", Verdict.NOT_CHECKED, 0, "表三读取可疑")
    mixed = Outcome("YOY-09", Verdict.NOT_CHECKED, 0, f"{NO_LAST_YEAR}；表三读取可疑")
    both = written(samples.run(samples.checked(outcomes=[*outcomes, doubtful, mixed])))
    assert "未能判断 2 条规则" in both
    assert "表三读取可疑：T3-02" in both
    assert "YOY-09" in both
    assert said in both.replace("\n", "")

    # What is lacking, the rule that asks for it tells; here it is not named again.
    unstated = [
        Outcome(f"X-{n}", Verdict.NOT_CHECKED, 0, f"没有读到要素{n}，{NOT_COMPARABLE}") for n in (1, 2)
    ]
    once = written(samples.run(samples.checked(outcomes=unstated))).replace("\n", "")
    assert "没有可比的，未判断 2 条规则：报告没有写要比的内容 2 条。" in once
    assert "要素1" in written(samples.run(samples.checked(outcomes=unstated)), verbose=True)


def test_what_is_missing_is_not_quoted():
    place = Place(Location(paragraph=3, line=3), 1, excerpt="（一）主动公开。", lacking=True)
    found = Finding("GEN-06", "写明结果", Severity.WARNING, "没有写明结果", "", place)
    output = written(samples.run(samples.checked(findings=[found])))

    assert "位置  第一部分\n" in output
    assert "原文" not in output


def test_a_broken_rule_is_not_a_finding_of_the_report():
    run = samples.run(samples.checked(outcomes=[Outcome("Q-05", Verdict.BROKEN, 0, None)]))
    output = written(run)

    assert output.startswith("通过")
    assert "检查程序自身出错 1 条" in output
    assert "Q-05：原因不明" in output


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ({}, "部门（县级），2021年格式"),
        ({"level": "office", "tier": None}, "政府办公厅（室）（级别不明），2021年格式"),
        ({"level": None}, "机关类别不明（县级）"),
        ({"level": "school"}, "school（县级）"),
        ({"form_id": "mixed"}, "各张表认出的格式不是同一年的"),
        ({"form_id": None}, "没有找到表格"),
        ({"year": None}, "临河市水务局（没有认出年度）"),
        ({"agency": None}, "（没有认出单位） 2024年度"),
    ],
)
def test_what_was_recognised(identity, words):
    result = samples.checked(understood=samples.report(**{"agency": "临河市水务局", **identity}))

    assert words in written(samples.run(result))


def one_cell(text, *, current=2932, proposed=2930, rivals=()):
    understood = samples.broken_sum_report()
    change = CellChange("T3", "S", "natural", current, proposed)
    finding = replace(
        samples.text_finding(), suggestion=Suggestion(text, (change,), unique=True, rivals=rivals)
    )
    return written(samples.run(samples.checked(understood=understood, findings=(finding,))), width=120)


def test_changes_are_spelled_out_unless_sentence_or_excerpt_shows_them():
    assert "2932 改为 2930" not in one_cell("把总计写成 2930。").replace("【2932】", "")
    assert "应改为    2930" in one_cell("请核对。")
    hidden = replace(
        samples.text_finding(), suggestion=Suggestion("请核对。", (CellChange("T9", "a", "b", None, 3),))
    )
    assert "可改  T9「a」行「b」列 空白 改为 3。" in written(samples.run(samples.checked(findings=(hidden,))))


def test_no_more_than_three_rivals_are_shown():
    rivals = tuple(Rival((CellChange("T3", "A", "natural", 1288, 1290 + n),), n) for n in range(5))
    output = one_cell("请核对。", rivals=rivals)

    assert output.count("或者  表三「（一）予以公开」行") == 3
    assert "另有 2 种改法" in output


def test_an_excerpt_leaves_out_blank_parts_and_counts_them():
    understood = samples.report(
        tables={"T3": samples.table("T3", {**samples.BROKEN_SUM, ("E1", "natural"): ""})}
    )
    figures = understood.tables["T3"]
    finding = samples.sum_finding(understood)
    finding = replace(finding, related=(*finding.related, Related(figures.place("E1", "natural"), None)))
    excerpt = table_excerpt(finding, understood, None)

    assert [row.label for row in excerpt.rows] == [
        "（一）予以公开",
        "（二）部分公开",
        "5.内部事务信息",
        "1.不掌握",
        "（七）总计",
    ]
    assert excerpt.idle_rows == 1
    assert [(column.label, column.role) for column in excerpt.columns] == [
        ("自然人", CellRole.MARKED),
        ("总计", CellRole.CONTEXT),
    ]
    assert excerpt.rows[-1].cells[0].proposed == "2930"


def test_an_excerpt_of_a_stacked_table_stays_in_the_block_of_its_cell():
    understood = samples.report(tables={"T2": samples.table("T2", {("fees", "amount"): "壹"})})
    place = understood.tables["T2"].place("fees", "amount")
    excerpt = table_excerpt(Finding("X", "", Severity.ERROR, "", "", place), understood, None)

    assert [(row.label, row.cells[0].text) for row in excerpt.rows] == [("行政事业性收费", "壹")]
    assert [column.label for column in excerpt.columns] == ["收费金额"]


@pytest.mark.parametrize(
    "place", [Place(), Place(section=3, table="T3"), Place(table="T9", row="a", column="b")]
)
def test_no_excerpt_without_a_cell(place):
    finding = Finding("X", "", Severity.ERROR, "", "", place)

    assert table_excerpt(finding, samples.broken_sum_report(), None) is None


HOSTILE = "\x1b[31m\x9b2J[red]\u202e坏\u2066\r\n\t\x07\x00\udce4\ue000<b>\u0336"
hostile = st.text(st.characters(), max_size=60) | st.text("一，（）“” 12.,[]\x1b\n", max_size=200)


def cells_of(line):
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def hostile_run(words):
    understood = samples.report(words, form_id="2021", level=words, tier=words)
    cells = {("A", "natural"): words, ("B", "total"): words, ("S", "legal"): words}
    understood = replace(understood, tables={"T3": samples.table("T3", cells), "T4": samples.table("T4")})
    figures = understood.tables["T3"]
    change = CellChange("T3", "A", "natural", words, words)
    finding = Finding(
        rule=words,
        title=words,
        severity=Severity.ERROR,
        message=words + "。",
        basis=words,
        place=figures.place("A", "natural"),
        related=(Related(figures.place("B", "total"), words),),
        evidence={"formula": words + "！"},
        explains=(words,),
        suggestion=Suggestion(words, (change, change), rivals=(Rival((change,), 1),)),
    )
    in_text = replace(finding, place=Place(Location(path=words), 0, excerpt=words), suggestion=None)
    outcomes = (
        Outcome(words, Verdict.NOT_CHECKED, 0, words),
        Outcome(words, Verdict.BROKEN, 0, words),
    )
    result = samples.checked(words, understood, (finding, in_text), outcomes)
    result = replace(result, suppressed=(Suppressed(in_text, words, words, date(2025, 1, 31), words),))
    unread = samples.without_report(words, samples.UNREADABLE.status, "damaged", words)
    return samples.run(result, unread, *[samples.clean(words, words)] * 4, findings=(in_text,))


@settings(deadline=None, max_examples=60)
@given(hostile, st.integers(60, 130), st.booleans(), st.booleans())
def test_no_report_can_touch_the_terminal(words, width, verbose, quiet):
    """No control character gets through, no line is too wide, and the same run gives the same text."""
    run = hostile_run(words)
    output = written(run, width=width, verbose=verbose, quiet=quiet)

    for line in output.split("\n"):
        assert {unicodedata.category(character) for character in line}.isdisjoint(
            {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        )
        assert cells_of(line) <= width, line
    assert output == written(run, width=width, verbose=verbose, quiet=quiet)


LONG_PATH = "年报/2024年度/各乡镇街道/" + "很长的文件夹名称" * 12 + "/临河市水务局2024年年报（定稿）.docx"


def quiet_lines(**options):
    """The lines of a quiet run of a report with long names and findings."""
    failed = replace(samples.failing(), path=LONG_PATH)
    return written(
        samples.run(failed, replace(samples.clean(), path="a" * 300)), quiet=True, **options
    ).splitlines()


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_quiet_line_is_never_broken(columns):
    """One line a report with all its counts; the path gives way in its middle."""
    failed, passed = quiet_lines(width=columns)

    assert [cells_of(failed) <= columns, cells_of(passed) <= columns] == [True, True]
    assert failed.startswith("不通过    年报/")
    assert failed.endswith("（定稿）.docx  错误 2  警告 2  提示 1")
    assert failed.count("…") == 1
    assert passed.endswith("a  错误 0  警告 0  提示 0")


def test_where_no_terminal_reads_it_a_quiet_line_has_the_whole_path():
    failed, passed = quiet_lines(width=80, whole_paths=True)

    assert failed == f"不通过    {LONG_PATH}  错误 2  警告 2  提示 1"
    assert passed == f"通过      {'a' * 300}  错误 0  警告 0  提示 0"


def test_only_our_own_colour_codes_reach_the_terminal():
    output = written(hostile_run(HOSTILE), colour=True, verbose=True)

    assert "\x1b" not in samples.without_colour(output)
    assert "[31m2J[red]坏" in output


def test_a_tiny_terminal_gets_sixty_cells():
    assert max(cells_of(line) for line in written(samples.many(), width=3).split("\n")) <= 60
