"""Results as bytes: between processes, and on disk while a long run goes on.

Forms are written by name; of texts only the words of the sections are kept, which next year's report is
compared with: a result takes some ten kilobytes.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

from checker.document import Document, Location, Paragraph
from checker.findings import ReportResult
from checker.forms import Form, FormTable
from checker.records import replace
from checker.report import Report, Section, Text

_NOWHERE = Location()


def pack(result: ReportResult, forms: Mapping[str, Form]) -> bytes:
    """A result as bytes, see `slim`."""
    stream = io.BytesIO()
    _Pickler(stream, forms).dump(slim(result))
    return stream.getvalue()


def unpack(stream: Any, forms: Mapping[str, Form]) -> ReportResult:
    """The result that begins at the stream's position; only for what this program packed itself."""
    result: ReportResult = _Unpickler(stream, forms).load()
    return result


class _Pickler(pickle.Pickler):
    """Writes forms and their tables by name."""

    def __init__(self, file: Any, forms: Mapping[str, Form]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._names: dict[int, tuple[str, str | None]] = {
            id(form): (form.id, None) for form in forms.values()
        }
        self._names |= {id(t): (form.id, t.key) for form in forms.values() for t in form.tables.values()}

    def persistent_id(self, obj: object) -> tuple[str, str | None] | None:
        """Name of a form or form table, None for anything else."""
        return self._names.get(id(obj)) if isinstance(obj, (Form, FormTable)) else None


class _Unpickler(pickle.Unpickler):
    """Reads what `_Pickler` wrote."""

    def __init__(self, file: Any, forms: Mapping[str, Form]) -> None:
        super().__init__(file)
        self._forms = forms

    def persistent_load(self, pid: tuple[str, str | None]) -> Form | FormTable:
        """The form or form table of that name."""
        form = self._forms[pid[0]]
        return form if pid[1] is None else form.tables[pid[1]]


def slim(result: ReportResult) -> ReportResult:
    """The result with what writers and other reports need of it, small enough to keep by the thousand."""
    report = result.report
    if report is None:
        return result
    texts = tuple(
        replace(text, paragraph=replace(text.paragraph, text="", location=_ordinal(text.paragraph.location)))
        for text in report.texts
    )
    tables = {
        key: replace(table, sources=tuple(replace(source, rows=()) for source in table.sources))
        for key, table in report.tables.items()
    }
    document = Document((), report.document.format, dict(report.document.properties), report.document.notes)
    light = replace(
        report, document=document, texts=texts, sections=_words_of(report), tables=tables, title=None
    )
    return replace(result, report=light)


def _words_of(report: Report) -> tuple[Section, ...]:
    """The sections of the form with the words of their paragraphs, nothing else."""
    return tuple(
        replace(
            section,
            heading=_bare(section.heading),
            texts=tuple(map(_bare, section.texts)),
            tables=(),
            placeholders=(),
        )
        for section in report.sections
        if section.number
    )


def _bare(text: Text) -> Text:
    return replace(text, paragraph=Paragraph(text.paragraph.text, _NOWHERE), offset=0)


def _ordinal(location: Location) -> Location:
    return Location(paragraph=location.paragraph)
