"""Looking for many word lists at once, with an automaton that was built before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from checker.model.text import is_han
from checker.patterns.pattern import compile_pattern

State = tuple[Mapping[str, int], Sequence[int]]
"""Numbers of the following states by character, and numbers of the lists that match once it is reached."""

OTHER_HAN: Final = "ideographs"
"""Stands among the characters for all ideographs that are not there themselves."""
OTHER: Final = "others"
"""Stands for all characters that are not there themselves, ideographs only where `OTHER_HAN` is not."""
_PACKED: Final = {OTHER_HAN: "\ue000", OTHER: "\ue001"}
_STATE: Final = "\ue002"
"""Stands between states."""
RESERVED: Final = frozenset((*_PACKED.values(), _STATE))
"""Characters that no automaton leads on with."""
_FIRST: Final = 0x100


def packed(state: State) -> str:
    """A state as text: most are never reached, and a text costs the least to keep and to load.

    First how many lists match and their numbers, then each character followed by the number of the state it leads to.
    Numbers are written as characters.
    """
    followers, matched = state
    numbers = "".join(chr(_FIRST + number) for number in (len(matched), *matched))
    return numbers + "".join(
        _PACKED.get(character, character) + chr(_FIRST + number) for character, number in followers.items()
    )


def packed_together(states: Iterable[State]) -> str:
    """The states of an automaton as one text."""
    return _STATE.join(map(packed, states))


def unpacked(text: str) -> State:
    """The state that `packed` made a text of."""
    numbers = [ord(character) - _FIRST for character in text]
    first = numbers[0] + 1
    followers = dict(zip(text[first::2], numbers[first + 1 :: 2], strict=True))
    for others, one in _PACKED.items():
        if one in followers:
            followers[others] = followers.pop(one)
    return followers, numbers[1:first]


class WordSearch:
    """Word lists that are looked for at once.

    Args:
        lists: a pattern for each.
        states: the automaton of those that are fit for one, `packed_together`; the first is the beginning.
        rest: numbers of the others.
    """

    def __init__(self, lists: Sequence[str], states: str, rest: Sequence[int]) -> None:
        self.by_engine = {number: lists[number] for number in rest}
        self._packed = states.split(_STATE)
        self._followers: list[Mapping[str, int] | None] = [None] * len(self._packed)
        self._matched: list[Sequence[int]] = [()] * len(self._packed)
        self._open: set[int] = set()
        """The states that go on with characters that are not listed."""

    def find(self, words: str) -> list[tuple[int, int, int]]:
        """All matches, those of one list not overlapping: start, end and number of the list."""
        found: list[tuple[int, int, int]] = []
        free: dict[int, int] = {}
        beginning = self._followers[0] or self._unpack(0)
        for start, character in enumerate(words):
            if character in beginning:
                for one, end in self._ends(beginning[character], words, start + 1).items():
                    if start >= free.get(one, 0):
                        free[one] = end
                        found.append((start, end, one))
        for number, source in self.by_engine.items():
            found += [
                (match.start(), match.end(), number) for match in compile_pattern(source).finditer(words)
            ]
        return found

    def _ends(self, number: int, words: str, position: int) -> dict[int, int]:
        """Where the lists end that match at one place, whose first character led to a state."""
        ends: dict[int, int] = {}
        length = len(words)
        while True:
            followers = self._followers[number]
            if followers is None:
                followers = self._unpack(number)
            for one in self._matched[number]:
                ends[one] = position
            if position == length:
                return ends
            following = followers.get(words[position])
            if following is None and number in self._open:
                following = _among_others(followers, words[position])
            if following is None:
                return ends
            number = following
            position += 1

    def _unpack(self, number: int) -> Mapping[str, int]:
        followers, self._matched[number] = unpacked(self._packed[number])
        self._followers[number] = followers
        if OTHER in followers or OTHER_HAN in followers:
            self._open.add(number)
        return followers


def _among_others(followers: Mapping[str, int], character: str) -> int | None:
    """The state behind a character that is not there itself, None if there is none."""
    if OTHER_HAN in followers and is_han(character):
        return followers[OTHER_HAN]
    return followers.get(OTHER)
