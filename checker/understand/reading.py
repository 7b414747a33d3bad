"""From a Document to a Report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from checker.model.document import Document, Location, Paragraph, Table
from checker.model.errors import UsageError
from checker.model.report import Field, Identity, Report, Text
from checker.model.text import squeeze
from checker.startup.records import dataclass
from checker.understand.bodies import BodyNames
from checker.understand.fields import find_fields
from checker.understand.headings_apart import with_headings_apart
from checker.understand.identity import Title, find_title, main_year
from checker.understand.library import FormIndex, Library
from checker.understand.naming import Body, declared_title, find_body
from checker.understand.outline import Heading, find_headings
from checker.understand.recognition import require_content, require_report
from checker.understand.roles import Arranged, Frame, arrange
from checker.understand.signature import find_signature
from checker.understand.tables.recognise import find_tables, form_of
from checker.understand.tables.running_cells import with_running_tables

_TITLE_AREA = 60
_NAMELESS = "—"
"""In place of the name of a body that nobody names: some levels have one tier."""


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
    require_content(document)
    document = with_running_tables(document, library.forms)
    newest = chosen or library.forms[-1]
    document, headings = _outlined(document, newest)
    texts = tuple(Text(paragraph, None) for paragraph in document.paragraphs())
    squeezed = [text.squeezed.text for text in texts]
    named = _named(document, squeezed, headings, newest, library)
    guess = chosen or library.in_force(named.year)
    arranged = arrange(document.blocks, texts, headings, _frame(squeezed, headings, named, library), guess)
    is_sign = library.bodies.is_sign
    fields = find_fields(library.fields, arranged.texts, _last_section(arranged), document, is_sign)
    year = _year(named.year, fields, squeezed)
    in_force = chosen or library.in_force(year)
    found = find_tables(arranged.tables, (chosen,) if chosen else library.forms, in_force)
    require_report(named.title, named.front, arranged.sections, found, library)
    body = named.body(_signed(fields), library.bodies)
    level = level or (library.bodies.level(body.name) if body else None)
    level = level or library.bodies.level_told(squeezed)
    return Report(
        document=document,
        form=form_of(found, in_force),
        form_id=found.form_id,
        identity=Identity(
            title=named.words,
            agency=body.name if body else None,
            level=level,
            tier=tier or library.bodies.tier(body.name if body else _NAMELESS, level),
            year=year,
            written=body.written if body and body.written != body.name else None,
        ),
        title=_title_text(named, texts),
        texts=arranged.texts,
        sections=arranged.sections,
        tables=found.tables,
        fields=fields,
    )


def _outlined(document: Document, form: FormIndex) -> tuple[Document, list[Heading]]:
    """The document and its headings; where there is hardly one, those in the middle of paragraphs."""
    headings = find_headings(tuple(document.paragraphs()), form, before_tables(document))
    if len(headings) > 1:
        return document, headings
    parted = with_headings_apart(document, form)
    if parted is document:
        return document, headings
    return parted, find_headings(tuple(parted.paragraphs()), form, before_tables(parted))


@dataclass(frozen=True, slots=True)
class _Named:
    """What says whose report about which year it is, before the text is put in order.

    Attributes:
        title: the title in the text, None if there is none.
        front: the paragraphs before the first section, squeezed.
        opening: those of them behind the title; the first one of the first section where there are none.
        page: the page's own title, squeezed.
        page_title: the report's title in it, None if it is none.
    """

    title: Title | None
    front: Sequence[str]
    opening: Sequence[str]
    page: str
    page_title: Title | None

    @property
    def year(self) -> int | None:
        """The year in the title, else that in the page's own."""
        year = self.title.year if self.title else None
        return year or (self.page_title.year if self.page_title else None)

    @property
    def words(self) -> str | None:
        """The title; where the text has none, that of a page."""
        if self.title:
            return self.title.words
        return self.page_title.words if self.page_title else None

    def body(self, signed: Iterable[str], bodies: BodyNames) -> Body | None:
        """The body that reports."""
        return find_body(self.title, self.opening, self.page, signed, bodies)


def _named(
    document: Document,
    squeezed: Sequence[str],
    headings: Sequence[Heading],
    form: FormIndex,
    library: Library,
) -> _Named:
    end = headings[0].index if headings else _TITLE_AREA
    title = find_title(squeezed[:end], library.bodies, form.form.report_names)
    opening = squeezed[title.last + 1 if title else 0 : end] or squeezed[end : end + 2]
    page = squeeze(document.properties.get("title", "")).text
    return _Named(title, squeezed[:end], opening, page, declared_title(page, library.bodies))


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


def _frame(squeezed: Sequence[str], headings: Sequence[Heading], named: _Named, library: Library) -> Frame:
    title = named.title
    body = named.body((), library.bodies)
    after = headings[-1].index + 1 if headings else (title.last + 1 if title else 0)
    signature = find_signature(
        squeezed, after, title.last if title else None, body.name if body else None, library.bodies
    )
    # A date below the title is where some sign; it ends nothing.
    end = signature[-1] if signature and headings and signature[-1] >= after else None
    return Frame(range(title.first, title.last + 1) if title else range(0), signature, end)


def _last_section(arranged: Arranged) -> int | None:
    """Ordinal of the heading text of the last section."""
    if not arranged.sections:
        return None
    heading = arranged.sections[-1].heading
    return next(index for index, text in enumerate(arranged.texts) if text is heading)


def _title_text(named: _Named, texts: Sequence[Text]) -> Text | None:
    """The title as one text; of a title spread over lines the place is that of the first.

    A title that only the page itself declares has no place.
    """
    title = named.title
    if title is None:
        return Text(Paragraph(named.words, Location()), None, "title") if named.words else None
    parts = [text.paragraph for text in texts[title.first : title.last + 1]]
    whole = Paragraph("".join(part.text.strip() for part in parts), parts[0].location, parts[0].heading)
    return Text(parts[0] if len(parts) == 1 else whole, None, "title")


def _year(titled: int | None, fields: Mapping[str, tuple[Field, ...]], squeezed: Sequence[str]) -> int | None:
    """The year reported: that of the title, else of the period, else the one the text names most.

    The title is overruled only by at least two of period, text and signature that agree on another year
    while none of them supports it: then the title is what was forgotten.
    """
    witnesses = [year for year in (_period_year(fields), main_year(squeezed), _signed_year(fields)) if year]
    if not titled:
        return witnesses[0] if witnesses else None
    others = set(witnesses)
    if len(witnesses) > 1 and len(others) == 1:
        return witnesses[0]
    return titled


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


def _signed(fields: Mapping[str, tuple[Field, ...]]) -> Iterator[str]:
    """Who signs."""
    for found in fields.get("signature", ()):
        if isinstance(found.value, str):
            yield found.value
