"""Looking for a pattern by following its steps side by side, character by character, without going back.

However the pattern and the text are made, each step of the pattern is looked at once for a character at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from checker.patterns.effort import beginnings
from checker.patterns.program import MATCHED, Mark, Program
from checker.patterns.tree import Characters, LineBoundary, Node, spelled_out

_NO_SPAN: Final = (-1, -1)

_Marks = tuple[Mark, int, "_Marks"] | None
"""Where groups begin and end: the last mark, its position, and those before it."""
_Thread = tuple[int, int, _Marks]
"""A match under way: where it begins, the step that it is at, and its marks."""


class SimulatedMatch:
    """A match, as `re.Match` has it."""

    def __init__(self, text: str, spans: Mapping[int, tuple[int, int]]) -> None:
        self._text = text
        self._spans = spans

    def start(self, group: int) -> int:
        """Offset of the group's first character, -1 if it took no part."""
        return self._spans.get(group, _NO_SPAN)[0]

    def end(self, group: int) -> int:
        """Offset after the group's last character, -1 if it took no part."""
        return self._spans.get(group, _NO_SPAN)[1]

    def group(self, group: int) -> str | None:
        """Text of the group, None if it took no part."""
        start, end = self._spans.get(group, _NO_SPAN)
        return None if start < 0 else self._text[start:end]


class Budget:
    """Steps that may still be taken."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Take some; raises `TimeoutError` when there are not as many."""
        self._left -= steps
        if self._left < 0:
            raise TimeoutError


class Simulation:
    """A pattern, ready to be looked for.

    Args:
        tree: the pattern; nothing at all must not match it.
        numbers: numbers of the named groups.
    """

    def __init__(self, tree: Node, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._program = Program(tree)
        first = beginnings(tree, None)
        self._first = re.compile("|".join(map(spelled_out, first))) if first else None
        known: dict[Characters, dict[str, bool]] = {}
        # What has been found out about which characters a step takes; steps for the same ones share it.
        self._takes = [
            known.setdefault(act, {}) if isinstance(act, Characters) else {} for act in self._program.acts
        ]

    def finditer(self, text: str, start: int, end: int, budget: Budget) -> Iterator[SimulatedMatch]:
        """All matches between two offsets that do not overlap, in order.

        Args:
            text: what the offsets count in, and what is looked at for the ends of lines.
            start: where to begin.
            end: where to end.
            budget: the steps that may be taken.

        Raises:
            TimeoutError: they are not enough.
        """
        while found := self._search(text, start, end, budget):
            yield found
            start = found.end(0)

    def _search(self, text: str, start: int, end: int, budget: Budget) -> SimulatedMatch | None:
        """The first match."""
        found: SimulatedMatch | None = None
        threads: list[_Thread] = []
        position = start
        while position <= end:
            if not threads:
                position = -1 if found else self._next_beginning(text, position, end)
                if position < 0:
                    break
            if not found:
                threads.append((position, self._program.start, None))
            taking, match = self._follow(threads, text, position, budget)
            found = match or found
            threads = [] if position == end else self._take(taking, text[position])
            position += 1
        return found

    def _next_beginning(self, text: str, position: int, end: int) -> int:
        """Where a match may begin at the earliest, -1 if nowhere."""
        if self._first is None:
            return position
        first = self._first.search(text, position, end)
        return first.start() if first else -1

    def _follow(
        self, threads: list[_Thread], text: str, position: int, budget: Budget
    ) -> tuple[list[_Thread], SimulatedMatch | None]:
        """Follow the steps that take nothing; returns the threads that need a character, and a match.

        Of two threads at one step the better one goes on. Those worse than a match end here.
        """
        acts, leads = self._program.acts, self._program.leads
        taking: list[_Thread] = []
        seen: set[int] = set()
        pending = threads[::-1]
        while pending:
            begin, step, marks = pending.pop()
            if step in seen:
                continue
            seen.add(step)
            if step == MATCHED:
                budget.spend(len(seen))
                return taking, self._match(text, begin, position, marks)
            act = acts[step]
            if isinstance(act, Characters):
                taking.append((begin, step, marks))
                continue
            if isinstance(act, LineBoundary) and not _holds(act, text, position):
                continue
            if isinstance(act, tuple):
                marks = (act, position, marks)
            pending += [(begin, lead, marks) for lead in reversed(leads[step])]
        budget.spend(len(seen))
        return taking, None

    def _take(self, taking: list[_Thread], character: str) -> list[_Thread]:
        """The threads that go on with a character, behind it."""
        acts, leads, takes = self._program.acts, self._program.leads, self._takes
        threads: list[_Thread] = []
        for begin, step, marks in taking:
            known = takes[step]
            if character not in known:
                act = acts[step]
                known[character] = isinstance(act, Characters) and character in act
            if known[character]:
                threads.append((begin, leads[step][0], marks))
        return threads

    def _match(self, text: str, begin: int, end: int, marks: _Marks) -> SimulatedMatch:
        """What a thread has found; of a group that came several times the last one counts."""
        ends: dict[str, int] = {}
        spans = {0: (begin, end)}
        while marks:
            (name, closing), position, marks = marks
            if closing:
                ends.setdefault(name, position)
            else:
                spans.setdefault(self._numbers[name], (position, ends[name]))
        return SimulatedMatch(text, spans)


def _holds(boundary: LineBoundary, text: str, position: int) -> bool:
    """Whether a line begins or ends at a position."""
    if boundary.sign == "^":
        return position == 0 or text[position - 1] == "\n"
    return position == len(text) or text[position] == "\n"
