"""The engine for places where there is neither RE2 nor `regex`; it needs nothing but the standard library.

The standard `re` is quick, but goes back and tries again, with some patterns without end, and cannot be stopped.
The tree of a pattern says in how long a text that is harmless (see `checker.patterns.effort`). In a longer one
the steps of the pattern are followed side by side, as RE2 does: a hundred times slower, but never more than so
many for each character. They are counted, and when there are too many the search is stopped. Steps and not
seconds, so that it ends alike on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from checker.model.text import spans_between
from checker.patterns.effort import most_steps
from checker.patterns.simulation import Budget, SimulatedMatch, Simulation
from checker.patterns.syntax import parse
from checker.patterns.tree import Characters, walk

_STEPS_OF_RE: Final = 5_000_000
"""Up to a quarter of a second."""
_STEPS: Final = 1_000_000
"""Up to a second."""


class OwnEngine:
    """A pattern, to be looked for in texts.

    Args:
        pattern: what `checker.patterns.tree.spelled_out` has made of it.
    """

    def __init__(self, pattern: str) -> None:
        self._tree = parse(pattern)
        self.backtracking = re.compile(pattern, re.MULTILINE)
        self.groupindex: Mapping[str, int] = self.backtracking.groupindex
        self._harmless: dict[int, bool] = {}

    def finditer(self, text: str, start: int) -> Iterator[re.Match[str] | SimulatedMatch]:
        """All matches from `start` on that do not overlap, in order.

        Raises:
            TimeoutError: it would take too many steps.
        """
        parts = [(0, len(text))]
        if self._within_lines and not self._is_harmless(len(text)):
            parts = list(spans_between(text, "\n"))
        budget = Budget(_STEPS)
        for first, last in parts:
            begin = max(first, start)
            if begin < last and self._is_harmless(last - begin):
                yield from self.backtracking.finditer(text, begin, last)
            elif begin < last:
                yield from self.simulation.finditer(text, begin, last, budget)

    def _is_harmless(self, length: int) -> bool:
        """Whether `re` surely gets through so many characters in time."""
        bits = length.bit_length()
        if bits not in self._harmless:
            self._harmless[bits] = most_steps(self._tree, 1 << bits) <= _STEPS_OF_RE
        return self._harmless[bits]

    @cached_property
    def _within_lines(self) -> bool:
        """Whether no match runs over the end of a line."""
        return not any(isinstance(node, Characters) and "\n" in node for node in walk(self._tree))

    @cached_property
    def simulation(self) -> Simulation:
        """What follows the steps side by side."""
        return Simulation(self._tree, self.groupindex)
