"""The headings of a document by the titles of a form, and by which form they are to be read.

Where hardly a heading is found, or not the first, they are looked for in the middle of paragraphs, too: a page
may have lost all its line ends. A list of the parts in an opening has the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from checker.model.document import Block, Document, Paragraph, Table
from checker.startup.lazy_re import compile_later, one_of
from checker.startup.records import replace
from checker.understand.library import ACCEPTED, STANDARD, FormIndex
from checker.understand.outline import Heading, find_headings, title_length

_NUMERALS: Final = "一二三四五六七八九"
_NUMBERED: Final = compile_later(rf"(?:^|(?<=[\s。；;!！?？）)]))({one_of(_NUMERALS)}、\s*)")
_FEWEST: Final = 4
"""Fewer headings in one paragraph may be a list of something else."""
_FEWEST_BEHIND: Final = 40
"""Characters of the first section behind its heading; fewer may be the rest of a sentence."""


def outlined(document: Document, form: FormIndex) -> tuple[Document, list[Heading]]:
    """The document and its headings; where there is hardly one, those in the middle of paragraphs."""
    headings = find_headings(tuple(document.paragraphs()), form, before_tables(document))
    found = {heading.number for heading in headings} if len(headings) > 1 else ()
    if 1 in found:
        return document, headings
    parted = with_headings_apart(document, form, found)
    if parted is document:
        return document, headings
    return parted, find_headings(tuple(parted.paragraphs()), form, before_tables(parted))


def followed_form(document: Document, own: FormIndex, in_force: FormIndex) -> FormIndex:
    """By which of two forms a report is judged: the one of its tables, unless its titles are those of the other.

    Args:
        document: the report.
        own: the form of its tables.
        in_force: the form in force for its year.
    """
    if titled_alike(own, in_force):
        return own
    return max(own, in_force, key=lambda form: _usual_titles(document, form))


def titled_alike(one: FormIndex, other: FormIndex) -> bool:
    """Whether two forms have the same sections."""
    return one is other or one.form.sections == other.form.sections


def _usual_titles(document: Document, form: FormIndex) -> int:
    return sum(heading.wording in (STANDARD, ACCEPTED) for heading in outlined(document, form)[1])


def before_tables(document: Document) -> frozenset[int]:
    """Ordinals of the paragraphs that are directly followed by a table."""
    found: set[int] = set()
    index = -1
    for block in document.blocks:
        if isinstance(block, Table):
            found.add(index)
        else:
            index += 1
    return frozenset(found)


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
