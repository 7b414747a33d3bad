"""What newer programs keep beside comments: which are answered or done, and names that last.

They write these parts for our comments too when they save an annotated file. What speaks of a comment that is gone
is taken out, so that no program finds half a comment; comments have no such entries when they are new.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from checker.annotate.ooxml.elements import placed
from checker.annotate.ooxml.part import Edit, Part, edited
from checker.readers.raw.ooxml import OoxmlPackage

_PARTS: Final = (
    ("commentsExtended", "paraId"),
    ("commentsIds", "paraId"),
    ("commentsExtensible", "durableId"),
)
"""Purpose of a part, and the attribute by which its entries name their comment."""


def without_threads(package: OoxmlPackage, main: str, gone: Collection[str]) -> dict[str, bytes]:
    """The parts beside the comments without entries of some comments.

    Args:
        package: the document.
        main: its main part.
        gone: names of the paragraphs of these comments (`w14:paraId`).

    Returns:
        The contents of those that change, by name.
    """
    changed: dict[str, bytes] = {}
    names = set(gone)
    for purpose, key in _PARTS if names else ():
        place = package.related_part(main, purpose)
        if place is None:
            continue
        part = Part(package.read(place))
        entries = [one for one in placed(part, 2).children if one.attributes.get(key) in names]
        names.update(one.attributes["durableId"] for one in entries if "durableId" in one.attributes)
        edits = [Edit(one.start, 0, b"", one.end - one.start) for one in entries]
        if edits:
            changed[place] = part.packed(edited(part.data, edits))
    return changed
