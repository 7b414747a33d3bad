"""`parts`: 总数与分项."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words, plain
from checker.kinds.cells import filled_table, line_faults, number_fault
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import ROW, TABLE, options_schema
from checker.model.findings import CellChange, Suggestion
from checker.model.forms import Address, Form
from checker.model.numerals import CellState
from checker.model.place import Related, Scalar
from checker.model.report import ReportTable
from checker.solver import Number


def compile_parts(options: Options, _language: Language) -> Judge:
    """In every column the row `total` says as much as the rows `parts` together.

    `more` if the parts come to more, `less` if they come to less. Blanks among the parts count as 0; a total
    that is blank, or a part that is and without which they come to less, is for the kind `blanks` to say.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        for column in dict.fromkeys(
            column for row, column in table.form.addresses() if row == options["total"]
        ):
            yield _judge(table, (options["total"], column), [(part, column) for part in options["parts"]])

    return judge


def _judge(table: ReportTable, total: Address, parts: list[Address]) -> Judgement:
    whole = _amount(table, total)
    amounts = [_amount(table, part) for part in parts]
    if whole is None or table.cell(*total).state is CellState.BLANK:
        return Unjudged(f"{table.form.name}{cell_words(table, total)}没有数字")
    if None in amounts:
        return Unjudged(f"{table.form.name}{cell_words(table, parts[amounts.index(None)])}读不出数字")
    added = sum((amount for amount in amounts if amount is not None), start=0)
    if added == whole:
        return None
    blank = next((part for part in parts if table.cell(*part).state is CellState.BLANK), None)
    if blank and added < whole:
        return Unjudged(f"{table.form.name}{cell_words(table, blank)}空着")
    formula = "＋".join(plain(amount or 0) for amount in amounts)
    evidence: dict[str, Scalar] = {
        "cell": cell_words(table, total),
        "total": whole,
        "sum": added,
        "difference": whole - added,
        "formula": f"{formula} ＝ {plain(added)}",
    }
    related = tuple(Related(table.place(*part), table.cell(*part).value) for part in parts)
    change = CellChange(table.form.key, *total, whole, added)
    text = f"先核对各分项；分项都对的，{cell_words(table, total)}改为 {plain(added)}。"
    return Breach(
        table.place(*total),
        evidence,
        "more" if added > whole else "less",
        related=related,
        suggestion=Suggestion(text, (change,), unique=False),
    )


def _amount(table: ReportTable, address: Address) -> Number | None:
    """What a cell stands for in a sum, None for one that is missing, unreadable or no number of its type."""
    number = table.cell(*address).number
    if number.state in (CellState.MISSING, CellState.UNREADABLE):
        return None
    if number.value is None:
        return 0
    return None if number_fault(number.value, "", table.form.number_type(*address)) else number.value


def _check_parts(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Rows that no form's table has."""
    yield from line_faults(options["table"], forms, rows=(options["total"], *options["parts"]))


KIND: Final = Kind(
    title="总数与分项",
    about="总数所在的行等于各分项的行之和。",
    compile=compile_parts,
    options=options_schema(
        ("table", "total", "parts"),
        table=TABLE,
        total={**ROW, "description": "总数所在的行（名称或代号）"},
        parts={"type": "array", "minItems": 2, "items": ROW, "description": "各分项所在的行（名称或代号）"},
    ),
    evidence=("cell", "total", "sum", "difference", "formula"),
    variants=("more", "less"),
    check=_check_parts,
    words={"total": "总数所在的行", "parts": "分项所在的行"},
    skeleton=r"""
title: 不予公开各项之和不超过总计
check: {table: T3, total: S, parts: [A, B]}
message: {more: "{cell}是 {total}，分项加起来是 {sum}", less: "{cell}是 {total}，分项只有 {sum}"}
examples:
  - {name: 相等, expect: pass, given: {cells: {"T3[A, natural]": 3, "T3[S, natural]": 3}}}
  - {name: 分项更多, expect: fail, given: {cells: {"T3[A, natural]": 3, "T3[S, natural]": 2}}, findings: [{place: "T3[S, natural]", evidence: {sum: 3}}]}
""",
)
