"""Kinds about figures in the text: they agree with the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from checker.kinds.base import (
    Agreed,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    Witness,
    options_schema,
)
from checker.model.findings import Related, Scalar
from checker.model.forms import Form
from checker.model.numerals import CellState
from checker.model.report import Claim
from checker.startup.records import dataclass
from checker.understand.claims.vocabulary import CERTAIN, LIKELY, UNSURE, CellSum

_TOLD_CELLS: Final = 3
_EMPTY: Final = frozenset((CellState.SLASH, CellState.DASH, CellState.NONE_WORD))

AGREES, TOLERATED, CONTRADICTS, UNKNOWN = "agrees", "tolerated", "contradicts", "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim: the cells it would be the sum of, and what they add up to."""

    cells: CellSum
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim held against the tables.

    Attributes:
        state: `agrees`, `tolerated`, `contradicts` or `unknown`.
        readings: those that are possible in this report.
        weak: the number fits cells that make the contradiction doubtful.
        reason: why it is unknown, a Chinese phrase.
    """

    state: str
    readings: tuple[Reading, ...] = ()
    weak: bool = False
    reason: str = ""


def compare(subject: Subject, claim: Claim) -> Comparison:
    """Hold a claim against the cells that it may be about."""
    quantities = [subject.language.claim_vocabulary.quantities[key] for key in claim.quantities]
    readings: list[Reading] = [Reading((), 0)]
    reason = ""
    for quantity in quantities:
        own = []
        for cells in quantity.equals:
            value = cell_sum(subject, cells)
            if isinstance(value, str):
                reason = reason or value
            elif value is not None:
                own.append(Reading(cells, value))
        readings = [Reading(old.cells + new.cells, old.value + new.value) for old in readings for new in own]
    if not readings:
        return Comparison(UNKNOWN, reason=reason)
    unit = quantities[0].unit
    if any(_equal(subject, claim, reading.value, unit) for reading in readings):
        return Comparison(AGREES, tuple(readings))
    if reason:
        return Comparison(UNKNOWN, tuple(readings), reason=reason)
    tolerated = (cell_sum(subject, cells) for quantity in quantities for cells in quantity.tolerates)
    if any(value == claim.number for value in tolerated):
        return Comparison(TOLERATED, tuple(readings))
    weak = [cell_sum(subject, cells) for quantity in quantities for cells in quantity.weakens]
    return Comparison(CONTRADICTS, tuple(readings), any(value == claim.number for value in weak))


def cell_sum(subject: Subject, cells: CellSum) -> int | Decimal | str | None:
    """The sum of cells; a Chinese phrase if a cell holds no number; None if the form has no such cell."""
    total: int | Decimal = 0
    for table_key, row, column in cells:
        table = subject.report.tables.get(table_key)
        if table is None:
            known = subject.report.form.tables.get(table_key)
            if known and (row, column) not in known.order:
                return None
            return f"未找到{known.name if known else table_key}"
        if (row, column) not in table.form.order:
            return None
        if table_key in subject.doubted:
            return f"{table.form.name}读取可疑"
        cell = table.cell(row, column)
        if cell.value is None and cell.state not in _EMPTY:
            return f"{table.form.name}的{table.form.rows[row].name}没有数字"
        total += cell.value or 0
    return total


def in_unit(subject: Subject, claim: Claim, unit: str) -> int | Decimal:
    """The claim's number in another unit of money."""
    money = subject.language.claim_vocabulary.money
    if not unit or claim.unit == unit or claim.unit not in money:
        return claim.number
    return Decimal(claim.number) * money[claim.unit] / money[unit]


def _equal(subject: Subject, claim: Claim, value: int | Decimal, unit: str) -> bool:
    """Whether the numbers agree; money to the digits of the coarser one."""
    number = in_unit(subject, claim, unit)
    if number == value:
        return True
    if not unit:
        return False
    exponents = [_exponent(number), _exponent(value)]
    step = Decimal(1).scaleb(max(exponents))
    return abs(Decimal(number) - Decimal(value)) * 2 <= step if min(exponents) < 0 else False


def _exponent(number: int | Decimal) -> int:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return exponent if isinstance(exponent, int) else 0


def reading_words(subject: Subject, reading: Reading) -> str:
    """`表三新收 12`, or `表三新收＋上年结转 14`."""
    table_key = reading.cells[0][0]
    table = subject.report.tables[table_key].form
    if len(reading.cells) > _TOLD_CELLS:
        return f"{table.name}各项之和 {reading.value}"
    names = []
    for _, row, column in reading.cells:
        label = table.column_label(row, column)
        is_total = any(total.axis == "columns" and total.total == column for total in table.sums)
        names.append(table.rows[row].name + ("" if is_total else f"“{label}”"))
    return f"{table.name}{'＋'.join(names)} {reading.value}"


def judge_claim(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every figure of these quantities that the text tells agrees with the tables.

    Figures that contradict the same cells make one breach. Variants: `certain`; `likely`, where scope or
    wording leave a doubt; `other_reading`, where the number fits cells that the wording does not mean.
    """
    wanted = set(options["quantities"])
    claims = [
        claim for claim in subject.claims if wanted & set(claim.quantities) and _in_sections(claim, options)
    ]
    if not claims:
        raise CannotJudge("正文没有写这些数")
    compared = [(claim, compare(subject, claim)) for claim in claims]
    agreed = {claim.quantities for claim, comparison in compared if comparison.state == AGREES}
    groups: dict[tuple[str, ...], list[tuple[Claim, Comparison]]] = {}
    for claim, comparison in compared:
        if comparison.state == AGREES:
            yield _agreement(claim, comparison)
        elif comparison.state == UNKNOWN:
            yield Unjudged(comparison.reason or "格式里没有对应的格子")
        elif comparison.state == CONTRADICTS and claim.confidence == UNSURE:
            yield Unjudged(f"“{_short(claim)}”{claim.reason}，没有拿来比对")
        else:
            groups.setdefault(claim.quantities, []).append((claim, comparison))
    for quantities, group in groups.items():
        yield _breach(subject, group, doubtful=quantities in agreed)


def _in_sections(claim: Claim, options: Options) -> bool:
    section = claim.text.section
    return section in options.get("sections", (section,)) and section not in options.get(
        "except_sections", ()
    )


def _agreement(claim: Claim, comparison: Comparison) -> Judgement:
    """One cell that a certain figure agrees with bears witness to it."""
    only = comparison.readings[0] if len(comparison.readings) == 1 else None
    if only and len(only.cells) == 1 and claim.confidence == CERTAIN and claim.number == only.value:
        return Agreed(Witness(only.cells[0], claim.number))
    return None


def _breach(subject: Subject, group: Sequence[tuple[Claim, Comparison]], *, doubtful: bool) -> Breach:
    group = sorted(group, key=lambda one: one[1].state != CONTRADICTS)
    claim, comparison = group[0]
    if comparison.state == TOLERATED:
        variant = "other_reading"
    elif doubtful or comparison.weak or claim.confidence != CERTAIN:
        variant = LIKELY
    else:
        variant = CERTAIN
    cells = dict.fromkeys(cell for reading in comparison.readings for cell in reading.cells)
    related = [
        Related(table.place(row, column), table.cell(row, column).value)
        for key, row, column in cells
        if (table := subject.report.tables.get(key))
    ]
    related += [Related(other.place(), other.number) for other, _ in group[1:]]
    only = comparison.readings[0] if len(comparison.readings) == 1 else None
    witness = Witness(only.cells[0], claim.number) if only and len(only.cells) == 1 else None
    evidence: dict[str, Scalar] = {
        "title": claim.title,
        "told": f"“{_short(claim)}”" if claim.denied else f"{claim.number} {claim.unit}".strip(),
        "number": claim.number,
        "expected": comparison.readings[0].value,
        "cells": "，".join(reading_words(subject, reading) for reading in comparison.readings),
        "doubt": claim.reason or "",
        "count": len(group),
    }
    return Breach(claim.place(), evidence, variant, tuple(related), witness=witness)


def _short(claim: Claim, length: int = 30) -> str:
    first, last = claim.sentence
    if claim.denied:
        words = claim.text.squeezed.text[claim.start : claim.end]
    else:
        words = claim.text.squeezed.text[
            max(first, claim.start - 14) : min(last, claim.end + len(claim.unit))
        ]
    return words if len(words) <= length else words[: length - 1] + "…"


def _check_claim(options: Options, _forms: Mapping[str, Form]) -> Iterator[str]:
    if "sections" in options and "except_sections" in options:
        yield "sections 与 except_sections 只能写一个"


QUANTITIES: Final = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "format": "quantity"},
    "description": "数量的代号，见 rules/claims/",
}
SECTIONS: Final = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "integer", "minimum": 0},
    "description": "只看这些部分，0 为开头",
}
CLAIM: Final = Kind(
    judge_claim,
    "正文的数与表格",
    options_schema(
        ("quantities",),
        quantities=QUANTITIES,
        sections=SECTIONS,
        except_sections={**SECTIONS, "description": "不看这些部分"},
    ),
    ("title", "told", "number", "expected", "cells", "doubt", "count"),
    ("certain", "likely", "other_reading"),
    check=_check_claim,
)
