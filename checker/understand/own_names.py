"""By which names a body speaks of itself: short forms of its full name, made by rules that are data.

柳原县住房和城乡建设局 calls itself 县住建局 or 住建局; 市住建局 is another body. A full name is taken apart at
the places in it (柳原县), at its ending (局) and at the words between; each part has short forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from checker.patterns.pattern import Pattern, compile_pattern
from checker.startup.records import dataclass

_LONGEST_NAME: Final = 60
_MOST_PLACES: Final = 4
_MOST_FORMS: Final = 64
"""Short forms of one part of a name; the longest real names have about twenty."""
_SHORTEST_PLACE: Final = 2
_FEW: Final = 8
_OPENING, _CLOSING = "（(", "）)"


@dataclass(frozen=True, slots=True)
class SpecialNames:
    """Short names of bodies of one sort; see `own_names` in `rules/bodies.yaml`.

    Attributes:
        ends: how their full names end.
        parts: takes the full name apart; its groups may stand in the names as `{group}`. None for no groups.
        names: short names.
        alone: short names that count only where no other word stands right before them.
        wide: names of all that belongs to the body.
    """

    ends: tuple[str, ...]
    parts: Pattern | None = None
    names: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnNameRules:
    """How full names are shortened; the rule file itself describes the keys."""

    heads: tuple[str, ...] = ()
    places: str = ""
    place_words: tuple[str, ...] = ()
    joints: str = ""
    before: str = ""
    selves: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] | None = None
    endings: Mapping[str, tuple[str, ...]] | None = None
    special: tuple[SpecialNames, ...] = ()

    def of(self, agency: str | None) -> OwnNames:
        """The names of that body for itself; none without a body."""
        return OwnNames(self, agency[:_LONGEST_NAME] if agency else "")

    @cached_property
    def _words(self) -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
        """Words that can be shortened by their first character."""
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for word, shorts in (self.words or {}).items():
            found.setdefault(word[0], []).append((word, (word, *shorts)))
        return found

    @cached_property
    def _endings(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        return tuple((self.endings or {}).items())

    def split(self, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The ways to part a name from its ending: what comes before, and the forms of the ending."""
        found = [entry for entry in self._endings if name.endswith(entry[0])]
        for ending, shorts in found or [("", ())]:
            yield name[: len(name) - len(ending)], (ending, *shorts)

    def forms(self, words: str) -> list[str]:
        """The ways to say some words of a name, itself first; of very many the first ones."""
        ways: list[list[str]] = [[""], *([] for _ in words)]
        for start, character in enumerate(words):
            here = ways[start]
            options = [
                option for option in self._words.get(character, ()) if words.startswith(option[0], start)
            ]
            for word, shorts in options:
                _extend(ways[start + len(word)], here, shorts)
            if not options:
                _extend(ways[start + 1], here, (character, "") if character in self.joints else (character,))
        return list(dict.fromkeys(ways[-1]))


def _extend(ways: list[str], heads: Iterable[str], tails: Sequence[str]) -> None:
    ways.extend([head + tail for head in heads for tail in tails][: max(0, _MOST_FORMS - len(ways))])


@dataclass(frozen=True, slots=True)
class Spoken:
    """One of the names in a text.

    Attributes:
        alone: no name of another body can begin with these words here.
        wide: it means all that belongs to the body.
    """

    start: int
    end: int
    alone: bool = False
    wide: bool = False


@dataclass(frozen=True)
class _Stem:
    """A name without the places before it; `alone`: it needs no place, but stands behind no other word."""

    name: str
    places: tuple[str, ...]
    needs_place: bool = False
    alone: bool = False


@dataclass(frozen=True)
class OwnNames:
    """The names of one body for itself."""

    rules: OwnNameRules
    agency: str

    @cached_property
    def place(self) -> str:
        """What the body's place is, such as 县; empty if its name has none."""
        return self._bare[self._cuts[-1] - 1 : self._cuts[-1]] if self._cuts else ""

    def recognises(self, words: str) -> bool:
        """Whether these words are one of the names, or the end of the full name."""
        if len(words) > _LONGEST_NAME or not self.agency:
            return False
        return words in self._exact

    @cached_property
    def names(self) -> frozenset[str]:
        """All names that mean the body itself and need nothing before them."""
        return self._exact - frozenset(self._wide)

    def spoken(self, text: str) -> Iterator[Spoken]:
        """Where the text has one of the names; they may overlap."""
        for stem in self._stems:
            start = text.find(stem.name)
            while start >= 0:
                end = start + len(stem.name)
                first = self._begin(text, start, stem)
                if first is not None:
                    yield Spoken(first, end, alone=stem.alone)
                start = text.find(stem.name, end)
        for name in self._wide:
            start = text.find(name)
            while start >= 0:
                yield Spoken(start, start + len(name), wide=True)
                start = text.find(name, start + len(name))

    def _begin(self, text: str, start: int, stem: _Stem) -> int | None:
        """Where the name begins whose stem begins there, its places included; None if it is another's."""
        for place in stem.places:
            if text.endswith(place, 0, start):
                return start - len(place)
        before = text[start - 1 : start]
        others_place = before != "" and before in self.rules.places
        joined = stem.alone and before.isalpha() and before not in self.rules.before
        return None if stem.needs_place or others_place or joined else start

    @cached_property
    def _stems(self) -> tuple[_Stem, ...]:
        """All stems, the longest first."""
        return (
            tuple(sorted(dict.fromkeys(self._made()), key=lambda stem: -len(stem.name)))
            if self.agency
            else ()
        )

    @cached_property
    def _wide(self) -> tuple[str, ...]:
        return tuple(name for special, groups in self._fitting for name in self._filled(special.wide, groups))

    @cached_property
    def _exact(self) -> frozenset[str]:
        names = set(self._wide)
        for stem in self._stems:
            names.update(place + stem.name for place in stem.places)
            if not stem.needs_place:
                names.add(stem.name)
        return frozenset(names)

    @cached_property
    def _bare(self) -> str:
        """The full name without the head of a body above and without what stands in brackets."""
        name = _without_brackets(self.agency)
        return next((name[len(head) :] for head in self.rules.heads if name.startswith(head)), name) or name

    @cached_property
    def _cuts(self) -> tuple[int, ...]:
        """Where places in the name end, the last ones."""
        ends = [i for i in range(1, len(self._bare)) if self._bare[i - 1] in self.rules.places]
        return tuple(ends[-_MOST_PLACES:])

    @cached_property
    def _fitting(self) -> tuple[tuple[SpecialNames, Mapping[str, str]], ...]:
        """The sorts that the body is of, with the parts of its name; `type` is the end of its place's name."""
        kind = {"type": self.place}
        found: list[tuple[SpecialNames, Mapping[str, str]]] = []
        for special in self.rules.special:
            if not self._bare.endswith(special.ends):
                continue
            match = special.parts.search(self._bare) if special.parts else None
            if match:
                found.append((special, {key: value or "" for key, value in match.groupdict().items()} | kind))
            elif special.parts is None:
                found.append((special, kind))
        return tuple(found)

    def _made(self) -> Iterator[_Stem]:
        yield _Stem(self.agency, ())
        yield _Stem(self._bare, ())
        for cut in self._cuts or (0,):
            places = self._places(cut)
            for name, complete in self._shortened(self._bare[cut:]):
                yield _Stem(name, places, needs_place=not complete)
            for other in _in_brackets(self.agency):
                yield from (_Stem(name, places) for name in self._with_other(self._bare[cut:], other))
        places = self._places(self._cuts[-1]) if self._cuts else ()
        for special, groups in self._fitting:
            yield from (_Stem(name, places) for name in self._filled(special.names, groups))
            yield from (_Stem(name, (), alone=True) for name in self._filled(special.alone, groups))

    def _shortened(self, name: str) -> Iterator[tuple[str, bool]]:
        """Forms of a name without its places, and whether they say enough by themselves."""
        for core, endings in self.rules.split(name):
            for form in self.rules.forms(core):
                if form or not core:
                    yield from ((form + short, bool(form)) for short in endings)

    def _with_other(self, name: str, other: str) -> Iterator[str]:
        """Names of two bodies with one staff: each by itself, one behind the other, both merged (民宗委)."""
        others = [form for form, complete in self._shortened(other) if complete]
        yield from others
        for form, _ in self._shortened(name):
            yield from (f"{form}（{second}）" for second in others[:_FEW])
        for core, endings in self.rules.split(name):
            for second, other_endings in self.rules.split(other):
                yield from (f"{ending}（{behind}）" for ending in endings for behind in other_endings)
                for form in self.rules.forms(core + second):
                    yield from (form + ending for ending in endings)

    def _places(self, cut: int) -> tuple[str, ...]:
        """What may stand before a name that begins there, the longest first: 江左省青杨县, 青杨县, 青杨, 县."""
        if not cut:
            return ()
        whole = self._bare[:cut]
        begins = [0, *(earlier for earlier in self._cuts if earlier < cut)]
        full = [whole[begin:] for begin in begins]
        short = [place[:-1] for place in full if len(place) > _SHORTEST_PLACE]
        kinds = [kind for kind in self.rules.place_words if whole.endswith(kind)]
        return tuple(sorted({*full, *short, *kinds, whole[-1]}, key=lambda place: (-len(place), place)))

    def _filled(self, names: Iterable[str], groups: Mapping[str, str]) -> Iterator[str]:
        """Names with the parts of the full name filled in, these in all their short forms."""
        for name in names:
            ways = [name]
            for key, value in groups.items():
                slot = "{" + key + "}"
                if slot in name:
                    forms = self.rules.forms(value) if value else ()
                    ways = [way.replace(slot, form) for way in ways for form in forms][:_MOST_FORMS]
            yield from ways


def _without_brackets(name: str) -> str:
    start = next((i for i, character in enumerate(name) if character in _OPENING), -1)
    end = next((i for i, character in enumerate(name) if character in _CLOSING and i > start), -1)
    return name[:start] + name[end + 1 :] if 0 < start < end else name


def _in_brackets(name: str) -> tuple[str, ...]:
    start = next((i for i, character in enumerate(name) if character in _OPENING), -1)
    end = next((i for i, character in enumerate(name) if character in _CLOSING and i > start), -1)
    return (name[start + 1 : end],) if 0 < start < end - 2 else ()


def own_name_rules(data: Mapping[str, Any]) -> OwnNameRules:
    """The rules from validated data: `own_names` of `rules/bodies.yaml`, which may be empty."""
    return OwnNameRules(
        heads=tuple(data.get("heads", ())),
        places=data.get("places", ""),
        place_words=tuple(data.get("place_words", ())),
        joints=data.get("joints", ""),
        before=data.get("before", ""),
        selves=tuple(data.get("selves", ())),
        words={word: tuple(shorts) for word, shorts in data.get("words", {}).items()},
        endings={ending: tuple(shorts) for ending, shorts in data.get("endings", {}).items()},
        special=tuple(
            SpecialNames(
                tuple(entry["ends"]),
                compile_pattern(entry["parts"]) if "parts" in entry else None,
                tuple(entry.get("names", ())),
                tuple(entry.get("alone", ())),
                tuple(entry.get("wide", ())),
            )
            for entry in data.get("special", ())
        ),
    )
