"""Equations between lines of a table, such as `R1 + R2 = S + R4`, as rules write them."""

from __future__ import annotations

from typing import Final

LAST: Final = "last."
"""In front of a line of last year's table."""
_RELATIONS: Final = {">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=", "=": "=", "＝": "="}
_PLAIN_SIGNS: Final = str.maketrans("＋－−", "+--")


def parse_equation(text: str) -> tuple[list[tuple[int, str]], str, list[tuple[int, str]]] | None:
    """Split `R1 + R2 = S + R4` into signed keys, relation and signed keys; None if it is not of that shape."""
    written = next((one for one in _RELATIONS if one in text), None)
    if written is None:
        return None
    left, _, right = text.partition(written)
    sides = _signed_keys(left), _signed_keys(right)
    return (sides[0], _RELATIONS[written], sides[1]) if sides[0] and sides[1] else None


def _signed_keys(side: str) -> list[tuple[int, str]]:
    """The keys of `R1 + R2 - R3` with their signs; empty if it is not of that shape."""
    terms = side.translate(_PLAIN_SIGNS).replace("-", "+-").split("+")
    if len(terms) > 1 and not terms[0].strip():  # a sign in front of the first key
        del terms[0]
    keys = [(-1 if term.startswith("-") else 1, term.removeprefix("-").strip()) for term in terms]
    return keys if all(_is_key(key) for _, key in keys) else []


def _is_key(word: str) -> bool:
    start = word[:1]
    return (start == "_" or start.isalpha()) and word.translate(_WORD_SIGNS).isalnum()


_WORD_SIGNS: Final = str.maketrans("_.、", "xxx")
