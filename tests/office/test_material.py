"""What an office gives besides its inbox: reports of earlier years, saved pages; and what its rules are called."""

from __future__ import annotations

import pytest
from collecting import collect
from county import UNITS, report, with_text
from inbox import put
from samples import write

FINANCE, AUDIT = "云溪县财政局", "云溪县审计局"
GIVEN = ("--units", "单位.csv", "--today", "2025-02-10", "--year", "2024")


def phone(unit):
    return f"0745-555{1000 + unit.number}"


@pytest.fixture
def office(tmp_path):
    """Two units, of which the second gives the telephone number of the first."""
    finance, audit = UNITS[FINANCE], UNITS[AUDIT]
    wrong = with_text(report(audit), phone(audit), phone(finance))
    put(tmp_path, {"单位.csv": f"单位\n{AUDIT}\n{FINANCE}\n".encode()})
    put(tmp_path / "收件箱", {"财政.txt": write(report(finance), "txt"), "审计.txt": write(wrong, "txt")})
    put(tmp_path / "去年", {"财政.txt": write(report(finance, year=2023), "txt")})
    return tmp_path


def of_rule(came, rule):
    return [one for one in came.told["findings"] if one["rule"] == rule]


def test_whose_a_number_is_say_reports_of_earlier_years(office):
    (unknown,) = of_rule(collect(office, "收件箱", *GIVEN), "SET-06")
    (known,) = of_rule(collect(office, "收件箱", *GIVEN, "--previous", "去年", results="二"), "SET-06")

    assert unknown["evidence"]["owners"] == []
    assert known["evidence"]["owners"] == [FINANCE]
    assert known["units"] == [AUDIT, FINANCE]
    assert "按别的年度的报告" in known["message"]


def test_rules_are_called_by_their_chinese_name(office):
    came = collect(office, "收件箱", *GIVEN)

    assert "规则集 全国通用 sha256:" in came.files["总览.html"].decode()
    assert "national" not in came.files["总览.html"].decode()


def saved(*lines):
    items = "".join(f"<li><a href='{number}.html'>{line}</a></li>" for number, line in enumerate(lines))
    return f"<html><body><ul>{items}</ul></body></html>".encode()


def test_a_saved_list_of_reports_is_no_page_of_a_report(office):
    frame = [f"栏目{number}" for number in range(9)]
    titles = [
        f"{name}2024年政府信息公开工作年度报告" for name in (FINANCE, AUDIT, "云溪县民政局", "云溪县教育局")
    ]
    pages = {
        "目录.html": saved(*frame, *titles, *frame),
        "附件.html": saved(*frame, "年度报告见附件。", *frame),
    }
    put(office / "网页", pages)

    found = of_rule(collect(office, "收件箱", *GIVEN, "--published", "网页"), "PUB-02")

    assert [one["evidence"]["page"] for one in found] == ["网页/附件.html"]


def test_a_page_with_the_title_alone_has_its_report_attached(office):
    title = f"<h1>{FINANCE}2024年政府信息公开工作年度报告</h1><p>发布时间：2025-01-20</p>"
    page = f"<html><body>{title}<p>附件：年报.pdf</p></body></html>".encode()
    put(office / "网页", {"财政局.html": page})

    came = collect(office, "收件箱", *GIVEN, "--published", "网页")

    (found,) = of_rule(came, "PUB-02")
    assert "只有标题，没有正文" in found["message"]
    assert of_rule(came, "PUB-04") + of_rule(came, "SET-09") == []
