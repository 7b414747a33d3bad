"""The vocabulary of rule files: put together from its files, and used to read the others.

In a rule file a key (`department`), its printed name (部门) and every other accepted word mean the same; from
here on there are only keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from checker.model.errors import Fault
from checker.model.text import label_key
from checker.model.vocabulary import Terms, Vocabulary
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.schema.parts import terms_of
from checker.rulebook.schema.vocabulary import OPEN_SORTS

_FORMATS: Final = {
    "level": "level",
    "levels": "level",
    "tier": "tier",
    "tiers": "tier",
    "severity": "grade",
    "expect": "expectation",
    "certainty": "certainty",
    "kinds": "kind",
}
"""Under which keys of rule files words stand, and of which format; see `WORD_FORMATS`."""


def vocabulary_data(files: Iterable[YamlFile]) -> dict[str, dict[str, Any]]:
    """The vocabulary of sound files, as `vocabulary_from_data` takes it.

    A later file replaces what a key is called; whatever was accepted for it before still is.
    """
    merged: dict[str, dict[str, Any]] = {}
    for file in files:
        for sort, written in file.data["vocabulary"].items():
            terms = merged.setdefault(sort, {"names": {}, "words": {}, "notes": {}})
            terms |= {"title": written["title"]} if "title" in written else {}
            for key, term in written.get("words", {}).items():
                terms["names"][key] = term["name"]
                terms["words"] |= dict.fromkeys((term["name"], *term.get("aliases", ())), key)
                terms["notes"] |= {key: term["note"]} if "note" in term else {}
    return merged


def report_kinds_data(files: Iterable[YamlFile]) -> dict[str, dict[str, Any]]:
    """The kinds of reports of sound files, by their full and by their short names; see `vocabulary_data`."""
    full: dict[str, Any] = {"title": "报告种类", "names": {}, "words": {}}
    short: dict[str, Any] = {"title": "报告种类", "names": {}, "words": {}}
    for file in files:
        for key, entry in file.data["kinds"].items():
            names = (entry["name"], entry.get("short", entry["name"]))
            full["names"][key], short["names"][key] = names
            for terms in (full, short):
                terms["words"] |= dict.fromkeys((*names, *entry.get("aliases", ())), key)
    return {"kinds": full, "short_kinds": short} if full["names"] else {}


def vocabulary_faults(files: Sequence[YamlFile]) -> Iterator[Fault]:
    """What the schema cannot say of sound files: words that stand for two things, keys that nothing speaks of."""
    keys: dict[str, dict[str, None]] = {}
    meanings: dict[tuple[str, str], str] = {}
    for number, file in enumerate(files):
        for sort, written in file.data["vocabulary"].items():
            known = keys.setdefault(sort, {})
            for key, term in written.get("words", {}).items():
                path = ("vocabulary", sort, "words", key)
                if number and key not in known and sort not in OPEN_SORTS:
                    text = f"{sort} 里没有“{key}”{did_you_mean(key, known)}"
                    yield file.fault(path, text, at_key=True)
                known[key] = None
                for word in (key, term["name"], *term.get("aliases", ())):
                    other = meanings.setdefault((sort, label_key(word)), key)
                    if other != key:
                        yield file.fault(path, f"“{word}”已经是 {other} 的称呼，不能再指 {key}")


def with_keys(data: Any, vocabulary: Vocabulary) -> Any:
    """What a file holds, with keys in the place of words; what is no word stays, for the schema to refuse."""
    read = _with_keys(data, {key: terms_of(format_name, vocabulary) for key, format_name in _FORMATS.items()})
    if isinstance(read, dict) and isinstance(read.get("kind"), str):  # deeper down it is the kind of a check
        read["kind"] = vocabulary.kinds.key(read["kind"]) or read["kind"]
    return read


def _with_keys(data: Any, terms: Mapping[str, Terms]) -> Any:
    if isinstance(data, list):
        return [_with_keys(part, terms) for part in data]
    if isinstance(data, dict):
        return {
            name: _keys(value, terms[name])
            if name in terms and not _holds_objects(value)
            else _with_keys(value, terms)
            for name, value in data.items()
        }
    return data


def _holds_objects(value: Any) -> bool:
    """Whether it is a list of what is described further, like `levels` in the file on bodies."""
    return isinstance(value, list) and any(isinstance(part, dict) for part in value)


def _keys(value: Any, terms: Terms) -> Any:
    """A word, a list of words, or words by variant or rule."""
    if isinstance(value, str):
        return terms.key(value) or value
    if isinstance(value, list):
        return [_keys(part, terms) for part in value]
    if isinstance(value, dict):
        return {name: _keys(part, terms) for name, part in value.items()}
    return value
