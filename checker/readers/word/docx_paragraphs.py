"""Paragraphs of a DOCX while they are read, with the way back to the characters of the file."""

from __future__ import annotations

from itertools import accumulate

from checker.readers.blocks.colours import WHITE, Colour
from checker.readers.blocks.drafts import DraftItem, DraftParagraph
from checker.readers.word.docx_runs import RunLook


class BodyParagraph:
    """A paragraph being read: its text so far, its own properties, and where it begins in the part.

    Attributes:
        ground: colour behind it.
        look: of runs that have no properties, from the first one on.
        gaps: pieces so far, and how many characters of the source are not shown there; see `Untidied`.
        fields: for each open field whether its code, which is not shown, is still going on.
        boxes: what stands in text boxes and pictures anchored here.
    """

    def __init__(self, source: int, ground: Colour, carried: BodyParagraph | None = None) -> None:
        self.source: int = carried.source if carried else source
        self.pieces: list[str] = carried.pieces if carried else []
        self.gaps: list[tuple[int, int]] = carried.gaps if carried else []
        self.style: str | None = None
        self.ground = ground
        self.look: RunLook | None = None
        self.number_id: str | None = None
        self.level: int | None = None
        self.outline: int | None = None
        self.joins_next = False
        self.fields: list[bool] = []
        self.boxes: list[DraftItem] = []

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


class Container:
    """Something that holds paragraphs: the body, a cell, a text box.

    Attributes:
        ground: colour behind its paragraphs.
        carried: a paragraph whose end was deleted; its text belongs to the next one.
    """

    def __init__(self, ground: Colour = WHITE) -> None:
        self.ground = ground
        self.items: list[DraftItem] = []
        self.carried: BodyParagraph | None = None
