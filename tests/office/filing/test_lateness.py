"""Being late cannot be mended: it is told in days, and is no error that stands between a unit and 已报合格."""

from __future__ import annotations

import pytest
from collecting import collect
from county import UNITS, report, with_wrong_cell
from inbox import put
from letter_files import text_of
from samples import write
from workbook_reading import Reading

FINANCE, POLICE = "云溪县财政局", "云溪县公安局"
LIST = f"单位,类别,层级\n{FINANCE},部门,县级\n{POLICE},部门,县级\n"


@pytest.fixture(scope="module")
def came(tmp_path_factory):
    """One unit is late and nothing else, one is late and has an error."""
    office = tmp_path_factory.mktemp("office")
    put(office, {"单位.csv": LIST.encode("utf-8-sig")})
    late = {unit: report(UNITS[unit], signed="2月6日") for unit in (FINANCE, POLICE)}
    put(
        office / "收件箱",
        {"一.txt": write(late[FINANCE], "txt"), "二.txt": write(with_wrong_cell(late[POLICE]), "txt")},
    )
    return collect(office, "收件箱", "--units", "单位.csv", "--today", "2025-02-10")


@pytest.mark.parametrize(
    ("unit", "state", "why", "errors"),
    [
        (FINANCE, "passed", "没有须改的错误，迟报 6 天", 0),
        (POLICE, "to_mend", "1 处错误，迟报 6 天", 1),
    ],
)
def test_what_is_to_be_mended_is_counted_without_it(came, unit, state, why, errors):
    pytest.importorskip("xlsxwriter")
    told = came.unit(unit)
    sheet = {row["单位"]: row for row in Reading(came.files["台账.xlsx"]).table("单位")}
    page = came.files["总览.html"].decode()
    block = page[page.index(f"<h2>{unit}</h2>") :].partition("</summary>")[0]

    assert (told["state"], told["why"], told["days_late"]) == (state, why, 6)
    assert told["counts"]["error"] == errors + 1  # the finding itself is a finding of its report
    assert (sheet[unit]["错误"], sheet[unit]["迟几天"]) == (str(errors), "6")
    assert ("迟 6 天" in block, f"错误 {errors + 1}" in block) == (True, False)


def test_the_summary_says_the_same(came):
    assert f"{POLICE} 1 处错误" in came.out
    assert f"迟报 2 家  {FINANCE} 晚 6 天、{POLICE} 晚 6 天" in came.out


def test_a_signature_that_has_not_come_yet_says_nothing_of_when_it_came_in(tmp_path):
    put(tmp_path, {"单位.csv": LIST.encode("utf-8-sig")})
    ahead = report(UNITS[FINANCE], signed="8月3日")
    police = {
        "八月.txt": report(UNITS[POLICE], signed="8月3日"),
        "一月.txt": with_wrong_cell(report(UNITS[POLICE])),
    }
    files = {"财政.docx": write(ahead, "docx"), **{name: write(one, "txt") for name, one in police.items()}}
    put(tmp_path / "收件箱", files)
    came = collect(tmp_path, "收件箱", "--units", "单位.csv", "--today", "2025-02-10")
    unit = came.unit(FINANCE)
    letter = text_of(tmp_path / "结果" / "通知" / f"{FINANCE}（合格回执）.docx")

    assert (unit["state"], unit["received"], unit["days_late"]) == ("passed", None, None)
    assert "落款 2025-08-03 晚于今天" in unit["why"]
    assert "收到，经核对" in letter
    assert "落款日期写的是2025年8月3日，这一天还没有到，请核对改正。" in letter
    assert came.unit(POLICE)["state"] == "undecided"  # a wrong date does not say which is the later one
    assert came.unit(POLICE)["days_late"] == 0
    assert [one["rule"] for one in came.told["findings"] if FINANCE in one["units"]] == []
