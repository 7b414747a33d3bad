"""The clauses of a report as digests: a text in which words were exchanged here and there still shares most of them."""

from __future__ import annotations

import base64
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from checker.kinds.copying.prints import digest_of, masked_words, sentences_of, without_own_names
from checker.kinds.copying.shared_sentences import Buckets
from checker.model.text import spans_between
from checker.patterns.pattern import Pattern
from checker.startup.records import dataclass
from checker.understand.own_names import OwnNames

_STOPS: Final = "，、：,:；。"
_SHORTEST: Final = 6
_MOST: Final = 800
_BITS: Final = 32
_LONGEST: Final = 255


@dataclass(frozen=True, slots=True)
class AlikeInClauses:
    """Two reports that share clauses that hardly any other has.

    Attributes:
        one, other: their numbers in the set.
        clauses: how many they share.
        characters: of these.
        percent: what these are of the own clauses of the one that has less of them.
    """

    one: int
    other: int
    clauses: int
    characters: int
    percent: int


def packed_clauses(
    prose: Mapping[int, str], own: OwnNames | None, own_words: Sequence[Pattern], unless: Sequence[Pattern]
) -> str:
    """The clauses of a report, to be read by `lengths_of`; arguments are those of `packed_sentences`."""
    lengths: dict[int, int] = {}
    for _, _, sentence in sentences_of(prose):
        if len(lengths) < _MOST and not any(pattern.search(sentence) for pattern in unless):
            words = without_own_names(sentence, own, own_words)
            lengths.update(clauses_of(words))
    pairs = (digest.to_bytes(_BITS // 8, "little") + bytes([length]) for digest, length in lengths.items())
    return base64.b64encode(b"".join(pairs)).decode("ascii")


def clauses_of(words: str) -> Iterator[tuple[int, int]]:
    """Digest and length of every clause of a sentence whose own names are masked."""
    for start, end in spans_between(words, _STOPS):
        masked = masked_words(words[start:end])
        if len(masked) >= _SHORTEST:
            yield digest_of(masked) >> _BITS, min(len(masked), _LONGEST)


def lengths_of(packed: str) -> dict[int, int]:
    """The lengths of a report's clauses by digest.

    Raises:
        ValueError: the text is something else.
    """
    data = base64.b64decode(packed, validate=True)
    size = _BITS // 8 + 1
    if len(data) % size:
        raise ValueError("no packed clauses")
    return {
        int.from_bytes(data[start : start + size - 1], "little"): data[start + size - 1]
        for start in range(0, len(data), size)
    }


def alike_in_clauses(
    packed: Sequence[str], known: Collection[int], limit: int, least: int
) -> Iterator[AlikeInClauses]:
    """Pairs of reports that share at least so many clauses that are not common, in order.

    Args:
        packed: the clauses of each report.
        known: digests of clauses of a text that was given to all.
        limit: a clause that so many reports have is common.
        least: how many clauses must be shared.
    """
    common = set(known)
    pairs: Counter[int] = Counter()
    buckets = Buckets(lambda one: set(lengths_of(one)), packed)
    for digests, owners in buckets:
        counts = Counter(digests)
        common.update(digest for digest, count in counts.items() if count >= limit)
        shared = {digest for digest, count in counts.items() if count > 1 and digest not in common}
        made = [array("Q")]
        buckets.pair_up(digests, owners, shared, made)
        pairs.update(made[0])
    for pair in sorted(pair for pair, count in pairs.items() if count >= least):
        one, other = divmod(pair, 1 << 32)
        yield _compared(one, other, packed, common)


def _compared(one: int, other: int, packed: Sequence[str], common: Collection[int]) -> AlikeInClauses:
    left, right = (
        {digest: length for digest, length in lengths_of(packed[index]).items() if digest not in common}
        for index in (one, other)
    )
    shared = [length for digest, length in left.items() if digest in right]
    own = min(sum(left.values()), sum(right.values()))
    return AlikeInClauses(one, other, len(shared), sum(shared), 100 * sum(shared) // own if own else 0)
