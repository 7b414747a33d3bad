"""An excerpt of a table on a terminal: no frame, figures to the right, the cell in question in 【】."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.startup.records import dataclass
from checker.writers.shared.table_excerpt import CellRole, Excerpt, ExcerptCell, ExcerptColumn, ExcerptRow
from checker.writers.shared.text_cells import column_text, cut, pad, width
from checker.writers.terminal.lines import Line, Piece, TextStyle, plain_line

_GAP: Final = "  "
_LABEL: Final = 24
_HEADS: Final = (24, 8, 4)
"""Cells of a line of a column head, tried in turn; most Chinese words have two characters."""
_FIGURE: Final = 14
_PROPOSED: Final = {True: "应改为", False: "可改为"}


@dataclass(frozen=True, slots=True)
class _DrawnColumn:
    """A column that is drawn: where it stands in the excerpt, the lines of its head, its width.

    A column with a marked cell has room for the closing bracket behind every figure; the opening one
    stands in the gap in front.
    """

    index: int
    head: tuple[str, ...]
    figures: int
    role: CellRole

    @property
    def tail(self) -> str:
        return "  " if self.role is CellRole.MARKED else ""

    @property
    def cells(self) -> int:
        return len(_GAP) + self.figures + len(self.tail)

    def aligned(self, text: str) -> str:
        return _GAP + pad(text, self.figures, right=True) + self.tail


def table_lines(excerpt: Excerpt, cells: int, indent: int, mark: TextStyle) -> Iterator[Line]:
    """Draw an excerpt.

    Column heads are wrapped, and then the columns farthest from the finding dropped, until it fits.
    Proposed values stand below the row they belong to; where all are of one column, in a column behind it.

    Args:
        excerpt: what to draw.
        cells: terminal cells of a line, indent included.
        indent: cells in front of each line.
        mark: style of the marked cells.
    """
    label_cells = max(_label_width(row.label) for row in excerpt.rows)
    proposals = _proposed_column(excerpt)
    room = cells - indent - label_cells - (proposals.cells if proposals else 0)
    columns = _fitting_columns(excerpt, room)
    front = " " * (indent + label_cells)
    height = max(len(column.head) for column in columns)
    for line in range(height):
        drawn = (*columns, proposals) if proposals else columns
        texts = (column.aligned(_from_below(column.head, line, height)) for column in drawn)
        yield plain_line(front + "".join(texts), TextStyle.QUIET)
    for row in excerpt.rows:
        label = " " * indent + pad(column_text(row.label, _LABEL), label_cells)
        line_pieces = _row_line(row, label, columns, mark)
        if proposals:
            yield (*line_pieces, (proposals.aligned(_proposed(row.cells[proposals.index])), TextStyle.GOOD))
            continue
        yield line_pieces
        if any(row.cells[column.index].proposed is not None for column in columns):
            texts = (column.aligned(_proposed(row.cells[column.index])) for column in columns)
            below = pad(_PROPOSED[excerpt.certain], len(front), right=True)
            yield plain_line(below + "".join(texts), TextStyle.GOOD)
    note = _left_out(excerpt, len(excerpt.columns) - len(columns))
    if note:
        yield plain_line(" " * indent + cut(note, cells - indent), TextStyle.QUIET)


def _proposed_column(excerpt: Excerpt) -> _DrawnColumn | None:
    """A column for the proposed values, if there is more than one and all belong to one column."""
    indexes = [
        index for row in excerpt.rows for index, cell in enumerate(row.cells) if cell.proposed is not None
    ]
    if len(indexes) == 1 or len(set(indexes)) != 1:
        return None
    index = indexes[0]
    head = _PROPOSED[excerpt.certain]
    widest = max(width(text) for text in (head, *(_proposed(row.cells[index]) for row in excerpt.rows)))
    return _DrawnColumn(index, (head,), widest, CellRole.INVOLVED)


def _label_width(label: str) -> int:
    """Cells of a row label, never less than the words in front of proposed values need."""
    return max(width(column_text(label, _LABEL)), *map(width, _PROPOSED.values()))


def _fitting_columns(excerpt: Excerpt, room: int) -> list[_DrawnColumn]:
    for head_cells in _HEADS:
        columns = _columns(excerpt, head_cells)
        if sum(column.cells for column in columns) <= room:
            return columns
    # The farthest column goes first, of several the rightmost; one always stays.
    for column in sorted(columns, key=lambda column: (-column.role, -column.index)):
        if len(columns) == 1 or sum(column.cells for column in columns) <= room:
            break
        columns.remove(column)
    return columns


def _columns(excerpt: Excerpt, head_cells: int) -> list[_DrawnColumn]:
    columns: list[_DrawnColumn] = []
    for index, column in enumerate(excerpt.columns):
        head = _head(column, head_cells)
        figures = [
            text for row in excerpt.rows for text in (_figure(row.cells[index]), _proposed(row.cells[index]))
        ]
        columns.append(_DrawnColumn(index, head, max(map(width, (*head, *figures))), column.role))
    return columns


def _head(column: ExcerptColumn, head_cells: int) -> tuple[str, ...]:
    lines = [""]
    for character in column_text(column.label, _HEADS[0]):
        if width(lines[-1] + character) > head_cells:
            lines.append("")
        lines[-1] += character
    return tuple(lines)


def _from_below(head: Sequence[str], line: int, height: int) -> str:
    """Line `line` of a head that stands on the bottom of `height` lines."""
    index = line - (height - len(head))
    return head[index] if index >= 0 else ""


def _row_line(row: ExcerptRow, label: str, columns: Sequence[_DrawnColumn], mark: TextStyle) -> Line:
    has_mark = any(row.cells[column.index].role is CellRole.MARKED for column in columns)
    pieces: list[Piece] = [(label, TextStyle.STRONG if has_mark else TextStyle.PLAIN)]
    for column in columns:
        cell = row.cells[column.index]
        figure = _figure(cell)
        if cell.role is CellRole.MARKED:
            pieces += [(" " * (column.figures - width(figure)), TextStyle.PLAIN), (f"【{figure}】", mark)]
        else:
            style = TextStyle.PLAIN if cell.role is CellRole.INVOLVED else TextStyle.QUIET
            pieces.append((column.aligned(figure), style))
    return tuple(pieces)


def _figure(cell: ExcerptCell) -> str:
    return column_text(cell.text, _FIGURE)


def _proposed(cell: ExcerptCell) -> str:
    return column_text(cell.proposed or "", _FIGURE)


def _left_out(excerpt: Excerpt, dropped_columns: int) -> str:
    notes = [
        f"{excerpt.idle_rows} 行为 0 或空白" if excerpt.idle_rows else "",
        f"另外 {excerpt.hidden_rows} 行，加 --verbose 列出" if excerpt.hidden_rows else "",
        f"{dropped_columns} 列放不下" if dropped_columns else "",
    ]
    text = "，".join(note for note in notes if note)
    return f"（未列出：{text}）" if text else ""
