"""Every paragraph given its section and role, and the sections put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.document import Block, Paragraph, Table
from checker.model.report import Section, Text
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import dataclass, field
from checker.understand.labels import label_words
from checker.understand.library import FormIndex
from checker.understand.outline import Heading
from checker.understand.tables.recognise import LocatedTable

_PAGE_RESIDUE: Final = compile_later(
    rf"(?:{one_of('-—–―·/')}|\s|\d){{1,24}}"
    rf"|第?\s*\d{{1,3}}\s*页\s*{one_of('/，,（(')}?\s*(?:共\s*\d{{1,3}}\s*页)?[)）]?"
)
_RULES: Final = frozenset("-—–―·/")
_TRAILING_FIGURES: Final = compile_later(r"[\d\s/.-]+$")
_MAX_LEAKED: Final = 80


@dataclass(frozen=True, slots=True)
class Frame:
    """Ordinals (from 0) of the paragraphs around the text of the report.

    Attributes:
        title: the title.
        signature: who signed and when.
        end: the last paragraph of the report, None if its text ends nowhere before the file does.
    """

    title: range = range(0)
    signature: tuple[int, ...] = ()
    end: int | None = None


@dataclass
class _OpenSection:
    """A section under construction."""

    heading: Heading
    text: Text
    texts: list[Text] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    placeholders: list[Text] = field(default_factory=list)

    def close(self) -> Section:
        return Section(
            number=self.heading.number or None,
            ordinal=self.heading.ordinal,
            title=self.heading.title,
            wording=self.heading.wording,
            heading=self.text,
            texts=tuple(self.texts),
            tables=tuple(self.tables),
            placeholders=tuple(self.placeholders),
        )


@dataclass(frozen=True, slots=True)
class Arranged:
    """The document's blocks in their places."""

    texts: tuple[Text, ...]
    sections: tuple[Section, ...]
    tables: tuple[LocatedTable, ...]


def arrange(
    blocks: Sequence[Block],
    prepared: Sequence[Text],
    headings: Sequence[Heading],
    frame: Frame,
    form: FormIndex,
) -> Arranged:
    """Give every text its section and role, and every table its section.

    Args:
        blocks: paragraphs and tables of the document, in order.
        prepared: one text a paragraph, its words squeezed already.
        headings: the first-level headings.
        frame: title and signature.
        form: whose template text and table labels to set aside.
    """
    by_index = {heading.index: heading for heading in headings}
    texts: list[Text] = []
    sections: list[_OpenSection] = []
    tables: list[LocatedTable] = []
    index = -1
    for block in blocks:
        current = sections[-1] if sections else None
        if isinstance(block, Table):
            if current:
                current.tables.append(block)
            tables.append(LocatedTable(block, (current.heading.number or None) if current else None))
            continue
        index += 1
        heading = by_index.get(index)
        if heading:
            head, rest = _split(block, heading)
            current = _OpenSection(heading, head)
            sections.append(current)
            texts.append(head)
            if rest is None:
                continue
            text = rest
        else:
            text = _with_role(prepared[index], index, current, frame, form)
        texts.append(text)
        if current and text.role == "body":
            current.texts.append(text)
        elif current and text.role == "stray" and form.is_placeholder(text.squeezed.text):
            current.placeholders.append(text)
    return Arranged(tuple(texts), tuple(section.close() for section in sections), tuple(tables))


def _split(paragraph: Paragraph, heading: Heading) -> tuple[Text, Text | None]:
    """The heading's text, and the body text that runs on in the same paragraph."""
    number = heading.number or None
    start = heading.body_start
    if start is None or not paragraph.text[start:].strip():
        return Text(paragraph, number, "heading"), None
    head = Paragraph(paragraph.text[:start], paragraph.location, paragraph.heading)
    rest = Paragraph(paragraph.text[start:], paragraph.location)
    return Text(head, number, "heading"), Text(rest, number, "body", offset=start)


def _with_role(text: Text, index: int, current: _OpenSection | None, frame: Frame, form: FormIndex) -> Text:
    number = (current.heading.number or None) if current else 0 if form.form.sections else None
    if index in frame.title:
        return _changed(text, None, "title")
    if index in frame.signature:
        return _changed(text, None, "signature")
    before = len(frame.title) > 0 and index < frame.title.start
    if before or (frame.end is not None and index > frame.end):
        return _changed(text, None, "stray")
    words = text.squeezed.text
    if form.is_placeholder(words) or _is_page_residue(words) or _leaked(words, form):
        return _changed(text, number, "stray")
    return _changed(text, number, "body")


def _is_page_residue(words: str) -> bool:
    """Whether a line is a page number or a rule of dashes."""
    first, last = words[:1], words[-1:]
    may_be = (first in _RULES or first == "第" or first.isdecimal()) and (
        last in _RULES or last in "页)）" or last.isdecimal()
    )
    return may_be and _PAGE_RESIDUE.fullmatch(words) is not None


def _leaked(words: str, form: FormIndex) -> bool:
    """Whether a line is a label that leaked out of a table, with or without its figures."""
    return len(words) <= _MAX_LEAKED and label_words(_TRAILING_FIGURES.sub("", words)) in form.table_words


def _changed(text: Text, section: int | None, role: str) -> Text:
    """The same text elsewhere; words that are squeezed already are kept."""
    changed = Text(text.paragraph, section, role)
    changed.__dict__["squeezed"] = text.squeezed
    return changed
