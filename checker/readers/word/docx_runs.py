"""How the text of a run in a DOCX looks, as far as that says what a person reads."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.marks import ABOVE, BELOW, Look
from checker.readers.raw.safe_xml import whole_number
from checker.readers.word.docx_styles import HIDING, DocxStyles, switched_on, vertical_place
from checker.startup.records import dataclass

RUN_PROPERTIES: Final = (*HIDING, "vertAlign", "position", "sz", "rStyle")
_LEGIBLE: Final = 4
"""Half points: what is smaller than two points nobody sees."""
_OFF_LINE: Final = 6
"""Half points by which text must be raised or lowered to be a mark; whole cells are moved by less."""
_SMALL: Final = 14
"""Half points: letters of a mark are no larger; tables are not set in 7 points."""


@dataclass(slots=True)
class RunLook:
    """The look of one run.

    Attributes:
        hidden_by: the properties that keep its text from being shown.
        place: above, below or on the line.
        shift: half points by which it is raised, less than 0 if it is lowered.
        size: half points of its letters, None if they are those of the paragraph.
    """

    hidden_by: frozenset[str] = frozenset()
    place: int = 0
    shift: int = 0
    size: int | None = None

    def take(self, name: str, value: str | None, styles: DocxStyles) -> None:
        """One of the `RUN_PROPERTIES`, in the order of the file."""
        if name == "rStyle":
            style = styles.named(value)
            self.hidden_by, self.place = style.hidden_by, style.place
        elif name == "vertAlign":
            self.place = vertical_place(value)
        elif name == "position":
            raised = whole_number(value, 0)
            self.shift = raised or -whole_number((value or "").removeprefix("-"), 0)
        elif switched_on(value) if name in HIDING else whole_number(value, _LEGIBLE) < _LEGIBLE:
            self.hidden_by |= {name}
        else:
            self.hidden_by -= {name}
        if name == "sz":
            self.size = whole_number(value, _SMALL + 1)

    def note(self, own_mark: str | None) -> None:
        """A note is referred to; if the author gave it a mark, the rest of the run is that, wherever it stands."""
        if own_mark is not None and switched_on(own_mark):
            self.place = ABOVE

    def shown(self, text: str) -> str:
        """What a person reads of a text in this run."""
        place = self.place
        if abs(self.shift) >= _OFF_LINE and self.size is not None and self.size <= _SMALL:
            place = ABOVE if self.shift > 0 else BELOW
        return Look(bool(self.hidden_by), place).shown(text) if self.hidden_by or place else text
