"""The second official report: clean samples stay quiet, each fault gives one finding under its rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.model.findings import ReportResult
from checker.rulebook.store import load_rulebook
from checker.run.pipeline import CheckOptions, check_bytes
from website.website_faults import FAULTS
from website.website_sample import ROWS, page

REPORTS = Path(__file__).resolve().parents[2] / "reports_in"
OPTIONS = CheckOptions(today=date(2024, 3, 1))


def check(text: str) -> ReportResult:
    """The only result of a page."""
    [result] = check_bytes(load_rulebook(), text.encode(), "报表.html", OPTIONS)
    return result


def found(result: ReportResult) -> list[tuple[str, str | None, str]]:
    return [(one.rule, one.place.row, one.severity.value) for one in result.findings]


def test_the_sample_is_clean_and_shipped():
    [shipped] = REPORTS.glob("*网站*报表.html")
    assert shipped.read_text(encoding="utf-8") == page()
    assert found(check(page())) == []


def test_everything_is_read():
    report = check(page()).report
    assert report is not None
    identity = report.identity
    assert (report.form.kind, identity.agency, identity.year) == (
        "website_report",
        "禾川县人民政府办公室",
        2023,
    )
    cells = {row: cell.raw.replace(" ", "") for (row, _), cell in report.tables["W1"].cells.items()}
    assert cells == {key: value.replace(" ", "") for _, _, key, value in ROWS}
    assert report.tables["W1"].cell("innovations", "value").chosen == ("搜索即服务", "无障碍浏览")


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_one_finding(name):
    changes, rule, row, severity = FAULTS[name]
    assert found(check(page(**changes))) == [(rule, row, severity)]


UNITS = {
    "told before the table": ({}, "禾川县人民政府办公室"),
    "else in the title": ({"unit": None}, "禾川县人民政府"),
    "else the host": (
        {"unit": None, "title": "政府网站工作年度报表（2023年度）", "values": {"host": "禾川县水务局"}},
        "禾川县水务局",
    ),
    "in brackets behind the title": (
        {"unit": None, "title": "2023年度政府网站工作年度报表（禾川县人事考试中心）"},
        "禾川县人事考试中心",
    ),
    "no unit in brackets": (
        {"unit": None, "title": "2023年度政府网站工作年度报表（样表）", "values": {"host": "禾川县水务局"}},
        "禾川县水务局",
    ),
    "the unit stands above the title": ({"unit": "填报单位：禾川县水务局（盖章）"}, "禾川县水务局"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNITS)
def test_whose_report_it_is(case):
    changes, agency = UNITS[case]
    report = check(page(**changes)).report
    assert report is not None
    assert report.identity.agency == agency


TITLES = (
    "政府网站工作年度报表（2023年度）",
    "禾川县人民政府门户网站工作年度报表（2023年度）",
    "政府网站年度工作报表（2023年度）",
    "2023年度政府网站年度工作报表",
    "2023年禾川县水务局网站工作年度报表",
    "禾川县水务局2023年度政府网站工作年度报表",
    "《政府网站工作年度报表（2023年度）》",
    "2023年度政府网站工作年度报表（禾川县水务局）",
)


@pytest.mark.parametrize("title", TITLES)
def test_titles_as_they_are_written(title):
    result = check(page(title=title))
    assert result.report is not None
    assert (result.report.form.kind, result.report.identity.year) == ("website_report", 2023)
    assert found(result) == []


QUIET = {
    "blanks under a no": {
        "values": {
            "has_media": "□是 ☑否",
            **dict.fromkeys(
                (
                    "weibo_name",
                    "weibo_posts",
                    "weibo_followers",
                    "wechat_name",
                    "wechat_posts",
                    "wechat_subscribers",
                ),
                "",
            ),
        }
    },
    "ticks of other hands": {
        "values": {"has_drill": "√是 □否", "has_officer": "是√ 否□", "smart_answers": "是"}
    },
    "code of a ministry": {"values": {"site_code": "bm12345678"}},
    "spaces in the ICP number": {"values": {"icp": "黔 ICP 备 12345678 号"}},
    "nothing new": {"values": {"innovations": "□搜索即服务 □多语言版本 □无障碍浏览 □千人千网 □其他"}},
    "nothing at all but zeros": {
        "values": {"opinions": "0", "surveys": "0", "surveys_told": "0", "days": "0"}
    },
    "published in time": {"end": "发布时间：2024-01-31"},
}


@pytest.mark.parametrize("case", QUIET)
def test_what_is_right_is_not_found(case):
    assert found(check(page(**QUIET[case]))) == []


LATE = {
    # the end of the report, and the day that is told
    "each day on a line": ("发布日期：2024-01-31</p>\n<p>填报日期：2024年2月1日", "填报日期是2024年2月1日"),
    "all on one line": ("发布日期：2024-01-31 填报日期：2024年2月1日", "填报日期是2024年2月1日"),
    "both are late": ("填报日期：2024年2月1日</p>\n<p>发布时间：2024-02-06", "发布日期是2024年2月6日"),
}


@pytest.mark.parametrize("case", LATE)
def test_a_day_after_the_deadline_is_told_once(case):
    end, told = LATE[case]
    text = page(end=None).replace("</body>", f"<p>{end}</p></body>")
    [finding] = check(text).findings
    assert finding.rule == "WEB-50"
    assert finding.message.startswith(told)


def test_the_second_of_two_days_of_publication_counts_too():
    """Not in a page, whose frame tells one day only."""
    lines = [f"{row[1]}：{row[3]}" for row in ROWS]
    text = "\n".join(
        ["禾川县人民政府网站工作年度报表（2023年度）", "发布时间：2024-01-20", "发布日期：2024-02-20", *lines]
    )
    [result] = check_bytes(load_rulebook(), text.encode(), "报表.txt", OPTIONS)
    assert [one.message for one in result.findings if one.rule == "WEB-50"] == [
        "发布日期是2024年2月20日，比期限（2024年1月31日）晚了 20 天"
    ]


def test_places_name_row_and_group(tmp_path):
    """A row whose label others have too is named with its group; no column is spoken of."""
    result = check(page({"published": "6100", "wechat_posts": ""}))
    assert [one.place.row_label for one in result.findings] == [
        "信息发布／总数",
        "微信／信息发布量（单位：条）",
    ]
    assert "“微信／信息发布量”没有填写" in result.findings[1].message
    file = tmp_path / "报表.html"
    file.write_text(page({"published": "6100"}), encoding="utf-8")
    run = api.check_files([file], load_rulebook(), OPTIONS)
    text = "".join(api.render(run, "text"))
    assert "报表「信息发布／总数」" in text
    assert "「填写内容」" not in text


CAUSES = {
    # what is wrong with the figures, and the rules that find something: a cause is told once, two causes are two
    "a blank part": ({"news": ""}, {"WEB-05"}),
    "a blank elsewhere and a wrong total": ({"site_name": "", "published": "6210"}, {"WEB-05", "WEB-20"}),
    "a part that is no number": ({"news": "若干"}, {"WEB-06"}),
    "visits in ten thousands": ({"visits": "12.5万"}, {"WEB-06"}),
    "a unit behind what is less than it should be": ({"received": "30条"}, {"WEB-06"}),
    "half a letter, and too many answers": ({"responses": "7.5", "answered": "311"}, {"WEB-06", "WEB-31"}),
}


@pytest.mark.parametrize("case", CAUSES)
def test_what_follows_from_a_fault_is_not_told_again(case):
    values, rules = CAUSES[case]
    assert {one.rule for one in check(page(values)).findings} == rules


def test_terminal_and_page_say_which_kind_each_report_is():
    run = api.check_files(sorted(REPORTS.glob("禾川县人民政府*")), load_rulebook(), OPTIONS)
    for output in ("text", "html"):
        text = "".join(api.render(run, output))
        assert "识别为：网站报表，政府办公厅（室）（县级）" in text
        assert "识别为：年报，县级以上人民政府（县级）" in text


def test_both_kinds_in_one_inbox(tmp_path):
    """Each is judged by its own rules: beside the other kind nothing changes, and nothing foreign is found."""
    for path in REPORTS.iterdir():
        if path.suffix in (".html", ".txt", ".docx"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    for number, name in enumerate(list(FAULTS)[:12]):
        (tmp_path / f"报表{number}.html").write_text(page(**FAULTS[name][0]), encoding="utf-8")
    run = api.check_files(sorted(tmp_path.iterdir()), load_rulebook(), OPTIONS)
    kinds = set()
    for result in run.results:
        assert result.report is not None
        kind = result.report.form.kind
        kinds.add(kind)
        of_website = {
            one.rule.startswith("WEB") for one in result.findings if not one.rule.startswith("READ")
        }
        assert of_website <= {kind == "website_report"}
    assert kinds == {"annual_report", "website_report"}
