"""Named values of a report: what rules and expressions may compare.

A name is one of the words below, a field's Chinese title (`落款日期`), a table cell
(`表三.新收.总计` or `T3[R1, total]`), or a part of a value after a dot (`落款日期.年`, `统计期.起`). Behind
`上年.` a cell or a number of the text is that of last year's report.
Names are resolved when rules load; a value that the report lacks cannot be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Final

from checker.judging.judgement import AbsentError, CannotJudge, UnrecognisedError
from checker.judging.language.cells import (
    cell_item,
    group_cells,
    last_years_cell_item,
    last_years_sum_item,
    sum_item,
)
from checker.judging.language.proposals import cell_proposal, proposal
from checker.judging.language.readable import DATE, NUMBER, TEXT, Item, ItemValue, Readable
from checker.judging.language.scope import WHOLE_TEXT
from checker.model.forms import Address, Form, FormTable
from checker.model.place import Place, section_name, section_number
from checker.model.report import Report
from checker.model.text import HIDDEN, spans_between, without_asides
from checker.startup.lazy_re import compile_later

LAST_YEAR: Final = "上年."
"""In front of a name: last year's report."""


class UnknownItemError(ValueError):
    """No item has that name; the text is a Chinese sentence with a proposal where there is one."""


class Items:
    """Resolves names against forms and fields.

    Args:
        forms: all forms by id; a cell's name is known if any form has it.
        fields: field key to (Chinese title, type).
    """

    def __init__(self, forms: Mapping[str, Form], fields: Mapping[str, tuple[str, str]]) -> None:
        self._forms = forms
        self._fields = {title: (key, kind) for key, (title, kind) in fields.items()}
        self._cache: dict[str, Item] = {}

    def resolve(self, name: str) -> Item:
        """The item of that name.

        Raises:
            UnknownItemError: there is none.
        """
        item = self._find(name)
        if item is None:
            raise UnknownItemError(self._unknown(name))
        return item

    def knows(self, name: str) -> bool:
        """Whether there is an item or a group of cells of that name."""
        with suppress(UnknownItemError):
            if self._find(name) is not None:
                return True
        return name.removeprefix(LAST_YEAR) in self._groups

    def sum_of(self, name: str) -> Item:
        """The cells of a group added up, such as 表三.不予公开.总计.

        Raises:
            UnknownItemError: there is no such group.
        """
        plain = name.removeprefix(LAST_YEAR)
        if plain not in self._groups:
            raise UnknownItemError(f"没有一组格子叫“{plain}”{proposal(plain, self._groups)}")
        table, group = self._groups[plain]
        return (sum_item if plain == name else last_years_sum_item)(table, group, plain)

    @cached_property
    def _groups(self) -> dict[str, tuple[FormTable, str]]:
        """Groups of cells by name, with the table and their name in it."""
        return {
            f"{table.name}.{group}": (table, group)
            for table in self._tables()
            for group in group_cells(table)
        }

    def names(self) -> Iterator[str]:
        """All names, for proposals; cells by their Chinese names."""
        yield from self.meanings()

    def meanings(self) -> dict[str, str]:
        """All names with what each stands for, for editors; cells by their Chinese names."""
        meanings = dict(_PLAIN_MEANINGS)
        for title, (_, kind) in self._fields.items():
            meanings |= {
                title: "要素",
                **{f"{title}.{part}": "要素的一部分" for part in _PARTS.get(kind, {})},
            }
        meanings |= {f"{table.name}.格式": "表用的是哪一版格式" for table in self._tables()}
        return meanings | self.cell_names()

    def cell_names(self) -> dict[str, str]:
        """All cells by their Chinese names, each with its address: `T3[R1, total]` for 表三.新收.总计."""
        return {
            f"{table.name}.{table.item_name(row, column)}": f"{table.key}[{row}, {column}]"
            for table in self._tables()
            for row, column in table.addresses()
        }

    def _tables(self) -> Iterator[FormTable]:
        for form in self._forms.values():
            yield from form.tables.values()

    def _find(self, name: str) -> Item | None:
        item = self._cache.get(name) or self._resolve(name)
        if item:
            self._cache[name] = item
        return item

    def _resolve(self, name: str) -> Item | None:
        if name in _PLAIN:
            return _PLAIN[name]
        head, _, tail = name.partition(".")
        if head in self._fields:
            return self._field(head, tail)
        if tail == "字数" and section_number(head):
            return Item(NUMBER, lambda subject: _length(subject, head))
        if tail == "格式" and any(head == table.name for table in self._tables()):
            return Item(TEXT, lambda subject: _table_form(subject, head))
        found = self._cell(name.removeprefix(LAST_YEAR))
        if found:
            of_year = last_years_cell_item if name.startswith(LAST_YEAR) else cell_item
            return of_year(*found, f"{found[0].name}.{found[0].item_name(*found[1])}")
        return self._last_years_field(name.removeprefix(LAST_YEAR)) if name.startswith(LAST_YEAR) else None

    def _last_years_field(self, title: str) -> Item | None:
        """A number that the text of last year's report told."""
        key, kind = self._fields.get(title, ("", ""))
        if _FIELD_TYPES.get(kind) != NUMBER:
            return None

        def get(subject: Readable) -> tuple[ItemValue, Place]:
            previous = subject.previous
            if key not in previous.amounts:
                raise AbsentError(f"上一年的报告里没有读到{title}")
            return previous.amounts[key], previous.place()

        return Item(NUMBER, get)

    def _field(self, title: str, part: str) -> Item | None:
        key, kind = self._fields[title]
        parts = _PARTS.get(kind, {})
        if part and part not in parts:
            return None
        if not part and kind == "period":
            raise UnknownItemError(f"“{title}”是一段时间，请写成“{title}.起”或“{title}.止”")
        result_type, extract = parts[part] if part else (_FIELD_TYPES.get(kind, TEXT), lambda value: value)

        def get(subject: Readable) -> tuple[ItemValue, Place]:
            found = subject.report.field(key)
            if found is None:
                raise AbsentError(f"没有读到{title}")
            value = extract(found.value)
            if value is None:
                raise CannotJudge(f"没有读全{title}")
            return value, found.place

        return Item(result_type, get)

    def _cell(self, name: str) -> tuple[FormTable, Address] | None:
        """The table and the address of a cell."""
        coded = _CODED_CELL.match(name) if "[" in name else None
        for table in self._tables():
            if coded:
                if coded["table"] == table.key and (coded["row"], coded["column"]) in table.order:
                    return table, (coded["row"], coded["column"])
                continue
            if not name.startswith(table.name + "."):
                continue
            rest = name[len(table.name) + 1 :]
            for row, column in table.addresses():
                if rest.startswith(table.rows[row].name) and rest == table.item_name(row, column):
                    return table, (row, column)
        return None

    def _unknown(self, name: str) -> str:
        plain, tables = name.removeprefix(LAST_YEAR), list(self._tables())
        if plain == name:
            told = cell_proposal(name, tables) or proposal(name, self.names())
        else:
            told = (
                cell_proposal(plain, tables, before=LAST_YEAR) or "；上年的报告只有表里的格子和文字里的数可用"
            )
        return f"没有数据项“{name}”{told}"


_CODED_CELL: Final = compile_later(r"^(?P<table>\w+)\[\s*(?P<row>\w+)\s*[,，]\s*(?P<column>\w+)\s*\]$")


def _table_form(subject: Readable, name: str) -> tuple[ItemValue, Place]:
    for table in subject.report.tables.values():
        if table.form.name == name:
            return table.form_id, table.place()
    raise CannotJudge(f"未找到{name}")


def _length(subject: Readable, scope: str) -> tuple[ItemValue, Place]:
    view = subject.view(scope)
    return view.length, view.whole()


def _title_place(report: Report) -> Place:
    return report.title.place() if report.title else Place()


def _identity(attribute: str) -> Callable[[Readable], tuple[ItemValue, Place]]:
    def get(subject: Readable) -> tuple[ItemValue, Place]:
        value = getattr(subject.report.identity, attribute)
        if value is None:
            raise UnrecognisedError(attribute)
        return value, _title_place(subject.report)

    return get


_YEAR: Final = compile_later(r"(20[0-9]{2})年")
_NUMBERED: Final = compile_later(
    rf"[\s{HIDDEN}]*(?:[一二三四五六七八九十0-9]{{1,2}}[、.．)）是])?[\s{HIDDEN}]*$"
)
"""What may stand before the first word of a sentence: a number such as （一）, which is made unreadable, 2. or 一是."""
_SENTENCE_STOPS: Final = "。；;！？\n"
_CLAUSE_STOPS: Final = "，,：:"
_FIRST_WORD, _FIRST_CLAUSE = 2, 1
"""How much a year weighs as the first word of a sentence that names no other, and elsewhere in its first clause."""


def _title_year(subject: Readable) -> tuple[ItemValue, Place]:
    title = subject.report.title
    match = _YEAR.search(title.squeezed.text) if title else None
    if title is None or match is None:
        raise AbsentError("标题中没有年份")
    return int(match[1]), title.place(match.start(1), match.end(1))


def _main_year(subject: Readable) -> tuple[ItemValue, Place]:
    """The year that the first section, or a report without sections, speaks of most, by more than one half.

    A sentence begins with the year that it speaks of; years behind its first clause are mostly others, which
    something is compared with, comes from or is put off to. So are those in book titles and brackets.
    """
    scope = section_name(1) if subject.report.form.sections else WHOLE_TEXT
    view = subject.view(scope)
    weights: Counter[int] = Counter()
    places: dict[int, tuple[int, int]] = {}
    for year, weight, span in _leading_years(without_asides(view.text)):
        weights[year] += weight
        places.setdefault(year, span)
    if not weights:
        raise CannotJudge(f"{scope}没有写年份")
    (year, most), *others = weights.most_common()
    if most < _FIRST_WORD:
        raise CannotJudge(f"{scope}只提到一次年份，说不准是不是说全年的")
    if others and others[0][1] * 2 > most:
        raise CannotJudge(f"{scope}写了几个年份，分不出哪个是主要的")
    return year, view.place(*places[year])


def _leading_years(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """The first year of each sentence that has one in its first clause, with its weight and where it stands."""
    for start, end in spans_between(text, _SENTENCE_STOPS):
        _, clause = next(iter(spans_between(text[start:end], _CLAUSE_STOPS)), (0, 0))
        match = _YEAR.search(text, start, start + clause)
        if match:
            alone = {match[1]} == {other[1] for other in _YEAR.finditer(text, start, end)}
            first = alone and _NUMBERED.fullmatch(text, start, match.start())
            yield int(match[1]), _FIRST_WORD if first else _FIRST_CLAUSE, match.span(1)


def _file_name_year(subject: Readable) -> tuple[ItemValue, Place]:
    """The year in the name of the file; a name with several years may speak of the day it was made, too."""
    name = subject.report.document.properties.get("file_name", "")
    years = {int(match[1]) for match in _YEAR.finditer(name)}
    if len(years) != 1:
        raise CannotJudge("文件名中写了几个年份") if years else AbsentError("文件名中没有年份")
    return years.pop(), Place(excerpt=name)


def _file_name(subject: Readable) -> tuple[ItemValue, Place]:
    name = subject.report.document.properties.get("file_name")
    if not name:
        raise CannotJudge("不知道文件名")
    return name, Place(excerpt=name)


_PLAIN: Final[dict[str, Item]] = {
    "年度": Item(NUMBER, _identity("year")),
    "单位": Item(TEXT, _identity("agency")),
    "层级": Item(TEXT, _identity("level")),
    "级别": Item(TEXT, _identity("tier")),
    "标题年份": Item(NUMBER, _title_year),
    "正文主要年份": Item(NUMBER, _main_year),
    "文件名": Item(TEXT, _file_name),
    "文件名年份": Item(NUMBER, _file_name_year),
}

_PLAIN_MEANINGS: Final[Mapping[str, str]] = {
    "年度": "报告的年度",
    "单位": "报告的单位",
    "层级": "机关类别的代号，如 department",
    "级别": "行政级别的代号，如 county",
    "标题年份": "标题里写的年份",
    "正文主要年份": "第一部分写得最多的年份",
    "文件名": "文件的名称",
    "文件名年份": "文件名里写的年份",
}
"""What the items of `_PLAIN` stand for."""

_FIELD_TYPES: Final = {"date": DATE, "money": NUMBER, "count": NUMBER}


def _day_part(attribute: str) -> Callable[[object], ItemValue | None]:
    return lambda value: getattr(value, attribute) if isinstance(value, date) else None


def _period_part(index: int, attribute: str | None = None) -> Callable[[object], ItemValue | None]:
    def extract(value: object) -> ItemValue | None:
        day = value[index] if isinstance(value, tuple) else None
        if not isinstance(day, date):
            return None
        return getattr(day, attribute) if attribute else day

    return extract


_PARTS: Final[dict[str, dict[str, tuple[str, Callable[[object], ItemValue | None]]]]] = {
    "date": {
        "年": (NUMBER, _day_part("year")),
        "月": (NUMBER, _day_part("month")),
        "日": (NUMBER, _day_part("day")),
    },
    "period": {
        "起": (DATE, _period_part(0)),
        "止": (DATE, _period_part(1)),
        "年": (NUMBER, _period_part(1, "year")),
    },
}
