"""The body by what is its own, where neither title nor opening nor any sentence is about it."""

from __future__ import annotations

import pytest
from understanding import HEADINGS, report

REST = tuple(part for heading in HEADINGS[1:] for part in (heading, "按要求完成了有关工作。"))


def told(*said: str):
    return report("本报告依据条例编制。", HEADINGS[0], *said, *REST).identity


@pytest.mark.parametrize(
    ("said", "agency", "level"),
    [
        (
            "我局成立了由局长任组长的青禾县民政局政府信息公开工作领导小组，下设办公室。",
            "青禾县民政局",
            "department",
        ),
        ("我单位明确了不动产登记中心政务公开工作机构和联系人。", "不动产登记中心", "department"),
        ("我委修订《青禾市民族宗教事务委员会信息发布审核制度》。", "青禾市民族宗教事务委员会", "department"),
        ("我院开展义诊。利用青禾县中医院微信公众号，发布健康知识。", "青禾县中医院", "other"),
        ("一年来，我馆做好开放。通过“青禾市图书馆”公众号，推送信息12条。", None, "department"),
        (
            "全区共收到申请12件。青禾市柳河区政务微信平台共发布信息60条。",
            "青禾市柳河区人民政府",
            "government",
        ),
        (
            "全市新收政府信息公开申请31件。2023年，青禾市政府门户网站发布信息9条。",
            "青禾市人民政府",
            "government",
        ),
        ("2023年我区接到申请2条。利用青禾经开区微信公众号做好宣传。", "青禾经开区", "other"),
        ("我镇按要求公开。编制了《柳河镇信息公开指南》。", "柳河镇人民政府", "township"),
        ("我校及时公开招生信息，优化青禾市第一中学官网。", "青禾市第一中学", "other"),
    ],
)
def test_what_is_its_own_tells_the_body(said, agency, level):
    found = told(said)
    assert (found.agency, found.level) == (agency, level)


@pytest.mark.parametrize(
    "said",
    [
        # Another body's, of another sort than what it calls itself, of two bodies, or to be had there.
        "我局按时公开。通过青禾县人民政府门户网站发布信息6条。",
        "我局按时公开。依托青禾县融媒体中心公众号发布信息6条。",
        "我单位按时公开。通过青禾县融媒体中心公众号发布信息6条。",
        "我局按时公开。根据《青禾市教育局政府信息公开工作制度》，审查信息。",
        "我局按时公开。通过青禾县教育局微信公众号和利用青禾市体育局网站发布信息6条。",
        "我局按时公开。可在青禾县教育局网站下载。",
        "按时公开。通过青禾县教育局微信公众号发布信息6条。",
        "在青禾县教育局政务公开领导小组领导下，我局按时公开。",
    ],
)
def test_in_doubt_nobody(said):
    assert told(said).agency is None


@pytest.mark.parametrize(
    ("said", "agency", "tier"),
    [
        ("2023年，政务服务中心在区委、区政府的领导下，做好公开。", "政务服务中心", "county"),
        ("2023年，档案馆对照清单公开。县人民政府网站公开信息9条，按照县政府要求公示。", "档案馆", "county"),
        ("2023年，青禾市档案馆对照清单公开，按照区政府要求公示。", "青禾市档案馆", None),
        ("2023年，民政局遵循公开为常态的原则。", "民政局", None),
    ],
)
def test_the_text_tells_the_tier_of_a_body_without_a_place(said, agency, tier):
    found = told(said)
    assert (found.agency, found.tier) == (agency, tier)


@pytest.mark.parametrize(
    ("said", "agency", "level"),
    [
        ("我街道按要求公开。更新柳河街道概况。", "柳河街道", "subdistrict"),
        ("我镇按要求公开。维护柳河镇机构职能信息。", "柳河镇人民政府", "township"),
        ("我单位按要求公开。市水利局政府信息公开指南内容准确。", "市水利局", "department"),
        ("我局按要求公开。及时更新青禾县领导信息。", None, "department"),
        ("我局按要求公开。市政府信息公开指南内容准确。", None, "department"),
        ("2023年，柳河街道党工委、办事处按照区委部署，做好公开。", "柳河街道", "subdistrict"),
        ("2023年，青禾县柳河乡党委政府贯彻条例。", "青禾县柳河乡人民政府", "township"),
        ("2023年，县政府办公室在县政府门户网站主动公开信息20条。", "县政府办公室", "office"),
        ("2023年，县政府在县政府门户网站公开信息20条。", None, None),
        ("2023年，青禾水务有限公司在市政务办的指导下，做好公开。", "青禾水务有限公司", "other"),
        ("青禾公交集团严格按照条例做好公开。", "青禾公交集团", "other"),
    ],
)
def test_what_the_first_section_says_of_the_body(said, agency, level):
    found = told(said)
    assert (found.agency, found.level) == (agency, level)


@pytest.mark.parametrize(
    ("opening", "said", "agency"),
    [
        (
            "由青禾县行政审批局编制。如有疑问，请与青禾城投集团有限公司办公室联系。",
            "我公司做好公开，我集团没有收到申请。",
            "青禾城投集团有限公司",
        ),
        (
            "本报告由青禾县人民政府办公室编制。如有疑问，请与青禾县水利局办公室联系。",
            "我局做好公开。",
            "青禾县水利局",
        ),
        (
            "由青禾县政务服务局编制。如有疑问，请与青禾县柳河镇党政办公室联系。",
            "我镇做好公开。",
            "青禾县柳河镇人民政府",
        ),
        ("由青禾县水利局编制。如有疑问，请与青禾县柳河镇联系。", "我局做好公开。", "青禾县水利局"),
        ("由青禾县水利局编制。如有疑问，请与青禾县柳河镇联系。", "做好公开。", "青禾县水利局"),
        (
            "现公布青禾县人民政府2023年政府信息公开工作年报。请与青禾县水利局联系。",
            "我局做好公开。",
            "青禾县人民政府",
        ),
    ],
)
def test_of_several_named_it_is_the_one_that_calls_itself_so(opening, said, agency):
    assert report(opening, HEADINGS[0], said, *REST).identity.agency == agency


@pytest.mark.parametrize("plan", ["2024年将继续做好。", "2024年，我局将继续做好。", "2024年度将完善。"])
def test_a_plan_tells_no_year(plan):
    assert told(f"2023年收到申请3件。{plan}").year == 2023
