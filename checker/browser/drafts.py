"""A new report from the official form: the author fills in, and takes it home as a Word document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from checker.browser.word_file import DocumentTitle, Part, SectionHeading, TextParagraph, word_file
from checker.judging.rules import Rulebook
from checker.model.errors import UsageError
from checker.model.form_drawing import drawn_table
from checker.model.forms import Address, Form, FormTable
from checker.model.numerals import numeral
from checker.model.report import Report
from checker.run.pipeline import CheckOptions, read_bytes

_LONGEST_TEXT: Final = 50_000
_LONGEST_NAME: Final = 60
_YEARS: Final = range(2008, 2100)


def draft_form(rulebook: Rulebook) -> Form:
    """The form of new reports: the newest one that says what a report begins with.

    Raises:
        UsageError: none does.
    """
    forms = [form for form in rulebook.forms.values() if form.draft.opening]
    if not forms:
        raise UsageError("这个规则集没有可以新写报告的格式。")
    return max(forms, key=lambda form: form.first_year or 0)


def draft_fields(rulebook: Rulebook) -> dict[str, Any]:
    """What the author is asked for: the opening, and the sections with their tables."""
    form = draft_form(rulebook)
    return {
        "form": form.title,
        "opening": "\n".join(form.draft.opening),
        "sections": [
            {"number": section.number, "title": section.title, "table": bool(section.table)}
            for section in form.sections
        ],
    }


def draft(rulebook: Rulebook, request: Mapping[str, Any], files: Sequence[bytes]) -> tuple[str, bytes]:
    """The draft of a request: `agency`, `year`, `texts` (by number of the section, 0 for the opening), `previous`.

    Args:
        rulebook: the rules.
        request: see above.
        files: last year's report, if there is one.

    Returns:
        A name for the file, and the Word document.

    Raises:
        UsageError: the name or the year makes no sense, or last year's file holds no report.
    """
    form = draft_form(rulebook)
    agency = str(request.get("agency") or "").strip()[:_LONGEST_NAME]
    year = _year(request.get("year"))
    texts = {int(key): str(text)[:_LONGEST_TEXT] for key, text in (request.get("texts") or {}).items()}
    last = _last_report(rulebook, files[0], str(request.get("previous"))) if files else None
    name = f"{agency}{year}年{form.report_names[0]}"
    parts: list[Part] = [DocumentTitle(name), *_paragraphs(texts.get(0, ""), agency, year)]
    for section in form.sections:
        parts.append(SectionHeading(f"{numeral(section.number)}、{section.title}"))
        parts.extend(_paragraphs(texts.get(section.number, ""), agency, year))
        if section.table:
            table = form.tables[section.table]
            parts.append(drawn_table(table, _carried(form, table, last)))
    return f"{name}.docx", word_file(parts)


def _year(value: Any) -> int:
    try:
        year = int(value)
    except (TypeError, ValueError):
        year = 0
    if year not in _YEARS:
        raise UsageError(f"年度应在 {_YEARS.start} 到 {_YEARS.stop - 1} 之间，如 2025。")
    return year


def _paragraphs(text: str, agency: str, year: int) -> list[Part]:
    filled = text.replace("{agency}", agency or "本机关").replace("{year}", str(year))
    return [TextParagraph(line.strip()) for line in filled.split("\n") if line.strip()]


def _last_report(rulebook: Rulebook, data: bytes, name: str) -> Report:
    found = [reading.report for reading in read_bytes(rulebook, data, name, CheckOptions()) if reading.report]
    if len(found) != 1:
        raise UsageError(f"上年的文件“{name}”里应有一份报告，读到 {len(found)} 份。")
    return found[0]


def _carried(form: Form, table: FormTable, last: Report | None) -> dict[Address, str]:
    """The figures that last year's report has for this one."""
    source = last.tables.get(table.key) if last else None
    if source is None:
        return {}
    return {
        (row, column): str(value)
        for row, from_row in form.draft.carried.get(table.key, {}).items()
        for column in table.columns
        if (value := source.cell(from_row, column).value) is not None
    }
