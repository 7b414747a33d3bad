"""How alike two numbers look when typed, and which typing error turns one into the other."""

from __future__ import annotations

from functools import lru_cache

from checker.solver.model import Number, SlipKind


@lru_cache(maxsize=4096)
def typing_distance(written: str, meant: str) -> int:
    """Fewest characters to insert, delete, replace or exchange with a neighbour (each place once)."""
    before: list[int] = []
    previous = list(range(len(meant) + 1))
    for row, left in enumerate(written, 1):
        line = [row]
        for column, right in enumerate(meant, 1):
            best = min(previous[column] + 1, line[-1] + 1, previous[column - 1] + (left != right))
            if row > 1 and column > 1 and left == meant[column - 2] and right == written[row - 2]:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, previous = previous, line
    return previous[-1]


def name_slip(written: Number, meant: Number) -> SlipKind | None:
    """The slip that turns `meant` into `written`, None if it is none of the known ones."""
    wrong, right = str(written), str(meant)
    if meant <= 0 or written < 0:
        return None
    near = typing_distance(wrong, right) == 1
    if near and len(wrong) == len(right):
        return SlipKind.TRANSPOSED if sorted(wrong) == sorted(right) else SlipKind.DIGIT_REPLACED
    if near and len(wrong) < len(right):
        return SlipKind.DIGIT_DROPPED
    if near and any(right[:at] + right[at - 1] + right[at:] == wrong for at in range(1, len(right) + 1)):
        return SlipKind.DIGIT_DOUBLED
    if len(wrong) > len(right) and (wrong.startswith(right) or wrong.endswith(right)):
        return SlipKind.SWALLOWED
    return None
