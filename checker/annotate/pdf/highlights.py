"""What is to be highlighted, as one process tells it to another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from checker.startup.records import dataclass

COPY: Final = b"+"
"""Begins an answer that is a copy; any other is a refusal, its code and text as JSON."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, as in `Location.box`."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One highlight with its note.

    Attributes:
        page: number of the page on which its place begins.
        box: the cell, or the part of the paragraph on that page; None for the first line of the page.
        note: what is said there.
        severity: of the finding.
        text: the paragraph without white space, empty for a cell.
        start: first character of `text` that is meant.
        end: the one after the last.
    """

    page: int
    box: Box | None
    note: str
    severity: str
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What to write into a file.

    Attributes:
        highlights: in the order in which they are written.
        author: who says it.
        date: of the notes, as PDF writes it, None for none.
    """

    highlights: Sequence[Highlight]
    author: str
    date: str | None = None

    def as_json(self) -> list[Any]:
        """The order as JSON can show it."""
        fields = [[h.page, h.box, h.note, h.severity, h.text, h.start, h.end] for h in self.highlights]
        return [fields, self.author, self.date]

    @classmethod
    def from_json(cls, shown: Sequence[Any]) -> Order:
        """The order that `as_json` shows; it comes from the process that started this one."""
        fields, author, date = shown
        highlights = [Highlight(page, tuple(box) if box else None, *rest) for page, box, *rest in fields]
        return cls(highlights, author, date)
