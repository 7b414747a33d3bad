"""What was read, for a person who compares it with the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from checker.judging.rules import Rulebook
from checker.kinds.tables.quality import quality_of
from checker.model.document import Location
from checker.model.forms import FormBlock, FormLine
from checker.model.report import Claim, Field, Report, ReportTable
from checker.model.vocabulary import Terms
from checker.run.pipeline import ReportReading
from checker.understand.claims.vocabulary import LIKELY
from checker.writers.shared.places import place_words, section_words
from checker.writers.shared.reports import recognised
from checker.writers.shared.text_cells import column_text, cut, harmless, pad, width, wrap

_LABEL: Final = 12
"""Cells for a label and the space behind it; longer labels stand on a line of their own."""
_GAP: Final = "  "
_WIDEST_COLUMN: Final = 12
_NARROWEST_LABEL: Final = 18
_LEAST_TEXT: Final = 12


def shown_as_text(
    readings: Sequence[ReportReading], rulebook: Rulebook, cells: int, *, with_claims: bool
) -> Iterator[str]:
    """Yield lines for all readings of a file.

    Args:
        readings: what was read.
        rulebook: what fields are called.
        cells: width of a line.
        with_claims: list what the text says in figures.
    """
    for number, reading in enumerate(readings):
        if number:
            yield ""
        yield from _paragraph("", harmless(reading.name), cells)
        if reading.problem:
            yield from _paragraph("", reading.problem.text, cells)
        if reading.report:
            yield from _Shown(reading.report, rulebook, cells).lines(with_claims=with_claims)


def _paragraph(label: str, text: str, cells: int) -> Iterator[str]:
    """One labelled paragraph with a hanging indent."""
    indent = " " * (len(_GAP) + _LABEL) if label else ""
    head = _GAP + pad(label, _LABEL) if label else ""
    if width(label) >= _LABEL:
        yield _GAP + cut(label, cells - len(_GAP))
        head = indent
    body = harmless(text)
    room = cells - len(indent)
    for number, (start, end) in enumerate(wrap(body, room, room)):
        yield (indent if number else head) + body[start:end]


class _Shown:
    """One report on its way to the terminal."""

    def __init__(self, report: Report, rulebook: Rulebook, cells: int) -> None:
        self._report = report
        self._rulebook = rulebook
        self._cells = cells
        self._subject = rulebook.subject(report)

    def lines(self, *, with_claims: bool) -> Iterator[str]:
        yield from self._identity()
        yield from self._fields()
        yield from self._sections()
        for key in self._report.form.tables:
            yield ""
            table = self._report.tables.get(key)
            if table is None:
                yield f"{self._report.form.tables[key].name}：没有找到"
            else:
                yield from self._table(table)
        if with_claims:
            yield from self._claims()
        if self._report.document.notes:
            yield ""
            yield "读取提示"
            for note in self._report.document.notes:
                yield from self._said("·", note.text)

    def _said(self, label: str, text: str) -> Iterator[str]:
        return _paragraph(label, text, self._cells)

    def _identity(self) -> Iterator[str]:
        identity, document = self._report.identity, self._report.document
        yield from self._said("标题", identity.title or "没有找到")
        yield from self._said("单位", identity.agency or "没有认出")
        yield from self._said("年度", str(identity.year) if identity.year else "没有认出")
        yield from self._said("认作", recognised(self._report, self._rulebook.vocabulary))
        encoding = document.properties.get("encoding")
        yield from self._said("文件格式", document.format + (f"，编码 {encoding}" if encoding else ""))

    def _fields(self) -> Iterator[str]:
        yield ""
        yield "要素"
        if not self._report.fields:
            yield f"{_GAP}没有找到"
        for name, fields in self._report.fields.items():
            for field in fields:
                where = place_words(field.place, self._report)
                text = f"{_field_words(field)}（{where}）"
                yield from self._said(self._subject.field_title(name), text)

    def _sections(self) -> Iterator[str]:
        yield ""
        yield "各部分"
        yield from self._section("开头", "", [text.paragraph.text for text in self._report.body(0)], 0)
        for section in self._report.sections:
            name = section_words(section.number) if section.number else "格式以外"
            texts = [text.paragraph.text for text in section.texts]
            yield from self._section(name, section.heading.paragraph.text, texts, len(section.tables))

    def _section(self, name: str, heading: str, texts: Sequence[str], tables: int) -> Iterator[str]:
        length = sum(1 for text in texts for character in text if not character.isspace())
        size = f"{len(texts)} 段 {length} 字" + (f" {tables} 张表" if tables else "")
        yield from self._said(name, f"{heading}　{size}" if heading else size)
        if texts:
            room = self._cells - len(_GAP) - _LABEL
            yield " " * (len(_GAP) + _LABEL) + cut(harmless(texts[0]), room)

    def _table(self, table: ReportTable) -> Iterator[str]:
        quality = quality_of(self._subject, table)
        sums = len(quality.broken) + len(quality.held)
        facts = [
            f"行 {quality.rows[0]}/{quality.rows[1]}",
            f"列 {quality.columns[0]}/{quality.columns[1]}",
        ]
        if table.form.sums and table.state == "filled":
            facts.append(f"合计 {len(quality.held)}/{sums} 成立" if sums else "合计都没有判断")
        if quality.unreadable[0]:
            facts.append(f"{quality.unreadable[0]} 格不是数字")
        if table.state != "filled":
            facts.append("数与格数对不上" if table.state == "unplaced" else "没有填写")
        where = _where(table)
        title = f"{table.form.name} {table.form.title}" if table.form.title else table.form.name
        yield from _paragraph("", f"{title}（{'，'.join([*where, *facts])}）", self._cells)
        marks = self._rulebook.vocabulary.cells
        for block in table.form.blocks:
            yield from _block_lines(table, block, self._cells, marks)
        for label, location in table.unknown_rows:
            yield from self._said("格式以外", f"{label}（{'，'.join(_location_words(location)) or '表内'}）")
        met = {table.cell(*address).state.value for address in table.form.order}
        notes = [f"{name} {marks.notes[key]}" for key, name in marks.names.items() if key in met]
        if notes:
            yield f"{_GAP}（{'；'.join(notes)}）"

    def _claims(self) -> Iterator[str]:
        yield ""
        yield "正文里的数量"
        claims = self._subject.claims
        if not claims:
            yield f"{_GAP}没有找到"
        for claim in claims:
            yield from self._said(
                "·", f"{claim.title}：{_claim_words(claim)}（{place_words(claim.place(), self._report)}）"
            )
            yield from self._said(" ", claim.words)


def _claim_words(claim: Claim) -> str:
    words = "说没有" if claim.denied else f"{claim.number} {claim.unit}".strip()
    if claim.confidence == LIKELY:
        return f"{words}，不符时只报警告"
    return f"{words}，{claim.reason}，不比对" if claim.reason else words


def _field_words(field: Field) -> str:
    if isinstance(field.value, str) and field.value.isascii() and field.value not in field.raw:
        return field.raw  # the value is a word for rules
    if not isinstance(field.value, tuple):
        return _one_value(field.value)
    days = [value for value in field.value if isinstance(value, date)]
    if days or None in field.value:
        return " 至 ".join(_one_value(value) for value in field.value)
    return "、".join(map(_one_value, field.value))


def _one_value(value: object) -> str:
    if value is None:
        return "没有写"
    return value.isoformat() if isinstance(value, date) else str(value)


def _where(table: ReportTable) -> list[str]:
    first, last = _location_words(table.sources[0].location), _location_words(table.sources[-1].location)
    return [*first, *(["到" + word for word in last if word not in first])]


def _location_words(location: Location) -> list[str]:
    words = [f"“{location.path}”"] if location.path is not None else []
    words += [f"第{location.page}页"] if location.page is not None else []
    words += [f"第{location.line}行"] if location.line is not None else []
    return words or ([f"文件里第{location.table_index}张表"] if location.table_index is not None else [])


def _block_lines(table: ReportTable, block: FormBlock, cells: int, marks: Terms) -> Iterator[str]:
    """One block of rows that share their columns: a line of column names, a line for each row."""
    figures = {
        row.key: [_figure(table, row.key, column.key, marks) for column in block.columns]
        for row in block.rows
    }
    labels = [_row_name(table, row) for row in block.rows]
    columns = _column_widths(block.columns, list(figures.values()), cells)
    room = max(
        _LEAST_TEXT, min(max(map(width, labels)), cells - len(_GAP) - sum(columns) - len(_GAP) * len(columns))
    )
    if block.heading:
        yield _GAP + cut(harmless(block.heading), cells - len(_GAP))
    names = [_wrapped(column.name, size) for column, size in zip(block.columns, columns, strict=True)]
    for number in range(max(map(len, names))):
        pieces = [name[number] if number < len(name) else "" for name in names]
        yield _row("", pieces, room, columns)
    for row, label in zip(block.rows, labels, strict=True):
        yield _row(label, figures[row.key], room, columns)


def _row_name(table: ReportTable, row: FormLine) -> str:
    """The short name with the ordinal by which a person finds it on the page."""
    return table.form.short_row_label(row.key)


def _figure(table: ReportTable, row: str, column: str, marks: Terms) -> str:
    cell = table.cell(row, column)
    return (
        marks.names.get(cell.state.value)
        or "、".join(cell.chosen)
        or (str(cell.value) if cell.value is not None else cell.raw)
    )


def _column_widths(columns: Sequence[FormLine], figures: Sequence[Sequence[str]], cells: int) -> list[int]:
    """As wide as the figures need, and the names if there is room."""
    least = [max(4, *(width(line[index]) for line in figures)) for index in range(len(columns))]
    room = cells - _NARROWEST_LABEL - len(_GAP) * (len(columns) + 1)
    widest = max(4, min(_WIDEST_COLUMN, room // max(1, len(columns))))
    return [min(widest, max(size, width(column.name))) for column, size in zip(columns, least, strict=True)]


def _wrapped(name: str, cells: int) -> list[str]:
    return [name[start:end] for start, end in wrap(harmless(name), cells, cells)]


def _row(label: str, pieces: Sequence[str], room: int, columns: Sequence[int]) -> str:
    line = _GAP + pad(column_text(label, room), room)
    for piece, size in zip(pieces, columns, strict=True):
        line += _GAP + pad(column_text(piece, size), size, right=True)
    return line.rstrip()
