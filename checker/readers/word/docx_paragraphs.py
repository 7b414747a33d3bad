"""Paragraphs of a DOCX while they are read, with the way back to the characters of the file."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

from checker.readers.blocks.colours import WHITE, Colour
from checker.readers.blocks.drafts import DraftItem, DraftParagraph
from checker.readers.blocks.marks import parted
from checker.readers.raw.xml_events import Attributes
from checker.readers.word.docx_runs import RunLook
from checker.readers.word.docx_styles import switched_on

_UNSEEN_SHAPE: Final = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)


class BodyParagraph:
    """A paragraph being read: its text so far, its own properties, and where it begins in the part.

    Attributes:
        ground: colour behind it.
        look: of runs that have no properties, from the first one on.
        gaps: pieces so far, and how many characters of the source are not shown there; see `Untidied`.
        fields: for each open field whether its code, which is not shown, is still going on.
        boxes: what stands in text boxes and pictures anchored here.
        apart: what comes next is not known to go on with what stands before it.
        framed: the paragraph has a place of its own on the page.
    """

    # What few paragraphs have stands with the class: a table has thousands of them.
    style: str | None = None
    look: RunLook | None = None
    number_id: str | None = None
    level: int | None = None
    outline: int | None = None
    joins_next: bool = False
    apart: bool = False
    framed: bool = False

    def __init__(self, source: int, ground: Colour, carried: BodyParagraph | None = None) -> None:
        self.source = source
        self.ground = ground
        self.pieces: list[str] = []
        self.gaps: list[tuple[int, int]] = []
        self.fields: list[bool] = []
        self.boxes: list[DraftItem] = []
        if carried:
            self.source, self.pieces, self.gaps = carried.source, carried.pieces, carried.gaps

    @property
    def text(self) -> str:
        """The text so far, without an automatic number."""
        return "".join(self.pieces)

    def append(self, shown: str, length: int) -> None:
        """Add what is shown of so many characters of the source."""
        if shown and self.apart:
            self.apart = False
            shown = parted(self.pieces[-1] if self.pieces else "", shown)
        if shown:
            self.pieces.append(shown)
        if len(shown) != length:
            self.gaps.append((len(self.pieces), length - len(shown)))

    def field_mark(self, kind: str | None) -> None:
        """A field begins, its code is over, or it ends."""
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def draft(self, text: str, label: int = 0, heading: int | None = None) -> DraftParagraph:
        """The finished paragraph.

        Args:
            text: its text, with its automatic number in front.
            label: how many characters of that are the number.
            heading: its outline level.
        """
        if not label and not self.gaps:
            return DraftParagraph(text, heading, self.source, apart=self.framed)
        gaps = [(place, -1) for place in range(1, label + 1)]
        if self.gaps:
            ends = [*accumulate(map(len, self.pieces), initial=label)]
            gaps += [(ends[count], missing) for count, missing in self.gaps]
        return DraftParagraph(text, heading, self.source, tuple(gaps), apart=self.framed)


class Container:
    """Something that holds paragraphs: the body, a cell, a text box.

    Attributes:
        ground: colour behind its paragraphs.
        carried: a paragraph whose end was deleted; its text belongs to the next one.
    """

    carried: BodyParagraph | None = None

    def __init__(self, ground: Colour = WHITE) -> None:
        self.ground = ground
        self.items: list[DraftItem] = []


class OpenShapes:
    """The shapes and drawings that are open, and whether anybody sees them."""

    NAMES: Final = (
        "arc", "curve", "group", "image", "line", "oval", "polyline", "rect", "roundrect", "shape", "textbox",
    )  # fmt: skip
    """Shapes of VML."""

    def __init__(self) -> None:
        self._hidden: list[bool] = []

    @property
    def hide(self) -> bool:
        """Whether nobody sees what stands here."""
        return True in self._hidden

    def start(self, attributes: Attributes) -> None:
        """A shape or drawing begins."""
        self._hidden.append(_UNSEEN_SHAPE.search(attributes.get("style", "")) is not None)

    def end(self) -> None:
        """It ends."""
        self._hidden.pop()

    def describe(self, attributes: Attributes) -> None:
        """What the drawing says of itself."""
        if self._hidden and switched_on(attributes.get("hidden", "0")):
            self._hidden[-1] = True
