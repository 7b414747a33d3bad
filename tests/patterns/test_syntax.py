"""What patterns may consist of, and what is said of everything else."""

from __future__ import annotations

import pytest

from checker.model.text import is_han
from checker.patterns.pattern import Pattern
from checker.patterns.syntax import PatternError, parse
from checker.patterns.tree import spelled_out

REFUSED = {
    "lookahead": ("(?=甲)", 0), "negative lookahead": ("甲(?!乙)", 1), "lookbehind": ("(?<=甲)乙", 0), "negative lookbehind": ("(?<!甲)乙", 0),
    "back reference": (r"(甲)\1", 3), "named back reference": ("(?P<a>甲)(?P=a)", 8), "atomic group": ("(?>甲)", 0), "conditional": ("(甲)?(?(1)乙)", 4), "comment": ("(?#甲)", 0),
    "flags": ("(?i)甲", 0), "word boundary": (r"\b甲", 0), "word class": (r"\w", 0), "no digit": (r"\D", 0), "property": (r"\p{L}", 0), "possessive star": ("甲*+", 2),
    "possessive range": ("甲{1,2}+", 6), "text begin": (r"\A甲", 0), "POSIX class": ("[[:alpha:]]", 1), "set difference": ("[甲--乙]", 2), "set intersection": ("[甲&&乙]", 2),
    "unclosed class": ("[甲", 0), "backslash at the end": ("甲\\", 1), "two groups of a name": ("(?P<a>甲)(?P<a>乙)", 8), "brace": ("甲{", 1), "name in braces": ("{甲}", 0),
    "repetition of a repetition": ("(?:甲{100}){100}", 10), "three levels": ("(?:(?:甲{10}){10}b){11}", 18), "range of a range": ("(甲{2,40}|乙){0,26}", 11),
    "too many repetitions": ("甲{1001}", 1), "too long": ("甲" * 2001, 2000), "octal": (r"\101", 0), "hex": (r"\x41", 0), "quoted": (r"\Q甲\E", 0),
    "group left open": ("甲(乙", 1), "group left open within another": ("甲(乙(丙)", 1), "bracket too many": ("甲)", 1), "nothing to repeat": ("甲|*", 2), "count of nothing": ("{2}甲", 0),
    "boundary repeated": ("^*甲", 1), "two quantifiers": ("甲{2}{3}", 4), "three quantifiers": ("甲???", 3), "range the wrong way round": ("甲[9-0]", 2), "range to a class": (r"[a-\d]", 1),
    "counts the wrong way round": ("甲{3,2}", 1), "possessive and lazy": ("甲??+", 3), "name left open": ("(?P<a甲)", 0), "name that is none": ("(?P<1>甲)", 0), "full-width count": ("甲{２}", 1),
    "too deep": ("(" * 101 + "甲" + ")" * 101, 100), "deeper than Python can go": ("(" * 999, 100), "too large": ("[^甲]{1000}" * 20, 0),
    "empty first of several": ("(?:|甲)+乙", 6), "few of several": ("(?:甲??)*乙", 7), "group that may be empty in a repetition": ("(?:(?P<a>甲?))*乙", 13),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_before_any_engine_sees_it(case):
    source, offset = REFUSED[case]
    with pytest.raises(PatternError) as caught:
        parse(source)
    assert caught.value.offset == offset


@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_is_a_chinese_sentence(case):
    """Nothing of an engine's own words gets through; what is quoted is the author's own pattern."""
    source, _ = REFUSED[case]
    with pytest.raises(PatternError) as caught:
        parse(source)
    assert any(map(is_han, caught.value.text))
    assert "error" not in caught.value.text


NOTHING = ["", "甲*", "甲?", "(甲|)", "^", "$", "^$", "甲{0,3}", "()", "(?:甲?乙?)+", "甲|", "|甲"]


@pytest.mark.parametrize("source", NOTHING)
def test_a_pattern_that_nothing_matches_too_is_refused(source):
    with pytest.raises(PatternError, match="什么都没有也算匹配"):
        Pattern(source).check()


SPELLED_OUT = [
    # A pattern, and what the engines get: the same as far as they agree on what it means.
    ("甲乙(丙)?(?:丁|戊){2,}?[A-Za-z0-9._%+-]*$", None),
    (r"[-甲~&|]+\.", None),
    (r"\d{2}\s", "[0-9]{2}[ \\t]"),
    ("[^甲]", r"[^\n甲]"),
    (r"[\p{Han}·]", "[·〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af]"),
    ("(?i:a-[b-y]甲)Z", "(?:[aA]-[b-yB-Y]甲)Z"),
    ("(?i:(?P<g>[^x]))x", r"(?:(?P<g>[^\nxX]))x"),
    ("[]甲][a[]", r"[\]甲][a\[]"),
    (r"[\]]\-[-a-]", r"\]-[-a]"),
    ("甲{1}{0,1}".replace("{1}", "", 1), "甲?"),
]


@pytest.mark.parametrize(("source", "written"), SPELLED_OUT)
def test_what_the_engines_get(source, written):
    assert spelled_out(parse(source)) == (written or source)
