"""Words without which a pattern cannot match.

Most forbidden wordings do not occur in most reports. Looking for a few words in a text costs a
microsecond; compiling and running the pattern costs a hundred. The words are worked out when rules are
compiled and kept with them.
"""

from __future__ import annotations

from typing import Final

_QUANTIFIERS: Final = "*+?{"
_MOST_WORDS: Final = 24


def required_words(source: str) -> tuple[str, ...]:
    """Words of which every match of a checked pattern contains at least one; empty if there are none.

    Args:
        source: a pattern that `checker.patterns` accepts.
    """
    words, position = _alternatives(source, 0)
    if position < len(source) or words is None or len(words) > _MOST_WORDS:
        return ()
    return tuple(sorted(words))


def _alternatives(source: str, position: int) -> tuple[frozenset[str] | None, int]:
    """Words of `a|b|c` up to its closing bracket: those of all branches; None if a branch has none."""
    found: frozenset[str] | None = frozenset()
    while True:
        words, position = _sequence(source, position)
        found = None if found is None or words is None else found | words
        if not source.startswith("|", position):
            return found, position
        position += 1


def _sequence(source: str, position: int) -> tuple[frozenset[str] | None, int]:
    """Words of one branch: the best of its literal runs and groups."""
    best: frozenset[str] | None = None
    run = ""
    while position < len(source) and source[position] not in "|)":
        literal, group, end = _unit(source, position)
        optional, after = _quantified(source, end)
        if literal and after == end:
            run += literal
        else:
            best, run = _better(best, _single(run)), ""
            if not optional:
                best = _better(best, _single(literal) if literal else group)
        position = after
    return _better(best, _single(run)), position


def _unit(source: str, position: int) -> tuple[str, frozenset[str] | None, int]:
    """One character, class or group: its literal (empty if it is none), the group's words, and its end."""
    character = source[position]
    if character == "\\":
        if source.startswith(r"\p{", position):
            return "", None, source.index("}", position) + 1
        letter = source[position + 1]
        return ("" if letter.isalnum() else letter), None, position + 2
    if character == "[":
        return "", None, _class_end(source, position)
    if character == "(":
        folded = source.startswith("(?i:", position)
        inner = position + 1
        if source.startswith("(?", position):
            inner = source.index(">" if source.startswith("(?P<", position) else ":", position) + 1
        words, closing = _alternatives(source, inner)
        return "", None if folded else words, closing + 1
    return ("" if character in ".^$" else character), None, position + 1


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


def _single(word: str) -> frozenset[str] | None:
    return frozenset((word,)) if word else None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Of two sets the one that rules out more: longer words, then fewer."""
    if not one or not other:
        return one or other
    return max(one, other, key=lambda words: (min(map(len, words)), -len(words)))
