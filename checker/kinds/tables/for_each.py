"""`for_each`: 逐行逐列."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.judgement import Breach, CannotJudge, Judgement, Unjudged
from checker.judging.language.expression import Expression, compile_expression, truth_fault
from checker.judging.language.language import Language
from checker.judging.language.lines import CELL, COLUMN, ROW, LineItems, lines_of
from checker.judging.language.readable import Trail
from checker.judging.language.tokens import ExpressionError
from checker.judging.language.values_read import own_places, values_read
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words, line_words
from checker.kinds.cells import filled_table, line_faults, tables_named
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import COLUMNS, ROWS, TABLE, choice, options_schema
from checker.kinds.values.words import as_scalar
from checker.model.forms import Address, Form, FormTable
from checker.model.place import Related, Scalar
from checker.model.report import ReportTable
from checker.startup.records import dataclass

_AXES: Final = {"rows": 0, "columns": 1}


def compile_for_each(options: Options, language: Language) -> Judge:
    """`expr` is true of each line of a table; lines without one of its terms are passed over."""
    key = ("for_each", options["each"], options["expr"], *(tuple(options.get(axis, ())) for axis in _AXES))

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        lines = language.kept(table.form, key, lambda: _lines(options, table.form, language))
        for line in lines:
            yield _judged(subject, table, options["each"], line)

    return judge


@dataclass(frozen=True, slots=True)
class _EachLine:
    """The expression as it is meant in one line, told by one of its cells."""

    at: Address
    items: LineItems
    expression: Expression


def _lines(options: Options, form: FormTable, language: Language) -> Sequence[_EachLine]:
    """The lines that have all terms of the expression."""
    lines = []
    for at in _wanted(options, form):
        try:
            lines.append(_line(options, form, at, language))
        except ExpressionError:
            continue
    return lines


def _wanted(options: Options, form: FormTable) -> Iterator[Address]:
    for at in lines_of(form, options["each"]):
        if all(axis not in options or at[index] in options[axis] for axis, index in _AXES.items()):
            yield at


def _line(options: Options, form: FormTable, at: Address, language: Language) -> _EachLine:
    items = LineItems(language.items, form, options["each"], at)
    return _EachLine(at, items, compile_expression(options["expr"], items, language.section_count))


def _judged(subject: Subject, table: ReportTable, each: str, line: _EachLine) -> Judgement:
    trail: Trail = {}
    try:
        if line.expression.evaluate(subject, trail):
            return None
    except CannotJudge as answer:
        return Unjudged(str(answer))
    down = each == COLUMN
    words = cell_words(table, line.at) if each == CELL else line_words(table.form, *line.at, down=down)
    evidence: dict[str, Scalar] = {
        "line": words,
        "values": values_read(trail, lambda name: subject.language.cell_name(line.items.shown_name(name))),
    }
    own = [one for one in own_places(trail) if one.table == table.form.key]
    place = own[0] if own else table.place(None if down else line.at[0], line.at[1] if down else None)
    related = tuple(Related(other, as_scalar(value)) for value, other in trail.values() if other is not place)
    return Breach(place, evidence, related=related)


def _check_for_each(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Row and column keys that no form's table has, or that say nothing."""
    rows, columns = options.get("rows", ()), options.get("columns", ())
    yield from line_faults(options["table"], forms, rows=rows, columns=columns)
    for axis, unused in (("rows", COLUMN), ("columns", ROW)):
        if axis in options and options["each"] == unused:
            yield f"each 写 {unused} 时，逐{'列' if unused == COLUMN else '行'}来看，不用写 {axis}"


def _check_names(options: Options, language: Language) -> Iterator[str]:
    """An expression that cannot be understood in any line, or that is not true or false."""
    first: ExpressionError | None = None
    for form in tables_named(options["table"], language.forms):
        for at in _wanted(options, form):
            try:
                fault = truth_fault(_line(options, form, at, language).expression)
            except ExpressionError as error:
                first = first or error
            else:
                yield from [fault] if fault else ()
                return
    if first:
        yield f"表达式{first}"


KIND: Final = Kind(
    title="逐行逐列",
    about="表达式对表里的每一列、每一行或每一格都为真。",
    compile=compile_for_each,
    options=options_schema(
        ("table", "each", "expr"),
        table=TABLE,
        each=choice(
            "逐列、逐行还是逐格",
            {
                COLUMN: "每列看一次，表达式里写行的名称",
                ROW: "每行看一次，表达式里写列的名称",
                CELL: "每格看一次，表达式里写 本格",
            },
        ),
        rows=ROWS,
        columns=COLUMNS,
        expr={
            "type": "string",
            "description": "为真即合格，如 本格 >= 上年.本格 / 2；写法见“表达式”",
        },
    ),
    evidence=("line", "values"),
    check=_check_for_each,
    check_names=_check_names,
    skeleton=r"""
title: 不予公开各项之和不超过总计
check: {table: T3, each: column, expr: 合计(不予公开) <= 总计}
message: 表三{line}不予公开的各项加起来多于总计（{values}）
examples:
  - {name: 一件, expect: pass, given: {cells: {"T3[C1, natural]": 1, "T3[S, natural]": 1}}}
  - {name: 多于总计, expect: fail, given: {cells: {"T3[C1, natural]": 2, "T3[S, natural]": 1}}, findings: [{message: “自然人”列}]}
""",
)
