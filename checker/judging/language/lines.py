"""Names inside one line of a table: 新收 is the row of that name, in the column that is being looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.language.items import LAST_YEAR, Items, UnknownItemError
from checker.judging.language.readable import Item
from checker.model.forms import Address, FormTable

COLUMN, ROW, CELL = "column", "row", "cell"
"""What an expression is asked of: each column of a table, each row, each cell."""
THIS_CELL: Final = "本格"


def lines_of(form: FormTable, each: str) -> Iterator[Address]:
    """The lines of a table, each by one of its cells."""
    seen = set()
    for row, column in form.addresses():
        line = {COLUMN: column, ROW: row, CELL: (row, column)}[each]
        if line not in seen:
            seen.add(line)
            yield row, column


class LineItems:
    """Names as they are meant in one line of a table; whatever is not in the line means what it means anywhere.

    Args:
        items: what names mean anywhere.
        form: the table.
        each: what the line is, `COLUMN`, `ROW` or `CELL`.
        at: a cell of the line.
    """

    def __init__(self, items: Items, form: FormTable, each: str, at: Address) -> None:
        self._items = items
        self._form = form
        self._each = each
        self._at = at
        self.cells: Mapping[str, Address] = dict(self._cells())

    def _cells(self) -> Iterator[tuple[str, Address]]:
        """The cells of the line, by names and keys."""
        if self._each == CELL:
            yield THIS_CELL, self._at
            return
        for row, column in self._form.addresses():
            if self._each == COLUMN and column == self._at[1]:
                yield row, (row, column)
                yield self._form.rows[row].name, (row, column)
            elif self._each == ROW and row == self._at[0]:
                yield column, (row, column)
                yield self._form.column_name(row, column), (row, column)

    def shown_name(self, name: str) -> str:
        """What people call a cell of the line that is named by its key; any other name as it is."""
        if name == THIS_CELL:
            return "这一格"
        if name not in self.cells:
            return name
        row, column = self.cells[name]
        return self._form.rows[row].name if self._each == COLUMN else self._form.column_name(row, column)

    def resolve(self, name: str) -> Item:
        """The item of that name.

        Raises:
            UnknownItemError: there is none.
        """
        plain = name.removeprefix(LAST_YEAR)
        if plain not in self.cells:
            try:
                return self._items.resolve(name)
            except UnknownItemError as error:
                known = [one for one in self.cells if not one.isascii()]
                raise UnknownItemError(f"{error}；这里可用：{'、'.join(known)}") from None
        row, column = self.cells[plain]
        before = name.removesuffix(plain)
        return self._items.resolve(f"{before}{self._form.key}[{row}, {column}]")

    def sum_of(self, name: str) -> Item:
        """The cells of a group in this line, added up.

        Raises:
            UnknownItemError: there is no such group.
        """
        try:
            return self._items.sum_of(self._group(name))
        except UnknownItemError:
            raise UnknownItemError(f"这里没有一组格子叫“{name.removeprefix(LAST_YEAR)}”") from None

    def _group(self, name: str) -> str:
        """A group of this line by the name that it has anywhere."""
        plain = name.removeprefix(LAST_YEAR)
        row, column = self._at
        if "." in plain or self._each == CELL:
            return name
        inside = (
            f"{plain}.{self._form.column_name(row, column)}"
            if self._each == COLUMN
            else f"{self._form.rows[row].name}.{plain}"
        )
        return f"{name.removesuffix(plain)}{self._form.name}.{inside}"

    def knows(self, name: str) -> bool:
        """Whether there is an item or a group of cells of that name."""
        plain = name.removeprefix(LAST_YEAR)
        return plain in self.cells or self._items.knows(name) or self._items.knows(self._group(name))
