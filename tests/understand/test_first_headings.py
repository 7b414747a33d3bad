"""Headings that are hard to see or only look like some: in a paragraph, in other words, counted anew inside."""

from __future__ import annotations

import pytest
from understanding import HEADINGS, TITLE, report

BODY = "本局按要求完成了有关工作。"
FUSED = (
    "本报告按规定编写。 一、总体情况 2024年，本局更新栏目，公开信息十二条，答复申请三件，培训一次，没有追责。"
)


@pytest.mark.parametrize(
    "fused",
    [
        FUSED,
        f"{FUSED} 二、主动公开政府信息情况",
        f"{FUSED} 一、主动公开。更新了栏目。",
        f"{FUSED} 一、主动公开，拓宽渠道 更新了栏目。 二、依申请公开，按期答复 收到三件。 二、主动公开政府信息情况",
    ],
)
def test_the_first_heading_in_the_paragraph_of_the_opening(fused):
    last = fused.count("主动公开政府信息情况") + 1
    found = report(
        TITLE, fused, *(part for h in HEADINGS[last:] for part in (h, "本局按要求完成了有关工作。"))
    )
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert [text.paragraph.text for text in found.texts if text.section == 0] == ["本报告按规定编写。"]


@pytest.mark.parametrize(
    "fused",
    [
        "本报告包括 一、总体情况 等部分。",
        "本报告分为： 二、主动公开政府信息情况 以及其他各个部分，数据统计期限为2024年全年，供各界查阅、监督、提意见。",
    ],
)
def test_what_is_no_first_heading_in_a_paragraph(fused):
    found = report(TITLE, fused, *(part for h in HEADINGS[1:] for part in (h, "本局按要求完成了有关工作。")))
    assert [section.number for section in found.sections] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("title", "number"), [("一、年度要点完成情况", 1), ("一、公开工作回顾", 1), ("一、机构职能", None)]
)
def test_an_overview_in_other_words(title, number):
    found = report(
        TITLE, *(part for h in (title, *HEADINGS[1:]) for part in (h, "本局按要求完成了有关工作。"))
    )
    assert [found.sections[0].number, found.sections[0].wording] == [number, "odd" if number else "foreign"]


@pytest.mark.parametrize(
    ("chapter", "inner", "wording"),
    [
        ("一、报告内容", "（一）总体情况", "odd"),
        ("一、2024年工作情况", "（一）总体情况", "odd"),
        ("一、总体情况", "（一）总体情况", "standard"),
    ],
)
def test_the_chapter_around_the_overview_is_the_first_section(chapter, inner, wording):
    found = report(
        TITLE, chapter, inner, BODY, "（二）主动公开情况", BODY, *(p for h in HEADINGS[1:] for p in (h, BODY))
    )
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    first = found.sections[0]
    assert (f"一、{first.title}", first.wording) == (chapter, wording)


@pytest.mark.parametrize(
    "points",
    [
        ("一、主动公开政府信息情况", "二、依申请公开情况", "三、信息管理情况"),
        ("一、加强领导。成立专班。", "二、主动公开政府信息情况。公开十条。", "三、收到申请情况。收到一件。"),
        ("一、主动公开", "二、存在的问题", "三、行政复议和行政诉讼情况", "四、其他事项"),
    ],
)
@pytest.mark.parametrize("section", [1, 5])
def test_a_count_that_begins_again_inside_a_section(section, points):
    inside = (part for point in points for part in (point, BODY))
    found = report(
        TITLE, *(p for n, h in enumerate(HEADINGS, 1) for p in (h, BODY, *(inside if n == section else ())))
    )
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    texts = [text.paragraph.text for text in found.texts if text.section == section]
    assert set(points) <= set(texts)


def test_a_wrong_number_is_no_inner_list():
    headings = [HEADINGS[0], "一、主动公开政府信息情况", *HEADINGS[2:]]
    found = report(TITLE, *(part for heading in headings for part in (heading, BODY)))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
