"""Records as bytes and back: between processes that do not trust each other, and on disk.

What can come out of the bytes is said by the annotations of one record and of the types they name, whoever
wrote the bytes: a process that a hostile file has taken over can neither make its parent run anything, nor
hand it a record whose fields are not of their types, nor a short message that unfolds into a long one.

The bytes are JSON, see `checker.processes.columns`, and behind it all floating-point numbers as doubles: most
numbers of a document are those of its boxes, and as text they would take longer than the rest.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import reduce
from math import isfinite
from operator import attrgetter, or_
from types import GenericAlias, NoneType, UnionType
from typing import Any, Final, Generic, TypeVar, get_args, get_origin, get_type_hints

from checker.processes.columns import (
    Boxes,
    Choices,
    Mappings,
    PackedColumn,
    Plain,
    Records,
    Sequences,
    Written,
    decimal_of,
    members_of,
    refuse,
)

T = TypeVar("T")

_LENGTH: Final = struct.Struct("<Q")
_PLAIN: Final = (str, int, bool, NoneType)
_ERRORS: Final = (ArithmeticError, LookupError, RecursionError, StopIteration, TypeError, struct.error)
"""What else than `ValueError` says that bytes are no record."""


class Serialiser(Generic[T]):
    """Writes and reads records of one type. Columns are made when the first record comes.

    Args:
        record: the type.
        names: types that annotations name and their modules import for type checkers only.
        by_key: types of which only a key is written, and read.
    """

    def __init__(
        self,
        record: type[T],
        names: Mapping[str, type] | None = None,
        by_key: Mapping[type, Callable[[Any], str]] | None = None,
    ) -> None:
        self._record = record
        self._names = dict(names or {})
        self._columns: dict[Any, PackedColumn] = {
            date: Written(date.isoformat, date.fromisoformat),
            Decimal: Written(str, decimal_of),
            **{kind: Written(key, str) for kind, key in (by_key or {}).items()},
        }

    def write(self, record: T) -> bytes:
        """A record as bytes; equal records give equal bytes.

        Raises:
            LookupError: a value is not of the type that its field announces.
        """
        doubles: array[float] = array("d")
        shown = self._column(self._record).write((record,), doubles)
        text = json.dumps(shown, ensure_ascii=False, check_circular=False, separators=(",", ":"))
        encoded = text.encode("utf-8", "surrogatepass")
        return b"".join((_LENGTH.pack(len(encoded)), encoded, doubles.tobytes()))

    def read(self, data: bytes) -> T:
        """The record that `write` wrote.

        Raises:
            ValueError: the bytes are something else.
        """
        column = self._column(self._record)
        try:
            (length,) = _LENGTH.unpack_from(data)
            end = _LENGTH.size + length
            numbers = array("d", data[end:])
            left = iter(numbers)
            shown = json.loads(data[_LENGTH.size : end].decode("utf-8", "surrogatepass"))
            (record,) = column.read(shown, 1, left)
            if any(True for _ in left) or not isfinite(sum(numbers)):
                refuse()
            made: T = record
        except _ERRORS as error:
            raise ValueError("no such record") from error
        return made

    def _column(self, hint: Any) -> PackedColumn:
        """The column for values of a type."""
        if hint not in self._columns:
            self._columns[hint] = self._made(hint)
        return self._columns[hint]

    def _made(self, hint: Any) -> PackedColumn:
        origin, parts = get_origin(hint), get_args(hint)
        if origin is UnionType:
            return self._choices(parts)
        if origin is tuple and parts[1:] == (Ellipsis,):
            return Sequences(self._column(parts[0]))
        if origin is tuple and set(parts) == {float}:
            return Boxes(len(parts))
        if origin is tuple:
            return Records(lambda *values: values, tuple, [self._column(part) for part in parts])
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return Mappings(*map(self._column, parts))
        if hint in _PLAIN:
            return Plain(hint)
        if issubclass(hint, Enum):
            return members_of(hint)
        hints = get_type_hints(hint, None, self._names)
        return Records(hint, attrgetter(*hints), [self._column(one) for one in hints.values()])

    def _choices(self, hints: tuple[Any, ...]) -> PackedColumn:
        plain = [hint for hint in hints if hint in _PLAIN]
        if len(plain) == len(hints):
            return Plain(*plain)
        tuples = [hint for hint in hints if get_origin(hint) is tuple]
        if len(tuples) > 1:  # only what they hold is told apart
            held = [part for hint in tuples for part in get_args(hint) if part is not Ellipsis]
            hints = (
                *(hint for hint in hints if hint not in tuples),
                GenericAlias(tuple, (reduce(or_, held), ...)),
            )
        columns = [((get_origin(hint) or hint,), self._column(hint)) for hint in hints if hint not in plain]
        return Choices([(plain, Plain(*plain)), *columns] if plain else columns)
