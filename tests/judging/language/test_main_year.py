"""Which year the first section is taken to speak of, and when that is left open."""

from __future__ import annotations

import pytest
from judging import rulebook

from checker.judging.judgement import CannotJudge
from checker.workbench.sample_subject import sample_subject

SPOKEN_OF = {
    "2023年，本机关公开信息20条。": 2023,
    "（一）主动公开情况。2023年公开信息20条。": 2023,
    "一是2023年公开信息20条。二是更新指南，发布2022年街道政府信息公开年度报告。": 2023,
    "2023年，收到申请5件。2024年3月开展培训。2023年底办结。": 2023,
    "某县某局2023年收到申请5件，较2022年减少2件。全县2023年举办培训一次。": 2023,
    "1.2023年度公开信息20条；2.比2022年增加5条。": 2023,
}  # fmt: skip
LEFT_OPEN = {
    "本年度收到申请5件，余0件转2024年度办理。": "没有写年份",
    "更新指南，发布2020年街道政府信息公开年度报告。": "没有写年份",
    "按照《2023年政务公开工作要点》（2023年印发），公开信息20条。": "没有写年份",
    "收到的申请较2022年增加。": "只提到一次年份",
    "2022年结转4件，2023年受理30件，办结28件。": "只提到一次年份",
    "2023年公开信息20条。2022年公开信息15条。": "几个年份",
}  # fmt: skip


def main_year(text):
    subject = sample_subject(rulebook(), {"text": {1: text}})
    return rulebook().language.items.resolve("正文主要年份").get(subject)[0]


@pytest.mark.parametrize(("text", "year"), SPOKEN_OF.items())
def test_year_that_sentences_begin_with(text, year):
    assert main_year(text) == year


@pytest.mark.parametrize(("text", "reason"), LEFT_OPEN.items())
def test_years_in_passing_are_no_main_year(text, reason):
    with pytest.raises(CannotJudge, match=reason):
        main_year(text)
