"""Stand-ins that make the start quicker say what the standard library says."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.digests import sha256_of
from checker.lazy_re import compile_later, one_of
from checker.text import spans_between

CHARACTERS = "一二三十、.．，,（()）[]^-\\|？*# 3aé"


@given(st.binary(max_size=300))
def test_digests_are_those_of_hashlib(data):
    assert sha256_of(data) == hashlib.sha256(data).hexdigest()


@given(st.sets(st.sampled_from(CHARACTERS), min_size=1), st.text(st.sampled_from(CHARACTERS), max_size=20))
def test_one_of_finds_what_a_set_finds(wanted, text):
    plain = re.compile(f"[{re.escape(''.join(sorted(wanted)))}]+")

    assert compile_later(one_of("".join(wanted)) + "+").findall(text) == plain.findall(text)


@given(
    st.sets(st.sampled_from("。；！\n"), min_size=1), st.text(st.sampled_from("甲乙。；！\n"), max_size=20)
)
def test_spans_between_are_those_of_a_negated_set(stops, text):
    expected = [match.span() for match in re.finditer(f"[^{''.join(sorted(stops))}]+", text)]

    assert list(spans_between(text, "".join(stops))) == expected


def test_a_wrong_pattern_is_told_on_first_use():
    later = compile_later("(")

    with pytest.raises(re.error):
        later.match("甲")
