"""Kinds that compare a report as a whole with the one of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.judging.figures import Years
from checker.kinds.base import (
    NO_LAST_YEAR,
    PATTERNS,
    SCOPE,
    TABLE,
    Breach,
    CannotJudge,
    Judgement,
    Kind,
    Options,
    Subject,
    Unjudged,
    options_schema,
)
from checker.kinds.tables.tables import Amount, cell_words, filled_table, found_table
from checker.model.findings import Related, Scalar
from checker.model.forms import Address
from checker.model.text import label_key


def years_of(subject: Subject) -> Years:
    """The report's neighbours in time.

    Raises:
        CannotJudge: last year's report is not known.
    """
    if subject.years is None:
        raise CannotJudge(NO_LAST_YEAR)
    return subject.years


def judge_unchanged(subject: Subject, options: Options) -> Iterator[Judgement]:
    """The figures of the named tables, taken together, are not all the same as last year's."""
    years = years_of(subject)
    tables = [filled_table(subject, key) for key in options["tables"]]
    for table in tables:
        if table.form.key not in years.previous.tables:
            raise CannotJudge(f"上一年的报告没有可用的{table.form.name}")
    same, figures = True, 0
    for table in tables:
        key = table.form.key
        for address in table.form.addresses():
            value, last = years.own.value(key, address), years.previous.value(key, address)
            if years.previous.has_cell(key, address):
                same = same and value is not None and value == last
                figures += bool(value)
    if same and figures:
        names = "、".join(table.form.name for table in tables)
        evidence: dict[str, Scalar] = {
            "tables": names,
            "count": figures,
            "last_year": years.previous.identity.year,
        }
        yield Breach(tables[0].place(), evidence)
    else:
        yield None


def judge_jump(subject: Subject, options: Options) -> Iterator[Judgement]:
    """A figure is not `factor` times last year's, nor the reverse, nor gone; small ones are passed over."""
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
        variant = _jump(value, last, options["factor"], options["at_least"])
        if variant is None:
            yield None
            continue
        evidence: dict[str, Scalar] = {
            "cell": cell_words(table, address),
            "value": value,
            "last": last,
            "last_year": years.previous.identity.year,
        }
        yield Breach(table.place(*address), evidence, variant, (_last_year(years, key, address, last),))


def _last_year(years: Years, key: str, address: Address, value: Amount) -> Related:
    return Related(years.previous.place(key, *address), value)


def _jump(value: Amount, last: Amount, factor: int, at_least: int) -> str | None:
    if max(value, last) < at_least or last <= 0:
        return None
    if value == 0:
        return "gone"
    if value >= last * factor:
        return "up"
    return "down" if value * factor <= last else None


def judge_vanished(subject: Subject, options: Options) -> Iterator[Judgement]:
    """What last year's column says is still open has not vanished: the table of this year is not all zero."""
    years = years_of(subject)
    table = filled_table(subject, options["table"])
    key, column = table.form.key, options["column"]
    if key not in years.previous.tables:
        raise CannotJudge(f"上一年的报告没有可用的{table.form.name}")
    addresses = list(table.form.addresses())
    values = [years.own.value(key, address) for address in addresses]
    if None in values:
        raise CannotJudge(f"{table.form.name}有读不出的数")
    open_cells = [
        (address, value)
        for address in addresses
        if address[1] == column and (value := years.previous.value(key, address))
    ]
    if open_cells and not any(values):
        evidence: dict[str, Scalar] = {
            "count": sum(value for _, value in open_cells),
            "last_year": years.previous.identity.year,
        }
        related = tuple(_last_year(years, key, address, value) for address, value in open_cells)
        yield Breach(table.place(open_cells[0][0][0], column), evidence, related=related)
    else:
        yield None


def judge_older_form(subject: Subject, _options: Options) -> Iterator[Judgement]:
    """The tables do not follow an older form than last year's."""
    years = years_of(subject)
    own, last = years.own, years.previous
    if own.form_id != own.form.id or last.form_id != last.form.id:
        raise CannotJudge("有一年的表格认不出格式")
    if (own.form.first_year or 0) < (last.form.first_year or 0):
        evidence: dict[str, Scalar] = {
            "form": own.form.title,
            "last_form": last.form.title,
            "last_year": last.identity.year,
        }
        table = found_table(subject, next(iter(own.tables), next(iter(subject.report.tables))))
        yield Breach(table.place(), evidence)
    else:
        yield None


def judge_renamed(subject: Subject, options: Options) -> Iterator[Judgement]:
    """A body that reported under another name last year says so in its text."""
    years = years_of(subject)
    old, new = years.previous.identity.agency or "", years.own.identity.agency or ""
    if label_key(old) == label_key(new):
        yield None
        return
    view = subject.view(options["where"])
    told = label_key(old) in label_key(view.text) or next(view.matches(options["patterns"]), None) is not None
    evidence: dict[str, Scalar] = {"old": old, "new": new, "last_year": years.previous.identity.year}
    yield None if told else Breach(view.whole(), evidence)


_LINES: Final = {"type": "array", "minItems": 1, "items": {"type": "string"}}

UNCHANGED: Final = Kind(
    judge_unchanged,
    "不照抄上年",
    options_schema(("tables",), tables={"type": "array", "minItems": 1, "items": TABLE}),
    ("tables", "count", "last_year"),
)
JUMP: Final = Kind(
    judge_jump,
    "跳变",
    options_schema(
        ("table", "rows", "columns", "factor", "at_least"),
        table=TABLE,
        rows=_LINES,
        columns=_LINES,
        factor={"type": "integer", "minimum": 2, "description": "相差多少倍算跳变"},
        at_least={"type": "integer", "minimum": 1, "description": "两年都小于这个数的不看"},
    ),
    ("cell", "value", "last", "last_year"),
    ("up", "down", "gone"),
)
VANISHED: Final = Kind(
    judge_vanished,
    "未了事项有下文",
    options_schema(
        ("table", "column"), table=TABLE, column={"type": "string", "description": "未了事项的列"}
    ),
    ("count", "last_year"),
)
OLDER_FORM: Final = Kind(
    judge_older_form, "不退回旧格式", options_schema(), ("form", "last_form", "last_year")
)
RENAMED: Final = Kind(
    judge_renamed,
    "更名有说明",
    options_schema(("where", "patterns"), where=SCOPE, patterns=PATTERNS),
    ("old", "new", "last_year"),
)
