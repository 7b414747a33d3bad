"""Made-up tables of the official forms whose sums hold, and the ways in which people break them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from checker.model.forms import FormTable, form_from_data  # noqa: E402 - runs without being installed
from checker.solver import CellKey, SumIdentity, TableLayout  # noqa: E402

Values = dict[CellKey, "int | None"]
Fault = Callable[["Board", Values, random.Random], None]
SIZES = {"大（上千件）": 120.0, "中（百余件）": 8.0, "小（十几件）": 0.6, "很小（几件）": 0.12}


@dataclass(frozen=True)
class Board:
    """A table of a form with all its sums, as the engine would hand them over."""

    form: str
    table: FormTable
    identities: tuple[SumIdentity, ...]
    layout: TableLayout

    def key(self, row: str, column: str) -> CellKey:
        """The solver's name of a cell."""
        return (self.table.key, row, column)


def board(form: str, key: str) -> Board:
    """Read a table's layout and write out its identities."""
    data = yaml.safe_load((ROOT / "rules" / "forms" / f"{form}.yaml").read_text(encoding="utf-8"))
    table = form_from_data(data).tables[key]
    rows, columns = list(table.rows), list(table.columns)
    identities = []
    if key == "T3":
        for column in columns:
            terms = tuple(
                ((key, row, column), sign) for row, sign in (("R1", 1), ("R2", 1), ("S", -1), ("R4", -1))
            )
            identities.append(SumIdentity(f"balance {column}", terms))
    for line in table.sums:
        for other in rows if line.axis == "columns" else columns:
            cells = [(key, name, other) if line.axis == "rows" else (key, other, name) for name in line.parts]
            total = (key, line.total, other) if line.axis == "rows" else (key, other, line.total)
            identities.append(
                SumIdentity(f"{line.axis} {other}", (*((cell, 1) for cell in cells), (total, -1)))
            )
    totals = {
        axis: frozenset(line.total for line in table.sums if line.axis == axis)
        for axis in ("rows", "columns")
    }
    layout = TableLayout(key, tuple(rows), tuple(columns), totals["rows"], totals["columns"])
    return Board(form, table, tuple(identities), layout)


def filled(of: Board, scale: float, rng: random.Random) -> Values:
    """A table whose sums all hold; about `scale` in each inner cell, most in the first column."""
    layout, values = of.layout, {}
    inner_columns = [column for column in layout.columns if column not in layout.total_columns]
    weights = {row: rng.lognormvariate(-0.5, 1.3) for row in layout.rows}
    leaves = [row for row in layout.rows if row not in {"R1", "R2", "R4"} | layout.total_rows]
    for place, column in enumerate(inner_columns):
        share = 1.0 if place == 0 else 0.15
        for row in leaves:
            values[of.key(row, column)] = poisson(scale * weights[row] * share, rng)
        if of.table.key == "T3":
            total = sum(values[of.key(row, column)] for row in leaves)
            left = poisson(scale * share, rng)
            before = min(total + left, poisson(scale * share, rng))
            values |= {of.key("S", column): total, of.key("R4", column): left, of.key("R2", column): before}
            values[of.key("R1", column)] = total + left - before
    for row in layout.rows:
        values[of.key(row, "total")] = sum(values[of.key(row, column)] for column in inner_columns)
    return {of.key(*address): values[of.key(*address)] for address in of.table.addresses()}


def poisson(mean: float, rng: random.Random) -> int:
    """A count with that mean; a little wider than Poisson where it is large."""
    if mean > 20:
        return max(0, round(rng.gauss(mean, mean**0.5 * 2)))
    limit, count, product = 2.718281828**-mean, 0, rng.random()
    while product > limit:
        count, product = count + 1, product * rng.random()
    return count


# --- faults: each changes `values` in place; it may do nothing where the table gives no occasion ---


def wrong_value(value: int, rng: random.Random) -> int:
    """Another number that someone might have typed instead."""
    while True:
        text = str(value)
        slips = [
            text[: (at := rng.randrange(len(text)))] + rng.choice("0123456789") + text[at + 1 :],
            text[:at] + rng.choice("0123456789") + text[at:],
            text[:at] + text[at + 1 :] or "0",
            str(max(0, value + rng.choice((-1, 1)) * rng.randint(1, max(3, value)))),
            str(rng.randint(0, max(9, 2 * value))),
        ]
        other = int(rng.choice(slips))
        if other != value:
            return other


def cells_wrong(count: int) -> Fault:
    def fault(_: Board, values: Values, rng: random.Random) -> None:
        for cell in rng.sample(list(values), count):
            values[cell] = wrong_value(values[cell], rng)

    return fault


def digits(slip: Callable[[str, random.Random], str], least: int = 1) -> Fault:
    def fault(_: Board, values: Values, rng: random.Random) -> None:
        cells = [cell for cell, value in values.items() if value >= least]
        if cells:
            cell = rng.choice(cells)
            values[cell] = int(slip(str(values[cell]), rng) or "0")

    return fault


def transposed(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def dropped(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :]


def doubled(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def swallowed(text: str, rng: random.Random) -> str:
    page = str(rng.randint(1, 30))
    return rng.choice((text + page, page + text))


def pair(of: Board, rng: random.Random, axis: str) -> tuple[CellKey, CellKey]:
    rows, columns = of.layout.rows, of.layout.columns
    row, column = (
        rng.randrange(len(rows) - (axis == "rows")),
        rng.randrange(len(columns) - (axis == "columns")),
    )
    other = (row + 1, column) if axis == "rows" else (row, column + 1)
    return of.key(rows[row], columns[column]), of.key(rows[other[0]], columns[other[1]])


def moved(axis: str) -> Fault:
    def fault(of: Board, values: Values, rng: random.Random) -> None:
        for _ in range(50):
            cells = list(pair(of, rng, axis))
            rng.shuffle(cells)
            if values[cells[0]]:
                amount = rng.randint(1, values[cells[0]])
                values[cells[0]] -= amount
                values[cells[1]] += amount
                return

    return fault


def swapped(axis: str) -> Fault:
    def fault(of: Board, values: Values, rng: random.Random) -> None:
        for _ in range(50):
            cell, other = pair(of, rng, axis)
            if values[cell] != values[other]:
                values[cell], values[other] = values[other], values[cell]
                return

    return fault


def shifted(step: int) -> Fault:
    def fault(of: Board, values: Values, rng: random.Random) -> None:
        filled_rows = [row for row in of.layout.rows if values[of.key(row, "total")]]
        cells = (
            [of.key(rng.choice(filled_rows), column) for column in of.layout.columns] if filled_rows else []
        )
        cells = [of.key(cells[0][1], cell[2]) for cell in cells]
        line = [values[cell] for cell in cells]
        line = [0, *line[:-1]] if step > 0 else [*line[1:], 0]
        values.update(zip(cells, line, strict=True) if cells else ())

    return fault


def rows_exchanged(of: Board, values: Values, rng: random.Random) -> None:
    at = rng.randrange(len(of.layout.rows) - 1)
    for column in of.layout.columns:
        cell, other = of.key(of.layout.rows[at], column), of.key(of.layout.rows[at + 1], column)
        values[cell], values[other] = values[other], values[cell]


def blanked(count: int) -> Fault:
    def fault(_: Board, values: Values, rng: random.Random) -> None:
        cells = [cell for cell, value in values.items() if value]
        for cell in rng.sample(cells, min(count, len(cells))):
            values[cell] = None

    return fault


def line_forgotten(axis: str, empty: int | None) -> Fault:
    def fault(of: Board, values: Values, _: random.Random) -> None:
        totals = of.layout.total_rows if axis == "rows" else of.layout.total_columns
        for table, row, column in values:
            if (row if axis == "rows" else column) in totals:
                values[table, row, column] = empty

    return fault


def counted_twice(of: Board, values: Values, rng: random.Random) -> None:
    parts = next(line for line in of.table.sums if line.axis == "rows").parts
    rows = [row for row in parts if values[of.key(row, "total")]]
    if rows:
        part = rng.choice(rows)
        for column in of.layout.columns:
            values[of.key("S", column)] += values[of.key(part, column)]


def one_witnessed(of: Board, values: Values, rng: random.Random) -> None:
    cell = of.key(rng.choice(of.layout.rows), rng.choice(sorted(of.layout.total_columns)))
    values[cell] = wrong_value(values[cell], rng)


IN_TABLE_THREE: Mapping[str, Fault] = {
    "一格错": cells_wrong(1),
    "两格错": cells_wrong(2),
    "三格错": cells_wrong(3),
    "五格错": cells_wrong(5),
    "十格错": cells_wrong(10),
    "数字颠倒": digits(transposed, 10),
    "漏一位": digits(dropped),
    "多一位": digits(doubled),
    "混入页码": digits(swallowed),
    "计入左右相邻格": moved("columns"),
    "计入上下相邻格": moved("rows"),
    "左右两格互换": swapped("columns"),
    "上下两格互换": swapped("rows"),
    "整行右移": shifted(1),
    "整行左移": shifted(-1),
    "上下两行互换": rows_exchanged,
    "总计行整行计重": counted_twice,
    "空一格": blanked(1),
    "空三格": blanked(3),
    "总计行空白": line_forgotten("rows", None),
    "总计列空白": line_forgotten("columns", None),
    "总计行全为零": line_forgotten("rows", 0),
    "总计列全为零": line_forgotten("columns", 0),
}
IN_TABLE_FOUR: Mapping[str, Fault] = {"一格错（表四，无旁证）": cells_wrong(1)}
WITNESSED: Mapping[str, Fault] = {"总计错（表四，正文有总数）": one_witnessed}
