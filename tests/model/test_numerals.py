"""Numbers as people write them: what each way of writing means, and that nothing is lost on the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.numerals import CellState, half_width, parse_cell, parse_chinese, parse_whole

CELLS = {
    # The text, then its state, value, unit, and whether it has a sign.
    "12": ("number", 12, "", False), "0": ("number", 0, "", False), "007": ("number", 7, "", False),
    "１２": ("number", 12, "", False), " 1 2 ": ("number", 12, "", False), "1　2": ("number", 12, "", False),
    "1,024": ("number", 1024, "", False), "1，024": ("number", 1024, "", False), "1,024,000": ("number", 1024000, "", False),
    "1 247": ("number", 1247, "", False), "1 247 000": ("number", 1247000, "", False), "1 8 2 3 4": ("number", 18234, "", False), "+1 2件": ("number", 12, "件", True),
    "12345\n6": ("number", 123456, "", False), "1234\n56件": ("number", 123456, "件", False), "1 247\n件": ("number", 1247, "件", False),
    "18234 1": ("unreadable", None, "", False), "12 47": ("unreadable", None, "", False), "1\n0": ("unreadable", None, "", False), "12\n3": ("unreadable", None, "", False),
    "1\n8\n2": ("unreadable", None, "", False), "12 3件": ("unreadable", None, "", False),
    "12.50": ("number", Decimal("12.50"), "", False), "１２．５": ("number", Decimal("12.5"), "", False), "1,024.5": ("number", Decimal("1024.5"), "", False),
    "+4": ("number", 4, "", True), "＋4": ("number", 4, "", True), "-4": ("number", -4, "", True), "－4": ("number", -4, "", True), "−4": ("number", -4, "", True),
    "增4": ("number", 4, "", True), "增加4": ("number", 4, "", True), "减4": ("number", -4, "", True), "减少4": ("number", -4, "", True), "-0": ("number", 0, "", True),
    "3件": ("number", 3, "件", False), "3 件": ("number", 3, "件", False), "12.5万元": ("number", Decimal("12.5"), "万元", False), "5%": ("number", 5, "%", False),
    "": ("blank", None, "", False), "   ": ("blank", None, "", False), "　": ("blank", None, "", False), "\u200b": ("blank", None, "", False), "\n": ("blank", None, "", False),
    "-": ("dash", None, "", False), "—": ("dash", None, "", False), "——": ("dash", None, "", False), "－": ("dash", None, "", False),
    "/": ("slash", None, "", False), "／": ("slash", None, "", False), "\\": ("slash", None, "", False), "//": ("slash", None, "", False),
    "无": ("none_word", None, "", False), "不适用": ("none_word", None, "", False), "N/A": ("none_word", None, "", False), "无此项": ("none_word", None, "", False),
    "约3": ("unreadable", None, "", False), "3-5": ("unreadable", None, "", False), "1,02": ("unreadable", None, "", False), "1,0245": ("unreadable", None, "", False),
    "1.2.3": ("unreadable", None, "", False), "1.": ("unreadable", None, "", False), ".5": ("unreadable", None, "", False), "三": ("unreadable", None, "", False),
    "12件次以上的": ("unreadable", None, "", False), "O": ("unreadable", None, "", False), "--3": ("unreadable", None, "", False), "1e3": ("unreadable", None, "", False),
    "٣": ("number", 3, "", False), "9" * 30: ("number", int("9" * 30), "", False), "9" * 31: ("unreadable", None, "", False),
}  # fmt: skip


@pytest.mark.parametrize("text", CELLS)
def test_cell(text):
    parsed = parse_cell(text)
    assert (parsed.state.value, parsed.value, parsed.unit, parsed.signed) == CELLS[text]
    assert type(parsed.value) is type(CELLS[text][1])
    # Money keeps its digits: 12.50 is not 12.5.
    assert str(parsed.value) == str(CELLS[text][1])


CHINESE = {
    "零": 0, "〇": 0, "一": 1, "两": 2, "十": 10, "十六": 16, "二十": 20, "二十五": 25, "一百": 100, "一百零五": 105, "一百一十": 110, "一百二十三": 123,
    "一千零一": 1001, "两千": 2000, "三千五百": 3500, "一万": 10_000, "三万五千": 35_000, "十二万": 120_000, "一百二十万零三": 1_200_003, "一亿": 10**8,
    "二〇二四": 2024, "二○二四": 2024, "二零二四": 2024, "一二三": 123,
    "": None, "一个": None, "12": None, "百分之五": None, "零点五": None,
}  # fmt: skip


@pytest.mark.parametrize("text", CHINESE)
def test_chinese(text):
    assert parse_chinese(text) == CHINESE[text]


WHOLE = {
    "12": 12, "１２": 12, "1,024": 1024, "1，024": 1024, " 1 2": 12, "十二": 12, "二〇二四": 2024, "12.5": None, "": None, "-1": None, "9" * 31: None, "3件": None,
}  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_whole(text):
    assert parse_whole(text) == WHOLE[text]


UNITS = ("", "十", "百", "千")
DIGITS = "零一二三四五六七八九"


def in_chinese(number):
    """A number below 100 million as a person writes it; written here independently of the parser."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if rest and rest < 1000 else ""
        return in_chinese(number // 10_000) + "万" + (gap + in_chinese(rest) if rest else "")
    text = ""
    for position in range(3, -1, -1):
        digit = number // 10**position % 10
        if digit:
            text += DIGITS[digit] + UNITS[position]
        elif text and text[-1] != "零" and number % 10**position:
            text += "零"
    return text or "零"


@given(st.integers(0, 99_999_999))
def test_chinese_there_and_back(number):
    assert parse_chinese(in_chinese(number)) == number
    assert parse_whole(in_chinese(number)) == number


@given(st.integers(0, 10**15), st.booleans(), st.booleans())
def test_figures_there_and_back(number, grouped, wide):
    text = f"{number:,}" if grouped else str(number)
    if wide:
        text = text.translate({ord(str(digit)): "０１２３４５６７８９"[digit] for digit in range(10)})
    assert parse_cell(text).value == number
    assert parse_whole(text) == number


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_money_there_and_back(amount):
    parsed = parse_cell(f"{amount:,}万元")
    assert (parsed.state, str(parsed.value), parsed.unit) == (CellState.NUMBER, str(amount), "万元")


@given(st.text(max_size=20))
def test_any_text_has_a_state(text):
    parsed = parse_cell(text)
    assert (parsed.value is None) == (parsed.state is not CellState.NUMBER)
    parse_whole(text)
    parse_chinese(text)


@given(st.text(max_size=30))
def test_half_width_keeps_every_offset(text):
    plain = half_width(text)
    assert len(plain) == len(text)
    assert half_width(plain) == plain
