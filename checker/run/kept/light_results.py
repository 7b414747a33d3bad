"""Results as bytes, without the reports' text: between processes, and on disk while a long run goes on.

Forms are written by name; of texts only the words of the sections are kept, which next year's report is
compared with. As the bytes are compressed, a result takes some six kilobytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, Final, cast

from checker.model.document import Document, Location, Paragraph
from checker.model.findings import ReportResult
from checker.model.forms import Form, FormTable
from checker.model.report import Report, Section, Text
from checker.processes.protocol import MOST_BYTES
from checker.processes.serialise import Serialiser
from checker.startup.records import replace

_NOWHERE = Location()
_ARRIVED: Final = "serialised"
"""Where a result that came as bytes holds them; no field, so that a changed copy does not have it."""
_LEVEL: Final = 1
"""Of compression: the quickest, which leaves a sixth."""
_RESULTS: Final = Serialiser(
    ReportResult,
    names={"Form": Form, "FormTable": FormTable, "Report": Report},
    by_key={Form: lambda form: form.id, FormTable: lambda table: table.key},
)


def serialise(result: ReportResult) -> bytes:
    """A result as bytes, without the report's text."""
    arrived: bytes | None = result.__dict__.get(_ARRIVED)
    return zlib.compress(_RESULTS.write(slim(result)), _LEVEL) if arrived is None else arrived


def deserialise(data: bytes, forms: Mapping[str, Form]) -> ReportResult:
    """The result that `serialise` wrote; as long as it is not changed it need not be written again.

    Args:
        data: the bytes.
        forms: the forms by id.

    Raises:
        ValueError: the bytes are something else; the process that wrote them may have read a hostile file.
    """
    result = _RESULTS.read(_unpacked(data))
    if result.report is not None:
        result = replace(result, report=_with_form(result.report, forms))
    result.__dict__[_ARRIVED] = data
    return result


def _unpacked(data: bytes) -> bytes:
    """What was compressed, all of it and not more than a process may say at once.

    Raises:
        ValueError: the bytes are something else.
    """
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise ValueError("no compressed bytes") from error
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("not all of it, or more")
    return unpacked


def _with_form(report: Report, forms: Mapping[str, Form]) -> Report:
    """A report that came with the keys of its form and of its tables in their place."""
    named: Any = report.form
    try:
        tables = {
            key: replace(table, form=forms[table.form_id].tables[cast("Any", table.form)])
            for key, table in report.tables.items()
        }
        return replace(report, form=forms[named], tables=tables)
    except KeyError as error:
        raise ValueError("no such form") from error


def slim(result: ReportResult) -> ReportResult:
    """The result with what writers and other reports need of it, small enough to keep by the thousand."""
    report = result.report
    if report is None:
        return result
    texts = tuple(
        replace(text, paragraph=Paragraph("", _ordinal(text.paragraph.location), text.paragraph.heading))
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
