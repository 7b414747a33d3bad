"""Lines of a table that must add up: what must hold in them, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq, ge, le
from typing import Final

from checker.judging.judgement import Breach, Held, Judgement, Unjudged
from checker.judging.language.equation import parse_equation
from checker.judging.subject import Subject
from checker.judging.table_words import Amount, cell_words, line_name, line_words, plain
from checker.kinds.cells import all_blank, filled_table, number_fault
from checker.model.forms import Address, FormSum, FormTable
from checker.model.numerals import CellState
from checker.model.place import Related, Scalar
from checker.model.report import ReportTable
from checker.solver import SumIdentity
from checker.startup.records import dataclass

_SHOWN_TERMS: Final = 8


_Term = tuple[Address, int]
"""One cell of an identity: its address and the sign it carries on its side."""


@dataclass(frozen=True, slots=True)
class Line:
    """What must hold in one line of a table, whatever its figures are.

    Attributes:
        place: the cell under which a breach is reported.
        identity: the same for the solver.
    """

    left: tuple[_Term, ...]
    relation: str
    right: tuple[_Term, ...]
    place: Address
    identity: SumIdentity


def judge_sums(subject: Subject, table_key: str, axis: str) -> Iterator[Judgement]:
    """Every line that the form marks as a total equals the sum of its parts.

    With the axis `columns` the totals at the end of each row, with `rows` those at the foot of each column.
    A blank counts as 0, unless all totals of that direction or all parts of a line are blank: then they were
    left out, which is for the kind `blanks` to say.
    """
    table = filled_table(subject, table_key, doubtful=True)
    key = (table.form.key, axis)
    if (
        key not in subject.sums
    ):  # judged once: for the rules, and before that to tell tables that were misread
        sums = [one for one in table.form.sums if one.axis == axis]
        subject.sums[key] = [judged for one in sums for judged in _judge_form_sum(subject, table, one)]
    yield from subject.sums[key]


def _judge_form_sum(subject: Subject, table: ReportTable, form_sum: FormSum) -> Iterator[Judgement]:
    key = (form_sum.axis, form_sum.total, form_sum.parts)
    lines = subject.language.kept(table.form, key, lambda: _form_lines(table.form, form_sum))
    if all(table.cell(*line.place).state is CellState.BLANK for line in lines):
        name = line_name(table.form, form_sum.axis, form_sum.total)
        yield Unjudged(f"{table.form.name}“{name}”整{_line_word(form_sum.axis)}未填")
        return
    for line in lines:
        if table.cell(*line.place).value and all_blank(table, (address for address, _ in line.left)):
            yield Unjudged(f"{table.form.name}{_line_label(table, line)}各分项未填")
            continue
        yield judge_line(subject, table, line)


def _form_lines(form: FormTable, form_sum: FormSum) -> list[Line]:
    return [
        line_of(
            form,
            f"{form_sum.axis}:{form_sum.total}:{line}",
            [(cell_address(form_sum.axis, part, line), 1) for part in form_sum.parts],
            "=",
            [(cell_address(form_sum.axis, form_sum.total, line), 1)],
        )
        for line in _lines_across(form, form_sum)
    ]


def line_of(form: FormTable, name: str, left: list[_Term], relation: str, right: list[_Term]) -> Line:
    """What must hold in a line; a breach is reported under the first cell on the right."""
    terms = [*left, *((address, -sign) for address, sign in right)]
    identity = SumIdentity(
        f"{form.key}:{name}", tuple(((form.key, *address), sign) for address, sign in terms)
    )
    return Line(tuple(left), relation, tuple(right), right[0][0], identity)


def lines_of_equation(form: FormTable, source: str, each: str, only: Sequence[str] = ()) -> list[Line]:
    """An equation in every line that has all its terms.

    Args:
        form: the table.
        source: such as `R1 + R2 = S + R4`.
        each: `column` if its terms are rows, `row` if they are columns.
        only: the lines in which it must hold; empty for all.
    """
    equation = parse_equation(source)
    if equation is None:  # refused when the rules were loaded
        return []
    left, relation, right = equation
    by_column = each == "column"
    axis = "rows" if by_column else "columns"
    lines: list[Line] = []
    for line in only or list(form.columns if by_column else form.rows):
        sides = [[(cell_address(axis, key, line), sign) for sign, key in side] for side in (left, right)]
        if all(address in form.order for side in sides for address, _ in side):
            lines.append(line_of(form, f"{source}:{line}", sides[0], relation, sides[1]))
    return lines


def _lines_across(form: FormTable, form_sum: FormSum) -> Iterator[str]:
    """Keys of the lines in which a sum must hold: columns for a sum of rows, rows for a sum of columns."""
    for block in form.blocks:
        rows, columns = [line.key for line in block.rows], [line.key for line in block.columns]
        if form_sum.total in (rows if form_sum.axis == "rows" else columns):
            yield from columns if form_sum.axis == "rows" else rows


def cell_address(axis: str, key: str, line: str) -> tuple[str, str]:
    """The cell of a line: `key` names the row and `line` the column if rows are added up, else reversed."""
    return (key, line) if axis == "rows" else (line, key)


def _line_word(axis: str) -> str:
    return "行" if axis == "rows" else "列"


def judge_line(subject: Subject, table: ReportTable, line: Line) -> Judgement:
    """Whether what must hold in a line does."""
    amounts = subject.amounts.get(table.form.key)
    if amounts is None:
        amounts = subject.amounts[table.form.key] = _amounts(table)
    try:
        left_sum = sum([sign * amounts[address] for address, sign in line.left])
        right_sum = sum([sign * amounts[address] for address, sign in line.right])
    except KeyError:
        return Unjudged(_unsound_cell(table, line, amounts))
    if _HOLDS[line.relation](left_sum, right_sum):
        return Held(line.identity) if line.relation == "=" else None
    return _broken(table, line, amounts, (left_sum, right_sum))


_HOLDS: Final[Mapping[str, Callable[[Amount, Amount], bool]]] = {"=": eq, ">=": ge, "<=": le}


def _amounts(table: ReportTable) -> dict[Address, Amount]:
    """What each cell stands for in a sum: blanks and the like count as 0; cells that are not sound have none."""
    amounts: dict[Address, Amount] = {}
    for address, number_type in table.form.number_types.items():
        number = table.cell(*address).number
        if number.value is None:
            if number.state not in _UNSOUND:
                amounts[address] = 0
        elif not number_fault(number.value, "", number_type):
            amounts[address] = number.value
    return amounts


_UNSOUND: Final[Mapping[CellState, str]] = {CellState.MISSING: "缺少", CellState.UNREADABLE: "读不出数字："}


def _unsound_cell(table: ReportTable, line: Line, amounts: Mapping[Address, Amount]) -> str:
    """What is wrong with the first cell of a line that stands for nothing in a sum."""
    address = next(address for address, _ in (*line.left, *line.right) if address not in amounts)
    cell = table.cell(*address)
    words = f"{table.form.name}{cell_words(table, address)}"
    return f"{words}{_UNSOUND.get(cell.state, '不是有效的数字：')}{cell.raw}"


def _broken(
    table: ReportTable, line: Line, amounts: Mapping[Address, Amount], sums: tuple[Amount, Amount]
) -> Breach:
    terms = [address for address, _ in (*line.left, *line.right)]
    blanks = {address for address in terms if table.cell(*address).state is CellState.BLANK}
    evidence: dict[str, Scalar] = {
        "left": sums[0],
        "right": sums[1],
        "difference": sums[0] - sums[1],
        "formula": _formula(table.form, line, amounts, sums),
        "line": _line_label(table, line),
        "blanks": "（空白按 0 计）" if blanks else "",
    }
    related = tuple(
        Related(table.place(*address), table.cell(*address).value)
        for address in terms
        if address != line.place and (amounts[address] or address in blanks)
    )
    return Breach(
        table.place(*line.place),
        evidence,
        related=related,
        identity=line.identity if line.relation == "=" else None,
    )


def _line_label(table: ReportTable, line: Line) -> str:
    """The row or column along which the identity runs, as a person would name it."""
    return line_words(table.form, *line.place, down=_runs_down(line))


def _runs_down(line: Line) -> bool:
    """Whether the terms stand in one column."""
    return all(address[1] == line.place[1] for address, _ in line.left)


def _formula(
    form: FormTable, line: Line, amounts: Mapping[Address, Amount], sums: tuple[Amount, Amount]
) -> str:
    """Such as `1288＋447＋… ＝ 2930，表中 2932，差 2` or `3＋0 ＝ 3，2＋0 ＝ 2，差 1`."""
    gap: Amount = sums[0] - sums[1]
    difference = f"差 {plain(max(gap, -gap))}"
    left_text = _side(line.left, amounts, sums[0])
    if len(line.right) > 1:
        return f"{left_text}，{_side(line.right, amounts, sums[1])}，{difference}"
    if line.relation == "=":
        left_text = left_text if "＝" in left_text else f"应为 {left_text}"
        return f"{left_text}，表中 {plain(sums[1])}，{difference}"
    name = (
        line_name(form, "rows", line.place[0])
        if _runs_down(line)
        else line_name(form, "columns", line.place[1])
    )
    return f"{left_text}，{'小于' if line.relation == '>=' else '大于'}{name} {plain(sums[1])}"


def _side(terms: Sequence[_Term], amounts: Mapping[Address, Amount], total: Amount) -> str:
    """The terms of one side and their sum; zeros are left out of long sums."""
    shown = terms if len(terms) <= _SHOWN_TERMS else [term for term in terms if amounts[term[0]]] or terms[:1]
    if len(shown) == 1:
        return plain(total)
    text = ""
    for index, (address, sign) in enumerate(shown[:_SHOWN_TERMS]):
        mark = "－" if sign < 0 else ("＋" if index else "")
        text += mark + plain(amounts[address])
    return f"{text}{'＋…' if len(shown) > _SHOWN_TERMS else ''} ＝ {plain(total)}"


SUM_EVIDENCE: Final = ("left", "right", "difference", "formula", "line", "blanks")
