"""One automaton that looks for many patterns at once.

Looking for each word list of the claim files on its own costs more in calls than in matching. Read from one
place in the text on, the automaton tells for every list whether it matches there, and how far. It is built
when rules are compiled, and kept with them.

A list matches as it does in the engines: of several matches at one place the first of its alternatives wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from checker.patterns.program import MATCHED, Program, TooLargeError
from checker.patterns.syntax import parse
from checker.patterns.tree import Characters, LineBoundary, Node, Repetition, walk
from checker.patterns.word_search import OTHER, OTHER_HAN, RESERVED, State, packed_together

_MOST_CHARACTERS: Final = 40
_MOST_REPEATS: Final = 40
_MOST_STEPS: Final = 8000
_MOST_STATES: Final = 2000
_MOST_STATES_TOGETHER: Final = 30_000
"""The lists of the claim files make about three fifths of these; each that is left out costs a search of its own."""


def build_automaton(sources: Sequence[str]) -> tuple[str, list[int]]:
    """The states of the automaton of those patterns that make a small one, `packed_together`; indexes of the others.

    The first state is the beginning.

    Args:
        sources: patterns that `checker.patterns.syntax` accepts. An index in them is the number of a list.
    """
    return _automaton_of(tuple(sources))


@lru_cache(maxsize=8)
def _automaton_of(sources: tuple[str, ...]) -> tuple[str, list[int]]:
    """More than half of what compiling rules takes; most rule files have the words of the ones before."""
    programs: dict[int, Program] = {}
    sizes: dict[int, int] = {}
    for number, source in enumerate(sources):
        tree = parse(source)
        if not all(map(_fits, walk(tree))):
            continue
        try:
            program = Program(tree, _MOST_STEPS)
            alone = _states({number: program}, _MOST_STATES)
        except TooLargeError:
            continue
        if not {OTHER, OTHER_HAN} & set(alone[0][0]):  # else most places in a text would have to be looked at
            programs[number], sizes[number] = program, len(alone)
    states = _together(programs, sizes)
    return packed_together(states), [number for number in range(len(sources)) if number not in programs]


def _together(programs: dict[int, Program], sizes: Mapping[int, int]) -> list[State]:
    """The states of one automaton of all programs; where it grows too large, the largest are taken out of them."""
    while True:
        try:
            return _states(programs, _MOST_STATES_TOGETHER)
        except TooLargeError:
            del programs[max(programs, key=lambda number: sizes[number])]


def _fits(node: Node) -> bool:
    """Whether an automaton has what a pattern consists of, without becoming large."""
    if isinstance(node, Repetition):
        return max(node.least, node.most or 0) <= _MOST_REPEATS
    if isinstance(node, Characters):
        listed = sum(ord(last) - ord(first) + 1 for first, last in node.ranges)
        return listed <= _MOST_CHARACTERS and RESERVED.isdisjoint(node.listed)
    return not isinstance(node, LineBoundary)


_Threads = tuple[tuple[int, tuple[int, ...]], ...]
"""Per program that is still under way, the steps that it is at."""


def _states(programs: dict[int, Program], most: int) -> list[State]:
    start = tuple((number, _reached(program, [program.start])) for number, program in programs.items())
    numbers: dict[_Threads, int] = {start: 0}
    states: list[State] = []
    pending = [start]
    for threads in pending:  # grows while it is gone through
        followers: dict[str, int] = {}
        for character, moved in _moves(threads, programs):
            reached = tuple((number, _reached(programs[number], steps)) for number, steps in moved.items())
            if reached not in numbers:
                numbers[reached] = len(numbers)
                pending.append(reached)
                if len(numbers) > most:
                    raise TooLargeError
            followers[character] = numbers[reached]
        states.append((followers, [number for number, steps in threads if MATCHED in steps]))
    return states


def _reached(program: Program, steps: Sequence[int]) -> tuple[int, ...]:
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
        if step == MATCHED:
            reached.append(step)
            break
        if isinstance(program.acts[step], Characters):
            reached.append(step)
        else:
            pending.extend(reversed(program.leads[step]))
    return tuple(reached)


def _moves(threads: _Threads, programs: dict[int, Program]) -> Iterator[tuple[str, dict[int, list[int]]]]:
    """By character the steps behind it, for each program that goes on."""
    taking = [
        (number, takes, programs[number].leads[step])
        for number, steps in threads
        for step in steps
        if isinstance(takes := programs[number].acts[step], Characters)
    ]
    moves: dict[str, dict[int, list[int]]] = {}
    for _, takes, _ in taking:
        for character in takes.listed:
            moves.setdefault(character, {})
        if takes.han:
            moves.setdefault(OTHER_HAN, {})
        if takes.negated:
            moves.setdefault(OTHER, {})
    for number, takes, leads in taking:
        many = takes.han or takes.negated
        for character in [one for one in moves if _takes(takes, one)] if many else takes.listed:
            moves[character].setdefault(number, []).extend(leads)
    return iter(sorted(moves.items()))


def _takes(characters: Characters, one: str) -> bool:
    """Whether a character, or what stands for all others, is among some."""
    if one == OTHER_HAN:
        return characters.han is not characters.negated
    return characters.negated if one == OTHER else one in characters
