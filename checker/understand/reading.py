"""From a Document to a Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from checker.model.document import Document, Location, Paragraph
from checker.model.errors import NotAReportError, UsageError
from checker.model.report import Field, Identity, Report, Text
from checker.model.text import squeeze
from checker.startup.records import dataclass, replace
from checker.understand.bodies import BodyNames
from checker.understand.fields import fields_in_cells, find_fields, frame_rows
from checker.understand.headings_apart import followed_form, outlined, titled_alike
from checker.understand.identity import Title, find_title, reported_year
from checker.understand.labels import label_words
from checker.understand.library import FormIndex, KindLibrary, Library
from checker.understand.naming import (
    Body,
    body_in_fields,
    carded_title,
    declared_title,
    find_body,
    fullest_of_one,
    owner,
    reporting_government,
    signers,
    subjects,
    with_place,
)
from checker.understand.outline import Heading
from checker.understand.recognition import no_report, require_content, require_report
from checker.understand.roles import Arranged, Frame, arrange
from checker.understand.signature import find_signature
from checker.understand.tables.recognise import FoundTables, find_tables
from checker.understand.tables.running_cells import with_running_tables
from checker.understand.tables.running_pairs import with_running_pairs

_TITLE_AREA: Final = 60
_NAMELESS: Final = "—"
"""In place of the name of a body that nobody names: some levels have one tier."""
_LEAD: Final = 3
"""Paragraphs of the first section whose first sentences may name the body."""
_MOST_CELLS: Final = 2000
"""So many cells tell of which kind a report is."""


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
        NotAReportError: it has neither title nor sections nor tables of a report of any kind.
        UsageError: `form` is no form of the library.
    """
    chosen = _chosen_form(library, form)
    require_content(document)
    kinds = [kind for kind in library.kinds if chosen is None or kind.kind == chosen.form.kind]
    for opening in _likeliest_first([_opening(document, kind, chosen or kind.forms[-1]) for kind in kinds]):
        try:
            return _understood(opening, chosen, level, tier)
        except NotAReportError:
            continue
    raise no_report(kinds)


@dataclass(frozen=True)
class _Opening:
    """A document taken for a report of one kind, before its text is put in order.

    Attributes:
        source: the document as it was read.
        form: the form whose sections the headings are.
        document: the document, with tables and headings that only the labels of this kind show.
        texts: one text a paragraph.
        headings: its first-level headings.
        named: what says whose report it is.
    """

    source: Document
    kind: KindLibrary
    form: FormIndex
    document: Document
    texts: tuple[Text, ...]
    headings: Sequence[Heading]
    named: _Named

    @property
    def squeezed(self) -> list[str]:
        """The texts, squeezed."""
        return [text.squeezed.text for text in self.texts]

    @property
    def announces(self) -> bool:
        """Whether the document says of itself that it is such a report, of some body or year."""
        title = self.named.title
        stated = title is not None and (title.agency is not None or title.year is not None)
        return stated and not self.kind.bodies.is_other_text(title.words if title else "")

    @property
    def evidence(self) -> int:
        """How many titles of sections and labels of tables of this kind there are."""
        cells = (cell.text for table in self.document.tables() for cell in table.cells())
        words = {label_words(text) for text in islice(cells, _MOST_CELLS)}
        known = frozenset().union(*(form.table_words for form in self.kind.forms))
        return len(known & words) + sum(heading.section is not None for heading in self.headings)


def _opening(source: Document, kind: KindLibrary, form: FormIndex) -> _Opening:
    document = with_running_tables(with_running_pairs(source, kind.forms), kind.forms)
    document, headings = outlined(document, form)
    texts = tuple(Text(paragraph, None) for paragraph in document.paragraphs())
    named = _named(document, [text.squeezed.text for text in texts], headings, form, kind.bodies)
    if headings and named.title and headings[0].index <= named.title.last:
        headings = headings[1:]  # a section that is called like the report itself
    return _Opening(source, kind, form, document, texts, headings, named)


def _likeliest_first(openings: Sequence[_Opening]) -> Sequence[_Opening]:
    """The kinds in which to read a document: what it says it is, else what most of its labels belong to."""
    if len(openings) == 1:
        return openings
    if sum(opening.announces for opening in openings) == 1:
        return sorted(openings, key=lambda opening: not opening.announces)
    return sorted(openings, key=lambda opening: (not opening.announces, -opening.evidence))


def _understood(opening: _Opening, chosen: FormIndex | None, level: str | None, tier: str | None) -> Report:
    """The document as a report of one kind.

    Raises:
        NotAReportError: it is none.
    """
    opening, read = _in_its_form(opening, chosen)
    kind, document, texts = opening.kind, opening.document, opening.texts
    headings, named = opening.headings, opening.named
    squeezed = opening.squeezed
    arranged, found, fields = read.arranged, read.found, read.fields
    require_report(named.title or named.page_title, named.front, arranged.sections, found, kind)
    fields |= fields_in_cells(kind.fields, found.tables)
    body, shown = _body(opening, fields, _lead(texts, headings))
    level = level or shown
    return Report(
        document=document,
        form=read.form.form,
        form_id=found.form_id,
        identity=Identity(
            title=named.words,
            agency=body.name if body else None,
            level=level,
            tier=tier or _tier(body, level, kind.bodies, squeezed),
            year=read.year,
            written=body.written if body and body.written != body.name else None,
        ),
        title=_title_text(named, texts),
        texts=arranged.texts,
        sections=arranged.sections,
        tables=found.tables,
        fields=fields,
    )


@dataclass(frozen=True)
class _Read:
    """What stands where in a document, and by which form its sections are judged."""

    arranged: Arranged
    found: FoundTables
    fields: dict[str, tuple[Field, ...]]
    year: int | None
    form: FormIndex


def _in_its_form(opening: _Opening, chosen: FormIndex | None) -> tuple[_Opening, _Read]:
    """A document read with the titles of its own form, which need not be those of the newest."""
    read = _read(opening, chosen)
    if not titled_alike(read.form, opening.form):
        opening = _opening(opening.source, opening.kind, read.form)
        read = _read(opening, chosen)
    return opening, read


def _read(opening: _Opening, chosen: FormIndex | None) -> _Read:
    kind, document, texts = opening.kind, opening.document, opening.texts
    headings, named, squeezed = opening.headings, opening.named, opening.squeezed
    guess = chosen or kind.in_force(named.year)
    frame = _frame(squeezed, headings, named, kind.bodies)
    arranged = arrange(document.blocks, texts, headings, frame, guess)
    fields = find_fields(kind.fields, arranged.texts, _last_section(arranged), document, kind.bodies.is_sign)
    year = reported_year(named.year, fields, squeezed)
    in_force = chosen or kind.in_force(year)
    found = find_tables(arranged.tables, (chosen,) if chosen else kind.forms, in_force)
    return _Read(arranged, found, fields, year, followed_form(document, found.form or in_force, in_force))


@dataclass(frozen=True, slots=True)
class _Named:
    """What says whose report about which year it is, before the text is put in order.

    Attributes:
        title: the title in the text, None if there is none.
        front: the paragraphs before the first section, squeezed.
        opening: those of them behind the title; the first one of the first section where there are none.
        page: the page's own title, or the one in the table of its frame, squeezed.
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

    def body(self, signed: Iterable[str], bodies: BodyNames, said: Sequence[str]) -> Body | None:
        """The body that reports; `said` is the whole text."""
        return find_body(self.title, self.opening, self.page, signed, bodies, said=said)


def _named(
    document: Document,
    squeezed: Sequence[str],
    headings: Sequence[Heading],
    form: FormIndex,
    bodies: BodyNames,
) -> _Named:
    end = headings[0].index if headings else _TITLE_AREA
    title = None
    if headings and form.form.is_named(headings[0].title):  # or is it the title, in a line of its own?
        title = find_title(squeezed[: end + 1], bodies)
        title = title if title and title.last == end else None
        end += 1 if title else 0
    title = title or find_title(squeezed[:end], bodies, form.form.report_names)
    opening = squeezed[title.last + 1 if title else 0 : end] or squeezed[end : end + 2]
    page = _page_title(document, bodies)
    return _Named(title, squeezed[:end], opening, page, declared_title(page, bodies))


def _page_title(document: Document, bodies: BodyNames) -> str:
    """The page's own title, squeezed; where that is none of a report, the one in the table of its frame."""
    page = squeeze(document.properties.get("title", "")).text
    if declared_title(page, bodies):
        return page
    return carded_title(([cell.text for cell in row] for row in frame_rows(document)), bodies) or page


def _lead(texts: Sequence[Text], headings: Sequence[Heading]) -> Sequence[str]:
    """The first paragraphs of the first section, squeezed, with what stands behind its heading."""
    if not headings:
        return ()
    first = headings[0]
    end = headings[1].index if len(headings) > 1 else len(texts)
    behind = squeeze(texts[first.index].paragraph.text[first.body_start :]).text if first.body_start else ""
    return (
        behind,
        *(text.squeezed.text for text in texts[first.index + 1 : min(end, first.index + 1 + _LEAD)]),
    )


def _behind_headings(texts: Sequence[Text], headings: Sequence[Heading]) -> Sequence[str]:
    """The first paragraph of each section, squeezed."""
    ends = [heading.index for heading in headings[1:]] + [len(texts)]
    return [
        texts[heading.index + 1].squeezed.text
        for heading, end in zip(headings, ends, strict=False)
        if heading.index + 1 < end
    ]


def _body(
    opening: _Opening, fields: Mapping[str, tuple[Field, ...]], lead: Sequence[str]
) -> tuple[Body | None, str | None]:
    """The body that reports, and its level.

    As a field says that goes first, else as it is named, else whom the first section is about, else as another
    field says, if that is no other body than the text calls itself.
    """
    named, bodies = opening.named, opening.kind.bodies
    body = body_in_fields(bodies.fields_before, fields, bodies) or named.body(
        signers(fields), bodies, opening.squeezed
    )
    if not (named.title and named.title.agency) and (
        body is None or bodies.is_office_of_government(body.name)
    ):
        body = reporting_government(named.opening, lead, bodies) or body
    publishers = [field for name in bodies.fields_after for field in fields.get(name, ())]
    stated = None if body else bodies.level_stated(opening.squeezed)
    said = (*named.opening, *lead)
    told = [] if body else subjects(said, stated, bodies)
    if not body and not told:
        told = subjects(_behind_headings(opening.texts, opening.headings), stated, bodies)
    body = body or fullest_of_one(told, bodies)
    stated = stated or (None if body or told else bodies.level_stated(opening.squeezed, last=True))
    body = body or body_in_fields(bodies.fields_after, fields, bodies, stated)
    own = None if body else owner(opening.squeezed, stated, bodies)
    body = body or (own if own in told or not told else None)  # of several that the text is about it is one
    body = with_place(body, said, publishers, bodies) if body else None
    return body, (bodies.level(body.name) if body else None) or stated


def _tier(body: Body | None, level: str | None, bodies: BodyNames, texts: Sequence[str]) -> str | None:
    """The tier that the name shows; where nobody names the body, that of those whose orders it speaks of.

    So it is for bodies whose names can hardly show one.
    """
    shown = bodies.tier(body.name if body else _NAMELESS, level)
    if shown or level is None or (body and not bodies.may_take_tier_from_text(body.name)):
        return shown
    return bodies.tier_stated(texts, level)


def _chosen_form(library: Library, form_id: str | None) -> FormIndex | None:
    if form_id is None:
        return None
    chosen = library.form(form_id)
    if chosen is None:
        known = "、".join(index.form.id for index in library.forms)
        raise UsageError(f"没有名为“{form_id}”的格式，可用的有：{known}。")
    return chosen


def _frame(squeezed: Sequence[str], headings: Sequence[Heading], named: _Named, bodies: BodyNames) -> Frame:
    title = named.title
    body = named.body((), bodies, squeezed)
    after = headings[-1].index + 1 if headings else (title.last + 1 if title else 0)
    signature = find_signature(
        squeezed, after, title.last if title else None, body.name if body else None, bodies
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
    if title.first == title.last:
        return _without_frame(texts[title.first], title.words)
    parts = [text.paragraph for text in texts[title.first : title.last + 1]]
    whole = Paragraph("".join(part.text.strip() for part in parts), parts[0].location, parts[0].heading)
    return Text(whole, None, "title")


def _without_frame(line: Text, words: str) -> Text:
    """The title in a line in which a page has put other things around it."""
    at = line.squeezed.text.find(words)
    if at < 0:
        return Text(line.paragraph, None, "title")
    first, last = line.squeezed.raw_span(at, at + len(words))
    if not line.paragraph.text[:first].strip() and not line.paragraph.text[last:].strip():
        return Text(line.paragraph, None, "title")
    return Text(replace(line.paragraph, text=line.paragraph.text[first:last]), None, "title", offset=first)
