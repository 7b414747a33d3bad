"""Named values of a report: what rules and expressions may compare.

A name is one of the words below, a field's Chinese title (`落款日期`), a table cell
(`表三.新收.总计` or `T3[R1, total]`), or a part of a value after a dot (`落款日期.年`, `统计期.起`).
Names are resolved when rules load; a value that the report lacks cannot be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from checker.judging.judgement import CannotJudge, UnrecognisedError
from checker.judging.language.scope import WHOLE_TEXT, TextView, section_number, section_scope
from checker.judging.table_words import full_cell_words
from checker.model.forms import Form, FormTable
from checker.model.place import Place
from checker.model.report import Report, ReportTable
from checker.model.text import without_asides
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

ItemValue = int | Decimal | str | date | bool

NUMBER, TEXT, DATE, TRUTH = "数", "文字", "日期", "是非"


class Readable(Protocol):
    """A report under examination, as far as items and expressions read it; see `checker.judging.subject.Subject`."""

    report: Report

    def table(self, key: str, /) -> ReportTable:
        """The table with that key."""

    def view(self, scope: str, /) -> TextView:
        """The text of a scope."""


@dataclass(frozen=True, slots=True)
class Item:
    """A resolved name: its type, one of 数, 文字, 日期, 是非, and how to get its value and place."""

    type: str
    get: Callable[[Readable], tuple[ItemValue, Place]]


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
        """Whether there is an item of that name."""
        try:
            return self._find(name) is not None
        except UnknownItemError:
            return False

    def names(self) -> Iterator[str]:
        """All names, for proposals and documentation; cells by their Chinese names."""
        yield from _PLAIN
        for title, (_, kind) in self._fields.items():
            yield title
            yield from (f"{title}.{part}" for part in _PARTS.get(kind, {}))
        for table in self._tables():
            yield f"{table.name}.格式"
            for row, column in table.addresses():
                yield f"{table.name}.{table.item_name(row, column)}"

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
        address = self._address(name)
        if address:
            return Item(NUMBER, lambda subject: _cell(subject, *address))
        return None

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
                raise CannotJudge(f"没有读到{title}")
            value = extract(found.value)
            if value is None:
                raise CannotJudge(f"没有读全{title}")
            return value, found.place

        return Item(result_type, get)

    def _address(self, name: str) -> tuple[str, str, str] | None:
        coded = _CODED_CELL.match(name) if "[" in name else None
        for table in self._tables():
            if coded:
                if coded["table"] == table.key and (coded["row"], coded["column"]) in table.order:
                    return table.key, coded["row"], coded["column"]
                continue
            if not name.startswith(table.name + "."):
                continue
            rest = name[len(table.name) + 1 :]
            for row, column in table.addresses():
                if rest.startswith(table.rows[row].name) and rest == table.item_name(row, column):
                    return table.key, row, column
        return None

    def _unknown(self, name: str) -> str:
        import difflib  # noqa: PLC0415  # only to explain a mistake

        near = difflib.get_close_matches(name, list(dict.fromkeys(self.names())), n=1, cutoff=0.5)
        proposal = f"，是否为“{near[0]}”？" if near else ""
        return f"没有数据项“{name}”{proposal}"


_CODED_CELL: Final = compile_later(r"^(?P<table>\w+)\[\s*(?P<row>\w+)\s*[,，]\s*(?P<column>\w+)\s*\]$")


def _cell(subject: Readable, table_key: str, row: str, column: str) -> tuple[ItemValue, Place]:
    table = subject.table(table_key)
    value = table.cell(row, column).value
    if value is None:
        raise CannotJudge(f"{table.form.name}{full_cell_words(table, (row, column))}没有数字")
    return value, table.place(row, column)


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


def _title_year(subject: Readable) -> tuple[ItemValue, Place]:
    title = subject.report.title
    match = _YEAR.search(title.squeezed.text) if title else None
    if title is None or match is None:
        raise CannotJudge("标题中没有年份")
    return int(match[1]), title.place(match.start(1), match.end(1))


def _main_year(subject: Readable) -> tuple[ItemValue, Place]:
    """The year that the first section, or a report without sections, speaks of most, by more than one half.

    Years in book titles and brackets do not count: what they name or add is mostly of another year.
    """
    scope = section_scope(1) if subject.report.form.sections else WHOLE_TEXT
    view = subject.view(scope)
    text = without_asides(view.text)
    years = Counter(int(match[1]) for match in _YEAR.finditer(text))
    if not years:
        raise CannotJudge(f"{scope}没有写年份")
    (year, count), *others = sorted(years.items(), key=lambda counted: counted[1], reverse=True)
    first = next(match for match in _YEAR.finditer(text) if int(match[1]) == year)
    if others and others[0][1] * 2 > count:
        raise CannotJudge(f"{scope}写了几个年份，分不出哪个是主要的")
    return year, view.place(first.start(1), first.end(1))


def _file_name_year(subject: Readable) -> tuple[ItemValue, Place]:
    """The year in the name of the file; a name with several years may speak of the day it was made, too."""
    name = subject.report.document.properties.get("file_name", "")
    years = {int(match[1]) for match in _YEAR.finditer(name)}
    if len(years) != 1:
        raise CannotJudge("文件名中写了几个年份" if years else "文件名中没有年份")
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
