"""A pattern's required words: every match contains one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.pattern_literals import required_words
from checker.patterns import Pattern

CASES = [
    ("信息处理费", [{"信息处理费"}]),
    ("信息(处理)?费", [{"信息"}, {"费"}]),
    ("国务院令第?([0-9]+)号", [{"国务院令"}, {"号"}]),
    ("(收到|受理).*件", [{"收到", "受理"}, {"件"}]),
    ("(收到|受理)?[0-9]+", []),
    ("收到|[0-9]+", []),
    ("收+到", [{"收"}, {"到"}]),
    ("收{2,3}到了", [{"收"}, {"到了"}]),
    ("收{0,3}", []),
    ("(?:收到)+共", [{"收到"}, {"共"}]),
    ("(?i:abc)x", [{"x"}]),
    (r"a\.b\d", [{"a.b"}]),
    ("[（(]一[)）]", [{"一"}]),
    (r"\p{Han}{2}局", [{"局"}]),
    ("(?P<found>乙|(甲丙|丁))", [{"乙", "甲丙", "丁"}]),
    ("(甲.乙丙|丁戊)", [{"乙丙", "丁戊"}]),
    ("[]甲]乙", [{"乙"}]),
    ("甲?", []),
]


@pytest.mark.parametrize(("source", "groups"), CASES, ids=[case[0] for case in CASES])
def test_required_words(source, groups):
    """All words that a match needs are found, and none where a match may do without."""
    assert sorted(map(sorted, required_words(source))) == sorted(map(sorted, groups))


PIECES = st.sampled_from(
    [
        "甲",
        "乙",
        "丙",
        "[甲乙]",
        "(?:甲|乙丙)",
        "(乙)?",
        "丙*",
        "甲+",
        ".",
        "乙{0,2}",
        "(?:甲乙|丙)+",
        "|",
        "甲{2}",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=6), st.text("甲乙丙", max_size=12))
def test_no_match_without_a_required_word(pieces, text):
    """The words never rule out a text that the pattern matches."""
    source = "".join(pieces)
    match = Pattern(source).search(text)

    for words in required_words(source) if match else ():
        assert any(word in (match.group() or "") for word in words)
