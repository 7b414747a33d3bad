"""Rules as their authors wrote them: for `explain`, documentation, examples and audits.

A run needs only the compiled rulebook; this reads the YAML again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from checker.judging.rules import Rulebook
from checker.rulebook.load.called import CalledNames
from checker.rulebook.load.sources import Sources, sound_sources
from checker.rulebook.store import decode_rules, rule_files
from checker.startup.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """One rule as written.

    Attributes:
        id: its id.
        group: title of its group.
        data: its entry.
        file, line: where it is written.
        example_lines: where each of its examples is written.
        replaces: where the rule of the same id that it replaces is written, None if it replaces none.
    """

    id: str
    group: str
    data: Mapping[str, Any]
    file: str
    line: int
    example_lines: tuple[int, ...] = ()
    replaces: tuple[str, int] | None = None


def written_rules(
    extra: Sequence[Path] = (), *, builtin: bool = True, of: Rulebook | None = None
) -> dict[str, WrittenRule]:
    """Rules as written, by id; a later rule of the same id replaces.

    Args:
        extra: folders or files with more rules.
        builtin: whether the built-in rules take part.
        of: only the rules of this rulebook; other profiles may have rules with their ids. None for all profiles.
    """
    sources = _sources(extra, builtin=builtin)
    if of is not None and not builtin:  # the forms and fields are in files that were not read
        sources = replace(sources)
        sources.use_names(
            {
                kind: CalledNames(
                    language.forms.values(), {key: title for key, (title, _) in language.fields.items()}
                )
                for kind, language in of.languages.items()
            }
        )
    written: dict[str, WrittenRule] = {}
    former: dict[str, WrittenRule] = {}
    for rule in rules_written_in(sources):
        before = former.get(rule.id)
        former[rule.id] = rule
        if of is None or _is_of(rule, of):
            written[rule.id] = replace(rule, replaces=(before.file, before.line)) if before else rule
    return written


def _is_of(rule: WrittenRule, rulebook: Rulebook) -> bool:
    compiled = rulebook.rules.get(rule.id)
    return compiled is not None and (rule.file, rule.line) == (compiled.file, compiled.line)


def _sources(extra: Sequence[Path], *, builtin: bool) -> Sources:
    return _parsed(tuple(decode_rules(rule_files(extra, builtin=builtin)).items()))


@lru_cache(maxsize=2)
def _parsed(texts: tuple[tuple[str, str], ...]) -> Sources:
    """Files as they are parsed, once for as long as nothing in them changes; nobody changes what was parsed."""
    return sound_sources(dict(texts))


def rules_written_in(sources: Sources) -> Iterator[WrittenRule]:
    """All rules of sound files whose words have been read as keys, also those that others replace."""
    for role in ("rules", "profile"):
        for file in sources.of(role):
            group = str(file.data.get("group") or file.data.get("title"))
            for index, data in enumerate(file.data.get("rules", ())):
                lines = [file.values["rules", index, "examples", i][0] for i in range(len(data["examples"]))]
                line = file.values["rules", index][0]
                yield WrittenRule(data["id"], group, data, file.name, line, tuple(lines))


@dataclass(frozen=True, slots=True)
class WrittenProfile:
    """One profile as written.

    Attributes:
        name, title: what it is called in commands, and in words.
        extends: the profile that it builds on, None if on none.
        sources: titles of the documents that it rests on, with what is known of them.
        file: where it is written.
    """

    name: str
    title: str
    extends: str | None
    sources: tuple[str, ...]
    file: str


def written_profiles(extra: Sequence[Path] = (), *, builtin: bool = True) -> list[WrittenProfile]:
    """All profiles as written, the default one first; a later file of the same profile replaces."""
    sources = _sources(extra, builtin=builtin)
    known = {key: entry for file in sources.of("sources") for key, entry in file.data["sources"].items()}
    profiles = {
        str(file.data["profile"]): WrittenProfile(
            str(file.data["profile"]),
            str(file.data["title"]),
            file.data.get("extends"),
            tuple(_source_words(known[item["source"]], item) for item in file.data.get("basis", ())),
            file.name,
        )
        for file in sources.of("profile")
    }
    return [profiles[name] for name in sources.profile_titles() if name in profiles]


def _source_words(source: Mapping[str, str], item: Mapping[str, str]) -> str:
    clause = f" {item['clause']}" if "clause" in item else ""
    return source["title"] + clause + (f"（{source['note']}）" if "note" in source else "")


def source_places(extra: Sequence[Path] = (), *, builtin: bool = True) -> dict[str, tuple[str, int]]:
    """File and line of each source that rules may cite, by key."""
    sources = _sources(extra, builtin=builtin)
    return {
        key: (file.name, file.keys["sources", key][0])
        for file in sources.of("sources")
        for key in file.data["sources"]
    }
