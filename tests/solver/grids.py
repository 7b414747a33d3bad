"""Small tables with a total row and a total column, and an oracle that knows no shortcuts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from checker.solver import CellKey, Explanation, SumIdentity, TableLayout

TOTAL = "total"


def names(count: int, letter: str) -> list[str]:
    return [f"{letter}{number}" for number in range(1, count)] + [TOTAL]


def key(row: str, column: str) -> CellKey:
    return ("T", row, column)


def grid(rows: int, columns: int) -> tuple[list[SumIdentity], TableLayout]:
    """Every row and every column adds up; the last of each is the total."""
    row_names, column_names = names(rows, "r"), names(columns, "c")
    identities = [
        SumIdentity(f"row {row}", tuple((key(row, c), -1 if c == TOTAL else 1) for c in column_names))
        for row in row_names
    ] + [
        SumIdentity(f"column {c}", tuple((key(row, c), -1 if row == TOTAL else 1) for row in row_names))
        for c in column_names
    ]
    totals = frozenset([TOTAL])
    return identities, TableLayout("T", tuple(row_names), tuple(column_names), totals, totals)


def completed(inner: Sequence[Sequence[int]]) -> dict[CellKey, int | None]:
    """The inner cells with their totals."""
    lines = [[*line, sum(line)] for line in inner]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    row_names, column_names = names(len(lines), "r"), names(len(lines[0]), "c")
    return {
        key(row, column): value
        for row, line in zip(row_names, lines, strict=True)
        for column, value in zip(column_names, line, strict=True)
    }


def broken(identities: Sequence[SumIdentity], values: Mapping[CellKey, int | None]) -> set[str]:
    """Names of the identities that do not hold."""
    return {
        identity.name
        for identity in identities
        if sum((values[cell] or 0) * coefficient for cell, coefficient in identity.terms)
    }


def repairs(explanations: Sequence[Explanation]) -> set[frozenset[tuple[CellKey, int]]]:
    """Every repair of the whole table: one answer of each explanation, in all combinations."""
    choices = [
        [{change.cell: change.proposed for change in answer.changes} for answer in explanation.answers]
        for explanation in explanations
    ]
    return {frozenset(pair for answer in choice for pair in answer.items()) for choice in product(*choices)}


def smallest_repairs(
    identities: Sequence[SumIdentity], values: Mapping[CellKey, int], most: int
) -> set[frozenset[tuple[CellKey, int]]]:
    """All smallest repairs by trying every set of cells and solving the equations; empty above `most`."""
    for size in range(1, most + 1):
        found = {
            answer for cells in combinations(values, size) for answer in _solutions(identities, values, cells)
        }
        if found:
            return found
    return set()


def _solutions(
    identities: Sequence[SumIdentity], values: Mapping[CellKey, int], cells: Sequence[CellKey]
) -> Iterator[frozenset[tuple[CellKey, int]]]:
    """The one solution in which all these cells change, if there is exactly one and it is allowed."""
    equations = []
    for identity in identities:
        terms = dict(identity.terms)
        row = [Fraction(terms.get(cell, 0)) for cell in cells]
        equations.append([*row, Fraction(-sum(c * values[cell] for cell, c in identity.terms))])
    for column in range(len(cells)):
        pivot = next((row for row in equations[column:] if row[column]), None)
        if pivot is None:
            return
        equations.remove(pivot)
        equations = [
            [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in equations
        ]
        equations.insert(column, [a / pivot[column] for a in pivot])
    for column in reversed(range(len(cells))):
        for above in range(column):
            factor = equations[above][column]
            equations[above] = [
                a - b * factor for a, b in zip(equations[above], equations[column], strict=True)
            ]
    if any(row[-1] for row in equations[len(cells) :]):
        return
    deltas = [equations[column][-1] for column in range(len(cells))]
    proposed = [values[cell] + delta for cell, delta in zip(cells, deltas, strict=True)]
    if all(deltas) and all(value >= 0 and value.denominator == 1 for value in proposed):
        yield frozenset(zip(cells, map(int, proposed), strict=True))
