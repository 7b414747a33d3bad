"""What makes a run differ from a plain one: a configuration file, options that switch rules off, rules of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.startup.records import dataclass, field


@dataclass(frozen=True, slots=True)
class RulePack:
    """Rules of others that came as a pack.

    Attributes:
        path: where it was read from.
        title, version: what its profile says; empty if it has none.
        digest: `sha256:…` of the archive, or of the rule files of a folder.
    """

    path: str
    title: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a run was told to do differently; every output says it.

    Attributes:
        path: the configuration file that was followed, None if none was.
        source: where it was found: `given` on the command line, `current` folder, `beside` the report, or `above`.
        settings: every key with an effect and its value, as JSON.
        changes: the same in Chinese, a phrase each.
        rules_off: rules that were switched off or not selected.
        replaced: built-in rules in whose place others stand.
        replaced_parts: what else of the built-in files others stand in place of, such as 格式 2021.
        packs: rule packs that take part.
        ignored: configuration files that came with what is checked, and were not followed.
        limit: what a pass is worth under these settings, in Chinese; empty if it is worth the same.
    """

    path: str | None = None
    source: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    replaced_parts: tuple[str, ...] = ()
    packs: tuple[RulePack, ...] = ()
    ignored: tuple[str, ...] = ()
    limit: str = ""
