"""One file in a package."""

from __future__ import annotations

from checker.model.errors import UnreadableError
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package.

    Attributes:
        name: its name in the package, `/` between folders.
        content: its bytes, or why they cannot be had.
    """

    name: str
    content: bytes | UnreadableError
