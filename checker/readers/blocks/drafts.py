"""Drafts of paragraphs and tables, and what becomes of them in the Document.

Readers of formats whose tables nest (Word, web pages) collect drafts; data tables are distinguished from tables
that only place text here, once, so that the same report saved in two formats gives
the same blocks. All walks use explicit stacks, since drafts nest as deep as a file likes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.model.document import Location, Untidied
from checker.model.numerals import NO_WIDTH_SET
from checker.readers.blocks.collector import BlockCollector, Placed
from checker.readers.blocks.marks import parted
from checker.readers.limits import Limits, too_large
from checker.startup.records import dataclass, field

_INVISIBLE: Final = re.compile(f"[{NO_WIDTH_SET}]")

# A cell with this much running text was not made to hold a figure or a label.
_PROSE_PARAGRAPHS: Final = 3
_PROSE_CHARACTERS: Final = 200


def tidy(text: str) -> str:
    """`text` on one line: white space normalised to single spaces, invisible characters removed."""
    return text if text.isalnum() else " ".join(_INVISIBLE.sub("", text).split())


@dataclass(slots=True)
class DraftParagraph:
    """Text before white space is normalised; a line feed is a line break of its author.

    Attributes:
        source: where it begins in the source, see `Location`.
        gaps: see `Untidied`.
        untidied: see `Paragraph`.
        is_line: it is one of several lines of a paragraph of the source.
        apart: it stands in a box or the like, and does not go on with what stands before it.
    """

    text: str
    heading: int | None = None
    source: int | None = None
    gaps: tuple[tuple[int, int], ...] = ()
    untidied: Untidied | None = None
    is_line: bool = False
    apart: bool = False

    def lines(self) -> list[str]:
        """The lines that hold something, tidied."""
        if self.text.isalnum():
            return [self.text]
        return [line for line in map(tidy, self.text.split("\n")) if line]

    def parts(self) -> Iterator[DraftParagraph]:
        """The lines that hold something as paragraphs, with the way back to the source if it is known."""
        if self.source is None:
            for line in self.lines():
                yield self if line == self.text else DraftParagraph(line, self.heading)
            return
        start = passed = missing = 0
        for text in self.text.split("\n"):
            line, end = tidy(text), start + len(text)
            first = passed
            while passed < len(self.gaps) and self.gaps[passed][0] <= end:
                passed += 1
            gaps = self.gaps[first:passed]
            if line == self.text and not gaps:
                yield self
            elif line:
                inner = tuple((offset - start, count) for offset, count in gaps)
                untidied = Untidied(text, start + missing, inner)
                yield DraftParagraph(line, self.heading, self.source, (), untidied, is_line="\n" in self.text)
            missing += sum(count for _, count in gaps)
            start = end + 1


@dataclass(slots=True)
class DraftNote:
    """A note for the reader of the results, at its place in the text."""

    code: str
    text: str


@dataclass(slots=True)
class DraftCell:
    """A cell and all that stands in it.

    `row` and `column` are grid lines counted from 0; for `source` see `Location`.
    """

    items: list[DraftItem]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    source: int | None = None


@dataclass(slots=True)
class DraftTable:
    """The cells of a table in reading order.

    Attributes:
        cells: every cell once, merged ones at their first place.
        cell_count: cells of this table and of all tables inside it.
        is_layout: the table only places text on the page.
    """

    cells: list[DraftCell]
    cell_count: int = field(init=False)
    is_layout: bool = field(init=False)

    def __post_init__(self) -> None:
        """Classify the table; those inside are complete by now and have been classified.

        A table places text if it has one cell, or more cells inside of it than of its own, or if one of its cells
        is prose: it holds several paragraphs and as much text as all others together.
        """
        inner_cells = own_cells = total = longest = 0
        prose = False
        for cell in self.cells:
            texts: list[DraftParagraph] = []
            length = 0
            for item in cell.items:
                if isinstance(item, DraftParagraph):
                    if item.text and not item.text.isspace():
                        texts.append(item)
                        length += len(item.text)
                elif isinstance(item, DraftTable):
                    inner_cells += item.cell_count
            own_cells += bool(texts)
            total += length
            if length > longest:
                longest = length
                prose = len(texts) >= _PROSE_PARAGRAPHS and (
                    length >= _PROSE_CHARACTERS or any(item.heading for item in texts)
                )
        self.cell_count = len(self.cells) + inner_cells
        self.is_layout = len(self.cells) == 1 or inner_cells > own_cells or (prose and 2 * longest > total)


DraftItem = DraftParagraph | DraftTable | DraftNote


def flatten(items: Sequence[DraftItem]) -> Iterator[DraftItem]:
    """The drafts in reading order, a line a paragraph, layout tables replaced by their content.

    What the cells of such a table hold stands where the table stood. A table inside a cell of a real
    table follows that table.
    """
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        if isinstance(item, DraftParagraph):
            yield from item.parts()
            continue
        is_layout = isinstance(item, DraftTable) and item.is_layout
        if not is_layout:
            yield item
        if isinstance(item, DraftTable):
            waiting.extend(
                inner
                for cell in reversed(item.cells)
                for inner in reversed(cell.items)
                if is_layout or not isinstance(inner, DraftParagraph)
            )


def pour(items: Iterable[DraftItem], blocks: BlockCollector, limits: Limits) -> None:
    """Add flattened drafts to `blocks`.

    Args:
        items: what `flatten` gave, or a part of it.
        blocks: takes paragraphs, tables and notes.
        limits: bound for grid places.

    Raises:
        UnreadableError: too many paragraphs or grid places.
    """
    for item in items:
        if isinstance(item, DraftParagraph):
            place = None
            if item.untidied and item.is_line:
                spans = item.untidied.spans
                place = Location(start=spans[0][0], end=spans[-1][1])
            blocks.paragraph(item.text, item.heading, place, untidied=item.untidied, source=item.source)
        elif isinstance(item, DraftNote):
            blocks.note(item.code, item.text)
        else:
            _table(item, blocks, limits)


def _table(draft: DraftTable, blocks: BlockCollector, limits: Limits) -> None:
    """Add a table without those grid lines at which no cell begins: nobody can see them."""
    texts = [_cell_text(cell) for cell in draft.cells]
    if not any(texts):
        return
    row_lines = sorted({cell.row for cell in draft.cells})
    column_lines = sorted({cell.column for cell in draft.cells})
    if len(row_lines) * len(column_lines) > limits.cells:
        raise too_large(f"的表格多于 {limits.cells} 格")
    rows: list[list[Placed]] = [[] for _ in row_lines]
    row_at = {line: number for number, line in enumerate(row_lines)}
    column_at = {line: number for number, line in enumerate(column_lines)}
    for cell, text in zip(draft.cells, texts, strict=True):
        row, column = row_at[cell.row], column_at[cell.column]
        row_span = column_span = 1
        if cell.row_span != 1:
            row_span = bisect_left(row_lines, cell.row + cell.row_span) - row
        if cell.column_span != 1:
            column_span = bisect_left(column_lines, cell.column + cell.column_span) - column
        rows[row].append(Placed(text, row + 1, column + 1, row_span, column_span, source=cell.source))
    blocks.table(rows, place=Location(source=draft.cells[0].source))


def _cell_text(cell: DraftCell) -> str:
    if len(cell.items) == 1:
        item = cell.items[0]
        if isinstance(item, DraftParagraph) and item.text.isalnum():
            return item.text
    lines: list[str] = []
    for item in cell.items:
        if isinstance(item, DraftParagraph):
            own = item.lines()
            if item.apart and own and lines:
                own[0] = parted(lines[-1], own[0])
            lines += own
    return "\n".join(lines)
