"""A Word document with cells that a person has changed: as tracked changes, or as if they had always been so."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from checker.annotate.docx.marks import Wording, opened
from checker.annotate.docx.proposals import Proposals
from checker.annotate.docx.scan import scan
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Part, edited
from checker.annotate.options import AnnotateOptions
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import OoxmlPackage


def corrected(
    data: bytes, cells: Mapping[int, str], options: AnnotateOptions, *, tracked: bool
) -> tuple[bytes, list[int]]:
    """A copy of a document with other text in some cells.

    Args:
        data: the document.
        cells: what cells shall say, by the place of the cell in the source (`Location.source`).
        options: who changes, and when.
        tracked: as changes that the author accepts or rejects; otherwise the text simply stands there.

    Returns:
        The copy, and the places of cells that cannot be changed: they hold pictures, fields and the like.

    Raises:
        UnreadableError: the document cannot be read.
    """
    package = OoxmlPackage(data, DEFAULT_LIMITS)
    main = package.main_part()
    part = Part(package.read(main))
    offsets = {source: part.offset(source) for source in cells}
    scanned = scan(part, set(offsets.values()))
    numbers = count(max(scanned.ids, default=-1) + 1)
    wording = Wording(scanned.namespace, scanned.prefix)
    proposals = Proposals(part, scanned, wording, options, numbers, tracked=tracked)
    refused = [source for source, offset in offsets.items() if not proposals.can_change(offset)]
    for source, text in cells.items():
        if source not in refused:
            proposals.change(offsets[source], text)
    if not proposals.count:
        return data, refused
    edits = (*proposals.edits(), *opened(part, proposals.closed))
    changed = part.packed(edited(part.data, edits))
    return rewritten(data, {main: changed}, main, DEFAULT_LIMITS), refused
