"""Tables of a DOCX while they are read: rows with merge marks, and the grid they make."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from checker.readers.blocks.colours import UNKNOWN, Colour
from checker.readers.blocks.drafts import DraftCell, DraftTable
from checker.readers.blocks.edges import SNAP_TWIPS
from checker.readers.raw.safe_xml import whole_number
from checker.readers.raw.xml_events import Attributes, End, Start
from checker.readers.word.docx_paragraphs import Container
from checker.readers.word.docx_styles import DocxStyles, attribute
from checker.startup.records import dataclass, field


class WordCell(Container):
    """A cell as the file has it, with what stands in it.

    Attributes:
        span: grid columns it covers.
        down: `restart` or `continue` of a vertical merge, None outside merges.
        across: the same for the older kind of horizontal merge.
        source: see `Location`.
    """

    span: int = 1
    down: str | None = None
    across: str | None = None

    def __init__(self, source: int, ground: Colour) -> None:
        self.source = source
        self.ground = ground
        self.items = []


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


class OpenTables:
    """The tables that are open, and what happens at their elements.

    Args:
        parser: says where in the part an element begins.
        styles: the document's styles.
        containers: what holds paragraphs, the innermost last; cells are added and taken away.
        close: called with a container that ends.
    """

    def __init__(
        self,
        parser: expat.XMLParserType,
        styles: DocxStyles,
        containers: list[Container],
        close: Callable[[Container], None],
    ) -> None:
        self._parser = parser
        self._styles = styles
        self._containers = containers
        self._close = close
        self._tables: list[WordTable] = []
        self._cells: list[WordCell] = []

    def handlers(self) -> dict[str, tuple[Start, End | None]]:
        """What is to be done at the start and the end of elements, by their local names."""
        return {
            "tbl": (self._start_table, self._end_table),
            "tblStyle": (self._style, None),
            "gridCol": (self._grid_column, None),
            "tr": (self._start_row, None),
            "gridBefore": (self._grid_before, None),
            "tc": (self._start_cell, self._end_cell),
            "gridSpan": (self._grid_span, None),
            "vMerge": (self._merge_down, None),
            "hMerge": (self._merge_across, None),
        }

    def shade(self, kind: str, ground: Colour) -> None:
        """The ground that the properties `tcPr` give a cell, or `tblPr` a table."""
        if kind == "tcPr" and self._cells:
            self._cells[-1].ground = ground
        elif kind == "tblPr" and self._tables:
            self._tables[-1].ground = ground

    def delete_row(self) -> None:
        """The row that has begun was deleted."""
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].deleted = True

    def _start_table(self, _: Attributes) -> None:
        self._tables.append(WordTable(self._containers[-1].ground))

    def _style(self, attributes: Attributes) -> None:
        """Which cells a style of tables shades depends on much; all of its tables have a ground nobody knows."""
        if self._tables and self._styles.named(attribute(attributes)).table_shade:
            self._tables[-1].ground = UNKNOWN

    def _end_table(self) -> None:
        table = self._tables.pop()
        if any(row.cells and not row.deleted for row in table.rows):
            self._containers[-1].items.append(table.draft())

    def _grid_column(self, attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].widths.append(whole_number(attribute(attributes, "w"), 0))

    def _start_row(self, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append(WordRow())

    def _grid_before(self, attributes: Attributes) -> None:
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].before = max(whole_number(attribute(attributes), 0), 0)

    def _start_cell(self, _: Attributes) -> None:
        outer = self._tables[-1] if self._tables else self._containers[-1]
        cell = WordCell(self._parser.CurrentByteIndex, outer.ground)
        self._containers.append(cell)
        self._cells.append(cell)

    def _end_cell(self) -> None:
        cell = self._cells.pop()
        self._close(self._containers.pop())
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].cells.append(cell)
        else:
            self._containers[-1].items.extend(cell.items)

    def _grid_span(self, attributes: Attributes) -> None:
        if self._cells:
            self._cells[-1].span = max(whole_number(attribute(attributes), 1), 1)

    def _merge_down(self, attributes: Attributes) -> None:
        if self._cells:
            self._cells[-1].down = attribute(attributes) or "continue"

    def _merge_across(self, attributes: Attributes) -> None:
        if self._cells:
            self._cells[-1].across = attribute(attributes) or "continue"
