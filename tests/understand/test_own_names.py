"""Which words are the reporting body itself: short forms of its name, and names that only look like them."""

from __future__ import annotations

import pytest
from understanding import load

from checker.api import check
from checker.understand.own_names import own_name_rules

RULES = own_name_rules(load("bodies.yaml")["own_names"])
BODIES = load("../tests/understand/own_names.yaml")


@pytest.mark.parametrize("body", BODIES)
def test_short_names(body):
    own, others = BODIES[body]
    names = RULES.of(body)
    assert [name for name in own if not names.recognises(name)] == []
    assert [name for name in others if names.recognises(name)] == []
    assert names.recognises(body)


def test_no_body_has_no_names():
    names = RULES.of(None)
    assert not names.recognises("县财政局")
    assert list(names.spoken("县财政局收到申请。")) == []


@pytest.mark.parametrize(
    ("body", "text", "found"),
    [
        ("永泰县财政局", "2024年，县财政局收到申请。", ["县财政局"]),
        ("永泰县财政局", "2024年，永泰县财政局收到申请。", ["永泰县财政局"]),
        ("永泰县财政局", "市财政局收到申请，财政局予以协助。", ["财政局"]),
        ("东港区红星街道办事处", "2024年街道收到申请，红旗街道没有。", ["街道"]),
        ("东港区红星街道办事处", "各街道收到申请。", []),
        ("东港区红星街道办事处", "红星街道收到申请。", ["红星街道"]),
        ("东山海关", "关区各单位收到申请。", ["关区各单位"]),
    ],
)
def test_names_in_a_text(body, text, found):
    longest: list[tuple[int, int]] = []
    for name in sorted(RULES.of(body).spoken(text), key=lambda name: name.start - name.end):
        if all(name.end <= first or last <= name.start for first, last in longest):
            longest.append((name.start, name.end))
    assert [text[start:end] for start, end in sorted(longest)] == found


REPORT = """{body}2024年政府信息公开工作年度报告
一、总体情况
{sentence}
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
| | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| 一、本年新收政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |
| 二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| （一）予以公开 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |
| （七）总计 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |
| 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
"""


@pytest.mark.parametrize(
    ("body", "subject", "compared"),
    [
        ("永泰县财政局", "县财政局", True),
        ("永泰县财政局", "市财政局", False),
        ("永泰县财政局", "县税务局", False),
        ("丰城市人民政府办公室", "市政府办", True),
        ("丰城市人民政府", "市政府办公室", False),
        ("丰城市人民政府", "全市各级行政机关", True),
        ("丰城市公安局东港区分局", "东港区公安分局", True),
        ("丰城市公安局东港区分局", "市公安局", False),
        ("国家税务总局永泰县税务局", "全系统", True),
        ("海西高新技术产业开发区管理委员会", "我区", True),
        ("东港区红星街道办事处", "街道", True),
        ("东港区红星街道办事处", "各街道", False),
    ],
)
def test_figures_under_a_short_name_are_the_bodys_own(body, subject, compared):
    sentence = f"2024年，{subject}共收到政府信息公开申请7件。"
    result = check(REPORT.format(body=body, sentence=sentence).encode(), name="一.txt")
    assert ("TXT-01" in {finding.rule for finding in result.findings}) is compared
