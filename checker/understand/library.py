"""What understanding needs from the rule files, prepared once: for each kind of report forms, fields, names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from checker.model.forms import (
    UNNAMED_KIND,
    VALUE_COLUMN,
    Form,
    FormLine,
    FormSection,
    FormTable,
    form_from_data,
)
from checker.patterns.pattern import Pattern, compile_pattern
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames, body_names
from checker.understand.labels import LabelIndex, build_index, label_words

STANDARD, ACCEPTED, NEAR, ODD, FOREIGN = "standard", "accepted", "near", "odd", "foreign"
"""How a section title is worded; see `checker.model.report.Section`."""
FIRST: Final = "first"
"""Among the titles told by their looks, those that only the first heading of a report may have."""


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """A column of one block; blocks count from 0."""

    block: int
    line: FormLine


@dataclass(frozen=True, slots=True)
class RowTarget:
    """A row of one block; blocks count from 0."""

    block: int
    line: FormLine


@dataclass(frozen=True)
class TableIndex:
    """One table of one form with its labels ready for look-up."""

    form: Form
    table: FormTable

    @cached_property
    def rows(self) -> LabelIndex[RowTarget]:
        """Row labels."""
        return build_index(
            ((line.label, *line.aliases), RowTarget(number, line))
            for number, block in enumerate(self.table.blocks)
            for line in block.rows
        )

    @cached_property
    def columns(self) -> LabelIndex[ColumnTarget]:
        """Column labels."""
        return build_index(
            ((line.label, *line.aliases), ColumnTarget(number, line))
            for number, block in enumerate(self.table.blocks)
            for line in block.columns
        )

    @cached_property
    def headings(self) -> LabelIndex[int]:
        """Block headings, to block numbers."""
        return build_index(
            ((block.heading,), number) for number, block in enumerate(self.table.blocks) if block.heading
        )

    @cached_property
    def groups(self) -> LabelIndex[str]:
        """Labels of groups, which carry no figures."""
        return build_index(((label,), label) for label in self.table.groups)

    @cached_property
    def corners(self) -> frozenset[str]:
        """Words of the corner cells."""
        return frozenset(label_words(block.corner) for block in self.table.blocks if block.corner)

    @cached_property
    def standard_words(self) -> frozenset[str]:
        """Words of every label as the form prints it, for telling two forms apart."""
        return frozenset(label_words(label) for label in self._labels())

    def _labels(self) -> Iterator[str]:
        for block in self.table.blocks:
            yield from (line.label for line in (*block.rows, *block.columns))
            if block.heading:
                yield block.heading

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Words of everything that can stand in the table besides figures."""
        return self.rows.words | self.columns.words | self.headings.words | self.groups.words | self.corners


@dataclass(frozen=True)
class FormIndex:
    """One form with its titles, tables and template text ready for look-up."""

    form: Form
    titles: LabelIndex[tuple[FormSection, str]]
    likes: tuple[tuple[FormSection, str, Pattern], ...]
    tables: Mapping[str, TableIndex]
    placeholders: tuple[Pattern, ...]

    def labels(self) -> Iterator[str]:
        """Every title and label, as the form file writes it."""
        for section in self.form.sections:
            yield from (section.title, *section.accepted, *section.near, *section.odd)
        for index in self.tables.values():
            yield from index.table.groups
            for block in index.table.blocks:
                yield from filter(None, (block.heading, block.corner))
                for line in (*block.rows, *block.columns):
                    yield from (line.label, *line.aliases)

    def like(self, words: str, wordings: Collection[str]) -> tuple[FormSection, str] | None:
        """The section that a title in words of its own must mean, and how it is worded; None for none."""
        return next(
            (
                (section, wording)
                for section, wording, pattern in self.likes
                if wording in wordings and pattern.search(words)
            ),
            None,
        )

    @cached_property
    def table_words(self) -> frozenset[str]:
        """Words of every row, group and heading of its tables, for telling leaked table text from prose."""
        return frozenset().union(
            *(index.rows.words | index.groups.words | index.headings.words for index in self.tables.values())
        )

    def is_placeholder(self, squeezed: str) -> bool:
        """Whether the text is nothing but template text: in brackets, or for the greater part."""
        if len(squeezed) > _MAX_PLACEHOLDER:
            return False
        bracketed = squeezed[:1] in _OPENING and squeezed[-1:] in _CLOSING
        for pattern in self.placeholders:
            match = pattern.search(squeezed)
            if match and (bracketed or 2 * (match.end() - match.start()) >= len(squeezed)):
                return True
        return False


_MAX_PLACEHOLDER = 80
_OPENING = frozenset("（(【[〔「《“")
_CLOSING = frozenset("）)】]〕」》”")


@dataclass(frozen=True, slots=True)
class FieldPattern:
    """One way to write a field; `fixed` is the value it stands for, None if the match holds the value."""

    pattern: Pattern
    fixed: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class FieldRule:
    """An entry of the field file; the file itself describes the keys.

    Attributes:
        cell: table, row and column of the cell that it is read from, None for one that is read from the text.
    """

    name: str
    type: str
    where: str
    patterns: tuple[FieldPattern, ...]
    repeat: bool = False
    cell: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class KindLibrary:
    """What understanding knows of one kind of report.

    Attributes:
        kind: its key.
        forms: its forms, oldest first; never empty.
        fields: what to read from it.
        bodies: its titles, and names of bodies.
    """

    kind: str
    forms: tuple[FormIndex, ...]
    fields: tuple[FieldRule, ...]
    bodies: BodyNames

    @property
    def name(self) -> str:
        """What reports of this kind are called."""
        return self.forms[-1].form.report_names[0]

    def in_force(self, year: int | None) -> FormIndex:
        """The form in force for that year; the newest one for an unknown year or one before all forms."""
        if year is not None:
            for index in reversed(self.forms):
                if index.form.in_force(year):
                    return index
        return self.forms[-1]


@dataclass(frozen=True)
class Library:
    """Everything understanding knows beforehand: each kind of report, the usual one first; never empty."""

    kinds: tuple[KindLibrary, ...]

    @property
    def forms(self) -> tuple[FormIndex, ...]:
        """The forms of all kinds."""
        return tuple(index for kind in self.kinds for index in kind.forms)

    @property
    def bodies(self) -> BodyNames:
        """How names of bodies are written, which all kinds share; the titles are those of the first kind."""
        return self.kinds[0].bodies

    def of(self, kind: str) -> KindLibrary | None:
        """A kind by its key, None if it is not known."""
        return next((one for one in self.kinds if one.kind == kind), None)

    def form(self, form_id: str) -> FormIndex | None:
        """The form with that id, None if there is none."""
        return next((index for index in self.forms if index.form.id == form_id), None)


def library_from_data(
    forms: Sequence[Mapping[str, Any]], fields: Mapping[str, Any], bodies: Mapping[str, Any]
) -> Library:
    """A library of one kind of report; see `library_of_kinds`."""
    kind = forms[0].get("kind", UNNAMED_KIND)
    return library_of_kinds([{"kind": kind, "forms": forms, "fields": fields, "bodies": bodies}])


def library_of_kinds(kinds: Sequence[Mapping[str, Any]]) -> Library:
    """Build a Library from validated data.

    Args:
        kinds: for each kind of report `kind`, its key; `forms`, contents of its form files; `fields` and
            `bodies`, contents of these files.

    Patterns are compiled on first use; whoever loads the files checks them.
    """
    return Library(tuple(_kind_library(data) for data in kinds))


def _kind_library(data: Mapping[str, Any]) -> KindLibrary:
    indexes = [_form_index(form_from_data(form)) for form in data["forms"]]
    return KindLibrary(
        kind=data["kind"],
        forms=tuple(sorted(indexes, key=lambda index: index.form.first_year or 0)),
        fields=tuple(_field_rule(entry) for entry in data["fields"]["fields"]),
        bodies=body_names(data["bodies"]),
    )


def _patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source) for source in sources)


def _form_index(form: Form) -> FormIndex:
    return FormIndex(
        form=form,
        titles=build_index(
            ((title,), (section, wording))
            for wording, titles_of in (
                (STANDARD, lambda section: (section.title,)),
                (ACCEPTED, lambda section: section.accepted),
                (NEAR, lambda section: section.near),
                (ODD, lambda section: section.odd),
            )
            for section in form.sections
            for title in titles_of(section)
        ),
        likes=tuple(
            (section, wording, compile_pattern(source))
            for section in form.sections
            for wording, sources in section.like.items()
            for source in sources
        ),
        tables={key: TableIndex(form, table) for key, table in form.tables.items()},
        placeholders=_patterns(form.placeholders),
    )


def _field_rule(entry: Mapping[str, Any]) -> FieldRule:
    return FieldRule(
        name=entry["name"],
        type=entry["type"],
        where=entry.get("where", ""),
        patterns=tuple(
            FieldPattern(compile_pattern(source))
            if isinstance(source, str)
            else FieldPattern(
                compile_pattern(source["pattern"]), _fixed_value(entry["type"], source["value"])
            )
            for source in entry.get("patterns", ())
        ),
        repeat=entry.get("repeat", False),
        cell=cell_of_field(entry["cell"]) if "cell" in entry else None,
    )


def cell_of_field(written: str) -> tuple[str, str, str]:
    """Table, row and column of `W1[host]` or `T2[fees, amount]`; the column is that of pairs if none is written."""
    table, _, inside = written.rstrip("] ").partition("[")
    row, _, column = inside.partition(",")
    return table.strip(), row.strip(), column.strip() or VALUE_COLUMN


def _fixed_value(kind: str, value: str | int) -> Decimal | str:
    return Decimal(value) if kind == "money" else str(value)
