"""Words without which a pattern cannot match, and characters that no match of it contains.

Most forbidden wordings do not occur in most reports. Looking for a few words in a text costs a microsecond;
compiling a pattern and running it for the first time costs two hundred. What is needed for looking is worked
out when rules are compiled and kept with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from checker.patterns.pattern import Known
from checker.patterns.syntax import parse
from checker.patterns.tree import (
    Alternation,
    Characters,
    LineBoundary,
    Node,
    Repetition,
    children,
    spelled_out,
    walk,
)

_MOST_WORDS: Final = 24
_MOST_WORDS_ALONE: Final = 48
"""For a pattern that has only one group."""
_MOST_GROUPS: Final = 6
_STOPS: Final = "\n。；，"
"""What ends a paragraph, a sentence or a clause."""


Words = frozenset[str]


@lru_cache(maxsize=4096)
def known_of(source: str) -> Known:
    """What can be worked out for one pattern; raises as `checker.patterns.syntax.parse` does."""
    tree = parse(source)
    written = spelled_out(tree)
    engine = "" if written == source else written
    groups = required_words(tree)
    if not groups:
        return Known(engine)
    probe = max(range(len(groups)), key=lambda index: _strength(frozenset(groups[index])))
    anchored = any(isinstance(node, LineBoundary) for node in walk(tree))
    return Known(engine, groups, probe, stops(tree), anchored)


def required_words(tree: Node) -> tuple[tuple[str, ...], ...]:
    """Groups of words: every match of a pattern contains a word of each group, one behind the other."""
    groups = _needed(tree)
    most = _MOST_WORDS if len(groups) > 1 else _MOST_WORDS_ALONE
    useful = [index for index, words in enumerate(groups) if len(words) <= most]
    useful.sort(key=lambda index: _strength(groups[index]), reverse=True)
    return tuple(tuple(sorted(groups[index])) for index in sorted(useful[:_MOST_GROUPS]))


def stops(tree: Node) -> str:
    """Those of line feed, full stop, semicolon and comma that no match of a pattern contains."""
    held = [node for node in walk(tree) if isinstance(node, Characters)]
    return "".join(stop for stop in _STOPS if not any(stop in characters for characters in held))


def _needed(node: Node) -> list[Words]:
    """Groups of words that a part needs, in their order."""
    if isinstance(node, Characters):
        return [frozenset((node.literal,))] if node.literal else []
    if isinstance(node, Alternation):
        branches = [_needed(branch) for branch in node.branches]
        return (
            [frozenset().union(*(max(groups, key=_strength) for groups in branches))] if all(branches) else []
        )
    if isinstance(node, Repetition) and node.least == 0:
        return []
    groups: list[Words] = []
    run = ""
    for part in children(node):
        literal = part.literal if isinstance(part, Characters) else ""
        if run and not literal:
            groups.append(frozenset((run,)))
        groups += [] if literal else _needed(part)
        run = run + literal if literal else ""
    return [*groups, frozenset((run,))] if run else groups


def _strength(words: Words) -> tuple[int, int]:
    """How much a group rules out: longer words more, then fewer."""
    return min(map(len, words)), -len(words)
