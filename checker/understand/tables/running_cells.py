"""Tables whose cells run on as paragraphs, a cell a line: what copying a page, or an extractor, leaves of them.

Only the labels of the forms show that such lines are a table and where its rows begin. Between the cells,
or behind each, there may be a side of the table (`|`); where there is none, blank cells have left no trace,
and a row that is too short for its columns is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from checker.model.document import Block, Cell, Document, Paragraph, Table
from checker.model.numerals import CellState, parse_cell
from checker.startup.records import dataclass, field, replace
from checker.understand.labels import label_forms
from checker.understand.library import FormIndex, TableIndex

_SIDES: Final = str.maketrans("｜│┃║", "||||")
_SENTENCE: Final = frozenset("。；;！？!?：:")
_LONGEST_LABEL: Final = 60
_LONGEST_FIGURE: Final = 16
_SHORT: Final = 12
_MOST_PIECES: Final = 3
"""Lines over which a label may be broken."""
_FEWEST_FIGURES: Final = 5
_FEWEST_LABELS: Final = 4
_LABELS_ALONE: Final = 8
"""So many labels on end are a table too, one whose blank cells have left no trace."""
_LINES_REMEMBERED: Final = 8192
"""A line is looked at from each place before it that may begin a table, and again for each kind of report."""


def with_running_tables(document: Document, forms: Sequence[FormIndex]) -> Document:
    """The document, with tables in place of the paragraphs that are their cells.

    Args:
        document: what a reader saw.
        forms: whose tables to look for.
    """
    short = sum(len(paragraph.text) <= _SHORT for paragraph in document.paragraphs())
    if short < _LABELS_ALONE:
        return document
    known = _KnownCells([index for form in forms for index in form.tables.values()])
    blocks: list[Block] = []
    tables = sum(1 for _ in document.tables())
    run: list[Paragraph] = []
    for block in (*document.blocks, None):
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_LABEL:
            run.append(block)
            continue
        for piece in _pieces(run, known):
            if isinstance(piece, _RunOfCells):
                tables += 1
                blocks.append(piece.table(tables))
            else:
                blocks.append(piece)
        run = []
        if block is not None:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if len(blocks) < len(document.blocks) else document


@dataclass(frozen=True)
class _KnownCells:
    """The labels of all tables."""

    indexes: Sequence[TableIndex]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(index.all_words for index in self.indexes))

    def is_label(self, text: str) -> bool:
        """Whether a text is a label of some table."""
        return not self.words.isdisjoint(label_forms(text))

    def keys_of(self, text: str) -> frozenset[str]:
        """Keys of the tables that have a label."""
        forms = label_forms(text)
        return frozenset(index.table.key for index in self.indexes if not index.all_words.isdisjoint(forms))

    def table_of(self, words: frozenset[str]) -> Sequence[TableIndex]:
        """The table, in all its forms, that most of the labels belong to."""
        best = max(self.indexes, key=lambda index: len(index.all_words & words))
        return [index for index in self.indexes if index.table.key == best.table.key]


@lru_cache(maxsize=_LINES_REMEMBERED)
def _is_filling(text: str) -> bool:
    """Whether a line holds nothing but figures, marks and sides."""
    if len(text) > _LONGEST_FIGURE:
        return False
    bare = text.translate(_SIDES).replace("|", "").strip()
    return not bare or parse_cell(bare).state is not CellState.UNREADABLE


@dataclass(frozen=True, slots=True)
class _CellText:
    """A cell and the paragraph it stands in; `filling` for a value, `label` for a known label."""

    text: str
    place: Paragraph
    filling: bool
    label: bool


def _pieces(run: Sequence[Paragraph], known: _KnownCells) -> Iterator[Paragraph | _RunOfCells]:
    """The paragraphs of a run of short ones, those that form a table together."""
    index = 0
    while index < len(run):
        end = _table_end(run, index, known) if _begins(run, index, known) else index
        tables = _tables_of(run[index:end], known) if end > index else ()
        if tables:
            yield from tables
        elif end > index:
            yield from run[index:end]
        else:
            yield run[index]
        index = max(end, index + 1)


def _tables_of(run: Sequence[Paragraph], known: _KnownCells) -> Sequence[_RunOfCells]:
    """The tables that consecutive cells are: several where each by itself is one, of which the form has one each."""
    cuts = [0, *_cuts(run, known), len(run)]
    parts = [_RunOfCells(run[first:last], known) for first, last in pairwise(cuts)]
    if all(part.is_table for part in parts):
        return parts
    whole = _RunOfCells(run, known)
    return [whole] if whole.is_table else []


def _cuts(run: Sequence[Paragraph], known: _KnownCells) -> Iterator[int]:
    """Where a label stands that is of no table to which all labels before it may belong."""
    keys: frozenset[str] = frozenset()
    index = 0
    while index < len(run):
        length = _label_length(run, index, known)
        here = known.keys_of("".join(_bare(part) for part in run[index : index + length])) if length else keys
        if keys and not keys & here:
            yield index
            keys = here
        else:
            keys = keys & here or here
        index += max(1, length)


def _begins(run: Sequence[Paragraph], index: int, known: _KnownCells) -> bool:
    return _label_length(run, index, known) > 0


def _bare(paragraph: Paragraph) -> str:
    return _without_sides(paragraph.text)


@lru_cache(maxsize=_LINES_REMEMBERED)
def _without_sides(text: str) -> str:
    return text.translate(_SIDES).strip("| \t\u3000\xa0")


def _label_length(run: Sequence[Paragraph], index: int, known: _KnownCells) -> int:
    """Over how many paragraphs a label stretches that begins here, 0 if none does."""
    text = ""
    for length in range(1, _MOST_PIECES + 1):
        if index + length > len(run):
            return 0
        piece = _bare(run[index + length - 1])
        if not piece or _is_filling(piece):
            return 0
        text += piece
        if known.is_label(text):
            return length
    return 0


def _table_end(run: Sequence[Paragraph], start: int, known: _KnownCells) -> int:
    """Where the lines end that are cells; a label that nobody knows is one if cells follow it."""
    index = start
    while index < len(run):
        length = _label_length(run, index, known)
        if length:
            index += length
        elif _is_filling(run[index].text) or _is_strange_label(run, index):
            index += 1
        else:
            break
    while index > start and not _label_length(run, index - 1, known) and not _is_filling(run[index - 1].text):
        index -= 1
    return index


def _is_strange_label(run: Sequence[Paragraph], index: int) -> bool:
    text = _bare(run[index])
    if not _SENTENCE.isdisjoint(text):
        return False
    following = [paragraph for paragraph in run[index + 1 : index + 3] if not _is_side(paragraph)]
    return bool(following) and _is_filling(following[0].text)


def _opened(paragraph: Paragraph) -> str:
    """A line without the side that opens its row."""
    return paragraph.text.translate(_SIDES).strip().removeprefix("|")


def _is_side(paragraph: Paragraph) -> bool:
    return not _bare(paragraph)


@dataclass
class _RunOfCells:
    """Consecutive paragraphs that may be the cells of one table."""

    paragraphs: Sequence[Paragraph]
    known: _KnownCells
    _rows: list[list[_CellText]] = field(default_factory=list)

    @cached_property
    def cells(self) -> Sequence[_CellText]:
        """The cells in order."""
        if any(_is_side(paragraph) for paragraph in self.paragraphs):
            trailing = any("|" in _opened(p) and _bare(p) for p in self.paragraphs)
            return list(self._closed_by_sides() if trailing else self._parted_by_sides())
        return list(self._unparted())

    @property
    def is_table(self) -> bool:
        """Whether there are enough labels, and figures or sides, for a table."""
        labels = sum(cell.label for cell in self.cells)
        filling = sum(cell.filling for cell in self.cells)
        return labels >= _LABELS_ALONE or (labels >= _FEWEST_LABELS and filling >= _FEWEST_FIGURES)

    def _cell(self, text: str, place: Paragraph) -> _CellText:
        label = bool(text) and self.known.is_label(text)
        return _CellText(text, place, not label and _is_filling(text), label)

    def _unparted(self) -> Iterator[_CellText]:
        index = 0
        while index < len(self.paragraphs):
            length = max(1, _label_length(self.paragraphs, index, self.known))
            here = self.paragraphs[index : index + length]
            yield self._cell("\n".join(_bare(paragraph) for paragraph in here), here[0])
            index += length

    def _closed_by_sides(self) -> Iterator[_CellText]:
        """A side stands behind each cell; a line of several sides fills up the row of a merged one."""
        broken: list[Paragraph] = []  # lines of a label before the one with its side
        for paragraph in self.paragraphs:
            texts = [text.strip() for text in paragraph.text.translate(_SIDES).split("|")]
            if len(texts) == 1:
                broken.append(paragraph)
            elif _bare(paragraph) or len(texts) == 2:  # noqa: PLR2004 - one side
                texts[0] = "\n".join([*(line.text for line in broken), texts[0]])
                yield from (self._cell(text, paragraph) for text in texts[:-1])
                broken = []

    def _parted_by_sides(self) -> Iterator[_CellText]:
        """A side stands between cells; two of them hold a blank one, and one before words opens a row."""
        lines: list[Paragraph] = []
        for paragraph in self.paragraphs:
            if not _is_side(paragraph):
                if lines and _opened(paragraph) != paragraph.text.translate(_SIDES).strip():
                    yield self._lines(lines)
                    lines = []
                lines.append(paragraph)
                continue
            yield self._lines(lines or [paragraph])
            lines = []
        if lines:
            yield self._lines(lines)

    def _lines(self, lines: Sequence[Paragraph]) -> _CellText:
        return self._cell("\n".join(_bare(line) for line in lines), lines[0])

    def table(self, ordinal: int) -> Table:
        """The table, the `ordinal`-th of the document."""
        words = frozenset(form for cell in self.cells for form in label_forms(cell.text) if cell.label)
        rows = _Rows(self.known.table_of(words)).of(self.cells)
        place = replace(self.paragraphs[0].location, paragraph=None, table_index=ordinal)
        built = []
        for number, row in enumerate(rows, 1):
            at = [
                replace(
                    cell.place.location,
                    paragraph=None,
                    table_index=ordinal,
                    grid_row=number,
                    grid_column=column,
                )
                for column, cell in enumerate(row, 1)
            ]
            built.append(
                tuple(
                    Cell(cell.text, number, column, location=location)
                    for column, (cell, location) in enumerate(zip(row, at, strict=True), 1)
                )
            )
        return Table(tuple(built), place, aligned=False)


class _Rows:
    """Cells parted into rows: values end a row, and labels that name rows begin one."""

    def __init__(self, indexes: Sequence[TableIndex]) -> None:
        self._leaves = frozenset().union(*(index.rows.words for index in indexes))
        self._groups = frozenset().union(*(index.groups.words for index in indexes))
        self._columns = frozenset().union(*(index.columns.words for index in indexes))
        self._across = indexes[0].table.layout == "across"
        self._width = max(
            sum(len(block.columns) for block in index.table.blocks) if self._across else len(block.columns)
            for index in indexes
            for block in index.table.blocks
        )
        if self._across:
            self._width *= max(len(block.rows) for index in indexes for block in index.table.blocks)
        self._rows: list[list[_CellText]] = []
        self._filled = False

    def of(self, cells: Sequence[_CellText]) -> Sequence[Sequence[_CellText]]:
        """The rows of a table with these cells."""
        current: list[_CellText] = []
        values = 0
        for cell in cells:
            if cell.filling and not values:
                *done, current = self._parted(current)
                if not current and done and self._ends_with_row(done):
                    current = done.pop()
                self._rows.extend(row for row in done if row)
            elif not cell.filling and values:
                self._close(current, values)
                current, values = [], 0
            current.append(cell)
            values += cell.filling
        if values:
            self._close(current, values)
        else:
            self._rows.extend(row for row in self._parted(current) if row)
        return self._rows

    def _close(self, row: list[_CellText], values: int) -> None:
        """End a row; what fills up the place of a merged label stands behind its values."""
        while values > self._width and row[-1].filling and not row[-1].text:
            row.pop()
            values -= 1
        if any(cell.text for cell in row):
            self._rows.append(row)
        self._filled = self._filled or any(cell.label for cell in row)

    def _parted(self, labels: list[_CellText]) -> list[list[_CellText]]:
        """Labels without values between them: a header, rows that have none, and the row that follows."""
        end = len(labels)
        while end and self._names_row(labels[end - 1]):
            end -= 1
        # In one line a header tells the order of the columns; here 总计 comes before what it is the sum of.
        header = labels[:end]
        rows: list[list[_CellText]] = [header] if self._across else [[label] for label in header]
        current: list[_CellText] = []
        for cell in labels[end:]:
            current.append(cell)
            if not self._is_group(cell):
                rows.append(current)
                current = []
        return [*rows, current]

    def _ends_with_row(self, rows: Sequence[Sequence[_CellText]]) -> bool:
        return bool(rows[-1]) and self._names_row(rows[-1][-1])

    def _is_group(self, cell: _CellText) -> bool:
        return any(form in self._groups for form in label_forms(cell.text))

    def _names_row(self, cell: _CellText) -> bool:
        if not cell.label:
            return self._filled
        forms = label_forms(cell.text)
        if any(form in self._columns for form in forms) and not self._filled:
            return False
        return any(form in self._leaves or form in self._groups for form in forms)
