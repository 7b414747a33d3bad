"""A pattern's required words: every match contains one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.pattern_literals import required_words
from checker.patterns import Pattern

CASES = [
    ("信息处理费", {"信息处理费"}),
    ("信息(处理)?费", {"信息"}),
    ("国务院令第?([0-9]+)号", {"国务院令"}),
    ("(收到|受理).*件", {"收到", "受理"}),
    ("(收到|受理)?[0-9]+", set()),
    ("收到|[0-9]+", set()),
    ("收+到", {"收"}),
    ("收{2,3}到了", {"到了"}),
    ("收{0,3}", set()),
    ("(?:收到)+共", {"收到"}),
    ("(?i:abc)x", {"x"}),
    (r"a\.b\d", {"a.b"}),
    ("[（(]一[)）]", {"一"}),
    (r"\p{Han}{2}局", {"局"}),
    ("(?P<found>乙|(甲丙|丁))", {"乙", "甲丙", "丁"}),
    ("[]甲]乙", {"乙"}),
    ("甲?", set()),
]


@pytest.mark.parametrize(("source", "words"), CASES, ids=[case[0] for case in CASES])
def test_required_words(source, words):
    """The best set of words is found, and none where a match may do without."""
    assert set(required_words(source)) == words


PIECES = st.sampled_from(
    ["甲", "乙", "丙", "[甲乙]", "(?:甲|乙丙)", "(乙)?", "丙*", "甲+", ".", "乙{0,2}", "(?:甲乙|丙)+", "|", "甲{2}"]
)


@given(st.lists(PIECES, min_size=1, max_size=6), st.text("甲乙丙", max_size=12))
def test_no_match_without_a_required_word(pieces, text):
    """The words never rule out a text that the pattern matches."""
    source = "".join(pieces)
    words = required_words(source)
    match = Pattern(source).search(text)

    if match is not None and words:
        assert any(word in (match.group() or "") for word in words)
