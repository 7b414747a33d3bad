"""What people call tables, rows, columns, cells and fields, read in rules as the keys that it stands for.

表三.新收.总计 and `T3[R1, total]` mean the same in a rule, and so do 落款日期 and `signed_on`; from here on there
are only keys. What is no name stays, for those who check rules to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

from checker.judging.language.equation import LAST
from checker.kinds import KINDS
from checker.model.forms import UNNAMED_KIND, Form, FormTable, form_from_data
from checker.rulebook.load.merged import merged_fields

T = TypeVar("T")
_CELL: Final = re.compile(r"(?P<table>\w+)\[\s*(?P<row>\w*)\s*(?P<column>[,，]\s*\w*\s*)?\]")
_OR: Final = "|"
"""Between fields of which one is enough."""
_LAST_YEAR: Final = "上年."
_TERM: Final = re.compile(r"[^\s.+\-＋－−=＝<>≤≥]+")
"""A row or column in an equation."""


class CalledNames:
    """The names of one kind of report.

    Args:
        forms: its forms, the newest last.
        fields: field key to Chinese title.
    """

    def __init__(self, forms: Iterable[Form], fields: Mapping[str, str]) -> None:
        self._fields = {title: key for key, title in fields.items()}
        self._tables: dict[str, str] = {}
        self._lines: dict[tuple[str, str], dict[str, str]] = {}
        self._places: dict[str, str] = {}
        for form in forms:
            for table in form.tables.values():
                self._add(table)

    def _add(self, table: FormTable) -> None:
        self._tables[table.name] = table.key
        rows = _told_apart((line.name, key) for key, line in table.rows.items())
        self._lines.setdefault((table.key, "row"), {}).update(rows)
        columns = _told_apart((table.column_name(*address), address[1]) for address in table.addresses())
        self._lines.setdefault((table.key, "column"), {}).update(columns)
        self._places[table.name] = table.key
        self._places |= {f"{table.name}.{name}": f"{table.key}[{key}]" for name, key in rows.items()}
        cells = {address: table.item_name(*address) for address in table.addresses()}
        for name, (row, column) in _told_apart((name, address) for address, name in cells.items()).items():
            self._places[f"{table.name}.{name}"] = f"{table.key}[{row}, {column}]"

    @cached_property
    def _words(self) -> frozenset[str]:
        """All names that options may hold."""
        return frozenset(
            (*self._tables, *self._fields, *(name for one in self._lines.values() for name in one))
        )

    def _has_name(self, value: Any) -> bool:
        if isinstance(value, list):
            return any(map(self._has_name, value))
        if not isinstance(value, str) or value.isascii():
            return False
        return any(part in self._words for part in (*value.split(_OR), *_TERM.findall(value)))

    def place(self, written: str) -> str:
        """A table, row or cell by its key; anything else as it is written."""
        if written.isascii():
            return written
        coded = _CELL.fullmatch(written)
        if coded is None:
            return self._places.get(written.replace(" ", ""), written)
        table = self._tables.get(coded["table"], coded["table"])
        row = self._line(table, "row", coded["row"])
        if coded["column"] is None:
            return f"{table}[{row}]"
        return f"{table}[{row}, {self._line(table, 'column', coded['column'].lstrip(',， ').strip())}]"

    def _line(self, table: str, axis: str, name: str) -> str:
        return self._lines.get((table, axis), {}).get(name, name)

    def check(self, check: Any) -> Any:
        """A check with keys in its options."""
        if isinstance(check, list):
            return [self.check(one) for one in check]
        if not isinstance(check, dict) or not any(map(self._has_name, check.values())):
            return check
        return self.parameters(check, check)

    def parameters(self, check: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        """Options of a check, or those of them that a profile changes, with keys in them."""
        if not isinstance(check.get("kind"), str) or check["kind"] not in KINDS:
            return dict(options)
        schemas = KINDS[check["kind"]].options["properties"]
        every = {**check, **options}
        table = str(self._option(every.get("table"), "table", "", ()))
        axes = ("column", "row") if every.get("each") == "row" else ("row", "column")
        return {
            name: self._option(value, _format_of(schemas.get(name, {})), table, axes)
            for name, value in options.items()
        }

    def _option(self, value: Any, format_name: str, table: str, axes: Sequence[str]) -> Any:
        """An option with keys in it.

        Args:
            value: the option.
            format_name: the format that its schema gives it.
            table: key of the table that the check is about.
            axes: as what the terms of an equation are looked for; the lines that it runs along are of the other sort.
        """
        if isinstance(value, list):
            return [self._option(one, format_name, table, axes) for one in value]
        if not isinstance(value, str) or value.isascii():
            return value
        if format_name == "table":
            return self._tables.get(value, value)
        if format_name == "field":
            return _OR.join(self._fields.get(part, part) for part in value.split(_OR))
        if format_name == "equation":
            plain = value.replace(_LAST_YEAR, LAST)
            return _TERM.sub(lambda term: self._any_line(table, axes, term[0]), plain)
        wanted = {"row": ("row",), "column": ("column",), "line": axes[::-1]}.get(format_name, ())
        return self._any_line(table, wanted, value)

    def _any_line(self, table: str, axes: Sequence[str], name: str) -> str:
        found = (self._line(table, axis, name) for axis in axes)
        return next((key for key in found if key != name), name)

    def example(self, example: Any) -> Any:
        """An example with keys in what it says of the report and of the findings."""
        if not isinstance(example, dict):
            return example
        findings = example.get("findings")
        read = (
            {**example, "given": self._given(example.get("given"))} if "given" in example else dict(example)
        )
        if isinstance(findings, list):
            read["findings"] = [
                {**one, "place": self.place(one["place"])}
                if isinstance(one, dict) and isinstance(one.get("place"), str)
                else one
                for one in findings
            ]
        return read

    def _given(self, given: Any) -> Any:
        if isinstance(given, list):
            return [self._given(one) for one in given]
        if not isinstance(given, dict):
            return given
        read = {key: self._given(value) if key in _REPORTS else value for key, value in given.items()}
        if isinstance(cells := given.get("cells"), dict):
            read["cells"] = {self.place(address): value for address, value in cells.items()}
        if isinstance(without := given.get("without"), list):
            read["without"] = [self.place(one) if isinstance(one, str) else one for one in without]
        return read


_REPORTS: Final = frozenset(("previous", "next", "others", "published_pages"))
"""What of an example is another report, or several."""


def _told_apart(named: Iterable[tuple[str, T]]) -> dict[str, T]:
    """What has a name of its own, by name."""
    by_name: dict[str, set[T]] = {}
    for name, one in named:
        by_name.setdefault(name, set()).add(one)
    return {name: next(iter(found)) for name, found in by_name.items() if len(found) == 1}


def _format_of(schema: Mapping[str, Any]) -> str:
    return str(schema.get("format") or schema.get("items", {}).get("format") or "")


def names_of_files(
    forms: Iterable[Mapping[str, Any]], fields: Iterable[Mapping[str, Any]], kinds: Iterable[str]
) -> dict[str, CalledNames]:
    """The names of each kind of report, the one of files that name none first.

    Args:
        forms: contents of sound files of forms.
        fields: those of fields.
        kinds: keys of the kinds that are declared, in their order.
    """
    written = list(forms)
    declared = list(kinds) or [str(data["kind"]) for data in written if "kind" in data] or [UNNAMED_KIND]
    used = {str(data.get("kind", declared[0])) for data in written}
    keys = [key for key in dict.fromkeys(declared) if key in used]
    titles = list(fields)
    return {
        key: CalledNames(
            (form_from_data(data) for data in written if data.get("kind", keys[0]) == key),
            merged_fields(data for data in titles if data.get("kind", keys[0]) == key)["titles"],
        )
        for key in keys
    }


Checks = Mapping[str, tuple[CalledNames, list[Mapping[str, Any]]]]
"""The checks of rules by id, with the names that are in force for them."""


def checks_of_files(files: Iterable[Any], names: Mapping[str, CalledNames]) -> Checks:
    """The checks of all rules; of several rules with one id those of the last.

    Args:
        files: contents of all files with rules.
        names: the names of each kind of report, the one of files that name none first.
    """
    found: dict[str, tuple[CalledNames, list[Mapping[str, Any]]]] = {}
    for data in files:
        for rule in _rules_in(data):
            own = _names_for(rule, names, _kind_of(data, names))
            check = rule.get("check")
            checks: list[Mapping[str, Any]] = [
                one for one in (check if isinstance(check, list) else [check]) if isinstance(one, dict)
            ]
            if own is not None and isinstance(rule.get("id"), str):
                found[rule["id"]] = (own, checks)
    return found


def with_called_keys(data: Any, names: Mapping[str, CalledNames], checks: Checks) -> Any:
    """What a file with rules holds, with keys in the place of names.

    Args:
        data: its contents.
        names: the names of each kind of report, the one of files that name none first.
        checks: the checks of the rules whose parameters it may change.
    """
    if not isinstance(data, dict) or not names:
        return data
    read = dict(data)
    if isinstance(data.get("rules"), list):
        kind = _kind_of(data, names)
        read["rules"] = [_with_keys(rule, names, kind) for rule in data["rules"]]
    if isinstance(changes := data.get("parameters"), dict):
        read["parameters"] = {key: _parameters(value, checks.get(key)) for key, value in changes.items()}
    return read


def _parameters(changes: Any, rule: tuple[CalledNames, list[Mapping[str, Any]]] | None) -> Any:
    """What a profile changes of a rule's checks, each option read as the first check that has it reads it."""
    if not isinstance(changes, dict) or rule is None:
        return changes
    names, checks = rule
    for check in checks:
        changes = names.parameters(check, changes)
    return changes


def _rules_in(data: Any) -> Iterator[Mapping[str, Any]]:
    rules = data.get("rules") if isinstance(data, dict) else None
    yield from (rule for rule in rules if isinstance(rule, dict)) if isinstance(rules, list) else ()


def _kind_of(data: Mapping[str, Any], names: Mapping[str, CalledNames]) -> str:
    return str(data.get("kind", next(iter(names))))


def _names_for(rule: Mapping[str, Any], names: Mapping[str, CalledNames], kind: str) -> CalledNames | None:
    """The names in force for a rule in a file about that kind of report."""
    applies = rule.get("applies")
    wanted = applies.get("kinds") if isinstance(applies, dict) else None
    if isinstance(wanted, list) and wanted and kind not in wanted:
        kind = str(wanted[0])
    return names.get(kind)


def _with_keys(rule: Any, names: Mapping[str, CalledNames], kind: str) -> Any:
    if not isinstance(rule, dict):
        return rule
    own = _names_for(rule, names, kind)
    if own is None:
        return rule
    read = {**rule, "check": own.check(rule["check"])} if "check" in rule else dict(rule)
    if isinstance(examples := rule.get("examples"), list):
        read["examples"] = [own.example(example) for example in examples]
    return read
