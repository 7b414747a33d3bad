"""Kinds about figures that must add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq, ge, le
from typing import Final

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
from checker.kinds.tables.tables import (
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
from checker.model.findings import Related, Scalar
from checker.model.forms import Address, Form, FormSum, FormTable
from checker.model.numerals import CellState
from checker.model.report import ReportTable
from checker.solver import CellKey, Explanation, Identity, Number, TableLayout
from checker.startup.records import dataclass

_SHOWN_TERMS: Final = 8


_Term = tuple[Address, int]
"""One cell of an identity: its address and the sign it carries on its side."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What must hold in one line of a table, whatever its figures are.

    Attributes:
        place: the cell under which a breach is reported.
        identity: the same for the solver.
    """

    left: tuple[_Term, ...]
    relation: str
    right: tuple[_Term, ...]
    place: Address
    identity: Identity


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
        yield _judge_line(subject, table, line)


def _form_lines(form: FormTable, form_sum: FormSum) -> list[_Line]:
    return [
        _line(
            form,
            f"{form_sum.axis}:{form_sum.total}:{line}",
            [(_address(form_sum.axis, part, line), 1) for part in form_sum.parts],
            "=",
            [(_address(form_sum.axis, form_sum.total, line), 1)],
        )
        for line in _lines_across(form, form_sum)
    ]


def _line(form: FormTable, name: str, left: list[_Term], relation: str, right: list[_Term]) -> _Line:
    """What must hold in a line; a breach is reported under the first cell on the right."""
    terms = [*left, *((address, -sign) for address, sign in right)]
    identity = Identity(f"{form.key}:{name}", tuple(((form.key, *address), sign) for address, sign in terms))
    return _Line(tuple(left), relation, tuple(right), right[0][0], identity)


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


_RELATIONS: Final = {">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=", "=": "=", "＝": "="}
_PLAIN_SIGNS: Final = str.maketrans("＋－−", "+--")


def parse_equation(text: str) -> tuple[list[tuple[int, str]], str, list[tuple[int, str]]] | None:
    """Split `R1 + R2 = S + R4` into signed keys, relation and signed keys; None if it is not of that shape."""
    written = next((one for one in _RELATIONS if one in text), None)
    if written is None:
        return None
    left, _, right = text.partition(written)
    sides = _signed_keys(left), _signed_keys(right)
    return (sides[0], _RELATIONS[written], sides[1]) if sides[0] and sides[1] else None


def _signed_keys(side: str) -> list[tuple[int, str]]:
    """The keys of `R1 + R2 - R3` with their signs; empty if it is not of that shape."""
    terms = side.translate(_PLAIN_SIGNS).replace("-", "+-").split("+")
    if len(terms) > 1 and not terms[0].strip():  # a sign in front of the first key
        del terms[0]
    keys = [(-1 if term.startswith("-") else 1, term.removeprefix("-").strip()) for term in terms]
    return keys if all(_is_key(key) for _, key in keys) else []


def _is_key(word: str) -> bool:
    start = word[:1]
    return (start == "_" or (start.isascii() and start.isalpha())) and word.translate(_WORD_SIGNS).isalnum()


_WORD_SIGNS: Final = str.maketrans("_.", "xx")


def judge_equation(subject: Subject, options: Options) -> Iterator[Judgement]:
    """`equation` holds in each column (its terms are rows) or in each row (its terms are columns)."""
    table = filled_table(subject, options["table"], doubtful=True)
    key = (options["equation"], options["each"], *options.get("only", ()))
    for line in subject.language.kept(table.form, key, lambda: _equation_lines(table.form, options)):
        yield _judge_line(subject, table, line)


def _equation_lines(form: FormTable, options: Options) -> list[_Line]:
    """An equation in every line that has all its terms."""
    equation = parse_equation(options["equation"])
    if equation is None:  # refused when the rules were loaded
        return []
    left, relation, right = equation
    by_column = options["each"] == "column"
    axis = "rows" if by_column else "columns"
    wanted: Sequence[str] = options.get("only") or list(form.columns if by_column else form.rows)
    lines: list[_Line] = []
    for line in wanted:
        sides = [[(_address(axis, key, line), sign) for sign, key in side] for side in (left, right)]
        if all(address in form.order for side in sides for address, _ in side):
            lines.append(_line(form, f"{options['equation']}:{line}", sides[0], relation, sides[1]))
    return lines


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


def _judge_line(subject: Subject, table: ReportTable, line: _Line) -> Judgement:
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


def _unsound_cell(table: ReportTable, line: _Line, amounts: Mapping[Address, Amount]) -> str:
    """What is wrong with the first cell of a line that stands for nothing in a sum."""
    address = next(address for address, _ in (*line.left, *line.right) if address not in amounts)
    cell = table.cell(*address)
    words = f"{table.form.name}{cell_words(table, address)}"
    return f"{words}{_UNSOUND.get(cell.state, '不是有效的数字：')}{cell.raw}"


def _broken(
    table: ReportTable, line: _Line, amounts: Mapping[Address, Amount], sums: tuple[Amount, Amount]
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


def _line_label(table: ReportTable, line: _Line) -> str:
    """The row or column along which the identity runs, as a person would name it."""
    down = all(address[1] == line.place[1] for address, _ in line.left)
    return line_words(table.form, *line.place, down=down)


def _formula(
    form: FormTable, line: _Line, amounts: Mapping[Address, Amount], sums: tuple[Amount, Amount]
) -> str:
    """Such as `1288＋447＋… ＝ 2930，表中 2932，差 2` or `3＋0 ＝ 3，2＋0 ＝ 2，差 1`."""
    gap: Amount = sums[0] - sums[1]
    difference = f"差 {plain(max(gap, -gap))}"
    left_text = _side(line.left, amounts, sums[0])
    if len(line.right) > 1:
        return f"{left_text}，{_side(line.right, amounts, sums[1])}，{difference}"
    if line.relation == "=":
        return f"{left_text}，表中 {plain(sums[1])}，{difference}"
    name = line_name(form, "columns", line.place[1])
    return f"{left_text}，{'小于' if line.relation == '>=' else '大于'}{name} {plain(sums[1])}"


def _side(terms: Sequence[_Term], amounts: Mapping[Address, Amount], total: Amount) -> str:
    """The terms of one side and their sum; zeros are left out of long sums."""
    if len(terms) == 1:
        return plain(total)
    shown = terms if len(terms) <= _SHOWN_TERMS else [term for term in terms if amounts[term[0]]] or terms[:1]
    text = ""
    for index, (address, sign) in enumerate(shown[:_SHOWN_TERMS]):
        mark = "－" if sign < 0 else ("＋" if index else "")
        text += mark + plain(amounts[address])
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
