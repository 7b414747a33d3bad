"""What the pages of one document have cost so far, counted against limits."""

from __future__ import annotations

from typing import Final

from checker.readers.limits import too_large
from checker.startup.records import dataclass

_CHARACTERS: Final = 1_000_000
"""Characters of one document, those that pdfium adds included."""
_OBJECTS: Final = 400_000
"""Drawn objects and path segments of one document."""


@dataclass(slots=True)
class Cost:
    """What all pages read so far have cost.

    Attributes:
        characters: number of characters.
        objects: number of drawn objects and path segments.
    """

    characters: int = 0
    objects: int = 0

    def count_characters(self, more: int) -> None:
        """Count characters.

        Raises:
            UnreadableError: `too_large`.
        """
        self.characters += more
        if self.characters > _CHARACTERS:
            raise too_large(f"多于 {_CHARACTERS // 10_000} 万字")

    def count_objects(self, more: int) -> None:
        """Count drawn objects and path segments.

        Raises:
            UnreadableError: `too_large`.
        """
        self.objects += more
        if self.objects > _OBJECTS:
            raise too_large("的图形过多")
