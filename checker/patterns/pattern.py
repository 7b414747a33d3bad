"""Regular expressions from rule files: they cannot hang, and they mean the same on every machine.

RE2 runs them where it has a wheel; elsewhere `regex` does, with a time limit. Only what both understand
alike is accepted, everything else is refused with a Chinese sentence. Patterns see squeezed text (see
`checker.model.text`); several paragraphs are joined by line feeds, so `^` and `$` are paragraph ends and neither
`.` nor `[^…]` runs over them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from checker.model.text import offsets_of
from checker.patterns.syntax import PatternError, common_subset, is_han
from checker.startup.records import dataclass

_TIMEOUT_SECONDS: Final = 0.2
_LOOKS: Final = 8
"""In so many texts the parts that a pattern may match are looked for; after that it runs over all of a text."""
_SHORT: Final = 600
"""Characters of a text that RE2 can step through without building automata."""
# Empty matches say nothing of a text, and the engines count them differently.
_MATCHES_NOTHING: Final = "什么都没有也算匹配，等于没有要求；请写出必有的字，或把 * 改成 +"


class Match:
    """A match; offsets count characters of the matched text, groups go by number or name.

    Args:
        match: the engine's own match.
        names: numbers of the named groups.
        offset: where the text that the engine saw begins in the matched text.
        whole: number of the group that holds all of the match.
    """

    __slots__ = ("_match", "_names", "_offset", "_whole")

    def __init__(self, match: Any, names: Mapping[str, int], offset: int, whole: int) -> None:
        self._match = match
        self._names = names
        self._offset = offset
        self._whole = whole

    def _number(self, group: int | str) -> int:
        return self._names[group] if isinstance(group, str) else group + self._whole

    def has(self, group: str) -> bool:
        """Whether the pattern has a group of that name and it took part."""
        return group in self._names and self.start(group) >= 0

    def start(self, group: int | str = 0) -> int:
        """Offset of the group's first character, -1 if it took no part."""
        offset: int = self._match.start(self._number(group))
        return offset + self._offset if offset >= 0 else -1

    def end(self, group: int | str = 0) -> int:
        """Offset after the group's last character, -1 if it took no part."""
        offset: int = self._match.end(self._number(group))
        return offset + self._offset if offset >= 0 else -1

    def group(self, group: int | str = 0) -> str | None:
        """Text of the group, None if it took no part."""
        text: str | None = self._match.group(self._number(group))
        return text

    def groupdict(self) -> dict[str, str | None]:
        """Text of every named group."""
        return {name: self.group(name) for name in self._names}


_PART, _GROUP, _WORD = "\ue000", "\ue001", "\ue002"
"""Separators of what is kept; characters that no text has."""


@dataclass(frozen=True)
class Known:
    """What has been worked out for a pattern, so that matching it is cheaper; it never changes a result.

    Attributes:
        engine: what `common_subset` makes of it, empty if that is no more than the flag in front.
        words: every match contains a word of each of these groups, one behind the other; empty if nothing is
            known.
        probe: index of the group that occurs least.
        stops: characters that no match contains.
        anchored: whether ends of paragraphs matter.
    """

    engine: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    probe: int = 0
    stops: str = ""
    anchored: bool = False

    def packed(self) -> str:
        """All of it as one string, to be kept: most patterns of a rulebook are not looked at in most runs."""
        groups = _GROUP.join(_WORD.join(words) for words in self.words)
        return _PART.join((str(self.probe), "1" if self.anchored else "", self.stops, groups, self.engine))


def unpacked(text: str) -> Known:
    """What `Known.packed` has made a string of."""
    probe, anchored, stops, groups, engine = text.split(_PART, 4)
    words = tuple(tuple(group.split(_WORD)) for group in groups.split(_GROUP)) if groups else ()
    return Known(engine, words, int(probe), stops, bool(anchored))


class Pattern:
    """A pattern, compiled on first use: a run needs only some of those in the rule files.

    Args:
        source: the pattern as the rule file writes it.
        known: what has been worked out for it, None for nothing.
    """

    __slots__ = ("_engine", "_known", "_looked", "_stepper", "_timed", "_words", "source")

    def __init__(self, source: str, known: Known | None = None) -> None:
        self.source = source
        self._known = known
        self._words = known.words if known else ()
        self._engine: Any = None
        self._stepper: Any = None
        self._timed = False
        self._looked = 0

    def check(self) -> None:
        """Compile it now.

        Raises:
            PatternError: it is refused.
        """
        if self._engine is not None:
            return
        compiled, timed = _compile(self._spelled_out())
        if self._known is None and compiled.search(""):
            raise PatternError(_MATCHES_NOTHING)
        self._engine, self._timed = compiled, timed

    def _spelled_out(self) -> str:
        if self._known is None:
            return common_subset(self.source)
        return self._known.engine or f"(?m){self.source}"

    @property
    def groups(self) -> Mapping[str, int]:
        """Numbers of the named groups."""
        self.check()
        groups: Mapping[str, int] = self._engine.groupindex
        return groups

    def search(self, text: str, start: int = 0) -> Match | None:
        """The first match at or after offset `start`, None if there is none.

        Raises:
            PatternError: the pattern is refused.
            TimeoutError: only without RE2, when the pattern takes too long on this text.
        """
        for first, last in self._stretches(text):
            if last >= start:
                for match in self._matches(text[first:last], max(0, start - first), first):
                    return match
        return None

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches that do not overlap, in order; raises as `search` does."""
        for first, last in self._stretches(text):
            yield from self._matches(text[first:last], 0, first)

    def _matches(self, part: str, start: int, offset: int) -> Iterator[Match]:
        """The matches in part of a text from `start` on; `offset` is where the part begins."""
        if self._looked < _LOOKS and len(part) <= _SHORT and self._steps():
            names = self._stepper.groupindex
            while found := self._stepper.match(part, start):
                yield Match(found, names, offset, 1)
                start = found.end(1)
            return
        self.check()
        for found in self._engine.finditer(part, start, **self._limit()):
            yield Match(found, self._engine.groupindex, offset, 0)

    def _steps(self) -> bool:
        """Whether RE2 can step through a short text, compiled for it.

        To find where a match begins, RE2 compiles the pattern a second time, backwards, and builds automata for
        both. A match that must begin where the text begins, with anything before what is looked for, needs
        neither; for the first few texts that takes half the time.
        """
        if self._stepper is None and self._known is not None and self._engine is None:
            spelled_out = self._spelled_out().removeprefix("(?m)")
            self._stepper, self._timed = _compile(f"(?s:.*?)(?m:({spelled_out}))")
        return self._stepper is not None and not self._timed

    def _limit(self) -> Mapping[str, float]:
        return {"timeout": _TIMEOUT_SECONDS} if self._timed else {}

    def _stretches(self, text: str) -> Sequence[tuple[int, int]]:
        """The parts of the text that may hold matches, in order; no match runs over their ends."""
        whole = ((0, len(text)),)
        for words in self._words:
            if not any(word in text for word in words):
                return ()
        # In a run over many reports every pattern gets compiled; from then on the engine is quicker than this.
        if self._looked == _LOOKS:
            return whole
        self._looked += 1
        if not self._words or self._known is None:
            return whole
        stops = self._known.stops
        cuts = _cuts(text, stops)
        seen: dict[int, int] = {}
        for word in self._words[self._known.probe]:
            last = 0
            while (found := text.find(word, last)) >= 0:
                first, last = _between(cuts, found)
                if first not in seen:
                    seen[first] = last if _in_order(self._words, text, first, last) else -1
        spans = sorted(span for span in seen.items() if span[1] >= 0)
        if not self._known.anchored:
            return spans
        # Ends of paragraphs mean something to this one, so it has to see them.
        ends = _cuts(text, "\n" if "\n" in stops else "")
        return sorted({_between(ends, first) for first, _ in spans})


@lru_cache(maxsize=32)
def _cuts(text: str, stops: str) -> list[int]:
    """Offsets of the stops in a text, in order; the places before its first and after its last character count."""
    return [-1, *offsets_of(text, stops), len(text)]


def _between(cuts: list[int], position: int) -> tuple[int, int]:
    """The part of a text around a position that is no cut."""
    index = bisect_left(cuts, position)
    return cuts[index - 1] + 1, cuts[index]


def _in_order(groups: Sequence[Sequence[str]], text: str, first: int, last: int) -> bool:
    """Whether part of a text has a word of each group, one behind the other."""
    position = first
    for words in groups:
        ends = [found + len(word) for word in words if (found := text.find(word, position, last)) >= 0]
        if not ends:
            return False
        position = min(ends)
    return True


_KNOWN: dict[str, str] = {}


def know_patterns(known: Mapping[str, str]) -> None:
    """Tell what has been worked out for patterns, packed, by source; it is kept for the whole process."""
    _KNOWN.update(known)


def known_patterns() -> Mapping[str, str]:
    """All that `know_patterns` was told, to be told in another process."""
    return _KNOWN


@lru_cache(maxsize=4096)
def compile_pattern(source: str) -> Pattern:
    """The compiled form of `source`, cached; see `Pattern`."""
    known = _KNOWN.get(source)
    return Pattern(source, None if known is None else unpacked(known))


def _compile(spelled_out: str) -> tuple[Any, bool]:
    """The engine's own pattern object, and whether it needs a time limit."""
    try:
        import re2  # noqa: PLC0415  # imported on first use: not every run needs patterns
    except ImportError:
        return _compile_with_time_limit(spelled_out), True
    try:
        return re2.compile(spelled_out, _quiet()), False
    except re2.error as error:
        raise PatternError(_explain_engine(error.args[0])) from None


@lru_cache(maxsize=1)
def _quiet() -> Any:
    """Options under which RE2 does not print what is wrong with a pattern."""
    import re2  # noqa: PLC0415  # see above

    options = re2.Options()
    options.log_errors = False
    return options


def _compile_with_time_limit(spelled_out: str) -> Any:
    import regex  # noqa: PLC0415  # only where RE2 has no wheel

    try:
        return regex.compile(spelled_out, regex.V0)
    except regex.error as error:
        raise PatternError(_explain_engine(str(error))) from None


_ENGINE_SENTENCES: Final = (
    ("missing )", "圆括号“(”没有配对的“)”"),
    ("missing (", "多了一个圆括号“)”"),
    ("missing closing )", "圆括号“(”没有配对的“)”"),
    ("unexpected )", "多了一个圆括号“)”"),
    ("unbalanced parenthesis", "多了一个圆括号“)”"),
    ("no argument for repetition", "量词 * + ? 前面没有内容"),
    ("nothing to repeat", "量词 * + ? 前面没有内容"),
    ("bad repetition", "连续写了两个量词"),
    ("multiple repeat", "连续写了两个量词"),
    ("invalid character class range", "方括号里的范围写反了"),
    ("bad character range", "方括号里的范围写反了"),
    ("too large", "展开后太大，请减少重复次数"),
    ("repetition size", "展开后太大，请减少重复次数"),
)


def _explain_engine(error: str | bytes) -> str:
    text = error.decode("utf-8", "replace") if isinstance(error, bytes) else error
    return next(
        (chinese for english, chinese in _ENGINE_SENTENCES if english in text.lower()), f"写法有误（{text}）"
    )


__all__ = [
    "Known",
    "Match",
    "Pattern",
    "PatternError",
    "common_subset",
    "compile_pattern",
    "is_han",
    "know_patterns",
    "known_patterns",
]
