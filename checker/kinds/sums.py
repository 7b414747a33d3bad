"""Kinds about figures that must add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.findings import Related, Scalar
from checker.forms import Form, FormSum, FormTable
from checker.kinds.base import (
    TABLE,
    Breach,
    Held,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.kinds.tables import (
    Amount,
    all_blank,
    cell_words,
    filled_table,
    line_name,
    line_words,
    number_fault,
    plain,
    tables_named,
)
from checker.lazy_re import compile_later
from checker.numerals import CellState
from checker.records import dataclass
from checker.report import CellValue, ReportTable
from checker.solver import CellKey, Explanation, Identity, Number, TableLayout

_SHOWN_TERMS: Final = 8


@dataclass(frozen=True, slots=True)
class _Term:
    """One cell of an identity: its address and the sign it carries on its side."""

    row: str
    column: str
    sign: int = 1


def judge_sum(subject: Subject, options: Options) -> Iterator[Judgement]:
    """Every line that the form marks as a total equals the sum of its parts.

    With `direction: across` the totals at the end of each row, with `direction: down` those at the foot of
    each column. A blank counts as 0, unless all totals of that direction or all parts of a line are blank:
    then they were left out, which is for the kind `blanks` to say.
    """
    table = filled_table(subject, options["table"], doubtful=True)
    axis = "columns" if options["direction"] == "across" else "rows"
    key = (table.form.key, axis)
    if (
        key not in subject.sums
    ):  # they are judged for the rules, and before that to tell tables that were misread
        sums = [one for one in table.form.sums if one.axis == axis]
        subject.sums[key] = [judged for one in sums for judged in _judge_form_sum(table, one)]
    yield from subject.sums[key]


def _judge_form_sum(table: ReportTable, form_sum: FormSum) -> Iterator[Judgement]:
    lines = list(_lines_across(table.form, form_sum))
    totals = [table.cell(*_address(form_sum.axis, form_sum.total, line)) for line in lines]
    if all(total.state is CellState.BLANK for total in totals):
        name = line_name(table.form, form_sum.axis, form_sum.total)
        yield Unjudged(f"{table.form.name}“{name}”整{_line_word(form_sum.axis)}未填")
        return
    for line in lines:
        parts = [_Term(*_address(form_sum.axis, part, line)) for part in form_sum.parts]
        total = _Term(*_address(form_sum.axis, form_sum.total, line))
        if table.cell(total.row, total.column).value and all_blank(table, ((p.row, p.column) for p in parts)):
            yield Unjudged(f"{table.form.name}{_line_label(table, total, parts)}各分项未填")
            continue
        yield _judge_identity(
            table, f"{form_sum.axis}:{form_sum.total}:{line}", parts, "=", [total], place=total
        )


def _lines_across(form: FormTable, form_sum: FormSum) -> Iterator[str]:
    """Keys of the lines in which a sum must hold: columns for a sum of rows, rows for a sum of columns."""
    for block in form.blocks:
        rows, columns = [line.key for line in block.rows], [line.key for line in block.columns]
        if form_sum.total in (rows if form_sum.axis == "rows" else columns):
            yield from columns if form_sum.axis == "rows" else rows


def _address(axis: str, key: str, line: str) -> tuple[str, str]:
    return (key, line) if axis == "rows" else (line, key)


def _line_word(axis: str) -> str:
    return "行" if axis == "rows" else "列"


_EQUATION: Final = compile_later(r"^(?P<left>[^<>=≠]+)(?P<relation>=|>=|<=)(?P<right>[^<>=≠]+)$")
_SIGNED_KEY: Final = compile_later(r"\s*([-+]?)\s*([A-Za-z_][\w.]*)\s*")
_PLAIN_SIGNS: Final = {"＝": "=", "≥": ">=", "≤": "<=", "＋": "+", "－": "-", "−": "-"}


def parse_equation(text: str) -> tuple[list[tuple[int, str]], str, list[tuple[int, str]]] | None:
    """Split `R1 + R2 = S + R4` into signed keys, relation and signed keys; None if it is not of that shape."""
    for sign, plain_sign in _PLAIN_SIGNS.items():
        text = text.replace(sign, plain_sign)
    match = _EQUATION.match(text)
    if match is None:
        return None
    sides: list[list[tuple[int, str]]] = []
    for side in (match["left"], match["right"]):
        keys: list[tuple[int, str]] = []
        position = 0
        while position < len(side):
            term = _SIGNED_KEY.match(side, position)
            if term is None or (keys and not term[1]):
                return None
            keys.append((-1 if term[1] == "-" else 1, term[2]))
            position = term.end()
        if not keys:
            return None
        sides.append(keys)
    return sides[0], match["relation"], sides[1]


def judge_equation(subject: Subject, options: Options) -> Iterator[Judgement]:
    """`equation` holds in each column (its terms are rows) or in each row (its terms are columns)."""
    table = filled_table(subject, options["table"], doubtful=True)
    equation = parse_equation(options["equation"])
    if equation is None:  # refused when the rules were loaded
        return
    left, relation, right = equation
    by_column = options["each"] == "column"
    axis = "rows" if by_column else "columns"
    wanted: Sequence[str] = options.get("only") or list(table.form.columns if by_column else table.form.rows)
    for line in wanted:
        terms = [[_Term(*_address(axis, key, line), sign) for sign, key in side] for side in (left, right)]
        if all((term.row, term.column) in table.form.order for side in terms for term in side):
            yield _judge_identity(
                table, f"{options['equation']}:{line}", terms[0], relation, terms[1], place=terms[1][0]
            )


def _check_equation(options: Options, forms: Mapping[str, Form]) -> Iterator[str]:
    """Faults of `equation`: its shape, and keys that no form's table has."""
    parsed = parse_equation(options["equation"])
    if parsed is None:
        yield f"看不懂等式“{options['equation']}”；应写成 R1 + R2 = S + R4 这样，关系可用 =、>=、<="
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
        yield f"等式里写的都是{words[1]}的代号，each 应写 {other}（在每{words[0]}成立）"
        return
    for key in dict.fromkeys(terms):
        if key not in known:
            yield f"{options['table']} 没有代号为“{key}”的{words[0]}；可用：{'、'.join(known)}"
    for key in options.get("only", ()):
        if key not in across:
            yield f"{options['table']} 没有代号为“{key}”的{words[1]}；可用：{'、'.join(across)}"


def _judge_identity(
    table: ReportTable, name: str, left: list[_Term], relation: str, right: list[_Term], *, place: _Term
) -> Judgement:
    """Judge left <relation> right; `place` is the cell under which a breach is reported."""
    cells = {(term.row, term.column): table.cell(term.row, term.column) for term in (*left, *right)}
    for (row, column), cell in cells.items():
        if cell.state in (CellState.MISSING, CellState.UNREADABLE):
            state = "缺少" if cell.state is CellState.MISSING else "读不出数字："
            return Unjudged(f"{table.form.name}{cell_words(table, (row, column))}{state}{cell.raw}")
        if cell.value is not None and number_fault(cell.value, "", table.form.number_type(row, column)):
            return Unjudged(f"{table.form.name}{cell_words(table, (row, column))}不是有效的数字：{cell.raw}")
    amounts = {address: _amount(cell) for address, cell in cells.items()}
    left_sum, right_sum = _total(left, amounts), _total(right, amounts)
    identity = Identity(
        f"{table.form.key}:{name}",
        tuple(((table.form.key, term.row, term.column), term.sign) for term in left)
        + tuple(((table.form.key, term.row, term.column), -term.sign) for term in right),
    )
    holds = {"=": left_sum == right_sum, ">=": left_sum >= right_sum, "<=": left_sum <= right_sum}[relation]
    if holds:
        return Held(identity) if relation == "=" else None
    blanks = [address for address, cell in cells.items() if cell.state is CellState.BLANK]
    evidence: dict[str, Scalar] = {
        "left": left_sum,
        "right": right_sum,
        "difference": left_sum - right_sum,
        "formula": _formula(table.form, (left, right), relation, amounts, (left_sum, right_sum)),
        "line": _line_label(table, place, left),
        "blanks": "（空白按 0 计）" if blanks else "",
    }
    related = tuple(
        Related(table.place(term.row, term.column), table.cell(term.row, term.column).value)
        for term in (*left, *right)
        if (term.row, term.column) != (place.row, place.column)
        and (amounts[term.row, term.column] or (term.row, term.column) in blanks)
    )
    return Breach(
        table.place(place.row, place.column),
        evidence,
        related=related,
        identity=identity if relation == "=" else None,
    )


def _total(terms: list[_Term], amounts: Mapping[tuple[str, str], Amount]) -> Amount:
    total: Amount = 0
    for term in terms:
        total += term.sign * amounts[term.row, term.column]
    return total


def _amount(cell: CellValue) -> Amount:
    """The figure a cell stands for in a sum: blanks and the like count as 0."""
    return 0 if cell.value is None else cell.value


def _line_label(table: ReportTable, place: _Term, left: list[_Term]) -> str:
    """The row or column along which the identity runs, as a person would name it."""
    down = all(term.column == place.column for term in left)
    return line_words(table.form, place.row, place.column, down=down)


def _formula(
    form: FormTable,
    sides: tuple[list[_Term], list[_Term]],
    relation: str,
    amounts: Mapping[tuple[str, str], Amount],
    sums: tuple[Amount, Amount],
) -> str:
    """Such as `1288＋447＋… ＝ 2930，表中 2932，差 2` or `3＋0 ＝ 3，2＋0 ＝ 2，差 1`."""
    left, right = sides
    gap: Amount = sums[0] - sums[1]
    difference = f"差 {plain(max(gap, -gap))}"
    left_text = _side(left, amounts, sums[0])
    if len(right) > 1:
        return f"{left_text}，{_side(right, amounts, sums[1])}，{difference}"
    if relation == "=":
        return f"{left_text}，表中 {plain(sums[1])}，{difference}"
    name = line_name(form, "columns", right[0].column)
    return f"{left_text}，{'小于' if relation == '>=' else '大于'}{name} {plain(sums[1])}"


def _side(terms: list[_Term], amounts: Mapping[tuple[str, str], Amount], total: Amount) -> str:
    """The terms of one side and their sum; zeros are left out of long sums."""
    if len(terms) == 1:
        return plain(total)
    shown = (
        terms if len(terms) <= _SHOWN_TERMS else [t for t in terms if amounts[t.row, t.column]] or terms[:1]
    )
    text = ""
    for index, term in enumerate(shown[:_SHOWN_TERMS]):
        sign = "－" if term.sign < 0 else ("＋" if index else "")
        text += sign + plain(amounts[term.row, term.column])
    return f"{text}{'＋…' if len(shown) > _SHOWN_TERMS else ''} ＝ {plain(total)}"


def explain_sums(
    table: ReportTable, identities: Sequence[Identity], witnesses: Mapping[CellKey, Number] | None = None
) -> Sequence[Explanation]:
    """What must be wrong for the broken ones among a table's sums to be broken.

    Args:
        table: the table.
        identities: all its sums, those that hold too.
        witnesses: figures known from elsewhere.
    """
    from checker.solver.explain import explain  # noqa: PLC0415  # in most reports all sums hold

    keys = {cell for identity in identities for cell, _ in identity.terms}
    values: dict[CellKey, Number | None] = {}
    for key in keys:
        cell = table.cell(key[1], key[2])
        values[key] = cell.value if cell.state is not CellState.BLANK else None
    own = {cell: value for cell, value in (witnesses or {}).items() if cell in keys}
    return explain(identities, values, [_layout(table)], witnesses=own)


def _layout(table: ReportTable) -> TableLayout:
    form = table.form
    return TableLayout(
        table=form.key,
        rows=tuple(form.rows),
        columns=tuple(form.columns),
        total_rows=frozenset(s.total for s in form.sums if s.axis == "rows"),
        total_columns=frozenset(s.total for s in form.sums if s.axis == "columns"),
    )


_EVIDENCE: Final = ("left", "right", "difference", "formula", "line", "blanks")

SUM: Final = Kind(
    judge_sum,
    "合计",
    options_schema(
        ("table", "direction"),
        table=TABLE,
        direction={"enum": ["across", "down"], "description": "across：每行的合计列；down：每列的合计行"},
    ),
    _EVIDENCE,
    about_sums=True,
)
EQUATION: Final = Kind(
    judge_equation,
    "等式",
    options_schema(
        ("table", "equation", "each"),
        table=TABLE,
        equation={"type": "string", "description": "如 R1 + R2 = S + R4，关系可用 =、>=、<="},
        each={"enum": ["column", "row"], "description": "column：在每列成立；row：在每行成立"},
        only={"type": "array", "items": {"type": "string"}, "description": "只在这些列（或行）检查"},
    ),
    _EVIDENCE,
    check=_check_equation,
    about_sums=True,
)
