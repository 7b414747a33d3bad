"""From broken sums to causes: the answers of search and mechanisms, taken apart, ranked and judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from checker.solver.mechanisms import CompleteLines, Mechanism, find_mechanisms, is_total_of, known_lines
from checker.solver.model import (
    Answer,
    CellKey,
    Change,
    Explanation,
    Number,
    SearchLimits,
    SlipKind,
    SumIdentity,
    TableLayout,
)
from checker.solver.search import Search, Smallest
from checker.solver.slips import name_slip, typing_distance
from checker.solver.system import Changes, System, build_system, merge_overlapping
from checker.startup.records import dataclass

_MOST_CELLS_LISTED = 3
"""Unnamed answers with more cells are too often wrong to be worth telling."""
_MOST_CELLS_ASSERTED = 2
_ACT = 100
"""Cost of one separate slip; typing distances stay below it."""
_TYPING = {SlipKind.SWAPPED: 1, SlipKind.MOVED: 2, SlipKind.TABLE_SHIFTED: 3}
"""Instead of the typing distance, for slips that are none of typing; 0 for those not named here."""


@dataclass(frozen=True, slots=True)
class _ChangeGroup:
    """Changes that hang together and stand alone: part of a repair, or all of it.

    Attributes:
        repairs: mask of the violated identities it accounts for.
        mechanism: the named slip it is, if it is one.
        acts: how many separate slips it takes; to leave a cell blank is no wrong figure.
    """

    changes: Changes
    repairs: int
    mechanism: SlipKind | None
    acts: int


@dataclass(frozen=True, slots=True)
class _PartRepair:
    """One way to repair one part.

    Attributes:
        acts: how many separate slips it takes.
        mechanism: the one named slip it consists of, if it does.
        named: some of it is a named slip.
    """

    changes: Changes
    acts: int
    mechanism: SlipKind | None
    named: bool


def explain(
    identities: Collection[SumIdentity],
    values: Mapping[CellKey, Number | None],
    layouts: Collection[TableLayout] = (),
    *,
    witnesses: Mapping[CellKey, Number] | None = None,
    signed: Collection[CellKey] = (),
    limits: SearchLimits | None = None,
) -> tuple[Explanation, ...]:
    """Find what must have been written wrongly for the violated identities to be violated.

    Args:
        identities: all sums of the tables, those that hold too: they rule answers out.
        values: what stands in the cells; None or absent is blank and counts as zero.
        layouts: neighbourhood of the cells; without it only digit slips and blanks are named.
        witnesses: figures known from elsewhere. They confirm a cell or contradict it, but may be wrong.
        signed: cells that may be negative; all others may not become so.
        limits: how hard to try.

    Returns:
        One explanation for each independent part, in the order of the identities; each violated identity
        is in exactly one of them. Empty if every identity holds.

    Raises:
        ValueError: a value or witness is a Decimal that is not finite.
    """
    limits = limits or SearchLimits()
    system = build_system(identities, values, witnesses or {}, signed)
    if not system.violated & system.real:
        return ()
    directions = known_lines(system, layouts)
    found: list[tuple[int, Explanation]] = []
    for component in system.components():
        violated = system.violated & component
        if violated & system.real:
            found.extend(_explain_component(system, directions, component, limits))
    return tuple(explanation for _, explanation in sorted(found, key=lambda pair: pair[0] & -pair[0]))


def _explain_component(
    system: System, directions: Collection[CompleteLines], component: int, limits: SearchLimits
) -> list[tuple[int, Explanation]]:
    """Explanations of the violated identities of one component, each with the mask of what it explains."""
    violated = system.violated & component
    search = Search(system, limits)
    mechanisms = find_mechanisms(system, directions, search, component)
    explains_all = any(mechanism.repairs == violated for mechanism in mechanisms)
    plain = search.smallest(violated, most=_MOST_CELLS_LISTED if explains_all else limits.cells)
    known = {frozenset(mechanism.changes.items()): mechanism.slip for mechanism in mechanisms}
    repairs = [_grouped(system, changes, known) for changes in plain.answers]
    for mechanism, rest in _with_mechanisms(search, mechanisms, violated, plain.size or limits.cells + 1):
        repairs.append([_group(system, mechanism.changes, mechanism.slip), *_grouped(system, rest, known)])
    if not repairs:
        gave_up = Explanation(system.names_of(violated), (), unique=False, assertable=False, gave_up=True)
        return [(violated, gave_up)]
    fewest = min(map(_acts, repairs))
    parts = merge_overlapping(
        group.repairs for repair in repairs if _acts(repair) == fewest for group in repair
    )
    return [
        (part & system.real, _judged(system, directions, part, _restricted(repairs, part), plain))
        for part in parts
        if part & system.real
    ]


def _acts(repair: Sequence[_ChangeGroup]) -> int:
    return sum(group.acts for group in repair)


def _grouped(
    system: System, changes: Changes, known: Mapping[frozenset[tuple[int, int]], SlipKind]
) -> list[_ChangeGroup]:
    return [_group(system, group, known.get(frozenset(group.items()))) for group in system.split(changes)]


def _group(system: System, changes: Changes, mechanism: SlipKind | None) -> _ChangeGroup:
    repairs = system.touched(changes) & system.violated
    if changes.keys() <= system.blanks:
        return _ChangeGroup(changes, repairs, mechanism or SlipKind.BLANK, acts=0)
    return _ChangeGroup(changes, repairs, mechanism, acts=1 if mechanism else len(changes))


def _with_mechanisms(
    search: Search, mechanisms: Collection[Mechanism], violated: int, plain_size: int
) -> Iterator[tuple[Mechanism, Changes]]:
    """One mechanism and as few other cells as possible, where that is less than single cells alone."""
    rests: dict[int, Smallest] = {}
    for mechanism in mechanisms:
        if mechanism.slip is SlipKind.TABLE_SHIFTED and plain_size <= _MOST_CELLS_ASSERTED:
            continue  # too strong a claim where two cells will do
        rest = violated & ~mechanism.repairs
        if rest not in rests:
            rests[rest] = search.smallest(rest, most=min(_MOST_CELLS_LISTED, plain_size - 2))
        for answer in rests[rest].answers:
            if not answer.keys() & mechanism.changes.keys() and 1 + len(answer) < plain_size:
                yield mechanism, answer


def _restricted(repairs: Iterable[Sequence[_ChangeGroup]], part: int) -> list[_PartRepair]:
    """What the repairs do within one part: the smallest ones, and the named slips that need least.

    A repair that ties the part to another one is left out: it takes more slips than the best ones.
    """
    candidates: dict[frozenset[tuple[int, int]], _PartRepair] = {}
    for repair in repairs:
        groups = [group for group in repair if group.repairs & part]
        if any(group.repairs & ~part for group in groups):
            continue
        changes = {cell: delta for group in groups for cell, delta in group.changes.items()}
        mechanism = groups[0].mechanism if len(groups) == 1 else None
        named = any(group.mechanism for group in groups)
        candidate = _PartRepair(changes, _acts(groups), mechanism, named)
        candidates.setdefault(frozenset(changes.items()), candidate)
    fewest = min(candidate.acts for candidate in candidates.values())
    return [candidate for candidate in candidates.values() if not candidate.named or candidate.acts == fewest]


def _judged(
    system: System,
    directions: Collection[CompleteLines],
    part: int,
    candidates: Sequence[_PartRepair],
    plain: Smallest,
) -> Explanation:
    ranked = sorted(
        ((_answer(system, directions, candidate), candidate) for candidate in candidates),
        key=lambda pair: (pair[0].cost, sorted(pair[1].changes)),
    )
    best = ranked[0][1]
    gave_up = best.mechanism is SlipKind.TABLE_SHIFTED or (
        best.mechanism is None and len(best.changes) > _MOST_CELLS_LISTED
    )
    alone = all(candidate.acts > best.acts for _, candidate in ranked[1:])
    unique = alone and (plain.complete or not plain.answers)
    return Explanation(
        identities=system.names_of(part),
        answers=tuple(answer for answer, _ in ranked),
        unique=unique,
        assertable=unique and not gave_up and _is_certain(system, best),
        gave_up=gave_up,
    )


def _is_certain(system: System, best: _PartRepair) -> bool:
    """Whether an answer without rival may be told as a fact."""
    # The total of figures that are there can only be their sum.
    if best.changes.keys() <= system.blanks and all(
        any(is_total_of(system, identity, cell) for identity, _ in system.incident[cell])
        for cell in best.changes
    ):
        return True
    if system.touched(best.changes).bit_count() <= len(best.changes):
        # As many unknowns as equations: any such cell would fit.
        return False
    if best.mechanism is None:
        return len(best.changes) <= _MOST_CELLS_ASSERTED
    # Lines in any other order fit as well, as long as the total stands where it must.
    return best.mechanism is not SlipKind.SWAPPED


def _answer(system: System, directions: Collection[CompleteLines], candidate: _PartRepair) -> Answer:
    shown = [
        (cell, change)
        for cell in sorted(candidate.changes)
        if (change := system.change(cell, candidate.changes[cell])) is not None
    ]
    changes = tuple(change for _, change in shown)
    slip = candidate.mechanism or _plain_pattern(system, directions, candidate.changes, changes)
    if slip in _TYPING:
        typing = _TYPING[slip]
    else:
        typing = sum(map(_typing, changes)) if candidate.mechanism is None or len(changes) == 1 else 0
    return Answer(changes, candidate.acts * _ACT + min(typing, _ACT - 1), slip)


def _typing(change: Change) -> int:
    return 1 if change.current is None else typing_distance(str(change.current), str(change.proposed))


def _plain_pattern(
    system: System, directions: Collection[CompleteLines], deltas: Changes, changes: Sequence[Change]
) -> SlipKind | None:
    if len(changes) == 1 and len(deltas) == 1:
        (cell, delta), (change,) = *deltas.items(), changes
        slip = None if change.current is None else name_slip(change.current, change.proposed)
        return slip or _part_misplaced(system, cell, delta)
    if len(deltas) == 2 and sum(deltas.values()) == 0 and _are_neighbours(directions, *deltas):  # noqa: PLR2004 - a pair
        one, other = (system.values[cell] for cell in deltas)
        return SlipKind.SWAPPED if deltas[next(iter(deltas))] == other - one else SlipKind.MOVED
    return None


def _part_misplaced(system: System, cell: int, delta: int) -> SlipKind | None:
    """Whether a total is off by exactly one of its parts; a difference of 1 is no evidence."""
    if abs(delta) <= 10**system.places:
        return None
    for identity, _ in system.incident[cell]:
        parts = [system.values[part] for part, _ in system.members[identity] if part != cell]
        if parts.count(abs(delta)) == 1 and is_total_of(system, identity, cell):
            return SlipKind.COUNTED_TWICE if delta < 0 else SlipKind.LEFT_OUT
    return None


def _are_neighbours(directions: Collection[CompleteLines], cell: int, other: int) -> bool:
    for direction in directions:
        for line, following in pairwise(direction.lines):
            for pair in zip(line, following, strict=True):
                if cell in pair and other in pair:
                    return True
    return False
