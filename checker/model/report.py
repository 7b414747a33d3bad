"""A Document read through a Form: identity, opening fields, sections and typed tables.

Every value keeps its place. Nothing here knows a particular form: keys, labels and hierarchies come
from the form files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from checker.model.document import Document, Location, Paragraph, Table
from checker.model.numerals import CellState, ParsedNumber
from checker.model.place import Place
from checker.model.text import Squeezed, squeeze
from checker.startup.records import dataclass, field

if TYPE_CHECKING:
    from checker.model.forms import Form, FormTable


@dataclass(frozen=True)
class Text:
    """A paragraph in its section, ready for matching.

    Attributes:
        paragraph: the paragraph as read.
        section: 0 for the opening, 1… for sections, None for stray text (title, signature, foreign headings).
        role: `title`, `heading`, `body`, `signature` or `stray`.
        offset: characters of the paragraph in the file in front of this text, for one that was split.
    """

    paragraph: Paragraph
    section: int | None
    role: str = "body"
    offset: int = 0

    @cached_property
    def squeezed(self) -> Squeezed:
        """The text for matching; see `checker.model.text`."""
        return squeeze(self.paragraph.text)

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Place of the squeezed characters `start:end` (all of them by default), excerpt included."""
        raw = self.paragraph.text
        if end is None:
            return Place(self.paragraph.location, self.section, excerpt=_shorten(raw.strip()))
        first, last = self.squeezed.raw_span(start, end)
        location = self.paragraph.span(first + self.offset, last + self.offset)
        return Place(location, self.section, excerpt=_around(raw, first, last))


_EXCERPT = 60


def _shorten(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _around(raw: str, start: int, end: int) -> str:
    """The hit with a little text on both sides."""
    margin = max(0, (_EXCERPT - (end - start)) // 2)
    first, last = max(0, start - margin), min(len(raw), end + margin)
    middle = _shorten(raw[first:last].strip())
    return ("…" if first else "") + middle + ("…" if last < len(raw) and not middle.endswith("…") else "")


@dataclass(frozen=True)
class Section:
    """One first-level section as found.

    Attributes:
        number: its number in the form (1…), or None for a section the form does not have.
        ordinal: the numeral the author wrote in front (一 gives 1), None if there is none.
        title: the title as written, without its numeral.
        wording: `standard`, `accepted`, `near` or `odd` for sections of the form, `foreign` otherwise.
        heading: the heading's text.
        texts: body paragraphs in order, heading excluded, placeholder text excluded.
        tables: tables that stand in the section.
        placeholders: paragraphs that only hold template text such as 「（文字描述）」.
    """

    number: int | None
    ordinal: int | None
    title: str
    wording: str
    heading: Text
    texts: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    placeholders: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class CellValue:
    """One cell of a typed table.

    Attributes:
        raw: text as written; empty for a missing cell.
        number: what the text means; `number.value` is None unless it is a number.
        location: place in the file; an empty Location for a missing cell.
        chosen: what is ticked in it, for a cell that asks for a tick.
    """

    raw: str
    number: ParsedNumber
    location: Location = field(default_factory=Location)
    chosen: tuple[str, ...] = ()

    @property
    def state(self) -> CellState:
        """What the cell holds."""
        return self.number.state

    @property
    def value(self) -> int | Decimal | None:
        """The number, None if the cell holds none."""
        return self.number.value


MISSING_CELL = CellValue("", ParsedNumber(CellState.MISSING))
BLANK_CELL = CellValue("", ParsedNumber(CellState.BLANK))


@dataclass(frozen=True)
class ReportTable:
    """A form table as found in the report.

    Attributes:
        form: its definition; `form.key` is `T3` and the like.
        form_id: id of the form whose layout this table follows, such as `2021`.
        cells: every cell the form asks for, by (row key, column key); `MISSING_CELL` where none was found.
        row_labels: label as written, by row key, for the rows found.
        column_labels: label as written, by (block key, column key) joined as `block.column`, or column key.
        unknown_rows: places and labels of rows with figures that the form does not have.
        sources: the document tables it was read from, in order.
        state: `filled`, `empty` (no figure at all), `placeholder` (only template text) or `unplaced` (figures, too
            few to tell which cells they are of).
        unplaced: how many figures there are of which nothing tells their cells.
    """

    form: FormTable
    form_id: str
    cells: Mapping[tuple[str, str], CellValue]
    row_labels: Mapping[str, str]
    column_labels: Mapping[str, str]
    unknown_rows: tuple[tuple[str, Location], ...]
    sources: tuple[Table, ...]
    state: str
    unplaced: int = 0

    def cell(self, row: str, column: str) -> CellValue:
        """The cell at that address; `MISSING_CELL` if the form or the report has none."""
        return self.cells.get((row, column), MISSING_CELL)

    def place(self, row: str | None = None, column: str | None = None) -> Place:
        """Place of a cell, of a whole row or column (the other key None), or of the table."""
        cell = self.cells.get((row, column)) if row and column else None
        location = cell.location if cell and cell.state is not CellState.MISSING else self.sources[0].location
        return Place(
            location,
            self.form.section,
            self.form.key,
            row,
            self.form.row_label(row) if row else None,
            column,
            self.form.column_label(row, column) if column else None,
            cell.raw if cell else None,
        )


FieldValue = str | date | int | Decimal | tuple[date | None, date | None] | tuple[str, ...]
"""Values a field can have; a period is (first day, last day), phones and the like are tuples of strings."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value found in the text, such as the postcode.

    Attributes:
        name: key in `rules/fields.yaml`.
        value: typed value.
        raw: the words it was read from.
        place: where they stand.
    """

    name: str
    value: FieldValue
    raw: str
    place: Place


@dataclass(frozen=True)
class Claim:
    """A figure that the text tells about something the tables count.

    Attributes:
        quantities: keys of what is counted; of several their sum is told.
        title: what people call it.
        number: in the unit of the text, scale included.
        unit: unit as written, empty if none is.
        text: the paragraph; `start` and `end` are squeezed offsets of the number (of the words, if denied).
        sentence: squeezed offsets of the sentence.
        denied: told in words, such as 未收到, instead of a number.
        confidence: `certain`, `likely` or `unsure`.
        reason: Chinese phrase on what makes it less than certain, None for a certain one.
        year: the year that the sentence names for it, None if it names none.
        part: it is introduced as a part of another figure.
        contains: the words right behind it say what else is included, such as “（含上年结转2件）”.
        spare: how many of it were withdrawn or passed on; it may be counted without them.
        segment: squeezed offset where the part of the sentence begins that semicolons set apart.
    """

    quantities: tuple[str, ...]
    title: str
    number: int | Decimal
    unit: str
    text: Text
    start: int
    end: int
    sentence: tuple[int, int]
    denied: bool = False
    confidence: str = "certain"
    reason: str | None = None
    year: int | None = None
    part: bool = False
    segment: int = 0
    spare: int | Decimal = 0
    contains: bool = False

    @property
    def words(self) -> str:
        """The sentence, squeezed."""
        return self.text.squeezed.text[slice(*self.sentence)]

    def place(self) -> Place:
        """Place of the number, or of the words that deny."""
        return self.text.place(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports about which year.

    Attributes:
        agency: full name of the body.
        written: the name as the report writes it, None where that is the full name.
    """

    title: str | None = None
    agency: str | None = None
    level: str | None = None
    tier: str | None = None
    year: int | None = None
    written: str | None = None


@dataclass(frozen=True)
class Report:
    """An annual report, understood.

    Attributes:
        document: what it was read from.
        form: the form by which it is judged: the one that its tables follow; the form in force for the year where
            there are no tables or they follow several, or where the titles of the sections are those of that form.
        form_id: id of the form that its tables follow, `mixed` for several, None if it has no tables.
        identity: who and when.
        title: the title line, None if none was found.
        texts: all paragraphs outside tables with section and role, in order.
        sections: first-level sections in the order of the report.
        tables: by table key; a table that was not found is absent.
        fields: by field name, in order of appearance; several values of one field keep their order.
    """

    document: Document
    form: Form
    form_id: str | None
    identity: Identity
    title: Text | None
    texts: tuple[Text, ...]
    sections: tuple[Section, ...]
    tables: Mapping[str, ReportTable]
    fields: Mapping[str, tuple[Field, ...]]

    def form_id_of(self, table: str | None) -> str:
        """Id of the form that a table follows; without a table of that key that of the report, or `mixed`."""
        found = self.tables.get(table or "")
        if found:
            return found.form_id
        return "mixed" if self.form_id == "mixed" else self.form.id

    def section(self, number: int) -> Section | None:
        """The first section with that number in the form, None if it is missing."""
        return next((s for s in self.sections if s.number == number), None)

    def field(self, name: str) -> Field | None:
        """The first value of a field, None if the report has none."""
        values = self.fields.get(name)
        return values[0] if values else None

    def body(self, section: int | None = None) -> Iterator[Text]:
        """Body paragraphs of one section (0 for the opening), or of the whole report."""
        for text in self.texts:
            if text.role == "body" and (section is None or text.section == section):
                yield text
