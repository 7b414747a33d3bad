"""What was meant by a name that nothing has: of cells the table, the row and the column each on its own.

A name that is only spelt like another one as a whole (收到申请 and 重复申请) is no help; then the names that there
are are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from checker.model.forms import FormTable

_NEAR: Final = 0.6
_NEAR_AND_SHORT: Final = 0.5
_SHORT: Final = 2
"""Of names of so many characters one may differ."""


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest, None if none is near."""
    import difflib  # noqa: PLC0415  # only to explain a mistake

    cutoff = _NEAR_AND_SHORT if len(word) <= _SHORT else _NEAR
    near = difflib.get_close_matches(word, list(dict.fromkeys(known)), n=1, cutoff=cutoff)
    return near[0] if near else None


def proposal(word: str, known: Iterable[str]) -> str:
    """`，是否为“…”？` with the nearest known name, empty if none is near."""
    near = nearest_name(word, known)
    return f"，是否为“{near}”？" if near else ""


def cell_proposal(name: str, tables: Sequence[FormTable], *, before: str = "", coded: bool = False) -> str:
    """The end of a sentence that begins with a cell that there is not, as expressions name it; empty for other names.

    Args:
        name: the name, such as 表三.新收.总数.
        tables: the tables of all forms.
        before: what stands in front of the name.
        coded: also tell the key of the cell that is proposed.
    """
    head, _, rest = name.partition(".")
    own = [
        table for table in tables if table.name == (nearest_name(head, (one.name for one in tables)) or head)
    ]
    if not own or not rest:
        return ""
    table = own[-1]
    row, _, column = rest.partition(".")
    rows = {line.name: key for key, line in table.rows.items()}
    near_row = row if row in rows else nearest_name(row, rows)
    if near_row is None:
        return f"；{table.name}没有“{row}”行，可用：{'、'.join(rows)}"
    columns = {table.column_name(rows[near_row], key): key for key in _columns(table, rows[near_row])}
    near_column = column if column in columns else nearest_name(column, columns)
    if not table.has_columns:
        near_column = next(iter(columns))
    if near_column is None:
        return f"；{table.name}“{near_row}”行没有“{column}”列，可用：{'、'.join(columns)}"
    address = (rows[near_row], columns[near_column])
    code = f"（{table.key}[{', '.join(address)}]）" if coded else ""
    return f"，是否为“{before}{table.name}.{table.item_name(*address)}”{code}？"


def _columns(table: FormTable, row: str) -> list[str]:
    return [column for one, column in table.addresses() if one == row]


def listed_lines(lines: Mapping[str, str]) -> str:
    """Keys of rows or columns, each with what people call it: R1（新收）、R2（结转）."""
    return "、".join(f"{key}（{name}）" if name not in ("", key) else key for key, name in lines.items())


def line_proposal(key: str, lines: Mapping[str, str]) -> str:
    """`，是否为“F2”（逾期未缴费）？` for the nearest row or column, in the writer's words first; else the list of all.

    Args:
        key: what was written.
        lines: what people call each of them, by key.
    """
    names = {name: one for one, name in lines.items()}
    near = nearest_name(key, names) or nearest_name(key, (one for one in lines if len(one) > _SHORT))
    if near is None:
        return f"；可用：{listed_lines(lines)}" if lines else ""
    near = names.get(near, near)
    words = (near, lines[near]) if key.isascii() else (lines[near], near)  # in the writer's own words first
    return f"，是否为“{words[0]}”（{words[1]}）？" if lines[near] not in ("", near) else f"，是否为“{near}”？"


def row_names(tables: Iterable[FormTable]) -> dict[str, str]:
    """What the rows of a table are called in all forms that have it, by key."""
    return {key: line.name for table in tables for key, line in table.rows.items()}


def column_names(tables: Iterable[FormTable]) -> dict[str, str]:
    """What the columns of a table are called in all forms that have it, by key."""
    return {key: line.name for table in tables for key, line in table.columns.items()}
