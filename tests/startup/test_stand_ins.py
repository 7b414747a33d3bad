"""Stand-ins that make the start quicker say what the standard library says."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.numerals import half_width
from checker.model.text import label_key, spans_between
from checker.startup.digests import sha256_of
from checker.startup.lazy_re import compile_later, one_of
from checker.understand.labels import label_words
from checker.understand.outline import _without_leader

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


NUMBERING = re.compile(
    r"\s*(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）][、.]?"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.:：)）]"
    r"|\d{1,2}(?=\s*(?![\x00-\xff])\w)|[①-⑳]|[、.])\s*"
)


@given(st.text(st.sampled_from("一二十3４ （()）、.:：①件新a\t"), max_size=9))
def test_words_behind_a_numbering(text):
    plain = half_width(text)
    match = NUMBERING.match(plain)
    words = label_key(plain[match.end() :]) if match else ""

    assert label_words(text) == (words or label_key(plain))


@given(st.text(st.sampled_from("总体12 .…·\t3"), max_size=9))
def test_a_title_without_what_leads_to_its_page(title):
    assert _without_leader(title) == re.sub(r"[\s.…·]*\d{0,3}\s*$", "", title, count=1)
