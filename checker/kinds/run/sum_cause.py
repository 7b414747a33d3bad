"""Why a sum over units differs: whose report is likelier wrong, and which unit explains the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.judging.figures import Figures
from checker.judging.table_words import Amount, plain
from checker.kinds.run.parts import Comparison
from checker.model.forms import Address
from checker.startup.records import dataclass

_MOST_NAMED: Final = 3
_LEFT_OUT: Final = -1
_COUNTED_TWICE: Final = 1
_WORDS: Final = {_LEFT_OUT: "漏计", _COUNTED_TWICE: "重复计入"}
_ENOUGH: Final = 2
"""A unit explains most of a difference if it leaves less than one part in so many of it."""

_FEWEST_CELLS: Final = 3


@dataclass(frozen=True)
class Cause:
    """What a difference seems to come from.

    Attributes:
        source: the report in which the mistake is likelier.
        words: why, a clause to append; empty if nothing tells.
        unit: the unit that it is about.
        remainder: what the unit leaves unexplained, added up over the cells; None if no unit explains anything.
    """

    source: Figures
    words: str = ""
    unit: str | None = None
    remainder: Amount | None = None


def cause_of(found: Comparison, cells: Sequence[Address]) -> Cause:
    """What the difference in these cells seems to come from."""
    for cause in (
        _own_mistake(found, cells),
        _whole_unit(found),
        _broken_sums(found, cells),
        _most_of_it(found),
    ):
        if cause is not None:
            return cause
    return Cause(found.whole)


def _own_mistake(found: Comparison, cells: Sequence[Address]) -> Cause | None:
    """The one report whose own sums hold once it says what the comparison asks for."""
    broken = [
        (name, report, value)
        for name, report, value in _proposals(found, cells)
        if all(report.is_repaired_by((found.table, *address), value[address]) for address in cells)
    ]
    if len(broken) != 1:
        return None
    name, report, value = broken[0]
    meant = f"，这一格应为 {plain(value[cells[0]])}" if len(cells) == 1 else ""
    return Cause(report, f"；{name or found.whole.identity.agency}的表自身也不相符{meant}", name)


def _proposals(
    found: Comparison, cells: Sequence[Address]
) -> Iterator[tuple[str | None, Figures, dict[Address, Amount]]]:
    """For the whole (without a name) and each part: what it would have to say in the cells."""
    yield None, found.whole, {address: found.sum_of(address) for address in cells}
    for name, report in found.parts:
        values = {a: (report.value(found.table, a) or 0) + found.gaps[a] for a in cells}
        if all(value >= 0 for value in values.values()):
            yield name, report, values


def _whole_unit(found: Comparison) -> Cause | None:
    """A unit whose figures are exactly the difference, in the whole table or in the cells that differ.

    Where figures of some units are not known, they are part of the difference: a few cells that agree prove nothing.
    """
    asked = [(list(found.gaps), "整张表")]
    if not found.is_bound:
        asked.append((list(found.wrong), "这些格"))
    for sign, words in _WORDS.items():
        for wanted, what in asked:
            names = [name for name, report in found.parts if not _left(found, report, wanted, sign)]
            if len(names) == 1:
                clause = f"；差额正好是{names[0]}{what}的数，像是{words}了这个单位"
                return Cause(found.whole, clause, names[0], 0)
            if names and what == "这些格":
                named = "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
                return Cause(found.whole, f"；差额与{named}的数相等，可能{words}了其中一个")
    return None


def _broken_sums(found: Comparison, cells: Sequence[Address]) -> Cause | None:
    """The one report with another sum that does not hold in the row or column."""
    suspects = [
        (name, report)
        for name, report in ((None, found.whole), *found.parts)
        if all(any(report.broken_sums((found.table, *address))) for address in cells)
    ]
    if len(suspects) != 1:
        return None
    name, report = suspects[0]
    clause = f"；{name or found.whole.identity.agency}的表在这一行或列自身也不相符"
    return Cause(report, clause, name)


def _most_of_it(found: Comparison) -> Cause | None:
    """The unit that, left out or counted twice, explains most of the difference, and what it leaves.

    Most of the cells count for more than most of the sum: one wrong cell of somebody else may be larger than all that
    a unit has. Nobody is named where figures of some units are not known: those are what is left, or the difference
    itself; nor where so few cells differ that somebody always has a number of about that size.
    """
    differing = sum(gap != 0 for gap in found.gaps.values())
    if found.is_bound or differing < _FEWEST_CELLS:
        return None
    cells = list(found.gaps)
    guesses = [
        (_open_cells(found, report, cells, sign), _left(found, report, cells, sign), index, sign)
        for index, (_, report) in enumerate(found.parts)
        for sign in _WORDS
    ]
    if not guesses:
        return None
    difference = _size(found.gaps.values())
    best, *others = sorted(guesses)
    if _ENOUGH * best[0] >= differing or (others and others[0][0] == best[0]):
        best = min(guesses, key=lambda guess: guess[1:])
        if _ENOUGH * best[1] >= difference:
            return None
    _, left, index, sign = best
    name = found.parts[index][0]
    clause = f"；像是{_WORDS[sign]}了{name}，它能解释大部分差额，此外各格还差 {plain(left)}"
    return Cause(found.whole, clause, name, left)


def _open_cells(found: Comparison, report: Figures, cells: Sequence[Address], sign: int) -> int:
    """How many cells still differ once one report is taken as the reason."""
    return sum(found.gaps[address] != sign * (report.value(found.table, address) or 0) for address in cells)


def _left(found: Comparison, report: Figures, cells: Sequence[Address], sign: int) -> Amount:
    """What is left of the difference, added up over the cells, once one report is taken as the reason."""
    return _size(found.gaps[address] - sign * (report.value(found.table, address) or 0) for address in cells)


def _size(amounts: Iterable[Amount]) -> Amount:
    """Amounts added up, whatever their signs."""
    total: Amount = 0
    for amount in amounts:
        total += max(amount, -amount)
    return total
