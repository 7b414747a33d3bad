"""Paragraphs of a DOCX while they are read, with the way back to the characters of the file."""

from __future__ import annotations

from itertools import accumulate

from checker.readers.blocks.drafts import DraftItem, DraftParagraph
from checker.startup.records import dataclass, field


@dataclass(slots=True)
class BodyParagraph:
    """A paragraph being read: its text so far, its own properties, and where it begins in the part.

    Attributes:
        gaps: pieces so far, and how many characters of the source are not shown there; see `Untidied`.
        fields: for each open field whether its code, which is not shown, is still going on.
        boxes: what stands in text boxes and pictures anchored here.
    """

    pieces: list[str]
    source: int
    gaps: list[tuple[int, int]] = field(default_factory=list)
    style: str | None = None
    number_id: str | None = None
    level: int | None = None
    outline: int | None = None
    joins_next: bool = False
    fields: list[bool] = field(default_factory=list)
    boxes: list[DraftItem] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text so far, without an automatic number."""
        return "".join(self.pieces)

    def append(self, shown: str, length: int) -> None:
        """Add what is shown of so many characters of the source."""
        if shown:
            self.pieces.append(shown)
        if len(shown) != length:
            self.gaps.append((len(self.pieces), length - len(shown)))

    def draft(self, text: str, label: int = 0, heading: int | None = None) -> DraftParagraph:
        """The finished paragraph.

        Args:
            text: its text, with its automatic number in front.
            label: how many characters of that are the number.
            heading: its outline level.
        """
        gaps = [(place, -1) for place in range(1, label + 1)]
        if self.gaps:
            ends = [*accumulate(map(len, self.pieces), initial=label)]
            gaps += [(ends[count], missing) for count, missing in self.gaps]
        return DraftParagraph(text, heading, self.source, tuple(gaps))


@dataclass(slots=True)
class Container:
    """Something that holds paragraphs: the body, a cell, a text box.

    Attributes:
        carried: a paragraph whose end was deleted; its text belongs to the next one.
    """

    items: list[DraftItem] = field(default_factory=list)
    carried: BodyParagraph | None = None
