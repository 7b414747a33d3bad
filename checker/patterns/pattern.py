"""Patterns of rule files: each means the same on every machine, and none can make the program hang.

Patterns see squeezed text (see `checker.model.text`); several paragraphs are joined by line feeds, so `^` and `$`
are paragraph ends and neither `.` nor `[^…]` runs over them. What a pattern may consist of is written in
`checker.patterns.syntax`, what runs it in `checker.patterns.engines`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from checker.model.text import offsets_of
from checker.patterns.engines import Engine, Match, compile_with_engine
from checker.startup.bounded import Bounded
from checker.startup.records import dataclass

_LOOKS: Final = 8
"""In so many texts the parts that a pattern may match are looked for; after that it runs over all of a text."""

_MOST_STRETCHES: Final = 400
"""Parts of one text that are looked at one by one; where there are more, running over all of it is quicker."""

_PART, _GROUP, _WORD = "\ue000", "\ue001", "\ue002"
"""Separators of what is kept; characters that no text has."""


@dataclass(frozen=True)
class Known:
    """What has been worked out for a pattern, so that matching it is cheaper; it never changes a result.

    Attributes:
        engine: what `checker.patterns.tree.spelled_out` makes of it, empty if that is how it is written.
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

    __slots__ = ("_engine", "_known", "_looked", "_words", "source")

    def __init__(self, source: str, known: Known | None = None) -> None:
        self.source = source
        self._engine: Engine | None = None
        self._looked = 0
        self.know(known)

    def know(self, known: Known | None) -> None:
        """Use what has been worked out; a pattern that rules are compiled with exists before anything is."""
        self._known = known
        self._words = known.words if known else ()

    def __reduce__(self) -> tuple[type[Pattern], tuple[str, Known | None]]:
        """What another process needs to make it anew; what engines compile stays here."""
        return Pattern, (self.source, self._known)

    def check(self) -> Engine:
        """The engine that searches for it; the first call examines the pattern.

        Raises:
            PatternError: it is refused.
        """
        if self._engine is None:
            self._engine = (
                compile_with_engine(self._known.engine or self.source) if self._known else self._examined()
            )
        return self._engine

    def _examined(self) -> Engine:
        """What searches for a pattern of which nothing is known, not even that it is sound."""
        from checker.patterns.syntax import PatternError, parse  # noqa: PLC0415  # only when rules are read
        from checker.patterns.tree import may_be_empty, spelled_out  # noqa: PLC0415  # likewise

        tree = parse(self.source)
        if may_be_empty(tree):  # empty matches say nothing of a text, and the engines count them differently
            raise PatternError("什么都没有也算匹配，等于没有要求；请写出必有的字，或把 * 改成 +")
        return compile_with_engine(spelled_out(tree))

    @property
    def groups(self) -> Collection[str]:
        """Names of the groups."""
        from checker.patterns.syntax import parse  # noqa: PLC0415  # only when rules are read
        from checker.patterns.tree import Bracket, walk  # noqa: PLC0415  # likewise

        return {node.name for node in walk(parse(self.source)) if isinstance(node, Bracket)} - {""}

    def may_match(self, text: str) -> bool:
        """Whether a text has the words that every match contains; true where nothing is known of the pattern.

        Much quicker than searching, also for a text of which the beginning and the end are still to be cut off.
        """
        for words in self._words:  # loops: this is asked of every paragraph for every pattern
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True

    def search(self, text: str, start: int = 0) -> Match | None:
        """The first match at or after offset `start`, None if there is none.

        Raises:
            PatternError: the pattern is refused.
            TimeoutError: it would take too many steps on this text, and was stopped; never with RE2.
        """
        for first, last in self._stretches(text):
            if last >= start:
                for match in self.check().finditer(text[first:last], max(0, start - first), first):
                    return match
        return None

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches that do not overlap, in order; raises as `search` does."""
        for first, last in self._stretches(text):
            yield from self.check().finditer(text[first:last], 0, first)

    def _stretches(self, text: str) -> Sequence[tuple[int, int]]:
        """The parts of the text that may hold matches, in order; no match runs over their ends."""
        whole = ((0, len(text)),)
        if not self.may_match(text):
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
                    if len(seen) == _MOST_STRETCHES:
                        return whole
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
_COMPILED: Bounded[str, Pattern] = Bounded(4096)


def know_patterns(known: Mapping[str, str]) -> None:
    """Tell what has been worked out for patterns, packed, by source; it is kept for the whole process."""
    for source in known.keys() & _COMPILED.keys() - _KNOWN.keys():
        _COMPILED[source].know(unpacked(known[source]))
    _KNOWN.update(known)


def known_patterns() -> Mapping[str, str]:
    """All that `know_patterns` was told, to be told in another process."""
    return _KNOWN


def compile_pattern(source: str) -> Pattern:
    """The compiled form of `source`, remembered; see `Pattern`."""
    pattern = _COMPILED.get(source)
    if pattern is None:
        known = _KNOWN.get(source)
        pattern = Pattern(source, None if known is None else unpacked(known))
        _COMPILED[source] = pattern
    return pattern


__all__ = [
    "Known",
    "Match",
    "Pattern",
    "compile_pattern",
    "know_patterns",
    "known_patterns",
]
