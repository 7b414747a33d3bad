"""What besides rules of the built-in files others stand in place of; every output says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from checker.rulebook.load.sources import BUILTIN, Sources
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.schema.bodies import BODIES_FILE


def replaced_parts(sources: Sources) -> list[str]:
    """What of the built-in files, besides rules, a file of others writes anew, in words: 格式 2021、要素 落款日期."""
    return [
        f"{word} {title}"
        for role, word in _WORDS.items()
        for title in dict.fromkeys(_in_both(sources.of(role), _titles(role, sources)).values())
    ]


_WORDS: Final = {
    "form": "格式",
    "fields": "要素",
    "sources": "依据",
    "profile": "规则集",
    "levels": "单位",
    "titles": "标题",
    "claims": "数量",
    "vocabulary": "用词",
    "kinds": "报告种类",
}


def _in_both(files: Iterable[YamlFile], titles: Callable[[YamlFile], Mapping[str, str]]) -> dict[str, str]:
    """What a built-in file and one of others write, by key, as the built-in one calls it."""
    builtin: dict[str, str] = {}
    others: set[str] = set()
    for file in files:
        if file.name.startswith(BUILTIN):
            builtin |= titles(file)
        else:
            others.update(titles(file))
    return {key: title for key, title in builtin.items() if key in others}


def _titles(role: str, sources: Sources) -> Callable[[YamlFile], Mapping[str, str]]:
    """What a file of that role defines: the keys by which it stands in place of another, with what they are called."""
    if role == "fields":
        names = {
            key: title for file in sources.of(role) for key, title in file.data.get("titles", {}).items()
        }
        return lambda file: {str(one["name"]): names.get(one["name"], one["name"]) for one in file.data[role]}
    if role in ("levels", "titles"):
        return lambda file: {
            f"{file.data.get('kind', '')} {key}": _PROPERTIES[key].get("description", key)
            for key in file.data
            if key != "kind"
        }
    own: Mapping[str, Callable[[YamlFile], Mapping[str, str]]] = {
        "sources": lambda file: {str(key): str(key) for key in file.data["sources"]},
        "claims": lambda file: {one["key"]: one["title"] for one in file.data.get("quantities", ())},
        "vocabulary": lambda file: {
            f"{sort} {key}": str(term["name"])
            for sort, written in file.data["vocabulary"].items()
            for key, term in written.get("words", {}).items()
        },
        "kinds": lambda file: {str(key): str(entry["name"]) for key, entry in file.data["kinds"].items()},
    }
    return own.get(role, lambda file: {str(file.data[role]): str(file.data[role])})


_PROPERTIES: Final = BODIES_FILE["properties"]
