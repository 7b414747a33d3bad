"""`blanks`: 空白格."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import LISTED, Amount, cell_words, listing
from checker.kinds.cells import all_blank, filled_table, may_be_blank
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import EQUATION, TABLE, options_schema
from checker.kinds.tables.lines import judge_line, lines_of_equation
from checker.model.findings import CellChange, Suggestion
from checker.model.forms import Address, FormSum
from checker.model.numerals import CellState
from checker.model.place import Scalar
from checker.model.report import ReportTable
from checker.startup.records import dataclass


def compile_blanks(options: Options, _language: Language) -> Judge:
    """Cells left blank although the rest of the table is filled in.

    Totals that are blank as a whole line while their parts have figures (`totals_blank`), lines whose parts
    are all blank while the total has a figure (`details_blank`, once for the table), and single blanks
    that change no sum (`blank`, once for the table). A blank that breaks a sum is for the kinds `sum` and
    `equation` to say; `unless_broken` names equations between the cells of a row.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        if not any(cell.number.state is CellState.BLANK for cell in table.cells.values()):
            yield None
            return
        touched: set[Address] = set()
        for totals, changes in _blank_totals(table):
            touched.update(totals)
            text = "补填：" + "；".join(
                f"{cell_words(table, (c.row, c.column))}填 {c.proposed}" for c in changes[:LISTED]
            )
            text += "。" if len(changes) <= LISTED else f"……共 {len(changes)} 格。"
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
            if table.cell(*address).state is CellState.BLANK
            and address not in touched
            and not may_be_blank(table, address)
        ]
        if blanks and "unless_broken" in options:
            broken = _in_broken_rows(subject, table, options["unless_broken"])
            blanks = [address for address in blanks if address not in broken]
        if blanks and not any(_breaks_a_sum(table, address) for address in blanks):
            words = listing([cell_words(table, address) for address in blanks])
            yield Breach(table.place(*blanks[0]), {"cells": words, "count": len(blanks)}, "blank")
        else:
            yield None

    return judge


def _in_broken_rows(subject: Subject, table: ReportTable, equations: Sequence[str]) -> set[Address]:
    """The cells of all rows in which one of the equations does not hold."""
    lines = [line for source in equations for line in lines_of_equation(table.form, source, "row")]
    return {
        address
        for line in lines
        if isinstance(judge_line(subject, table, line), Breach)
        for address, _ in (*line.left, *line.right)
    }


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


KIND: Final = Kind(
    title="空白格",
    about="填了数的表里没有漏填的格子。",
    compile=compile_blanks,
    options=options_schema(
        ("table",),
        table=TABLE,
        unless_broken={
            "type": "array",
            "items": EQUATION,
            "description": "这些等式在某行不成立时，该行的空白由等式的规则说，如 [现行有效 + 废止 >= 制发]",
        },
    ),
    evidence=("cells", "count"),
    variants=("totals_blank", "details_blank", "blank"),
    words={"unless_broken": "等式不成立时不看"},
    skeleton=r"""
title: 表四没有漏填的格子
check: {table: T4}
message: 表四有空白格：{cells}
examples:
  - {name: 都填了, expect: pass, given: {}}
  - {name: 漏填一格, expect: fail, given: {cells: {"T4[review, other]": ""}}, findings: [{place: "T4[review, other]", evidence: {count: 1}}]}
""",
)
