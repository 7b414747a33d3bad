"""A Word document with what a person has changed: as tracked changes, or as if it had always been so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from checker.annotate.docx.anchors import TextProposal
from checker.annotate.docx.marks import Marks, Wording, opened
from checker.annotate.docx.proposals import Proposals
from checker.annotate.docx.scan import scan
from checker.annotate.docx.text_changes import TextChanges
from checker.annotate.ooxml.package import rewritten
from checker.annotate.ooxml.part import Part, edited
from checker.annotate.options import AnnotateOptions
from checker.readers.limits import DEFAULT_LIMITS
from checker.readers.raw.ooxml import OoxmlPackage


def corrected(
    data: bytes,
    cells: Mapping[int, str],
    options: AnnotateOptions,
    texts: Sequence[TextProposal] = (),
    *,
    tracked: bool,
) -> tuple[bytes, list[int]]:
    """A copy of a document with other text in some cells and paragraphs.

    Args:
        data: the document.
        cells: what cells shall say, by the place of the cell in the source (`Location.source`).
        options: who changes, and when.
        texts: what characters of paragraphs shall say.
        tracked: as changes that the author accepts or rejects; otherwise the text simply stands there.

    Returns:
        The copy, and the places of cells and paragraphs that cannot be changed: they hold pictures and the like, or,
        for tracked changes, fields.

    Raises:
        UnreadableError: the document cannot be read.
    """
    package = OoxmlPackage(data, DEFAULT_LIMITS)
    main = package.main_part()
    part = Part(package.read(main))
    offsets = {source: part.offset(source) for source in (*cells, *(text.source for text in texts))}
    scanned = scan(part, set(offsets.values()))
    numbers = count(max(scanned.ids, default=-1) + 1)
    wording = Wording(scanned.namespace, scanned.prefix)
    proposals = Proposals(part, scanned, wording, options, numbers, tracked=tracked)
    marks = Marks(part, scanned, wording)
    changes = TextChanges(part, scanned, marks, proposals)
    refused = [source for source in cells if not proposals.can_change(offsets[source])]
    for source, value in cells.items():
        if source not in refused:
            proposals.change(offsets[source], value)
    for text in texts:
        if changes.can_change(offsets[text.source], text):
            changes.change(offsets[text.source], text)
        else:
            refused.append(text.source)
    if not proposals.count and not changes.count:
        return data, refused
    if tracked:
        changes.put()
    reworded = (*marks.edits(), *changes.edits()) if tracked else changes.replacements()
    edits = (*proposals.edits(), *reworded, *opened(part, proposals.closed))
    changed = part.packed(edited(part.data, edits))
    return rewritten(data, {main: changed}, main, DEFAULT_LIMITS), refused
