"""Adding up the tables of the units of a body: what is known, from how many, and who is missing where.

Units are taken as written: nothing is mended and nothing deducted.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from checker.judging.engine import sums_of
from checker.judging.figures import Figures, figures_of
from checker.judging.reported import OWN_FIGURES
from checker.judging.rules import Rulebook
from checker.judging.table_words import Amount
from checker.model.bodies import Bodies, Unit
from checker.model.errors import UsageError
from checker.model.forms import Address, Form
from checker.model.numerals import CellState
from checker.model.report import Report
from checker.model.season import Aggregate, AggregateCell, Season, State
from checker.rulebook.load.sentences import did_you_mean
from checker.solver import CellKey
from checker.startup.records import dataclass, replace


@dataclass(frozen=True)
class AddedUnit:
    """A unit that a body's tables are added up from.

    Attributes:
        unit: the entry of the list.
        state: how it stands.
        figures: the numbers of its report in force, without sums, None if there is none.
        blanks: cells of that report that hold no number, by table.
        unsure: those of them of which 0 cannot be said, because sums with them do not hold.
        broken: how many sums of its tables do not hold.
    """

    unit: Unit
    state: State
    figures: Figures | None = None
    blanks: Container[CellKey] = ()
    unsure: Container[CellKey] = ()
    broken: int = 0

    def value(self, table: str, address: Address) -> Amount | None:
        """The number in a cell; a blank counts as 0 where the sums with it hold, else it is not known."""
        if self.figures is None or (table, *address) in self.unsure:
            return None
        return self.figures.value(table, address)

    def is_blank(self, table: str, address: Address) -> bool:
        """Whether a cell has no number and counts as 0."""
        return (table, *address) in self.blanks and self.value(table, address) is not None


@dataclass(frozen=True)
class Totals:
    """The tables of a body added up, with what they rest on.

    Attributes:
        of: the body.
        year: the report year.
        form: the form whose tables they are.
        parts: the units, in the order of the list.
        aggregate: every cell.
        blanks: names of units with a blank that counts as 0, by table and cell.
    """

    of: Unit
    year: int
    form: Form
    parts: Sequence[AddedUnit]
    aggregate: Aggregate
    blanks: Mapping[tuple[str, Address], tuple[str, ...]]

    @property
    def absent(self) -> tuple[AddedUnit, ...]:
        """The units without a report that counts."""
        return tuple(part for part in self.parts if part.figures is None)


def body_named(name: str, bodies: Bodies) -> Unit:
    """The body of the list by its name.

    Raises:
        UsageError: the list has no such body, or nobody stands below it.
    """
    unit = bodies.unit(name)
    names = [one.name for one in bodies.units]
    if unit is None:
        raise UsageError(f"单位清单里没有“{name}”{did_you_mean(name, names)}")
    if not units_below(unit, bodies):
        raise UsageError(
            f"单位清单里没有哪一家的上级是“{unit.name}”，不知道汇总谁。请在清单的“上级”一栏写明。"
        )
    return unit


def units_below(body: Unit, bodies: Bodies) -> list[Unit]:
    """The units whose figures a body's include; all other units of a list that says of nobody to whom it belongs."""
    if any(unit.parent for unit in bodies.units):
        return [unit for unit in bodies.children(body) if unit.exempt is None]
    return [unit for unit in bodies.units if unit.name != body.name and unit.exempt is None]


def added_up(season: Season, bodies: Bodies, of: Unit, rulebook: Rulebook) -> Totals:
    """The tables of a body added up from the reports in force of its units.

    Raises:
        UsageError: no form is known for the year.
    """
    form = _form_of(season, rulebook)
    if form is None:
        raise UsageError(f"没有 {season.year} 年度的格式，不能汇总。")
    parts = list(_parts(season, bodies, of, rulebook))
    tables: dict[str, dict[Address, AggregateCell]] = {}
    blanks: dict[tuple[str, Address], tuple[str, ...]] = {}
    for key, table in form.tables.items():
        cells = tables.setdefault(key, {})
        for address in table.addresses():
            cells[address] = _cell(parts, key, address)
            blank = tuple(part.unit.name for part in parts if part.is_blank(key, address))
            if blank:
                blanks[key, address] = blank
    complete = not any(cell.lower_bound for cells in tables.values() for cell in cells.values())
    return Totals(of, season.year, form, parts, Aggregate(of.name, complete, tables), blanks)


def of_the_top(season: Season, bodies: Bodies, rulebook: Rulebook) -> Aggregate | None:
    """The tables of the body at the top of the list, None if nobody stands below anybody or no form is known."""
    top = next((one for one in bodies.units if one.parent is None and bodies.children(one)), None)
    if top is None or _form_of(season, rulebook) is None:
        return None
    return added_up(season, bodies, top, rulebook).aggregate


def _form_of(season: Season, rulebook: Rulebook) -> Form | None:
    """The newest form of the season's kind of report that is in force for its year."""
    forms = reversed(list(rulebook.forms.values()))
    return next((one for one in forms if one.kind == season.kind and one.in_force(season.year)), None)


def _parts(season: Season, bodies: Bodies, of: Unit, rulebook: Rulebook) -> Iterator[AddedUnit]:
    """The units below a body; of one that reports only its own figures also those below it."""
    standings = {standing.unit.name: standing for standing in season.units}
    waiting = units_below(of, bodies)
    seen = {of.name}
    while waiting:
        unit = waiting.pop(0)
        if unit.name in seen:
            continue
        seen.add(unit.name)
        standing = standings.get(unit.name)
        state = standing.state if standing else State.NOT_DUE
        submission = standing.in_force if standing else None
        result = season.results[submission.result] if submission else None
        report = result.report if result else None
        if result is None or report is None:
            yield AddedUnit(unit, state)
            continue
        figures = figures_of(report, result.path, sums_of(rulebook, report))
        yield _part(unit, state, report, figures)
        if figures.coverage == OWN_FIGURES and bodies.children(unit):
            waiting = [one for one in bodies.children(unit) if one.exempt is None] + waiting


def _part(unit: Unit, state: State, report: Report, figures: Figures) -> AddedUnit:
    blanks = frozenset(
        (key, *address)
        for key in figures.tables
        for address, cell in report.tables[key].cells.items()
        if cell.state is not CellState.NUMBER
    )
    unsure = frozenset(cell for cell in blanks if any(figures.broken_sums(cell)))
    broken = sum(1 for one in figures.sums if figures.residual(one, {}))
    return AddedUnit(unit, state, replace(figures, sums=(), gathered={}), blanks, unsure, broken)


def _cell(parts: Sequence[AddedUnit], table: str, address: Address) -> AggregateCell:
    values = [(part.unit.name, part.value(table, address)) for part in parts]
    missing = tuple(name for name, value in values if value is None)
    known = [value for _, value in values if value is not None]
    return AggregateCell(sum(known, start=0) if known else None, bool(missing), len(known), missing)
