"""What the schema cannot say of a form and of fields: doubled keys, tables without sections, missing groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.model.errors import Fault
from checker.model.forms import PAIRS
from checker.patterns.pattern import compile_pattern
from checker.rulebook.load.rule_faults import span_fault
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import Path, YamlFile


def form_faults(file: YamlFile) -> Iterator[Fault]:
    """All faults of a form that passed the schema."""
    data = file.data
    for key in ("years", "in_force"):
        text = span_fault(data.get(key, {}))
        if text:
            yield file.fault((key,), text)
    tables: dict[str, int] = {}
    for index, table in enumerate(data["tables"]):
        path: Path = ("tables", index)
        if table["key"] in tables:
            text = f"表的代号“{table['key']}”用了两次（另一处在第 {tables[table['key']]} 行）"
            yield file.fault((*path, "key"), text)
        tables.setdefault(table["key"], file.values[path][0])
        yield from _place_faults(file, path, table, len(data.get("sections", ())))
        yield from _line_faults(file, path, table)
    for index, section in enumerate(data.get("sections", ())):
        key = section.get("table")
        if key is not None and key not in tables:
            text = f"没有代号为“{key}”的表{did_you_mean(key, tables)}"
            yield file.fault(("sections", index, "table"), text)


def _place_faults(file: YamlFile, path: Path, table: Mapping[str, Any], count: int) -> Iterator[Fault]:
    """A table in a section that there is not, or in none; columns where none belong, or none at all."""
    section = table.get("section")
    if section is None and count:
        yield file.fault(path, "要写明表在第几部分（section: …）")
    elif section is not None and section > count:
        yield file.fault((*path, "section"), f"这份格式只有 {count} 个部分，没有第 {section} 部分")
    pairs = table.get("layout") == PAIRS
    if pairs and not {"columns", "blocks"}.isdisjoint(table):
        yield file.fault(path, "layout: pairs 的表只写 rows，没有列")
    elif not pairs and "blocks" not in table and "columns" not in table:
        yield file.fault(path, "这里缺少“columns”（各列）；名称旁边填内容的表写 layout: pairs")


def _line_faults(file: YamlFile, path: Path, table: Mapping[str, Any]) -> Iterator[Fault]:
    """Row keys must differ in the whole table, column keys within their block."""
    blocks = table.get("blocks")
    rows: dict[str, int] = {}
    for index, block in enumerate(blocks or [table]):
        at: Path = (*path, "blocks", index) if blocks else path
        yield from _axis_faults(file, (*at, "rows"), block["rows"], rows)
        yield from _axis_faults(file, (*at, "columns"), block.get("columns", ()), {})
    yield from _under_faults(file, (*path, "rows"), [] if blocks else table["rows"], rows)


def _under_faults(
    file: YamlFile, path: Path, lines: Sequence[Mapping[str, Any]], known: Collection[str]
) -> Iterator[Fault]:
    """Rows under a question that there is not."""
    for index, line in enumerate(lines):
        if line.get("under", "") and line["under"] not in known:
            text = f"没有代号为“{line['under']}”的行{did_you_mean(line['under'], known)}"
            yield file.fault((*path, index, "under"), text)
        yield from _under_faults(file, (*path, index, "members"), line.get("members", ()), known)


def _axis_faults(
    file: YamlFile, path: Path, lines: Sequence[Mapping[str, Any]], seen: dict[str, int]
) -> Iterator[Fault]:
    totals = [index for index, line in enumerate(lines) if line.get("total")]
    if totals and len(lines) == 1:
        yield file.fault((*path, totals[0], "total"), "同级没有别的行列，合计没有可加的内容")
    for index in totals[1:]:
        yield file.fault((*path, index, "total"), "同级已经有一个合计；一组里只能有一个 total: siblings")
    for index, line in enumerate(lines):
        here: Path = (*path, index)
        if "members" in line:
            yield from _axis_faults(file, (*here, "members"), line["members"], seen)
        elif line["key"] in seen:
            text = f"代号“{line['key']}”用了两次（另一处在第 {seen[line['key']]} 行）"
            yield file.fault((*here, "key"), text)
        else:
            seen[line["key"]] = file.values[here][0]


_MEANINGS: Final[Mapping[str, str]] = {
    "value": "数",
    "year": "年",
    "month": "月",
    "day": "日",
    "to_month": "截止的月",
}
_NEEDED: Final[Mapping[str, Sequence[str]]] = {
    "date": ("year", "month", "day"),
    "count": ("value",),
    "money": ("value",),
}
"""Groups without which a pattern never yields a value, by type."""


def field_faults(file: YamlFile) -> Iterator[Fault]:
    """All faults of a file of fields that passed the schema."""
    for index, entry in enumerate(file.data["fields"]):
        for number, pattern in enumerate(entry.get("patterns", ())):
            if isinstance(pattern, str) and (text := _group_fault(entry["type"], pattern)):
                yield file.fault(("fields", index, "patterns", number), text)


def _group_fault(kind: str, pattern: str) -> str:
    groups = compile_pattern(pattern).groups
    missing = [name for name in _NEEDED.get(kind, ()) if name not in groups]
    if kind == "period" and "from_year" not in groups:
        missing = [name for name in ("to_year", "to_month") if name not in groups]
    elif kind == "period" and "from_month" in groups and "to_month" not in groups:
        missing = ["to_month"]
    if not missing:
        return ""
    marks = "、".join(f"(?P<{name}>…)" for name in missing)
    words = "、".join(_MEANINGS.get(name, "截止的年") for name in missing)
    return f"正则表达式“{pattern}”里要用 {marks} 标出{words}，type: {kind} 的值由它读出"
