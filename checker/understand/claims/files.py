"""The claim files read into a vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from checker.patterns.pattern import compile_pattern
from checker.understand.claims.vocabulary import (
    CERTAIN,
    ClaimVocabulary,
    Denial,
    Quantity,
    Searches,
    Topic,
    Word,
    longest_first,
)

_SHARED: Final = ("hedges_before", "hedges_after", "money", "denying", "listed_units", "named_titles")


def vocabulary_from_data(
    files: Sequence[Mapping[str, Any]], prepared: Searches | None = None
) -> ClaimVocabulary:
    """Build the vocabulary.

    Args:
        files: contents of the claim files, which passed the schema.
        prepared: the vocabulary's `searches`, if they were kept.
    """
    marks: dict[str, list[str]] = {}
    topics: dict[str, Topic] = {}
    quantities: dict[str, Quantity] = {}
    words: list[Word] = []
    denials: list[Denial] = []
    shared: dict[str, Any] = {}
    for data in files:
        for name, patterns in data.get("marks", {}).items():
            marks.setdefault(name, []).extend(patterns)
        for entry in data.get("quantities", ()):
            quantities[entry["key"]] = _quantity(entry)
        for entry in data.get("topics", ()):
            topics[entry["key"]] = _topic(entry)
        words.extend(_word(entry) for entry in data.get("words", ()))
        denials.extend(_denial(entry) for entry in data.get("none", ()))
        shared.update({key: data[key] for key in _SHARED if key in data})
    titles = shared.get("named_titles", ())
    return ClaimVocabulary(
        quantities,
        topics,
        tuple(words),
        tuple(denials),
        {name: tuple(patterns) for name, patterns in marks.items()},
        longest_first(shared.get("hedges_before", ())),
        longest_first(shared.get("hedges_after", ())),
        shared.get("money", {}),
        tuple(shared.get("denying", ())),
        tuple(shared.get("listed_units", ())),
        compile_pattern(f"《(?:{'|'.join(titles)})》") if titles else None,
        prepared,
    )


def _quantity(entry: Mapping[str, Any]) -> Quantity:
    return Quantity(
        entry["key"],
        entry["title"],
        {name: entry[name] for name in ("equals", "tolerates", "weakens", "at_most") if name in entry},
        unit=entry.get("unit", ""),
        addable=entry.get("addable", False),
        fragile=entry.get("fragile", ""),
        within=tuple(entry.get("within", ())),
        echoes=tuple(entry.get("echoes", ())),
        between=tuple(entry.get("between", ())),
        beside=tuple(entry.get("beside", ())),
        fragile_by=tuple(entry.get("fragile_by", ("withdrawn",))),
        sum_of=tuple(map(tuple, entry.get("sum_of", ()))),
    )


def _topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(
        entry["key"],
        tuple(entry.get("home", ())),
        tuple(entry["patterns"]),
        tuple(entry.get("weak", ())),
        tuple(compile_pattern(source) for source in entry.get("context", ())),
        entry.get("counts"),
        entry.get("confidence", CERTAIN),
        frozenset(entry["units"]),
        entry.get("channels", False),
        tuple(entry.get("hints", ())),
        tuple(entry.get("verbs", ())),
    )


def _word(entry: Mapping[str, Any]) -> Word:
    return Word(
        tuple(entry["patterns"]),
        entry["means"],
        tuple(entry.get("needs", ())),
        entry.get("confidence", CERTAIN),
        entry.get("year"),
        tuple(entry.get("whole", ())),
        entry.get("close", False),
        entry.get("ahead", False),
    )


def _denial(entry: Mapping[str, Any]) -> Denial:
    return Denial(
        tuple(compile_pattern(source) for source in entry["patterns"]),
        tuple(entry["zero"]),
        entry.get("topic"),
        tuple(compile_pattern(source) for source in entry.get("unless", ())),
        entry.get("confidence", CERTAIN),
        entry.get("listed", False),
    )
