"""What an RTF document has said so far: what groups inherit, its colours, and the table row that is being read."""

from __future__ import annotations

from typing import Final

from checker.readers.blocks.colours import UNKNOWN, WHITE, Colour, vanishes
from checker.readers.blocks.edges import EdgeCell
from checker.readers.blocks.marks import ON_LINE
from checker.startup.records import dataclass, field

_MOST_COLOURS: Final = 4096

DEFAULT_FALLBACK: Final = 1
"""Characters that stand after `\\u` for programs that know no Unicode."""


@dataclass(slots=True)
class GroupState:
    """Everything a group inherits and gives back at its end."""

    shown: bool = True
    role: bytes = b""
    encoding: str = ""
    in_fonts: bool = False
    in_colours: bool = False
    fallback: int = DEFAULT_FALLBACK
    hidden: bool = False
    struck: bool = False
    sizeless: bool = False
    ink: Colour | None = None
    shade: Colour | None = None
    ground: Colour | None = None
    place: int = ON_LINE
    deleted: bool = False
    in_unseen_shape: bool = False
    in_table: bool = False
    heading: int | None = None

    def plain(self) -> None:
        """Letters have no properties any more."""
        self.hidden = self.struck = self.sizeless = False
        self.ink = self.shade = None
        self.place = ON_LINE
        self.encoding = ""

    def hides(self, ground: Colour) -> bool:
        """Whether nobody sees text on that ground, or somebody has struck it through."""
        if self.in_unseen_shape or self.hidden or self.struck or self.sizeless:
            return True
        return vanishes(self.ink, self.shade or self.ground or ground)


class RtfColours:
    """The colour table: colours are named by their place in it."""

    def __init__(self) -> None:
        self._colours: list[Colour | None] = []
        self._parts: dict[bytes, int] = {}

    def take(self, word: bytes, number: int | None) -> None:
        """A word inside the table: an amount of red, green or blue."""
        self._parts[word] = min(max(number or 0, 0), 255)

    def end(self, count: int) -> None:
        """So many colours end; one of which nothing was said is the automatic one."""
        for _ in range(min(count, _MOST_COLOURS - len(self._colours))):
            red, green, blue = (self._parts.get(part, 0) for part in (b"red", b"green", b"blue"))
            self._colours.append((red, green, blue) if self._parts else None)
            self._parts = {}

    def ink(self, number: int | None) -> Colour | None:
        """Colour of letters, None for the automatic one."""
        return self._colours[number] if number and number < len(self._colours) else None

    def ground(self, number: int | None) -> Colour | None:
        """Colour behind something, None if nothing is behind it."""
        return (self.ink(number) or UNKNOWN) if number else None


@dataclass(slots=True)
class RtfCellEnd:
    """Where a cell of the row definition ends, and how it is merged."""

    right: int
    across: bool
    down: bool
    ground: Colour = WHITE


@dataclass(slots=True)
class RtfRow:
    """The row that is being read."""

    left: int = 0
    borders: list[RtfCellEnd] = field(default_factory=list)
    across: bool = False
    down: bool = False
    ground: Colour = WHITE
    texts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def end_cell(self, right: int) -> None:
        """The definition of a cell ends; what comes next is about another one."""
        self.borders.append(RtfCellEnd(right, self.across, self.down, self.ground))
        self.across = self.down = False
        self.ground = WHITE

    def behind(self) -> Colour:
        """The colour behind the cell whose text comes next."""
        place = len(self.texts)
        return self.borders[place].ground if place < len(self.borders) else WHITE

    def cells(self) -> list[EdgeCell]:
        """The row's cells; those merged with their left neighbour are part of it."""
        cells: list[EdgeCell] = []
        left = self.left
        for text, border in zip(self.texts, self.borders, strict=False):
            if border.across and cells:
                cells[-1].right = border.right
            else:
                cells.append(EdgeCell(text, left, border.right, border.down))
            left = border.right
        return cells
