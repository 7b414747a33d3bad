"""Words without which a pattern cannot match, and characters that no match of it contains.

Most forbidden wordings do not occur in most reports. Looking for a few words in a text costs a microsecond;
compiling a pattern and running it for the first time costs two hundred. What is needed for looking is worked
out when rules are compiled and kept with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from checker.patterns.pattern import Known, common_subset, compile_pattern

_QUANTIFIERS: Final = "*+?{"
_MOST_WORDS: Final = 24
_MOST_WORDS_ALONE: Final = 48
"""For a pattern that has only one group."""
_MOST_GROUPS: Final = 6
_STOPS: Final = "\n。；，"
"""What ends a paragraph, a sentence or a clause."""


Words = frozenset[str]


def known_of(source: str) -> Known:
    """What can be worked out for one pattern.

    Args:
        source: a pattern that `checker.patterns.pattern` accepts.
    """
    engine = common_subset(source)
    if engine == f"(?m){source}":
        engine = ""
    groups = required_words(source)
    if not groups:
        return Known(engine)
    probe = max(range(len(groups)), key=lambda index: _strength(frozenset(groups[index])))
    return Known(engine, groups, probe, stops(source), "^" in source or "$" in source)


def required_words(source: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words: every match of a pattern contains a word of each group, one behind the other.

    Args:
        source: a pattern that `checker.patterns.pattern` accepts.
    """
    groups, position = _alternatives(source, 0)
    if position < len(source):
        return ()
    most = _MOST_WORDS if len(groups) > 1 else _MOST_WORDS_ALONE
    useful = [index for index, words in enumerate(groups) if len(words) <= most]
    useful.sort(key=lambda index: _strength(groups[index]), reverse=True)
    return tuple(tuple(sorted(groups[index])) for index in sorted(useful[:_MOST_GROUPS]))


def stops(source: str) -> str:
    """Those of line feed, full stop, semicolon and comma that no match of a pattern contains.

    Args:
        source: a pattern that `checker.patterns.pattern` accepts.
    """
    held: set[str] = set()
    position = 0
    while position < len(source):
        if source.startswith("(?", position):
            end = source.index(">" if source.startswith("(?P<", position) else ":", position) + 1
        elif source[position] == "{":
            end = source.index("}", position) + 1
        elif source[position] in "()|^$*+?":
            end = position + 1
        else:
            end = _unit(source, position)[2]
            held.update(_stops_in(source[position:end]))
        position = end
    return "".join(stop for stop in _STOPS if stop not in held)


@lru_cache(maxsize=1024)
def _stops_in(unit: str) -> tuple[str, ...]:
    """The stops that one character, escape or class matches."""
    pattern = compile_pattern(unit)
    return tuple(stop for stop in _STOPS if pattern.search(stop))


def _alternatives(source: str, position: int) -> tuple[list[Words], int]:
    """Groups of `a|b|c` up to its closing bracket: those of the only branch, or one of all branches' best."""
    branches: list[list[Words]] = []
    while True:
        groups, position = _sequence(source, position)
        branches.append(groups)
        if not source.startswith("|", position):
            break
        position += 1
    if len(branches) == 1:
        return branches[0], position
    if not all(branches):
        return [], position
    return [frozenset().union(*(max(groups, key=_strength) for groups in branches))], position


def _sequence(source: str, position: int) -> tuple[list[Words], int]:
    """Groups of one branch: its literal runs and what its brackets need."""
    groups: list[Words] = []
    run = ""
    while position < len(source) and source[position] not in "|)":
        literal, inner, end = _unit(source, position)
        optional, after = _quantified(source, end)
        if literal and after == end:
            run += literal
        else:
            groups.extend([frozenset((run,))] if run else [])
            run = ""
            if not optional:
                groups.extend([frozenset((literal,))] if literal else inner)
        position = after
    groups.extend([frozenset((run,))] if run else [])
    return groups, position


def _strength(words: Words) -> tuple[int, int]:
    """How much a group rules out: longer words more, then fewer."""
    return min(map(len, words)), -len(words)


def _unit(source: str, position: int) -> tuple[str, list[Words], int]:
    """One character, class or group: its literal (empty if it is none), what it needs, and its end."""
    character = source[position]
    if character == "\\":
        if source.startswith(r"\p{", position):
            return "", [], source.index("}", position) + 1
        letter = source[position + 1]
        return ("" if letter.isalnum() else letter), [], position + 2
    if character == "[":
        return "", [], _class_end(source, position)
    if character == "(":
        folded = source.startswith("(?i:", position)
        inner = position + 1
        if source.startswith("(?", position):
            inner = source.index(">" if source.startswith("(?P<", position) else ":", position) + 1
        groups, closing = _alternatives(source, inner)
        return "", [] if folded else groups, closing + 1
    return ("" if character in ".^$" else character), [], position + 1


def _class_end(source: str, opening: int) -> int:
    position = opening + (2 if source.startswith("[^", opening) else 1)
    first = position
    while source[position] != "]" or position == first:
        position += 2 if source[position] == "\\" else 1
    return position + 1


def _quantified(source: str, position: int) -> tuple[bool, int]:
    """Whether the unit before may be absent, and where its quantifier ends."""
    if position >= len(source) or source[position] not in _QUANTIFIERS:
        return False, position
    optional = source[position] in "*?" or source.startswith(("{0,", "{0}"), position)
    end = source.index("}", position) + 1 if source[position] == "{" else position + 1
    return optional, end + source.startswith("?", end)
