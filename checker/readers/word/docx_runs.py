"""How the text of a run in a DOCX looks, as far as that says what a person reads."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.marks import Look
from checker.readers.raw.safe_xml import whole_number
from checker.readers.word.docx_styles import HIDING, DocxStyles, switched_on, vertical_place
from checker.startup.records import dataclass

RUN_PROPERTIES: Final = (*HIDING, "vertAlign", "sz", "rStyle")
_LEGIBLE: Final = 4
"""Half points: what is smaller than two points nobody sees."""


@dataclass(slots=True)
class RunLook:
    """The look of one run.

    Attributes:
        hidden_by: the properties that keep its text from being shown.
        place: above, below or on the line.
    """

    hidden_by: frozenset[str] = frozenset()
    place: int = 0

    def take(self, name: str, value: str | None, styles: DocxStyles) -> None:
        """One of the `RUN_PROPERTIES`, in the order of the file."""
        if name == "rStyle":
            style = styles.named(value)
            self.hidden_by, self.place = style.hidden_by, style.place
        elif name == "vertAlign":
            self.place = vertical_place(value)
        elif switched_on(value) if name in HIDING else whole_number(value, _LEGIBLE) < _LEGIBLE:
            self.hidden_by |= {name}
        else:
            self.hidden_by -= {name}

    def shown(self, text: str) -> str:
        """What a person reads of a text in this run."""
        return Look(bool(self.hidden_by), self.place).shown(text) if self.hidden_by or self.place else text
