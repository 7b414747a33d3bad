"""Patterns mean the same with RE2 and with its stand-in, and neither can be made to hang."""

from __future__ import annotations

import contextlib
import sys

import pytest
import re2
import regex
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from checker.patterns.literals import known_of
from checker.patterns.pattern import Pattern, PatternError, common_subset

PRESENT = [re2, regex]
"""Both engines must be installed for this comparison; a missing one fails here."""


@pytest.fixture(params=["re2", "regex"])
def engine(request, monkeypatch):
    """Each test of one engine runs with both."""
    if request.param == "regex":
        monkeypatch.setitem(sys.modules, "re2", None)
    return request.param


@contextlib.contextmanager
def without_re2():
    """As on a machine for which RE2 has no wheel."""
    kept = sys.modules.pop("re2")
    sys.modules["re2"] = None
    try:
        yield
    finally:
        sys.modules["re2"] = kept


def matches(source, text, *, stand_in=False):
    """Spans of all matches and of the named groups."""
    pattern = Pattern(source)
    with without_re2() if stand_in else contextlib.nullcontext():
        pattern.check()
    return [(found.start(), found.end(), found.groupdict()) for found in pattern.finditer(text)]


TEXT = "2024年1月24日，某县公开信息1,024条（含3件）。\n第二段：收到申请0件；未收取费用\nA-b a@b.cn 甲\t乙  丙\n〇㐀𠀀々"
CONSTRUCTS = [
    "公开", "公.信", "[公开信]+", "[^，。]+", "[^公-息]", r"\d+", r"[\d,]+", r"\s", r"[\s]+", r"\p{Han}+", r"[\p{Han}0-9]+", r"[^\p{Han}]+", r"\.", r"\（".replace("\\", ""),
    "公开|申请", "(公开|收到)(信息|申请)", "(?:公开|收到)(?:信息|申请)", "(?P<what>公开|收到)(?P<object>信息|申请)", "(?i:A-B)", "(?i:[a-z]+)@", "^第二", "^[^\n]", "用$",
    "公开?", "公开??", "[0-9]*件", "[0-9]+?件", "[0-9]{1,2}月", "[0-9]{4}年", "[0-9]{2,}", "[0-9]{1,2}?", "(?:[0-9]{1,2}[年月日]){2}", "甲(a|)+", "[a|]",
    "[-a]", "[a-]", "[]a]", "[^]a]", "[a^]", "[.*+?()]", r"[\]\[]", r"[\-\^]", r"\-", r"\{3\}", "。\n第", ".+", "[^x]+", r"\t", r"\n", "々", "〇", "(?:年|月)(?:[0-9]+)(日|条)?", "(((公)))(开)",
]  # fmt: skip


@pytest.mark.parametrize("source", CONSTRUCTS)
def test_a_construct_means_the_same_in_both_engines(source):
    assert matches(source, TEXT, stand_in=False) == matches(source, TEXT, stand_in=True)


PIECES = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["甲", "乙", "a", "B", "1", "，", ".", r"\d", r"\s", r"\p{Han}", "[甲a]", "[^甲]", r"[\d,]", "^", "$", r"\."]),
        st.tuples(st.sampled_from(["(", "(?:", "(?i:", "(?P<g>"]), PIECES).map(lambda pair: pair[0] + pair[1] + ")"),
        st.tuples(PIECES, PIECES).map("".join),
        st.tuples(PIECES, PIECES).map("|".join),
        st.tuples(st.sampled_from(["甲", "[甲a]", r"\d", "(?:甲乙)", "(a|乙)", "."]), st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}", "{2,}"])).map("".join),
    )
)  # fmt: skip


@given(PIECES, st.text(st.sampled_from("甲乙aB1，. \n"), max_size=24))
@settings(max_examples=300, deadline=None)
def test_generated_patterns_mean_the_same(source, text):
    try:
        found = matches(source, text, stand_in=False)
    except PatternError:
        reject()
    assert matches(source, text, stand_in=True) == found


@given(st.text(st.sampled_from("甲a1.*+?()[]{}|^$\\-,:<>=!Pidsbn"), max_size=12))
@settings(max_examples=400, deadline=None)
def test_what_one_engine_refuses_the_other_refuses_too(source):
    """Any text: refused with a sentence by both, or understood by both."""
    assert refusal(source, stand_in=False) == refusal(source, stand_in=True)


def refusal(source, *, stand_in):
    """Whether a pattern is refused."""
    try:
        matches(source, "甲a1", stand_in=stand_in)
    except PatternError as error:
        return bool(error.text)
    return False


ACROSS_PARAGRAPHS = ["甲\\n乙", "甲\n乙", "甲[，\\n]乙", "甲\\s?\\n乙"]


@pytest.mark.parametrize("source", ACROSS_PARAGRAPHS)
def test_a_pattern_may_run_over_the_end_of_a_paragraph_if_it_says_so(source):
    """Also when it is known which words it needs, and where the text may be cut."""
    assert len(list(Pattern(source, known_of(source)).finditer("甲\n乙"))) == 1


REFUSED = {
    "lookahead": ("(?=甲)", 0), "negative lookahead": ("甲(?!乙)", 1), "lookbehind": ("(?<=甲)乙", 0), "negative lookbehind": ("(?<!甲)乙", 0),
    "back reference": (r"(甲)\1", 3), "named back reference": ("(?P<a>甲)(?P=a)", 8), "atomic group": ("(?>甲)", 0), "conditional": ("(甲)?(?(1)乙)", 4), "comment": ("(?#甲)", 0),
    "flags": ("(?i)甲", 0), "word boundary": (r"\b甲", 0), "word class": (r"\w", 0), "no digit": (r"\D", 0), "property": (r"\p{L}", 0), "possessive star": ("甲*+", 2),
    "possessive range": ("甲{1,2}+", 6), "text begin": (r"\A甲", 0), "POSIX class": ("[[:alpha:]]", 1), "set difference": ("[甲--乙]", 2), "set intersection": ("[甲&&乙]", 2),
    "unclosed class": ("[甲", 0), "backslash at the end": ("甲\\", 1), "two groups of a name": ("(?P<a>甲)(?P<a>乙)", 8), "brace": ("甲{", 1), "name in braces": ("{甲}", 0),
    "repetition of a repetition": ("(?:甲{100}){100}", 10), "three levels": ("(?:(?:甲{10}){10}b){11}", 18), "range of a range": ("(甲{2,40}|乙){0,26}", 11),
    "too many repetitions": ("甲{1001}", 1), "too long": ("甲" * 2001, 2000), "octal": (r"\101", 0), "hex": (r"\x41", 0), "quoted": (r"\Q甲\E", 0),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_before_any_engine_sees_it(case):
    source, offset = REFUSED[case]
    with pytest.raises(PatternError) as caught:
        common_subset(source)
    assert caught.value.offset == offset


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    "source",
    ["(甲", "甲)", "*甲", "+", "?甲", "甲{2}{3}", "甲**", "(?:甲+)+*", "[9-0]", "(|*)", "(?P<a>", "甲???"],
)
def test_refused_by_the_engines_in_chinese(source):
    with pytest.raises(PatternError) as caught:
        Pattern(source).check()
    assert not any("a" <= character <= "z" for character in caught.value.text)


NESTED = [
    "甲{1000}",
    "(?:甲{10}){100}",
    "(?:甲{10}b{10}){100}",
    "(?:甲{2,40}|乙){1,25}",
    "(?:(?:甲{10})+){100}",
    "(甲{30}){30}(甲{30}){30}",
]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("source", NESTED)
def test_repetitions_of_repetitions_up_to_the_limit(source):
    Pattern(source).check()


NOTHING = ["", "甲*", "甲?", "(甲|)", "^", "$", "^$", "甲{0,3}", "()", "(?:甲?乙?)+", "甲|", "|甲"]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("source", NOTHING)
def test_a_pattern_that_nothing_matches_too_is_refused(source):
    with pytest.raises(PatternError, match="什么都没有也算匹配"):
        Pattern(source).check()


CATASTROPHIC = {
    "nested plus": ("(甲+)+$", "甲" * 30_000 + "乙"),
    "nested star": ("(?:甲*)*乙", "甲" * 5_000),
    "alternatives that overlap": ("(甲|甲甲)+$", "甲" * 5_000 + "乙"),
    "dots": (".*.*.*.*=.*", "甲" * 3_000),
    "optional pieces": ("(?:甲?){30}甲{30}", "甲" * 29),
}


@pytest.mark.parametrize("case", CATASTROPHIC)
def test_re2_answers_and_the_stand_in_answers_or_gives_up(case):
    """The limit of the stand-in is a fifth of a second; a test that hangs would say more than an assertion."""
    source, text = CATASTROPHIC[case]
    found = matches(source, text, stand_in=False)
    with contextlib.suppress(TimeoutError):
        assert matches(source, text, stand_in=True) == found


def test_groups_that_took_no_part():
    [found] = Pattern("(?P<a>甲)|(?P<b>乙)").finditer("乙")
    assert (found.group("a"), found.start("a"), found.end("a")) == (None, -1, -1)
    assert (found.group("b"), found.start("b"), found.end("b")) == ("乙", 0, 1)


def test_search_from_an_offset():
    found = Pattern("甲").search("甲乙甲", 1)
    assert found is not None
    assert (found.start(), found.end()) == (2, 3)
    assert Pattern("甲").search("甲乙", 1) is None
