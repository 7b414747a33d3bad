"""What besides rules of the built-in files others stand in place of; every output says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.rulebook.load.sources import BUILTIN, Sources
from checker.rulebook.load.strict_yaml import YamlFile


def replaced_parts(sources: Sources) -> list[str]:
    """What of the built-in files, besides rules, a file of others writes anew, in words: 格式 2021、要素 落款日期."""
    return [
        f"{word} {titles.get(key, key)}"
        for role, word in _WORDS.items()
        for titles in (_titles(sources),)
        for key in _in_both(sources.of(role), role)
    ]


_WORDS: Final = {"form": "格式", "fields": "要素", "sources": "依据", "profile": "规则集"}


def _in_both(files: Iterable[YamlFile], role: str) -> list[str]:
    """Keys that a built-in file and one of others write."""
    builtin: dict[str, None] = {}
    others: set[str] = set()
    for file in files:
        keys = dict.fromkeys(_keys(file, role))
        if file.name.startswith(BUILTIN):
            builtin.update(keys)
        else:
            others.update(keys)
    return [key for key in builtin if key in others]


def _keys(file: YamlFile, role: str) -> Iterator[str]:
    """What a file defines: the keys by which it stands in place of another one."""
    if role == "fields":
        yield from (str(entry["name"]) for entry in file.data["fields"])
    elif role == "sources":
        yield from map(str, file.data["sources"])
    else:
        yield str(file.data[role])


def _titles(sources: Sources) -> dict[str, str]:
    """What fields are called."""
    return {key: title for file in sources.of("fields") for key, title in file.data.get("titles", {}).items()}
