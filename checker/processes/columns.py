"""Values of one type as a column: how many at once are shown in JSON, and made of it again.

A record is a column for each of its fields. So records are made, and the types of what they hold are looked at,
in loops that run in C; going from record to record takes twice as long.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final, NoReturn, Protocol

Doubles = Iterator[float]
Values = Sequence[Any]

_MOST_DIGITS: Final = 400
"""Of a decimal number; without a bound a few characters could stand for a number of a gigabyte."""


class PackedColumn(Protocol):
    """Any number of values of one type."""

    def write(self, values: Values, doubles: array[float]) -> Any:
        """The values as JSON shows them; floating-point numbers are added to `doubles`."""

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """So many values, of what `write` made of them.

        Raises:
            ValueError: it did not make this; or `ArithmeticError`, `LookupError` or `TypeError`.
        """


class Plain:
    """Values that are the same in JSON: strings, whole numbers, truth values, None.

    Args:
        kinds: their types.
    """

    def __init__(self, *kinds: type) -> None:
        self._kinds = frozenset(kinds)

    def write(self, values: Values, _doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        return values

    def read(self, data: Any, count: int, _doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        if not (type(data) is list and len(data) == count and self._kinds.issuperset(map(type, data))):
            refuse()
        return data


class Written:
    """Values that are written as text.

    Args:
        write: makes the text.
        read: makes a value of it.
    """

    def __init__(self, write: Callable[[Any], str], read: Callable[[str], Any]) -> None:
        self._write = write
        self._read = read

    def write(self, values: Values, _doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        return [*map(self._write, values)]

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        return [*map(self._read, _STRINGS.read(data, count, doubles))]


class Boxes:
    """Tuples of so many floating-point numbers; in JSON stands nothing of them."""

    def __init__(self, size: int) -> None:
        self._size = size

    def write(self, values: Values, doubles: array[float]) -> None:
        """See `PackedColumn`."""
        doubles.extend(chain.from_iterable(values))

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        boxes = [*islice(zip(*[doubles] * self._size, strict=True), count)]
        if data is not None or len(boxes) != count:
            refuse()
        return boxes


class Sequences:
    """Tuples of any number of values of one type: their lengths, and all that they hold."""

    def __init__(self, element: PackedColumn) -> None:
        self._element = element

    def write(self, values: Values, doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        return [*map(len, values)], self._element.write([*chain.from_iterable(values)], doubles)

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        lengths, held = _list(data, 2)
        _COUNTS.read(lengths, count, doubles)
        if min(lengths, default=0) < 0:
            refuse()
        elements = iter(self._element.read(held, sum(lengths), doubles))
        return [tuple(islice(elements, length)) for length in lengths]


class Mappings:
    """Dictionaries, as sequences of keys and of values."""

    def __init__(self, key: PackedColumn, value: PackedColumn) -> None:
        self._keys = Sequences(key)
        self._values = Sequences(value)

    def write(self, values: Values, doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        held = [[*one.values()] for one in values]
        return self._keys.write(values, doubles), self._values.write(held, doubles)

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        keys, values = _list(data, 2)
        every = self._keys.read(keys, count, doubles), self._values.read(values, count, doubles)
        return [dict(zip(*one, strict=True)) for one in zip(*every, strict=True)]


class Records:
    """Records, or tuples of a fixed length: a column for each field.

    Args:
        make: the record type, or what else makes a value of its parts.
        parts: the parts of a value.
        columns: how these are shown.
    """

    def __init__(
        self, make: Callable[..., Any], parts: Callable[[Any], Values], columns: Sequence[PackedColumn]
    ) -> None:
        self._make = make
        self._parts = parts
        self._columns = columns

    def write(self, values: Values, doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        if not values:
            return ()
        fields = zip(*map(self._parts, values), strict=True)
        return [column.write(field, doubles) for column, field in zip(self._columns, fields, strict=True)]

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        if not count:
            _list(data, 0)
            return ()
        columns = zip(self._columns, _list(data, len(self._columns)), strict=True)
        return [*map(self._make, *[column.read(field, count, doubles) for column, field in columns])]


class Choices:
    """Values of several types: which of them each value has, and a column for each.

    Args:
        columns: the types that go into a column, and the column.
    """

    def __init__(self, columns: Sequence[tuple[Sequence[type], PackedColumn]]) -> None:
        self._columns = [column for _, column in columns]
        self._places = {kind: place for place, (kinds, _) in enumerate(columns) for kind in kinds}

    def write(self, values: Values, doubles: array[float]) -> Values:
        """See `PackedColumn`."""
        places = [self._places[kind] for kind in map(type, values)]
        return places, [
            column.write([value for value, at in zip(values, places, strict=True) if at == place], doubles)
            for place, column in enumerate(self._columns)
        ]

    def read(self, data: Any, count: int, doubles: Doubles) -> Values:
        """See `PackedColumn`."""
        places, held = _list(data, 2)
        _COUNTS.read(places, count, doubles)
        if min(places, default=0) < 0:
            refuse()
        parts = [
            iter(column.read(values, places.count(place), doubles))
            for place, (column, values) in enumerate(
                zip(self._columns, _list(held, len(self._columns)), strict=True)
            )
        ]
        return [next(parts[place]) for place in places]


_STRINGS: Final = Plain(str)
_COUNTS: Final = Plain(int)


def members_of(kind: type[Enum]) -> Written:
    """A column of members of an enumeration."""
    return Written(attrgetter("value"), {member.value: member for member in kind}.__getitem__)


def decimal_of(text: str) -> Decimal:
    """A decimal number as `str` writes it.

    Raises:
        ArithmeticError: the text is something else.
        ValueError: it has too many digits, or is no number.
    """
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        refuse()
    return number


def refuse() -> NoReturn:
    """Say that something was not written by a column.

    Raises:
        ValueError: always.
    """
    raise ValueError("no such record")


def _list(data: Any, length: int) -> list[Any]:
    if type(data) is not list or len(data) != length:
        refuse()
    return data
