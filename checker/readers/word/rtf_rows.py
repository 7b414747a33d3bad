"""A table row of RTF while it is read: the definitions of its cells, and their texts."""

from __future__ import annotations

from checker.readers.blocks.edges import EdgeCell
from checker.startup.records import dataclass, field


@dataclass(slots=True)
class RtfCellEnd:
    """Where a cell of the row definition ends, and how it is merged."""

    right: int
    across: bool
    down: bool


@dataclass(slots=True)
class RtfRow:
    """The row that is being read."""

    left: int = 0
    borders: list[RtfCellEnd] = field(default_factory=list)
    across: bool = False
    down: bool = False
    texts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

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
