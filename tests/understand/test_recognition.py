"""What is a report, and whose it is where no title says it."""

from __future__ import annotations

import pytest
from understanding import HEADINGS, document, library, load, report

from checker.model.errors import NotAReportError
from checker.understand import understand

BODY = "本局按要求完成了有关工作。"
REST = tuple(part for heading in HEADINGS for part in (heading, BODY))
OPENINGS = load("../tests/understand/openings.yaml")


@pytest.mark.parametrize("opening", OPENINGS)
def test_an_opening_names_the_body(opening):
    assert report(opening, *REST).identity.agency == OPENINGS[opening]


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_torn_report_is_a_report_with_missing_sections(opening):
    assert [section.number for section in report(opening, *REST[:2]).sections] == [1]


@pytest.mark.parametrize(
    ("page", "agency", "title"),
    [
        ("山南县民政局2024年政府信息公开工作年度报告_山南县人民政府", "山南县民政局", True),
        ("山南县人民政府 - 山南县水利局2024年政府信息公开工作年度报告", "山南县水利局", True),
        ("山南县人民政府门户网站", None, False),
        ("政府信息公开年报", None, False),
    ],
)
def test_the_title_of_a_page(page, agency, title):
    found = understand(document("编制说明一段。", *REST, title=page), library())
    assert found.identity.agency == agency
    assert (found.title is not None) is title


def test_the_first_sentence_of_section_one_names_the_body():
    found = report(HEADINGS[0], "2023年，山南县司法局坚持公开为常态。", *REST[2:])
    assert found.identity.agency == "山南县司法局"


def test_a_signature_gives_the_full_name():
    title = "民政局2024年政府信息公开工作年度报告"
    assert report(title, *REST, "山南县民政局", "2025年1月20日").identity.agency == "山南县民政局"


def test_a_place_alone_is_its_government():
    found = report("山南县2024年政府信息公开工作年度报告", *REST)
    assert (found.identity.agency, found.identity.level) == ("山南县人民政府", "government")
    assert found.identity.written == "山南县"


SECTIONS = ("一、主动公开政府信息情况", "二、依申请公开", "三、监督方式")


@pytest.mark.parametrize(
    "lines",
    [
        ("山南县人民政府信息公开指南", "为方便公众获取政府信息，编制本指南。", *SECTIONS),
        ("山南县政府信息公开工作年度报告制度（试行）", "第一条 为规范年度报告，制定本制度。", *HEADINGS),
        (
            "关于做好2024年政府信息公开工作年度报告编制发布工作的通知",
            "各镇人民政府：",
            "现将有关事项通知如下。",
            HEADINGS[0],
        ),
        ("中华人民共和国政府信息公开工作年度报告格式", "根据条例第五十条制定。", *HEADINGS),
        (
            "东山大学2022-2023学年信息公开年度报告",
            "根据《高等学校信息公开办法》编制。",
            "一、概述",
            "二、主动公开情况",
        ),
        (
            "关于呈报2023年度政府信息公开工作年度报告的函",
            "市政务公开领导小组办公室：",
            "现将本局年度报告呈上，请查收。",
            "附件：山南县水务局2023年政府信息公开工作年度报告",
            "山南县水务局",
            "2024年1月12日",
        ),
        (
            "山南县召开2024年政府信息公开年报编制培训会",
            "会议就总体情况、主动公开政府信息情况作了说明。",
            "会后答疑。",
        ),
        ("中华人民共和国政府信息公开条例", "第一章 总则", "第一条 为了保障公民依法获取政府信息。"),
        ("2024年政府网站工作年度报表", "填报单位：山南县人民政府办公室", "网站名称"),
    ],
)
def test_other_texts_are_no_reports(lines):
    with pytest.raises(NotAReportError):
        report(*lines)


@pytest.mark.parametrize("menu", ["政府信息公开指南", "政府信息公开制度", "政府信息公开年报", "通知公告"])
def test_the_menu_of_a_page_says_nothing(menu):
    found = report(menu, "法定主动公开内容", "山南县民政局2024年政府信息公开工作年度报告", "说明。", *REST)
    assert found.identity.agency == "山南县民政局"
