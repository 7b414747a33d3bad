"""`equation`: 等式."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.judging.judgement import Judgement
from checker.judging.language.equation import parse_equation
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.kinds.cells import filled_table, line_faults, tables_named
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import EACH_LINE, EQUATION, LINE, TABLE, options_schema
from checker.kinds.tables.lines import SUM_EVIDENCE, judge_line, lines_of_equation
from checker.model.forms import Form


def compile_equation(options: Options, _language: Language) -> Judge:
    """`equation` holds in each column (its terms are rows) or in each row (its terms are columns)."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"], doubtful=True)
        key = (options["equation"], options["each"], tuple(options.get("only", ())))
        for line in subject.language.kept(table.form, key, lambda: lines_of_equation(table.form, *key)):
            yield judge_line(subject, table, line)

    return judge


def _check_equation(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Faults of `equation`: its shape, and keys that no form's table has."""
    parsed = parse_equation(options["equation"])
    if parsed is None:
        yield f"看不懂等式“{options['equation']}”；应写成 甲 + 乙 = 丙 + 丁、R1 + R2 = S + R4 这样，关系可用 =、>=、<="
        return
    by_column = options["each"] == "column"
    known: dict[str, None] = {}
    across: dict[str, None] = {}
    for table in tables_named(options["table"], forms):
        known.update(dict.fromkeys(table.rows if by_column else table.columns))
        across.update(dict.fromkeys(table.columns if by_column else table.rows))
    words = ("行", "列") if by_column else ("列", "行")
    terms = [key for _, key in (*parsed[0], *parsed[2])]
    if all(key in across and key not in known for key in terms):
        other = "row" if by_column else "column"
        yield f"等式里写的都是{words[1]}，each 应写 {other}（在每{words[0]}成立）"
        return
    only = options.get("only", ())
    rows, columns = (dict.fromkeys(terms), only) if by_column else (only, dict.fromkeys(terms))
    yield from line_faults(options["table"], forms, rows=rows, columns=columns)


KIND: Final = Kind(
    title="等式",
    about="行与行（或列与列）之间的等式处处成立。",
    compile=compile_equation,
    options=options_schema(
        ("table", "equation", "each"),
        table=TABLE,
        equation=EQUATION,
        each=EACH_LINE,
        only={"type": "array", "items": LINE, "description": "只在这些列（或行）检查"},
    ),
    evidence=SUM_EVIDENCE,
    check=_check_equation,
    about_sums=True,
    skeleton=r"""
title: 每列新收加结转等于办理加结转下年
check: {table: 表三, equation: 新收 + 上年结转 = 总计 + 结转下年, each: column}
message: 表三{line}收与办不相等：{formula}
examples:
  - {name: 相等, expect: pass, given: {cells: {"T3[R1, natural]": 3, "T3[S, natural]": 3}}}
  - {name: 差一件, expect: fail, given: {cells: {"T3[R1, natural]": 3, "T3[S, natural]": 2}}, findings: [{evidence: {left: 3, right: 2, difference: 1}}]}
""",
)
