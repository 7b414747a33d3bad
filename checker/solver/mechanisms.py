"""Slips that change many cells in one go: exchanged, shifted, forgotten, counted twice, left blank.

Each is proposed only where the sums ask for it, and kept only if every sum it touches then holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, pairwise

from checker.solver.model import SlipKind, TableLayout
from checker.solver.search import Search
from checker.solver.system import Changes, System, bits
from checker.startup.records import dataclass

_MOST_COUPLED_BLANKS = 3


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named slip that would explain some violated identities.

    Attributes:
        slip: its name.
        changes: what undoes it.
        repairs: mask of the violated identities it accounts for.
    """

    slip: SlipKind
    changes: Changes
    repairs: int


@dataclass(frozen=True, slots=True)
class CompleteLines:
    """The lines of one direction of a table that are known completely.

    Attributes:
        lines: cell indices of each line, lines in order.
        totals: positions of the lines that are totals.
    """

    lines: tuple[tuple[int, ...], ...]
    totals: frozenset[int]


def known_lines(system: System, layouts: Collection[TableLayout]) -> list[CompleteLines]:
    """Rows and columns of the tables as far as sums name all their cells."""
    index = system.index
    found = []
    for layout in layouts:
        rows = [[index.get((layout.table, row, column)) for column in layout.columns] for row in layout.rows]
        columns = [list(column) for column in zip(*rows, strict=True)]
        for keys, lines, totals in (
            (layout.rows, rows, layout.total_rows),
            (layout.columns, columns, layout.total_columns),
        ):
            whole: list[tuple[int, ...]] = []
            total_places = set()
            for key, line in zip(keys, lines, strict=True):
                cells = tuple(cell for cell in line if cell is not None)
                if len(cells) == len(line):
                    if key in totals:
                        total_places.add(len(whole))
                    whole.append(cells)
            found.append(CompleteLines(tuple(whole), frozenset(total_places)))
    return found


def find_mechanisms(
    system: System, directions: Collection[CompleteLines], search: Search, component: int
) -> list[Mechanism]:
    """Every named slip that accounts for some violated identities of a component, without duplicates."""
    near = [
        direction
        for direction in directions
        if any(_touched_by(system, line) & component for line in direction.lines)
    ]
    proposals: Iterator[tuple[SlipKind, Changes]] = chain(
        _forgotten_totals(system, near, search, component),
        _blanks_filled(system, search, component),
        _lines_shifted(system, near),
        _tables_shifted(system, near),
        _lines_exchanged(system, near),
        _parts_misplaced(system, near),
    )
    found: dict[frozenset[tuple[int, int]], Mechanism] = {}
    for slip, changes in proposals:
        inside = {cell: delta for cell, delta in changes.items() if system.touches[cell] & component}
        repairs = system.repaired(inside)
        if repairs:
            found.setdefault(frozenset(inside.items()), Mechanism(slip, inside, repairs))
    return list(found.values())


def _forgotten_totals(
    system: System, directions: Collection[CompleteLines], search: Search, component: int
) -> Iterator[tuple[SlipKind, Changes]]:
    for direction in directions:
        for place in direction.totals:
            line = direction.lines[place]
            if not any(system.values[cell] for cell in line):
                for changes in _fills(system, search, line, component):
                    yield SlipKind.TOTAL_FORGOTTEN, changes


def _blanks_filled(system: System, search: Search, component: int) -> Iterator[tuple[SlipKind, Changes]]:
    blanks = {cell for cell in system.blanks if system.touches[cell] & component}
    for changes in _fills(system, search, blanks, component):
        for group in system.split(changes):
            yield SlipKind.BLANK, group


def _fills(
    system: System, search: Search, unknowns: Collection[int], component: int
) -> Iterator[dict[int, int]]:
    """Values for cells of which nothing is known, all others being right; only those that are not zero.

    What an identity with a single unknown demands is taken as given; unknowns that remain coupled are
    left to the search, which may find several ways.
    """
    unknowns = set(unknowns)
    given: dict[int, int] = {}
    waiting = {
        identity: {cell for cell, _ in system.members[identity] if cell in unknowns}
        for identity in bits(_touched_by(system, unknowns))
    }
    ready = [identity for identity, cells in waiting.items() if len(cells) == 1]
    while ready:
        cells = waiting[ready.pop()]
        if not cells:
            continue
        cell = next(iter(cells))
        identity = next(i for i, _ in system.incident[cell] if len(waiting[i]) == 1)
        delta = _demanded(system, cell, identity, given)
        if delta is None or not system.allows(cell, delta):
            return
        if delta:
            given[cell] = delta
        for touched, _ in system.incident[cell]:
            waiting[touched].discard(cell)
            if len(waiting[touched]) == 1:
                ready.append(touched)
    coupled = {cell for cells in waiting.values() for cell in cells}
    remaining = {
        identity for identity in bits(_touched_by(system, coupled)) if _residual(system, identity, given)
    }
    if not remaining:
        if given:
            yield given
        return
    rest = search.smallest(component, most=_MOST_COUPLED_BLANKS, given=given, allowed=coupled)
    for answer in rest.answers:
        yield {**given, **answer}


def _touched_by(system: System, cells: Collection[int]) -> int:
    return system.touched(dict.fromkeys(cells, 0))


def _residual(system: System, identity: int, changes: Changes) -> int:
    return system.residuals[identity] + sum(
        coefficient * changes[cell] for cell, coefficient in system.members[identity] if cell in changes
    )


def _demanded(system: System, cell: int, identity: int, changes: Changes) -> int | None:
    """What the cell must absorb for the identity to hold; None if no whole number does."""
    coefficient = next(c for i, c in system.incident[cell] if i == identity)
    amount, rest = divmod(-_residual(system, identity, changes), coefficient)
    return None if rest else amount


def _lines_exchanged(
    system: System, directions: Collection[CompleteLines]
) -> Iterator[tuple[SlipKind, Changes]]:
    """Whole lines exchanged with the next one; two exchanged cells have rivals and are for the search."""
    values, violated = system.values, system.violated
    for direction in directions:
        for line, following in pairwise(direction.lines):
            if not (_touched_by(system, line) | _touched_by(system, following)) & violated:
                continue
            changes: dict[int, int] = {}
            for cell, other in zip(line, following, strict=True):
                if difference := values[other] - values[cell]:
                    changes |= {cell: difference, other: -difference}
            if len(changes) > 2:  # noqa: PLR2004 - one pair
                yield SlipKind.SWAPPED, changes


def _lines_shifted(
    system: System, directions: Collection[CompleteLines]
) -> Iterator[tuple[SlipKind, Changes]]:
    violated = system.violated
    for direction in directions:
        for line in direction.lines:
            if _touched_by(system, line) & violated:
                for order in (line, line[::-1]):
                    changes = _moved_back(system, order)
                    if changes:
                        yield SlipKind.SHIFTED, changes


def _tables_shifted(
    system: System, directions: Collection[CompleteLines]
) -> Iterator[tuple[SlipKind, Changes]]:
    for direction in directions:
        for step in (1, -1):
            parts = [_moved_back(system, line[::step]) for line in direction.lines]
            moving = [changes for changes in parts if changes]
            if len(moving) > 2 and None not in parts:  # noqa: PLR2004 - one figure and its total are no table
                yield SlipKind.TABLE_SHIFTED, {cell: d for changes in moving for cell, d in changes.items()}


def _moved_back(system: System, line: Sequence[int]) -> dict[int, int] | None:
    """All figures of a line one cell towards its start; its last cell takes what the sums demand.

    The figure that stood in the first cell has no place left, so it must be zero or the one that the last
    cell takes. None if that is not so.
    """
    values = system.values
    first, last = line[0], line[-1]
    changes = {
        cell: values[source] - values[cell]
        for cell, source in pairwise(line)
        if values[source] != values[cell]
    }
    own = max(
        (identity for identity, _ in system.incident[last]),
        key=lambda identity: len({cell for cell, _ in system.members[identity]} & set(line)),
    )
    delta = _demanded(system, last, own, changes)
    if delta is None or values[first] not in {0, values[last] + delta}:
        return None
    return {**changes, last: delta} if delta else changes


def _parts_misplaced(
    system: System, directions: Collection[CompleteLines]
) -> Iterator[tuple[SlipKind, Changes]]:
    """A whole line of totals that counts one of its parts twice or not at all."""
    values, violated = system.values, system.violated
    for direction in directions:
        for total in (direction.lines[place] for place in direction.totals):
            if not _touched_by(system, total) & violated:
                continue
            for part in direction.lines:
                counted = [(cell, values[of_part]) for cell, of_part in zip(total, part, strict=True)]
                amounts = {cell: amount for cell, amount in counted if amount}
                if len(amounts) > 1 and _is_part(system, part[0], total[0]):
                    yield SlipKind.COUNTED_TWICE, {cell: -amount for cell, amount in amounts.items()}
                    yield SlipKind.LEFT_OUT, amounts


def _is_part(system: System, part: int, total: int) -> bool:
    """Whether some identity says that `total` is a sum in which `part` is counted."""
    return any(
        is_total_of(system, identity, total)
        for identity in bits(system.touches[part] & system.touches[total])
        if part != total
    )


def is_total_of(system: System, identity: int, cell: int) -> bool:
    """Whether the identity reads `cell = sum of all its other cells`."""
    members = system.members[identity]
    own = next(coefficient for member, coefficient in members if member == cell)
    return len(members) > 2 and all(  # noqa: PLR2004 - two cells are equal, neither is the total
        coefficient == -own for member, coefficient in members if member != cell
    )
