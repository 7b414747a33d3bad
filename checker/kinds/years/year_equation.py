"""`year_equation`: 跨年等式."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.judging.figures import Figures, Years
from checker.judging.judgement import Agreed, Breach, CannotJudge, Judgement, Unjudged, Witness
from checker.judging.language.equation import LAST, parse_equation
from checker.judging.language.language import Language
from checker.judging.rules import LooksAt
from checker.judging.slip_words import typing_words
from checker.judging.subject import Subject
from checker.judging.table_words import Amount, cell_words, line_name, line_words, plain
from checker.kinds.cells import filled_table, line_faults
from checker.kinds.kind import Judge, Kind, Options
from checker.kinds.options import EACH_LINE, EQUATION, LINE, PATTERNS, SCOPE, TABLE, options_schema
from checker.kinds.years.last_year import years_of
from checker.model.findings import CellChange, Suggestion
from checker.model.forms import Form
from checker.model.place import Related, Scalar
from checker.model.report import ReportTable
from checker.solver import CellKey, name_slip
from checker.startup.records import dataclass

"""In front of a key in an equation: the cell of last year's report."""


_CERTAIN, _LIKELY, _NO_SIGN = 2, 1, 0


@dataclass(frozen=True, slots=True)
class _Term:
    """One cell of an equation over two years, brought to the left side.

    Attributes:
        last: it is last year's cell.
        coefficient: 1 or -1.
    """

    last: bool
    cell: CellKey
    coefficient: int

    def value(self, own: Figures, previous: Figures) -> Amount | None:
        """The figure in the cell, None if it is unknown."""
        return (previous if self.last else own).value(self.cell[0], self.cell[1:])

    def is_there(self, own: Figures, previous: Figures) -> bool:
        """Whether the form of its year has such a cell."""
        return (previous if self.last else own).has_cell(self.cell[0], self.cell[1:])


def compile_year_equation(options: Options, _language: Language) -> Judge:
    """An equation over two years holds in each column (its terms are rows) or row; `last.` marks last year.

    A breach says on which side the mistake is likelier: where a table's own sums are broken and would hold
    with the figure that the other year asks for; where the year before or after disagrees as well; what the
    text says. Lines that one of the two forms does not have are passed over.
    """

    def judge(subject: Subject) -> Iterator[Judgement]:
        years = years_of(subject)
        table = filled_table(subject, options["table"])
        if options["table"] not in years.previous.tables:
            raise CannotJudge(f"上一年的报告没有可用的{table.form.name}")
        compared = False
        for line in _lines(table, options):
            terms = _terms(options, line)
            if not all(term.is_there(years.own, years.previous) for term in terms):
                continue
            compared = True
            yield _judge_line(subject, table, years, options, terms)
        if not compared:
            raise CannotJudge("上一年用的是另一种格式，没有可以比较的数")

    return judge


def _lines(table: ReportTable, options: Options) -> Sequence[str]:
    lines = table.form.columns if options["each"] == "column" else table.form.rows
    return [
        line
        for line in lines
        if line in options.get("only", (line,)) and line not in options.get("except", ())
    ]


def _terms(options: Options, line: str) -> list[_Term]:
    equation = parse_equation(options["equation"])
    if equation is None:  # refused when the rules were loaded
        return []
    terms: list[_Term] = []
    for side, direction in ((equation[0], 1), (equation[2], -1)):
        for sign, key in side:
            name = key.removeprefix(LAST)
            address = (name, line) if options["each"] == "column" else (line, name)
            terms.append(_Term(name != key, (options["table"], *address), sign * direction))
    return terms


def _judge_line(
    subject: Subject, table: ReportTable, years: Years, options: Options, terms: list[_Term]
) -> Judgement:
    residual = _residual(terms, years.own, years.previous)
    first = terms[0]
    line = line_words(table.form, *first.cell[1:], down=options["each"] == "column")
    if residual is None:
        return Unjudged(
            f"{table.form.name}{line_words(table.form, *first.cell[1:], down=options['each'] == 'column')}有读不出的数"
        )
    here = [term for term in terms if not term.last]
    value = first.value(years.own, years.previous) or 0
    witness = Witness(first.cell, value - residual) if len(here) == 1 else None
    if not residual:
        return Agreed(witness) if witness else None
    side = _side(subject, years, terms, residual)
    evidence: dict[str, Scalar] = {
        "value": value,
        "expected": value - residual,
        "difference": residual,
        "line": line,
        "derivation": _derivation(table, years, terms, options),
        "last_year": years.previous.identity.year,
        "slip": _slip(years, terms, side),
    }
    variant = "explained" if _is_explained(subject, options) else side
    return Breach(
        table.place(*first.cell[1:]),
        evidence,
        variant,
        related=tuple(_related(term, table, years) for term in terms[1:]),
        suggestion=_repair(table, witness, value) if variant == "this_year" else None,
        witness=witness,
    )


def _residual(terms: Sequence[_Term], own: Figures, previous: Figures) -> Amount | None:
    total: Amount = 0
    for term in terms:
        value = term.value(own, previous)
        if value is None:
            return None
        total += term.coefficient * value
    return total


def _side(subject: Subject, years: Years, terms: Sequence[_Term], residual: Amount) -> str:
    """Which year's figures are likelier wrong: `this_year`, `last_year`, or `open`."""
    signs = {False: _NO_SIGN, True: _NO_SIGN}
    for term in terms:
        value = term.value(years.own, years.previous)
        meant = (value or 0) - term.coefficient * residual
        if value is None or meant < 0:
            continue
        sign = _sign(years.previous if term.last else years.own, term.cell, meant)
        if _breaks_the_next_link_too(years, terms, term, meant):
            sign = _CERTAIN
        signs[term.last] = max(signs[term.last], sign)
        elsewhere = () if term.last else subject.witnessed.get(term.cell, ())
        if meant in elsewhere and value not in elsewhere:
            signs[False] = _CERTAIN
        elif value in elsewhere and meant not in elsewhere:
            signs[True] = max(signs[True], _LIKELY)
    if signs[False] == signs[True]:
        return "open"
    return "this_year" if signs[False] > signs[True] else "last_year"


def _sign(figures: Figures, cell: CellKey, meant: Amount) -> int:
    """How much a report's own sums speak for the cell being wrong."""
    if figures.is_repaired_by(cell, meant):
        return _CERTAIN
    return _LIKELY if next(figures.broken_sums(cell), None) else _NO_SIGN


def _breaks_the_next_link_too(years: Years, terms: Sequence[_Term], wrong: _Term, meant: Amount) -> bool:
    """Whether the same cell is out of line with its other neighbour in time, and would not be if it said `meant`."""
    own, previous = (years.previous, years.earlier) if wrong.last else (years.following, years.own)
    if own is None or previous is None:
        return False
    moved = _Term(not wrong.last, wrong.cell, 0)
    if not all(term.is_there(own, previous) for term in (*terms, moved)):
        return False
    residual = _residual(terms, own, previous)
    change = meant - (moved.value(own, previous) or 0)
    same = [term for term in terms if term.cell == moved.cell and term.last is moved.last]
    effect = sum((term.coefficient * change for term in same), start=0)
    return bool(residual) and bool(effect) and residual == -effect


def _derivation(table: ReportTable, years: Years, terms: Sequence[_Term], options: Options) -> str:
    """Where the expected figure comes from: `2023 年度现行有效 41 ＋ 2024 年度制发 6 － 2024 年度废止 3 ＝ 44`."""
    axis = "rows" if options["each"] == "column" else "columns"
    text = ""
    total: Amount = 0
    for term in terms[1:]:
        total -= term.coefficient * (term.value(years.own, years.previous) or 0)
        sign = " － " if term.coefficient > 0 else (" ＋ " if text else "")
        text += sign + _term_words(table, years, term, axis)
    return text + (f" ＝ {plain(total)}" if len(terms) > 2 else "")  # noqa: PLR2004  # more than two equal figures


def _term_words(table: ReportTable, years: Years, term: _Term, axis: str) -> str:
    year = (years.previous if term.last else years.own).identity.year
    name = line_name(table.form, axis, term.cell[1 if axis == "rows" else 2])
    return f"{year} 年度{name} {plain(term.value(years.own, years.previous) or 0)}"


def _slip(years: Years, terms: Sequence[_Term], side: str) -> str:
    """The slip of typing that makes one figure out of the other, as a clause to append.

    Only for two figures that should be equal; where the side is open, only if it is the same both ways.
    """
    if len(terms) != 2:  # noqa: PLR2004  # equal figures
        return ""
    here, there = (term.value(years.own, years.previous) or 0 for term in terms)
    slips = {"this_year": name_slip(here, there), "last_year": name_slip(there, here)}
    if side == "open" and len(set(slips.values())) > 1:
        return ""
    words = typing_words(slips.get(side, slips["this_year"]), here, there)
    return f"，像是{words}" if words else ""


def _is_explained(subject: Subject, options: Options) -> bool:
    if "explained_by" not in options:
        return False
    view = subject.view(options.get("where", "全文"))
    return next(view.matches(options["explained_by"]), None) is not None


def _related(term: _Term, table: ReportTable, years: Years) -> Related:
    _, row, column = term.cell
    place = years.previous.place(*term.cell) if term.last else table.place(row, column)
    return Related(place, term.value(years.own, years.previous))


def _repair(table: ReportTable, witness: Witness | None, value: Amount) -> Suggestion | None:
    if witness is None or witness.value < 0:
        return None
    change = CellChange(*witness.cell, value, witness.value)
    text = f"{cell_words(table, witness.cell[1:])}应为 {plain(witness.value)}（现为 {plain(value)}）。"
    return Suggestion(text, (change,), unique=True)


def _check_year_equation(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Faults of the equation: its shape, keys that no form has, no term of last year."""
    parsed = parse_equation(options["equation"])
    if parsed is None or parsed[1] != "=":
        yield f"看不懂等式“{options['equation']}”；应写成 甲 = 上年.乙、R2 = last.R4 这样"
        return
    keys = [key for side in (parsed[0], parsed[2]) for _, key in side]
    lines = [key.removeprefix(LAST) for key in keys]
    rows, columns = (lines, ()) if options["each"] == "column" else ((), lines)
    yield from line_faults(options["table"], forms, rows=rows, columns=columns)
    if keys[0].startswith(LAST) or not any(key.startswith(LAST) for key in keys):
        yield "等式左边第一项应是本年的数，并且至少有一项是上一年的（“上年.”或 last. 开头）"


_LINES: Final = {"type": "array", "minItems": 1, "items": LINE}
KIND: Final = Kind(
    title="跨年等式",
    about="跨两年的等式处处成立，如今年一格的数等于上一年另一格的数。",
    compile=compile_year_equation,
    options=options_schema(
        ("table", "equation", "each"),
        table=TABLE,
        equation={
            **EQUATION,
            "description": "行或列的名称或代号，上一年的前面加“上年.”，如 甲 = 上年.乙、R2 = last.R4",
        },
        each=EACH_LINE,
        only={**_LINES, "description": "只在这些列（或行）检查"},
        **{"except": {**_LINES, "description": "不在这些列（或行）检查"}},
        explained_by={**PATTERNS, "description": "文中有这样的话，就是已经说明了原因"},
        where=SCOPE,
    ),
    evidence=("value", "expected", "difference", "line", "derivation", "last_year", "slip"),
    variants=("this_year", "last_year", "open", "explained"),
    check=_check_year_equation,
    looks_at=LooksAt.LAST_YEAR,
    skeleton=r"""
title: 上年结转等于上年报告的结转下年
check: {table: 表三, equation: 上年结转 = 上年.结转下年, each: column, only: [总计]}
message: 表三上年结转总计 {value} 件，{last_year} 年度报告结转下年 {expected} 件
examples:
  - {name: 接得上, expect: pass, given: {cells: {"T3[R2, total]": 2}, previous: {cells: {"T3[R4, total]": 2}}}}
  - {name: 接不上, expect: fail, given: {cells: {"T3[R2, total]": 2}, previous: {cells: {"T3[R4, total]": 3}}}, findings: [{place: "T3[R2, total]", evidence: {value: 2, expected: 3}}]}
""",
)
