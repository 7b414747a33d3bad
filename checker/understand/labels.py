"""Comparing labels and titles: numbering, spacing and punctuation are noise, the words count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, Generic, TypeVar

from checker.model.numerals import NO_WIDTH, half_width
from checker.model.text import label_key
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass

_CHINESE: Final = "一二三四五六七八九十"
_CHINESE_NUMERALS: Final = frozenset(_CHINESE)
_CIRCLED: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_OPENING, _CLOSING, _STOPS = frozenset("（("), frozenset("）)"), frozenset("、.")
_AFTER_NUMERAL: Final = frozenset("、.:：)）")
_LATIN: Final = "\xff"
_INVISIBLE: Final = dict.fromkeys(map(ord, NO_WIDTH))
_BRACKETS: Final = compile_later(r"[（(][^()（）]*[)）]")
_MAX_LABEL: Final = 120
_CLOSE: Final = 0.25
_FEWEST_LEFT: Final = 3
"""Characters of a label by which it can be told when the rest is lost."""


_KNOWN_FORMS: dict[str, tuple[str, ...]] = {}


def know_labels(known: Mapping[str, Sequence[str]]) -> None:
    """Tell what `label_forms` says of some labels, worked out before; it is kept for the whole process."""
    _KNOWN_FORMS.update((raw, tuple(forms)) for raw, forms in known.items())


@lru_cache(maxsize=8192)
def label_words(raw: str) -> str:
    """`raw` without its numbering, reduced as by `label_key`: what two labels must have in common."""
    known = _KNOWN_FORMS.get(raw)
    if known:
        return known[0]
    if len(raw) > _MAX_LABEL:
        return label_key(raw)
    plain = half_width(raw).translate(_INVISIBLE)
    return label_key(plain[_after_numbering(plain) :]) or label_key(plain)


def _after_numbering(label: str) -> int:
    """Where the words begin of a label numbered as `（一）`, `一、`, `1.`, `1`, `①` or by the stop alone; else 0."""
    start = _after_spaces(label, 0)
    first = label[start : start + 1]
    if first in _OPENING:
        number = _after_spaces(label, start + 1)
        end = _after_numeral(label, number)
        closing = _after_spaces(label, end)
        if end == number or label[closing : closing + 1] not in _CLOSING:
            return 0
        return _after_spaces(label, closing + 1 + (label[closing + 1 : closing + 2] in _STOPS))
    if first in _STOPS or first in _CIRCLED:
        return _after_spaces(label, start + 1)
    end = _after_numeral(label, start)
    following = _after_spaces(label, end)
    sign = label[following : following + 1]
    if end == start or not sign:
        return 0
    if sign in _AFTER_NUMERAL:
        return _after_spaces(label, following + 1)
    # A figure may stand before the words with nothing between.
    return following if first.isdecimal() and sign > _LATIN and sign.isalnum() else 0


def _after_spaces(text: str, start: int) -> int:
    while text[start : start + 1].isspace():
        start += 1
    return start


def _after_numeral(text: str, start: int) -> int:
    """The end of up to three Chinese or two Arabic numerals that begin at `start`."""
    end = start
    if text[start : start + 1] in _CHINESE_NUMERALS:
        while end < start + 3 and text[end : end + 1] in _CHINESE_NUMERALS:
            end += 1
    else:
        while end < start + 2 and text[end : end + 1].isdecimal():
            end += 1
    return end


@lru_cache(maxsize=8192)
def label_forms(raw: str) -> tuple[str, ...]:
    """The ways to look a label up, the fullest first: with and without what stands in brackets."""
    known = _KNOWN_FORMS.get(raw)
    if known is not None:
        return known
    full = label_words(raw)
    if len(raw) > _MAX_LABEL or not full:
        return (full,) if full else ()
    short = label_words(_BRACKETS.sub("", half_width(raw)))
    lost_mark = full[1:] if full[0] in _CHINESE else ""
    return tuple(dict.fromkeys(form for form in (full, short, lost_mark) if form))


def distance_within(first: str, second: str, limit: int) -> int | None:
    """Edit distance of two short strings, None if it exceeds `limit`."""
    if abs(len(first) - len(second)) > limit or len(set(first) - set(second)) > limit:
        return None
    previous = list(range(len(second) + 1))
    for row, left in enumerate(first, 1):
        current = [row]
        for column, right in enumerate(second, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (left != right)))
        if min(current) > limit:
            return None
        previous = current
    return previous[-1] if previous[-1] <= limit else None


def closest(words: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known labels that `words` is likeliest a slip of; several where they are equally likely.

    A slip changes at most a quarter of the label, or breaks it off after at least three characters.
    """
    if not _FEWEST_LEFT <= len(words) <= _MAX_LABEL:
        return ()
    best: list[str] = []
    best_distance = int(_MAX_LABEL * _CLOSE) + 1
    for candidate in known:
        limit = int(max(len(words), len(candidate)) * _CLOSE)
        if candidate.startswith(words):
            distance: int | None = 1
        else:
            distance = distance_within(words, candidate, min(limit, best_distance))
        if distance is None or distance > best_distance:
            continue
        best = [*best, candidate] if distance == best_distance else [candidate]
        best_distance = distance
    return tuple(best)


Target = TypeVar("Target")


@dataclass(frozen=True)
class LabelIndex(Generic[Target]):
    """Labels and what they stand for; one label may stand for several things.

    Attributes:
        targets: by words of the label (see `label_words`).
    """

    targets: Mapping[str, tuple[Target, ...]]

    @cached_property
    def words(self) -> frozenset[str]:
        """All labels it knows, as words."""
        return frozenset(self.targets)

    def exact(self, raw: str) -> tuple[Target, ...]:
        """What `raw` stands for, numbering, spacing and remarks in brackets aside."""
        for form in label_forms(raw):
            if form in self.targets:
                return self.targets[form]
        return ()

    def near(self, raw: str) -> tuple[Target, ...]:
        """What `raw` is an unambiguous slip of; asked only where `exact` knows nothing."""
        found = {self.targets[words] for words in closest(label_words(raw), self.targets)}
        return found.pop() if len(found) == 1 else ()


def build_index(entries: Iterable[tuple[Iterable[str], Target]]) -> LabelIndex[Target]:
    """An index from (labels, target) pairs; bracketless forms are added where they name one thing only."""
    full: dict[str, list[Target]] = {}
    short: dict[str, list[Target]] = {}
    for labels, target in entries:
        for label in labels:
            first, *others = label_forms(label)
            for words, table in ((first, full), *((other, short) for other in others)):
                known = table.setdefault(words, [])
                if target not in known:
                    known.append(target)
    for words, targets in short.items():
        if words not in full and len(targets) == 1:
            full[words] = targets
    return LabelIndex({words: tuple(targets) for words, targets in full.items()})
