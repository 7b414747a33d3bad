"""What is known of patterns beforehand: the words that every match contains, what it never contains."""

from __future__ import annotations

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from checker.patterns.literals import known_of, required_words, stops
from checker.patterns.pattern import Pattern
from checker.patterns.syntax import PatternError, parse

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
    assert [set(words) for words in required_words(parse(source))] == groups


@pytest.mark.parametrize(
    ("source", "held"),
    [
        ("甲[^。]*乙", "；，"),
        (r"甲[^。；，\n]{0,9}乙", ""),
        ("甲.*乙", "。；，"),
        ("(?:^|[。；\n])甲", "\n。；"),
        (r"(?P<found>\p{Han}{2,9})，$", "，"),
        (r"\n甲", "\n"),
        (r"甲\s*乙\d+（(?i:ab)", ""),
        ("甲？|；乙{1,3}", "；"),
    ],
)
def test_stops(source, held):
    """What no match contains is known, and what one may contain is not among it."""
    assert stops(parse(source)) == "".join(stop for stop in "\n。；，" if stop not in held)


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
        "^",
        "$",
        "[^。]",
        "[，乙]",
        r"[。\n]",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=6), st.text("甲乙丙。，\n", max_size=20), st.integers(0, 20))
def test_knowing_changes_nothing(pieces, text, start):
    """A pattern of which everything is known finds what it finds when nothing is known."""
    source = "".join(pieces)
    plain, informed = Pattern(source), Pattern(source, known_of(source))
    try:
        plain.check()
    except PatternError:  # it would match without anything
        reject()

    assert _spans(informed.finditer(text)) == _spans(plain.finditer(text))
    found = [pattern.search(text, min(start, len(text))) for pattern in (plain, informed)]
    assert _spans(filter(None, found[:1])) == _spans(filter(None, found[1:]))


def _spans(matches):
    return [(match.start(), match.end(), match.group()) for match in matches]
