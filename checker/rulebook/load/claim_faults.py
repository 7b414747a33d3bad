"""What the schema of claim files cannot say: the keys they use must be defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from checker.judging.language.language import Language
from checker.model.errors import Fault
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import Path, YamlFile
from checker.rulebook.load.validate import Names, validate
from checker.rulebook.schema.files import FILES
from checker.understand.claims.vocabulary import ClaimVocabulary


def with_claims(language: Language, files: Sequence[YamlFile], names: Names, faults: list[Fault]) -> Language:
    """The language with the claim files, if all are sound; their faults are added to `faults`.

    Args:
        language: forms and fields.
        files: the claim files.
        names: the names in force, with that language.
        faults: takes what is wrong.
    """
    own = [fault for file in files for fault in validate(file, FILES["claims"], names)]
    if own:
        faults.extend(own)
        return language
    complete = Language(language.forms, language.fields, [file.data for file in files])
    for file in files:
        faults.extend(_reference_faults(file, complete.claim_vocabulary))
    return complete


def _reference_faults(file: YamlFile, vocabulary: ClaimVocabulary) -> Iterator[Fault]:
    """Quantities and topics that no claim file defines."""
    known: Mapping[str, Iterable[str]] = {"数量": vocabulary.quantities, "事项": vocabulary.topics}
    for path, what, key in _references(file.data):
        if key not in known[what]:
            yield file.fault(path, f"没有代号为“{key}”的{what}{did_you_mean(key, known[what])}")


def _references(data: Any) -> Iterator[tuple[Path, str, str]]:
    """Every use of a key: where, of what, the key."""
    for index, entry in enumerate(data.get("topics", ())):
        if "counts" in entry:
            yield ("topics", index, "counts"), "数量", entry["counts"]
    for index, entry in enumerate(data.get("quantities", ())):
        for name in ("sum_of", "between", "beside", "echoes"):
            for quantity in chain.from_iterable(
                [one] if isinstance(one, str) else one for one in entry.get(name, ())
            ):
                yield ("quantities", index, name), "数量", quantity
    yield from _referred_to_by_words(data)


def _referred_to_by_words(data: Any) -> Iterator[tuple[Path, str, str]]:
    for index, entry in enumerate(data.get("words", ())):
        for topic, quantity in entry["means"].items():
            yield ("words", index, "means", topic), "事项", topic
            yield ("words", index, "means", topic), "数量", quantity
        for quantity in entry.get("needs", ()):
            yield ("words", index, "needs"), "数量", quantity
    for index, entry in enumerate(data.get("none", ())):
        for quantity in entry["zero"]:
            yield ("none", index, "zero"), "数量", quantity
        if "topic" in entry:
            yield ("none", index, "topic"), "事项", entry["topic"]
