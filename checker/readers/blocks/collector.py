"""Collecting what a reader finds: every block numbered, everything counted against the limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from checker.model.document import Block, Cell, Document, Location, Note, Paragraph, Table, Untidied
from checker.readers.limits import Limits, too_large
from checker.readers.raw.ideographs import usual_characters
from checker.startup.records import dataclass, replace

TRACKED_CHANGES: Final = ("tracked_changes", "文档带有未处理的修订，已按全部接受后的文字检查。")
"""Code and text of the note about changes that nobody has accepted or rejected yet."""
UNSEEN_TEXT: Final = ("unseen_text", "文件里有划掉的、隐藏的或印出来看不见的文字（如白底白字），没有检查。")
"""Code and text of the note about text that readers leave out, as whoever reads the page does."""


@dataclass(slots=True)
class Placed:
    """A cell with its place in the grid, not yet part of a table; counts start at 1.

    `line` is set for formats that have lines, `page` and `box` for those that have pages; for `source` see
    `Location`.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    source: int | None = None


class BlockCollector:
    """Takes paragraphs and tables in reading order and numbers them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._blocks: list[Block] = []
        self._notes: dict[tuple[str, str], Note] = {}
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0
        self._characters = 0

    def paragraph(
        self,
        text: str,
        heading: int | None = None,
        place: Location | None = None,
        *,
        untidied: Untidied | None = None,
        source: int | None = None,
    ) -> None:
        """Add a paragraph; blank text is ignored.

        Args:
            text: the text with or without white space around it.
            heading: declared outline level.
            place: page and box, line, or part of a paragraph of the source, where the format has them.
            untidied: see `Paragraph`; the text then has no white space around it.
            source: see `Location`.

        Raises:
            UnreadableError: more paragraphs or characters than the limit.
        """
        stripped = usual_characters(text.strip())
        if not stripped:
            return
        self._paragraphs += 1
        self._characters += len(stripped)
        if self._characters > self._limits.characters:
            raise too_large(f"的文字多于 {self._limits.characters // 10_000} 万字")
        if self._paragraphs > self._limits.paragraphs:
            raise too_large(f"的段落多于 {self._limits.paragraphs} 个")
        if place is None:
            location = Location(paragraph=self._paragraphs, source=source)
        else:
            location = replace(place, paragraph=self._paragraphs, source=source)
        self._blocks.append(Paragraph(stripped, location, heading, untidied))

    def table(
        self, rows: Sequence[Iterable[Placed]], *, aligned: bool = True, place: Location | None = None
    ) -> None:
        """Add a table; one without any cell is ignored.

        Args:
            rows: the cells that begin in each row.
            aligned: whether grid columns are known, see `Table.aligned`.
            place: page or first line, where the format has them.

        Raises:
            UnreadableError: more grid places than the limit.
        """
        base = replace(place or Location(), table_index=self._tables + 1)
        path, page, box, line, table_index = base.path, base.page, base.box, base.line, base.table_index
        built: list[tuple[Cell, ...]] = []
        for row in rows:
            cells: list[Cell] = []
            for cell in row:
                at_row, at_column, height, width = cell.row, cell.column, cell.row_span, cell.column_span
                self._cells += height * width
                if self._cells > self._limits.cells:
                    raise too_large(f"的表格多于 {self._limits.cells} 格")
                where = Location(
                    path, cell.page or page, cell.box or box, None, cell.line or line, None, None,
                    table_index, at_row, at_column, cell.source,
                )  # fmt: skip
                cells.append(
                    Cell(usual_characters(cell.text.strip()), at_row, at_column, height, width, where)
                )
            built.append(tuple(cells))
        if any(built):
            self._tables += 1
            self._blocks.append(Table(tuple(built), base, aligned))

    def note(self, code: str, text: str) -> None:
        """Add a note for the reader of the results; the same note is kept once."""
        self._notes.setdefault((code, text), Note(code, text))

    def document(self, format_name: str, properties: Mapping[str, str] | None = None) -> Document:
        """Everything collected, as a Document."""
        return Document(tuple(self._blocks), format_name, properties or {}, tuple(self._notes.values()))
