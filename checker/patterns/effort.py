"""How long a matcher that goes back and tries again may take with a pattern, read off its tree.

The standard `re` is such a matcher: quick as a rule, but with `(甲+)+乙` each further 甲 doubles its time. What it
does at most is counted here: for each part the ways in which it may match at one place, each of which is tried
when what follows does not fit, and the steps that trying them takes.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

from checker.patterns.tree import (
    Alternation,
    Characters,
    LineBoundary,
    Node,
    Repetition,
    children,
    may_be_empty,
)

_MANY: Final = 1e30
"""More than any limit."""
_LINE_END: Final = Characters((("\n", "\n"),))
_MOST_BRANCHES: Final = 64
"""Of more branches it is not asked whether only one of them can match."""

Beginnings = frozenset[Characters] | None
"""What stands at the beginning; None if that may be anything."""


def most_steps(tree: Node, length: int) -> float:
    """The steps that `re` needs at most to look for a pattern in a text of so many characters."""
    return length * _Effort(length).of(tree, None)[1]


class _Effort:
    """Counts for texts of one length."""

    def __init__(self, length: int) -> None:
        self._length = length

    def of(self, node: Node, then: Beginnings) -> tuple[float, float]:
        """In how many ways a part may match at one place, and the steps to try them all.

        Args:
            node: the part.
            then: what must follow it.
        """
        if isinstance(node, Characters | LineBoundary):
            return 1, 1
        if isinstance(node, Repetition):
            return self._repeated(node, then)
        if isinstance(node, Alternation):
            counted = [self.of(branch, then) for branch in node.branches]
            tried = [ways for ways, _ in counted]
            steps = sum(steps for _, steps in counted) + len(counted)
            return (max(tried) if _exclusive(node.branches) else sum(tried)), steps
        followers = []
        for part in reversed(children(node)):
            followers.append(then)
            then = beginnings(part, then)
        ways, steps = 1.0, 1.0
        for part in children(node):
            more_ways, more_steps = self.of(part, followers.pop())
            steps += ways * more_steps
            ways *= more_ways
        return min(ways, _MANY), min(steps, _MANY)

    def _repeated(self, node: Repetition, then: Beginnings) -> tuple[float, float]:
        begins = beginnings(node.part, None)
        again = None if begins is None or then is None else begins | then
        ways, steps = self.of(node.part, again)
        most = self._length if node.most is None else min(node.most, self._length)
        if may_be_empty(node.part):
            return (_MANY, _MANY) if most > 1 else (ways + 1, steps + 1)
        if ways == 1:
            single = most == node.least or _apart(begins, then)
            return (1 if single else most - node.least + 1), most * (steps + len(then or ())) + 1
        # Geometric sums: each further time multiplies the ways.
        try:
            total = (ways ** (most + 1) - 1) / (ways - 1)
        except OverflowError:
            return _MANY, _MANY
        return min(total, _MANY), min(total * steps, _MANY)


def beginnings(node: Node, then: Beginnings) -> Beginnings:
    """The characters that a part together with what follows begins with.

    Args:
        node: the part.
        then: what follows.
    """
    if isinstance(node, Characters):
        return frozenset((node,))
    if isinstance(node, LineBoundary):
        return frozenset((_LINE_END,)) if node.sign == "$" else then
    if isinstance(node, Alternation):
        return _either(*(beginnings(branch, then) for branch in node.branches))
    if isinstance(node, Repetition):
        first = beginnings(node.part, then)
        return _either(first, then) if node.least == 0 else first
    for part in reversed(children(node)):
        then = beginnings(part, then)
    return then


def _either(*several: Beginnings) -> Beginnings:
    known = [one for one in several if one is not None]
    return frozenset().union(*known) if len(known) == len(several) else None


def _apart(some: Beginnings, others: Beginnings) -> bool:
    """Whether no character belongs to both."""
    if some is None or others is None:
        return False
    return not any(_meet(one, other) for one in some for other in others)


def _meet(one: Characters, other: Characters) -> bool:
    if one.negated and other.negated:
        return True
    if one.negated:
        one, other = other, one
    if other.negated:
        return not all(
            any(low <= first and last <= high for low, high in other.blocks) for first, last in one.blocks
        )
    return any(low <= last and first <= high for first, last in one.blocks for low, high in other.blocks)


def _exclusive(branches: tuple[Node, ...]) -> bool:
    """Whether at most one of the branches can match at a place: any two differ in a character."""
    if len(branches) > _MOST_BRANCHES:
        return False
    return all(
        any(not _meet(one, other) for one, other in zip(*pair, strict=False))
        for pair in combinations([_leading(branch) for branch in branches], 2)
    )


def _leading(node: Node) -> list[Characters]:
    """The characters that every match of a part begins with, one behind the other, as far as that is plain."""
    if isinstance(node, Characters):
        return [node]
    if isinstance(node, Alternation) or (isinstance(node, Repetition) and node.least == 0):
        return []
    found: list[Characters] = []
    for part in children(node):
        found += _leading(part)
        if not isinstance(part, Characters):
            break
    return found
