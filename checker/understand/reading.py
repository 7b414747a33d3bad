"""From a Document to a Report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from checker.model.document import Document, Paragraph, Table
from checker.model.errors import NotAReportError, UsageError
from checker.model.report import Field, Identity, Report, Section, Text
from checker.model.text import squeeze
from checker.understand.fields import find_fields
from checker.understand.identity import Title, find_title, main_year, read_title
from checker.understand.library import FormIndex, Library
from checker.understand.outline import CERTAIN, Heading, find_headings
from checker.understand.roles import Arranged, Frame, arrange
from checker.understand.signature import find_signature
from checker.understand.tables.recognise import FoundTables, find_tables, form_of

_TITLE_AREA = 60
_FEWEST_SECTIONS = 2


def understand(
    document: Document,
    library: Library,
    *,
    form: str | None = None,
    level: str | None = None,
    tier: str | None = None,
) -> Report:
    """Read a document in the terms of the forms.

    Args:
        document: what a reader saw.
        library: forms, fields and names, compiled.
        form: id of the form to read it by, instead of the one its labels fit.
        level: what kind of body reports, instead of what its name shows.
        tier: of which tier, instead of what its name shows.

    Raises:
        NotAReportError: it has neither title nor sections nor tables of such a report.
        UsageError: `form` is no form of the library.
    """
    chosen = _chosen_form(library, form)
    texts = tuple(Text(paragraph, None) for paragraph in document.paragraphs())
    if not texts and not any(document.tables()):
        raise NotAReportError("empty", "文件里没有文字，也没有表格。")
    squeezed = [text.squeezed.text for text in texts]
    newest = chosen or library.forms[-1]
    headings = find_headings([text.paragraph for text in texts], newest, before_tables(document))
    title = find_title(squeezed[: headings[0].index if headings else _TITLE_AREA], library.bodies)
    declared = read_title(squeeze(document.properties.get("title", "")).text, library.bodies)
    named = title or declared
    guess = chosen or library.in_force(named.year if named else None)
    frame = _frame(squeezed, headings, title, named, library)
    arranged = arrange(document.blocks, texts, headings, frame, guess)
    fields = find_fields(library.fields, arranged.texts, _last_section(arranged), document)
    year = _year(named, fields, squeezed)
    in_force = chosen or library.in_force(year)
    found = find_tables(arranged.tables, (chosen,) if chosen else library.forms, in_force)
    _require_report(title, arranged.sections, found, in_force)
    agency = _agency(named, fields, library)
    level = level or (library.bodies.level(agency) if agency else None)
    return Report(
        document=document,
        form=form_of(found, in_force),
        form_id=found.form_id,
        identity=Identity(
            title=title.words if title else None,
            agency=agency,
            level=level,
            tier=tier or (library.bodies.tier(agency, level) if agency else None),
            year=year,
        ),
        title=_title_text(title, texts),
        texts=arranged.texts,
        sections=arranged.sections,
        tables=found.tables,
        fields=fields,
    )


def _chosen_form(library: Library, form_id: str | None) -> FormIndex | None:
    if form_id is None:
        return None
    chosen = library.form(form_id)
    if chosen is None:
        known = "、".join(index.form.id for index in library.forms)
        raise UsageError(f"没有名为“{form_id}”的格式，可用的有：{known}。")
    return chosen


def before_tables(document: Document) -> frozenset[int]:
    """Ordinals of the paragraphs that are directly followed by a table."""
    found: set[int] = set()
    index = -1
    for block in document.blocks:
        if isinstance(block, Table):
            found.add(index)
        else:
            index += 1
    return frozenset(found)


def _frame(
    squeezed: Sequence[str],
    headings: Sequence[Heading],
    title: Title | None,
    named: Title | None,
    library: Library,
) -> Frame:
    after = headings[-1].index + 1 if headings else (title.last + 1 if title else 0)
    signature = find_signature(
        squeezed, after, title.last if title else None, named.agency if named else None, library.bodies
    )
    return Frame(range(title.first, title.last + 1) if title else range(0), signature)


def _last_section(arranged: Arranged) -> int | None:
    """Ordinal of the heading text of the last section."""
    if not arranged.sections:
        return None
    heading = arranged.sections[-1].heading
    return next(index for index, text in enumerate(arranged.texts) if text is heading)


def _title_text(title: Title | None, texts: Sequence[Text]) -> Text | None:
    """The title as one text; of a title spread over lines the place is that of the first."""
    if title is None:
        return None
    parts = [text.paragraph for text in texts[title.first : title.last + 1]]
    whole = Paragraph("".join(part.text.strip() for part in parts), parts[0].location, parts[0].heading)
    return Text(parts[0] if len(parts) == 1 else whole, None, "title")


def _year(
    named: Title | None, fields: Mapping[str, tuple[Field, ...]], squeezed: Sequence[str]
) -> int | None:
    """The year reported: that of the title, else of the period, else the one the text names most.

    The title is overruled only by at least two of period, text and signature that agree on another year
    while none of them supports it: then the title is what was forgotten.
    """
    witnesses = [year for year in (_period_year(fields), main_year(squeezed), _signed_year(fields)) if year]
    if not named or not named.year:
        return witnesses[0] if witnesses else None
    others = set(witnesses)
    if len(witnesses) > 1 and len(others) == 1:
        return witnesses[0]
    return named.year


def _period_year(fields: Mapping[str, tuple[Field, ...]]) -> int | None:
    """The year in which the period ends."""
    for found in fields.get("period", ()):
        days = [day for day in found.value if isinstance(day, date)] if isinstance(found.value, tuple) else []
        if days:
            return days[-1].year
    return None


def _signed_year(fields: Mapping[str, tuple[Field, ...]]) -> int | None:
    """The year before the one in which the report was signed."""
    signed = fields.get("signed_on")
    return signed[0].value.year - 1 if signed and isinstance(signed[0].value, date) else None


def _agency(named: Title | None, fields: Mapping[str, tuple[Field, ...]], library: Library) -> str | None:
    """The body that reports: that of the title, else the one that signs."""
    if named and named.agency:
        return named.agency
    for found in fields.get("signature", ()):
        if isinstance(found.value, str) and library.bodies.level(found.value):
            return found.value
    return None


def _require_report(
    title: Title | None, sections: Sequence[Section], found: FoundTables, in_force: FormIndex
) -> None:
    known = {section.number for section in sections if section.number}
    # Guides and catalogues have headings that resemble those of reports.
    certain = {section.number for section in sections if section.number and section.wording in CERTAIN}
    few = len(certain) < _FEWEST_SECTIONS and len(known) < 2 * _FEWEST_SECTIONS
    if title is None and few and not found.tables:
        name = in_force.form.report_names[0]
        raise NotAReportError(
            "not_a_report", f"没有找到“{name}”的标题、章节和表格，看来不是这类报告，已跳过。"
        )
