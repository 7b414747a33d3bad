"""A pattern as steps that can be followed side by side, whatever the text, without ever going back.

This is Thompson's construction. The automaton of the claim files is worked out from the steps of many
patterns; the own engine follows those of one.
"""

from __future__ import annotations

from typing import Final

from checker.patterns.tree import (
    Alternation,
    Bracket,
    Characters,
    LineBoundary,
    Node,
    Repetition,
    children,
    may_be_empty,
)

MATCHED: Final = 0
"""The step behind the last one."""

Mark = tuple[str, bool]
"""Name of a group, and whether it ends."""


class TooLargeError(Exception):
    """The pattern would have more steps than it may."""


class Program:
    """The steps of a pattern.

    Attributes:
        acts: what a step does: take a character, require a boundary, mark where a group begins or ends; None
            for one that only leads on.
        leads: the steps that each leads to, the best first.
        start: the first step.

    Args:
        tree: the pattern.
        most: steps that it may have, None for any number.

    Raises:
        TooLargeError: it would have more.
    """

    def __init__(self, tree: Node, most: int | None = None) -> None:
        self.acts: list[Characters | LineBoundary | Mark | None] = [None]
        self.leads: list[list[int]] = [[]]
        self._most = most
        self.start = self._steps(tree, MATCHED)

    def _step(self, act: Characters | LineBoundary | Mark | None, leads: list[int]) -> int:
        if len(self.acts) == self._most:
            raise TooLargeError
        self.acts.append(act)
        self.leads.append(leads)
        return len(self.acts) - 1

    def _steps(self, node: Node, then: int) -> int:
        """Add the steps of a part that is followed by step `then`; returns its first one."""
        if isinstance(node, Characters | LineBoundary):
            return self._step(node, [then])
        if isinstance(node, Alternation):
            return self._step(None, [self._steps(branch, then) for branch in node.branches])
        if isinstance(node, Repetition):
            return self._repeated(node, then)
        name = node.name if isinstance(node, Bracket) else ""
        if name:
            then = self._step((name, True), [then])
        for part in reversed(children(node)):
            then = self._steps(part, then)
        return self._step((name, False), [then]) if name else then

    def _repeated(self, node: Repetition, then: int) -> int:
        start = then
        least = node.least
        if node.most is None:
            # What may be empty has to come once before it is asked whether it shall come again, or else the
            # order of preference gets lost.
            least = max(0, least - 1)
            again = self._step(None, [])
            start = self._steps(node.part, again)
            self.leads[again] += _by_greed(node, start, then)
            if node.least == 0:
                start = self._step(None, _by_greed(node, start, then)) if may_be_empty(node.part) else again
        else:
            for _ in range(node.most - node.least):
                start = self._step(None, _by_greed(node, self._steps(node.part, start), then))
        for _ in range(least):
            start = self._steps(node.part, start)
        return start


def _by_greed(node: Repetition, more: int, enough: int) -> list[int]:
    return [enough, more] if node.lazy else [more, enough]
