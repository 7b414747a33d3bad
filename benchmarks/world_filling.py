"""Tables that agree with what a sentence states, filled up so that their sums hold.

A labelled sentence states some cells and sums of cells; everything else about its report is unknown. What is
not stated gets a number that the sentence does not tell, so that a figure read for the wrong cell shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

Cells = tuple[str, ...]
"""Cells that are added, each as `T3[R1, total]`."""

PERSONS = ("natural", "commercial", "research", "public_welfare", "legal", "other")
_LEAVES = [
    "A", "B", *(f"C{i}" for i in range(1, 9)), "D1", "D2", "D3", *(f"E{i}" for i in range(1, 6)), "F", "F1", "F2", "F3",
]  # fmt: skip
_OLD = {
    "T2[normative_documents, made]": (
        "T2[normative_documents, produced]",
        "T2[normative_documents, disclosed]",
    ),
    "T2[normative_documents, valid]": ("T2[normative_documents, total_disclosed]",),
}
"""What the form in force until 2020 has in place of a cell."""
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_CASES = ("review", "litigation_direct", "litigation_after_review")
_DECOYS = {
    "T3[R2, total]": 3, "T3[R4, total]": 5, "T3[R1, total]": 643,
    "T2[normative_documents, made]": 616, "T2[normative_documents, repealed]": 517,
    "T2[normative_documents, valid]": 1618, "T2[regulations, made]": 613, "T2[regulations, repealed]": 514,
    "T2[regulations, valid]": 1115, "T2[licensing, decisions]": 7519, "T2[penalties, decisions]": 7520,
    "T2[coercion, decisions]": 7521, "T2[fees, amount]": 7522,
    "T4[review, total]": 713, "T4[litigation_direct, total]": 531, "T4[litigation_after_review, total]": 277,
}  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """A figure that a sentence states.

    Attributes:
        readings: the sums of cells that it may be; the first is the one meant where nothing else tells.
    """

    readings: tuple[Cells, ...]
    value: int | float


def stated_in(labels: Mapping[str, Any]) -> Iterator[Stated]:
    """What the labels `states` of a sentence say."""
    for key, value in labels.items():
        if key == "sums":
            yield from (Stated((tuple(one["sum"]),), one["value"]) for one in value)
        elif key == "any":
            yield from (Stated(tuple(map(_cells, one["any"])), one["value"]) for one in value)
        else:
            yield Stated((*((cell,) for cell in _OLD.get(key, ())), (key,)), value)


def _cells(reading: str | Mapping[str, Any]) -> Cells:
    return (reading,) if isinstance(reading, str) else tuple(reading["sum"])


@dataclass
class _Tables:
    """Cells under construction.

    Attributes:
        known: all cells of the form.
        values: what is settled.
    """

    known: frozenset[str]
    values: dict[str, int | float] = field(default_factory=dict)

    def state(self, cells: Cells, value: float) -> bool:
        """Settle a sum of cells; whether it can be."""
        here = [cell for cell in cells if cell in self.known]
        free = [cell for cell in here if cell not in self.values]
        rest = value - sum(self.values[cell] for cell in here if cell in self.values)
        if not free:
            return bool(here) and rest == 0
        if rest < 0:
            return False
        for index, cell in enumerate(free):
            self.values[cell] = 0 if index else rest
        return True

    def settle(self, parts: Sequence[str], totals: Sequence[str]) -> bool:
        """Settle the one unknown cell of an equation; whether there was one."""
        cells = [(cell, 1) for cell in parts if cell in self.known]
        cells += [(cell, -1) for cell in totals if cell in self.known]
        free = [(cell, sign) for cell, sign in cells if cell not in self.values]
        if len(free) != 1:
            return False
        (cell, sign), balance = free[0], sum(sign * self.values[c] for c, sign in cells if c in self.values)
        self.values[cell] = max(0, -sign * balance)
        return True


def filled(
    known: frozenset[str], stated: Sequence[Stated], likely: Sequence[Stated]
) -> dict[str, int | float]:
    """Numbers for all cells that are not 0.

    Args:
        known: the cells of the form.
        stated: what the sentence says.
        likely: what it may also say; follows where it contradicts nothing.
    """
    for readings in product(*(one.readings for one in stated)):
        tables = _Tables(known)
        told = sorted(zip(readings, stated, strict=True), key=lambda one: len(one[0]))
        if all(tables.state(cells, one.value) for cells, one in told):
            break
    for one in likely:
        tables.state(one.readings[0], one.value)
    _fill_cases(tables)
    _fill_requests(tables)
    for cell, value in _DECOYS.items():
        if cell in known:
            tables.values.setdefault(cell, value)
    return tables.values


def _fill_cases(tables: _Tables) -> None:
    for row in _CASES:
        results = [f"T4[{row}, {column}]" for column in _OUTCOMES]
        total = f"T4[{row}, total]"
        if total not in tables.values and not any(cell in tables.values for cell in results):
            tables.values[total] = _DECOYS[total]
        if total not in tables.values:
            tables.values[total] = sum(tables.values.get(cell, 0) for cell in results)
        for cell in results[1:]:
            tables.values.setdefault(cell, 0)
        tables.settle(results, [total])


def _fill_requests(tables: _Tables) -> None:
    values = tables.values
    leaves = [f"T3[{row}, total]" for row in _LEAVES if f"T3[{row}, total]" in tables.known]
    new, before, done, after = (f"T3[{row}, total]" for row in ("R1", "R2", "S", "R4"))
    told = sum(values.get(cell, 0) for cell in leaves)
    if not any(cell in values for cell in (new, done)):
        values[done] = told or _DECOYS[new] + _DECOYS[before] - _DECOYS[after]
    if new not in values or done not in values:
        for cell in (before, after):
            values.setdefault(cell, 0 if new in values or told else _DECOYS[cell])
    elif before not in values or after not in values:
        values.setdefault(before if values[new] >= values[done] else after, 0)
    tables.settle([new, before], [done, after])
    rest = values[done] - told
    free = [cell for cell in leaves if cell not in values]
    if free and rest > 0:
        values[free[0]] = rest
    _fill_persons(tables, ("R1", "R2", "S", "R4", *_LEAVES))


def _fill_persons(tables: _Tables, rows: Sequence[str]) -> None:
    """Everybody is a natural person, unless the sentence says otherwise."""
    for row in rows:
        total = f"T3[{row}, total]"
        tables.values.setdefault(total, 0)
        persons = [f"T3[{row}, {column}]" for column in PERSONS]
        free = [cell for cell in persons if cell not in tables.values]
        for cell in free[1:]:
            tables.values[cell] = 0
        tables.settle(persons, [total])
