"""Looking for many word lists at once, with an automaton that was built before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from checker.patterns import compile_pattern, is_han
from checker.records import dataclass

States = Sequence[Sequence[Any]]
"""For each state the numbers of the following states by character, and the lists that match on reaching it.

The first state is the beginning. The key `OTHER_HAN` stands for all ideographs without a key of their own.
Plain dicts and lists, so that they can be kept as JSON.
"""

OTHER_HAN: Final = ""


@dataclass(frozen=True)
class WordSearch:
    """Word lists that are looked for at once.

    Attributes:
        lists: a pattern for each.
        states: the automaton of those that are fit for one.
        rest: numbers of the others.
    """

    lists: Sequence[str]
    states: States
    rest: Sequence[int]

    def find(self, words: str) -> list[tuple[int, int, int]]:
        """All matches, those of one list not overlapping: start, end and number of the list."""
        found = find_words(self.states, words)
        for number in self.rest:
            matches = compile_pattern(self.lists[number]).finditer(words)
            found += [(match.start(), match.end(), number) for match in matches]
        return found


def find_words(states: States, words: str) -> list[tuple[int, int, int]]:
    """The matches of the lists that an automaton looks for; see `WordSearch.find`.

    Args:
        states: the automaton; see `checker.understand.automaton`.
        words: the text.
    """
    found: list[tuple[int, int, int]] = []
    free: dict[int, int] = {}
    beginning: Mapping[str, int] = states[0][0]
    for start, character in enumerate(words):
        if character in beginning:
            for one, end in _ends(states, beginning[character], words, start + 1).items():
                if start >= free.get(one, 0):
                    free[one] = end
                    found.append((start, end, one))
    return found


def _ends(states: States, number: int, words: str, position: int) -> dict[int, int]:
    """Where the lists end that match at one place, whose first character led to a state."""
    ends: dict[int, int] = {}
    length = len(words)
    while True:
        followers, matched = states[number]
        for one in matched:
            ends[one] = position
        if position == length:
            return ends
        following = followers.get(words[position])
        if following is None:
            if OTHER_HAN not in followers or not is_han(words[position]):
                return ends
            following = followers[OTHER_HAN]
        number = following
        position += 1
