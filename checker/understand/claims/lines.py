"""Sentences that were cut at line ends: which paragraphs go on in the next one, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from checker.model.report import Claim, Text
from checker.model.text import spans_between
from checker.patterns.pattern import Pattern
from checker.startup.lazy_re import compile_later
from checker.startup.records import dataclass, replace

_ENDS: Final = "。！？!?：:；;"
_GOES_ON: Final = "，、,（("
_BEGINS: Final = compile_later(
    r"[（(]?[一二三四五六七八九十0-9]{1,3}[)）.、．]|[①-⑳●■◆·*-]|第[一二三四五六七八九十]"
)
_BOOK_TITLE: Final = compile_later(r"《[^《》\n]*》")
_ADDRESS: Final = compile_later(r"(?:https?://|www\.)[A-Za-z0-9./_?=&%-]+")
_BLANK: Final = "〓"
CLAUSE_STOPS: Final = "，；;：:（）(),"
_DIGITS: Final = frozenset("0123456789")
_THOUSANDS: Final = frozenset(",，")
_GROUP: Final = 3
"""Digits behind a thousands separator."""
_MOST: Final = 8
"""Lines that make one sentence."""
_LONGEST_LAST: Final = 2000
"""Characters that are joined; a longer line is no piece of a sentence."""


@dataclass(frozen=True)
class Lines:
    """One paragraph, or several that a sentence runs over.

    Attributes:
        texts: the paragraphs.
        starts: where each begins in `words`.
        words: their squeezed characters; a space stands where digits meet.
    """

    texts: tuple[Text, ...]
    starts: tuple[int, ...]

    @cached_property
    def words(self) -> str:
        """The squeezed characters of all; a space stands where digits meet."""
        return "".join(
            (" " if index and start > self._end(index - 1) else "") + text.squeezed.text
            for index, (text, start) in enumerate(zip(self.texts, self.starts, strict=True))
        )

    def _end(self, index: int) -> int:
        return self.starts[index] + len(self.texts[index].squeezed.text)

    def at_home(self, claim: Claim) -> Claim:
        """The claim in the paragraph where it begins, cut where that ends."""
        if len(self.texts) == 1:
            return claim
        index = bisect_right(self.starts, claim.start) - 1
        text, start = self.texts[index], self.starts[index]
        length = len(text.squeezed.text)
        first, last = (min(max(offset - start, 0), length) for offset in claim.sentence)
        return replace(
            claim,
            text=text,
            start=claim.start - start,
            end=min(claim.end - start, length),
            sentence=(first, last),
        )


def joined(texts: Iterable[Text], units: tuple[str, ...]) -> Iterator[Lines]:
    """Paragraphs in order, those together that one sentence certainly runs over.

    Args:
        texts: paragraphs.
        units: what figures count in; a line that ends with a figure may be a whole sentence.
    """
    run: list[Text] = []
    for text in texts:
        if run and not (len(run) < _MOST and _goes_on(run[-1], text, units)):
            yield _lines(run)
            run = []
        run.append(text)
    if run:
        yield _lines(run)


def _lines(texts: Sequence[Text]) -> Lines:
    starts: list[int] = []
    end, last = 0, ""
    for text in texts:
        words = text.squeezed.text
        starts.append(end + (last.isdecimal() and words[:1].isdecimal()))
        end, last = starts[-1] + len(words), words[-1:]
    return Lines(tuple(texts), tuple(starts))


def _goes_on(before: Text, after: Text, units: tuple[str, ...]) -> bool:
    """Whether a paragraph is the rest of the sentence in front of it."""
    first, second = before.squeezed.text, after.squeezed.text
    if (
        before.section != after.section
        or not _are_next(before, after)
        or not first
        or not second
        or first[-1] in _ENDS
        or max(len(first), len(second)) > _LONGEST_LAST
        or _BEGINS.match(second)
    ):
        return False
    if first[-1] in _GOES_ON or second[0] in _GOES_ON or _is_cut_off(first, second, units):
        return True
    # A heading or a member of a list has no comma; a full sentence mostly ends with what it counts.
    has_clauses = any(mark in first for mark in "，。；")
    return has_clauses and not first.endswith(units)


def _is_cut_off(first: str, second: str, units: tuple[str, ...]) -> bool:
    """Whether the second line begins with the figure, or the rest of it, that the first one leads to."""
    digits = len(second) - len(second.lstrip("0123456789"))
    return bool(digits) and (first[-1].isdecimal() or second.startswith(units, digits))


def _are_next(before: Text, after: Text) -> bool:
    first, second = before.paragraph.location, after.paragraph.location
    if first.line is not None and second.line is not None:
        return second.line - first.line == 1
    return (
        first.paragraph is not None
        and second.paragraph is not None
        and second.paragraph - first.paragraph <= 1
    )


def blanked(words: str, kept: Pattern | None = None) -> str:
    """The text with book titles and addresses made unreadable: what they name is not told by the report.

    Args:
        words: the text.
        kept: titles, with their brackets, that match it are what is counted: 收到《信息公开申请书》9份.
    """
    if "《" in words:
        words = _BOOK_TITLE.sub(
            lambda match: match[0] if kept and kept.search(match[0])
            else "《" + _BLANK * (len(match[0]) - 2) + "》",
            words,
        )  # fmt: skip
    if "www." in words or "http" in words:
        words = _ADDRESS.sub(lambda match: _BLANK * len(match[0]), words)
    return words


def clauses_of(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence are; a comma within a number parts none."""
    start: int | None = None
    for first, last in spans_between(sentence, CLAUSE_STOPS):
        thousands = sentence[last : last + 1] in _THOUSANDS and sentence[last - 1] in _DIGITS
        more = sentence[last + 1 : last + 1 + _GROUP]
        start = first if start is None else start
        if not (thousands and len(more) == _GROUP and _DIGITS.issuperset(more)):
            yield start, last
            start = None
