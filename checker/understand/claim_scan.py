"""Paragraphs cut into sentences and clauses, with the figures and the words of the claim files in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from checker.lazy_re import compile_later
from checker.numerals import parse_whole
from checker.records import dataclass
from checker.report import Text
from checker.understand.claim_vocabulary import ClaimVocabulary, Denial, Finder, Topic, Word

_BOOK_TITLE: Final = compile_later(r"《[^《》\n]*》")
_ADDRESS: Final = compile_later(r"(?:https?://|www\.)[A-Za-z0-9./_?=&%-]+")
_SENTENCE: Final = compile_later(r"[^。！？!?\n]+")
_CLAUSE: Final = compile_later(r"(?:[^，；;：:（）(),]|(?<=[0-9]),(?=[0-9]{3}))+")
_YEAR: Final = compile_later(r"(20[0-9]{2})(?:年度?|(?=[-—至]))")
_PART_OF_WORD: Final = compile_later(r"[0-9A-Za-z.〔\[第/-]")
_PART_OF_CHINESE_WORD: Final = compile_later(r"[第每逐同这该某另各任之]")
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_BLANK: Final = "〓"
_STOPS: Final = frozenset(("", *"，。；、）),;\n"))
"""What may follow a number that is written without unit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A hit of a word from the claim files; `kind` is `topic`, `weak`, `word`, `year` or the name of a mark."""

    start: int
    end: int
    kind: str
    entry: Topic | Word | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text.

    Attributes:
        start, end: the digits, scale included.
        first, last: the same with hedges and unit.
        number: its value, scale included.
        unit: as written, empty if none is.
        hedged: it is only about that much.
        short: a Chinese numeral of one character, which may be part of a word.
    """

    start: int
    end: int
    first: int
    last: int
    number: int | Decimal
    unit: str
    hedged: bool
    short: bool = False


@dataclass(frozen=True)
class Passage:
    """One paragraph, scanned; all offsets count its squeezed characters."""

    text: Text
    words: str
    marks: tuple[Mark, ...]
    figures: tuple[Figure, ...]
    denials: tuple[tuple[int, int, Denial], ...]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences are."""
        return tuple(match.span() for match in _SENTENCE.finditer(self.words))

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Where the clauses are: between commas, semicolons, colons and brackets."""
        return tuple(
            (first + match.start(), first + match.end())
            for first, last in self.sentences
            for match in _CLAUSE.finditer(self.words[first:last])
        )

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset."""
        return _span_at(self.sentences, offset)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """The clause around an offset."""
        return _span_at(self.clauses, offset)

    def between(self, start: int, end: int, *kinds: str) -> list[Mark]:
        """Marks of those kinds that lie in a span, in order."""
        return [mark for mark in self.marks if mark.start >= start and mark.end <= end and mark.kind in kinds]

    def is_heading(self) -> bool:
        """Whether the paragraph looks like a heading between the paragraphs."""
        return _reads_like_heading(self.words)


_LONGEST_HEADING: Final = 30
_STOPS_IN_SENTENCES: Final = frozenset("。，；！？")


def _reads_like_heading(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and _STOPS_IN_SENTENCES.isdisjoint(words)


def _span_at(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    index = bisect_right(spans, (offset, 1 << 30)) - 1
    return spans[max(index, 0)] if spans else (0, 0)


def scan(texts: Iterable[Text], vocabulary: ClaimVocabulary) -> list[Passage]:
    """The paragraphs that may tell a figure, scanned, in order.

    A paragraph takes part if it names a topic, stands at home in one, or follows a heading that names one.
    """
    every = [(text, _blanked(text.squeezed.text)) for text in texts]
    joined, starts = _joined(words for _, words in every)
    topics: list[list[Mark]] = [[] for _ in every]
    for mark in _find(joined, vocabulary.topic_finders):
        index = bisect_right(starts, mark.start) - 1
        topics[index].append(_shifted(mark, -starts[index]))
    home = {number for topic in vocabulary.topics.values() for number in topic.home}
    chosen: list[int] = []
    under_heading = False
    for index, (text, words) in enumerate(every):
        if _reads_like_heading(words):
            under_heading = bool(topics[index])
        if topics[index] or under_heading or text.section in home:
            chosen.append(index)
    return _scanned([(*every[index], topics[index]) for index in chosen], vocabulary)


def _scanned(chosen: Sequence[tuple[Text, str, list[Mark]]], vocabulary: ClaimVocabulary) -> list[Passage]:
    denials = _denials([words for _, words, _ in chosen], vocabulary)
    figures = [tuple(_figures(words, vocabulary)) for _, words, _ in chosen]
    # Only sentences that tell something are searched for all the words: most do not.
    telling = [
        (index, match.start(), match[0])
        for index, (_, words, _) in enumerate(chosen)
        for match in _SENTENCE.finditer(words)
        if any(match.start() <= one.start < match.end() for one in figures[index])
        or any(match.start() <= start < match.end() for start, _, _ in denials[index])
    ]
    joined, starts = _joined(words for _, _, words in telling)
    marks: list[list[Mark]] = [list(topics) for _, _, topics in chosen]
    for mark in _find(joined, vocabulary.finders):
        piece = bisect_right(starts, mark.start) - 1
        index, offset, _ = telling[piece]
        marks[index].append(_shifted(mark, offset - starts[piece]))
    for index, (_, words, _) in enumerate(chosen):
        marks[index].extend(
            Mark(match.start(), match.end(), "year", None, int(match[1])) for match in _YEAR.finditer(words)
        )
    return [
        Passage(text, words, tuple(_resolved(found)), told, tuple(denied))
        for (text, words, _), found, told, denied in zip(chosen, marks, figures, denials, strict=True)
    ]


def _denials(paragraphs: Sequence[str], vocabulary: ClaimVocabulary) -> list[list[tuple[int, int, Denial]]]:
    joined, starts = _joined(paragraphs)
    found: list[list[tuple[int, int, Denial]]] = [[] for _ in paragraphs]
    for denial in vocabulary.denials:
        for pattern in denial.patterns:
            for match in pattern.finditer(joined):
                index = bisect_right(starts, match.start()) - 1
                found[index].append((match.start() - starts[index], match.end() - starts[index], denial))
    return found


def _blanked(words: str) -> str:
    """The text with book titles and addresses made unreadable: what they name is not told by the report."""
    if "《" in words:
        words = _BOOK_TITLE.sub(lambda match: "《" + _BLANK * (len(match[0]) - 2) + "》", words)
    if "www." in words or "http" in words:
        words = _ADDRESS.sub(lambda match: _BLANK * len(match[0]), words)
    return words


def _joined(parts: Iterable[str]) -> tuple[str, list[int]]:
    pieces = list(parts)
    starts: list[int] = []
    offset = 0
    for piece in pieces:
        starts.append(offset)
        offset += len(piece) + 1
    return "\n".join(pieces), starts


def _find(words: str, finders: Iterable[Finder]) -> Iterable[Mark]:
    for finder in finders:
        for match in finder.pattern.finditer(words):
            if match.end() > match.start():
                yield Mark(match.start(), match.end(), finder.kind, finder.entry)


def _shifted(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.kind, mark.entry)


def _resolved(marks: list[Mark]) -> list[Mark]:
    """Of marks that overlap the longest; of equally long ones words of the form before general ones.

    Channels and withdrawals stay beside a longer mark: “信息公开网上申请” names the topic and a channel.
    """
    ranks = {"word": 0, "topic": 1, "year": 2, "weak": 4}
    marks.sort(key=lambda mark: (mark.start - mark.end, ranks.get(mark.kind, 3), mark.start))
    taken: set[int] = set()
    kept: list[Mark] = []
    for mark in marks:
        span = range(mark.start, mark.end)
        if mark.kind in ("channel", "withdrawn"):
            kept.append(mark)
        elif taken.isdisjoint(span):
            taken.update(span)
            kept.append(mark)
    kept.sort(key=lambda mark: mark.start)
    return kept


def _figures(words: str, vocabulary: ClaimVocabulary) -> Iterable[Figure]:
    for match in vocabulary.number.finditer(words):
        digits, unit = match["digits"], match["unit"] or ""
        chinese = not digits[0].isascii()
        start = match.start("digits")
        if (chinese and not unit) or (start and _PART_OF_WORD.match(words, start - 1)):
            continue
        if chinese and start and _PART_OF_CHINESE_WORD.match(words, start - 1):
            continue
        if not unit and words[match.end() : match.end() + 1] not in _STOPS:
            continue
        value: int | Decimal | None = (
            parse_whole(digits) if chinese or "." not in digits else Decimal(digits.replace(",", ""))
        )
        if value is None:
            continue
        if match["scale"]:
            value = value * _SCALES[match["scale"]]
            value = int(value) if value == int(value) else value
        yield Figure(
            start,
            match.end("scale") if match["scale"] else match.end("digits"),
            match.start(),
            match.end(),
            value,
            unit,
            bool(match["before"] or match["after"]),
            chinese and len(digits) == 1,
        )
