"""The sentences of a report as digests: small enough to keep those of a hundred thousand reports.

A sentence has three of them. One is of its words with the body's own names and all figures masked, so that a text
in which only these were exchanged has the same; one is of the words with figures alone masked, for a text in which
not even the names were exchanged; one is of the words with their figures.
"""

from __future__ import annotations

import base64
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import Final, overload

from checker.model.text import label_key, spans_between
from checker.patterns.pattern import Pattern
from checker.startup.digests import sha256_of
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass
from checker.understand.own_names import OwnNames

_STOPS: Final = "。；！？\n"
_FIGURE: Final = compile_later(r"[0-9]+(?:[.,，][0-9]+)*")
_NO_COUNT: Final = compile_later(
    r"[〔\[（(第]?20[0-9]{2}[〕\])）年]|[0-9]+(?:月|日|号令|号文)|第[0-9]+|[0-9]+时"
)
"""Years, days and the numbers of articles and documents: equal in many reports."""
_OWN: Final = "本单位"
_MOST_SENTENCES: Final = 400
_LONGEST: Final = 0xFFFF
BEFORE_CLAUSES: Final = "|"
"""Stands between what is packed of the sentences of a report and what is packed of its clauses."""
_DIGESTS: Final = 3
_FIELDS: Final = 5
"""Numbers kept of a sentence besides its digests."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a report in their order, a column an attribute.

    Attributes:
        masked: digests of the words without names and figures.
        named: digests of the words without figures, the body's own names left.
        exact: digests of the words without names, with figures.
        section: number of the section.
        ordinal: which of the sentences of the section it is, counted as `sentences_of` yields them.
        length: characters of the sentence.
        figures: how many figures above 1 it has, years and the like left out.
        weight: ten times the decimal logarithm of the product of these figures.
    """

    masked: array[int]
    named: array[int]
    exact: array[int]
    section: array[int]
    ordinal: array[int]
    length: array[int]
    figures: array[int]
    weight: array[int]

    def __len__(self) -> int:
        return len(self.masked)

    def keys(self) -> set[int]:
        """By what its sentences are known again, figures left out."""
        return {*self.masked, *self.named}


def sentences_of(prose: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Section, ordinal in it from 0, and words of every sentence of a report's sections."""
    for section, text in prose.items():
        for ordinal, (start, end) in enumerate(spans_between(text, _STOPS)):
            yield section, ordinal, text[start:end]


def packed_sentences(
    prose: Mapping[int, str],
    own: OwnNames,
    own_words: Sequence[Pattern],
    unless: Sequence[Pattern],
    shortest: int,
) -> str:
    """The sentences of a report, to be read by `unpacked`.

    Args:
        prose: squeezed text by section.
        own: the names of the body for itself.
        own_words: how any body speaks of itself, such as 我局.
        unless: sentences with one of these are left out.
        shortest: sentences whose words have fewer characters are left out.
    """
    digests = (array("Q"), array("Q"), array("Q"))
    numbers = array("H")
    for section, ordinal, sentence in sentences_of(prose):
        if len(digests[0]) == _MOST_SENTENCES:
            break
        words = without_own_names(sentence, own, own_words)
        masked = masked_words(words)
        if len(masked) < shortest or any(pattern.search(sentence) for pattern in unless):
            continue
        counts = _counts(words)
        spellings = (masked, masked if words == sentence else masked_words(sentence), label_key(words))
        for column, text in zip(digests, spellings, strict=True):
            column.append(digest_of(text))
        weight = min(_LONGEST, round(10 * sum(log10(count) for count in counts)))
        numbers.extend(
            (
                section,
                min(ordinal, _LONGEST),
                min(len(sentence), _LONGEST),
                min(len(counts), _LONGEST),
                weight,
            )
        )
    head = array("H", [len(digests[0])])
    return base64.b64encode(
        b"".join(_little(column).tobytes() for column in (head, *digests, numbers))
    ).decode("ascii")


def unpacked(text: str) -> Sentences:
    """What `packed_sentences` packed.

    Raises:
        ValueError: the text is something else.
    """
    data = base64.b64decode(text, validate=True)
    count = int.from_bytes(data[:2], "little")
    if len(data) != 2 + count * (8 * _DIGESTS + 2 * _FIELDS):
        raise ValueError("no packed sentences")
    digests, numbers = array("Q"), array("H")
    digests.frombytes(data[2 : 2 + 8 * _DIGESTS * count])
    numbers.frombytes(data[2 + 8 * _DIGESTS * count :])
    _little(digests)
    _little(numbers)
    columns = (digests[start * count : (start + 1) * count] for start in range(_DIGESTS))
    return Sentences(*columns, *(numbers[start::_FIELDS] for start in range(_FIELDS)))


class PackedReports(Sequence[Sentences]):
    """The sentences of many reports, unpacked each time that they are asked for: packed they take a third."""

    def __init__(self, packed: Sequence[str]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, index: int) -> Sentences: ...

    @overload
    def __getitem__(self, index: slice) -> PackedReports: ...

    def __getitem__(self, index: int | slice) -> Sentences | PackedReports:
        if isinstance(index, slice):
            return PackedReports(self._packed[index])
        return unpacked(self._packed[index].partition(BEFORE_CLAUSES)[0])


def _little(column: array[int]) -> array[int]:
    """The column as it lies in memory where the lowest byte comes first, whatever this machine does."""
    if _BIG_ENDIAN:
        column.byteswap()
    return column


_BIG_ENDIAN: Final = array("H", [1]).tobytes() != b"\x01\x00"


def without_own_names(sentence: str, own: OwnNames | None, own_words: Sequence[Pattern]) -> str:
    """The sentence with the names of the body for itself masked."""
    spans = [(one.start, one.end) for one in own.spoken(sentence)] if own else []
    spans += [(match.start(), match.end()) for pattern in own_words for match in pattern.finditer(sentence)]
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= position:
            pieces += [sentence[position:start], _OWN]
            position = end
    return "".join((*pieces, sentence[position:]))


def masked_words(words: str) -> str:
    """Words without marks, every figure written as 0."""
    return label_key(_FIGURE.sub("0", words))


def digest_of(words: str) -> int:
    """A digest of 64 bits."""
    return int(sha256_of(words.encode())[:16], 16)


def _counts(words: str) -> list[int]:
    """The figures above 1 that count something."""
    bare = _NO_COUNT.sub(" ", words)
    found = (re.sub(r"[,，]", "", match[0]) for match in _FIGURE.finditer(bare))
    return [int(value) for text in found if (value := float(text[:15])) > 1]
