"""What is remembered between calls, in bounded memory."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Bounded(dict[K, V]):
    """A mapping that forgets what was put in first.

    Args:
        most: so many entries at most.
    """

    def __init__(self, most: int) -> None:
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        """Put in an entry; where there is no room the oldest goes."""
        while len(self) >= self._most and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)
