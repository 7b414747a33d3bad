"""What kinds about tables share, and the kinds about single cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.kinds.base import (
    TABLE,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.model.findings import CellChange, Scalar, Suggestion
from checker.model.forms import Address, Form, FormSum, FormTable
from checker.model.numerals import CellState
from checker.model.report import ReportTable
from checker.startup.records import dataclass

Amount = int | Decimal

_LISTED: Final = 6


def filled_table(subject: Subject, key: str, *, doubtful: bool = False) -> ReportTable:
    """The table with that key.

    Args:
        subject: the report under examination.
        key: the table's key.
        doubtful: take it even if it seems to have been read wrongly.

    Raises:
        CannotJudge: the report has no such table, it seems to have been read wrongly, or nothing was filled in.
    """
    table = subject.table(key, doubtful=doubtful)
    if table.state != "filled":
        raise CannotJudge(f"{table.form.name}没有填写")
    return table


def found_table(subject: Subject, key: str) -> ReportTable:
    """The table with that key, filled in or not.

    Raises:
        CannotJudge: the report has no such table, or it seems to have been read wrongly.
    """
    return subject.table(key)


def tables_named(key: str, forms: Mapping[str, Form]) -> Iterator[FormTable]:
    """The table of that key in every form that has it."""
    for form in forms.values():
        if key in form.tables:
            yield form.tables[key]


def line_name(form: FormTable, axis: str, key: str) -> str:
    """Short name of a row or column."""
    line = (form.rows if axis == "rows" else form.columns).get(key)
    return line.name if line else key


def cell_words(table: ReportTable, address: Address) -> str:
    """A cell as a person names it: 「row」行「column」列."""
    row, column = address
    return f"“{table.form.short_row_label(row)}”行“{table.form.column_label(row, column)}”列"


def line_words(form: FormTable, row: str, column: str, *, down: bool) -> str:
    """The line through a cell as a person names it: its column with `down`, else its row."""
    return f"“{form.column_label(row, column)}”列" if down else f"“{form.short_row_label(row)}”行"


def plain(amount: Amount) -> str:
    """A figure as a person writes it, without exponent."""
    return f"{amount:f}" if isinstance(amount, Decimal) else str(amount)


def listing(words: list[str]) -> str:
    """The first few words joined, and how many there are."""
    shown = "、".join(words[:_LISTED])
    return shown if len(words) <= _LISTED else f"{shown}等 {len(words)} 处"


def judge_filled(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The table holds at least one figure, and is not left as template text."""
    table = found_table(subject, options["table"])
    if table.state == "filled":
        yield None
    else:
        yield Breach(table.place(), {"table": table.form.name}, variant=table.state)


def judge_number_type(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every cell that holds something holds a number of the type the form asks for.

    `count`: a whole number, not negative. `money`: not negative, decimals allowed. `change`: a whole
    number with or without sign. A unit behind the figure (3件) is a variant of its own.
    """
    table = filled_table(subject, options["table"])
    for address, number_type in table.form.number_types.items():
        cell = table.cell(*address)
        number = cell.number
        if number.state is CellState.UNREADABLE:
            variant = "unreadable"
        elif number.value is None:
            continue
        else:
            variant = number_fault(number.value, number.unit, number_type)
        if not variant:
            yield None
            continue
        evidence: dict[str, Scalar] = {
            "cell": cell_words(table, address),
            "raw": cell.raw,
            "value": cell.value,
        }
        yield Breach(table.place(*address), evidence, variant=variant)


def number_fault(value: Amount, unit: str, number: str) -> str:
    """Why a figure is not of the number type that the form asks for; empty if nothing is wrong."""
    if value < 0 and number != "change":
        return "negative"
    if number != "money" and isinstance(value, Decimal) and value != value.to_integral_value():
        return "fraction"
    return "unit" if unit else ""


def judge_blanks(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Cells left blank although the rest of the table is filled in.

    Totals that are blank as a whole line while their parts have figures (`totals_blank`), lines whose parts
    are all blank while the total has a figure (`details_blank`, once for the table), and single blanks
    that change no sum (`blank`, once for the table). A blank that breaks a sum is for the kinds `sum` and
    `equation` to say.
    """
    table = filled_table(subject, options["table"])
    if not any(cell.number.state is CellState.BLANK for cell in table.cells.values()):
        yield None
        return
    touched: set[Address] = set()
    for totals, changes in _blank_totals(table):
        touched.update(totals)
        text = "补填：" + "；".join(
            f"{cell_words(table, (c.row, c.column))}填 {c.proposed}" for c in changes[:_LISTED]
        )
        text += "。" if len(changes) <= _LISTED else f"……共 {len(changes)} 格。"
        yield Breach(
            table.place(*totals[0]),
            {"cells": listing([cell_words(table, address) for address in totals]), "count": len(totals)},
            "totals_blank",
            suggestion=Suggestion(text, tuple(changes), unique=True, pattern="blank"),
        )
    bare = _bare_lines(table)
    lacking = [line for line in bare if line.total]
    if lacking:
        touched.update(part for line in bare for part in line.parts)
        evidence: dict[str, Scalar] = {
            "cells": listing([line.words for line in lacking]),
            "count": sum(len(line.parts) for line in lacking),
        }
        yield Breach(table.place(*lacking[0].parts[0]), evidence, "details_blank")
    blanks = [
        address
        for address in table.form.addresses()
        if table.cell(*address).state is CellState.BLANK and address not in touched
    ]
    if blanks and not any(_breaks_a_sum(table, address) for address in blanks):
        words = listing([cell_words(table, address) for address in blanks])
        yield Breach(table.place(*blanks[0]), {"cells": words, "count": len(blanks)}, "blank")
    else:
        yield None


def _blank_totals(table: ReportTable) -> Iterator[tuple[list[Address], list[CellChange]]]:
    """Totals that are blank along a whole line though their parts have figures, and what they should say."""
    for form_sum in table.form.sums:
        across = form_sum.axis == "columns"
        totals: list[Address] = []
        filled = False
        for total, parts in _sum_lines(table, form_sum):
            filled = filled or table.cell(*total).value is not None
            has_parts = any(table.cell(*part).state is CellState.NUMBER for part in parts)
            if table.cell(*total).state is CellState.BLANK and has_parts:
                totals.append(total)
        if totals and not filled:
            yield totals, [_proposed_total(table, total, form_sum.parts, across=across) for total in totals]


@dataclass(frozen=True, slots=True)
class _BareLine:
    """A row or column whose total has a figure while all parts are blank; `words` name it."""

    words: str
    parts: list[Address]
    total: Amount


def _bare_lines(table: ReportTable) -> list[_BareLine]:
    lines: list[_BareLine] = []
    for form_sum in table.form.sums:
        across = form_sum.axis == "columns"
        for (row, column), parts in _sum_lines(table, form_sum):
            total = table.cell(row, column).value
            if total is not None and all_blank(table, parts):
                label = table.form.row_label(row) if across else table.form.column_label(row, column)
                lines.append(_BareLine(f"“{label}”{'行' if across else '列'}", parts, total))
    return lines


def all_blank(table: ReportTable, addresses: Iterable[Address]) -> bool:
    """Whether nothing stands in any of these cells."""
    return all(table.cell(*address).state is CellState.BLANK for address in addresses)


def _sum_lines(table: ReportTable, form_sum: FormSum) -> Iterator[tuple[Address, list[Address]]]:
    """The address of each total of a sum, and those of its parts."""
    across = form_sum.axis == "columns"
    for line in table.form.rows if across else table.form.columns:
        total = (line, form_sum.total) if across else (form_sum.total, line)
        if total in table.form.order:
            yield total, [(line, part) if across else (part, line) for part in form_sum.parts]


def _proposed_total(
    table: ReportTable, total: Address, parts: tuple[str, ...], *, across: bool
) -> CellChange:
    row, column = total
    cells = [table.cell(row, part) if across else table.cell(part, column) for part in parts]
    amount = sum((cell.value for cell in cells if cell.value is not None), start=0)
    return CellChange(table.form.key, row, column, None, amount)


def _breaks_a_sum(table: ReportTable, address: Address) -> bool:
    """Whether some total does not match its parts with a blank counted as 0."""
    row, column = address
    for form_sum in table.form.sums:
        across = form_sum.axis == "columns"
        key, line = (column, row) if across else (row, column)
        if key != form_sum.total and key not in form_sum.parts:
            continue
        cells = [
            table.cell(line, k) if across else table.cell(k, line) for k in (form_sum.total, *form_sum.parts)
        ]
        amounts = [cell.value or 0 for cell in cells]
        if amounts[0] != sum(amounts[1:], start=0):
            return True
    return False


def judge_allowed_cells(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The figures of the named rows (all columns, or the named ones) lie within the bounds."""
    table = filled_table(subject, options["table"])
    columns = options.get("columns")
    for address in table.form.addresses():
        row, column = address
        if row not in options.get("rows", (row,)) or (columns and column not in columns):
            continue
        cell = table.cell(row, column)
        if cell.state in (CellState.MISSING, CellState.UNREADABLE):
            yield Unjudged(f"{table.form.name}{cell_words(table, address)}读不出数字")
            continue
        value = cell.value
        too_much = value is not None and "at_most" in options and value > Decimal(str(options["at_most"]))
        too_little = value is not None and "at_least" in options and value < Decimal(str(options["at_least"]))
        if too_much or too_little:
            evidence: dict[str, Scalar] = {
                "cell": cell_words(table, address),
                "value": value,
                "raw": cell.raw,
            }
            yield Breach(table.place(row, column), evidence)
        else:
            yield None


def _check_allowed_cells(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Row and column keys that no form's table has, and bounds that are missing."""
    tables = list(tables_named(options["table"], forms))
    for axis, word in (("rows", "行"), ("columns", "列")):
        keys = [key for table in tables for key in (table.rows if axis == "rows" else table.columns)]
        known = dict.fromkeys(keys)
        for key in options.get(axis, ()):
            if key not in known:
                yield f"{options['table']} 没有代号为“{key}”的{word}；可用：{'、'.join(known)}"
    if "at_most" not in options and "at_least" not in options:
        yield "at_most 与 at_least 至少写一个，否则什么也查不出"


_KEYS: Final = {"type": "array", "minItems": 1, "items": {"type": "string"}}
_BOUND: Final = {"type": ["integer", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}

FILLED: Final = Kind(
    judge_filled, "表已填写", options_schema(("table",), table=TABLE), ("table",), ("empty", "placeholder")
)
NUMBER_TYPE: Final = Kind(
    judge_number_type,
    "数字类型",
    options_schema(("table",), table=TABLE),
    ("cell", "raw", "value"),
    ("negative", "fraction", "unit", "unreadable"),
)
BLANKS: Final = Kind(
    judge_blanks,
    "空白格",
    options_schema(("table",), table=TABLE),
    ("cells", "count"),
    ("totals_blank", "details_blank", "blank"),
)
ALLOWED_CELLS: Final = Kind(
    judge_allowed_cells,
    "允许的数值",
    options_schema(("table",), table=TABLE, rows=_KEYS, columns=_KEYS, at_most=_BOUND, at_least=_BOUND),
    ("cell", "raw", "value"),
    check=_check_allowed_cells,
)
