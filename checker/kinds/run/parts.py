"""A table of a body beside those of the units below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.judging.figures import Figures
from checker.judging.reported import OWN_FIGURES, Reported
from checker.judging.run_subject import RunSubject
from checker.judging.table_words import Amount, line_words
from checker.kinds.kind import Options
from checker.model.bodies import Unit
from checker.model.forms import Address, FormTable
from checker.startup.records import dataclass


def comparisons(subject: RunSubject, options: Options) -> Iterator[Comparison]:
    """Each report that covers several units beside theirs; none without a list of units.

    Args:
        subject: the run.
        options: `table`, a key, and `relation`, see `compared`. A report that gives only the body's own figures,
            or lacks the table, is passed over.
    """
    if subject.bodies is None:
        return
    reported = subject.reported
    for unit in subject.bodies.units:
        if not subject.bodies.children(unit):
            continue
        for year in reported.years_of(unit):
            whole = reported.reports[unit.name, year]
            if whole.coverage == OWN_FIGURES or options["table"] not in whole.tables:
                continue
            found = compared(reported, unit, year, options)
            if found is not None:
                yield found


@dataclass(frozen=True)
class Comparison:
    """A whole beside the sum of its parts.

    Attributes:
        table: key of the table.
        unit: name of the body whose table is the whole.
        parts: name and report of each part that has one that counts.
        missing: names of the parts that have none.
        partial: whether a part that has units below it gives only its own figures.
        gaps: whole minus the sum of what is known of its parts, by cell, where the whole is known.
        gaps_of: names of the parts whose number in a cell is not known, by cell; the sum is a lower bound there.
        wrong: the cells in which that cannot be.
    """

    table: str
    year: int
    unit: str
    whole: Figures
    parts: Sequence[tuple[str, Figures]]
    missing: tuple[str, ...]
    partial: bool
    gaps: Mapping[Address, Amount]
    gaps_of: Mapping[Address, Sequence[str]]
    wrong: Sequence[Address]

    @property
    def form(self) -> FormTable:
        """The table's definition."""
        return self.whole.tables[self.table].form

    @property
    def is_bound(self) -> bool:
        """Whether the sum is only a lower bound, in some cells at least."""
        return bool(self.missing or self.partial or self.gaps_of)

    def sum_of(self, address: Address) -> Amount:
        """What is known of the parts adds up to this in a cell."""
        return (self.whole.value(self.table, address) or 0) - self.gaps[address]

    def details(self) -> list[Address]:
        """The cells that differ without the totals that differ because of them; the totals if they alone do."""
        rows = {one.total for one in self.form.sums if one.axis == "rows"}
        columns = {one.total for one in self.form.sums if one.axis == "columns"}
        details = [cell for cell in self.wrong if cell[0] not in rows and cell[1] not in columns]
        return details or list(self.wrong)

    def cell_words(self, address: Address) -> str:
        """A cell as a person names it."""
        row, column = (line_words(self.form, *address, down=down) for down in (False, True))
        return row + column


def compared(reported: Reported, unit: Unit, year: int, options: Options) -> Comparison | None:
    """A unit's table beside those of the units below it, None if none of them has it."""
    key = options["table"]
    whole = reported.reports[unit.name, year]
    parts = [part for part in reported.bodies.children(unit) if part.exempt is None]
    known = [
        (part, report)
        for part in parts
        if (report := reported.reports.get((part.name, year))) and key in report.tables
    ]
    if not known:
        return None
    gaps: dict[Address, Amount] = {}
    unknown: dict[Address, list[str]] = {}
    for address in whole.tables[key].form.addresses():
        value = whole.value(key, address)
        if value is None or address[0] not in options.get("rows", (address[0],)):
            continue
        values = [report.value(key, address) for _, report in known]
        gaps[address] = value - sum((v for v in values if v is not None), start=0)
        lacking = [part.name for (part, _), one in zip(known, values, strict=True) if one is None]
        if lacking:
            unknown[address] = lacking
    there = {part.name for part, _ in known}
    missing = tuple(part.name for part in parts if part.name not in there)
    partial = any(reported.is_partial(*one) for one in known)
    exact = not (missing or partial) and options["relation"] == "equal"
    return Comparison(
        table=key,
        year=year,
        unit=unit.name,
        whole=whole,
        parts=[(part.name, report) for part, report in known],
        missing=missing,
        partial=partial,
        gaps=gaps,
        gaps_of=unknown,
        wrong=[a for a, gap in gaps.items() if gap < 0 or (gap > 0 and exact and a not in unknown)],
    )
