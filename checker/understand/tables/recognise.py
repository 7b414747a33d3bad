"""Which document tables are the tables of the form, and of which form.

A table is known by its labels. One that was cut into pieces is put together again; a table that only
shares a few words with the form, or stands in another section, is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from checker.model.document import Table
from checker.model.numerals import CellState
from checker.model.report import BLANK_CELL, MISSING_CELL, CellValue, ReportTable
from checker.startup.records import dataclass, field
from checker.understand.labels import closest
from checker.understand.library import FormIndex, TableIndex
from checker.understand.tables.cells import Reading
from checker.understand.tables.layouts import read_sheets
from checker.understand.tables.sheet import Sheet, prepare

_FEW_HITS: Final = 3
_ROWS_ALONE: Final = 4
_MOST_SLIPS: Final = 40


@dataclass(frozen=True, slots=True)
class LocatedTable:
    """A document table and the number of the section it stands in, None outside the form's sections."""

    table: Table
    section: int | None


@dataclass
class _Candidate:
    """Consecutive document tables that may be one table of the form."""

    key: str
    section: int | None
    sheets: list[Sheet] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def add(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)
        self.words |= sheet.words


@dataclass(frozen=True)
class FoundTables:
    """The form's tables as found.

    Attributes:
        tables: by key.
        form_id: see `checker.model.report.Report`.
        form: the one form all tables follow, None if there are no tables or they follow several.
    """

    tables: Mapping[str, ReportTable]
    form_id: str | None
    form: FormIndex | None


def find_tables(
    located: Sequence[LocatedTable], forms: Sequence[FormIndex], in_force: FormIndex
) -> FoundTables:
    """Find and read the form's tables.

    Args:
        located: the document's tables in order.
        forms: the forms to choose from.
        in_force: the form that decides where labels do not.
    """
    best: dict[str, tuple[_Candidate, list[TableIndex]]] = {}
    for candidate in _candidates(located, forms):
        indexes = [form.tables[candidate.key] for form in forms if candidate.key in form.tables]
        cut_off = not any(_has_last_row(index, candidate.words) for index in indexes)
        scores = [_score(index, candidate.words, cut_off=cut_off) for index in indexes]
        fitting = [index for index, score in zip(indexes, scores, strict=True) if score == max(scores)]
        if not _belongs(candidate, fitting[0]):
            continue
        known = best.get(candidate.key)
        if known is None or _rank(candidate, fitting[0]) > _rank(known[0], known[1][0]):
            best[candidate.key] = (candidate, fitting)
    certain = {fitting[0].form.id for _, fitting in best.values() if len(fitting) == 1}
    form_id, form = _common_form(certain, forms, in_force, found=bool(best))
    usual = form or in_force
    tables = {
        key: _read(candidate, _preferred(fitting, usual), usual)
        for key, (candidate, fitting) in sorted(best.items())
    }
    return FoundTables(tables, form_id, form)


def _common_form(
    certain: set[str], forms: Sequence[FormIndex], in_force: FormIndex, *, found: bool
) -> tuple[str | None, FormIndex | None]:
    if not found:
        return None, None
    if len(certain) > 1:
        return "mixed", None
    form = next((index for index in forms if index.form.id in certain), None)
    form = form or (in_force if in_force in forms else forms[-1])
    return form.form.id, form


def _preferred(fitting: Sequence[TableIndex], usual: FormIndex) -> TableIndex:
    """Of equally fitting definitions that of the report's form."""
    return next((index for index in fitting if index.form is usual.form), fitting[-1])


def _score(index: TableIndex, words: Iterable[str], *, cut_off: bool) -> int:
    """How well labels fit a definition: those found, less those that should be there and are not.

    What a table lacks says nothing about its form if its end is lost.
    """
    present = frozenset(words)
    found, missing = present & index.all_words, index.standard_words - present
    strange = sorted(present - index.all_words)[:_MOST_SLIPS] if missing else []
    slips = {slips[0] for label in strange if len(slips := closest(label, missing)) == 1}
    return len(found) + 2 * len(slips) - (0 if cut_off else len(missing))


def _has_last_row(index: TableIndex, words: Collection[str]) -> bool:
    return next(reversed(list(index.table.rows))) in _row_keys(index, words)


def _rank(candidate: _Candidate, index: TableIndex) -> tuple[bool, int]:
    return (candidate.section == index.table.section, len(candidate.words & index.all_words))


def _belongs(candidate: _Candidate, index: TableIndex) -> bool:
    """Whether a candidate may be taken: in its section, or so complete that it can be nothing else."""
    if candidate.section == index.table.section:
        return True
    return 2 * len(candidate.words & index.standard_words) >= len(index.standard_words)


def _candidates(located: Sequence[LocatedTable], forms: Sequence[FormIndex]) -> list[_Candidate]:
    candidates: list[_Candidate] = []
    indexes: dict[str, list[TableIndex]] = {}
    for form in forms:
        for table_key, index in form.tables.items():
            indexes.setdefault(table_key, []).append(index)
    previous: _Candidate | None = None
    for entry in located:
        sheet = prepare(entry.table)
        key = _strongest(sheet, indexes)
        if previous and previous.section == entry.section and _continues(sheet, key, previous, indexes):
            previous.add(sheet)
        elif key:
            earlier = _unfinished(candidates, key, entry.section, sheet, indexes)
            previous = earlier or _Candidate(key, entry.section)
            previous.add(sheet)
            if earlier is None:
                candidates.append(previous)
        else:
            previous = None
    return candidates


def _unfinished(
    candidates: Sequence[_Candidate],
    key: str,
    section: int | None,
    sheet: Sheet,
    indexes: Mapping[str, list[TableIndex]],
) -> _Candidate | None:
    """An earlier candidate of the same section that this sheet completes."""
    for candidate in candidates:
        if (candidate.key, candidate.section) == (key, section) and _completes(
            sheet, candidate, indexes[key]
        ):
            return candidate
    return None


def _strongest(sheet: Sheet, indexes: Mapping[str, list[TableIndex]]) -> str | None:
    """Key of the form table that a sheet is by its own labels, None if they do not tell."""
    best_key: str | None = None
    best_hits = 0
    for key, versions in indexes.items():
        for index in versions:
            rows = sheet.words & index.rows.words
            columns = sheet.words & index.columns.words
            hits = len(sheet.words & index.all_words)
            strong = (rows and columns and hits >= _FEW_HITS) or len(rows) >= _ROWS_ALONE
            if strong and hits > best_hits:
                best_key, best_hits = key, hits
    return best_key


def _continues(
    sheet: Sheet, key: str | None, previous: _Candidate, indexes: Mapping[str, list[TableIndex]]
) -> bool:
    """Whether a sheet is the next piece of the table before it."""
    versions = indexes[previous.key]
    if key is not None:
        return key == previous.key and _completes(sheet, previous, versions)
    if not sheet.words:
        cut_after_header = not any(piece.has_figures for piece in previous.sheets)
        return cut_after_header and sheet.has_figures
    return any(sheet.words & index.all_words for index in versions) and _completes(sheet, previous, versions)


def _completes(sheet: Sheet, candidate: _Candidate, versions: Iterable[TableIndex]) -> bool:
    """Whether a sheet brings rows that are not there yet; repeated headers do not count."""
    for index in versions:
        new, old = _row_keys(index, sheet.words), _row_keys(index, candidate.words)
        if 2 * len(new & old) > min(len(new), len(old)):
            return False
    return True


def _row_keys(index: TableIndex, words: Collection[str]) -> set[str]:
    """Keys of the rows named, without labels such as 总计 that name columns too."""
    named = index.rows.words.intersection(words) - index.columns.words
    return {target.line.key for label in named for target in index.rows.targets[label]}


def _read(candidate: _Candidate, index: TableIndex, usual: FormIndex) -> ReportTable:
    reading = read_sheets(index, candidate.sheets)
    # Where nothing but labels is left of a table, its cells were blank; nobody left them out.
    bare = not reading.cells and bool(reading.row_labels) and not any(one.aligned for one in candidate.sheets)
    absent = BLANK_CELL if bare else MISSING_CELL
    cells = {address: reading.cells.get(address, absent) for address in index.table.addresses()}
    return ReportTable(
        form=index.table,
        form_id=index.form.id,
        cells=cells,
        row_labels=reading.row_labels,
        column_labels=reading.column_labels,
        unknown_rows=tuple(reading.unknown_rows),
        sources=tuple(sheet.table for sheet in candidate.sheets),
        state=_state(cells.values(), reading, usual),
        unplaced=reading.unplaced,
    )


def _state(cells: Iterable[CellValue], reading: Reading, form: FormIndex) -> str:
    """`filled`, or what the table is instead where no figure was read, see `ReportTable`."""
    values = list(cells)
    if reading.unknown_rows or any(cell.state in _WRITTEN for cell in values):
        return "filled"
    texts = [cell.raw for cell in values if cell.state is CellState.UNREADABLE]
    if not texts:
        return "unplaced" if reading.unplaced else "empty"
    return "placeholder" if all(form.is_placeholder("".join(text.split())) for text in texts) else "filled"


_WRITTEN: Final = frozenset(
    (
        CellState.NUMBER,
        CellState.SLASH,
        CellState.DASH,
        CellState.NONE_WORD,
        CellState.TEXT,
        CellState.CHOICE,
    )
)
