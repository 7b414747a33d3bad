"""What a reader saw on the page: paragraphs and tables in order, each with its place.

No judgement and no knowledge of annual reports lives here. All counts start at 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from checker.model.numerals import NO_WIDTH
from checker.startup.records import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands in a file, in terms a person can find again.

    Attributes:
        path: name of the part inside an archive, None for a plain file.
        page: page number, for formats that have pages.
        box: left, bottom, right, top on that page, in points.
        paragraph: ordinal of the paragraph outside tables.
        line: line number in the source text, for formats that have lines.
        start: offset of the first character within the paragraph, counted from 0.
        end: offset after the last character.
        table_index: ordinal of the table in the file.
        grid_row: row in that table, merged cells counted at their first row.
        grid_column: column in that table; for tables whose spans are lost, the ordinal in the row.
        source: where it begins in what the file is made of, for those who write there: for DOCX the byte in the
            main part at which the paragraph or the cell begins (of a table its first cell), for spreadsheets
            sheet, row and column as one number, else None.
    """

    path: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    table_index: int | None = None
    grid_row: int | None = None
    grid_column: int | None = None
    source: int | None = None

    def span(self, start: int, end: int) -> Location:
        """The same place narrowed to characters `start` (from 0) up to `end`."""
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Untidied:
    """A paragraph before it was tidied, as far as that is needed to count in its source's characters.

    Attributes:
        text: with everything that tidying takes away, and with an automatic number in front.
        base: characters of the source in front of it, for one that line breaks part from others.
        gaps: (offset in `text`, characters) of what the source has there and nobody sees; less than nothing for
            what it does not count as its text, such as an automatic number.
        known: where each character stands, of one that a person has changed: what was put in stands, each character
            of it, where all of what it replaces did; empty for all others.
    """

    text: str
    base: int = 0
    gaps: tuple[tuple[int, int], ...] = ()
    known: tuple[tuple[int, int], ...] = ()

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each character of the tidied text stands in the source."""
        if self.known:
            return list(self.known)
        places: list[int] = []
        blank_at: int | None = None
        for place, character in enumerate(self.text):
            if character.isspace():
                blank_at = place if blank_at is None else blank_at
            elif character not in NO_WIDTH:
                if blank_at is not None and places:
                    places.append(blank_at)
                blank_at = None
                places.append(place)
        counted = self._counted()
        starts = [(counted[place], counted[place + 1]) for place in places]
        return [(start, max(start, min(start + 1, following))) for start, following in starts]

    def _counted(self) -> list[int]:
        """The offset in the source of each character of `text`, and of its end."""
        offsets: list[int] = []
        gaps = iter((*self.gaps, (len(self.text) + 1, 0)))
        at, missing = next(gaps)
        shift = self.base
        for place in range(len(self.text) + 1):
            while at <= place:
                shift += missing
                at, missing = next(gaps)
            offsets.append(place + shift)
        return offsets


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables.

    Attributes:
        text: as a person reads it, automatic numbering included; never empty after stripping.
        location: `paragraph` is always set.
        heading: outline level the source declares (an `h2` or 标题 2 gives 2), None if it declares none.
        untidied: where the characters of `text` stand in the source, None if they count as they do there.
    """

    text: str
    location: Location
    heading: int | None = None
    untidied: Untidied | None = None

    def span(self, start: int, end: int) -> Location:
        """The place of `text[start:end]`, in the characters of the source."""
        if self.untidied is not None:
            start, end = _in_source(self.untidied.spans, start, end)
        return self.location.span(start, end)

    def text_span(self, location: Location) -> tuple[int, int] | None:
        """The characters of `text` at a place that `span` gave; None for a place that is no part of a paragraph."""
        start, end = location.start, location.end
        if start is None or end is None or self.untidied is None:
            return None if start is None or end is None else (start, end)
        spans = self.untidied.spans
        first = next((n for n, (_, behind) in enumerate(spans) if behind > start), len(spans))
        return first, next(
            (n for n, (begin, _) in enumerate(spans) if begin >= end and n >= first), len(spans)
        )


def _in_source(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The span from the first to the last of some characters; an empty one stays empty."""
    if start >= len(spans):
        last = spans[-1][1] if spans else 0
        return last, last
    first = spans[start][0]
    return first, spans[min(end, len(spans)) - 1][1] if end > start else first


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `row` and `column` are its first grid row and column, counted from 1."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    location: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; a merged cell stands once, in its first row.

    Attributes:
        rows: the cells that begin in each row, left to right; a row may be empty.
        location: `table_index` is always set.
        aligned: whether grid columns are known. False for text dumps in which only the order of the
            cells in a row survived: `column` then is that ordinal, and cells merged downwards stand
            as empty cells in the following rows.
    """

    rows: tuple[tuple[Cell, ...], ...]
    location: Location
    aligned: bool = True

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        for row in self.rows:
            yield from row

    def grid(self) -> list[list[Cell | None]]:
        """The table as a rectangle: a merged cell repeated in each place it covers, None where nothing is."""
        width = max((c.column + c.column_span - 1 for c in self.cells()), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in self.rows]
        for cell in self.cells():
            for row in range(cell.row - 1, min(cell.row - 1 + cell.row_span, len(grid))):
                for column in range(cell.column - 1, cell.column - 1 + cell.column_span):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed that a person should know.

    Attributes:
        code: stable machine word such as `replaced_characters`, `image_table`, `tracked_changes`.
        text: one Chinese sentence.
    """

    code: str
    text: str
    location: Location = field(default_factory=Location)


UNRULED_TABLE: Final = "unruled_table"
"""Code of the note that columns of a table were told from where its numbers stand."""


@dataclass(frozen=True, slots=True)
class Document:
    """One read file.

    Attributes:
        blocks: paragraphs and tables in reading order.
        format: the reader's name: `txt`, `docx`, `html`, `markdown`, …
        properties: what the file says of itself outside its text, all optional strings:
            `title` (page or document title), `published` (ISO date the page declares),
            `encoding` (how the bytes were decoded), `file_name` (without its folders), `member` (name
            inside the package it came in).
        notes: what a person should know about the reading.
    """

    blocks: tuple[Block, ...]
    format: str
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs outside tables, in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block

    @cached_property
    def numbered(self) -> Mapping[tuple[str | None, int], Paragraph | None]:
        """The paragraph of each path and number, None where there is more than one."""
        found: dict[tuple[str | None, int], Paragraph | None] = {}
        for one in self.paragraphs():
            if one.location.paragraph is not None:
                key = (one.location.path, one.location.paragraph)
                found[key] = None if key in found else one
        return found

    def tables(self) -> Iterator[Table]:
        """All tables, in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
