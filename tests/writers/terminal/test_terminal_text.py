"""Text on a grid of cells: harmless, measured, cut, wrapped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.writers.shared.text_cells import (
    column_text,
    cut,
    cut_front,
    cut_middle,
    harmless,
    pad,
    width,
    wrap,
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("临河市水务局", "临河市水务局"),
        ("  两边 有空白\u3000 ", "两边 有空白"),
        ("换\n行\r\n\t制表", "换 行 制表"),
        ("\x1b[31m红\x1b[0m", "[31m红[0m"),
        ("\x9b31m\x07响铃", "31m响铃"),
        ("[red]标记[/red]", "[red]标记[/red]"),
        ("反\u202e向\u2066字\u200f", "反向字"),
        ("零\u200b宽\ufeff", "零宽"),
        ("行\u2028段\u2029", "行 段"),
        ("名\udce4称\ue000", "名□称□"),
        ("e\u0301", "é"),
        ("堆\u0336\u0336叠", "堆叠"),
    ],
)
def test_harmless(raw, shown):
    assert harmless(raw) == shown


@given(st.text(st.characters(), max_size=60))
def test_harmless_text_has_nothing_that_a_terminal_obeys(raw):
    shown = harmless(raw)

    assert {unicodedata.category(character) for character in shown}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"}
    )
    assert harmless(shown) == shown


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("表三", 4), ("（七）", 6), ("“三”", 6), ("１２", 4), ("…", 2), ("", 0)],
)
def test_width_counts_ambiguous_characters_as_two(text, cells):
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "cells", "front", "back"),
    [
        ("年报/临河.docx", 20, "年报/临河.docx", "年报/临河.docx"),
        ("年报/临河.docx", 10, "年报/临…", "…河.docx"),
        ("年报", 1, "", ""),
    ],
)
def test_cut(text, cells, front, back):
    assert (cut(text, cells), cut_front(text, cells)) == (front, back)


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("年报/a.docx", 11, "年报/a.docx"),
        ("年报/二〇二四/a.docx", 14, "年报…/a.docx"),
        ("abcdefghijkl", 8, "ab…ijkl"),
        ("", 4, ""),
    ],
)
def test_cut_middle(text, cells, shown):
    assert cut_middle(text, cells) == shown
    assert width(shown) <= cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [("3.“三安全”", '3."三安全"'), ("临河市住房和城乡建设局", "临河市住房.."), ("\x1b\ue000—", "?-")],
)
def test_columns_hold_no_usual_character_of_ambiguous_width(text, shown):
    assert column_text(text, 12) == shown


def test_pad_counts_cells():
    assert (pad("表三", 6), pad("12", 6, right=True)) == ("表三  ", "    12")


def broken(text, cells):
    return [text[start:end] for start, end in wrap(text, cells, cells)]


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("一二三四五六", 6, ["一二三", "四五六"]),
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("一二（三）四", 6, ["一二", "（三）", "四"]),
        ("一二“三”四五", 8, ["一二", "“三”四", "五"]),
        ("表中有2932件", 8, ["表中有", "2932件"]),
        ("见 T3-02、T3-04", 9, ["见 T3-02、"[:2].strip(), "T3-02、", "T3-04"]),
        ("1288＋447＋62 ＝ 1797", 12, ["1288＋447", "＋62 ＝ 1797"]),
        ("表中 2932，差 2。", 12, ["表中 2932，", "差 2。"]),
        ("错误 0，差 2。", 10, ["错误 0，", "差 2。"]),
        ("警告 0  程序出错 1", 16, ["警告 0", "程序出错 1"]),
        ("在 T3[R1, natural] 里", 14, ["在", "T3[R1, natural]"[:14], "] 里"]),
        ("http://example.invalid/a", 10, ["http://exa", "mple.inval", "id/a"]),
        ("    ", 8, []),
        ("", 8, []),
    ],
)
def test_wrap(text, cells, lines):
    assert broken(text, cells) == lines


marks = st.text(st.sampled_from("一二三，。（）“”《》1234.,-＋＝ abT[]%￥\u3000…—"), max_size=120)


@given(marks | st.text(max_size=80), st.integers(8, 40), st.integers(8, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(raw, first, rest):
    text = harmless(raw)
    spans = wrap(text, first, rest)
    lines = [text[start:end] for start, end in spans]

    assert "".join("".join(lines).split()) == "".join(text.split())
    for number, line in enumerate(lines):
        assert width(line) <= (rest if number else first)
        assert line == line.strip()
        assert line


@given(st.lists(st.sampled_from(["收到", "2932", "件", "，", "12.5%", "T3-02", "、", "（七）", "1,204"])))
def test_numbers_ids_and_punctuation_stay_whole(words):
    text = "，".join(words)
    for line in broken(text, 40)[1:]:
        assert line[0] not in "，、）％。"
    offsets = {start for start, _ in wrap(text, 40, 40)}
    for offset in offsets - {0}:
        assert not (text[offset - 1].isdigit() and text[offset].isdigit())


def test_wrapping_a_hostile_line_takes_linear_work():
    """Half a million characters in one unit: a quadratic loop would not come back."""
    text = "（" * 250_000 + "a" * 250_000

    assert sum(end - start for start, end in wrap(text, 80, 80)) == len(text)
