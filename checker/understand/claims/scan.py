"""Paragraphs cut into sentences and clauses, with the figures and the words of the claim files in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Final

from checker.model.report import Text
from checker.model.text import offsets_of, spans_between
from checker.startup.records import dataclass
from checker.understand.claims.figures import Figure, read_figures
from checker.understand.claims.lines import CLAUSE_STOPS, Lines, blanked, clauses_of, joined
from checker.understand.claims.marks import BESIDE_OTHERS
from checker.understand.claims.vocabulary import ClaimVocabulary, Denial, Topic, Word
from checker.understand.own_names import OwnNames

_SENTENCE_STOPS: Final = "。！？!?\n"
_DIGITS: Final = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Mark:
    """A hit of a word from the claim files.

    `kind` is `topic`, `weak`, `hint`, `word`, `year` or the name of a mark.
    """

    start: int
    end: int
    kind: str
    entry: Topic | Word | None = None
    year: int | None = None


_Hit = tuple[int, int, int, int, Mark]
"""A mark behind what decides which of several hits counts; the least one does."""


@dataclass(frozen=True)
class Passage:
    """One paragraph, scanned; all offsets count its squeezed characters, marks and figures are in order."""

    lines: Lines
    words: str
    sentences: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    figures: tuple[Figure, ...]
    denials: tuple[tuple[int, int, Denial], ...]

    @property
    def text(self) -> Text:
        """The paragraph; of several that were joined the first."""
        return self.lines.texts[0]

    @property
    def whole(self) -> tuple[int, int]:
        """The paragraph from its start to its end."""
        return (0, len(self.words))

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Where the clauses are: between commas, semicolons, colons and brackets that stand in no word."""
        found: list[tuple[int, int]] = []
        words = [
            mark
            for mark in self.marks
            if mark.kind == "word" and not _STOPS_IN_WORDS.isdisjoint(self.words[mark.start : mark.end])
        ]
        for first, last in self.sentences:
            for start, end in clauses_of(self.words[first:last]):
                stop = found[-1][1] if found else 0
                if found and (
                    any(mark.start < stop < mark.end for mark in words)
                    or any(stop in (opened, closed - 1) for opened, closed in self._remarks)
                ):
                    found[-1] = (found[-1][0], first + end)
                else:
                    found.append((first + start, first + end))
        return tuple(found)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset."""
        return _span_at(self.sentences, offset)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """The clause around an offset."""
        return _span_at(self.clauses, offset)

    def between(self, start: int, end: int, *kinds: str) -> list[Mark]:
        """Marks of those kinds that lie in a span, in order."""
        if kinds not in self._chosen:
            marks = [] if self._kinds.isdisjoint(kinds) else [one for one in self.marks if one.kind in kinds]
            self._chosen[kinds] = marks, [one.start for one in marks]
        marks, starts = self._chosen[kinds]
        if not marks:
            return []
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return [mark for mark in marks[first:last] if mark.end <= end] if first < last else []

    def figures_in(self, span: tuple[int, int]) -> list[Figure]:
        """The figures in a span, in order."""
        first = bisect_left(self._firsts, span[0])
        end = bisect_left(self._firsts, span[1], first)
        return [one for one in self.figures[first:end] if one.last <= span[1]]

    @cached_property
    def _firsts(self) -> list[int]:
        return [one.first for one in self.figures]

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(one.kind for one in self.marks)

    @cached_property
    def _chosen(self) -> dict[tuple[str, ...], tuple[list[Mark], list[int]]]:
        """By kinds that were asked for the marks of these kinds, and where they begin."""
        return {}

    @cached_property
    def _segments(self) -> dict[int, int]:
        """By offsets that were asked for where their segments begin."""
        return {}

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """What stands in brackets, each from the opening to behind the closing one."""
        found: list[tuple[int, int]] = []
        opened: list[int] = []
        for offset in offsets_of(self.words, _BRACKETS):
            if self.words[offset] in _OPENING:
                opened.append(offset)
            elif opened:
                found.append((opened.pop(), offset + 1))
        return tuple(sorted(found))

    @cached_property
    def _remarks(self) -> tuple[tuple[int, int], ...]:
        """Brackets within a clause: without a number, and not behind one, as in 市政府（办公室）受理9件."""
        ends = {one.last for one in self.figures}
        return tuple(
            (first, last) for first, last in self.brackets
            if first not in ends and not self.figures_in((first, last))
            and self.words[last : last + 2].lstrip("”")[:1].isalnum()
        )  # fmt: skip

    def bracket_at(self, offset: int) -> tuple[int, int] | None:
        """What stands inside the bracket that opens at an offset, None if none does."""
        index = bisect_left(self.brackets, (offset, 0))
        if index == len(self.brackets) or self.brackets[index][0] != offset:
            return None
        return offset + 1, self.brackets[index][1] - 1

    def in_passing(self, mark: Mark, at: int) -> bool:
        """Whether a mark stands in a bracket that is closed before an offset."""
        return any(first < mark.start < last <= at for first, last in self._brackets_up_to(at))

    def _brackets_up_to(self, at: int) -> Sequence[tuple[int, int]]:
        """The brackets of the sentence that open before an offset."""
        start = self.sentence_at(at)[0]
        return self.brackets[bisect_left(self.brackets, (start, 0)) : bisect_left(self.brackets, (at, 0))]

    def said(self, start: int, at: int, *kinds: str) -> list[Mark]:
        """Marks that govern an offset: not those in a bracket that is closed before it."""
        found = self.between(start, at, *kinds)
        return [mark for mark in found if not self.in_passing(mark, at)] if found else found

    def is_part(self, at: int) -> bool:
        """Whether a word such as 其中 introduces the figure at an offset, up to the next semicolon."""
        return bool(self.said(self.segment_start(at), at, "part"))

    def segment_start(self, at: int) -> int:
        """Where the part of a sentence begins that a semicolon or a bracket around it sets apart."""
        if at not in self._segments:
            self._segments[at] = max(
                self.sentence_at(at)[0],
                *(self.words.rfind(stop, 0, at) + 1 for stop in SEGMENT_STOPS),
                *(first for first, last in self._brackets_up_to(at) if at < last),
            )
        return self._segments[at]

    def is_heading(self) -> bool:
        """Whether the paragraph looks like a heading between the paragraphs."""
        return _reads_like_heading(self.words)


_OPENING: Final = "（("
_BRACKETS: Final = _OPENING + "）)"
SEGMENT_STOPS: Final = "；;"
_STOPS_IN_WORDS: Final = frozenset(CLAUSE_STOPS)
_LONGEST_HEADING: Final = 30
_STOPS_IN_SENTENCES: Final = frozenset("。，；！？")


def _reads_like_heading(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and _STOPS_IN_SENTENCES.isdisjoint(words)


def _span_at(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    index = bisect_right(spans, (offset, 1 << 30)) - 1
    return spans[max(index, 0)] if spans else (0, 0)


@dataclass
class _Draft:
    """A passage under construction; `hits` are those that have been found so far."""

    lines: Lines
    words: str
    hits: list[_Hit]
    denials: list[tuple[int, int, Denial]]
    figures: tuple[Figure, ...]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences are."""
        return tuple(spans_between(self.words, _SENTENCE_STOPS))

    def telling(self) -> Iterator[tuple[int, int]]:
        """The sentences with a figure or a denial, and what may sum one up right behind it; most are none."""
        places = sorted([one.start for one in self.figures] + [start for start, _, _ in self.denials])
        before = False
        for first, last in self.sentences:
            telling = bisect_left(places, first) < bisect_left(places, last)
            if telling or (before and last - first <= _LONGEST_HEADING):
                yield first, last
            before = telling

    def passage(self) -> Passage:
        """What it has become."""
        years = ((mark.start - mark.end, _rank("year"), mark.start, 0, mark) for mark in _years(self.words))
        marks = _resolved([*self.hits, *years], len(self.words))
        denials = tuple(sorted(self.denials, key=_START))
        return Passage(self.lines, self.words, self.sentences, tuple(marks), self.figures, denials)


def scan(texts: Iterable[Text], vocabulary: ClaimVocabulary, own: OwnNames) -> list[Passage]:
    """The paragraphs that may tell a figure, scanned, in order.

    A paragraph takes part if it names a topic, stands at home in one, or follows a heading that names one.
    """
    home = {number for topic in vocabulary.topics.values() for number in topic.home}
    paragraphs = list(joined(texts, vocabulary.units))
    told = [blanked(one.words, vocabulary.named_titles) for one in paragraphs]
    chosen: list[tuple[Lines, str, list[_Hit]]] = []
    under_heading = False
    for lines, words, topics in zip(paragraphs, told, _topics(told, vocabulary), strict=True):
        if _reads_like_heading(words):
            under_heading = any(hit[-1].kind == "topic" for hit in topics)
        if topics or under_heading or lines.texts[0].section in home:
            chosen.append((lines, words, topics))
    denials = _denials([words for _, words, _ in chosen], vocabulary)
    drafts = [
        _Draft(*one, denied, tuple(read_figures(one[1], vocabulary)))
        for one, denied in zip(chosen, denials, strict=True)
    ]
    _search_sentences(drafts, vocabulary, own)
    return [draft.passage() for draft in drafts]


def _search_sentences(drafts: Sequence[_Draft], vocabulary: ClaimVocabulary, own: OwnNames) -> None:
    """Add the hits of all words that set no topic, and the body's names for itself.

    All sentences that tell something are searched at once: to begin a search costs more than to go on with it.
    """
    stating = [(draft, span) for draft in drafts for span in draft.telling()]
    text, starts = _joined(draft.words[first:last] for draft, (first, last) in stating)
    spoken, finders = list(own.spoken(text)), vocabulary.finders
    ranks = [_rank(one.kind) for one in finders]
    # What would be another body's name for others is its own here.
    alone = {name.start for name in spoken if name.alone}
    found = [
        (start, end, ranks[number], number, finder.kind, finder.entry)
        for start, end, number in vocabulary.search.find(text)
        if (finder := finders[number]).kind != "other_scope" or start not in alone
    ]
    for name in spoken:
        kind = "wide_scope" if name.wide else "own_scope"
        found.append((name.start, name.end, _OWN_RANK, int(name.wide), kind, None))
    for start, end, rank, number, kind, entry in found:
        index = bisect_right(starts, start) - 1
        draft, (first, _) = stating[index]
        shift = first - starts[index]
        mark = Mark(start + shift, end + shift, kind, entry)
        draft.hits.append((start - end, rank, mark.start, number, mark))


def _years(words: str) -> Iterator[Mark]:
    """Years such as 2024年度, or 2023 in 2023-2024年."""
    start = words.find(_CENTURY)
    while start >= 0:
        digits = words[start + 2 : start + 4]
        end = start + 1
        if len(digits) == len(_CENTURY) and _DIGITS.issuperset(digits):
            after = words[start + 4 : start + 6]
            if after.startswith("年"):
                end = start + 4 + (2 if after == "年度" else 1)
                yield Mark(start, end, "year", None, int(_CENTURY + digits))
            elif after.startswith(_YEAR_JOINTS):
                end = start + 4
                yield Mark(start, end, "year", None, int(_CENTURY + digits))
        start = words.find(_CENTURY, end)


_CENTURY: Final = "20"
_YEAR_JOINTS: Final = ("-", "—", "至")


def _rank(kind: str) -> int:
    return _RANKS.get(kind, _OTHER_RANK)


_START: Final = itemgetter(0)
_OWN_RANK: Final = -1
_RANKS: Final = {"word": 0, "topic": 1, "year": 2, "weak": 4}
"""Of equally long hits words of the form come before general ones."""
_OTHER_RANK: Final = 3


def _topics(paragraphs: Sequence[str], vocabulary: ClaimVocabulary) -> list[list[_Hit]]:
    """What sets the topic in each paragraph."""
    text, starts = _joined(paragraphs)
    hits: list[list[_Hit]] = [[] for _ in paragraphs]
    for start, end, number in vocabulary.topic_search.find(text):
        first = start - starts[index := bisect_right(starts, start) - 1]
        finder = vocabulary.topic_finders[number]
        mark = Mark(first, first + end - start, finder.kind, finder.entry)
        hits[index].append((start - end, _rank(finder.kind), first, number, mark))
    return hits


def _denials(paragraphs: Sequence[str], vocabulary: ClaimVocabulary) -> list[list[tuple[int, int, Denial]]]:
    """What each paragraph denies; only sentences with a word that denies are looked through."""
    denying = [
        (index, first, words[first:last])
        for index, words in enumerate(paragraphs)
        for first, last in spans_between(words, _SENTENCE_STOPS)
        if not vocabulary.denying or any(word in words[first:last] for word in vocabulary.denying)
    ]
    joined, starts = _joined(words for _, _, words in denying)
    found: list[list[tuple[int, int, Denial]]] = [[] for _ in paragraphs]
    for denial in vocabulary.denials:
        for pattern in denial.patterns:
            for match in pattern.finditer(joined):
                place = bisect_right(starts, match.start()) - 1
                index, first, _ = denying[place]
                shift = first - starts[place]
                found[index].append((match.start() + shift, match.end() + shift, denial))
    return found


def _joined(parts: Iterable[str]) -> tuple[str, list[int]]:
    pieces = list(parts)
    starts: list[int] = []
    offset = 0
    for piece in pieces:
        starts.append(offset)
        offset += len(piece) + 1
    return "\n".join(pieces), starts


def _resolved(hits: list[_Hit], length: int) -> list[Mark]:
    """Of hits that overlap the longest; of equally long ones words of the form before general ones.

    Channels, withdrawals and hints stay beside a longer mark: “信息公开网上申请” names topic and channel.
    Words of several matters that are written alike stay all: 尚未办结 of requests, or of reviews; 结转2024年 of
    what came from that year, or is left for it.
    """
    hits.sort()
    taken = bytearray(length)
    told: dict[tuple[int, int], set[str]] = {}
    kept: list[Mark] = []
    for negative_length, _, start, _, mark in hits:
        if mark.kind not in BESIDE_OTHERS:
            span = (start, mark.end)
            overlaps = taken.find(1, *span) >= 0
            if isinstance(mark.entry, Word):
                matters = {f"{topic} {mark.entry.year}" for topic in mark.entry.means}
                if overlaps and not (span in told and told[span].isdisjoint(matters)):
                    continue
                told.setdefault(span, set()).update(matters)
            elif overlaps:
                continue
            taken[start : mark.end] = b"\1" * -negative_length
        kept.append(mark)
    kept.sort(key=lambda mark: mark.start)
    return kept
