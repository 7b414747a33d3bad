"""Where something stands in the list of links."""

from __future__ import annotations

from checker.judging.publication import PublishedLink
from checker.model.document import Location
from checker.model.place import Place


def link_place(link: PublishedLink) -> Place:
    """The line of a link."""
    return Place(Location(path=link.file, line=link.line), excerpt=link.url or link.title or None)
