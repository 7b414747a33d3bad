"""Words without which a pattern cannot match.

Most forbidden wordings do not occur in most reports. Looking for a few words in a text costs a
microsecond; compiling and running the pattern costs a hundred. The words are worked out when rules are
compiled and kept with them.
"""

from __future__ import annotations

from typing import Final

_QUANTIFIERS: Final = "*+?{"
_MOST_WORDS: Final = 24
_MOST_GROUPS: Final = 6


Words = frozenset[str]


def required_words(source: str) -> tuple[tuple[str, ...], ...]:
    """Groups of words, strongest first: every match of a pattern contains a word of each group.

    Args:
        source: a pattern that `checker.patterns` accepts.
    """
    groups, position = _alternatives(source, 0)
    if position < len(source):
        return ()
    useful = sorted(
        (words for words in dict.fromkeys(groups) if len(words) <= _MOST_WORDS), key=_strength, reverse=True
    )
    return tuple(tuple(sorted(words)) for words in useful[:_MOST_GROUPS])


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
