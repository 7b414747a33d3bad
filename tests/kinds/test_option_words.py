"""Every kind owns the short words for its options, with which its rules are told."""

from __future__ import annotations

import pytest

from checker.kinds import KINDS
from checker.kinds.options import AUTHOR_WORDS, SHARED_WORDS


@pytest.mark.parametrize("name", KINDS)
def test_every_option_has_a_short_word(name):
    """What is on or off needs none: it is not told."""
    kind = KINDS[name]
    told = [key for key, schema in kind.options["properties"].items() if schema.get("type") != "boolean"]

    assert [key for key in told if kind.word_of(key) == key] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_word_of_a_kind_is_for_an_option_of_its_own(name):
    words = KINDS[name].words

    assert set(words) <= set(KINDS[name].options["properties"])
    assert not set(words) & {*SHARED_WORDS, *AUTHOR_WORDS}


def test_shared_words_are_used():
    options = {key for kind in KINDS.values() for key in kind.options["properties"]}

    assert {*SHARED_WORDS, *AUTHOR_WORDS} <= options
