"""The sums as whole numbers: cells and identities by index, residuals, and who touches whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from checker.solver.model import CellKey, Change, Number, SumIdentity
from checker.startup.records import dataclass

Changes = Mapping[int, int]
"""Cell index to what is added to its (scaled) value."""


@dataclass(frozen=True)
class System:
    """Identities over integer cells. Sets of identities are bit masks, bit i standing for identity i.

    Attributes:
        cells: keys; None for a figure from elsewhere, which is a cell no answer shows.
        current: what stands in each cell.
        values: value times 10 ** `places`; 0 for a blank.
        blanks: indices of blank cells.
        signed: indices of cells that may become negative.
        incident: for each cell the identities it stands in, with its coefficients.
        touches: the same as a mask.
        members: for each identity its cells, with their coefficients.
        residuals: for each identity what it misses zero by.
        real: mask of the caller's identities; the others tie a cell to a figure from elsewhere.
        names: of the caller's identities.
        places: decimal places of the finest figure.
    """

    cells: tuple[CellKey | None, ...]
    current: tuple[Number | None, ...]
    values: tuple[int, ...]
    blanks: frozenset[int]
    signed: frozenset[int]
    incident: tuple[tuple[tuple[int, int], ...], ...]
    touches: tuple[int, ...]
    members: tuple[tuple[tuple[int, int], ...], ...]
    residuals: tuple[int, ...]
    real: int
    names: tuple[str, ...]
    places: int

    @property
    def violated(self) -> int:
        """Mask of the identities that do not hold."""
        return sum(1 << identity for identity, residual in enumerate(self.residuals) if residual)

    @cached_property
    def index(self) -> Mapping[CellKey, int]:
        """Index of each cell by its key."""
        return {key: cell for cell, key in enumerate(self.cells) if key is not None}

    @cached_property
    def by_signature(self) -> Mapping[int, list[int]]:
        """The cells that stand in exactly these identities."""
        cells: dict[int, list[int]] = {}
        for cell, mask in enumerate(self.touches):
            cells.setdefault(mask, []).append(cell)
        return cells

    @cached_property
    def disjoint_families(self) -> tuple[int, ...]:
        """Sets of identities of which no two share a cell: each violated one of a set needs its own cell."""
        conflicts = [0] * len(self.members)
        for mask in self.touches:
            for identity in bits(mask):
                conflicts[identity] |= mask
        families: dict[int, None] = {}
        count = len(conflicts)
        for seed in range(count):
            family = blocked = 0
            for identity in (*range(seed, count), *range(seed)):
                if not blocked >> identity & 1:
                    family |= 1 << identity
                    blocked |= conflicts[identity]
            families[family] = None
        return tuple(families)

    def fewest(self, violated: int) -> int:
        """A number of cells below which no repair of these identities is possible."""
        return max([(violated & family).bit_count() for family in self.disjoint_families], default=0)

    def allows(self, cell: int, delta: int) -> bool:
        """Whether the cell may be changed by `delta`: no count becomes negative."""
        return self.values[cell] + delta >= 0 or cell in self.signed

    def components(self) -> list[int]:
        """Masks of identities that are coupled by cells, directly or through others."""
        return merge_overlapping(self.touches)

    def repaired(self, changes: Changes) -> int:
        """What a set of changes repairs, if it is complete in itself.

        Returns:
            Mask of the violated identities that hold afterwards; 0 if an identity it touches does not
            hold afterwards or a count becomes negative.
        """
        sums: dict[int, int] = {}
        for cell, delta in changes.items():
            if not self.allows(cell, delta):
                return 0
            for identity, coefficient in self.incident[cell]:
                sums[identity] = sums.get(identity, self.residuals[identity]) + coefficient * delta
        if any(sums.values()):
            return 0
        return sum(1 << identity for identity in sums if self.residuals[identity])

    def split(self, changes: Changes) -> list[dict[int, int]]:
        """The changes in groups that have no identity in common."""
        masks = merge_overlapping(self.touches[cell] for cell in changes)
        groups: list[dict[int, int]] = [{} for _ in masks]
        for cell, delta in changes.items():
            for mask, group in zip(masks, groups, strict=True):
                if mask & self.touches[cell]:
                    group[cell] = delta
        return groups

    def touched(self, changes: Changes) -> int:
        """Mask of the identities in which a changed cell stands."""
        mask = 0
        for cell in changes:
            mask |= self.touches[cell]
        return mask

    def names_of(self, mask: int) -> tuple[str, ...]:
        """Names of the caller's identities in a mask."""
        return tuple(self.names[identity] for identity in bits(mask & self.real))

    def change(self, cell: int, delta: int) -> Change | None:
        """A change in the caller's numbers; None for a figure from elsewhere."""
        key = self.cells[cell]
        if key is None:
            return None
        return Change(key, self.current[cell], self.unscaled(self.values[cell] + delta))

    def unscaled(self, value: int) -> Number:
        """A scaled value as the caller writes numbers."""
        scale = _power_of_ten(self.places)
        if value % scale == 0:
            return value // scale
        sign, digits = int(value < 0), tuple(map(int, str(abs(value))))
        return Decimal((sign, digits, -self.places))


def build_system(
    identities: Collection[SumIdentity],
    values: Mapping[CellKey, Number | None],
    witnesses: Mapping[CellKey, Number],
    signed: Collection[CellKey],
) -> System:
    """Index everything and compute the residuals.

    A witness becomes an identity of its own (cell minus witness is zero) between the cell and a cell
    that holds the witness: either of the two may be the wrong one.
    """
    terms = [list(identity.terms) for identity in identities]
    keys: list[CellKey | None] = list(dict.fromkeys(key for line in terms for key, _ in line))
    index = {key: cell for cell, key in enumerate(keys)}
    members = [tuple((index[key], coefficient) for key, coefficient in line) for line in terms]
    current: list[Number | None] = [None if key is None else values.get(key) for key in keys]
    for key, figure in witnesses.items():
        if key in index:
            members.append(((index[key], 1), (len(keys), -1)))
            keys.append(None)
            current.append(figure)
    places = max((_places(number) for number in current if number is not None), default=0)
    scaled = tuple(0 if number is None else _shifted(number, places) for number in current)
    incident: list[list[tuple[int, int]]] = [[] for _ in keys]
    for identity, line in enumerate(members):
        for cell, coefficient in line:
            incident[cell].append((identity, coefficient))
    return System(
        cells=tuple(keys),
        current=tuple(current),
        values=scaled,
        blanks=frozenset(cell for cell, number in enumerate(current) if number is None),
        signed=frozenset(index[key] for key in signed if key in index),
        incident=tuple(map(tuple, incident)),
        touches=tuple(sum(1 << identity for identity, _ in line) for line in incident),
        members=tuple(members),
        residuals=tuple(sum(scaled[cell] * coefficient for cell, coefficient in line) for line in members),
        real=(1 << len(terms)) - 1,
        names=tuple(identity.name for identity in identities),
        places=places,
    )


def bits(mask: int) -> Iterator[int]:
    """Indices of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def merge_overlapping(masks: Iterable[int]) -> list[int]:
    """Unite masks until no two have a bit in common; in the order of their lowest bits."""
    merged: list[int] = []
    for mask in masks:
        union, apart = mask, []
        for other in merged:
            if other & union:
                union |= other
            else:
                apart.append(other)
        merged = [*apart, union]
    return sorted(merged, key=lambda mask: mask & -mask)


def _places(number: Number) -> int:
    if isinstance(number, int):
        return 0
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int):
        return max(0, -exponent)
    raise ValueError(f"not a finite number: {number}")


def _shifted(number: Number, places: int) -> int:
    """`number` times 10 ** `places`, without rounding (Decimal arithmetic would round at 28 digits)."""
    if isinstance(number, int):
        return number * _power_of_ten(places)
    sign, digits, exponent = number.as_tuple()
    whole = int("".join(map(str, digits)) or "0") * _power_of_ten(places + int(exponent))
    return -whole if sign else whole


def _power_of_ten(places: int) -> int:
    power: int = 10**places
    return power
