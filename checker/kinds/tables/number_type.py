"""`number_type`: 数字类型."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.judgement import Breach, Judgement
from checker.judging.language.language import Language
from checker.judging.subject import Subject
from checker.judging.table_words import cell_words, listing
from checker.kinds.cells import filled_table, number_fault
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import TABLE, options_schema
from checker.model.forms import CHOICE, TEXT, Address
from checker.model.numerals import CellState, half_width
from checker.model.place import Scalar
from checker.model.report import ReportTable
from checker.startup.lazy_re import compile_later

_NO_NUMBERS: Final = (TEXT, CHOICE)
_MOST_ALIKE: Final = 3
_ANY_NUMBER: Final = compile_later(r"[0-9.]+")


def compile_number_type(options: Options, _language: Language) -> Judge:
    """Every cell that holds something holds a number of the type the form asks for.

    `count`: a whole number, not negative. `money` and `decimal`: not negative, decimals allowed. `change`: a whole
    number with or without sign. A unit behind the figure (3件) is a variant of its own, but not that of an
    amount under a head without one. The same fault in many cells is one breach, at the first of them.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        table = filled_table(subject, options["table"])
        alike: dict[tuple[str, str], list[Address]] = {}
        for address, number_type in table.form.number_types.items():
            if number_type in _NO_NUMBERS:
                continue
            variant = _fault(table, address, number_type)
            if variant is None:
                continue
            if variant:
                raw = _ANY_NUMBER.sub("0", half_width(table.cell(*address).raw))
                alike.setdefault((variant, raw), []).append(address)
            else:
                yield None
        for (variant, _), addresses in alike.items():
            # One habit throughout a table is one thing to mend; a few cells are told one by one.
            groups = [addresses] if len(addresses) > _MOST_ALIKE else [[address] for address in addresses]
            for group in groups:
                cell = table.cell(*group[0])
                evidence: dict[str, Scalar] = {
                    "cell": listing([cell_words(table, address) for address in group]),
                    "raw": cell.raw,
                    "value": cell.value,
                }
                yield Breach(table.place(*group[0]), evidence, variant=variant)

    return judge


def _fault(table: ReportTable, address: Address, number_type: str) -> str | None:
    """The variant of what is wrong with a cell, empty if nothing is; None if it holds nothing."""
    number = table.cell(*address).number
    if number.state is CellState.UNREADABLE:
        return "unreadable"
    if number.value is None:
        return None
    unit = "" if _has_room_for(number.unit, table, address, number_type) else number.unit
    return number_fault(number.value, unit, number_type)


def _has_room_for(unit: str, table: ReportTable, address: Address, number_type: str) -> bool:
    """Whether an amount may carry its unit: the head of its column names none."""
    label = table.form.column_label(*address)
    return number_type == "money" and unit.endswith(_CURRENCY) and _CURRENCY not in label


_CURRENCY: Final = "元"
KIND: Final = Kind(
    title="数字类型",
    about="表里填的是格式要求的那种数，如非负整数。",
    compile=compile_number_type,
    options=options_schema(("table",), table=TABLE),
    evidence=("cell", "raw", "value"),
    variants=("negative", "fraction", "unit", "unreadable"),
    skeleton=r"""
title: 表四的格子里是非负整数
check: {table: T4}
message: 表四{cell}写的是“{raw}”
examples:
  - {name: 都是 0, expect: pass, given: {}}
  - {name: 负数, expect: fail, given: {cells: {"T4[review, upheld]": "-1"}}, findings: [{place: "T4[review, upheld]", evidence: {value: -1}}]}
""",
)
