"""What a report is to other reports: who reported when, and the figures of its tables.

Small, so that those of thousands of reports can be kept: cells are a row of numbers in the order of the
form, and forms and sums are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from checker.model.bodies import Bodies
from checker.model.document import Location
from checker.model.forms import Address, Form, FormTable
from checker.model.numerals import CellState
from checker.model.place import Place
from checker.model.report import CellValue, Identity, Report
from checker.solver import CellKey, Number, SumIdentity
from checker.startup.records import dataclass, field

_UNKNOWN: Final = (CellState.MISSING, CellState.UNREADABLE)


@dataclass(frozen=True)
class FiguresTable:
    """The figures of a filled-in table.

    Attributes:
        form: the table's definition.
        values: a number for each cell in the order of the form; 0 for a blank, a dash and the like, None for
            a cell that is missing or unreadable.
    """

    form: FormTable
    values: tuple[Number | None, ...]

    def value(self, address: Address) -> Number | None:
        """The number in a cell, None if it is unknown or the form has no such cell."""
        index = self.form.order.get(address)
        return None if index is None else self.values[index]


@dataclass(frozen=True)
class Figures:
    """What other reports need of a report.

    Attributes:
        path: the file.
        identity: who and when.
        form: the form that it follows.
        form_id: its id, `mixed` or None as in `Report`.
        tables: the filled-in tables by key.
        sums: the sums that could be judged, whether they hold or not.
        amounts: numbers that the text tells, by field.
        coverage: whose figures it gives, as the field `coverage` says; None if it says nothing.
        prose: the text of each section of the form, for comparing it with next year's.
        signed_on: the day that it bears, the signature's or else that of publication.
        gathered: what rules about the set have gathered of the report.
    """

    path: str
    identity: Identity
    form: Form
    form_id: str | None
    tables: Mapping[str, FiguresTable]
    sums: tuple[SumIdentity, ...] = ()
    amounts: Mapping[str, Number] = field(default_factory=dict)
    coverage: str | None = None
    prose: Mapping[int, str] = field(default_factory=dict)
    signed_on: date | None = None
    gathered: Mapping[str, str] = field(default_factory=dict)

    def value(self, table: str, address: Address) -> Number | None:
        """The number in a cell, None if it is unknown."""
        found = self.tables.get(table)
        return found.value(address) if found else None

    def has_cell(self, table: str, address: Address) -> bool:
        """Whether the report's table has such a cell by its form."""
        return table in self.tables and address in self.tables[table].form.order

    def place(self, table: str | None = None, row: str | None = None, column: str | None = None) -> Place:
        """A place in this report, seen from another one: the file stands in it."""
        if table is None:
            return Place(Location(path=self.path))
        form = self.tables[table].form
        return Place(
            Location(path=self.path),
            form.section,
            table,
            row,
            form.row_label(row) if row else None,
            column,
            form.column_label(row, column) if column else None,
        )

    def residual(self, identity: SumIdentity, changes: Mapping[CellKey, Number]) -> Number | None:
        """What a sum misses zero by with some cells written differently, None if a cell is unknown."""
        total: Number = 0
        for cell, coefficient in identity.terms:
            value = changes.get(cell, self.value(cell[0], cell[1:]))
            if value is None:
                return None
            total += coefficient * value
        return total

    def broken_sums(self, cell: CellKey) -> Iterator[SumIdentity]:
        """The sums with that cell that do not hold."""
        return (one for one in self._sums_with(cell) if self.residual(one, {}))

    def is_repaired_by(self, cell: CellKey, value: Number) -> bool:
        """Whether sums with that cell are broken, and all sums with it hold once it says `value`."""
        own = list(self._sums_with(cell))
        return any(self.residual(one, {}) for one in own) and not any(
            self.residual(one, {cell: value}) for one in own
        )

    def _sums_with(self, cell: CellKey) -> Iterator[SumIdentity]:
        return (one for one in self.sums if any(term == cell for term, _ in one.terms))


def figures_of(
    report: Report, path: str, sums: Iterable[SumIdentity] = (), gathered: Mapping[str, str] | None = None
) -> Figures:
    """The figures of a report.

    Args:
        report: the report.
        path: the file it was read from.
        sums: the sums that could be judged.
        gathered: what rules about the set have gathered of it.
    """
    coverage = report.field("coverage")
    return Figures(
        path=path,
        identity=report.identity,
        form=report.form,
        form_id=report.form_id,
        tables={
            key: FiguresTable(table.form, tuple(_figure(table.cell(*a)) for a in table.form.order))
            for key, table in report.tables.items()
            if table.state == "filled"
        },
        sums=tuple(sums),
        amounts={
            name: values[0].value
            for name, values in report.fields.items()
            if isinstance(values[0].value, (int, Decimal))
        },
        coverage=str(coverage.value) if coverage else None,
        prose={
            section.number: "\n".join(text.squeezed.text for text in section.texts)
            for section in report.sections
            if section.number
        },
        signed_on=next((day for name in _DATED if (day := _day(report, name))), None),
        gathered=gathered or {},
    )


_DATED: Final = ("signed_on", "published")


def _day(report: Report, name: str) -> date | None:
    found = report.field(name)
    return found.value if found and isinstance(found.value, date) else None


def _figure(cell: CellValue) -> Number | None:
    if cell.state in _UNKNOWN:
        return None
    return 0 if cell.value is None else cell.value


@dataclass(frozen=True)
class Years:
    """A report's neighbours in time.

    Attributes:
        own: the report's own figures.
        previous: those of the year before.
        earlier: those of the year before that, if they are known.
        following: those of the next year, if they are known.
        bodies: which names belong to one body.
    """

    own: Figures
    previous: Figures
    earlier: Figures | None = None
    following: Figures | None = None
    bodies: Bodies = Bodies()


@dataclass(frozen=True, slots=True)
class UnknownYears:
    """There are reports of the year before, but it is not known which of them counts; `reason` is a Chinese phrase."""

    reason: str
