"""Places as people write them in examples and exceptions: `T3[R1, total]`, `T3`, 第五部分, 开头, 全文."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from checker.judging.language.proposals import cell_proposal, column_names, line_proposal, row_names
from checker.judging.language.scope import SCOPE_MEANINGS
from checker.model.forms import Form, FormTable
from checker.model.place import Place, section_name, section_number
from checker.rulebook.load.sentences import did_you_mean

_OPENING: Final = "开头"
_WHOLE: Final = "全文"
_TABLE: Final = re.compile(r"(?P<table>[A-Za-z]\w*)(?:\[(?P<row>\w+)(?:,(?P<column>\w+))?\])?")


def place_key(place: Place) -> str:
    """A place as examples and exceptions write it: `T3[R1, total]`, `T3[R1]`, `T3`, 第五部分, 开头, or 全文."""
    if place.table:
        if place.row and place.column:
            return f"{place.table}[{place.row}, {place.column}]"
        return f"{place.table}[{place.row}]" if place.row else place.table
    if place.section is None:
        return _WHOLE
    return section_name(place.section) if place.section else _OPENING


def place_fault(written: str, forms: Mapping[str, Form], *, also: str = "") -> str | None:
    """What is wrong with a place as written, a Chinese sentence; None if some form has such a place.

    Args:
        written: the place, without spaces.
        forms: the forms by id.
        also: what else may be written there, such as `，或问题的指纹`.
    """
    if written in (_OPENING, _WHOLE):
        return None
    match = _TABLE.fullmatch(written)
    if match:
        tables = [form.tables[match["table"]] for form in forms.values() if match["table"] in form.tables]
        return _cell_fault(match, tables, forms)
    told = cell_proposal(
        written, [table for form in forms.values() for table in form.tables.values()], coded=True
    )
    if told:
        return f"没有格子“{written}”{told}"
    number = section_number(written)
    sections = max((len(form.sections) for form in forms.values()), default=0)
    if written in SCOPE_MEANINGS:
        return f"“{written}”里的问题，位置写“{_WHOLE}”{also}"
    if number is None:
        shapes = "表三.新收.总计（或 T3[R1, total]）、表三、第五部分、开头、全文"
        return f"看不出“{written}”是什么位置；应写成 {shapes}{also}"
    if not 1 <= number <= sections:
        return f"格式只有 {sections} 个部分，没有“{written}”"
    return None


def _cell_fault(match: re.Match[str], tables: list[FormTable], forms: Mapping[str, Form]) -> str | None:
    if not tables:
        known = sorted({key for form in forms.values() for key in form.tables})
        return f"没有代号为“{match['table']}”的表{did_you_mean(match['table'], known)}"
    for word, key, lines in (
        ("行", match["row"], row_names(tables)),
        ("列", match["column"], column_names(tables)),
    ):
        if key and key not in lines:
            return f"表 {match['table']} 没有{word}“{key}”{line_proposal(key, lines)}"
    return None
