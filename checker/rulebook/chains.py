"""What profiles extend: another profile by its name, or that of a rule pack by the path of the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from checker.model.errors import Fault
from checker.rulebook.load.sentences import did_you_mean
from checker.rulebook.load.sources import BUILTIN, DEFAULT_PROFILE, Sources
from checker.rulebook.load.strict_yaml import YamlFile
from checker.rulebook.packs import is_pack, pack_name, pack_of

_VERSION: Final = "version"


def _doubled(sources: Sources) -> Iterator[Fault]:
    """Profiles of others of one name; one that is called like a built-in profile stands in its place."""
    first: dict[str, YamlFile] = {}
    for file in sources.of("profile"):
        if file.name.startswith(BUILTIN):
            continue
        other = first.setdefault(str(file.data["profile"]), file)
        if other is not file:
            text = f"已经有规则集叫“{file.data['profile']}”（{other.name}）；请换一个名称"
            yield file.fault(("profile",), text)


class Chains:
    """The profiles of all rule files, as they extend one another.

    Args:
        sources: the files.
        packs: digests of the rule packs among them by name.
    """

    def __init__(self, sources: Sources, packs: Mapping[str, str]) -> None:
        self._by_name = {str(file.data["profile"]): file for file in sources.of("profile")}
        self._packs = packs
        self._of_packs: dict[str, list[YamlFile]] = {name: [] for name in packs}
        self._doubled = list(_doubled(sources))
        self._replaced = {
            str(file.data["profile"]) for file in sources.of("profile") if file.name.startswith(BUILTIN)
        }
        for file in sources.of("profile"):
            pack = pack_of(file.name, packs)
            if pack and _VERSION in file.data:
                self._of_packs[pack].append(file)

    def of(self, profile: str, faults: list[Fault]) -> list[YamlFile]:
        """The profile's files from the base of the chain to itself."""
        if profile not in self._by_name and profile != DEFAULT_PROFILE:
            text = f"没有规则集“{profile}”{did_you_mean(profile, self._by_name)}"
            faults.append(Fault("--profile", 1, 1, text))
        chain: list[YamlFile] = []
        file = self._by_name.get(profile)
        while file and file not in chain:
            chain.insert(0, file)
            file = self._base_of(file)
        return chain

    def faults(self) -> Iterator[Fault]:
        """Profiles that extend themselves, directly or by others, and packs without one profile to extend."""
        yield from self._doubled
        for name, file in self._by_name.items():
            yield from self._pack_faults(file)
            if self._base_of(file) is file and name in self._replaced:
                text = f"这个规则集与自带的“{name}”同名，是代替它的，不能再继承它；请换一个名称"
                yield file.fault(("extends",), text)
                continue
            chain = [name]
            last = file
            while (base := self._base_of(last)) is not None:
                following = str(base.data["profile"])
                if following == name:
                    circle = " → ".join((*chain, name))
                    yield file.fault(("extends",), f"规则集互相继承成了环：{circle}")
                if following in chain:
                    break
                chain.append(following)
                last = base

    def _base_of(self, file: YamlFile) -> YamlFile | None:
        extends = str(file.data.get("extends", ""))
        if not is_pack(extends):
            return self._by_name.get(extends)
        own = self._of_packs.get(pack_name(file.name, extends), [])
        return own[0] if len(own) == 1 else None

    def _pack_faults(self, file: YamlFile) -> Iterator[Fault]:
        extends = str(file.data.get("extends", ""))
        pack = pack_name(file.name, extends) if is_pack(extends) else ""
        if "digest" in file.data and not pack:
            yield file.fault(
                ("digest",), "digest 是规则包的摘要，只在 extends 写规则包的路径时写", at_key=True
            )
        if pack not in self._packs or len(self._of_packs[pack]) == 1:  # one that was not read has been told
            return
        names = "、".join(str(one.data["profile"]) for one in self._of_packs[pack])
        text = (
            f"里有几个写了 version 的规则集：{names}；只能有一个" if names else "里没有写明 version 的规则集"
        )
        yield file.fault(("extends",), f"规则包“{extends}”{text}")

    def packs(self) -> list[dict[str, Any]]:
        """The rule packs as they are told."""
        return [
            {
                "path": pack,
                "title": "、".join(str(one.data["title"]) for one in own),
                "version": "、".join(str(one.data[_VERSION]) for one in own),
                "digest": self._packs[pack],
            }
            for pack, own in self._of_packs.items()
        ]
