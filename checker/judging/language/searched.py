"""Where the functions of an expression look for words: in the text of a scope, or in a text that an item is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from checker.judging.language.readable import Evaluate, Readable, Trail
from checker.model.text import squeeze
from checker.patterns.pattern import Pattern
from checker.startup.records import dataclass


@dataclass(frozen=True, slots=True)
class Searched:
    """What a function looks through.

    Attributes:
        scope: the scope, None where it is an item.
        item: reads the item, None where it is a scope.
    """

    scope: str | None
    item: Evaluate | None = None

    def counting(self, words: Sequence[Evaluate]) -> Callable[[Readable, Trail], Iterator[int]]:
        """How often each of some words is found."""

        def counted(subject: Readable, trail: Trail) -> Iterator[int]:
            text = self._text(subject, trail)
            return (text.count(word(subject, trail)) for word in words)

        return counted

    def matching(self, patterns: Sequence[Pattern]) -> Evaluate:
        """Whether one of some regular expressions is found."""

        def found(subject: Readable, trail: Trail) -> bool:
            text = self._text(subject, trail)
            return any(pattern.search(text) is not None for pattern in patterns)

        return found

    def _text(self, subject: Readable, trail: Trail) -> str:
        """The text, squeezed."""
        if self.item is not None:
            return squeeze(str(self.item(subject, trail))).text
        return subject.view(self.scope or "").text

    def characters(self, subject: Readable, trail: Trail) -> int:
        """How many characters it has, white space not counted."""
        if self.item is not None:
            return len("".join(str(self.item(subject, trail)).split()))
        return subject.view(self.scope or "").length
