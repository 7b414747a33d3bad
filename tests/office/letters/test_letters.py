"""Letters: who gets which, what it says, that nobody else is named, and that the list names every one."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from county import GOVERNMENT
from letter_files import text_of
from season_samples import AUDIT, CIVIL, EDUCATION, FINANCE, JUSTICE, LIST_SAYS, POLICE, season

from checker.model.bodies import Unit
from checker.model.findings import Severity
from checker.model.season import State
from checker.office.letters import letters
from checker.office.letters.discreet import Discretion
from checker.office.letters.problems import problems_of
from checker.office.outputs import OutputOptions, write_season
from checker.office.result_folder import ResultFolder
from checker.startup.records import replace


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("结果")
    letters.write(season(), ResultFolder(folder), OutputOptions())
    return folder


@pytest.fixture(scope="module")
def texts(folder):
    return {file.name: text_of(file) for file in (folder / "通知").iterdir()}


def test_everybody_gets_what_suits_the_state(texts):
    assert sorted(texts) == sorted([
        f"{GOVERNMENT}（合格回执）.docx", f"{FINANCE}（合格回执）.docx", f"{EDUCATION}.docx", f"{POLICE}（请确认版本）.docx",
        f"{AUDIT}（退回重报）.docx", f"{CIVIL}（催报）.docx", f"{JUSTICE}（合格回执）.docx", f"{JUSTICE}（迟报提醒）.docx",
    ])  # fmt: skip


@pytest.mark.parametrize("state", [State.NOT_DUE, State.EXEMPT])
def test_nobody_is_written_to_who_owes_nothing(tmp_path, state):
    idle = replace(season(), units=(replace(season().units[5], state=state),))

    assert letters.write(idle, ResultFolder(tmp_path), OutputOptions()) == {}
    assert not (tmp_path / "通知").exists()


@pytest.mark.parametrize(
    "state", [State.TO_MEND, State.UNDECIDED, State.PASSED, State.UNREADABLE, State.WRONG_DOCUMENT]
)
def test_who_reports_together_with_another_is_not_written_to(tmp_path, state):
    joint = replace(season().units[6], state=state, submissions=(), why="与云溪县人民政府合并公布一份报告")

    assert letters.write(replace(season(), units=(joint,)), ResultFolder(tmp_path), OutputOptions()) == {}


def test_nothing_is_left_to_fill_in(texts):
    assert not [name for name, text in texts.items() if re.search(r"[{｛}｝]|None", text)]


def test_no_letter_names_another_unit(texts):
    names = [one.unit.name for one in season().units]
    for file, text in texts.items():
        own = next(name for name in sorted(names, key=len, reverse=True) if file.startswith(name))
        assert own in text
        assert [name for name in names if name != own and name in text.replace(own, "")] == []


def test_the_notice_tells_place_fault_mending_and_basis(texts):
    text = texts[f"{EDUCATION}.docx"]

    assert "关于改正2024年政府信息公开工作年度报告的通知" in text
    assert "教育局.txt" in text
    assert "必须改正（1 处）" in text
    assert "“总计”列应为" in text
    assert "国办公开办函〔2021〕30号" in text
    assert "请于收到本通知后 5 个工作日内改正后重新报送" in text


def test_a_copy_is_told_without_saying_of_whom(texts):
    for name in (f"{EDUCATION}.docx", f"{FINANCE}（合格回执）.docx"):
        assert "与另外 1 家单位的报告放在一起看，不符合“各单位的报告不互相照抄”" in texts[name]
        assert "次日上午集中更新" in texts[name]


def test_the_receipt_carries_the_digests(texts):
    text = texts[f"{FINANCE}（合格回执）.docx"]

    assert season().units[1].in_force.sha256 in text
    assert season().rulebook.digest in text
    assert f"有 {season().units[1].counts.not_checked} 条规则因报告或对照材料不足未能判断" in text


def test_lateness_is_not_asked_to_be_mended(texts):
    assert any(
        one.rule == "DATE-01" and one.severity is Severity.ERROR for one in season().results[6].findings
    )
    assert "必须改正（" not in texts[f"{JUSTICE}（合格回执）.docx"]
    assert "收到日期是2025年2月14日（依据：登记），迟了 14 天" in texts[f"{JUSTICE}（迟报提醒）.docx"]


def test_the_others_say_what_to_do(texts):
    assert (
        "应于2025年1月31日前报送，截至2025年3月10日没有收到，已逾期 38 天" in texts[f"{CIVIL}（催报）.docx"]
    )
    assert "1．审计局.docx：文件不完整或已损坏" in texts[f"{AUDIT}（退回重报）.docx"]
    police = texts[f"{POLICE}（请确认版本）.docx"]
    assert all(
        one in police
        for one in ("公安局一.txt", "公安局二.txt", "书面说明以哪一份为准", "公安局二.txt：第三部分")
    )


def test_before_the_due_day_it_is_the_deadline(tmp_path):
    early = replace(season(), as_of=season().units[2].due)
    letters.write(early, ResultFolder(tmp_path), OutputOptions())

    assert "请于2025年1月31日前改正后重新报送" in text_of(tmp_path / "通知" / f"{EDUCATION}.docx")


def test_the_list_has_a_row_a_letter(folder):
    text = (folder / "邮件合并.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    assert sorted(row["文件"].removeprefix("通知/") for row in rows) == sorted(
        file.name for file in (folder / "通知").iterdir()
    )
    assert {row["联系人"] for row in rows} == {LIST_SAYS["联系人"]}
    assert {row["备注"] for row in rows} == {"'=1+1"}


def test_same_season_same_bytes(folder, tmp_path):
    letters.write(season(), ResultFolder(tmp_path), OutputOptions())

    for file in sorted(folder.rglob("*.*")):
        assert file.read_bytes() == (tmp_path / file.relative_to(folder)).read_bytes()


def test_letters_of_the_round_before_go_and_what_the_office_put_there_stays(tmp_path):
    letters.write(season(), ResultFolder(tmp_path), OutputOptions())
    (tmp_path / "通知" / "汇总说明.docx").write_bytes(b"x")
    passed = replace(season().units[2], state=State.PASSED)
    letters.write(replace(season(), units=(passed,)), ResultFolder(tmp_path), OutputOptions())
    names = {file.name for file in (tmp_path / "通知").iterdir() if EDUCATION in file.name}

    assert names == {f"{EDUCATION}（合格回执）.docx"}
    assert (tmp_path / "通知" / "汇总说明.docx").exists()


def test_units_learn_their_letters(tmp_path):
    steps = []
    written = write_season(season(), ResultFolder(tmp_path), progress=steps.append)

    names = ("通知", "台账.xlsx", "总览.html", "结果")
    assert list(dict.fromkeys((step.phase.value, step.name) for step in steps)) == [
        ("writing", name) for name in names
    ]
    units = len(season().units)
    assert {step.total for step in steps} == {len(names) * units}
    assert [step.done for step in steps if step.name == "通知"] == list(range(units + 1))
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert written.standing(EDUCATION).notice == f"通知/{EDUCATION}.docx"
    assert written.standing(JUSTICE).notice == f"通知/{JUSTICE}（合格回执）.docx"


def test_hostile_names_stay_in_the_folder(tmp_path):
    units = tuple(
        replace(season().units[5], unit=Unit(name))
        for name in ("../../a", "..\\a", "a/b", "a:b", "CON", "=cmd", "<x>&{单位}")
    )
    letters.write(replace(season(), units=units), ResultFolder(tmp_path), OutputOptions())
    files = list((tmp_path / "通知").iterdir())

    assert len(files) == len(units)
    assert "<x>&{单位}：" in text_of(tmp_path / "通知" / "_x_&{单位}（催报）.docx")
    assert {file.name for file in tmp_path.iterdir()} == {"通知", "邮件合并.csv", "信函模板.docx"}


def test_findings_of_one_cause_share_a_row():
    (finding,) = (one for one in season().results[2].findings if one.severity is Severity.ERROR)
    other = replace(finding, message="另一处。", place=replace(finding.place, column="commercial"))
    lone = replace(finding, rule="T3-05", severity=Severity.WARNING)
    result = replace(season().results[2], findings=(lone, finding, other))
    rows = problems_of(result, season().rulebook.rules, str)

    assert [(row.demand, row.count) for row in rows] == [("必须改正", 2), ("请核实", 1)]
    assert rows[0].what.startswith("（1）")
    assert rows[0].what.endswith("（2）另一处")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲县财政局与甲县民政局相同", "甲县财政局与另一单位相同"),
        ("甲县人民政府办公室", "另一单位"),
        ("甲县人民政府", "另一单位"),
        ("民政局", "民政局"),
        ("甲县民政", "另一单位"),
        ("", ""),
    ],
)
def test_longest_names_are_taken_out(text, shown):
    units = [
        Unit("甲县财政局"),
        Unit("甲县民政局", aliases=("甲县民政",)),
        Unit("甲县人民政府"),
        Unit("甲县人民政府办公室"),
    ]

    assert Discretion(units).text_for("甲县财政局", text) == shown


def test_what_is_wrong_beside_others_is_to_be_looked_into(tmp_path):
    """The message of a finding about one unit may name others all the same."""
    place = replace(
        season().findings[0].place,
        location=replace(season().findings[0].place.location, path="收件箱/县政府.txt"),
    )
    message = f"表三少于已报的所属单位之和，像是漏了{FINANCE}"
    alone = replace(
        season().findings[0],
        severity=Severity.ERROR,
        message=message,
        place=place,
        related=(),
        units=(GOVERNMENT,),
    )
    elsewhere = replace(
        alone, message="别处的", place=replace(place, location=replace(place.location, path="链接.csv"))
    )
    letters.write(replace(season(), findings=(alone, elsewhere)), ResultFolder(tmp_path), OutputOptions())
    text = text_of(tmp_path / "通知" / f"{GOVERNMENT}（合格回执）.docx")

    assert "请核实（1 处）" in text
    assert "必须改正（" not in text
    assert "像是漏了另一单位" in text
    assert "别处的" not in text


def test_the_report_is_called_what_its_kind_is_called(tmp_path):
    """Reports of other kinds may be in the same inbox."""
    first = season().results[0]
    other = replace(first.report.form, kind="website_report", report_names=("政府网站工作年度报表",))
    mixed = [replace(first, report=replace(first.report, form=other)), *season().results[1:]]
    letters.write(replace(season(), results=mixed), ResultFolder(tmp_path), OutputOptions())

    assert "2024年政府信息公开工作年度报告" in text_of(tmp_path / "通知" / f"{CIVIL}（催报）.docx")


@pytest.mark.parametrize(
    ("reply_by", "unit", "told"),
    [
        (None, EDUCATION, "收到本通知后 5 个工作日内"),
        (date(2025, 3, 20), EDUCATION, "2025年3月20日前"),
        (date(2025, 3, 20), CIVIL, "2025年3月20日前"),
    ],
)
def test_the_office_says_until_when_and_who_signs(tmp_path, reply_by, unit, told):
    options = OutputOptions(sender="云溪县政务公开办", reply_by=reply_by)
    letters.write(season(), ResultFolder(tmp_path), options)
    (letter,) = [file for file in (tmp_path / "通知").iterdir() if file.name.startswith(unit)]

    assert f"请于{told}" in text_of(letter)
    assert "云溪县政务公开办（盖章）" in text_of(letter)


def test_a_due_day_that_is_later_than_the_day_to_answer_stands(tmp_path):
    (mend,) = [one for one in season().units if one.unit.name == EDUCATION]
    made = replace(season(), units=(replace(mend, due=date(2025, 3, 31)),))
    letters.write(made, ResultFolder(tmp_path), OutputOptions(reply_by=date(2025, 3, 20)))

    assert "请于2025年3月31日前" in text_of(tmp_path / "通知" / f"{EDUCATION}.docx")
