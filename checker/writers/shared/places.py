"""Places in words, such as `第三部分 表三「（七）总计」行「自然人」列，第4页`, and proposed changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from checker.model.document import Location
from checker.model.findings import CellChange, Suggestion, TextChange
from checker.model.place import Place
from checker.model.report import Report
from checker.writers.shared.words import ordinal_word, value_words

WHOLE_REPORT: Final = "整篇报告"

_ROLE_WORDS: Final = {"title": "标题", "heading": "标题", "signature": "落款"}


def section_words(section: int | None) -> str:
    """Name of a section by its number: 开头, 第三部分; the whole report for None."""
    if section is None:
        return WHOLE_REPORT
    return f"第{ordinal_word(section)}部分" if section else "开头"


def section_heading(section: int | None, report: Report | None) -> str:
    """Name of a section with the title that the form gives it."""
    sections = report.form.sections if report else ()
    title = next((f" {entry.title}" for entry in sections if entry.number == section), "")
    return section_words(section) + title


def place_words(place: Place, report: Report | None) -> str:
    """The whole place, from the section down to page and line.

    Args:
        place: what to name.
        report: the report it stands in; without it paragraphs are counted from the beginning of the file.
    """
    section = "" if place.section is None else section_words(place.section)
    location = (
        Location(path=place.location.path, page=place.location.page) if place.lacking else place.location
    )
    parts: list[str] = []
    if place.table is not None:
        table = cell_words(place, report)
        parts.append(f"{section} {table}" if section else table)
    elif location.table_index is not None:
        parts.append(section + _grid_words(location))
    elif location.paragraph is not None:
        parts.append(_paragraph_words(place, section, report))
    elif section:
        parts.append(section)
    if location.page is not None:
        parts.append(f"第{location.page}页")
    if location.line is not None:
        parts.append(f"第{location.line}行")
    inside = _part_words(location, report)
    if inside:
        parts.append(f"在“{inside}”内")
    return "，".join(parts) or WHOLE_REPORT


def _part_words(location: Location, report: Report | None) -> str:
    """The part of the file, such as a sheet; not the file in a package that the whole report comes from."""
    member = report.document.properties.get("member", "") if report else ""
    return (location.path or "").removeprefix(member).removeprefix("/") if member else location.path or ""


def cell_words(place: Place, report: Report | None) -> str:
    """Table, row and column, each as far as the place names it: `表三「（七）总计」行「自然人」列`."""
    table = report.form.tables.get(place.table or "") if report else None
    found = report.tables.get(place.table or "") if report else None
    name = found.form.name if found else table.name if table else place.table or ""
    # Where the rows of the form are printed as groups of columns, nobody would look for a row.
    across = found is not None and found.form.layout == "across"
    row = place.row_label or place.row
    column = place.column_label or place.column
    form = found.form if found else table
    if form is not None and not form.has_columns:
        return name + (f"「{row}」" if row else "")
    return (
        name
        + (f"「{row}」{'下' if across and column else '部分' if across else '行'}" if row else "")
        + (f"「{column}」列" if column else "")
    )


def change_place(change: CellChange, report: Report | None) -> Place:
    """The place of a proposed change, with the labels of the form."""
    table = report.tables.get(change.table) if report else None
    if table is not None:
        return table.place(change.row, change.column)
    return Place(table=change.table, row=change.row, column=change.column)


def changes_words(changes: Sequence[CellChange], report: Report | None) -> str:
    """Proposed changes, one after the other: `表三「（七）总计」行「总计」列 6 改为 5；…`."""
    return "；".join(
        f"{cell_words(change_place(change, report), report)} "
        f"{value_words(change.current)} 改为 {value_words(change.proposed)}"
        for change in changes
    )


def rewording_words(changes: Sequence[TextChange]) -> str:
    """Changes of wording, one after the other: `“2023年”改为“2024年”；删去“关于”`; the same one is told once."""
    return "；".join(
        dict.fromkeys(
            f"“{change.current}”改为“{change.proposed}”" if change.proposed else f"删去“{change.current}”"
            for change in changes
        )
    )


def says_every_value(suggestion: Suggestion) -> bool:
    """Whether the sentence of a suggestion already names everything to write."""
    numbers = re.findall(r"[0-9][0-9.]*[0-9]|[0-9]", suggestion.text)
    changes = (suggestion.cells, *(rival.cells for rival in suggestion.rivals))
    return all(str(change.proposed) in numbers for cells in changes for change in cells) and all(
        f"“{change.proposed}”" in suggestion.text for change in suggestion.texts
    )


def _grid_words(location: Location) -> str:
    return (
        f"第{location.table_index}张表"
        + (f"第{location.grid_row}行" if location.grid_row is not None else "")
        + (f"第{location.grid_column}格" if location.grid_column is not None else "")
    )


def _paragraph_words(place: Place, section: str, report: Report | None) -> str:
    """The paragraph counted within its section, as a person with the page in hand would count it."""
    ordinal = place.location.paragraph
    number = 0
    for text in report.texts if report else ():
        same_section = place.section is not None and text.section == place.section
        number += same_section and text.role == "body"
        if text.paragraph.location.paragraph == ordinal:
            if text.role in _ROLE_WORDS:
                return section + _ROLE_WORDS[text.role]
            if same_section and text.role == "body":
                return f"{section}第{number}段"
            break
    return f"{section}{'，' if section else ''}全文第{ordinal}段"
