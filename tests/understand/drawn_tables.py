"""Table three as the form draws it, and the ways in which files keep it."""

from __future__ import annotations

from understanding import (
    COLUMNS,
    ROWS_2021,
    counted,
    dumped,
    table,
    without_merges,
)

T3_2021 = counted(ROWS_2021, COLUMNS)


def as_read(drawing: str, way: str):
    if way == "merged":
        return table(drawing)
    if way == "lost merges":
        return table(without_merges(drawing))
    return table(dumped(drawing), aligned=False)


WAYS = ("merged", "lost merges", "dump")
