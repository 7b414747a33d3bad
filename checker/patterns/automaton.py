"""One automaton that looks for many patterns at once.

Looking for each word list of the claim files on its own costs more in calls than in matching. Read from one
place in the text on, the automaton tells for every list whether it matches there, and how far. It is built
when rules are compiled, and kept with them.

A list matches as it does in the engines: of several matches at one place the first of its alternatives wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.patterns.pattern import is_han
from checker.patterns.word_search import OTHER_HAN, State, packed
from checker.startup.records import dataclass

_HAN_ESCAPE: Final = r"\p{Han}"
_CLASSES: Final = {"d": "0123456789", "s": " \t", "t": "\t", "n": "\n"}
_MOST_CHARACTERS: Final = 40
_MOST_REPEATS: Final = 40
_DEEPEST: Final = 40
_MOST_STEPS: Final = 8000
_MOST_STATES: Final = 2000
_MOST_STATES_TOGETHER: Final = 10_000


def build_automaton(sources: Sequence[str]) -> tuple[list[str], list[int]]:
    """The states of the automaton of those patterns that make a small one, and the indexes of the others.

    The first state is the beginning.

    Args:
        sources: patterns that `checker.patterns.pattern` accepts. An index in them is the number of a list.
    """
    programs: dict[int, _Program] = {}
    for number, source in enumerate(sources):
        try:
            program = _Program(source)
            alone = _states({number: program}, _MOST_STATES)
        except _UnfitError:
            continue
        if OTHER_HAN not in alone[0][0]:  # most places in a text would have to be looked at
            programs[number] = program
    try:
        states = _states(programs, _MOST_STATES_TOGETHER)
    except _UnfitError:
        return [packed(({}, []))], list(range(len(sources)))
    return list(map(packed, states)), [number for number in range(len(sources)) if number not in programs]


class _UnfitError(Exception):
    """The pattern needs what an automaton does not have, or would make a large one."""


# -- what a pattern says -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _One:
    """One of some characters; `han` adds all ideographs."""

    characters: frozenset[str]
    han: bool = False


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """The first branch that fits wins."""

    branches: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    """`most` None sets no limit."""

    part: _Node
    least: int
    most: int | None
    lazy: bool


_Node = _One | _Sequence | _Choice | _Repeat


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._depth = 0

    def choice(self) -> _Node:
        """Branches up to the closing bracket or the end."""
        branches = [self._sequence()]
        while self._takes("|"):
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _Choice(tuple(branches))

    def _takes(self, words: str) -> bool:
        taken = self._source.startswith(words, self._position)
        self._position += len(words) if taken else 0
        return taken

    def _takes_up_to(self, stop: str) -> str:
        end = self._source.index(stop, self._position)
        words = self._source[self._position : end]
        self._position = end + len(stop)
        return words

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._position < len(self._source) and self._source[self._position] not in "|)":
            parts.append(self._quantified(self._unit()))
        return _Sequence(tuple(parts))

    def _quantified(self, part: _Node) -> _Node:
        most: int | None
        if self._takes("*"):
            least, most = 0, None
        elif self._takes("+"):
            least, most = 1, None
        elif self._takes("?"):
            least, most = 0, 1
        elif self._takes("{"):
            first, comma, last = self._takes_up_to("}").partition(",")
            least = int(first)
            most = (int(last) if last else None) if comma else least
        else:
            return part
        if max(least, most or 0) > _MOST_REPEATS:
            raise _UnfitError
        return _Repeat(part, least, most, lazy=self._takes("?"))

    def _unit(self) -> _Node:
        if self._takes("("):
            return self._group()
        if self._takes("["):
            return self._class()
        if self._source[self._position] in ".^$":
            raise _UnfitError
        if self._takes(_HAN_ESCAPE):
            return _One(frozenset(), han=True)
        return _One(frozenset(self._characters()))

    def _group(self) -> _Node:
        if self._takes("?i:"):
            raise _UnfitError
        if self._takes("?P<"):
            self._takes_up_to(">")
        else:
            self._takes("?:")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnfitError
        inside = self.choice()
        self._depth -= 1
        self._takes(")")
        return inside

    def _class(self) -> _Node:
        if self._takes("^"):
            raise _UnfitError
        held: set[str] = set()
        han = False
        first = True
        while first or not self._takes("]"):
            first = False
            if self._takes(_HAN_ESCAPE):
                han = True
                continue
            characters = self._characters()
            if self._source[self._position] == "-" and self._source[self._position + 1] != "]":
                self._position += 1
                last = ord(self._characters())
                if last - ord(characters) > _MOST_CHARACTERS:
                    raise _UnfitError
                held.update(map(chr, range(ord(characters), last + 1)))
            held.update(characters)
        if len(held) > _MOST_CHARACTERS:
            raise _UnfitError
        return _One(frozenset(held), han)

    def _characters(self) -> str:
        """The character that comes next, or those that an escape stands for."""
        if not self._takes("\\"):
            self._position += 1
            return self._source[self._position - 1]
        self._position += 1
        letter = self._source[self._position - 1]
        return _CLASSES.get(letter, letter)


def _may_be_empty(node: _Node) -> bool:
    if isinstance(node, _Sequence):
        return all(map(_may_be_empty, node.parts))
    if isinstance(node, _Choice):
        return any(map(_may_be_empty, node.branches))
    return isinstance(node, _Repeat) and (node.least == 0 or _may_be_empty(node.part))


# -- its steps -----------------------------------------------------------------------------------------------

_MATCHED: Final = 0


class _Program:
    """A pattern as steps: each takes a character and leads to another, or leads to several, the best first.

    Attributes:
        takes: what a step takes, None for one that takes nothing.
        leads: where it leads to; step 0 is the end.
        start: the first step.
    """

    def __init__(self, source: str) -> None:
        self.takes: list[_One | None] = [None]
        self.leads: list[list[int]] = [[]]
        self.start = self._steps(_Parser(source).choice(), _MATCHED)

    def _step(self, takes: _One | None, leads: list[int]) -> int:
        if len(self.takes) == _MOST_STEPS:
            raise _UnfitError
        self.takes.append(takes)
        self.leads.append(leads)
        return len(self.takes) - 1

    def _steps(self, node: _Node, then: int) -> int:
        """Add the steps of a part that is followed by step `then`; returns its first one."""
        if isinstance(node, _One):
            return self._step(node, [then])
        if isinstance(node, _Choice):
            return self._step(None, [self._steps(branch, then) for branch in node.branches])
        if isinstance(node, _Sequence):
            for part in reversed(node.parts):
                then = self._steps(part, then)
            return then
        return self._repeated(node, then)

    def _repeated(self, node: _Repeat, then: int) -> int:
        if node.most is None:
            if _may_be_empty(node.part):
                raise _UnfitError
            again = self._step(None, [])
            self.leads[again] += _by_greed(node, self._steps(node.part, again), then)
            start = again
        else:
            start = then
            for _ in range(node.most - node.least):
                start = self._step(None, _by_greed(node, self._steps(node.part, start), then))
        for _ in range(node.least):
            start = self._steps(node.part, start)
        return start

    def reached(self, steps: Sequence[int]) -> tuple[int, ...]:
        """The steps that take a character, and the end, that some steps lead to; the best first.

        Nothing worse than the end counts: there the engines stop looking.
        """
        reached: list[int] = []
        seen: set[int] = set()
        pending = list(reversed(steps))
        while pending:
            step = pending.pop()
            if step in seen:
                continue
            seen.add(step)
            if step == _MATCHED:
                reached.append(step)
                break
            if self.takes[step] is None:
                pending.extend(reversed(self.leads[step]))
            else:
                reached.append(step)
        return tuple(reached)


def _by_greed(node: _Repeat, more: int, enough: int) -> list[int]:
    return [enough, more] if node.lazy else [more, enough]


# -- all of them together ----------------------------------------------------------------------------------

_Threads = tuple[tuple[int, tuple[int, ...]], ...]
"""Per program that is still under way, the steps that it is at."""


def _states(programs: dict[int, _Program], most: int) -> list[State]:
    start = tuple((number, program.reached([program.start])) for number, program in programs.items())
    numbers: dict[_Threads, int] = {start: 0}
    states: list[State] = []
    pending = [start]
    for threads in pending:  # grows while it is gone through
        followers: dict[str, int] = {}
        for character, moved in _moves(threads, programs):
            reached = tuple((number, programs[number].reached(steps)) for number, steps in moved.items())
            if reached not in numbers:
                numbers[reached] = len(numbers)
                pending.append(reached)
                if len(numbers) > most:
                    raise _UnfitError
            followers[character] = numbers[reached]
        states.append((followers, [number for number, steps in threads if _MATCHED in steps]))
    return states


def _moves(threads: _Threads, programs: dict[int, _Program]) -> Iterator[tuple[str, dict[int, list[int]]]]:
    """By character the steps behind it, for each program that goes on."""
    taking = [
        (number, takes, programs[number].leads[step])
        for number, steps in threads
        for step in steps
        if (takes := programs[number].takes[step]) is not None
    ]
    moves: dict[str, dict[int, list[int]]] = {}
    for _, takes, _ in taking:
        for character in takes.characters:
            moves.setdefault(character, {})
        if takes.han:
            moves.setdefault(OTHER_HAN, {})
    for number, takes, leads in taking:
        for character in [one for one in moves if _matches(takes, one)] if takes.han else takes.characters:
            moves[character].setdefault(number, []).extend(leads)
    return iter(sorted(moves.items()))


def _matches(takes: _One, character: str) -> bool:
    return character in takes.characters or (takes.han and (character == OTHER_HAN or is_han(character)))
