"""What a pattern says: the tree that every use of a pattern starts from.

`checker.patterns.syntax` makes it of the text in a rule file. The engines get it spelled out again, the words
that a match needs, the automaton of the claim files and the steps of the own engine are read off it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from checker.model.text import HAN_BLOCKS, is_han
from checker.startup.records import dataclass

_SPECIAL: Final = frozenset(r"\.^$*+?()[]{}|")
_SPECIAL_IN_CLASS: Final = frozenset(r"\[]^-")
_HYPHEN: Final = ("-", "-")
"""It needs no escape as the first or the last one of a class."""
_INVISIBLE: Final = {"\n": r"\n", "\t": r"\t"}


@dataclass(frozen=True, slots=True)
class Characters:
    r"""One character of some.

    Attributes:
        ranges: first and last of each range, in the order written; the same twice for a single character.
        han: whether all of `\p{Han}` belong to them as well.
        negated: one that is not among them.
    """

    ranges: tuple[tuple[str, str], ...]
    han: bool = False
    negated: bool = False

    def __contains__(self, character: str) -> bool:
        """Whether it matches a character."""
        held = any(first <= character <= last for first, last in self.ranges)
        return (held or (self.han and is_han(character))) is not self.negated

    @cached_property
    def literal(self) -> str:
        """The only character that it matches, empty if there are several."""
        if self.han or self.negated or len(self.ranges) > 1:
            return ""
        first, last = self.ranges[0]
        return first if first == last else ""

    @cached_property
    def listed(self) -> frozenset[str]:
        """The characters of its ranges, one by one."""
        return frozenset(
            chr(code) for first, last in self.ranges for code in range(ord(first), ord(last) + 1)
        )

    @property
    def blocks(self) -> tuple[tuple[str, str], ...]:
        r"""All ranges, those of `\p{Han}` among them."""
        return self.ranges + (HAN_BLOCKS if self.han else ())


ANY: Final = Characters((("\n", "\n"),), negated=True)
"""What `.` matches: all but the end of a paragraph."""


@dataclass(frozen=True, slots=True)
class LineBoundary:
    """The beginning of a paragraph, or its end: `^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """A part in brackets.

    Attributes:
        part: what stands between them.
        opening: how they were opened: `(`, `(?:` or `(?P<name>`.
    """

    part: Node
    opening: str = "(?:"

    @property
    def name(self) -> str:
        """Name of the group, empty for brackets without one."""
        return self.opening[4:-1]


@dataclass(frozen=True, slots=True)
class Repetition:
    """A part several times; `most` None sets no limit, `lazy` prefers few."""

    part: Node
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Parts one behind the other; none of them matches nothing."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    """One of several branches; the first that fits wins."""

    branches: tuple[Node, ...]


Node = Characters | LineBoundary | Bracket | Repetition | Concatenation | Alternation


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, Bracket | Repetition):
        return (node.part,)
    if isinstance(node, Concatenation):
        return node.parts
    return node.branches if isinstance(node, Alternation) else ()


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def may_be_empty(node: Node) -> bool:
    """Whether nothing at all matches it too."""
    if isinstance(node, Repetition):
        return node.least == 0 or may_be_empty(node.part)
    if isinstance(node, Alternation):
        return any(map(may_be_empty, node.branches))
    return not isinstance(node, Characters) and all(map(may_be_empty, children(node)))


def size(node: Node) -> int:
    """How many ranges of characters are left once all repetitions are written out; at least one a node."""
    if isinstance(node, Characters):
        return len(node.blocks)
    most = max(node.least, node.most or 1) if isinstance(node, Repetition) else 1
    return most * max(1, sum(map(size, children(node))))


def spelled_out(node: Node) -> str:
    r"""The tree as a pattern that means the same to every engine, if `^` and `$` are ends of lines to it.

    `\d`, `\s` and `\p{Han}` are spelled out, because the engines' own tables differ; a negated class excludes
    line feeds. Apart from that it is what was written, most often to the letter.
    """
    if isinstance(node, Characters):
        return _class(node)
    if isinstance(node, LineBoundary):
        return node.sign
    if isinstance(node, Bracket):
        return f"{node.opening}{spelled_out(node.part)})"
    if isinstance(node, Repetition):
        return f"{spelled_out(node.part)}{_quantifier(node)}{'?' if node.lazy else ''}"
    return ("|" if isinstance(node, Alternation) else "").join(map(spelled_out, children(node)))


def _class(node: Characters) -> str:
    if node is ANY:
        return "."
    if node.literal:
        return _escaped(node.literal, _SPECIAL)
    inside = "".join(_range(first, last) for first, last in node.blocks)
    if node.blocks[0] == _HYPHEN:
        inside = inside[1:]
    elif node.blocks[-1] == _HYPHEN:
        inside = inside[:-2] + "-"
    return f"[{'^' if node.negated else ''}{inside}]"


def _range(first: str, last: str) -> str:
    start = _escaped(first, _SPECIAL_IN_CLASS)
    return start if first == last else f"{start}-{_escaped(last, _SPECIAL_IN_CLASS)}"


def _escaped(character: str, special: frozenset[str]) -> str:
    return f"\\{character}" if character in special else _INVISIBLE.get(character, character)


def _quantifier(node: Repetition) -> str:
    least, most = node.least, node.most
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((least, most))
    if short:
        return short
    return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"
