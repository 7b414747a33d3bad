"""Text from which characters were lost is recognised, once; single slips of an author are not."""

import re

import pytest
from samples import COUNTY_2023, DEPARTMENT_2024, write

from checker.api import check
from checker.readers import read_document

LOST = {
    "年 and 月 between digits": lambda text: re.sub(r"(?<=\d)[年月](?=\d)", "", text),
    "those and the bracket": lambda text: re.sub(r"(?<=\d)[年月〕](?=\d)", "", text),
    "年, stars in its place": lambda text: re.sub(r"(?<=\d)年(?=\d)", "**", text),
    "all digits of the text": lambda text: re.sub(r"\d(?=[^\t\n]*[，。）])", "", text),
}


def notes(text):
    return [note.code for note in read_document(text.encode(), "年报.txt").notes]


@pytest.mark.parametrize("report", [COUNTY_2023, DEPARTMENT_2024], ids=["county", "department"])
@pytest.mark.parametrize("way", LOST)
def test_losses_are_one_finding(report, way):
    spoilt = LOST[way](write(report, "txt").decode())
    assert notes(spoilt) == ["lost_characters"]
    findings = check(spoilt.encode(), name="年报.txt").findings
    rules = [finding.rule for finding in findings if finding.rule[:3] in ("INT", "DAT", "REA", "STY")]
    assert rules == ["READ-01"]


def test_numbers_without_units_are_losses_beside_another():
    lines = "公开文件44、会议信息41、新闻发布会信息57，办理申请91，均已办结。"
    assert notes(lines) == []
    assert notes(f"国办公开办函〔202130）要求，编制本报告。\n{lines}") == ["lost_characters"]


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔202130号。",
        "2024年1月1日至2024年12月31日，国办公开办函〔2021〕30号。",
        "电话20241101，编号20241231号，邮编202411。",
        "某局 年 月 日\n自 年1月1日至 年12月31日",
    ],
)
def test_single_slips_and_whole_text_have_no_note(text):
    assert notes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "统计期自202411日起至12月31日止。",
        "所列数据的统计期限自年1月1日起至年12月31日止。",
        "数据统计时间从2024年月日起到2024年12月31日止。",
        "所列数据的统计时限为20231月1日至2023年12月31日。",
        "统计期限从2024年1月1日到202412月31日。",
        "统计期限自2024年1月1日起至202年12月31日止。",
    ],
)
def test_a_period_that_lost_a_character_cannot_be_read(text):
    assert notes(text) == ["lost_characters"]


ROW = "某项内容 3 0 1 4"


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ([ROW] * 5, ["rows_as_text"]),
        ([ROW] * 3, []),
        (["去年收到 3 件，今年收到 4 件，合计 7 件。"] * 9, []),
        (["3 0 1 4"] * 6, ["rows_as_text"]),
    ],
    ids=["rows", "too few", "sentences", "figures alone"],
)
def test_rows_that_are_in_no_table_are_noted(lines, codes):
    assert notes("\n\n".join(["说明", *lines])) == codes
