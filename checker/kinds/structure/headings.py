"""Where headings stand, and what may not have been read."""

from __future__ import annotations

from checker.judging.subject import Subject
from checker.kinds.kind import Options
from checker.model.place import Place
from checker.model.report import Section


def partly_unread(subject: Subject, options: Options) -> bool:
    """Whether what is missing may be in something that the reader noticed and could not read."""
    return subject.is_noted(options.get("unless_noted", ()))


def heading_place(section: Section) -> Place:
    """Place of a section's heading."""
    place = section.heading.place()
    return Place(place.location, section.number, excerpt=place.excerpt)
