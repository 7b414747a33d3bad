"""JSON text that is readable, deterministic and exact.

The standard encoder cannot write a Decimal with the digits it has, and with an indent it puts every
number of a table on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from typing import Any, Final

from checker.startup.lazy_re import compile_later

_LINE: Final = 140  # a row of the widest form table

# Legal inside JSON strings, but a terminal may act on them and some parsers refuse lone surrogates.
_DANGEROUS: Final = compile_later("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(value: Any, depth: int = 0) -> str:
    """Write `value` as JSON.

    Args:
        value: mappings with string keys, sequences, strings, numbers, booleans and None. The nesting is
            that of a fixed contract, so recursion is shallow.
        depth: how deep the text will stand in another one; lines after the first are indented by it.

    Returns:
        The text without a line end. A container without containers in it stands on one line if it is
        short; every other one has an entry a line, two spaces deeper.
    """
    kind = type(value)
    # Most values are of few types, and asking an abstract one takes longer than writing them.
    if kind is str or kind is int or value is None:
        return _scalar(value)
    if kind is dict or isinstance(value, Mapping):
        entries = [f"{_string(str(key))}: {json_text(item, depth + 1)}" for key, item in value.items()]
        return _container("{", entries, "}", depth)
    if kind is list or kind is tuple or (isinstance(value, Sequence) and not isinstance(value, str)):
        return _container("[", [json_text(item, depth + 1) for item in value], "]", depth)
    return _scalar(value)


def json_line(value: Any) -> str:
    """Write `value` as JSON on one line, for files with a value a line; otherwise as `json_text`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(str(key))}: {json_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(json_line, value)) + "]"
    return _scalar(value)


def _container(start: str, entries: list[str], end: str, depth: int) -> str:
    if sum(map(len, entries)) + 2 * len(entries) + 2 * depth <= _LINE:
        flat = ", ".join(entries)
        if "{" not in flat and "[" not in flat:  # a brace inside a string costs a line break, no more
            return start + flat + end
    indent = "\n" + "  " * (depth + 1)
    return f"{start}{indent}{f',{indent}'.join(entries)}\n{'  ' * depth}{end}"


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else "null"
    if isinstance(value, float):
        return repr(value) if isfinite(value) else "null"
    raise TypeError(f"not a JSON value: {type(value).__name__}")


def _string(text: str) -> str:
    written = encode_basestring(text)
    return written if written.isprintable() else _DANGEROUS.sub(_escape, written)


def _escape(match: re.Match[str]) -> str:
    if "\ud800" <= match[0] <= "\udfff":  # half a pair, from a file name that is no valid text
        return "\ufffd"
    return f"\\u{ord(match[0]):04x}"
