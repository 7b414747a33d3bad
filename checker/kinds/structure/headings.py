"""Where headings stand, and what may not have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.judging.subject import Subject
from checker.kinds.kind import Options
from checker.kinds.rewording import text_change
from checker.model.findings import TextChange
from checker.model.numerals import numeral
from checker.model.place import Place
from checker.model.report import Section
from checker.model.text import squeeze


def partly_unread(subject: Subject, options: Options) -> bool:
    """Whether what is missing may be in something that the reader noticed and could not read."""
    return subject.is_noted(options.get("unless_noted", ()))


def heading_place(section: Section) -> Place:
    """Place of a section's heading."""
    place = section.heading.place()
    return Place(place.location, section.number, excerpt=place.excerpt)


def in_order(subject: Subject) -> bool:
    """Whether the sections are those of the form, each once and in its order."""
    report = subject.report
    return [section.number for section in report.sections] == list(range(1, len(report.form.sections) + 1))


def retitled(subject: Subject, section: Section, title: str) -> tuple[TextChange, ...]:
    """The title of a section, which ends its heading, as it should read; the numeral in front stays."""
    words, written = section.heading.squeezed.text, squeeze(section.title).text
    start = len(words) - len(written)
    known = written and words.endswith(written)
    change = text_change(subject.report, section.heading, start, len(words), title) if known else None
    return (change,) if change else ()


def renumbered(subject: Subject, sections: Sequence[tuple[Section, int]]) -> tuple[TextChange, ...]:
    """The numerals of some headings as they should be; nothing if one of them is not written in the text."""
    changes = list(_renumbered(subject, sections))
    return tuple(one for one in changes if one) if all(changes) else ()


def _renumbered(subject: Subject, sections: Sequence[tuple[Section, int]]) -> Iterator[TextChange | None]:
    for section, number in sections:
        if section.ordinal != number:
            words, written = section.heading.squeezed.text, numeral(section.ordinal or 0)
            start = words.find(written)
            known = 0 <= start < words.find(squeeze(section.title).text)
            end = start + len(written)
            yield text_change(subject.report, section.heading, start, end, numeral(number)) if known else None
