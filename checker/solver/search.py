"""The smallest sets of changed cells that restore all sums.

Iterative deepening: to repair with k cells, take the violated identity with the fewest cells; one of
its cells must change. A cell that changes alone in one of its identities must absorb exactly what that
identity misses zero by, so only these amounts are tried. The last cell is looked up: the set of
identities still violated must be exactly the set in which it stands.

Is that complete? Think of identities as points and of changed cells as links between them. Smallest
repairs have no rings (a ring could be shortened), so their links form trees, and the end of a branch is an
identity in which one cell changes alone. In a tree of up to three cells, one of the cells that change in
the chosen identity is alone in it or in another of its own. In trees of four and five it may take one
more step to reach such an end, which `_amounts_beside_another` takes. Larger trees may be missed. Rings
that cannot be shortened because a count would become negative are not looked for.
"""

from __future__ import annotations

from collections.abc import Collection

from checker.solver.model import SearchLimits
from checker.solver.system import Changes, System, bits
from checker.startup.records import dataclass

_COUPLED_CELLS = 4
"""From this number on, every changed cell of an identity may share all its other identities with others."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """All repairs of the least size that were found.

    Attributes:
        answers: each maps cells to what is added; empty if there is none within the limits. Where nothing is
            violated the only answer changes nothing.
        complete: the search ended by itself, not by a limit.
    """

    answers: tuple[Changes, ...]
    complete: bool

    @property
    def size(self) -> int:
        """How many cells a repair changes; 0 if there is none."""
        return len(self.answers[0]) if self.answers else 0


class Search:
    """Search over one system; the step limit counts over all calls.

    Args:
        system: cells and identities.
        limits: how hard to try.
    """

    def __init__(self, system: System, limits: SearchLimits) -> None:
        self._system = system
        self._limits = limits
        self._steps = limits.steps
        self._residuals: list[int] = []
        self._violated = 0
        self._changes: dict[int, int] = {}
        self._seen: set[frozenset[tuple[int, int]]] = set()
        self._found: dict[frozenset[tuple[int, int]], Changes] = {}
        self._allowed: Collection[int] | None = None

    def smallest(
        self,
        violated: int,
        *,
        most: int,
        given: Changes | None = None,
        allowed: Collection[int] | None = None,
    ) -> Smallest:
        """All smallest repairs of a set of identities.

        Args:
            violated: mask of the identities to repair; those outside it count as holding.
            most: largest number of cells.
            given: changes already decided; they are taken into account and not part of the answers.
            allowed: cells that may change; None allows all.
        """
        system = self._system
        residuals = [
            residual if violated >> identity & 1 else 0 for identity, residual in enumerate(system.residuals)
        ]
        for cell, delta in (given or {}).items():
            for identity, coefficient in system.incident[cell]:
                residuals[identity] += coefficient * delta
        self._residuals = residuals
        self._violated = sum(1 << identity for identity, residual in enumerate(residuals) if residual)
        self._allowed = allowed
        self._found = {}
        if not self._violated:
            return Smallest(({},), complete=True)
        for cells in range(system.fewest(self._violated), most + 1):
            self._seen = set()
            self._descend(cells)
            if self._found or self._steps <= 0:
                break
        complete = self._steps > 0 and len(self._found) < self._limits.answers
        return Smallest(tuple(self._found.values()), complete)

    def _descend(self, cells: int) -> None:
        if cells == 1:
            self._look_up_last()
            return
        system, changes, seen = self._system, self._changes, self._seen
        identity = min(bits(self._violated), key=lambda candidate: len(system.members[candidate]))
        for cell, _ in system.members[identity]:
            if cell in changes or (self._allowed is not None and cell not in self._allowed):
                continue
            amounts = self._amounts(cell)
            if cells >= _COUPLED_CELLS:
                amounts += self._amounts_beside_another(cell, amounts)
            for delta in amounts:
                self._steps -= 1
                if self._steps <= 0 or len(self._found) >= self._limits.answers:
                    return
                violated = self._violated
                changes[cell] = delta
                self._add(cell, delta)
                if self._violated and system.fewest(self._violated) < cells:
                    key = frozenset(changes.items())
                    if key not in seen:
                        seen.add(key)
                        self._descend(cells - 1)
                self._add(cell, -delta)
                self._violated = violated
                del changes[cell]

    def _amounts(self, cell: int) -> list[int]:
        """What the cell must absorb if it is the only one that changes in one of its violated identities."""
        amounts: list[int] = []
        for identity, coefficient in self._system.incident[cell]:
            amount, rest = divmod(-self._residuals[identity], coefficient)
            if amount and not rest and amount not in amounts and self._system.allows(cell, amount):
                amounts.append(amount)
        return amounts

    def _amounts_beside_another(self, cell: int, known: Collection[int]) -> list[int]:
        """What the cell must absorb if in one of its identities just one other cell changes too.

        That other cell in turn is the only one that changes in another of its own identities.
        """
        system, residuals = self._system, self._residuals
        found: dict[int, None] = {}
        for identity, coefficient in system.incident[cell]:
            for other, of_other in system.members[identity]:
                if other == cell or other in self._changes:
                    continue
                for amount in self._amounts(other):
                    rest, fraction = divmod(-residuals[identity] - of_other * amount, coefficient)
                    if rest and not fraction and rest not in known and system.allows(cell, rest):
                        found[rest] = None
        return list(found)

    def _add(self, cell: int, delta: int) -> None:
        residuals = self._residuals
        for identity, coefficient in self._system.incident[cell]:
            residual = residuals[identity] + coefficient * delta
            residuals[identity] = residual
            if residual:
                self._violated |= 1 << identity
            else:
                self._violated &= ~(1 << identity)

    def _look_up_last(self) -> None:
        for cell in self._system.by_signature.get(self._violated, ()):
            if cell in self._changes or (self._allowed is not None and cell not in self._allowed):
                continue
            amounts = self._amounts(cell)
            if len(amounts) != 1:
                continue
            if all(
                self._residuals[identity] + coefficient * amounts[0] == 0
                for identity, coefficient in self._system.incident[cell]
            ):
                answer = {**self._changes, cell: amounts[0]}
                self._found.setdefault(frozenset(answer.items()), answer)
