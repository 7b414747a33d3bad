"""The official layout as data: sections, tables, rows, columns and what adds up to what.

A Form is built from one file in `rules/forms/`; the file's shape is described by `rules/schema.json`.
Nothing here knows a particular form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from checker.model.form_draft import FormDraft
from checker.model.text import label_key
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass, field

UNNAMED_KIND: Final = "report"
"""The kind of reports where the rule files declare none."""

TEXT: Final = "text"
CHOICE: Final = "choice"
"""Types of cells that hold no number."""
PAIRS: Final = "pairs"
"""Layout of tables of labels with what belongs to each beside it."""
VALUE_COLUMN: Final = "value"
"""Key of the only column of a table of pairs."""

Address = tuple[str, str]
"""Row key and column key of a cell."""

_REMARK: Final = compile_later(r"[（(][^（）()]*[)）]$")
_ORDINAL: Final = compile_later(r"[（(][^（）()]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]")


def bare_label(label: str) -> str:
    """A label without remarks in brackets, such as its unit."""
    return _REMARK.sub("", label) or label


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row or a column of a form table.

    Attributes:
        key: stable key, such as `R1` or `natural`.
        label: label as the form prints it.
        name: short name used in messages and expressions, such as 新收; the label if none is given.
        aliases: other accepted labels.
        path: labels of the groups around it, outermost first.
        number: `count`, `money`, `decimal` or `change`, `TEXT` or `CHOICE`; None leaves it to the table (or to
            the other axis).
        options: what may be ticked.
        multiple: whether more than one of them may be.
        under: key of the row that asks whether there is anything to fill in here; empty if none does.
        optional: it may always be left blank.
    """

    key: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    number: str | None = None
    options: tuple[str, ...] = ()
    multiple: bool = False
    under: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FormSum:
    """One line that is the sum of others: for axis `rows` in every column, for `columns` in every row."""

    axis: str
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormBlock:
    """Rows that share their columns. A plain table has one block, a stacked one several.

    Attributes:
        heading: label row above the block, such as 第二十条第（一）项; empty if there is none.
        corner: label of the corner cell, such as 信息内容; empty if there is none.
    """

    heading: str
    corner: str
    rows: tuple[FormLine, ...]
    columns: tuple[FormLine, ...]


@dataclass(frozen=True)
class FormTable:
    """A table of the form.

    Attributes:
        key: stable key, such as `T3`.
        name: what people call it, such as 表三.
        title: full name.
        section: number of the section it belongs to, None in a form without sections.
        layout: `grid` (rows down, columns across), `stacked` (blocks under one another), `across`
            (each row of the form is a group of columns, the figures stand in one line) or `pairs` (what
            belongs to a row stands beside its label, there are no columns to speak of).
        number: default number type of its cells.
        groups: labels of row and column groups, which carry no figures.
        sums: lines that are sums of others.
    """

    key: str
    name: str
    title: str
    section: int | None
    layout: str
    number: str
    blocks: tuple[FormBlock, ...]
    groups: tuple[str, ...] = ()
    sums: tuple[FormSum, ...] = ()

    @cached_property
    def rows(self) -> Mapping[str, FormLine]:
        """All rows by key, in order."""
        return {row.key: row for block in self.blocks for row in block.rows}

    @cached_property
    def _columns(self) -> Mapping[Address, FormLine]:
        return {(r.key, c.key): c for block in self.blocks for r in block.rows for c in block.columns}

    @cached_property
    def columns(self) -> Mapping[str, FormLine]:
        """All columns by key, in order; of several blocks the first one that has the key."""
        columns: dict[str, FormLine] = {}
        for block in self.blocks:
            for column in block.columns:
                columns.setdefault(column.key, column)
        return columns

    def addresses(self) -> Iterator[Address]:
        """Every cell of the table, row by row."""
        return iter(self._columns)

    def row_label(self, row: str) -> str:
        """Label of a row as the form prints it, behind its group where others have the same label.

        The key itself for a row the form does not have.
        """
        line = self.rows.get(row)
        if line is None:
            return row
        return f"{bare_label(line.path[-1])}／{line.label}" if self._is_doubled(line) else line.label

    def _is_doubled(self, line: FormLine) -> bool:
        return bool(line.path) and self._row_labels[bare_label(line.label)] > 1

    @cached_property
    def _row_labels(self) -> Counter[str]:
        return Counter(bare_label(line.label) for line in self.rows.values())

    @property
    def has_columns(self) -> bool:
        """Whether a cell is told by row and column, not by its row alone."""
        return self.layout != PAIRS

    def short_row_label(self, row: str) -> str:
        """The short name of a row behind the ordinal by which a person finds it on the page."""
        line = self.rows.get(row)
        if line is None:
            return row
        if not self.has_columns:
            return bare_label(self.row_label(row))
        ordinal = _ORDINAL.match(line.label)
        return line.name if ordinal is None or line.name.startswith(ordinal[0]) else ordinal[0] + line.name

    def column_label(self, row: str | None, column: str) -> str:
        """Label of a column as the form prints it; `row` says in which block to look."""
        line = self._columns.get((row, column)) if row else None
        line = line or self.columns.get(column)
        return line.label if line else column

    def column_name(self, row: str, column: str) -> str:
        """Short name of a column in the block of a row; the key itself for one the form does not have."""
        line = self._columns.get((row, column))
        return line.name if line else column

    def item_name(self, row: str, column: str) -> str:
        """A cell as expressions name it: row and column, without the column where there is none to speak of."""
        name = self.rows[row].name
        return f"{name}.{self.column_name(row, column)}" if self.has_columns else name

    def number_type(self, row: str, column: str) -> str:
        """Number type of a cell: that of its column, else of its row, else of the table."""
        known = self.number_types.get((row, column))
        return known or self.rows[row].number or self.number

    @cached_property
    def number_types(self) -> Mapping[Address, str]:
        """Number type of every cell, row by row."""
        return {
            (row.key, column.key): column.number or row.number or self.number
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        }

    @cached_property
    def order(self) -> Mapping[Address, int]:
        """Ordinal of each cell, for sorting findings in table order."""
        return {address: index for index, address in enumerate(self.addresses())}


@dataclass(frozen=True, slots=True)
class FormSection:
    """A first-level section of the form.

    Attributes:
        number: its number, from 1.
        title: the standard title.
        accepted: other titles that are fine.
        near: titles that are fine but for a word.
        odd: titles that are recognised but should be reported.
        like: patterns of titles without numeral and punctuation, by what they count as.
        table: key of the table that belongs in it, None if there is none.
        mention: pattern of its name in a list of the sections, empty if there is none.
    """

    number: int
    title: str
    accepted: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    like: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    table: str | None = None
    mention: str = ""


@dataclass(frozen=True)
class Form:
    """An official layout.

    Attributes:
        id: such as `2021`; no two forms have the same, whatever their kinds.
        title: what people call it.
        kind: key of the kind of report that it lays out.
        first_year, last_year: report years for which it is in force; None leaves the side open.
        report_names: names of the kind of report, the standard one first.
        placeholders: patterns of template text that counts as empty.
        draft: what a new report begins with.
    """

    id: str
    title: str
    first_year: int | None
    last_year: int | None
    report_names: tuple[str, ...]
    sections: tuple[FormSection, ...]
    tables: Mapping[str, FormTable]
    placeholders: tuple[str, ...] = ()
    kind: str = UNNAMED_KIND
    draft: FormDraft = FormDraft()

    def is_named(self, title: str) -> bool:
        """Whether a title of a section is also what reports of this form are called."""
        return any(label_key(title).endswith(label_key(name)) for name in self.report_names)

    def in_force(self, year: int) -> bool:
        """Whether reports of that year must follow this form."""
        return (self.first_year is None or year >= self.first_year) and (
            self.last_year is None or year <= self.last_year
        )


def form_from_data(data: Mapping[str, Any]) -> Form:
    """Build a Form from validated data.

    Args:
        data: contents of a form file that passed `rules/schema.json`.
    """
    years = data.get("years", {})
    draft = data.get("draft", {})
    tables = [_table(entry) for entry in data.get("tables", ())]
    return Form(
        id=data["form"],
        title=data["title"],
        first_year=years.get("from"),
        last_year=years.get("to"),
        report_names=tuple(data["report_names"]),
        sections=tuple(
            FormSection(
                number=number,
                title=entry["title"],
                accepted=tuple(entry.get("accepted", ())),
                near=tuple(entry.get("near", ())),
                odd=tuple(entry.get("odd", ())),
                like={wording: tuple(patterns) for wording, patterns in entry.get("like", {}).items()},
                table=entry.get("table"),
                mention=entry.get("mention", ""),
            )
            for number, entry in enumerate(data.get("sections", ()), 1)
        ),
        tables={table.key: table for table in tables},
        placeholders=tuple(data.get("placeholders", ())),
        kind=data.get("kind", UNNAMED_KIND),
        draft=FormDraft(tuple(draft.get("opening", ())), draft.get("carried", {})),
    )


def _table(data: Mapping[str, Any]) -> FormTable:
    columns = data.get("columns") or [{"key": VALUE_COLUMN, "label": "填写内容"}]
    entries = data.get("blocks") or [
        {"rows": data["rows"], "columns": columns, "corner": data.get("corner", "")}
    ]
    blocks: list[FormBlock] = []
    groups: list[str] = []
    sums: list[FormSum] = []
    for entry in entries:
        lines: dict[str, tuple[FormLine, ...]] = {}
        for axis in ("rows", "columns"):
            axis_lines, axis_groups = _lines(entry[axis], ())
            lines[axis] = tuple(axis_lines)
            groups.extend(axis_groups)
            sums.extend(_sums(axis, entry[axis]))
        blocks.append(
            FormBlock(entry.get("heading", ""), entry.get("corner", ""), lines["rows"], lines["columns"])
        )
    return FormTable(
        key=data["key"],
        name=data["name"],
        title=data["title"],
        section=data.get("section"),
        layout=data.get("layout", "stacked" if "blocks" in data else "grid"),
        number=data.get("number", "count"),
        blocks=tuple(blocks),
        groups=tuple(dict.fromkeys(groups)),
        sums=tuple(dict.fromkeys(sums)),
    )


def _lines(
    entries: Sequence[Mapping[str, Any]], path: tuple[str, ...], under: str = ""
) -> tuple[list[FormLine], list[str]]:
    """Flatten a tree of lines: the lines that carry figures, and the labels of the groups."""
    lines: list[FormLine] = []
    groups: list[str] = []
    for entry in entries:
        if "members" in entry:
            groups.append(entry["label"])
            inner_lines, inner_groups = _lines(
                entry["members"], (*path, entry["label"]), entry.get("under", under)
            )
            lines.extend(inner_lines)
            groups.extend(inner_groups)
        else:
            lines.append(
                FormLine(
                    key=entry["key"],
                    label=entry["label"],
                    name=entry.get("name", entry["label"]),
                    aliases=tuple(entry.get("aliases", ())),
                    path=path,
                    number=_type_of(entry),
                    options=tuple(entry.get("choice", entry.get("choices", ()))),
                    multiple="choices" in entry,
                    under=entry.get("under", under),
                    optional=entry.get("optional", False),
                )
            )
    return lines, groups


def _type_of(entry: Mapping[str, Any]) -> str | None:
    if "choice" in entry or "choices" in entry:
        return CHOICE
    number: str | None = TEXT if entry.get("text") else entry.get("number")
    return number


def _sums(axis: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[FormSum]:
    """The sums of an axis: every line marked `total: siblings` sums its siblings.

    A group among them counts by its own total if it has one, else by all its members.
    """
    for entry in entries:
        if "members" in entry:
            yield from _sums(axis, entry["members"])
        elif entry.get("total") == "siblings":
            parts: list[str] = []
            for sibling in entries:
                if sibling is not entry:
                    parts.extend(_counted_keys(sibling))
            yield FormSum(axis, entry["key"], tuple(parts))


def _counted_keys(entry: Mapping[str, Any]) -> list[str]:
    if "members" not in entry:
        return [entry["key"]]
    totals = [member["key"] for member in entry["members"] if member.get("total") == "siblings"]
    return totals or [key for member in entry["members"] for key in _counted_keys(member)]
