"""How titles and names of bodies are written, and what a name shows of its body; all of it is data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from checker.patterns.pattern import Pattern, compile_pattern
from checker.startup.records import dataclass, field
from checker.understand.own_names import OwnNameRules, own_name_rules

_MOST_FRAMES: Final = 4
"""Things around one title, such as 附件1：《…》（送审稿）."""


@dataclass(frozen=True, slots=True)
class TierRule:
    """A name pattern and the tier it shows; an empty `levels` means any level."""

    tier: str | None
    pattern: Pattern
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GovernmentNames:
    """How the report of a government tells that it is one.

    Attributes:
        offices: an office that writes the report of its government; `agency` is the government.
        word: the end of a government's name.
        ahead: what may stand in front of the government in a first sentence.
        not_itself: what stands behind its name where its office or its website is meant.
    """

    offices: Pattern
    word: str
    ahead: Pattern
    not_itself: Pattern

    def is_subject(self, name: str, text: str) -> bool:
        """Whether a text is about that government from its first words on, and not about its office."""
        match = self.ahead.search(text)
        words = text[match.end() :] if match else text
        return words.startswith(name) and not self.not_itself.search(words[len(name) :])


@dataclass(frozen=True, slots=True)
class SelfName:
    """What a body calls itself, and what the full name of one that does so looks like.

    Attributes:
        called: what it says.
        name: full names of such bodies.
        loose: nearly any body calls itself so.
    """

    called: Pattern
    name: Pattern
    loose: bool = False


@dataclass(frozen=True, slots=True)
class OwnThing:
    """Something of the body's own that bears its name.

    Attributes:
        pattern: how a text speaks of it; `agency` is the body.
        loose: that the text calls the body as nearly any body calls itself is enough.
    """

    pattern: Pattern
    loose: bool = False


@dataclass(frozen=True)
class BodyNames:
    """The contents of `rules/bodies.yaml`, which describes the keys, ready for use.

    Attributes:
        titles, tails: titles, and what is left of a title whose beginning is lost.
        page: what a page puts around a title.
        before, after: what may stand around a title.
        agencies: what names of bodies look like.
        named_in: sentences that name the body; `agency` is the group; with it what the body must not be.
        named_first: beginnings of sentences of the first section that name it; with it what the sentence must
            not say.
        introduced: what stands behind a full name where a short one is introduced.
        governments: how the report of a government tells that it is one.
        places: characters with which names of places end.
        short_names: how full names are shortened.
        self_names: what bodies call themselves, and what their full names look like.
        own_things: what tells the body where nothing else does.
        not_agencies: what is no name of a body.
        title_agencies: what is one all the same where a title begins with it.
        offices: a body with one of its offices; `name` is the group.
        full_names: names as written, and what the full name is made of.
        signs: sentences that only a report has.
        others: titles of other texts.
        fields_before, fields_after: names of fields that tell the body before the title does, and where nothing
            else does.
        self_levels: what a body calls itself in running text, and the level that shows; with it whether that
            counts only where nothing else shows one.
        tier_from_text: bodies of whose tier the text is asked where the name shows none.
        self_tiers: whose orders a text speaks of, and the tier that shows of bodies of some levels.
    """

    titles: tuple[Pattern, ...]
    agencies: tuple[Pattern, ...]
    levels: tuple[tuple[str, Pattern], ...]
    tiers: tuple[TierRule, ...]
    page: tuple[Pattern, ...] = ()
    before: tuple[Pattern, ...] = ()
    after: tuple[Pattern, ...] = ()
    tails: tuple[Pattern, ...] = ()
    named_in: tuple[tuple[Pattern, Pattern | None], ...] = ()
    named_first: tuple[tuple[Pattern, Pattern], ...] = ()
    introduced: Pattern | None = None
    governments: GovernmentNames | None = None
    places: str = ""
    short_names: OwnNameRules = field(default_factory=OwnNameRules)
    self_names: tuple[SelfName, ...] = ()
    own_things: tuple[OwnThing, ...] = ()
    not_agencies: tuple[Pattern, ...] = ()
    title_agencies: tuple[Pattern, ...] = ()
    offices: tuple[Pattern, ...] = ()
    full_names: tuple[tuple[Pattern, str], ...] = ()
    signs: tuple[Pattern, ...] = ()
    others: tuple[Pattern, ...] = ()
    fields_before: tuple[str, ...] = ()
    fields_after: tuple[str, ...] = ()
    self_levels: tuple[tuple[str, Pattern, bool], ...] = ()
    tier_from_text: tuple[Pattern, ...] = ()
    self_tiers: tuple[TierRule, ...] = ()

    def is_agency(self, squeezed: str) -> bool:
        """Whether the text looks like the name of a body."""
        return _any(self.agencies, squeezed) and not self.is_no_agency(squeezed)

    def is_office_of_government(self, agency: str) -> bool:
        """Whether a body is the office of a government."""
        return self.governments is not None and self.governments.offices.search(agency) is not None

    def is_no_agency(self, squeezed: str) -> bool:
        """Whether the words cannot be the name of a body, whatever they look like."""
        return _any(self.not_agencies, squeezed)

    def may_be_in_title(self, squeezed: str) -> bool:
        """Whether the words in front of a title can be the name of a body."""
        return not self.is_no_agency(squeezed) or _any(self.title_agencies, squeezed)

    def names_place(self, agency: str) -> bool:
        """Whether a name says of which place its body is."""
        return not set(self.places).isdisjoint(agency[1:-1])

    def level(self, agency: str) -> str | None:
        """The level a name shows, None if it shows none."""
        return next((level for level, pattern in self.levels if pattern.search(agency)), None)

    def level_stated(self, texts: Sequence[str], *, last: bool = False) -> str | None:
        """The level that shows most often in what a body calls itself, None if nothing shows one.

        Args:
            texts: what it writes.
            last: where nothing else shows one, ask what others may say as well.
        """
        counts: Counter[str] = Counter()
        for level, pattern, is_last in self.self_levels:
            if not is_last:
                counts[level] += sum(1 for text in texts for _ in pattern.finditer(text))
        stated, times = counts.most_common(1)[0] if counts else ("", 0)
        if times or not last:
            return stated if times else None
        return next(
            (level for level, pattern, is_last in self.self_levels if is_last and _in_any(pattern, texts)),
            None,
        )

    def tier_stated(self, texts: Sequence[str], level: str) -> str | None:
        """The tier of those whose orders a body of that level speaks of, None if it speaks of nobody's."""
        rules = (rule for rule in self.self_tiers if not rule.levels or level in rule.levels)
        return next((rule.tier for rule in rules if _in_any(rule.pattern, texts)), None)

    def tier(self, agency: str, level: str | None) -> str | None:
        """The tier a name shows, None if it shows none."""
        for rule in self.tiers:
            if (not rule.levels or level in rule.levels) and rule.pattern.search(agency):
                return rule.tier
        return None

    def may_take_tier_from_text(self, agency: str) -> bool:
        """Whether the text may tell the tier of a body whose name shows none."""
        return _any(self.tier_from_text, agency)

    def full_name(self, written: str) -> str:
        """The full name behind a name as written: a place alone stands for its government."""
        for pattern, name in self.full_names:
            match = pattern.search(written)
            if match:
                return name.format_map({key: value or "" for key, value in match.groupdict().items()})
        return written

    def without_page(self, title: str) -> str:
        """A title without what the page has put around it."""
        return _without(self.page, title)

    def without_frame(self, title: str) -> str:
        """A title without anything that stands around it."""
        return _without((*self.page, *self.before, *self.after), title)

    def without_office(self, name: str) -> str:
        """The body itself where one of its offices is named."""
        for pattern in self.offices:
            match = pattern.search(name)
            if match:
                return match.group("name") or name
        return name

    def is_other_text(self, title: str) -> bool:
        """Whether a title is that of a guide, a notice or the like."""
        return _any(self.others, title)

    def is_sign(self, text: str) -> bool:
        """Whether a text has a sentence that only a report has."""
        return _any(self.signs, text)


def _without(frames: Iterable[Pattern], title: str) -> str:
    for _ in range(_MOST_FRAMES):
        bare = title
        for pattern in frames:
            match = pattern.search(bare)
            if match:
                part = "frame" if match.has("frame") else 0
                bare = bare[: match.start(part)] + bare[match.end(part) :]
        if bare == title:
            break
        title = bare
    return title


def _any(patterns: Iterable[Pattern], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _in_any(pattern: Pattern, texts: Iterable[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def body_names(data: Mapping[str, Any]) -> BodyNames:
    """The rules from validated data."""
    frames = data.get("title_frames", {})
    return BodyNames(
        titles=_patterns(data["titles"]),
        agencies=_patterns(data["agencies"]),
        levels=tuple((entry["level"], compile_pattern(entry["pattern"])) for entry in data["levels"]),
        tiers=_tier_rules(data["tiers"]),
        page=_patterns(frames.get("page", ())),
        before=_patterns(frames.get("before", ())),
        after=_patterns(frames.get("after", ())),
        tails=_patterns(data.get("title_tails", ())),
        named_in=tuple(
            (compile_pattern(entry), None)
            if isinstance(entry, str)
            else (compile_pattern(entry["pattern"]), compile_pattern(entry["unless"]))
            for entry in data.get("named_in", ())
        ),
        named_first=tuple(
            (compile_pattern(entry["pattern"]), compile_pattern(entry["unless"]))
            for entry in data.get("named_first", ())
        ),
        introduced=compile_pattern(data["introduced"]) if "introduced" in data else None,
        governments=_government_names(data["governments"]) if "governments" in data else None,
        places=data.get("own_names", {}).get("places", ""),
        short_names=own_name_rules(data.get("own_names", {})),
        self_names=tuple(
            SelfName(
                compile_pattern(entry["called"]), compile_pattern(entry["name"]), entry.get("loose", False)
            )
            for entry in data.get("self_names", ())
        ),
        own_things=tuple(
            OwnThing(compile_pattern(entry["pattern"]), entry.get("loose", False))
            for entry in data.get("own_things", ())
        ),
        not_agencies=_patterns(_one(data, "not_agencies")),
        title_agencies=_patterns(_one(data, "title_agencies")),
        offices=_patterns(data.get("office_tails", ())),
        full_names=tuple(
            (compile_pattern(entry["pattern"]), entry["name"]) for entry in data.get("full_names", ())
        ),
        signs=_patterns(data.get("signs", ())),
        others=_patterns(data.get("other_texts", ())),
        fields_before=tuple(data.get("agency_fields", {}).get("before", ())),
        fields_after=tuple(data.get("agency_fields", {}).get("after", ())),
        self_levels=tuple(
            (entry["level"], compile_pattern(entry["pattern"]), entry.get("last", False))
            for entry in data.get("self_levels", ())
        ),
        tier_from_text=_patterns(_one(data, "tier_from_text")),
        self_tiers=_tier_rules(data.get("self_tiers", ())),
    )


def _government_names(data: Mapping[str, Any]) -> GovernmentNames:
    return GovernmentNames(
        compile_pattern(data["offices"]),
        data["word"],
        compile_pattern(data["ahead"]),
        compile_pattern(data["not_itself"]),
    )


def _tier_rules(entries: Iterable[Mapping[str, Any]]) -> tuple[TierRule, ...]:
    return tuple(
        TierRule(entry["tier"], compile_pattern(entry["pattern"]), tuple(entry.get("level", ())))
        for entry in entries
    )


def _one(data: Mapping[str, Any], key: str) -> Sequence[str]:
    return [data[key]] if key in data else ()


def _patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source) for source in sources)
