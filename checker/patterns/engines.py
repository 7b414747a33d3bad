"""The seam to the engines that run patterns; nothing else knows which one it is.

RE2 runs them where it has a wheel; where it has none (a browser, a processor that nobody builds wheels for)
`checker.patterns.own_engine` does, at a half to a quarter of the speed. Neither can hang. A pattern means the
same to both, because what they get is what `checker.patterns.tree.spelled_out` makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any, Final, Protocol

_FEW: Final = 16
"""So many searches RE2 steps through; after that it compiles the pattern for searching."""
_SHORT: Final = 600
"""Characters of a text that RE2 can step through without building automata."""


class Match:
    """A match; offsets count characters of the matched text.

    Args:
        match: the engine's own match.
        numbers: the engine's numbers of the named groups, and under 0 that of the group for all of the match.
        offset: where the text that the engine saw begins in the matched text.
    """

    __slots__ = ("_match", "_numbers", "_offset")

    def __init__(self, match: Any, numbers: Mapping[int | str, int], offset: int) -> None:
        self._match = match
        self._numbers = numbers
        self._offset = offset

    def has(self, group: str) -> bool:
        """Whether the pattern has a group of that name and it took part."""
        return group in self._numbers and self.start(group) >= 0

    def start(self, group: int | str = 0) -> int:
        """Offset of the group's first character, -1 if it took no part; 0 is all of the match."""
        offset: int = self._match.start(self._numbers[group])
        return offset + self._offset if offset >= 0 else -1

    def end(self, group: int | str = 0) -> int:
        """Offset after the group's last character, -1 if it took no part."""
        offset: int = self._match.end(self._numbers[group])
        return offset + self._offset if offset >= 0 else -1

    def group(self, group: int | str = 0) -> str | None:
        """Text of the group, None if it took no part."""
        text: str | None = self._match.group(self._numbers[group])
        return text

    def groupdict(self) -> dict[str, str | None]:
        """Text of every named group."""
        return {name: self.group(name) for name in self._numbers if isinstance(name, str)}


Find = Callable[[str, int], Iterator[Any]]
"""From a text, and where to begin in it, to the engine's own matches."""


class Engine(Protocol):
    """A pattern that an engine has compiled."""

    def finditer(self, text: str, start: int, offset: int) -> Iterator[Match]:
        """All matches from `start` on that do not overlap, in order.

        Args:
            text: part of a larger text.
            start: where to begin in it.
            offset: where it begins in the larger one, which offsets of matches count in.

        Raises:
            TimeoutError: it would take too many steps, and was stopped; RE2 never is.
        """
        ...


class _Compiled:
    """What an engine made of a pattern, and how it counts groups.

    Args:
        find: what looks for it.
        groups: numbers of the named groups.
        whole: number of the group for all of a match.
    """

    def __init__(self, find: Find, groups: Mapping[str, int], whole: int = 0) -> None:
        self._find = find
        self._numbers: dict[int | str, int] = {0: whole}
        self._numbers.update(groups)

    def finditer(self, text: str, start: int, offset: int) -> Iterator[Match]:
        """See `Engine`."""
        for found in self._find(text, start):
            yield Match(found, self._numbers, offset)


class _Re2:
    """RE2, which has two ways of finding where a match begins.

    By default it compiles the pattern a second time, backwards, and builds automata for both. A match that must
    begin where the text begins, with anything before what is looked for, needs neither; for the first few
    short texts that takes half the time.
    """

    def __init__(self, spelled_out: str) -> None:
        self._spelled_out = spelled_out
        self._searches = 0

    def finditer(self, text: str, start: int, offset: int) -> Iterator[Match]:
        """See `Engine`."""
        self._searches += 1
        by = self._stepper if self._searches <= _FEW and len(text) <= _SHORT else self._searcher
        return by.finditer(text, start, offset)

    @cached_property
    def _searcher(self) -> _Compiled:
        compiled = _compile_with_re2(f"(?m){self._spelled_out}")
        return _Compiled(compiled.finditer, compiled.groupindex)

    @cached_property
    def _stepper(self) -> _Compiled:
        compiled = _compile_with_re2(f"(?s:.*?)(?m:({self._spelled_out}))")

        def find(text: str, start: int) -> Iterator[Any]:
            while found := compiled.match(text, start):
                yield found
                start = found.end(1)

        return _Compiled(find, compiled.groupindex, whole=1)


def _compile_with_re2(source: str) -> Any:
    import re2  # noqa: PLC0415  # not every run needs patterns

    options = re2.Options()
    options.log_errors = False
    return re2.compile(source, options)


def _by_own_engine(spelled_out: str) -> Engine:
    from checker.patterns.own_engine import OwnEngine  # noqa: PLC0415  # only where there is no other

    own = OwnEngine(spelled_out)
    return _Compiled(own.finditer, own.groupindex)


ENGINES: Final[Mapping[str, Callable[[str], Engine]]] = {
    "re2": _Re2,
    "re": _by_own_engine,
}
"""What compiles a pattern, by the module that it needs; the first one that is there does."""


@lru_cache(maxsize=1)
def chosen_engine() -> Callable[[str], Engine]:
    """What compiles patterns on this machine."""
    for module, engine in ENGINES.items():
        try:
            import_module(module)
        except ImportError:
            continue
        return engine
    raise AssertionError  # `re` is always there


def compile_with_engine(spelled_out: str) -> Engine:
    """What searches for a pattern on this machine.

    Args:
        spelled_out: what `checker.patterns.tree.spelled_out` has made of it. No engine refuses that: what they
            do not understand, or find too large, `checker.patterns.syntax.parse` has refused before.
    """
    return chosen_engine()(spelled_out)
