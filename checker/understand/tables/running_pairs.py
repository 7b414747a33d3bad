"""A table of pairs whose cells run on a line each, as a dump of a document's text leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checker.model.document import Block, Cell, Document, Paragraph, Table
from checker.model.forms import PAIRS
from checker.startup.records import replace
from checker.understand.library import FormIndex, TableIndex

_FEWEST_LABELS: Final = 4


def with_running_pairs(document: Document, forms: Sequence[FormIndex]) -> Document:
    """The document, with a table in place of the paragraphs that are the cells of a table of pairs.

    It reaches from the first label to the paragraph behind the last one.

    Args:
        document: what a reader saw; one with tables is left as it is.
        forms: whose tables to look for.
    """
    indexes = [index for form in forms for index in form.tables.values() if index.table.layout == PAIRS]
    if not indexes or any(True for _ in document.tables()):
        return document
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    labels = [n for n, one in enumerate(paragraphs) if any(_is_label(one.text, index) for index in indexes)]
    if len(labels) < _FEWEST_LABELS:
        return document
    first, last = labels[0], min(labels[-1] + 1, len(paragraphs) - 1)
    blocks: tuple[Block, ...] = (
        *paragraphs[:first],
        _table(paragraphs[first : last + 1]),
        *paragraphs[last + 1 :],
    )
    return replace(document, blocks=blocks)


def _is_label(text: str, index: TableIndex) -> bool:
    return bool(index.rows.exact(text) or index.groups.exact(text))


def _table(paragraphs: Sequence[Paragraph]) -> Table:
    """One line of cells; what belongs together is told by the labels."""
    cells = tuple(
        Cell(one.text, 1, column, location=replace(one.location, table_index=1))
        for column, one in enumerate(paragraphs, 1)
    )
    return Table((cells,), replace(paragraphs[0].location, table_index=1), aligned=False)
