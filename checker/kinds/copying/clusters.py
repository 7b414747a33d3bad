"""Clusters of things of which some pairs belong together."""

from __future__ import annotations

from collections.abc import Iterable


def clusters_of(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Members of every cluster in order, clusters by their first member."""
    root: dict[int, int] = {}

    def find(one: int) -> int:
        root.setdefault(one, one)
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        root[second] = first
    found: dict[int, list[int]] = {}
    for one in sorted(root):
        found.setdefault(find(one), []).append(one)
    return list(found.values())
