"""Expressions: precedence and spelling, and nothing but a refusal for whatever else is typed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import rulebook, subject

from checker.judging.judgement import CannotJudge
from checker.judging.language.expression import compile_expression
from checker.judging.language.misread import IF_THEN
from checker.judging.language.tokens import ExpressionError

ONE = {"cells": {"T3[R1, total]": 3, "T3[S, total]": 2}, "text": {1: "组织培训3次，再培训1次。"}}
N, S = "表三.新收.总计", "表三.总计.总计"

TRUE = [
    f"{N} = 3", f"{N} == 3", f"{N}＝3", f"{N} != 2", f"{N}≠2", f"{N} >= 3", f"{N}≥3", f"{N} <= 3", f"{N}≤３".replace("３", "3"),
    f"{N} ＞ 2", f"{N} ＜ 4", f"{N} − 1 = 2", f"{N} － 1 = 2", f"{N} × 2 = 6", f"{N} ÷ 2 = 1.5", f"{N} / 2 > 1.4", f"{N} ＊ {S} ＝ 6", f"{N} ＋ {S} = 5",
    "1 + 2 * 3 = 7", "(1 + 2) * 3 = 9", "（1 + 2）* 3 = 9", "10 - 2 - 3 = 5", "8 / 4 / 2 = 1", "-2 + 3 = 1", "- - 2 = 2", "2 * -3 = -6", "0.1 + 0.2 = 0.3",
    "1 = 1 或 1 = 2 且 1 = 2", "非 1 = 2", "非 非 1 = 1", "非 1 = 2 且 1 = 1", "1 = 1 and not 1 = 2", "1 = 2 or 1 = 1",
    "非(1 = 1 且 1 = 2)", f"{N}=3且{S}=2", f"{N}=3或非{S}=2", "(1 = 1) = (2 = 2)", "(1 = 1) ≠ (1 = 2)",
    "含(第一部分, '培训')", "含（第一部分，“培训”）", '含(第一部分, "考核", "培训")', "含(第一部分、第五部分, '培训')", "非含(第一部分, '考核')",
    "次数(第一部分, '培训') = 2", "字数(第一部分) = 13", "T3[R1, total] = 3", "T3[ R1 ， total ] = 3",
    "匹配(第一部分, '培训[0-9]+次')", "非 匹配(第一部分, '考核[0-9]+次', '检查[0-9]+次')", "值(年度, 0) = 2024", "值(落款日期, 次年1月1日) = 次年1月1日", "年度 = 2024", "单位 = '某县某局'", "单位 ≠ '某县'", "有(年度)", "非 有(落款日期)", "次年1月31日 > 本年12月31日", "本年12月31日 + 31 = 次年1月31日", "次年1月31日 － 31 = 本年12月31日", "次年1月31日 - 本年12月31日 = 31", "本年1月1日 + 1 - 本年1月1日 = 1", "上年2月29日 < 本年1月1日".replace("上年2月29日", "上年2月28日"),
]  # fmt: skip


NAMED = {
    "file_name": "某县某局２０２４年 年报.docx",
    "signature": "某县某局/2025年1月20日",
    "text": {1: "某县某局组织培训，某县某局考核。"},
}
TRUE_OF_NAMES = [
    "匹配(文件名, '20[0-9]{2}年')", "含(文件名, '2024年年报')", "含(文件名, 单位)", "含(落款, 单位)", "含（文件名，“年报”，“报告”）", "非 含(文件名, '定稿', '草稿')",
    "次数(文件名, '年') = 2", "字数(单位) = 4", "次数(第一部分, 单位) = 2", "匹配(单位, '^某县', '局$')", "含(单位, '局') 且 含(落款, 单位, '办公室')",
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE_OF_NAMES)
def test_words_are_looked_for_in_names_too(source):
    assert compiled(source).evaluate(subject(NAMED), {}) is True


def test_a_name_that_is_looked_through_is_told():
    trail = {}
    assert compiled("匹配(文件名, '定稿') 或 含(文件名, 单位)").evaluate(subject(NAMED), trail) is True
    assert {name: value for name, (value, _) in trail.items()} == {
        "文件名": NAMED["file_name"],
        "单位": "某县某局",
    }
    with pytest.raises(CannotJudge, match="不知道文件名"):
        compiled("含(文件名, '年报')").evaluate(subject(ONE), {})


def compiled(source):
    language = rulebook().language
    return compile_expression(source, language.items, language.section_count)


@pytest.mark.parametrize("source", TRUE)
def test_true(source):
    assert compiled(source).evaluate(subject(ONE), {}) is True


@pytest.mark.parametrize(
    "source", ["1 = 2", f"{N} < 3", "非 1 = 1", "含(第一部分, '考核')", "1 = 2 或 1 = 3", "1 = 1 且 1 = 2"]
)
def test_false(source):
    assert compiled(source).evaluate(subject(ONE), {}) is False


def test_what_is_not_needed_is_not_read():
    """且 and 或 stop as soon as the answer is known, so that a value may be lacking behind them."""
    evaluate = compiled("有(落款日期) 且 落款日期 < 次年1月1日").evaluate
    assert evaluate(subject(ONE), {}) is False
    with pytest.raises(CannotJudge, match="没有读到落款日期"):
        compiled("落款日期 < 次年1月1日 且 有(落款日期)").evaluate(subject(ONE), {})


def test_the_trail_holds_the_items_read():
    trail = {}
    compiled(f"{N} > 9 或 {S} > 9").evaluate(subject(ONE), trail)
    assert {name: value for name, (value, _) in trail.items()} == {N: 3, S: 2}


def test_a_day_that_is_too_far_cannot_be_judged():
    with pytest.raises(CannotJudge, match="日期太远"):
        compiled("本年1月1日 + 99999999999 > 次年1月1日").evaluate(subject(ONE), {})


ATTACKS = {
    "code": "__import__('os').system('id')",
    "attribute": "年度.__class__.__mro__",
    "call of an item": "年度()",
    "lambda": "(lambda: 1)()",
    "index": "[1, 2][0]",
    "format": "'{0.__class__}'.format(年度)",
    "assignment": "年度 := 3",
    "statement": "年度 = 1; 单位 = 2",
    "new line and code": "1 = 1\nimport os",
    "power": "9 ** 9 ** 9 = 1",
    "shift": "1 << 9999999 = 1",
    "backslash": "\\u0031 = 1",
    "zero": "1 = 1\x00",
    "comment": "1 = 1 # 好",
    "f-string": "f'{年度}' = '2024'",
    "huge number": "9" * 990 + " = 1" + "9" * 50,
    "too long": "1 = 1" + " 或 1 = 1" * 200,
    "too deep": "(" * 41 + "1" + ")" * 41 + " = 1",
    "far too deep": "(" * 990,
    "only operators": "+-*/",
    "empty": "",
    "blank": "   　",
    "brackets": "()",
    "truth in a sum": "(1 = 1) + 1 = 2",
    "scope for an item": "第一部分 = 1",
    "function without brackets": "含",
    "function of a function": "含(含(第一部分, '甲'), '乙')",
    "word for a scope": "含('第一部分', '甲')",
    "item for a word": "含(第一部分, 年度)",
    "number to look through": "含(年度, '2024')",
    "pattern that is an item": "匹配(第一部分, 单位)",
    "name that there is not": "含(文件的名, '甲')",
    "unclosed pattern": "匹配(第一部分, '(甲')",
    "pattern without text": "匹配(第一部分)",
    "default of another type": "值(年度, '甲') = 1",
    "empty word": "含(第一部分, '')",
    "curly quotes that do not close": "含(第一部分, “甲)",
    "surrogate": "单位 = '\ud800",
    "right to left": "\u202e年度 = 1",
    "wide digits": "年度 = ２０２４",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_refused(attack):
    with pytest.raises(ExpressionError) as caught:
        compiled(ATTACKS[attack])
    assert 0 <= caught.value.offset <= len(ATTACKS[attack])


MISREAD = {
    # what is written instead of an expression, at which character it is told, what is said
    "condition in words": ("如果 年度 > 2020", 0, f"没有“如果”这种写法；{IF_THEN}"),
    "condition without a space": ("如果年度 > 2020", 0, f"没有“如果年度”这种写法；{IF_THEN}"),
    "condition like a function": ("如果(年度 > 2020)", 0, f"没有“如果”这种写法；{IF_THEN}"),
    "condition with an arrow": ("年度 > 2020 => 年度 > 2019", 10, f"没有“=>”这种写法；{IF_THEN}"),
    "pattern to be counted": (
        "次数(第一部分, '第[一二]') > 0",
        0,
        "“第[一二]”像正则表达式，次数 只找原样的词；正则表达式出现几次，用 kind: count 的 patterns",
    ),
    "pattern as a word": (
        "含(第一部分, '甲|乙')",
        0,
        "“甲|乙”像正则表达式，含 只找原样的词；几个词分开写，正则表达式用 匹配",
    ),
}


@pytest.mark.parametrize("case", MISREAD)
def test_what_was_meant_is_told(case):
    source, offset, text = MISREAD[case]
    with pytest.raises(ExpressionError) as caught:
        compiled(source)
    assert (caught.value.offset, caught.value.text) == (offset, text)


def test_an_arrow_in_a_text_is_a_text():
    assert compiled("含(第一部分, '=>') 或 1 = 1").type == "是非"


def test_the_longest_expressions_run():
    """As deep and as long as is allowed, also by ways that the depth of brackets does not count."""
    deep = "(" * 39 + "1" + ")" * 39 + " = 1"
    for source in (
        deep,
        "非 " * 300 + "1 = 1",
        "非" * 990 + "1=1",
        "-" * 990 + "1 = 1",
        "1=1" + "且1=1" * 240,
        "1 = 1" + " 且 1 = 1" * 100,
        "+".join("1" * 450) + " = 450",
    ):
        assert compiled(source).evaluate(subject(ONE), {}) is True


PIECES = st.sampled_from(
    ["年度", "单位", "文件名", "匹配", "落款日期", N, "T3[R1, total]", "含", "次数", "字数", "有", "(", ")", "（", "）", ",", "，", "+", "-", "*", "/", "=", "≠", "<", ">",
     "≤", "≥", "且", "或", "非", "1", "0", "2.5", "'甲'", "“乙”", "第一部分", "次年1月31日", "本年2月30日", "不知", ".", "[", "]", "_", "'", "\n", "x"]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=14).map("".join)
    | st.lists(PIECES, max_size=14).map(" ".join)
    | st.text(max_size=30)
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_an_expression_or_refused(source):
    try:
        expression = compiled(source)
    except ExpressionError:
        return
    assert expression.type in ("数", "文字", "日期", "是非")
    with contextlib.suppress(CannotJudge):
        expression.evaluate(subject(ONE), {})
