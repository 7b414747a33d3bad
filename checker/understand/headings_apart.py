"""Headings that stand in the middle of a paragraph: a page whose line ends were all lost.

Only where no headings are found otherwise; a list of the parts in an opening has the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checker.model.document import Block, Document, Paragraph
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import replace
from checker.understand.library import FormIndex
from checker.understand.outline import title_length

_NUMBERED: Final = compile_later(rf"(?:^|(?<=[\s。；;!！?？）)]))({one_of('一二三四五六七八九')}、\s*)")
_FEWEST: Final = 4
"""Fewer headings in one paragraph may be a list of something else."""


def with_headings_apart(document: Document, form: FormIndex) -> Document:
    """The document, with paragraphs parted in front of the headings in them.

    Args:
        document: one in which no headings were found.
        form: whose titles to look for.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(_parted(block, form) if isinstance(block, Paragraph) else (block,))
    return replace(document, blocks=tuple(blocks)) if len(blocks) > len(document.blocks) else document


def _parted(paragraph: Paragraph, form: FormIndex) -> Iterator[Paragraph]:
    text = paragraph.text
    starts = [match.start(1) for match in _NUMBERED.finditer(text) if title_length(text[match.end() :], form)]
    if len(starts) < _FEWEST:
        yield paragraph
        return
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        piece = text[start:end].strip()
        if piece:
            yield Paragraph(piece, paragraph.location)
