"""`choices`: 勾选的格子."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words, listing
from checker.kinds.cells import answered_no, filled_table
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema
from checker.model.forms import CHOICE, VALUE_COLUMN
from checker.model.numerals import CellState
from checker.model.place import Related, Scalar
from checker.model.report import ReportTable


def compile_choices(options: Options, _language: Language) -> Judge:
    """Every cell that asks for a tick has one that can be told, and only one unless the form allows several.

    `unclear` if it cannot; `contradicted` if the answer is no, the last of the options, and rows under the
    question are filled in all the same. A cell without a tick is for the kind `blanks` to say.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        for row, line in table.form.rows.items():
            if line.number != CHOICE:
                continue
            cell = table.cell(row, VALUE_COLUMN)
            words: dict[str, Scalar] = {"cell": cell_words(table, (row, VALUE_COLUMN)), "raw": cell.raw}
            filled = _filled_under(table, row) if answered_no(table, row) else []
            if cell.state is CellState.UNREADABLE:
                evidence = {**words, "options": "、".join(line.options)}
                yield Breach(table.place(row, VALUE_COLUMN), evidence, "unclear")
            elif filled:
                names = listing([cell_words(table, (under, VALUE_COLUMN)) for under in filled])
                related = tuple(
                    Related(table.place(under, VALUE_COLUMN), table.cell(under, VALUE_COLUMN).raw)
                    for under in filled
                )
                evidence = {**words, "filled": names}
                yield Breach(table.place(row, VALUE_COLUMN), evidence, "contradicted", related=related)
            else:
                yield None

    return judge


def _filled_under(table: ReportTable, question: str) -> list[str]:
    """Rows under a question that say more than nothing."""
    under = [row for row, line in table.form.rows.items() if line.under == question]
    cells = {row: table.cell(row, VALUE_COLUMN) for row in under}
    return [row for row, cell in cells.items() if cell.value or cell.state is CellState.TEXT]


KIND: Final = Kind(
    title="勾选的格子",
    about="要勾选的格子看得出勾的是哪一项；选了“否”的，下面的内容空着。",
    compile=compile_choices,
    options=options_schema(("table",), table=TABLE),
    evidence=("cell", "raw", "options", "filled"),
    variants=("unclear", "contradicted"),
    skeleton=r"""
title: 是否项只勾一项
kind: website_report
check: {table: W1}
message: {unclear: "{cell}写的是“{raw}”，看不出选的是哪一项", contradicted: "{cell}选了“否”，下面却填了{filled}"}
examples:
  - {name: 勾了一项, expect: pass, given: {kind: website_report, cells: {"W1[has_media, value]": ☑是 □否}}}
  - {name: 两项都勾, expect: fail, given: {kind: website_report, cells: {"W1[has_media, value]": ☑是 ☑否}}, findings: [{place: "W1[has_media, value]"}]}
""",
)
