"""Rounds: what is remembered, what was decided, and what a round without anything new does."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from collecting import collect
from county import UNITS, report, with_text, with_wrong_cell
from inbox import put, scan, xlsx_of
from letter_files import text_of
from samples import write

FINANCE, POLICE, CIVIL = "云溪县财政局", "云溪县公安局", "云溪县民政局"
GIVEN = ("--units", "单位.csv", "--today", "2025-02-10", "--year", "2024")
LIST = f"单位,类别,层级,上级,到期日,电话\n{FINANCE},部门,县级,,,1\n{POLICE},部门,县级,,,2\n{CIVIL},部门,县级,,,3\n"


def text(unit, *, bad=False, **how):
    made = report(UNITS[unit], **how)
    return write(with_wrong_cell(made) if bad else made, "txt")


@pytest.fixture
def office(tmp_path):
    """A folder with a list of three units, of which two have reported and one in two versions."""
    put(tmp_path, {"单位.csv": LIST.encode("utf-8-sig")})
    put(
        tmp_path / "收件箱",
        {
            "财政.txt": text(FINANCE, bad=True),
            "公安/一.txt": text(POLICE),
            "公安/二.txt": write(with_text(report(UNITS[POLICE]), "留痕", "留存"), "txt"),
        },
    )
    return tmp_path


def rows(office, sql):
    with sqlite3.connect(office / "结果" / "台账.db") as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("again", ["收件箱", "空"])
def test_without_anything_new_a_run_repeats_the_round(office, again):
    (office / "空").mkdir()
    put(office, {"登记.csv": f"单位,收到日期,文件\n{FINANCE},2025-01-20,\n".encode()})
    given = (*GIVEN, "--received", "登记.csv")
    first = collect(office, "收件箱", *given)
    ledger = (office / "结果" / "台账.db").read_bytes()

    second = collect(office, again, *given)

    assert second.told["round"] == 1
    assert second.files == first.files
    assert (office / "结果" / "台账.db").read_bytes() == ledger


def test_identical_bytes_sent_again_make_no_round(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "又来", {"财政局.txt": text(FINANCE, bad=True)})

    came = collect(office, "又来", *GIVEN)

    assert came.told["round"] == 1
    assert came.roles(FINANCE) == {"财政.txt": "in_force", "财政局.txt": "duplicate"}


def test_what_is_sent_again_is_mended_or_not(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "二", {"财政.txt": text(FINANCE)})

    came = collect(office, "二", *GIVEN)

    assert came.unit(FINANCE)["since_last_round"] == {
        "mended": 1,
        "remaining": 0,
        "new": 0,
        "not_resubmitted": 0,
    }
    assert rows(office, "SELECT round, state FROM standing WHERE unit = '云溪县财政局' ORDER BY round") == [
        (1, "to_mend"),
        (2, "passed"),
    ]


def test_an_unreadable_file_mends_nothing_and_takes_no_place(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "二", {"财政局/扫描.pdf": scan()})

    came = collect(office, "二", *GIVEN)

    assert came.roles(FINANCE) == {"财政.txt": "in_force", "财政局/扫描.pdf": "unreadable"}
    assert came.unit(FINANCE)["state"] == "to_mend"
    assert came.unit(FINANCE)["since_last_round"]["mended"] == 0
    assert "读不出 1 处" in came.out


def test_a_version_that_the_office_names_counts_until_it_is_taken_back(office):
    assert collect(office, "收件箱", *GIVEN).unit(POLICE)["state"] == "undecided"
    put(office, {"台账.xlsx": xlsx_of(["单位", "采用版本"], [POLICE, "公安/二.txt"])})

    decided = collect(office, "收件箱", *GIVEN, "--decisions", "台账.xlsx")
    put(office / "二", {"公安/三.txt": write(with_text(report(UNITS[POLICE]), "留痕", "备案"), "txt")})
    later = collect(office, "二", *GIVEN)
    put(office, {"台账.xlsx": xlsx_of(["单位", "采用版本"], [POLICE, "取消"])})
    free = collect(office, "二", *GIVEN, "--decisions", "台账.xlsx")

    assert decided.roles(POLICE) == {"公安/一.txt": "superseded", "公安/二.txt": "in_force"}
    assert later.roles(POLICE)["公安/二.txt"] == "in_force"
    assert "这一份更新" in later.unit(POLICE)["submissions"][2]["why"]
    assert free.roles(POLICE)["公安/三.txt"] == "in_force"


def test_a_version_of_somebody_else_is_not_taken_and_that_is_told(office):
    put(office, {"台账.xlsx": xlsx_of(["单位", "采用版本"], [POLICE, "财政.txt"])})

    came = collect(office, "收件箱", *GIVEN, "--decisions", "台账.xlsx")

    assert came.unit(POLICE)["state"] == "undecided"
    assert f"{POLICE}的采用版本“财政.txt”不是它这一年度读得出的报告，没有采用。" in came.err


def test_an_alias_that_the_office_writes_down_is_kept(office):
    put(office / "收件箱", {"散件.txt": text(CIVIL, name="云溪县民政周")})
    before = collect(office, "收件箱", *GIVEN)
    put(office, {"台账.xlsx": xlsx_of(["单位", "别名"], [CIVIL, "云溪县民政周"])})

    collect(office, "收件箱", *GIVEN, "--decisions", "台账.xlsx")
    after = collect(office, "收件箱", *GIVEN)

    assert before.unit(CIVIL)["state"] == "overdue"
    assert after.roles(CIVIL) == {"散件.txt": "in_force"}
    assert after.told["strangers"] == []


def test_an_opinion_is_kept_with_its_finding(office):
    collect(office, "收件箱", *GIVEN)
    ((fingerprint,),) = rows(office, "SELECT fingerprint FROM finding_now WHERE severity = 'error'")
    put(office, {"台账.xlsx": xlsx_of(["指纹", "问题", "处理意见"], [fingerprint, "合计不符", "已电话告知"])})

    collect(office, "收件箱", *GIVEN, "--decisions", "台账.xlsx")
    collect(office, "收件箱", *GIVEN)

    assert rows(office, "SELECT unit, opinion FROM finding_now WHERE opinion IS NOT NULL") == [
        (FINANCE, "已电话告知")
    ]


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (["单位", "采用版本"], "对不上收到的任何一份"),
        (["单位", "别名"], ""),
        (["单位", "电话"], "没有可以读回的决定"),
    ],
)
def test_decisions_that_fit_nothing_are_refused(office, sheet, words):
    put(office, {"台账.xlsx": xlsx_of(sheet, ["云溪县财政局" if words else "云溪县无此局", "五.txt"])})

    came = collect(office, "收件箱", *GIVEN, "--decisions", "台账.xlsx")

    assert came.code == 2
    assert (words or "“云溪县无此局”不在单位清单里") in came.err
    assert came.files == {}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ((), 0),
        (("--fail-on-state", "overdue"), 1),
        (("--fail-on-state", "有多份待定"), 1),
        (("--fail-on-state", "unreadable,not_due"), 0),
        (("--fail-on-state", "lost"), 2),
        (("--received", "没有.csv"), 2),
        (("--ledger", "单位.csv"), 2),
    ],
)
def test_exit_codes(office, more, code):
    put(office / "收件箱", {"审计局.pdf": scan()})

    assert collect(office, "收件箱", *GIVEN, *more).code == code


def test_without_a_list_nobody_knows_who_should_report(office):
    came = collect(office, "收件箱", "--today", "2025-02-10")

    assert came.code == 2
    assert "没有单位清单" in came.err


def test_files_of_the_command_itself_are_not_taken_for_reports(office):
    put(office, {"单位.xlsx": xlsx_of(["单位"], [FINANCE], [POLICE], [CIVIL])})
    given = ("--units", "单位.xlsx", *GIVEN[2:])
    put(office, {"登记.csv": f"单位,收到日期,文件\n{FINANCE},2025-02-03,\n".encode()})
    first = collect(office, ".", *given, "--received", "登记.csv")

    second = collect(office, ".", *given)

    assert first.unit(FINANCE)["days_late"] == 3
    assert "不是年度报告" not in first.out
    assert second.files == first.files


@pytest.mark.parametrize(
    ("joint", "sent", "state"),
    [("是", FINANCE, "passed"), ("", FINANCE, "overdue"), ("是", None, "overdue"), ("是", POLICE, "passed")],
)
def test_a_unit_that_reports_together_with_the_one_above_it(office, joint, sent, state):
    put(office, {"单位.csv": f"单位,上级,合并公布\n{FINANCE},,\n{POLICE},{FINANCE},{joint}\n".encode()})
    put(office / "合", {"一.txt": text(sent)} if sent else {"说明.txt": "请查收。".encode()})

    came = collect(office, "合", *GIVEN)

    assert came.unit(POLICE)["state"] == state


ENERGY_RULES = Path(__file__).parents[2] / "second_form" / "rules"
ENERGY_REPORT = f"""<html><body><h1>{CIVIL}2024年公共机构节能年度报告</h1>
    <h2>一、节能工作开展情况</h2><p>本单位用能人数120人。</p><h2>二、能源消费情况</h2>
    <h2>三、下一年度打算</h2><p>继续推进节能改造。</p><p>{CIVIL}</p><p>2025年1月20日</p></body></html>"""


def test_reports_of_another_kind_are_listed_and_not_collected(office):
    put(office / "收件箱", {"民政局/节能.html": ENERGY_REPORT.encode()})

    ours = collect(office, "收件箱", *GIVEN, "--rules", ENERGY_RULES)
    theirs = collect(office, "收件箱", *GIVEN, "--rules", ENERGY_RULES, "--kind", "节能报告", results="节能")
    unknown = collect(office, "收件箱", *GIVEN, "--kind", "energy", results="无")

    assert [one["kind"] for one in ours.told["other_kind"]] == ["energy_report"]
    assert ours.unit(CIVIL)["state"] == "overdue"
    assert ours.told["strangers"] == []
    assert {one["kind"] for one in theirs.told["other_kind"]} == {"annual_report"}
    assert theirs.roles(CIVIL) == {"民政局/节能.html": "in_force"}
    assert (unknown.code, "没有“energy”这一类报告" in unknown.err) == (2, True)


def test_a_later_version_is_not_late_by_the_date_that_it_bears(office):
    collect(office, "收件箱", *GIVEN)
    put(office / "二", {"财政.txt": text(FINANCE, signed="2月20日")})
    late = ("--units", "单位.csv", "--today", "2025-02-25", "--year", "2024")

    second = collect(office, "二", *late)

    unit = second.unit(FINANCE)
    assert (unit["state"], unit["days_late"], unit["counts"]["error"]) == ("passed", 0, 0)
    assert unit["since_last_round"] == {"mended": 1, "remaining": 0, "new": 0, "not_resubmitted": 0}
    assert "DATE-01" not in [
        rule for (rule,) in rows(office, "SELECT rule FROM finding_now WHERE unit = '云溪县财政局'")
    ]
    assert collect(office, "二", *late).files == second.files


def test_a_first_version_that_is_late_stays_so(office):
    put(office / "收件箱", {"民政.txt": text(CIVIL, signed="2月6日")})
    first = collect(office, "收件箱", *GIVEN)

    assert first.unit(CIVIL)["days_late"] == 6
    assert "DATE-01" in [
        rule for (rule,) in rows(office, "SELECT rule FROM finding_now WHERE unit = '云溪县民政局'")
    ]


def test_what_the_register_has_and_the_inbox_has_not_is_said(office):
    put(office, {"登记.csv": f"单位,收到日期\n{CIVIL},2025-01-20\n".encode()})

    came = collect(office, "收件箱", *GIVEN, "--received", "登记.csv")

    assert (came.unit(CIVIL)["state"], came.unit(CIVIL)["received"]) == ("overdue", None)
    assert "登记写着 2025-01-20 收到，没有找到文件" in came.unit(CIVIL)["why"]
    assert "登记收到过，没有文件" in came.out
    assert "收件登记上写着2025年1月20日收到过" in text_of(office / "结果" / "通知" / f"{CIVIL}（催报）.docx")


def test_what_differs_is_said_in_words_and_how_it_was_settled(office):
    put(office / "收件箱", {"公安/二.txt": text(POLICE, bad=True)})
    first = collect(office, "收件箱", *GIVEN)
    put(office, {"决定.csv": f"单位,采用版本\n{POLICE},一.txt\n".encode()})
    second = collect(office, "收件箱", *GIVEN, "--decisions", "决定.csv")

    def told(came):
        return [(one["severity"], one["message"]) for one in came.told["findings"] if one["rule"] == "SET-09"]

    ((severity, message),) = told(first)
    assert severity == "warning"
    assert "表三“（七）总计”行“总计”列" in message
    assert message.endswith("不知道以哪一份为准，汇总时不计这一家")
    ((severity, message),) = told(second)
    assert severity == "info"
    assert message.endswith("台账里已写明采用其中一份")


def test_the_notice_of_the_office_says_how_many_should_report(office):
    text = "关于报送年度报告的通知\n各单位：\n2024年度应公布年度报告的单位共9家，请于1月31日前报送。"
    put(office / "收件箱", {"通知.txt": text.encode()})

    came = collect(office, "收件箱", *GIVEN)

    assert [one["message"] for one in came.told["findings"] if one["rule"] == "SET-11"] == [
        "“通知.txt”写明应公布的是 9 家，清单上是 3 家"
    ]
