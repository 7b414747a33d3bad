"""Squeezed text and its way back: what a rule matches, a person can find on the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.numerals import half_width
from checker.model.text import label_key, squeeze

SQUEEZED = {
    "2024年1月24 日": "2024年1月24日",
    "商 业 企 业": "商业企业",
    "　　一、总体情况": "一、总体情况",
    "２０２４年": "2024年",
    "共 12 件": "共12件",
    "gov cn": "gov cn",
    "12 34": "12 34",
    "电话 0595 8568": "电话0595 8568",
    "a\u200bb": "a b",
    "20\u206024年": "2024年",
    "\u202a3\u202c.其\u034f他": "3.其他",
    "公\x02开\ufe00": "公开",
    "𝟐𝟎𝟮𝟰年": "2024年",
    "甲\u3000乙\t丙": "甲乙丙",
    " a": "a",
    "a ": "a",
    "甲 a b 乙": "甲a b乙",
    "": "",
    "   ": "",
    "ＡＢＣ": "ABC",
}


@pytest.mark.parametrize("raw", SQUEEZED)
def test_squeezed(raw):
    assert squeeze(raw).text == SQUEEZED[raw]


RAW = st.text(st.sampled_from("甲乙１2aB @.　 \t\n\u200b、（"), max_size=40)


@given(RAW | st.text(max_size=40), st.data())
def test_a_span_leads_back_to_what_it_was_read_from(raw, data):
    squeezed = squeeze(raw)
    start = data.draw(st.integers(0, len(squeezed.text)))
    end = data.draw(st.integers(start, len(squeezed.text)))
    first, last = squeezed.raw_span(start, end)
    assert 0 <= first <= last <= len(raw)
    # The raw words, squeezed on their own, are the words that were matched.
    assert squeeze(raw[first:last]).text.strip() == squeezed.text[start:end].strip()
    if start == end:
        assert first == last


@given(RAW)
def test_squeezing_twice_changes_nothing(raw):
    once = squeeze(raw).text
    assert squeeze(once).text == once


@given(RAW)
def test_no_character_is_lost_or_moved(raw):
    squeezed = squeeze(raw)
    kept = [character for character in half_width(raw) if not (character.isspace() or character == "\u200b")]
    assert [character for character in squeezed.text if character != " "] == kept


LABELS = {
    "（一）予以公开": "一予以公开",
    "(一)予以公开": "一予以公开",
    "1. 商 业企业": "1商业企业",
    "本年增/减": "本年增减",
    "ABC": "abc",
    "《条例》": "条例",
    "——": "",
}


@pytest.mark.parametrize("raw", LABELS)
def test_labels_compare_without_their_signs(raw):
    assert label_key(raw) == LABELS[raw]
