"""Headings that stand in the middle of a paragraph: a page whose line ends were all lost.

Only where no headings are found otherwise, or not the first; a list of the parts in an opening has the
same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from checker.model.document import Block, Document, Paragraph
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import replace
from checker.understand.library import FormIndex
from checker.understand.outline import title_length

_NUMERALS: Final = "一二三四五六七八九"
_NUMBERED: Final = compile_later(rf"(?:^|(?<=[\s。；;!！?？）)]))({one_of(_NUMERALS)}、\s*)")
_FEWEST: Final = 4
"""Fewer headings in one paragraph may be a list of something else."""
_FEWEST_BEHIND: Final = 40
"""Characters of the first section behind its heading; fewer may be the rest of a sentence."""


def with_headings_apart(document: Document, form: FormIndex, found: Collection[int] = ()) -> Document:
    """The document, with paragraphs parted in front of the headings in them.

    Args:
        document: one in which no headings were found, or not the first.
        form: whose titles to look for.
        found: numbers of the sections whose headings were found.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(_parted(block, form, found) if isinstance(block, Paragraph) else (block,))
    return replace(document, blocks=tuple(blocks)) if len(blocks) > len(document.blocks) else document


def _parted(paragraph: Paragraph, form: FormIndex, found: Collection[int]) -> Iterator[Paragraph]:
    text = paragraph.text
    numbered = list(_NUMBERED.finditer(text))
    starts = [match.start(1) for match in numbered if title_length(text[match.end() :], form)]
    if found:
        ahead = "".join(match[1][0] for match in numbered if starts and match.start(1) < starts[0])
        apart = _NUMERALS[0] not in ahead and _is_first(text, starts, found)
    else:
        apart = len(starts) >= _FEWEST
    if not apart:
        yield paragraph
        return
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        piece = text[start:end].strip()
        if piece:
            yield Paragraph(piece, paragraph.location)


def _is_first(text: str, starts: Sequence[int], found: Collection[int]) -> bool:
    """Whether headings not found yet are counted from one, and text of a section stands behind the first."""
    counted = "".join(text[start] for start in starts)
    if (
        not counted
        or not _NUMERALS.startswith(counted)
        or not set(found).isdisjoint(range(1, len(counted) + 1))
    ):
        return False
    end = starts[1] if len(starts) > 1 else len(text)
    return 0 < starts[0] < end - _FEWEST_BEHIND
