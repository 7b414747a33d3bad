"""`jump`: 跳变."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from checker.judging.judgement import Breach, Judgement, Unjudged
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.subject import Subject
from checker.judging.table_words import Amount, cell_words
from checker.kinds.cells import filled_table, line_faults
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import COLUMNS, ROWS, TABLE, options_schema
from checker.kinds.years.last_year import last_years_cell, years_of
from checker.model.forms import Form
from checker.model.place import Scalar


def compile_jump(options: Options, _language: Language) -> Judge:
    """A figure is not `factor` times last year's, nor the reverse, nor gone; small ones are passed over."""

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        table = filled_table(subject, options["table"])
        key = table.form.key
        for address in table.form.addresses():
            wanted = address[0] in options["rows"] and address[1] in options["columns"]
            if not wanted or not years.previous.has_cell(key, address):
                continue
            value, last = years.own.value(key, address), years.previous.value(key, address)
            if value is None or last is None:
                yield Unjudged(f"{table.form.name}{cell_words(table, address)}有读不出的数")
                continue
            exact, factor = options.get("exactly", True), Decimal(options["factor"])
            variant = _jump(value, last, factor, options["at_least"], exact=exact)
            if variant is None:
                yield None
                continue
            evidence: dict[str, Scalar] = {
                "cell": cell_words(table, address),
                "value": value,
                "last": last,
                "last_year": years.previous.identity.year,
            }
            yield Breach(
                table.place(*address), evidence, variant, (last_years_cell(years, key, address, last),)
            )

    return judge


def _jump(value: Amount, last: Amount, factor: Decimal, at_least: int, *, exact: bool) -> str | None:
    """The variant of a change, None if it is small; with `exact` one by just the factor is not small.

    A factor below 1 is what a figure may fall to, `below` it, and lets it rise.
    """
    if max(value, last) < at_least or last <= 0:
        return None
    if value == 0:
        return "gone"
    if factor < 1:
        gaps = {"below": last * factor - value}
    else:
        gaps = {"up": value - last * factor, "down": last - value * factor}
    return next((variant for variant, gap in gaps.items() if gap > 0 or (exact and gap == 0)), None)


def _check_jump(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Rows and columns that no form's table has, and a factor that is none."""
    yield from line_faults(options["table"], forms, rows=options["rows"], columns=options["columns"])
    if Decimal(options["factor"]) <= 0 or Decimal(options["factor"]) == 1:
        yield f"“factor”要大于 1，或者在 0 和 1 之间，现在是 {options['factor']}"


KIND: Final = Kind(
    title="跳变",
    about="与上年相比，数没有增减到写明的倍数，也没有忽然变成零。",
    compile=compile_jump,
    options=options_schema(
        ("table", "rows", "columns", "factor", "at_least"),
        table=TABLE,
        rows=ROWS,
        columns=COLUMNS,
        factor={
            "type": ["integer", "string"],
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": "大于 1（如 10、1.5）：增加到或减少到这么多倍算跳变；小于 1（如 0.8）：只看减少，减到上年的这么多倍算",
        },
        exactly={"type": "boolean", "description": "正好这么多倍算不算，默认算"},
        at_least={"type": "integer", "minimum": 1, "description": "两年都小于这个数的不看"},
    ),
    evidence=("cell", "value", "last", "last_year"),
    variants=("up", "down", "below", "gone"),
    looks_at=LooksAt.LAST_YEAR,
    check=_check_jump,
    skeleton=r"""
title: 许可决定数没有大起大落
check: {table: T2, rows: [licensing], columns: [decisions], factor: 10, at_least: 20}
message: 表二{cell}为 {value} 件，{last_year} 年度是 {last} 件
examples:
  - {name: 差不多, expect: pass, given: {cells: {"T2[licensing, decisions]": 30}, previous: {cells: {"T2[licensing, decisions]": 25}}}}
  - {name: 多了十倍, expect: fail, given: {cells: {"T2[licensing, decisions]": 300}, previous: {cells: {"T2[licensing, decisions]": 25}}}, findings: [{place: "T2[licensing, decisions]", evidence: {value: 300, last: 25}}]}
""",
)
