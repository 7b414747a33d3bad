"""Results as bytes: between processes, and on disk while a long run goes on.

Forms are written by name; of texts only the words of the sections are kept, which next year's report is
compared with: a result takes some ten kilobytes.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, cast

from checker.model.document import Document, Location, Paragraph
from checker.model.findings import ReportResult, Severity, Status, Verdict
from checker.model.forms import Form, FormTable
from checker.model.numerals import CellState
from checker.model.report import Report, Section, Text
from checker.startup.records import replace

_NOWHERE = Location()
_ARRIVED: Final = "packed"
"""Where a result that came packed holds its bytes; no field, so that a changed copy does not have it."""
_MODULES: Final = frozenset(
    (
        "checker.model.document",
        "checker.model.findings",
        "checker.model.numerals",
        "checker.model.place",
        "checker.model.report",
        "checker.model.text",
    )
)
_VALUES: Final = frozenset((("datetime", "date"), ("decimal", "Decimal")))


def pack(result: ReportResult) -> bytes:
    """A result as bytes, without the report's text."""
    arrived: bytes | None = result.__dict__.get(_ARRIVED)
    if arrived is not None:
        return arrived
    light = slim(result)
    report = light.report
    if report is not None:
        # Named, not held: a callback for every object, which the pickler offers for this, takes longer than
        # all the rest.
        tables = {key: replace(table, form=cast("FormTable", None)) for key, table in report.tables.items()}
        named = replace(report, form=cast("Form", report.form.id), tables=tables)
        light = replace(light, report=named)
    packed = io.BytesIO()
    _Packer(packed, pickle.HIGHEST_PROTOCOL).dump(light)
    return packed.getvalue()


def unpack(stream: Any, forms: Mapping[str, Form]) -> ReportResult:
    """The result that begins at the stream's position.

    Raises:
        UnpicklingError: it names something that is no part of a result. The process that packed it may have
            read a hostile file with native code, and must not be able to make this one run anything.
    """
    result: ReportResult = _Parts(stream).load()
    report = result.report
    if report is None:
        return result
    tables = {
        key: replace(table, form=forms[table.form_id].tables[key]) for key, table in report.tables.items()
    }
    whole = replace(report, form=forms[cast("str", report.form)], tables=tables)
    return replace(result, report=whole)


def arrived(packed: bytes, forms: Mapping[str, Form]) -> ReportResult:
    """The result that another process packed; as long as it is not changed it need not be packed again."""
    result = unpack(io.BytesIO(packed), forms)
    result.__dict__[_ARRIVED] = packed
    return result


def _by_value(member: Enum) -> tuple[type[Enum], tuple[object]]:
    return type(member), (member.value,)


class _Packer(pickle.Pickler):
    """Writes members of enumerations by value: Python 3.11.0 to 3.11.3 would write a call of `getattr`."""

    dispatch_table = dict.fromkeys((CellState, Severity, Status, Verdict), _by_value)


class _Parts(pickle.Unpickler):
    """Makes nothing but parts of results."""

    def find_class(self, module: str, name: str) -> Any:
        if name.isidentifier() and (module in _MODULES or (module, name) in _VALUES):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"no part of a result: {module}.{name}")


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
