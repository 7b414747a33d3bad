"""The engine for places where there is no RE2; it needs nothing but the standard library.

It follows the steps of a pattern side by side, character by character, and never goes back: however pattern and
text are made, each step is looked at once for a character at most. The standard `re` does go back, for some
patterns without end, and cannot be stopped. Steps are counted, and when there are too many the search is
stopped; steps and not seconds, so that it ends alike on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from checker.patterns.program import MATCHED, Mark, Program
from checker.patterns.syntax import parse
from checker.patterns.tree import Bracket, Characters, LineBoundary, spelled_out, walk

_STEPS: Final = 500_000
_STEPS_FOR_EACH_CHARACTER: Final = 30
"""Together the most of one search, half a second in a report; the built-in patterns take up to 17 for each
character of one."""
_NO_SPAN: Final = (-1, -1)

_Marks = tuple[Mark, int, "_Marks"] | None
"""Where groups begin and end: the last mark, its position, and those before it."""
_Thread = tuple[int, int, _Marks]
"""A match under way: where it begins, the step that it is at, and its marks."""


class OwnMatch:
    """A match, as `re.Match` has it.

    Args:
        text: the text.
        spans: start and end of the groups that took part, by number.
    """

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


class OwnEngine:
    """A pattern that can be looked for.

    Attributes:
        groupindex: numbers of the named groups.
        program: the steps of the pattern.
        takes: for each step what has been found out so far about which characters it takes.

    Args:
        pattern: what `checker.patterns.tree.spelled_out` has made of it; nothing at all must not match it.
    """

    def __init__(self, pattern: str) -> None:
        tree = parse(pattern)
        names = [node.name for node in walk(tree) if isinstance(node, Bracket) and node.name]
        self.groupindex = {name: number for number, name in enumerate(names, 1)}
        self.program = Program(tree)
        shared: dict[Characters, dict[str, bool]] = {}
        self.takes = [
            shared.setdefault(act, {}) if isinstance(act, Characters) else {} for act in self.program.acts
        ]

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Finds a character that a match may begin with."""
        first: set[Characters] = set()
        reached: set[int] = set()
        pending = [self.program.start]
        while pending:
            step = pending.pop()
            act = self.program.acts[step]
            if isinstance(act, Characters):
                first.add(act)
            elif step not in reached:
                reached.add(step)
                pending += self.program.leads[step]
        return re.compile("|".join(map(spelled_out, first)))

    def finditer(self, text: str, start: int) -> Iterator[OwnMatch]:
        """All matches from `start` on that do not overlap, in order.

        Raises:
            TimeoutError: it would take too many steps.
        """
        search = _Simulation(self, text)
        while found := search.first(start):
            yield found
            start = found.end(0)


class _Simulation:
    """A pattern being looked for in a text."""

    def __init__(self, engine: OwnEngine, text: str) -> None:
        self._engine = engine
        self._text = text
        self._steps = _STEPS + _STEPS_FOR_EACH_CHARACTER * len(text)

    def first(self, position: int) -> OwnMatch | None:
        """The first match from a position on."""
        text = self._text
        found: OwnMatch | None = None
        threads: list[_Thread] = []
        while True:
            if not threads:
                begins = None if found else self._engine.beginning.search(text, position)
                if not begins:
                    return found
                position = begins.start()
            if not found:
                threads.append((position, self._engine.program.start, None))
            taking, match = self._follow(threads, position)
            found = match or found
            threads = self._take(taking, text[position]) if position < len(text) else []
            position += 1

    def _follow(self, threads: list[_Thread], position: int) -> tuple[list[_Thread], OwnMatch | None]:
        """Follow the steps that take nothing; returns the threads that need a character, and a match.

        Of two threads at one step the better one goes on. Those worse than a match end here.
        """
        acts, leads = self._engine.program.acts, self._engine.program.leads
        taking: list[_Thread] = []
        match: OwnMatch | None = None
        seen: set[int] = set()
        pending = threads[::-1]
        while pending and not match:
            begin, step, marks = pending.pop()
            if step in seen:
                continue
            seen.add(step)
            act = acts[step]
            if isinstance(act, Characters):
                taking.append((begin, step, marks))
            elif step == MATCHED:
                match = self._match(begin, position, marks)
            elif not isinstance(act, LineBoundary) or self._holds(act, position):
                marks = (act, position, marks) if isinstance(act, tuple) else marks
                pending += [(begin, lead, marks) for lead in reversed(leads[step])]
        self._steps -= len(seen)
        if self._steps < 0:
            raise TimeoutError
        return taking, match

    def _take(self, taking: list[_Thread], character: str) -> list[_Thread]:
        """The threads that go on with a character, behind it."""
        acts, leads, takes = self._engine.program.acts, self._engine.program.leads, self._engine.takes
        threads: list[_Thread] = []
        for begin, step, marks in taking:
            known = takes[step]
            if character not in known:
                act = acts[step]
                known[character] = isinstance(act, Characters) and character in act
            if known[character]:
                threads.append((begin, leads[step][0], marks))
        return threads

    def _holds(self, boundary: LineBoundary, position: int) -> bool:
        """Whether a line begins or ends at a position."""
        text = self._text
        if boundary.sign == "^":
            return position == 0 or text[position - 1] == "\n"
        return position == len(text) or text[position] == "\n"

    def _match(self, begin: int, end: int, marks: _Marks) -> OwnMatch:
        """What a thread has found; of a group that came several times the last one counts."""
        ends: dict[str, int] = {}
        spans = {0: (begin, end)}
        while marks:
            (name, closing), position, marks = marks
            if closing:
                ends.setdefault(name, position)
            else:
                spans.setdefault(self._engine.groupindex[name], (position, ends[name]))
        return OwnMatch(self._text, spans)
