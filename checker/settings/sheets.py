"""Lists that a user keeps as a spreadsheet: a workbook of Excel or WPS, or a CSV file that these have written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from checker.model.document import Document, Table
from checker.model.errors import Fault, UnreadableError, UsageError, system_words
from checker.model.text import label_key
from checker.startup.lazy_re import compile_later
from checker.startup.ordinary_files import read_ordinary
from checker.startup.records import dataclass, replace

_MOST_BYTES: Final = 20_000_000
_MOST_FAULTS: Final = 20
"""So many are listed."""
_MOST_ROWS: Final = 200_000
_MOST_CELLS: Final = 2_000_000
_MOST_CHARACTERS: Final = 50_000_000
"""A workbook of an office has all figures of all its units, more than a report ever has."""
_DAY: Final = compile_later(r"(20[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_COMPACT_DAY: Final = compile_later(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row below the heading.

    Attributes:
        line: number of the row, the heading being the first.
        known: texts by key of the column; columns without text are left out.
        more: texts of all other columns by their heading, in their order; also empty ones.
    """

    line: int
    known: Mapping[str, str]
    more: Mapping[str, str]


def sheet_rows(
    path: Path, what: str, columns: Mapping[str, str], needed: tuple[str, ...], headings: str
) -> Iterator[SheetRow]:
    """The rows of the first table whose heading has all the columns that are needed.

    Args:
        path: the file.
        what: what it is, for messages.
        columns: keys of columns by the headings that stand for them.
        needed: keys without which a table is another one.
        headings: the usual headings, for messages.

    Raises:
        UsageError: the file cannot be read, or has no such table.
    """
    for known, rows in sheets(path, what, columns):
        if known.issuperset(needed):
            yield from rows
            return
    raise UsageError(f"{what}“{path}”里没有表头为“{headings}”的表格。")


def sheets(
    path: Path, what: str, columns: Mapping[str, str]
) -> Iterator[tuple[frozenset[str], Iterator[SheetRow]]]:
    """Every table of a file: the keys of the columns that its heading has, and its rows.

    Args:
        path: the file.
        what: what it is, for messages.
        columns: keys of columns by the headings that stand for them.

    Raises:
        UsageError: the file cannot be read.
    """
    grids = _csv(path, what) if path.suffix.lower() in (".csv", ".tsv") else _workbook(path, what)
    keys = {label_key(heading): key for heading, key in columns.items()}
    for grid in grids:
        heading = next(grid, [])
        known = {number: keys.get(label_key(text), "") for number, text in enumerate(heading)}
        yield frozenset(known.values()) - {""}, _rows(grid, heading, known)


def _rows(grid: Iterator[list[str]], heading: list[str], known: Mapping[int, str]) -> Iterator[SheetRow]:
    for line, texts in enumerate(grid, 2):
        cells = [text.strip() for text in texts]
        if not any(cells):
            continue
        padded = [*cells, *[""] * (len(heading) - len(cells))]
        named = {key: padded[number] for number, key in known.items() if key and padded[number]}
        more = {
            text.strip(): padded[number]
            for number, text in enumerate(heading)
            if not known[number] and text.strip()
        }
        yield SheetRow(line, named, more)


def _workbook(path: Path, what: str) -> Iterator[Iterator[list[str]]]:
    from checker.readers import read_document  # noqa: PLC0415  # only for lists that are spreadsheets
    from checker.readers.limits import DEFAULT_LIMITS  # noqa: PLC0415  # likewise

    limits = replace(DEFAULT_LIMITS, cells=_MOST_CELLS, characters=_MOST_CHARACTERS)
    try:
        document = read_document(file_bytes(path, what), path.name, limits)
    except UnreadableError as error:
        wrong, end, advice = error.text.partition("。")
        if error.code == "unsupported":  # what is advised there is about reports
            advice = "请另存为 .xlsx 或 .csv。"
        raise UsageError(f"{what}“{path}”读不出来：{wrong}{end}{advice}") from None
    return _grids(document)


def _grids(document: Document) -> Iterator[Iterator[list[str]]]:
    """The tables of a document; a sheet with a single column is read as paragraphs."""
    lines = [[paragraph.text] for paragraph in document.paragraphs()]
    yield from (_grid(table) for table in document.tables())
    yield iter(lines)


def _grid(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        texts: list[str] = []
        for cell in row:
            texts += [""] * (cell.column - 1 - len(texts))
            texts.append(cell.text)
        yield texts


def _csv(path: Path, what: str) -> Iterator[Iterator[list[str]]]:
    import csv  # noqa: PLC0415  # only for lists of this sort

    data = file_bytes(path, what)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UsageError(f"{what}“{path}”的编码认不出来，请在 Excel 里另存为“CSV UTF-8”。")
    lines = text.replace("\0", "").splitlines(keepends=True)
    separator = "\t" if lines and "\t" in lines[0] and "," not in lines[0] else ","
    try:
        rows = list(csv.reader(lines[:_MOST_ROWS], delimiter=separator))
    except csv.Error:
        raise UsageError(f"{what}“{path}”不是 CSV 表格，请在 Excel 里重新另存。") from None
    return iter([iter(rows)])


def file_bytes(path: Path, what: str) -> bytes:
    """The contents of a list.

    Raises:
        UsageError: it cannot be opened, or is too large for a list.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{what}“{path}”太大（超过 20 MB），不像清单。")
        return read_ordinary(path)
    except OSError as error:
        raise UsageError(f"{what}“{path}”打不开（{system_words(error)}）。请检查路径和权限。") from None


def day_in(text: str) -> date | None:
    """A day as people write it in a list, such as 2025-01-31, 2025/1/31, 2025年1月31日; None if it is none."""
    found = _DAY.match(text.strip()) or _COMPACT_DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def refuse(what: str, faults: list[Fault]) -> None:
    """Say what is wrong with a list.

    Raises:
        UsageError: there are faults.
    """
    if faults:
        lines = "".join(f"\n  {fault}" for fault in faults[:_MOST_FAULTS])
        more = f"\n  ……共 {len(faults)} 处" if len(faults) > _MOST_FAULTS else ""
        raise UsageError(f"{what}有 {len(faults)} 处错误，未开始检查：{lines}{more}")
