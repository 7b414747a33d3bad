"""The automaton of the claim files finds what the engine finds, list by list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.patterns.automaton import build_automaton
from checker.patterns.pattern import compile_pattern
from checker.patterns.syntax import PatternError
from checker.patterns.word_search import OTHER, OTHER_HAN, WordSearch, packed, unpacked
from checker.rulebook.store import load_rulebook

LETTERS = "甲乙丙1,]-.aB\n"
PIECES = st.sampled_from(
    [
        "甲",
        "乙",
        "丙",
        "1",
        ",",
        "[甲乙]",
        "[0-9]",
        r"\d",
        r"\p{Han}",
        "[1,乙]",
        r"[\p{Han}1]",
        ".",
        "[^甲]",
        r"[^\p{Han}]",
        r"[^乙1]",
        "[]甲]",
        "[1-]",
        r"[\],1]",
        r"\.",
        "(?i:ab)",
        "(?P<g>甲乙)",
    ]
)


def _nested(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = inside.map(lambda source: f"(?:{source})")
    return st.one_of(
        st.lists(inside, min_size=1, max_size=4).map("".join),
        st.lists(inside, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.builds(
            "".join,
            st.tuples(group, st.sampled_from(["?", "*", "+", "??", "*?", "+?", "{2}", "{1,3}", "{0,2}?"])),
        ),
    )


PATTERNS = st.recursive(PIECES, _nested, max_leaves=8)


def accepted(source: str) -> bool:
    try:
        compile_pattern(source).check()
    except PatternError:
        return False
    return True


def by_engine(sources: list[str], text: str) -> list[tuple[int, int, int]]:
    return sorted(
        (match.start(), match.end(), number)
        for number, source in enumerate(sources)
        for match in compile_pattern(source).finditer(text)
    )


@given(st.lists(PATTERNS.filter(accepted), min_size=1, max_size=4), st.text(LETTERS, max_size=12))
def test_it_finds_what_the_engine_finds(sources: list[str], text: str) -> None:
    """Whatever the lists and the text: the same matches, of several alternatives the same one."""
    search = WordSearch(sources, *build_automaton(sources))
    assert sorted(search.find(text)) == by_engine(sources, text)


@pytest.mark.parametrize(
    "source",
    [
        "甲$", "^甲", "[^甲]乙", ".乙", "甲{41}", r"\p{Han}甲", "[一-龥]甲", "(?:甲|乙)*甲(?:甲|乙){12}", "\ue002甲",
    ],
)  # fmt: skip
def test_what_does_not_fit_is_left_to_the_engine(source: str) -> None:
    """What an automaton lacks, or what would make a large one, is still found."""
    states, rest = build_automaton(["丙", source])
    assert rest == [1]
    text = "丙甲乙甲甲甲\n甲"
    assert sorted(WordSearch(["丙", source], states, rest).find(text)) == by_engine(["丙", source], text)


def test_of_lists_that_make_too_large_an_automaton_together_the_largest_are_left_to_the_engine() -> None:
    """Each is small, but together they have as many states as their lengths multiplied."""
    sources = [f"(?:{'甲' * length})+乙" for length in (7, 11, 13, 17, 19)]
    states, rest = build_automaton(sources)
    assert rest == [4]
    text = "甲" * 77 + "乙"
    assert sorted(WordSearch(sources, states, rest).find(text)) == by_engine(sources, text)


def test_only_what_begins_with_any_character_is_looked_for_on_its_own() -> None:
    """Of the built-in lists only those with a pattern that begins anywhere have no place in the automaton."""
    vocabulary = load_rulebook().language.claim_vocabulary
    assert not vocabulary.topic_search.by_engine
    assert [source for source in vocabulary.search.by_engine.values() if "(?:[^" not in source] == []


def test_the_kept_automaton_is_the_one_that_is_built() -> None:
    """Keeping it as JSON loses nothing."""
    vocabulary = load_rulebook().language.claim_vocabulary
    states, rest = build_automaton([finder.source for finder in vocabulary.finders])
    assert vocabulary.searches["others"] == [states, rest]


@pytest.mark.parametrize(
    "state", [({}, []), ({"甲": 3, "1": 9999, OTHER_HAN: 7}, [0, 80]), ({OTHER_HAN: 0, OTHER: 2}, [1])]
)
def test_states_are_kept_as_text(state: tuple[dict[str, int], list[int]]) -> None:
    """Packing loses nothing of a state."""
    assert unpacked(packed(state)) == state
