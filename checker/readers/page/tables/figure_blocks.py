"""Where lines of text are tables of numbers: numbers below each other, labels before and words above them.

Only what fits together becomes a table: as many numbers in each row, a label for every row. All else stays
lines of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.readers.page.tables.figure_heads import add_head, head_columns
from checker.readers.page.tables.figure_lines import TextLine, parted_between
from checker.readers.page.tables.figure_rows import MANY_COLUMNS, Block, add_labels, number_blocks

_FEWEST_COLUMNS: Final = 3
"""Numbers in a row that make a table."""
FURNITURE: Final = 2
"""Lines above the rest of a table that may be the running head of the page."""


def find_blocks(lines: list[TextLine | None], known: Sequence[tuple[float, float]] = ()) -> list[list[Block]]:
    """The blocks of each table among lines of text, from top to bottom.

    Args:
        lines: from top to bottom; None for one that is in no table. Words above columns that nearly touch
            are parted in place.
        known: left and right edge of each cell in the last row of a table that may go on here.
    """
    tables: list[list[Block]] = []
    taken = 0
    for block in number_blocks(lines):
        if not add_labels(lines, block, taken):
            # The rows above and those below are no longer one table.
            taken = block.rows[-1] + 1
            tables.append([])
            continue
        add_head(lines, block, taken, opened=bool(known or (tables and tables[-1])))
        head = [parted_between(line, block.columns) for line in lines[block.head : block.top] if line]
        lines[block.head : block.top] = head
        above = head_columns(head, block.stub) if head else known if block.head <= FURNITURE else ()
        if not block.fit(above, all_numbers=bool(head)):
            taken = block.stop
            tables.append([])
            continue
        if tables and tables[-1] and block.head == tables[-1][-1].stop:
            tables[-1].append(block)
        else:
            tables.append([block])
        taken = block.stop
    return [
        table
        for table in tables
        if table and _is_table(lines, table, known if table[0].head <= FURNITURE else ())
    ]


def stands_below(block: Block, cells: Sequence[tuple[float, float]]) -> bool:
    """Whether the numbers of a block stand below the last of some cells."""
    under = cells[-len(block.columns) :]
    return len(under) == len(block.columns) and all(
        left < (first + second) / 2 < right
        for (left, right), (first, second) in zip(under, block.columns, strict=True)
    )


def _is_table(
    lines: Sequence[TextLine | None], blocks: Sequence[Block], known: Sequence[tuple[float, float]]
) -> bool:
    """Whether blocks prove to be a table, or the rest of one with the cells `known` in its last row."""
    certain = bool(known)
    for block in blocks:
        columns = len(block.columns)
        above = [line for line in lines[block.head : block.top] if line]
        headed = any(2 * sum(word.left > block.stub for word in line.words) >= columns for line in above)
        if columns >= _FEWEST_COLUMNS:
            certain |= len(block.rows) > 1 or columns >= MANY_COLUMNS or headed
        goes_on = block is blocks[0] and (columns >= _FEWEST_COLUMNS or stands_below(block, known))
        if not headed and not goes_on:
            return False
    return certain
