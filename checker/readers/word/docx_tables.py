"""Tables of a DOCX while they are read: rows with merge marks, and the grid they make."""

from __future__ import annotations

from checker.readers.blocks.colours import Colour
from checker.readers.blocks.drafts import DraftCell, DraftTable
from checker.readers.blocks.edges import SNAP_TWIPS
from checker.readers.word.docx_paragraphs import Container
from checker.startup.records import dataclass, field


class WordCell(Container):
    """A cell as the file has it, with what stands in it.

    Attributes:
        span: grid columns it covers.
        down: `restart` or `continue` of a vertical merge, None outside merges.
        across: the same for the older kind of horizontal merge.
        source: see `Location`.
    """

    def __init__(self, source: int, ground: Colour) -> None:
        super().__init__(ground)
        self.source = source
        self.span = 1
        self.down: str | None = None
        self.across: str | None = None


@dataclass(slots=True)
class WordRow:
    """A row: grid columns left out before its first cell, its cells, and whether it was deleted."""

    before: int = 0
    cells: list[WordCell] = field(default_factory=list)
    deleted: bool = False


@dataclass(slots=True)
class WordTable:
    """A table being read: the colour behind its cells, widths of its grid columns in twips, and its rows."""

    ground: Colour
    widths: list[int] = field(default_factory=list)
    rows: list[WordRow] = field(default_factory=list)

    def draft(self) -> DraftTable:
        """The finished table with merged cells joined."""
        cells: list[DraftCell] = []
        joined: dict[int, DraftCell] = {}
        rows = [row for row in self.rows if not row.deleted]
        for number, row in enumerate(rows):
            column = row.before
            still: dict[int, DraftCell] = {}
            for cell in row.cells:
                above = joined.get(column)
                if cell.across == "continue" and column > row.before:
                    cells[-1].column_span += cell.span
                elif cell.down == "continue" and above is not None:
                    above.row_span += 1
                    still[column] = above
                else:
                    cells.append(DraftCell(cell.items, number, column, 1, cell.span, cell.source))
                    if cell.down is not None:
                        still[column] = cells[-1]
                column += cell.span
            joined = still
        self._snap(cells)
        return DraftTable(cells)

    def _snap(self, cells: list[DraftCell]) -> None:
        """Take grid lines that a person sees as one for one.

        Converters from page layouts leave columns a hair wide. If a cell would vanish, the widths are
        not to be believed and the grid stays as it is.
        """
        if all(width > SNAP_TWIPS for width in self.widths):
            return
        lines, position, first = [0], 0, 0
        for number, width in enumerate(self.widths, 1):
            position += width
            if position - first > SNAP_TWIPS:
                first = position
                lines.append(number)
            else:
                lines.append(lines[-1])
        count = len(lines)
        snapped = [
            (lines[cell.column], lines[cell.column + cell.column_span])
            for cell in cells
            if cell.column + cell.column_span < count
        ]
        if len(snapped) < len(cells) or any(left >= right for left, right in snapped):
            return
        for cell, (left, right) in zip(cells, snapped, strict=True):
            cell.column, cell.column_span = left, right - left
