"""Rule files, parsed and told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from checker.model.errors import Fault
from checker.model.vocabulary import Vocabulary, vocabulary_from_data
from checker.rulebook.load.called import CalledNames, checks_of_files, names_of_files, with_called_keys
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.strict_yaml import YamlFile, load_yaml
from checker.rulebook.load.vocabulary import report_kinds_data, vocabulary_data, with_keys
from checker.rulebook.schema.files import FILES
from checker.startup.records import dataclass, field, replace

DEFAULT_PROFILE: Final = "national"
BUILTIN: Final = "rules/"
"""How the names of built-in files begin."""

_MOST_PARSED: Final = 128
"""So many parsed files stay in memory; there are about forty built-in ones."""
_BEGINNING: Final = re.compile(r"^(\w+)[:：]", re.MULTILINE)
"""A key at the top of a file."""


@dataclass
class Sources:
    """Parsed rule files by what they are; later folders come after earlier ones.

    Attributes:
        files: role and contents of each file.
        faults: what is wrong with files.
        complete: whether all files are there; if not, nobody knows which names are lacking.
        unread: what the files that cannot be parsed seem to be, by the key that each begins with.
    """

    files: list[tuple[str, YamlFile]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True
    unread: set[str] = field(default_factory=set)

    def of(self, role: str) -> Iterator[YamlFile]:
        """The files of one role, a key of `checker.rulebook.schema.files.FILES`."""
        return (file for its_role, file in self.files if its_role == role)

    def profile_titles(self) -> dict[str, str]:
        """What the profiles are called, by name, the default one first; one without a title by its name."""
        titles = {str(file.data["profile"]): file.data.get("title") for file in self.of("profile")}
        return {name: str(titles.get(name) or name) for name in (DEFAULT_PROFILE, *titles)}

    def use_keys(self, vocabulary: Vocabulary) -> None:
        """Read the words of a vocabulary in all files as the keys that they stand for."""
        self.files = [
            (role, file)
            if role in ("vocabulary", "kinds")
            else (role, replace(file, data=with_keys(file.data, vocabulary)))
            for role, file in self.files
        ]

    def use_names(self, names: Mapping[str, CalledNames]) -> None:
        """Read what people call cells and fields in all rules as the keys that they stand for.

        Args:
            names: the names of each kind of report, the one of files that name none first.
        """
        with_rules = (file.data for role in _WITH_RULES for file in self.of(role))
        checks = checks_of_files(with_rules, names) if names else {}
        self.files = [
            (role, replace(file, data=with_called_keys(file.data, names, checks)))
            if role in _WITH_RULES
            else (role, file)
            for role, file in self.files
        ]


_WITH_RULES: Final = ("rules", "profile")


def parse_sources(texts: Mapping[str, str], faults: Iterable[Fault] = ()) -> Sources:
    """Parse rule files.

    Args:
        texts: contents by the name used in messages, built-in folder first.
        faults: what was found wrong while reading them.
    """
    sources = Sources(faults=list(faults))
    for name, text in texts.items():
        file, found = _parsed(text, name)
        sources.faults.extend(found)
        if file.data is None:
            if not found:
                sources.faults.append(Fault(name, 1, 1, "文件是空的；请写规则，或删去这个文件"))
            sources.unread.update(key for key in _BEGINNING.findall(text) if key in FILES)
            continue
        role = _role(file.data)
        if role:
            sources.files.append((role, file))
        elif not found:
            sources.faults.append(Fault(name, 1, 1, _unknown_file(file.data)))
    sources.complete = not sources.faults
    return sources


@lru_cache(maxsize=_MOST_PARSED)
def _parsed(text: str, name: str) -> tuple[YamlFile, list[Fault]]:
    """A file, parsed once for as long as its text stays the same; nobody changes what was parsed.

    Commands for those who write rules read the same files for several profiles, and as written.
    """
    return load_yaml(text, name)


def sound_sources(texts: Mapping[str, str]) -> Sources:
    """Parse rule files that are known to be sound, and read the words in them as keys."""
    sources = parse_sources(texts)
    data = {**vocabulary_data(sources.of("vocabulary")), **report_kinds_data(sources.of("kinds"))}
    vocabulary = vocabulary_from_data(data)
    sources.use_keys(vocabulary)
    forms, fields = ([file.data for file in sources.of(role)] for role in ("form", "fields"))
    sources.use_names(names_of_files(forms, fields, vocabulary.kinds.names))
    return sources


def _unknown_file(data: Any) -> str:
    """What to say of a file that has none of the leading keys."""
    if not isinstance(data, dict):
        return "看不出是什么文件：最外层应是若干“键: 值”，如 group: … 和 rules: …"
    known = [*FILES, "group"]
    hints = (did_you_mean(key, known) for key in data if key not in known)
    hint = next((hint for hint in hints if hint.startswith("，")), "")
    return f"看不出是什么文件：最外层应有以下键之一：{'、'.join(FILES)}；现在有 {'、'.join(data)}{hint}"


def _role(data: Any) -> str | None:
    if not isinstance(data, dict):
        return None
    if "profile" in data:
        return "profile"
    return next((key for key in FILES if key in data), None)


def written_ids(sources: Sources) -> Iterator[str]:
    """Ids of all rules that are written anywhere, also of faulty ones and of other profiles."""
    for role in ("rules", "profile"):
        for file in sources.of(role):
            rules = file.data.get("rules", [])
            for rule in rules if isinstance(rules, list) else []:
                if isinstance(rule, dict) and isinstance(rule.get("id"), str):
                    yield rule["id"]
