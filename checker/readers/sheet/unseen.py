"""Rows and columns of a sheet that are not shown, and are not printed either: the sheet without them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from checker.readers.sheet.cells import MergedArea, SheetContent


class _ShownLines:
    """Rows or columns by number, counted without those that are not shown."""

    def __init__(self, hidden: set[int]) -> None:
        self._hidden = sorted(hidden)

    def shows(self, number: int) -> bool:
        place = bisect_left(self._hidden, number)
        return place == len(self._hidden) or self._hidden[place] != number

    def count(self, number: int) -> int:
        """How many of the lines up to this one are shown: its new number, if it is."""
        return number - bisect_right(self._hidden, number)


def without_unseen(sheet: SheetContent) -> tuple[SheetContent, bool]:
    """A sheet without its hidden rows and columns, and whether they held text.

    What stands in merged cells is shown as long as a part of them is.
    """
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet, False
    rows, columns = _ShownLines(sheet.hidden_rows), _ShownLines(sheet.hidden_columns)
    shown = SheetContent(sheet.name, sheet.number)
    begins: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged:
        top, left = rows.count(area.top - 1) + 1, columns.count(area.left - 1) + 1
        bottom, right = rows.count(area.bottom), columns.count(area.right)
        if top <= bottom and left <= right:
            shown.merged.append(MergedArea(top, left, bottom, right))
            begins[area.top, area.left] = (top, left)
    lost = False
    for row, texts in sheet.texts.items():
        for column, text in texts.items():
            place = begins.get((row, column))
            if place is None and rows.shows(row) and columns.shows(column):
                place = (rows.count(row), columns.count(column))
            if place is None:
                lost = True
            else:
                shown.put(*place, text)
                shown.origins[place] = (row, column)
    shown.framed = {rows.count(row) for row in sheet.framed if rows.shows(row)}
    return shown, lost
