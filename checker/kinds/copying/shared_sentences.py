"""Which reports share sentences that hardly any other has.

Everything is counted in columns of numbers, spread over buckets by digest, so that a hundred thousand reports
take some hundred megabytes and no report is compared with all others.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise
from typing import Final, Generic, TypeVar

from checker.kinds.copying.prints import Sentences
from checker.startup.records import dataclass

T = TypeVar("T")

_BUCKETS: Final = 64
_FEW: Final = 8
"""Of so many reports that share a sentence all pairs are looked at; of more, each with the next one: whoever
copied shares more than one sentence, and with the same reports."""


@dataclass(frozen=True)
class SharedSentences:
    """The reports of a set, ready to be compared.

    Attributes:
        reports: their sentences.
        common: digests (without figures) of sentences that many reports have, or the text given to all.
        counts: in how many reports the sentences stand that more than one has and that are not common.
        limit: a sentence that so many reports have is common.
    """

    reports: Sequence[Sentences]
    common: Collection[int]
    counts: Mapping[int, int]
    limit: int

    def own_characters(self, index: int, section: int | None = None) -> int:
        """Characters of a report's sentences that are not common, in all sections or in one."""
        report = self.reports[index]
        lengths = {
            report.masked[place]: report.length[place]
            for place in range(len(report))
            if report.masked[place] not in self.common and section in (None, report.section[place])
        }
        return sum(lengths.values())

    def shared(self, one: int, other: int) -> list[tuple[int, int]]:
        """Positions of sentences that two reports share and that are not common, in the order of the first."""
        right = self.reports[other]
        places: dict[int, int] = {}
        for column in (right.masked, right.named):
            for place, digest in enumerate(column):
                places.setdefault(digest, place)
        left = self.reports[one]
        found: dict[int, tuple[int, int]] = {}
        for place, digests in enumerate(zip(left.masked, left.named, strict=True)):
            for digest in digests:
                if digest in places and digest not in self.common:
                    found.setdefault(places[digest], (place, places[digest]))
        return sorted(found.values())


def shared_sentences(reports: Sequence[Sentences], known: Collection[int], limit: int) -> SharedSentences:
    """Count the sentences of a set.

    Args:
        reports: the sentences of each report.
        known: digests of sentences of a text that was given to all.
        limit: a sentence that so many reports have is common.
    """
    common = set(known)
    counts: dict[int, int] = {}
    for digests, _ in Buckets(Sentences.keys, reports):
        for digest, count in Counter(digests).items():
            if count >= limit:
                common.add(digest)
            elif count > 1 and digest not in common:
                counts[digest] = count
    return SharedSentences(reports, common, counts, limit)


def candidates(found: SharedSentences) -> Iterator[tuple[int, int]]:
    """Pairs of reports that share at least two sentences that are not common, in order."""
    pairs = [array("Q") for _ in range(_BUCKETS)]
    buckets = Buckets(Sentences.keys, found.reports)
    for digests, owners in buckets:
        buckets.pair_up(digests, owners, found.counts, pairs)
    for bucket in pairs:
        yield from sorted(divmod(pair, 1 << 32) for pair, count in Counter(bucket).items() if count > 1)


def equal_in_figures(found: SharedSentences, least: int) -> Iterator[tuple[int, int]]:
    """Pairs of reports that share a sentence with at least so many figures, these included, in order."""
    seen: set[tuple[int, int]] = set()
    buckets = Buckets(partial(_with_figures, least=least), found.reports)
    for digests, owners in buckets:
        counts = {digest: count for digest, count in Counter(digests).items() if 1 < count < found.limit}
        pairs = [array("Q") for _ in range(_BUCKETS)]
        buckets.pair_up(digests, owners, counts, pairs)
        seen.update(divmod(pair, 1 << 32) for bucket in pairs for pair in bucket)
    yield from sorted(seen)


def _with_figures(report: Sentences, least: int) -> set[int]:
    """The digests, figures included, of the sentences that have so many of them."""
    return {digest for digest, count in zip(report.exact, report.figures, strict=True) if count >= least}


class Buckets(Generic[T]):
    """Digests with the reports that they stand in, each once a report, spread over buckets.

    Args:
        digests_of: which digests of a report.
        reports: the reports.
    """

    def __init__(self, digests_of: Callable[[T], set[int]], reports: Sequence[T]) -> None:
        self._digests_of = digests_of
        self._reports = reports

    def __iter__(self) -> Iterator[tuple[array[int], array[int]]]:
        """Digests and the numbers of their reports, a bucket at a time."""
        digests = [array("Q") for _ in range(_BUCKETS)]
        owners = [array("I") for _ in range(_BUCKETS)]
        for owner, report in enumerate(self._reports):
            for digest in self._digests_of(report):
                bucket = digest % _BUCKETS
                digests[bucket].append(digest)
                owners[bucket].append(owner)
        for bucket in range(_BUCKETS):
            yield digests[bucket], owners[bucket]
            digests[bucket] = owners[bucket] = array("Q")

    @staticmethod
    def pair_up(
        digests: array[int], owners: array[int], shared: Collection[int], pairs: Sequence[array[int]]
    ) -> None:
        """Add the pairs of reports that share one of some digests to buckets, each as one number.

        Args:
            digests: as iterating yields them.
            owners: likewise.
            shared: the digests.
            pairs: the buckets; the first report stands in the upper half of the number.
        """
        holders: dict[int, list[int]] = {}
        for digest, owner in zip(digests, owners, strict=True):
            if digest in shared:
                holders.setdefault(digest, []).append(owner)
        for held in holders.values():
            for one, other in combinations(held, 2) if len(held) <= _FEW else pairwise(held):
                pairs[(one ^ other) % len(pairs)].append(one << 32 | other)
